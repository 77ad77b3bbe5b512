"""Text as it comes from a phone: trimmed, composed, without hidden characters."""

from __future__ import annotations

import unicodedata

from bridge.domain.inputs.refusals import InputError, Mistake

_LINE_ENDS = {"\t": " ", "\n": " ", "\r": " "}
_NAME_EXAMPLE = "Evening ride"
_INVISIBLE = ("C", "Z", "M")  # first letters of the categories nobody can see


def plain_text(value: object, refusal: InputError, *, max_length: int = 64) -> str:
    """Return a short input trimmed and composed, ready to be parsed.

    Raises ``refusal`` for what is no text, is empty or longer than
    ``max_length``, or holds a control, zero-width or unassigned character: what
    nobody can see must not decide what is stored. Compatibility forms such as
    full-width digits are left as they are, so that the parsers refuse them.
    """
    if not isinstance(value, str) or len(value) > max_length:
        raise refusal
    text = "".join(_LINE_ENDS.get(sign, sign) for sign in value).strip()
    if not text or any(unicodedata.category(sign)[0] == "C" for sign in text):
        raise refusal
    return unicodedata.normalize("NFC", text)


def parse_text(
    value: object,
    *,
    max_length: int = 255,
    lines: bool = False,
    example: str = _NAME_EXAMPLE,
) -> str:
    r"""Return free text (a name, a comment) that can be stored and shown.

    Line breaks become spaces, or ``\n`` with ``lines``. Emoji and direction
    marks stay. Refused: what is not text, is longer than ``max_length``, holds
    NUL, another control character or half of a surrogate pair, or shows
    nothing at all.
    """
    refusal = InputError(Mistake.NOT_A_TEXT, example)
    if not isinstance(value, str) or len(value) > max_length:
        raise refusal
    rows = value.strip().splitlines() if lines else [value]
    text = "\n".join(" ".join(row.split()) for row in rows)
    kinds = {unicodedata.category(sign) for sign in text if sign != "\n"}
    if kinds & {"Cc", "Cs"} or all(kind[0] in _INVISIBLE for kind in kinds):
        raise refusal
    return text.strip()
