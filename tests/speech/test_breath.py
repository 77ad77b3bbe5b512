from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.speech.breath import MOST_WORDS, fits, in_one_breath
from bridge.domain.speech.voice import ENGLISH


def test_all_is_said_where_one_breath_is_enough() -> None:
    assert in_one_breath(ENGLISH, ["Rest day.", None, "Form 0."]) == "Rest day. Form 0."
    assert in_one_breath(ENGLISH, []) == ""


def test_what_matters_is_said_shortly_rather_than_not_at_all() -> None:
    long = f"You slept {'very ' * MOST_WORDS}little."
    said = in_one_breath(
        ENGLISH, [[f"Today: Tempo. {long}", "Tempo."], "Race tomorrow."]
    )
    assert said == "Tempo. Race tomorrow."


def test_the_first_parts_get_their_long_wordings_first() -> None:
    words = "so " * (MOST_WORDS // 2)
    parts = [[f"First {words}long.", "First."], [f"Second {words}long.", "Second."]]
    assert in_one_breath(ENGLISH, parts) == f"First {words}long. Second."


def test_what_is_spare_is_said_only_where_room_is_left() -> None:
    full = f"{'so ' * (MOST_WORDS - 2)}it is."
    assert in_one_breath(ENGLISH, [full], ["Form 0."]) == full
    assert (
        in_one_breath(ENGLISH, ["Rest day."], [None, ["Form 0."]])
        == "Rest day. Form 0."
    )


def test_what_is_spare_never_beats_a_longer_wording() -> None:
    longer = f"Today: Tempo, {'so ' * MOST_WORDS}long."
    parts = [[longer, "Today: Tempo."], "Race tomorrow."]
    assert in_one_breath(ENGLISH, parts, ["Form 0."]) == "Today: Tempo. Race tomorrow."


def test_of_several_sentences_the_last_give_way() -> None:
    many = " ".join([f"{'so ' * (MOST_WORDS // 3)}on."] * 4)
    said = in_one_breath(ENGLISH, [many])
    assert many.startswith(said)
    assert said.endswith("on.")
    assert fits(ENGLISH, said)


def test_the_first_is_said_also_where_it_alone_is_too_long() -> None:
    assert in_one_breath(ENGLISH, ["word " * 200]).startswith("word word")


@given(st.lists(st.text(max_size=80) | st.lists(st.text(max_size=80)), max_size=6))
def test_nothing_said_is_longer_than_the_state_of_an_entity(parts: list[str]) -> None:
    assert len(in_one_breath(ENGLISH, parts)) <= 255
