"""On and off: by the route and by a sentence, and who may."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.messages.topics import NAMES, Choices
from bridge.store.athletes import OWNER
from tests.conftest import let_in, services_of


def choices_of(app: Flask) -> Choices:
    return services_of(app).store.outbox.settings(OWNER).choices


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    return let_in(app, "write")


def test_the_ten_are_told_on_or_off(phone: FlaskClient) -> None:
    body = phone.get("/v1/messages").get_json()
    assert body["count"] == 10
    assert [row["topic"] for row in body["items"]] == list(NAMES)
    assert body["off"] == "streak_at_risk"
    assert (body["morning_at"], body["quiet_until"]) == ("07:00", "07:00")
    assert body["channels"] == 0
    assert body["speech"].startswith("Nothing reaches you yet.")


def test_topics_times_and_language_are_chosen(app: Flask, writer: FlaskClient) -> None:
    sent = {
        "on": "streak_at_risk",
        "off": "week, gear due",
        "morning_at": "5:45",
        "quiet_from": "21:00",
        "language": "fr",
    }
    body = writer.patch("/v1/messages", json=sent).get_json()
    assert body["off"] == "week, gear_due"
    assert (body["morning_at"], body["quiet_from"]) == ("05:45", "21:00")
    assert body["language"] == "fr"
    known = choices_of(app)
    assert known.on == set(NAMES) - {"week", "gear_due"}
    again = writer.patch("/v1/messages", json={"off": "week"}).get_json()
    assert again["already"] == "yes"
    own = writer.patch("/v1/messages", json={"language": "own"}).get_json()
    assert "language" not in own


def test_a_preview_changes_nothing(app: Flask, writer: FlaskClient) -> None:
    sent = {"off": "all", "preview": "yes"}
    body = writer.patch("/v1/messages", json=sent).get_json()
    assert body["preview"] == "yes"
    assert "All messages are off" in body["speech"]
    assert choices_of(app) == Choices()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"on": "weekly"},
        {"on": 7},
        {"off": "week," * 200},
        {"morning_at": "late"},
        {"morning_at": "25:00"},
        {"quiet_from": ""},
        {"language": "it"},
        {"url": "https://ntfy.sh/topic"},
    ],
)
def test_what_is_not_understood_is_refused(
    app: Flask, writer: FlaskClient, sent: dict[str, object]
) -> None:
    answer = writer.patch("/v1/messages", json=sent)
    assert answer.status_code == 422
    assert answer.get_json()["status"] == "error"
    assert choices_of(app) == Choices()


def test_who_may_only_read_switches_nothing(app: Flask, phone: FlaskClient) -> None:
    assert phone.patch("/v1/messages", json={"off": "all"}).status_code == 403
    said = phone.post("/v1/ask", json={"text": "No more morning messages"})
    assert said.status_code == 403
    assert choices_of(app) == Choices()


@pytest.mark.parametrize(
    ("language", "text", "off"),
    [
        ("en", "No more morning messages", {"morning_brief"}),
        ("en", "Don't tell me about my gear anymore", {"gear_due"}),
        ("en", "Turn off all notifications", set(NAMES)),
        ("de", "Keine Morgennachrichten mehr", {"morning_brief"}),
        ("fr", "Plus de messages du matin", {"morning_brief"}),
        ("es", "No más mensajes de la mañana", {"morning_brief"}),
    ],
)
def test_a_sentence_switches_off(
    app: Flask, writer: FlaskClient, language: str, text: str, off: set[str]
) -> None:
    answer = writer.post(f"/v1/ask?lang={language}", json={"text": text})
    assert answer.status_code == 200, answer.text
    assert choices_of(app).on == Choices().on - off


@pytest.mark.parametrize(
    ("language", "text", "on"),
    [
        ("en", "Tell me after each run", {"after_activity"}),
        ("en", "Notify me when my plan changes", {"plan_changed"}),
        ("en", "Turn on all notifications", set(NAMES)),
        ("de", "Sag mir nach jedem Lauf Bescheid", {"after_activity"}),
        ("fr", "Préviens-moi après chaque sortie", {"after_activity"}),
        ("es", "Avísame después de cada carrera", {"after_activity"}),
    ],
)
def test_a_sentence_switches_on(
    app: Flask, writer: FlaskClient, language: str, text: str, on: set[str]
) -> None:
    services_of(app).store.outbox.choose(OWNER, Choices(on=frozenset()), language="")
    answer = writer.post(f"/v1/ask?lang={language}", json={"text": text})
    assert answer.status_code == 200, answer.text
    assert choices_of(app).on == on


def test_ask_says_exactly_what_the_route_says(writer: FlaskClient) -> None:
    asked = writer.post("/v1/ask", json={"text": "Which messages do I get?"})
    told = writer.get("/v1/messages").get_json()
    body = asked.get_json()
    assert body["intent"] == "messages"
    assert body["speech"] == told["speech"]
    assert body["items"] == told["items"]


def test_asked_to_confirm_nothing_changes_before_the_yes(
    app: Flask, writer: FlaskClient
) -> None:
    sent = {"text": "No more morning messages", "confirm": "always"}
    asked = writer.post("/v1/ask", json=sent).get_json()
    assert asked["question"] == "yes"
    assert choices_of(app) == Choices()
    answer = writer.post("/v1/ask", json={"text": "yes"})
    assert answer.status_code == 200, answer.text
    assert choices_of(app).on == Choices().on - {"morning_brief"}


def test_a_preview_of_the_language_alone_is_a_whole_sentence(
    writer: FlaskClient,
) -> None:
    answer = writer.patch("/v1/messages", json={"language": "de", "preview": "yes"})
    said = "Nothing is saved yet. The change: Messages come in German."
    assert answer.get_json()["speech"] == said


def test_what_was_chosen_is_said_whatever_it_is(writer: FlaskClient) -> None:
    for sent, said in (
        ({"language": "de"}, "Messages come in German."),
        ({"language": "own"}, "Messages come in your own language."),
        ({"evening_at": "19:30"}, "Evening messages come at 19:30."),
        ({"quiet_from": "7:00"}, "It's never quiet."),
    ):
        assert writer.patch("/v1/messages", json=sent).get_json()["speech"] == said


# taking it back


def test_undo_brings_back_what_was_on_before_a_sentence(
    app: Flask, writer: FlaskClient
) -> None:
    writer.post("/v1/ask", json={"text": "Turn off the morning brief"})
    assert "morning_brief" not in choices_of(app).on
    answer = writer.post("/v1/ask", json={"text": "Undo that"}).get_json()
    assert choices_of(app) == Choices()
    assert answer["speech"] == (
        "Undone, as before: Messages are on for the morning brief."
    )
    again = writer.post("/v1/undo", headers={"Idempotency-Key": "2"}).get_json()
    assert again["undone"] == "no"


def test_undo_brings_back_times_language_and_topics_of_a_request(
    app: Flask, writer: FlaskClient
) -> None:
    sent = {
        "on": "streak_at_risk",
        "off": "week",
        "morning_at": "5:45",
        "evening_at": "20:00",
        "quiet_from": "21:00",
        "language": "fr",
    }
    writer.patch("/v1/messages", json=sent)
    preview = writer.post("/v1/undo?preview=yes").get_json()
    assert preview["speech"].startswith("Nothing is saved yet.")
    assert choices_of(app) != Choices()
    answer = writer.post("/v1/undo").get_json()
    assert choices_of(app) == Choices()
    assert services_of(app).store.outbox.settings(OWNER).language == ""
    assert (answer["kind"], answer["undone"]) == ("messages", "yes")
    assert set(answer["restored"].split(", ")) == {
        "streak_at_risk",
        "week",
        "morning_at",
        "evening_at",
        "quiet_from",
        "language",
    }


@pytest.mark.parametrize(
    ("language", "sent", "said"),
    [
        ("en", {"evening_at": "20:00"}, "Evening messages come at 18:00."),
        ("de", {"language": "fr"}, "Nachrichten kommen in deiner eigenen Sprache."),
        ("fr", {"on": "streak_at_risk"}, "Je ne te préviens pas pour"),
        ("es", {"quiet_from": "07:00"}, "Silencio de"),
    ],
)
def test_what_undo_brought_back_is_said(
    writer: FlaskClient, language: str, sent: dict[str, str], said: str
) -> None:
    writer.patch("/v1/messages", json=sent)
    answer = writer.post(f"/v1/undo?lang={language}").get_json()
    assert said in answer["speech"].replace("\u202f", " ").replace("\u00a0", " ")


def test_undo_leaves_alone_what_another_device_switched_since(
    app: Flask, writer: FlaskClient
) -> None:
    writer.patch("/v1/messages", json={"off": "gear_due", "morning_at": "5:45"})
    other = let_in(app, "write", "Ana's iPad")
    other.patch("/v1/messages", json={"morning_at": "6:00"})
    answer = writer.post("/v1/undo").get_json()
    assert answer["changed_since"] == "morning_at"
    assert answer["speech"] == (
        "I left the time in the morning alone: Ana's iPad changed that since. "
        "Undone, as before: Messages are on for gear that is due."
    )
    assert choices_of(app).on == Choices().on
    assert f"{choices_of(app).morning_at:%H:%M}" == "06:00"


def test_a_switch_that_changes_nothing_hides_no_write_before_it(
    app: Flask, writer: FlaskClient
) -> None:
    writer.patch("/v1/messages", json={"off": "week"})
    writer.patch("/v1/messages", json={"off": "week", "morning_at": "7:00"})
    writer.post("/v1/undo")
    assert choices_of(app) == Choices()
