"""Channels of messages that have ended, or take nothing for days, and what to do."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from flask import Flask

from bridge.cli.doctor import doctor
from bridge.domain.speech.phrases import LANGUAGES
from bridge.store.athletes import OWNER
from bridge.store.outbox import Channel, ChannelType, NewChannel, Outbox, Trouble
from tests.conftest import Clock, let_in, services_of
from tests.site.pages import signed_in, text_of


@pytest.fixture
def outbox(app: Flask) -> Outbox:
    return services_of(app).store.outbox


def add(
    outbox: Outbox, clock: Clock, type_: ChannelType = "ntfy", name: str = "Ana"
) -> Channel:
    digest = f"{type_} {name} {clock.now}"
    added = NewChannel(
        type=type_, name=name, sealed_target="sealed", target_digest=digest
    )
    return outbox.add_channel(OWNER, added, clock.now)


def send(
    outbox: Outbox, clock: Clock, channel: Channel, trouble: Trouble | None
) -> None:
    """Let a message end as it does when it was sent."""
    message_id = outbox.put_test(channel, "A test", "A test.", clock.now)
    (delivery,) = outbox.take(clock.now, message_id=message_id)
    if trouble is None:
        outbox.sent(delivery, clock.now)
    else:
        outbox.failed(delivery, trouble, clock.now)


def rows(app: Flask, language: str = "en") -> list[dict[str, str]]:
    items = let_in(app).get(f"/v1/doctor?lang={language}").get_json()["items"]
    return [row for row in items if row["check"] == "channel"]


def test_without_a_channel_there_is_nothing_to_say(app: Flask) -> None:
    assert rows(app) == []


def test_channels_that_work_are_counted(
    app: Flask, outbox: Outbox, clock: Clock
) -> None:
    send(outbox, clock, add(outbox, clock), None)
    add(outbox, clock, name="Bea")
    (row,) = rows(app)
    assert row["result"] == "ok"
    assert row["text"].endswith("reach you by: 2.")


def test_a_phone_whose_subscription_ended_is_named_with_what_to_do(
    app: Flask, outbox: Outbox, clock: Clock
) -> None:
    channel = add(outbox, clock, "push", "Ana\u2019s iPhone")
    send(outbox, clock, channel, "gone")
    add(outbox, clock)
    (row,) = rows(app)
    assert row["result"] == "warning"
    assert row["text"] == (
        "Ana\u2019s iPhone takes no messages any more. Open Today there and tap Notify "
        "this phone, or remove it under Tell me."
    )
    clock.advance(minutes=1)
    add(outbox, clock, "push", "Ana\u2019s iPhone")  # it was let in again
    assert [row["result"] for row in rows(app)] == ["ok"]


@pytest.mark.parametrize("trouble", ["refused", "redirect", "slow", "down", "address"])
def test_what_fails_for_days_is_named_and_what_fails_today_is_not(
    app: Flask, outbox: Outbox, clock: Clock, trouble: Trouble
) -> None:
    channel = add(outbox, clock, "webhook", "Home")
    send(outbox, clock, channel, None)
    clock.advance(days=5)
    send(outbox, clock, channel, trouble)
    clock.advance(hours=20)
    send(outbox, clock, channel, trouble)
    assert [row["result"] for row in rows(app)] == ["ok"]
    clock.advance(days=2)
    for language in LANGUAGES:
        (row,) = rows(app, language)
        assert row["result"] == "warning"
        assert "Home" in row["text"]
        assert "2 " in row["text"]
    send(outbox, clock, channel, None)
    assert [row["result"] for row in rows(app)] == ["ok"]


def test_the_page_says_it_and_leads_to_the_channels(
    app: Flask, outbox: Outbox, clock: Clock
) -> None:
    send(outbox, clock, add(outbox, clock, name="Old topic"), "gone")
    browser = signed_in(app)
    page = browser.get("/health")
    assert "Old topic is gone for good" in text_of(page)
    assert 'href="/messages#channels"' in page.text


def test_the_command_says_it_too(
    app: Flask, outbox: Outbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = services_of(app).config
    send(outbox, clock, add(outbox, clock, name="Old topic"), "gone")
    monkeypatch.setenv("BRIDGE_SECRET_KEY", config.secret_keys[0])
    monkeypatch.setenv("DATABASE_URL", config.database_url)
    monkeypatch.setenv("INTERVALS_API_KEY", config.api_key)
    monkeypatch.setenv("BRIDGE_UPSTREAM_URL", "http://127.0.0.1:9")
    output = CliRunner().invoke(doctor).output
    assert "!!  Old topic is gone for good" in output
