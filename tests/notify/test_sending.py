"""What each channel is sent, and what becomes of it where it does not arrive."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bridge.config import NEARBY
from bridge.domain.messages.message import Message
from bridge.errors import BadField
from bridge.notify.channels import ChannelRefused, Channels, shown
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.push import PushTarget
from bridge.notify.sending import Sender
from bridge.notify.webhook import WebhookTarget, make_secret
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from bridge.upstream.resolver import Address
from tests.conftest import Clock
from tests.notify.receivers import (
    Phone,
    Receiver,
    answers_ten_megabytes,
    hangs,
    verified,
)

SPEECH = "Die Kette am „Crêpe-Rad“ ist fällig 🚴."
FORBIDDEN = (
    "10.0.0.5",
    "172.16.3.4",
    "192.168.1.1",
    "127.0.0.1",
    "0.0.0.0",
    "169.254.169.254",
    "169.254.1.1",
    "100.64.0.1",
    "100.100.100.200",
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:10.0.0.5",
    "64:ff9b::a00:5",
    "2002:a00:5::1",
)


class Office(NamedTuple):
    kept: Store
    channels: Channels
    sender: Sender
    clock: Clock


@pytest.fixture
def office(kept: Store, channels: Channels, sender: Sender, clock: Clock) -> Office:
    return Office(kept, channels, sender, clock)


def told(subject: str = "gear_due:b1") -> Message:
    return Message(
        name="gear_due",
        subject=subject,
        day=date(2026, 11, 23),
        speech=SPEECH,
        title="Deine Ausrüstung",
        urgency="low",
    )


def tell(kept: Store, clock: Clock, subject: str = "gear_due:b1") -> None:
    assert kept.outbox.tell(OWNER, [told(subject)], clock()) == 1


@contextmanager
def connections() -> Iterator[list[object]]:
    """Watch every socket of this process being connected."""
    seen: list[object] = []
    _HOOKS.append(seen)
    try:
        yield seen
    finally:
        _HOOKS.remove(seen)


_HOOKS: list[list[object]] = []


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for seen in _HOOKS:
            seen.append(arguments[1])


sys.addaudithook(_note)  # which cannot be taken away again


# what arrives


def test_ntfy_gets_a_topic_a_title_and_the_sentence(
    kept: Store, channels: Channels, sender: Sender, receiver: Receiver, clock: Clock
) -> None:
    target = NtfyTarget(url=receiver.url("/sub/my-topic"), token="tk_secret")
    channels.add(OWNER, target, "ntfy", clock())
    tell(kept, clock)
    assert sender.send_due() == 1
    (got,) = receiver.received
    assert got.path == "/sub/"
    assert got.headers["authorization"] == "Bearer tk_secret"
    assert got.json == {
        "topic": "my-topic",
        "title": "Deine Ausrüstung",
        "message": SPEECH,
        "priority": 2,
        "click": "https://bridge.example/today",
    }
    assert sender.send_due() == 0


def test_a_webhook_is_signed_as_the_standard_says(
    kept: Store, channels: Channels, sender: Sender, receiver: Receiver, clock: Clock
) -> None:
    secret = make_secret()
    target = WebhookTarget(url=receiver.url("/hook?x=1"), secret=secret)
    channels.add(OWNER, target, "Home Assistant", clock())
    tell(kept, clock)
    sender.send_due()
    (got,) = receiver.received
    assert got.path == "/hook?x=1"
    message_id, sent_at = got.headers["webhook-id"], got.headers["webhook-timestamp"]
    assert int(sent_at) == int(clock().timestamp())
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{sent_at}.".encode() + got.body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = f"v1,{base64.b64encode(digest).decode()}"
    assert got.headers["webhook-signature"] == expected
    assert got.json["type"] == "message.gear_due"
    assert (got.json["title"], got.json["text"]) == ("Deine Ausrüstung", SPEECH)
    assert all(not isinstance(value, dict | list) for value in got.json.values())


def test_a_push_is_signed_and_opens_with_the_keys_of_the_phone(
    kept: Store,
    channels: Channels,
    sender: Sender,
    push_service: Receiver,
    clock: Clock,
) -> None:
    phone = Phone()
    channels.add(OWNER, phone.target(push_service.url("/p/abc")), "iPhone", clock())
    tell(kept, clock)
    push_service.statuses = [201]
    sender.send_due()
    (got,) = push_service.received
    claims = verified(got.headers["authorization"])
    assert claims["aud"] == push_service.url("")
    assert claims["sub"] == "https://bridge.example"
    assert claims["k"] == channels.signer(OWNER).public
    assert got.headers["content-encoding"] == "aes128gcm"
    assert got.headers["urgency"] == "low"
    assert 0 < int(got.headers["ttl"]) <= 36 * 3600
    assert re.fullmatch("[A-Za-z0-9_-]{1,32}", got.headers["topic"])
    message = phone.open(got.body)
    assert message["web_push"] == 8030
    assert message["notification"] == {
        "title": "Deine Ausrüstung",
        "body": SPEECH,
        "navigate": "https://bridge.example/today",
        "tag": got.headers["topic"],
    }
    assert SPEECH.encode() not in got.body


# what does not


def test_a_repeat_has_the_id_and_the_topic_of_the_first(
    office: Office,
    push_service: Receiver,
    receiver: Receiver,
) -> None:
    kept, channels, sender, clock = office
    channels.add(OWNER, Phone().target(push_service.url("/p")), "iPhone", clock())
    target = WebhookTarget(url=receiver.url("/hook"), secret=make_secret())
    channels.add(OWNER, target, "Hook", clock())
    push_service.statuses, receiver.statuses = [503], [500]
    tell(kept, clock)
    sender.send_due()
    clock.advance(seconds=5)
    sender.send_due()
    first, again = push_service.received
    assert first.headers["topic"] == again.headers["topic"]
    one, two = receiver.received
    assert one.headers["webhook-id"] == two.headers["webhook-id"]
    assert one.headers["webhook-timestamp"] != two.headers["webhook-timestamp"]
    clock.advance(days=1)
    assert sender.send_due() == 0


def test_what_was_killed_between_sending_and_noting_is_sent_again_as_the_same(
    kept: Store, channels: Channels, sender: Sender, receiver: Receiver, clock: Clock
) -> None:
    target = WebhookTarget(url=receiver.url("/hook"), secret=make_secret())
    channels.add(OWNER, target, "Hook", clock())
    tell(kept, clock)
    (delivery,) = kept.outbox.take(clock())
    assert channels.outside.post(sender._outgoing(delivery)) == 200  # and it dies
    clock.advance(seconds=59)
    assert sender.send_due() == 0
    clock.advance(seconds=1)
    assert sender.send_due() == 1
    first, again = receiver.received
    assert first.headers["webhook-id"] == again.headers["webhook-id"]


@pytest.mark.parametrize(("status", "push"), [(410, True), (410, False), (404, True)])
def test_a_channel_that_is_gone_is_disabled(
    office: Office,
    push_service: Receiver,
    receiver: Receiver,
    status: int,
    push: bool,
) -> None:
    kept, channels, sender, clock = office
    target: PushTarget | NtfyTarget = NtfyTarget(url=receiver.url("/topic"))
    if push:
        target = Phone().target(push_service.url("/p"))
    channels.add(OWNER, target, "Gone", clock())
    (push_service if push else receiver).statuses = [status]
    tell(kept, clock)
    sender.send_due()
    (channel,) = kept.outbox.channels(OWNER)
    assert channel.disabled_at == clock()
    clock.advance(hours=12)
    assert sender.send_due() == 0


@pytest.mark.parametrize(
    ("behave", "trouble"), [(hangs, "slow"), (answers_ten_megabytes, None)]
)
def test_a_channel_that_hangs_or_answers_without_end_is_bounded(
    office: Office,
    receiver: Receiver,
    behave: Callable[..., None],
    trouble: str | None,
) -> None:
    kept, channels, sender, clock = office
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "Odd", clock())
    receiver.behave = behave
    tell(kept, clock)
    (delivery,) = kept.outbox.take(clock())
    assert sender.send(delivery) == trouble


def test_a_redirect_that_keeps_the_body_is_followed_without_the_token(
    channels: Channels, sender: Sender, receiver: Receiver, kept: Store, clock: Clock
) -> None:
    target = NtfyTarget(url=receiver.url("/topic"), token="tk_secret")
    channels.add(OWNER, target, "Moved", clock())
    receiver.statuses, receiver.location = [308], receiver.url("/", "127.0.0.2")
    tell(kept, clock)
    assert sender.send_due() == 1
    assert "authorization" in receiver.received[0].headers
    # 127.0.0.2 is not listened on: it was tried, and nothing went astray
    assert len(receiver.received) == 1
    assert kept.outbox.channels(OWNER)[0].last_trouble == "down"


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_lose_the_body_is_a_refusal(
    office: Office,
    receiver: Receiver,
    status: int,
) -> None:
    kept, channels, sender, clock = office
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "Moved", clock())
    receiver.statuses, receiver.location = [status], receiver.url("/elsewhere")
    tell(kept, clock)
    sender.send_due()
    assert len(receiver.received) == 1
    assert kept.outbox.channels(OWNER)[0].last_trouble == "refused"


def test_redirects_in_a_circle_come_to_an_end(
    channels: Channels, sender: Sender, receiver: Receiver, kept: Store, clock: Clock
) -> None:
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "Circle", clock())
    receiver.statuses, receiver.location = [307] * 9, receiver.url("/topic")
    tell(kept, clock)
    sender.send_due()
    assert len(receiver.received) == 3
    assert kept.outbox.channels(OWNER)[0].last_trouble == "redirect"


# where nothing is sent


@pytest.mark.parametrize("address", FORBIDDEN)
@pytest.mark.parametrize(
    "scheme", ["https", pytest.param("http", marks=pytest.mark.slow)]
)
def test_a_name_that_leads_to_a_forbidden_address_opens_no_socket(
    make_channels: Callable[..., Channels],
    kept: Store,
    clock: Clock,
    address: str,
    scheme: str,
) -> None:
    def resolve(_host: str, port: int) -> tuple[Address, ...]:
        family = 10 if ":" in address else 2
        return (Address(2, ("93.184.215.14", port)), Address(family, (address, port)))

    allowed = make_channels(notify_private=NEARBY, resolve=resolve)
    target = NtfyTarget(url=f"{scheme}://inside.example/topic")
    allowed.add(OWNER, target, "Inside", clock())
    closed = make_channels(notify_private=(), resolve=resolve)
    tell(kept, clock)
    with connections() as seen:
        Sender(closed, clock).send_due()
    assert seen == []
    assert kept.outbox.channels(OWNER)[0].last_trouble == "address"


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "169.254.1.1", "fd00:ec2::254", "100.100.100.200"]
)
def test_yes_allows_no_link_local_address_and_no_metadata(
    make_channels: Callable[..., Channels], kept: Store, clock: Clock, address: str
) -> None:
    def resolve(_host: str, port: int) -> tuple[Address, ...]:
        return (Address(10 if ":" in address else 2, (address, port)),)

    channels = make_channels(notify_private=NEARBY, resolve=resolve)
    channels.add(OWNER, NtfyTarget(url="http://inside.example/topic"), "In", clock())
    tell(kept, clock)
    with connections() as seen:
        Sender(channels, clock).send_due()
    assert seen == []


def test_behind_a_redirect_the_address_is_looked_at_again(
    make_channels: Callable[..., Channels],
    receiver: Receiver,
    kept: Store,
    clock: Clock,
) -> None:
    def resolve(host: str, port: int) -> tuple[Address, ...]:
        address = "169.254.169.254" if host == "metadata.example" else "127.0.0.1"
        return (Address(2, (address, port)),)

    channels = make_channels(resolve=resolve)
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "Trap", clock())
    receiver.statuses, receiver.location = [307], "http://metadata.example/latest/"
    tell(kept, clock)
    with connections() as seen:
        Sender(channels, clock).send_due()
    assert [where for where in seen if "169" in str(where)] == []
    assert len(receiver.received) == 1
    assert kept.outbox.channels(OWNER)[0].last_trouble == "address"


def test_plain_http_is_for_addresses_nearby_alone(
    make_channels: Callable[..., Channels], kept: Store, clock: Clock
) -> None:
    def resolve(_host: str, port: int) -> tuple[Address, ...]:
        return (Address(2, ("93.184.215.14", port)),)

    channels = make_channels(resolve=resolve)
    channels.add(OWNER, NtfyTarget(url="http://far.example/topic"), "Far", clock())
    tell(kept, clock)
    with connections() as seen:
        Sender(channels, clock).send_due()
    assert seen == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ntfy.sh/topic",
        "ftp://ntfy.sh/topic",
        "file:///etc/passwd",
        "https://user:pass@ntfy.sh/topic",
        "https://ntfy.sh/topic#x",
        "https://ntfy.sh:99999/topic",
        "https://ntfy.sh/to pic",
        "https://ntfy.sh/",
        "https://ntfy.sh/тема",
        "http://ntfy.sh/topic",
        "https://bridge.example/topic",
        "https://169.254.169.254/topic",
        "https://127.0.0.1/topic",
        "https://[::1]/topic",
        "https://192.168.1.4/topic",
        "https://ntfy.sh/" + "x" * 65,
    ],
)
def test_what_can_be_no_channel_is_refused_at_once(
    make_channels: Callable[..., Channels], kept: Store, clock: Clock, url: str
) -> None:
    channels = make_channels(notify_private=())
    with pytest.raises(ChannelRefused):
        channels.add(OWNER, NtfyTarget(url=url), "Odd", clock())
    assert kept.outbox.channels(OWNER) == []


def test_a_secret_of_the_wrong_shape_and_a_bad_name_are_refused(
    channels: Channels, clock: Clock
) -> None:
    for secret in ("", "whsec_", "secret", "whsec_AAAA", "whsec_" + "A" * 400):
        target = WebhookTarget(url="https://hook.example/", secret=secret)
        with pytest.raises(ChannelRefused):
            channels.add(OWNER, target, "Hook", clock())
    with pytest.raises(BadField):
        channels.add(OWNER, NtfyTarget(url="https://ntfy.sh/topic"), "", clock())


# secrets


def test_neither_log_nor_database_holds_where_a_channel_leads(
    office: Office,
    receiver: Receiver,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept, channels, sender, clock = office
    caplog.set_level(logging.INFO)
    secret = make_secret()
    hidden = WebhookTarget(url=receiver.url("/very-secret-path"), secret=secret)
    channel = channels.add(OWNER, hidden, "Hook", clock())
    topic = NtfyTarget(url=receiver.url("/very-secret-topic"), token="tk_hidden")
    channels.add(OWNER, topic, "ntfy", clock())
    private = channels.signer(OWNER).private
    receiver.statuses = [500, 500]
    tell(kept, clock)
    sender.send_due()
    assert "very-secret" not in caplog.text
    assert "tk_hidden" not in caplog.text
    assert shown(channels.open(channel)) == "127.0.0.1"
    for text in (repr(hidden), repr(topic), repr(channel), repr(channels)):
        assert "very-secret" not in text
        assert secret not in text
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    for hush in ("very-secret", "tk_hidden", secret, private):
        assert hush.encode() not in files


def test_one_message_more_than_a_round_sends_waits_for_the_next(
    kept: Store, channels: Channels, sender: Sender, receiver: Receiver, clock: Clock
) -> None:
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "ntfy", clock())
    many = [told(f"gear_due:{number}") for number in range(103)]
    kept.outbox.tell(OWNER, many, clock())
    assert sender.send_due() == 100
    assert sender.send_due() == 3
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 103


def test_a_retry_comes_after_five_seconds_and_not_before(
    kept: Store, channels: Channels, sender: Sender, receiver: Receiver, clock: Clock
) -> None:
    channels.add(OWNER, NtfyTarget(url=receiver.url("/topic")), "ntfy", clock())
    receiver.statuses = [500]
    tell(kept, clock)
    sender.send_due()
    assert kept.outbox.waiting(OWNER) == 1
    clock.now += timedelta(seconds=4)
    assert sender.send_due() == 0
    clock.now += timedelta(seconds=1)
    assert sender.send_due() == 1
    assert kept.outbox.waiting(OWNER) == 0
