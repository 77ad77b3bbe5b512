"""Keep keys, tokens and passwords out of everything that is said."""

from __future__ import annotations

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

MASK = "*****"
MOST_SECRETS = 64  # more than that is no request; then nothing at all is echoed
SHORTEST_SECRET = 4  # shorter ones would mask every other word
LONGEST_WORD = 60

_RUN = re.compile(r"[A-Za-z0-9+/=_-]{16,}")
_LETTERS_OR_DIGITS = re.compile(r"[A-Za-z0-9]{20,}")
_NAMED = re.compile(
    r"(?:api[_ -]?key|token|bearer|basic|password|secret)"
    r"[\"'”’]?[ \t]{0,4}[:=,]?[ \t]{0,4}[\"'“‘]?([^\s\"'“”‘’,;&<>()]{4,400})",
    re.IGNORECASE,
)


def named_secrets(text: str) -> list[str]:
    """Return whatever stands in ``text`` behind a word such as "token".

    A net below the readers: it may catch harmless words, which then are masked.
    """
    found: list[str] = []
    for match in _NAMED.finditer(text):
        found.append(match.group(1))
        if len(found) > MOST_SECRETS:
            break
    return found


class Mask:
    """Hide known secrets, and whatever looks like one, in echoed words."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        self.hides_all = len(known) > MOST_SECRETS
        forms = {} if self.hides_all else {f for one in known for f in _forms(one)}
        self._forms = sorted(forms, key=len, reverse=True)

    def text(self, text: str) -> str:
        """Return ``text`` with every secret and secret-looking run masked."""
        if self.hides_all:
            return MASK
        for form in self._forms:
            text = text.replace(form, MASK)
        lowered = text.lower()
        if any(form.lower() in lowered for form in self._forms):
            return MASK
        return _RUN.sub(_hide_opaque, text)

    def word(self, text: str) -> str:
        """Return ``text`` fit for a sentence: masked, printable, short."""
        printable = "".join(char for char in text[:400] if char.isprintable())
        masked = self.text(printable)
        if len(masked) <= LONGEST_WORD:
            return masked
        return masked[: LONGEST_WORD - 1] + "…"


def _hide_opaque(match: re.Match[str]) -> str:
    run = match.group()
    digits = sum(char.isdigit() for char in run)
    letters = sum(char.isalpha() for char in run)
    mixed = digits >= 3 and letters >= 3
    return MASK if mixed or _LETTERS_OR_DIGITS.search(run) else run


def _forms(secret: str) -> Iterator[str]:
    """Yield the shapes in which one secret may turn up again."""
    for plain in {secret, secret.strip()}:
        if len(plain) < SHORTEST_SECRET:
            continue
        yield plain
        yield quote(plain, safe="")
        yield quote(quote(plain, safe=""), safe="")
        yield quote_plus(plain)
        yield json.dumps(plain)[1:-1]
        yield json.dumps(plain, ensure_ascii=False)[1:-1]
        for pair in (plain, f"API_KEY:{plain}", f"{plain}:", f":{plain}", f"{plain}\n"):
            octets = pair.encode("utf-8", "replace")
            yield b64encode(octets).decode("ascii").rstrip("=")
            yield urlsafe_b64encode(octets).decode("ascii").rstrip("=")
