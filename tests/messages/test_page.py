"""The page Tell me: what is told, when, where to, and this phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.config import NEARBY
from bridge.domain.messages.topics import NAMES, Choices
from bridge.domain.speech.phrases import LANGUAGES
from bridge.store.athletes import OWNER
from bridge.store.outbox import Channel
from tests.conftest import let_in, services_of
from tests.notify.receivers import Phone, Receiver, receiving
from tests.site.pages import follow, open_browser, post, signed_in, text_of

TIMES = {
    "morning_at": "05:45",
    "evening_at": "19:00",
    "quiet_from": "21:30",
    "quiet_until": "05:30",
}


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(notify_private=NEARBY, public_url="https://bridge.example")


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    return signed_in(app)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def channels_of(app: Flask) -> list[Channel]:
    return services_of(app).store.outbox.channels(OWNER)


def choices_of(app: Flask) -> Choices:
    return services_of(app).store.outbox.settings(OWNER).choices


def test_devices_and_today_lead_to_the_page(browser: FlaskClient) -> None:
    for path in ("/devices", "/today"):
        assert 'href="/messages"' in browser.get(path).text


@pytest.mark.parametrize(
    "language",
    ["en", *(pytest.param(name, marks=pytest.mark.slow) for name in LANGUAGES[1:])],
)
def test_the_page_has_the_ten_in_every_language(
    browser: FlaskClient, language: str
) -> None:
    page = browser.get(f"/messages?lang={language}").text
    assert f'<html lang="{language}">' in page
    for name in NAMES:
        assert f'name="{name}" value="yes"' in page
    assert page.count('value="yes" checked') == 9


def test_what_is_chosen_is_kept_and_shown(app: Flask, browser: FlaskClient) -> None:
    answer = post(browser, "/messages", "/messages", week="yes", language="fr", **TIMES)
    page = follow(browser, answer).text
    known = services_of(app).store.outbox.settings(OWNER)
    assert known.choices.on == {"week"}
    assert known.language == "fr"
    assert f"{known.choices.morning_at:%H:%M}" == "05:45"
    assert page.count('value="yes" checked') == 1
    assert 'value="21:30"' in page
    post(browser, "/messages", "/messages", language="own", **TIMES)
    assert choices_of(app).on == frozenset()
    assert services_of(app).store.outbox.settings(OWNER).language == ""


def test_what_the_page_changed_is_undone_by_its_button(
    app: Flask, browser: FlaskClient
) -> None:
    assert "/messages/undo" not in browser.get("/messages").text
    answer = post(browser, "/messages", "/messages", week="yes", language="fr", **TIMES)
    page = follow(browser, answer).text
    assert "Saved." in page
    assert 'action="/messages/undo"' in page
    page = follow(browser, post(browser, "/messages/undo", "/messages")).text
    assert "it is as it was before" in page
    assert "/messages/undo" not in page
    known = services_of(app).store.outbox.settings(OWNER)
    assert (known.choices, known.language) == (Choices(), "")


def test_what_the_page_changed_is_undone_by_the_phone_too(
    app: Flask, browser: FlaskClient
) -> None:
    phone, others = let_in(app, "write"), dict.fromkeys(NAMES, "yes")
    times = {"morning_at": "07:00", "evening_at": "18:00"}
    times |= {"quiet_from": "22:00", "quiet_until": "07:00"}
    phone.patch("/v1/messages", json={"off": "week"})
    before = choices_of(app)
    post(browser, "/messages", "/messages", **others, **times)
    assert choices_of(app).on == set(NAMES)
    said = phone.post("/v1/ask", json={"text": "undo that"}).get_json()["speech"]
    assert said == (
        "Undone, as before: Messages are off for the week on Sunday and a streak at "
        "risk."
    )
    assert choices_of(app) == before


def test_a_time_that_is_none_changes_nothing(app: Flask, browser: FlaskClient) -> None:
    times = TIMES | {"morning_at": "late"}
    assert post(browser, "/messages", "/messages", **times).status_code == 422
    assert choices_of(app) == Choices()


def test_a_topic_is_added_tried_and_removed(
    app: Flask, browser: FlaskClient, receiver: Receiver
) -> None:
    url = receiver.url("/hidden-topic")
    answer = post(
        browser, "/messages/channels", "/messages", type="ntfy", url=url, name="Mine"
    )
    page = follow(browser, answer).text
    assert "Mine" in page
    assert "127.0.0.1" in page
    assert "hidden-topic" not in page
    (channel,) = channels_of(app)
    path = f"/messages/channels/{channel.channel_id}"
    page = follow(browser, post(browser, f"{path}/test", "/messages")).text
    assert "The test arrived." in page
    assert receiver.received[0].json["topic"] == "hidden-topic"
    receiver.statuses = [500]
    page = follow(browser, post(browser, f"{path}/test", "/messages")).text
    assert "it answers with an error" in page
    post(browser, f"{path}/remove", "/messages")
    assert channels_of(app) == []
    assert post(browser, f"{path}/remove", "/messages").status_code == 404


def test_the_secret_of_a_webhook_is_shown_once(
    app: Flask, browser: FlaskClient, receiver: Receiver
) -> None:
    url = receiver.url("/hook")
    answer = post(
        browser, "/messages/channels", "/messages", type="webhook", url=url, name="Hook"
    )
    page = follow(browser, answer)
    (secret,) = re.findall("whsec_[A-Za-z0-9+/=]+", page.text)
    assert page.headers["Cache-Control"] == "no-store"
    assert "whsec_" not in follow(browser, answer).text
    assert secret not in browser.get("/messages").text


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "ntfy", "url": "https://169.254.169.254/latest", "name": "Cloud"},
        {"type": "ntfy", "url": "javascript:alert(1)", "name": "Script"},
        {"type": "webhook", "url": "https://bridge.example/x", "name": "Ourselves"},
        {"type": "ntfy", "url": "https://ntfy.sh/topic", "name": ""},
        {"type": "ntfy"},
    ],
)
def test_what_can_be_no_channel_is_refused(
    app: Flask, browser: FlaskClient, fields: dict[str, str]
) -> None:
    answer = post(browser, "/messages/channels", "/messages", **fields)
    assert answer.status_code == 422
    assert channels_of(app) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "bridge itself"),
        ("de", "die Bridge selbst"),
        ("fr", "la passerelle elle-même"),
        ("es", "del propio Intervals Bridge"),
    ],
)
def test_a_refusal_is_in_the_language_of_the_page(
    browser: FlaskClient, language: str, said: str
) -> None:
    browser.get(f"/messages?lang={language}")
    fields = {"type": "ntfy", "url": "https://bridge.example/topic", "name": "Ours"}
    answer = post(browser, "/messages/channels", "/messages", **fields)
    assert answer.status_code == 422
    assert said in answer.text


# this phone


def test_a_phone_is_added_by_its_subscription(app: Flask, browser: FlaskClient) -> None:
    key = browser.get("/messages/key").get_json()["key"]
    assert len(key) == 87
    assert browser.get("/messages/key").get_json()["key"] == key
    target = Phone().target("https://push.example/send/secret-endpoint")
    fields = {
        "endpoint": target.endpoint,
        "p256dh": target.p256dh,
        "auth": target.auth,
        "name": "My iPhone",
    }
    for _ in range(2):  # the same phone again is the same channel
        answer = post(browser, "/messages/phone", "/messages", **fields)
        assert answer.get_json()["status"] == "ok"
    (channel,) = channels_of(app)
    assert (channel.type, channel.name) == ("push", "My iPhone")
    page = browser.get("/messages").text
    assert "push.example" in page
    assert "secret-endpoint" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": ""},
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://169.254.169.254/x"},
        {"p256dh": "AAAA"},
        {"auth": ""},
    ],
)
def test_what_is_no_subscription_adds_nothing(
    app: Flask, browser: FlaskClient, changes: dict[str, str]
) -> None:
    target = Phone().target("https://push.example/send")
    fields = {
        "endpoint": target.endpoint,
        "p256dh": target.p256dh,
        "auth": target.auth,
    }
    answer = post(browser, "/messages/phone", "/messages", **fields | changes)
    assert answer.status_code == 422
    assert answer.get_json()["status"] == "error"
    assert channels_of(app) == []


def test_a_stranger_sees_nothing_and_no_other_site_sends(
    app: Flask, browser: FlaskClient
) -> None:
    stranger = open_browser(app)
    assert stranger.get("/messages").headers["Location"] == "/sign-in"
    assert stranger.get("/messages/key").status_code == 401
    for path in ("/messages", "/messages/phone", "/messages/channels"):
        assert browser.post(path, data={"week": "yes"}).status_code in (400, 403)
    assert choices_of(app) == Choices()
    assert channels_of(app) == []


def test_without_https_the_page_says_why_no_phone_can_be_notified(
    make_app: Callable[..., Flask],
) -> None:
    page = text_of(signed_in(make_app()).get("/messages"))
    assert "only be notified if the address of the bridge begins with https" in page
