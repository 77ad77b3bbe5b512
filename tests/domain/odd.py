"""Whatever upstream might send: strategies for property tests."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bridge.domain.raw import RawRecord
from bridge.domain.speech.voice import Voice

# A shared machine is no stopwatch: slow is not wrong here.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

Record = TypeVar("Record", bound=RawRecord)

VOICES = (Voice(), Voice("en_US", "imperial"))

odd_numbers = (
    st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from([0, 1, -1, 0.5, 1e-9, 1e9, 999, 2**53 + 1])
)
# Without braces: assert_speakable takes one for a placeholder that was left.
odd_texts = st.text(
    st.characters(exclude_characters="{}"), max_size=300
) | st.sampled_from(
    [
        "",
        " ",
        "-Infinity",
        "NaN",
        "12.5",
        "i123",
        "2026-11-23",
        "2026-11-23T07:05:00",
        "2026-02-30T25:61:00",
        "2026-11-23T07:05:00.123+00:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
        "Run",
        "Ride",
        "Swim",
        "WORK",
        "WORKOUT",
        "NOTE",
        "STRAVA",
        "\ud800",
        "=1+1",
        "long " * 500,
    ]
)
odd_scalars = st.none() | st.booleans() | odd_numbers | odd_texts
odd_json = st.recursive(
    odd_scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(odd_texts, inner, max_size=4)
    ),
    max_leaves=8,
)


def odd_records(
    record: type[Record], **likely: st.SearchStrategy[object]
) -> st.SearchStrategy[Record]:
    """Return raw records with anything in every key, ``likely`` in some of them."""
    fields = {
        field.name: likely.get(field.name, odd_scalars) | odd_json
        for field in msgspec.structs.fields(record)
    }
    return st.builds(record, **fields)


def assert_speakable(sentence: str) -> None:
    """Hold the rules of every sentence."""
    assert sentence.strip()
    assert len(sentence) <= 255
    for word in ("None", "nan", "inf ", "{", "}"):
        assert word not in sentence
