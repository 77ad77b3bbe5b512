"""Cut a pasted command line into words, as forgivingly as a reader would.

No real shell is imitated: typographic quotes count as quotes (and are noted),
carets and backticks at line ends go on like backslashes, an open quote ends with
the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bridge.domain.doctor.request.characters import DOUBLE_SMART, SINGLE_SMART

_CARET = re.compile(r"\^[ \t]*\r?\n|\^\"")
_CARET_ESCAPE = re.compile(r"\^(\r?\n|.)", re.DOTALL)
_PLAIN = re.compile(r"[^\s\\\"'`&|;“”„‟«»″‘’‚‛′]+")
_CONTINUED = re.compile(r"[ \t]*\r?\n")
_BLANK = re.compile(r"[^\S\n]+")
_MORE_OPTIONS = re.compile(r"\s*(?=--?[A-Za-z]|[–—]|https?://|[\"'“‘]https?:)")
_WITHIN_SINGLE = re.compile(r"[^']*")
_WITHIN_DOUBLE = re.compile(r"[^\"\\]*")
_CLOSES_SMART = re.compile(
    rf"[{DOUBLE_SMART}{SINGLE_SMART}\"'](?=[\s&|;)]|$)", re.MULTILINE
)
_SMART = DOUBLE_SMART + SINGLE_SMART


@dataclass(slots=True)
class Command:
    """The words of one command, and what was noticed on cutting them."""

    words: list[str] = field(default_factory=list)
    smart_quotes: bool = False
    cut_at_ampersand: bool = False
    end: int = 0  # where the command ends in the text


class _Cutter:
    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.command = Command()
        self.pieces: list[str] = []
        self.open = False  # inside a word, be it an empty one

    def cut(self) -> Command:
        while self.at < len(self.text) and self._step():
            pass
        self._end_word()
        self.command.end = self.at
        return self.command

    def _step(self) -> bool:
        """Read on from here; False at the end of the command."""
        char = self.text[self.at]
        if char == "\n":
            return self._line_end()
        if char in "|;":
            return False
        if char == "&":
            return self._ampersand()
        if blank := _BLANK.match(self.text, self.at):
            self._end_word()
            self.at = blank.end()
        elif char == "\\" or (char == "`" and self._goes_on()):
            self._escape()
        elif char == "'":
            self._quoted(_WITHIN_SINGLE)
        elif char == '"':
            self._double()
        elif char in _SMART:
            self._smart()
        else:
            self._plain()
        return True

    def _line_end(self) -> bool:
        self._end_word()
        if (more := _MORE_OPTIONS.match(self.text, self.at)) is None:
            return False
        self.at = more.end()
        return True

    def _ampersand(self) -> bool:
        if self.text.startswith("&&", self.at):
            return False
        following = self.text[self.at + 1 : self.at + 2]
        if not following or following.isspace():
            return False
        self.command.cut_at_ampersand = True
        self._add("&")
        self.at += 1
        return True

    def _goes_on(self) -> bool:
        return bool(_CONTINUED.match(self.text, self.at + 1))

    def _escape(self) -> None:
        if continued := _CONTINUED.match(self.text, self.at + 1):
            self._end_word()
            self.at = continued.end()
        else:
            self._add(self.text[self.at + 1 : self.at + 2])
            self.at += 2

    def _quoted(self, within: re.Pattern[str]) -> None:
        match = within.match(self.text, self.at + 1)
        end = match.end() if match else len(self.text)
        self._add(self.text[self.at + 1 : end])
        self.at = end + 1

    def _double(self) -> None:
        self.at += 1
        self._add("")
        while match := _WITHIN_DOUBLE.match(self.text, self.at):
            self._add(match.group())
            self.at = match.end()
            if self.text[self.at : self.at + 1] != "\\":
                break
            self._add(_unescaped(self.text[self.at + 1 : self.at + 2]))
            self.at += 2
        self.at += 1

    def _smart(self) -> None:
        self.command.smart_quotes = True
        closing = _CLOSES_SMART.search(self.text, self.at + 1)
        end = closing.start() if closing else len(self.text)
        self._add(self.text[self.at + 1 : end])
        self.at = end + 1

    def _plain(self) -> None:
        match = _PLAIN.match(self.text, self.at)
        end = match.end() if match else self.at + 1
        self._add(self.text[self.at : end])
        self.at = end

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.open = True

    def _end_word(self) -> None:
        if self.open:
            self.command.words.append("".join(self.pieces))
        self.pieces, self.open = [], False


def cut(text: str, start: int = 0) -> Command:
    """Return the words of the command that begins at ``start``."""
    return _Cutter(text, start).cut()


def without_carets(text: str) -> str:
    """Return ``text`` without the carets of the Windows command prompt."""
    if not _CARET.search(text):
        return text
    return _CARET_ESCAPE.sub(_after_caret, text)


def _after_caret(match: re.Match[str]) -> str:
    following = match.group(1)
    return " " if following.endswith("\n") else following


def _unescaped(char: str) -> str:
    if char == "\n":
        return ""
    return char if char in '"\\$`' else f"\\{char}"
