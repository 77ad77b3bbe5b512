"""The process that makes PNG of SVG; it knows nothing of the bridge.

It reads requests from its input and answers on its output, one after the other:

- a request is a byte for the bits of grey (0: colour), four bytes of length, the SVG;
- an answer is a byte (1: here it is, 0: it failed), four bytes of length, the PNG or
  what went wrong. The first answer comes unasked and names the engine.

It ends with its input, and after five minutes without a request: then the memory is
the machine's again. Run as a file, with nothing of the bridge's in its environment.
"""

from __future__ import annotations

import os
import select
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

IDLE_S = 300
HEAD = struct.Struct(">BI")
_FONTS = Path(__file__).with_name("fonts")
_FONT_FILES = [_FONTS / f"inter-{weight}.otf" for weight in (400, 600)]
_GREY_HALF = 128

Engine = Callable[[bytes, int], bytes]


def with_vips() -> Engine:
    """Return the engine of libvips, one thread and no cache."""
    import pyvips

    pyvips.cache_set_max(0)

    def press(svg: bytes, bits: int) -> bytes:
        image = pyvips.Image.svgload_buffer(svg)
        if bits:
            image = image.flatten(background=[255, 255, 255]).colourspace("b-w")
            if bits == 1:
                image = (image >= _GREY_HALF).ifthenelse(255, 0)
            png = image.pngsave_buffer(bitdepth=bits, compression=9)
        else:
            png = image.pngsave_buffer(compression=6)
        return bytes(png)

    return press


def with_resvg() -> Engine:
    """Return the engine of resvg, for machines that libvips has no wheel for.

    It knows no bits of grey: such a picture has the inks of e-ink in eight bits.
    """
    import resvg_py

    def press(svg: bytes, bits: int) -> bytes:
        del bits
        png = resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            font_files=[str(file) for file in _FONT_FILES],
            skip_system_fonts=True,
            sans_serif_family="Inter",
        )
        return bytes(png)

    return press


def serve(press: Engine, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are none."""
    while select.select([requests], [], [], IDLE_S)[0]:
        head = read_exactly(requests, HEAD.size)
        if len(head) < HEAD.size:
            return
        bits, length = HEAD.unpack(head)
        svg = read_exactly(requests, length)
        try:
            send(answers, 1, press(svg, bits))
        except Exception as error:  # noqa: BLE001 — told, and ready for the next
            send(answers, 0, repr(error).encode()[:500])


def read_exactly(stream: BinaryIO, count: int) -> bytes:
    """Read ``count`` bytes of an unbuffered stream; fewer only at its end."""
    parts = bytearray()
    while len(parts) < count and (part := stream.read(count - len(parts))):
        parts += part
    return bytes(parts)


def send(answers: BinaryIO, state: int, body: bytes) -> None:
    """Write one answer."""
    answers.write(HEAD.pack(state, len(body)) + body)
    answers.flush()


def main() -> None:
    """Serve with the first engine that is installed."""
    # Whoever waits for an answer of the bridge goes first.
    os.nice(5)
    requests = os.fdopen(0, "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not spoil an answer
    if not all(file.is_file() for file in _FONT_FILES):
        send(answers, 0, b"the fonts beside the child are gone")
        return
    for name, engine in (("vips", with_vips), ("resvg", with_resvg)):
        if len(sys.argv) > 1 and sys.argv[1] != name:
            continue
        try:
            press = engine()
        except (ImportError, OSError):
            continue
        send(answers, 1, name.encode())
        serve(press, requests, answers)
        return
    send(answers, 0, b"neither pyvips nor resvg-py is installed")


if __name__ == "__main__":
    main()
