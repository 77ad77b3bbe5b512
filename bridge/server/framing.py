"""Where one HTTP/1 request ends: pure, no socket, no clock.

Only the framing is read here, enough to know that a request is whole. What the request
says, and whether it is well-formed otherwise, is gunicorn's to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

LARGEST_HEAD = 64 * 1024  # more than gunicorn takes, so that it can say what is wrong
LARGEST_CHUNK_LINE = 1024
LARGEST_TRAILER = 8 * 1024
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"[0-9]{1,15}", re.ASCII)
_WEBHOOK = re.compile(rb"POST /webhooks/intervals/wh_[a-z2-7]{26}")
_VIEW_KEY = re.compile(
    rb"(?:(?:[?&]key=|/calendar/)v|/webhooks/intervals/wh)_[a-z2-7]{26}(?![a-z2-7])"
)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?", re.ASCII)


class FramingError(Exception):
    """The bytes can never become a request; ``status`` and ``reason`` say why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class _Part(Enum):
    HEAD = 0
    LENGTH = 1
    CHUNK_LINE = 2
    CHUNK = 3
    CHUNK_END = 4
    TRAILER = 5
    WHOLE = 6


@dataclass(slots=True)
class Framing:
    """Follows the bytes of one request until it is whole.

    ``feed`` is given each piece once, in order, and returns how many bytes of it belong
    to this request; what is left is the next one's.
    """

    largest_body: int
    head: bytes = b""
    body_bytes: int = 0
    expects_continue: bool = False
    hosts: int = 0  # how many Host headers it brings
    has_token: bool = False  # it brings an Authorization header, good or not
    is_bare: bool = True  # nothing in its head speaks of a body
    _part: _Part = _Part.HEAD
    _left: int = 0
    _line: bytearray = field(default_factory=bytearray)

    @property
    def is_whole(self) -> bool:
        """Tell whether the request is there to its last byte."""
        return self._part is _Part.WHOLE

    @property
    def is_begun(self) -> bool:
        """Tell whether any byte of it is there."""
        return bool(self.head or self._line)

    @property
    def has_head(self) -> bool:
        """Tell whether the request line and the headers are there."""
        return bool(self.head)

    @property
    def is_for_a_host(self) -> bool:
        """Tell whether it names its host once; before HTTP/1.1 it need not."""
        line = self.head.split(b"\n", 1)[0].rstrip()
        return self.hosts == 1 or not (self.hosts or line.endswith(b" HTTP/1.1"))

    @property
    def has_key(self) -> bool:
        """Tell whether its address holds what is shaped like one of our keys."""
        return _VIEW_KEY.search(self.head.split(b"\n", 1)[0]) is not None

    @property
    def is_webhook(self) -> bool:
        """Tell whether it goes where a webhook of Intervals.icu may."""
        return _WEBHOOK.fullmatch(self.target) is not None

    @property
    def target(self) -> bytes:
        """Return method and path, such as ``GET /healthz``; empty before the head."""
        words = self.head.split(b"\n", 1)[0].split()
        return b" ".join(words[:2]).partition(b"?")[0]

    def feed(self, piece: bytes) -> int:
        """Read on; return how many bytes of ``piece`` belong to this request.

        Raises
        ------
        FramingError
            400 for framing that cannot be right, 413 for a body over the limit, 431
            for a head over it.
        """
        taken = 0
        while taken < len(piece) and not self.is_whole:
            taken += self._step(piece, taken)
        return taken

    def _step(self, piece: bytes, at: int) -> int:
        match self._part:
            case _Part.HEAD:
                return self._read_head(piece, at)
            case _Part.LENGTH | _Part.CHUNK:
                return self._skip(len(piece) - at)
            case _Part.CHUNK_LINE:
                return self._read_line(piece, at, LARGEST_CHUNK_LINE, self._chunk_line)
            case _Part.CHUNK_END:
                return self._read_line(piece, at, 2, self._chunk_end)
            case _:
                return self._read_line(piece, at, LARGEST_TRAILER, self._trailer)

    def _read_head(self, piece: bytes, at: int) -> int:
        # An empty line before the request line is allowed, and gunicorn skips it.
        known = len(self._line)
        self._line += piece[at:]
        text = bytes(self._line)
        blank = len(text) - len(text.lstrip(b"\r\n"))
        end = _HEAD_END.search(text, max(blank, known - 3))
        if end is None:
            if len(text) > LARGEST_HEAD:
                raise FramingError(431, "the headers are too long")
            return len(piece) - at
        self.head = text[blank : end.end()]
        self._line = bytearray()
        self._read_framing()
        return end.end() - known

    def _read_framing(self) -> None:
        lengths: list[bytes] = []
        codings: list[bytes] = []
        for line in self.head.splitlines()[1:]:
            name, _, value = line.partition(b":")
            match name.strip().lower():
                case b"content-length":
                    lengths.append(value.strip())
                case b"transfer-encoding":
                    codings.append(value.strip().lower())
                case b"host":
                    self.hosts += 1
                case b"authorization":
                    self.has_token = True
                case b"expect":
                    self.expects_continue = value.strip().lower() == b"100-continue"
                    self.is_bare = False
        if codings or lengths:
            self.is_bare = False
        if codings:
            self._expect_chunks(codings, lengths)
        elif lengths:
            self._expect_length(lengths)
        else:
            self._part = _Part.WHOLE

    def _expect_chunks(self, codings: list[bytes], lengths: list[bytes]) -> None:
        if lengths or codings != [b"chunked"]:
            # Two framings are how requests are smuggled.
            raise FramingError(400, "the length of the body is told in two ways")
        self._part = _Part.CHUNK_LINE

    def _expect_length(self, lengths: list[bytes]) -> None:
        if len(lengths) > 1 or not _LENGTH.fullmatch(lengths[0]):
            raise FramingError(400, "the length of the body is no number")
        self._left = int(lengths[0])
        self._count(self._left)
        self._part = _Part.LENGTH if self._left else _Part.WHOLE

    def _count(self, length: int) -> None:
        self.body_bytes += length
        if self.body_bytes > self.largest_body:
            raise FramingError(413, "the body is too large")

    def _skip(self, there: int) -> int:
        taken = min(there, self._left)
        self._left -= taken
        if not self._left:
            ended = self._part is _Part.LENGTH
            self._part = _Part.WHOLE if ended else _Part.CHUNK_END
        return taken

    def _read_line(
        self, piece: bytes, at: int, longest: int, read: Callable[[bytes], None]
    ) -> int:
        end = piece.find(b"\n", at)
        taken = (len(piece) if end < 0 else end + 1) - at
        self._line += piece[at : at + taken]
        if len(self._line) > longest:
            raise FramingError(400, "a chunk of the body is malformed")
        if end >= 0:
            line = bytes(self._line).removesuffix(b"\n").removesuffix(b"\r")
            self._line = bytearray()
            read(line)
        return taken

    def _chunk_line(self, line: bytes) -> None:
        size = _CHUNK.fullmatch(line)
        if size is None:
            raise FramingError(400, "a chunk of the body is malformed")
        self._left = int(size[1], 16)
        self._count(self._left)
        self._part = _Part.CHUNK if self._left else _Part.TRAILER

    def _chunk_end(self, line: bytes) -> None:
        if line:
            raise FramingError(400, "a chunk of the body is malformed")
        self._part = _Part.CHUNK_LINE

    def _trailer(self, line: bytes) -> None:
        if not line:
            self._part = _Part.WHOLE
        elif b":" not in line:
            raise FramingError(400, "a trailer of the body is malformed")
