"""The last look at a sentence: short enough, whole, and never cut inside a sign."""

from __future__ import annotations

import unicodedata

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.speech.trim import LONGEST, clip
from bridge.simulator.world import World
from tests.support.asking import told

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1e9\U0001f1ea"
WAVE = "\U0001f44b\U0001f3fd"
ACCENT = "e\u0301"
KEYCAP = "1\ufe0f\u20e3"


@pytest.mark.parametrize("sentence", ["", "Form is minus 12.", "x" * LONGEST])
def test_what_is_short_enough_stays(sentence: str) -> None:
    assert clip(sentence) == sentence


def test_blanks_and_lines_become_one_blank() -> None:
    assert clip("  Form\n is \t minus\r\n12.  ") == "Form is minus 12."


def test_a_long_text_ends_with_its_last_whole_sentence() -> None:
    text = "A first sentence of a good length here. " * 20
    clipped = clip(text)
    assert clipped.endswith("here.")
    assert len(clipped) > LONGEST - 45
    assert text.startswith(clipped)


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    clipped = clip("He rode 82.5 kilometres and " + "more " * 80)
    assert clipped.endswith("more…")


def test_without_a_sentence_it_ends_with_a_whole_word() -> None:
    clipped = clip("word " * 100)
    assert clipped.endswith(" word…")
    assert len(clipped) <= LONGEST


def test_one_endless_word_is_cut() -> None:
    assert clip("x" * 1000) == "x" * (LONGEST - 1) + "…"


@pytest.mark.parametrize("sign", [FAMILY, WAVE, ACCENT, KEYCAP, FLAG])
@pytest.mark.parametrize("offset", range(8))
def test_a_sign_made_of_several_is_never_cut_in_two(sign: str, offset: int) -> None:
    clipped = clip("x" * offset + sign * 200)
    whole = clipped.removesuffix("…").removeprefix("x" * offset)
    assert whole
    assert whole == sign * (len(whole) // len(sign))
    assert len(clipped) <= LONGEST


@given(st.text(max_size=900))
def test_any_text_becomes_short_and_stays_a_beginning(text: str) -> None:
    clipped = clip(text)
    assert len(clipped) <= LONGEST
    assert "\n" not in clipped
    assert clip(clipped) == clipped
    one_line = " ".join(text.split())
    assert one_line.startswith(" ".join(clipped.removesuffix("…").split()))


def test_the_gap_between_french_thousands_stays() -> None:
    assert clip("13\u202f100  kilomètres\n") == "13\u202f100 kilomètres"
    assert clip("Long\u00a0\u00a0Run") == "Long Run"


@given(st.lists(st.sampled_from([FAMILY, WAVE, ACCENT, "a", " ", ". "]), max_size=200))
def test_no_cut_leaves_a_part_that_clings(signs: list[str]) -> None:
    clipped = clip("".join(signs))
    if clipped.endswith("…"):
        rest = " ".join("".join(signs).split())[len(clipped) - 1 :]
        assert not rest.startswith(("\u200d", "\u0301", "\U0001f3fd"))
        assert not clipped[:-1].endswith("\u200d")
        assert not unicodedata.combining(rest[:1] or "a")


def test_a_name_without_end_leaves_room_for_the_numbers(
    phone: FlaskClient, world: World
) -> None:
    for name in (FAMILY * 60, "x" * 5000, "Ride. " * 200, "{n} {name}", "\ud83d"):
        world.add_activity(
            type="Run",
            name=name,
            start_date_local="2026-11-23T06:00:00",
            distance=8000.0,
            moving_time=2400,
        )
        body = told(phone, "/v1/activities/latest?refresh=yes")
        assert "8 kilometres in 40 minutes" in body["speech"]
        assert len(body["speech"]) < 280
        assert not body["speech"].removesuffix("…").endswith("\u200d")
        world.activities.popitem()
