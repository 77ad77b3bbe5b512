"""LZFSE, bounded.

``liblzfse.decompress`` doubles its buffer until everything fits, also when the data is
cut short and never will: 60 bytes can take all memory. The same library exports Apple's
own function, which fills a buffer of the caller's and stops.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
from collections.abc import Callable

from bridge.shortcuts.signing.refusals import Refused, SigningFailed


def decompress(data: bytes, size_bytes: int) -> bytes:
    """Return the ``size_bytes`` bytes that ``data`` holds.

    Raises
    ------
    Refused
        If it holds fewer or more, or is damaged.
    """
    room = size_bytes + 1  # one more, to see that there would be more
    buffer = ctypes.create_string_buffer(room)
    written = _decoder()(buffer, room, data, len(data), None)
    if written != size_bytes:
        raise Refused("its contents do not unpack to the announced size")
    return buffer.raw[:size_bytes]


@functools.cache
def _decoder() -> Callable[..., int]:
    found = importlib.util.find_spec("liblzfse")
    try:
        decode = ctypes.CDLL(found.origin if found else None).lzfse_decode_buffer
    except (OSError, AttributeError) as exc:
        raise SigningFailed("pyliblzfse here lacks lzfse_decode_buffer") from exc
    decode.restype = ctypes.c_size_t
    decode.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_void_p,
    ]
    return decode
