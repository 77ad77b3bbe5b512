"""What may be spoken: rules for every sentence, in every language."""

from __future__ import annotations

import re

# A voice says "kilometres", not "k m". Letters that people say one by one (HRV, FTP,
# API, JSON, FIT) are spoken as they are.
STUMBLES = re.compile(
    r"""
    (?<![\w/.])(?:
      km|mi|kg|lb|ft|mm|cm|ms|min|sec|hrs?|km/h|mph|bpm|rpm|spm|kcal|kJ|mmol|W|Std|Min
      |Sek|env|etc|aprox|máx|mín|ppm|FC|HFV|HR|CTL|ATL|TSB|TSS|eFTP|LTHR|RPE|resp|approx|ca|usw|bzw|inkl
    )(?![\w/])
    |/km|/mi|/min|°|%|~|≈|≥|→|&|\be\.g\.|\bi\.e\.|\bz\.\ ?B\.|\bd\.\ ?h\.
    """,
    re.VERBOSE,
)
BROKEN = re.compile(
    r"None|\bnan\b|\binf\b|Infinity|[{}]|\s\s|[^\S\u00a0][.,;:!?](?=\s|$)|,,|:\s*$"
    r"|(?<!\.)\.\.(?!\.)|^[.,:;]"
)
SIGN = re.compile(r"(?<![\w-])[-−]\d")  # a voice passes over it
_NUMBER = re.compile(r"(?<![\w.,:/-])\d[\d.,]*\d(?![\w/-])")
# Of what is no number, only addresses and versions have several dots. French parts
# thousands with a blank, so that a number ends there for this rule.
_NUMBERS = {
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?"),
    "fr": re.compile(r"\d+(?:,\d{1,2})?"),
    "es": re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?"),
}
_ENGLISH = (
    "the|and|is|are|with|today|yesterday|tomorrow|days?|weeks?|hours?|kilomet(?:re|er)s"
    "|of|not|January|March|May|October|December|Monday|Friday"
)
_GERMAN = (
    "und|der|das|ist|sind|mit|heute|gestern|morgen|Tage?|Wochen?|Stunden?|Minuten?"
    "|von|nicht|Januar|März|Mai|Oktober|Dezember|Montag|Freitag|Uhr|Kilometer"
)
_FOREIGN = {
    "de": re.compile(rf"\b(?:{_ENGLISH}|no|on|minutes?)\b"),
    # A mark that wants a blank before it has one at which no line breaks.
    "fr": re.compile(rf"\b(?:{_ENGLISH}|{_GERMAN})\b|[^\u00a0][:;?!](?=\s|$)"),
    # "de el" is "del", and a question begins with "¿".
    "es": re.compile(rf"\b(?:{_ENGLISH}|{_GERMAN}|minutes?|(?:de|a) el)\b|^[^¿]*\?"),
}


def assert_heard(sentence: str, language: str, *, names: str = "") -> None:
    """Hold a sentence to the rules; ``names`` are words that upstream chose."""
    assert 1 <= len(sentence) <= 255, (len(sentence), sentence)
    ours = sentence
    for name in filter(None, names.split("\n")):
        ours = ours.replace(name, "N")
    for rule in (STUMBLES, BROKEN, SIGN):
        found = rule.search(ours)
        assert found is None, f"{found and found.group()!r} in {sentence!r}"
    if language != "en":
        assert_own(ours, language)


def assert_own(sentence: str, language: str) -> None:
    """Refuse numbers and words of another language."""
    for number in _NUMBER.findall(sentence):
        assert _NUMBERS[language].fullmatch(number), f"{number} in {sentence!r}"
    found = _FOREIGN[language].search(sentence)
    assert found is None, f"{found and found.group()!r} in {sentence!r}"
