"""Pressing: an SVG of ours becomes PNG, in one child process of each worker.

The child is started by the first picture and is let go after five minutes without one.
It holds none of the bridge's secrets, goes behind whatever else the machine has to do,
and its memory is its own: a worker that has drawn is as small as before.
"""

from __future__ import annotations

import atexit
import os
import select
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING

from bridge.domain.drawing import Size
from bridge.errors import PicturesMissing
from bridge.pictures.child import HEAD

if TYPE_CHECKING:
    import subprocess

_HERE = Path(__file__).parent
_ENVIRONMENT = {
    "FONTCONFIG_FILE": str(_HERE / "fonts" / "fonts.conf"),
    "VIPS_CONCURRENCY": "1",
    "LANG": "C.UTF-8",
    # One arena, given back at once: the child stays small after a wallpaper.
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}
_LONGEST_S = 20.0
_TRIES = 2


class ChildGone(Exception):
    """The child ended, or did not answer in time."""


class Press:
    """The child of this process, started when it is needed."""

    def __init__(self, engine: str | None = None) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def press(self, svg: str, bits: int) -> bytes:
        """Return the PNG of an SVG; one picture after the other.

        Raises
        ------
        PicturesMissing
            If there is nothing that could, or it failed twice.
        """
        why = ""
        with self._lock:
            for _ in range(_TRIES):
                try:
                    return self._ask(self._started(), svg.encode(), bits)
                except (ChildGone, OSError) as error:
                    why = repr(error)
                    self._stop()
        raise PicturesMissing(why)

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # that of whom we were forked from
            self._child, self._owner = None, os.getpid()
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        import subprocess

        arguments = [sys.executable, str(_HERE / "child.py")]
        self._child = subprocess.Popen(  # noqa: S603 — our own file
            [*arguments, *([self._engine] if self._engine else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            bufsize=0,
        )
        state, said = _answer(self._child)
        if not state:
            self._stop()
            raise PicturesMissing(said.decode(errors="replace"))
        return self._child

    @staticmethod
    def _ask(child: subprocess.Popen[bytes], svg: bytes, bits: int) -> bytes:
        if child.stdin is None:
            raise ChildGone("it was started without its input")
        request = memoryview(HEAD.pack(bits, len(svg)) + svg)
        while request:
            request = request[child.stdin.write(request) :]
        state, body = _answer(child)
        if not state:
            raise ChildGone(body.decode(errors="replace"))
        return body

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


def _answer(child: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    if child.stdout is None:
        raise ChildGone("it was started without its output")
    until = monotonic() + _LONGEST_S
    state, length = HEAD.unpack(_exactly(child.stdout, HEAD.size, until))
    return state, _exactly(child.stdout, length, until)


def _exactly(stream: IO[bytes], count: int, until: float) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        left = max(0.0, until - monotonic())
        if not select.select([stream], [], [], left)[0]:
            raise ChildGone("no answer in time")
        part = stream.read(count - len(parts))
        if not part:
            raise ChildGone("it ended")
        parts += part
    return bytes(parts)


_PRESS = Press()
atexit.register(_PRESS.close)


def press(svg: str, size: Size, bits: int = 0) -> bytes:
    """Make PNG of an SVG drawn by :func:`~bridge.domain.drawing.draw`.

    Parameters
    ----------
    svg
        The drawing; it says its size in pixels itself.
    size
        That size, for the log.
    bits
        Bits of grey, 1 or 2; 0 for full colour.

    Raises
    ------
    PicturesMissing
        If neither libvips nor resvg is there, or pressing failed twice.
    """
    try:
        return _PRESS.press(svg, bits)
    except PicturesMissing as error:
        error.detail = f"{size.width_px}x{size.height_px}: {error.detail}"
        raise
