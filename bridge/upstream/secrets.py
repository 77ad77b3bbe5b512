"""Keeps upstream's credentials out of what passes through the raw routes."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Generator, Sequence
from contextlib import closing
from urllib.parse import unquote_to_bytes

import msgspec

from bridge.errors import UpstreamGarbage

SECRET_KEYS = frozenset(
    {"icu_api_key", "icu_friend_invite_token", "shareToken", "password"}
)
_NAMES = [key.encode() for key in SECRET_KEYS]
_ESCAPED = re.compile(rb"\\u00([0-9a-fA-F]{2})")
LONGEST_SECRET_PART = 64  # of a header that names one: name="…"
_UNPACKED_BYTES = 1 << 20  # at a time
_STARTS_JSON = re.compile(rb"(\xef\xbb\xbf)?\s*[{\[]")


def without_secrets(value: object) -> object:
    """Return JSON values without the secret keys, at any depth."""
    if isinstance(value, dict):
        kept = ((key, inner) for key, inner in value.items() if key not in SECRET_KEYS)
        return {key: without_secrets(inner) for key, inner in kept}
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    return value


def secret_in(value: object) -> str | None:
    """Return the name of a secret key that stands anywhere in ``value``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            found = key if key in SECRET_KEYS else secret_in(inner)
            if found:
                return found
    if isinstance(value, list):
        return next(filter(None, map(secret_in, value)), None)
    return None


def scrub(body: bytes, *, is_json: bool = True) -> bytes:
    """Return an answer without secrets; byte for byte where it holds none.

    Parameters
    ----------
    body
        An answer of upstream.
    is_json
        Whether upstream calls it JSON; what merely looks like it counts too.

    Raises
    ------
    UpstreamGarbage
        If it names a secret, should be JSON and cannot be read as such.
    """
    if not _name_in(body) or not (is_json or _STARTS_JSON.match(body)):
        return body
    try:
        value = json.loads(body)  # not msgspec: upstream sends NaN
        if secret_in(value) is None:
            return body
        return json.dumps(without_secrets(value), ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise UpstreamGarbage("an answer that names a credential") from error


def names_secret(body: bytes) -> str | None:
    """Return the secret key a request body would write, if any.

    What is not JSON is searched as text, however it spells its letters: a form, a
    part of an upload, JSON that only a generous parser reads.
    """
    try:
        return secret_in(msgspec.json.decode(body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _name_in(unquote_to_bytes(body))


def starts_json(body: bytes) -> bool:
    """Tell whether a body looks like JSON, whatever it calls itself."""
    return _STARTS_JSON.match(body) is not None


def upload_names_secret(piece: bytes, before: bytes = b"") -> str | None:
    """Return the secret key that a piece of an upload would write, if any.

    That is a part of a multipart body by that name; what stands inside of a file does
    not matter. ``before`` is the end of what came before this piece:
    LONGEST_SECRET_PART bytes of it.
    """
    for key in SECRET_KEYS:
        part = re.compile(rb'(?<!\w)name="?' + key.encode() + rb'"?[;\s]')
        # The sign before the name counts too, and is not part of it.
        if part.search(before + piece, 1 if before else 0):
            return key
    return None


def without(
    pieces: Generator[bytes, None, None], secrets: Sequence[bytes]
) -> Generator[bytes, None, None]:
    """Yield pieces in which stars stand for secrets, as many as they had signs.

    A secret across two pieces is found as well: the end of each is held back.
    """
    held, back = b"", max(map(len, secrets), default=1) - 1
    with closing(pieces):
        for piece in pieces:
            whole = held + piece
            for secret in secrets:
                whole = whole.replace(secret, b"*" * len(secret))
            cut = max(len(whole) - back, 0)
            held = whole[cut:]
            if cut:
                yield whole[:cut]
    if held:
        yield held


def watch_packed(
    pieces: Generator[bytes, None, None], secrets: Sequence[bytes]
) -> Generator[bytes, None, None]:
    """Yield gzip pieces as they are, as long as no secret is packed in them.

    Raises
    ------
    UpstreamGarbage
        Before the piece with which a secret would be whole.
    """
    unpack = zlib.decompressobj(wbits=31)
    tail, back = b"", max(map(len, secrets), default=1) - 1
    with closing(pieces):
        for piece in pieces:
            left = piece
            while left and not unpack.eof:
                try:
                    plain = tail + unpack.decompress(left, _UNPACKED_BYTES)
                except zlib.error as error:
                    raise UpstreamGarbage("a file that cannot be unpacked") from error
                if any(secret in plain for secret in secrets):
                    raise UpstreamGarbage("a file that names a credential")
                tail, left = plain[len(plain) - back :], unpack.unconsumed_tail
            yield piece


def _name_in(body: bytes) -> str | None:
    """Return the secret key whose letters stand in ``body``, escaped or wide."""
    if b"\\u00" in body:
        body = _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), body)
    if b"\0" in body:  # UTF-16 or UTF-32
        body = body.replace(b"\0", b"")
    return next((name.decode() for name in _NAMES if name in body), None)
