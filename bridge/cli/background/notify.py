"""``bridge notify``: what is told, and where it goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import time

import click

from bridge.cli.environment import now, phone_address, read_config, read_store
from bridge.domain.messages.chosen import Chosen
from bridge.domain.messages.topics import NAMES, Choices
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import Voice, known_locale
from bridge.errors import BadField, VaultClosed
from bridge.notify.channels import ChannelRefused, Channels, shown
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.notify.sending import Sender
from bridge.notify.webhook import WebhookTarget, make_secret
from bridge.store.athletes import OWNER
from bridge.store.outbox import Channel, MessageSettings
from bridge.writes.messages import choose_as_owner

_WHY = {
    "gone": "it answers that it is gone for good, and is not used any more",
    "address": "its address is not one that messages may go to: BRIDGE_NOTIFY_PRIVATE",
    "refused": "it answered with an error",
    "redirect": "it leads elsewhere, and loses the message on the way",
    "slow": "it did not answer within ten seconds",
    "down": "it cannot be reached",
}


@click.group()
def notify() -> None:
    """Tell by push, ntfy or webhook, without being asked."""


@notify.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def list_all(as_json: bool) -> None:
    """List the topics, on or off, the times, and the channels."""
    channels = _channels()
    known = channels.outbox.settings(OWNER)
    ways = channels.outbox.channels(OWNER)
    if as_json:
        rows = [_row(channels, channel) for channel in ways]
        click.echo(json.dumps({**_choices(known), "channels": rows}))
        return
    for name in NAMES:
        click.echo(f"{'on ' if name in known.choices.on else 'off'}  {name}")
    choices = known.choices
    click.echo(
        f"\nIn the morning at {choices.morning_at:%H:%M}, in the evening at "
        f"{choices.evening_at:%H:%M}; "
        f"quiet from {choices.quiet_from:%H:%M} to {choices.quiet_until:%H:%M}."
    )
    if not ways:
        click.echo("No channel yet: bridge notify add ntfy https://ntfy.sh/TOPIC")
    for channel in ways:
        click.echo(_line(channels, channel))


@notify.command()
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC…|all")
def on(topics: tuple[str, ...]) -> None:
    """Tell of these topics from now on."""
    _switch(on=_names(topics))


@notify.command()
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC…|all")
def off(topics: tuple[str, ...]) -> None:
    """Tell no more of these topics."""
    _switch(off=_names(topics))


@notify.command()
@click.option("--morning", metavar="HH:MM", help="When the morning's is told.")
@click.option("--evening", metavar="HH:MM", help="When the evening's is told.")
@click.option("--quiet-from", metavar="HH:MM", help="When it becomes quiet.")
@click.option("--quiet-until", metavar="HH:MM", help="When it is over.")
@click.option("--language", type=click.Choice([*LANGUAGES, "own"]))
def times(
    morning: str | None,
    evening: str | None,
    quiet_from: str | None,
    quiet_until: str | None,
    language: str | None,
) -> None:
    """Choose when something is told, and in which language."""
    known = _channels().outbox.settings(OWNER)
    before = known.choices
    chosen = Choices(
        on=before.on,
        morning_at=_clock(morning, before.morning_at),
        evening_at=_clock(evening, before.evening_at),
        quiet_from=_clock(quiet_from, before.quiet_from),
        quiet_until=_clock(quiet_until, before.quiet_until),
    )
    spoken = known.language if language is None else language.replace("own", "")
    _choose(Chosen(choices=chosen, language=spoken))
    click.echo("Done.")


@notify.command()
@click.argument("channel", type=click.Choice(["ntfy", "webhook"]))
@click.argument("url")
@click.option("--name", help="What you call it.")
@click.option("--secret", default="", help="A topic's token, or a webhook's whsec_….")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def add(
    channel: str, url: str, *, name: str | None, secret: str, as_json: bool
) -> None:
    """Add a CHANNEL that leads to URL. A phone is added on its page Today."""
    channels, made = _channels(), ""
    if channel == "webhook":
        made = "" if secret else make_secret()
        target: NtfyTarget | WebhookTarget = WebhookTarget(
            url=url, secret=secret or made
        )
    else:
        target = NtfyTarget(url=url, token=secret)
    try:
        added = channels.add(OWNER, target, name or channel, now())
    except ChannelRefused as error:
        raise click.ClickException(str(error)) from error
    except BadField as error:
        raise click.BadParameter(
            "1 to 60 visible characters", param_hint="--name"
        ) from error
    if as_json:
        row = _row(channels, added) | ({"secret": made} if made else {})
        click.echo(json.dumps(row))
        return
    click.echo(f"{added.name} is told from now on. Try it: bridge notify test")
    if made:
        click.echo("Its secret, shown only once:")
        click.echo(made)


@notify.command()
@click.argument("channel", metavar="ID|NAME")
def remove(channel: str) -> None:
    """Remove a channel, with all that waits for it."""
    channels = _channels()
    channels.outbox.remove_channel(OWNER, _one(channels, channel).channel_id)
    click.echo("Removed. Nothing is sent there any more.")


@notify.command()
@click.argument("channel", metavar="[ID|NAME]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON each.")
def test(channel: str | None, as_json: bool) -> None:
    """Send a test to a channel, or to all, and say what came of it."""
    channels = _channels()
    known = channels.outbox.settings(OWNER)
    spoken = Voice(known_locale(known.language) or "en_GB")
    ways = [way for way in channels.outbox.channels(OWNER) if way.disabled_at is None]
    ways = ways if channel is None else [_one(channels, channel)]
    if not ways:
        raise click.ClickException("There is no channel: bridge notify add")
    sender, failed = Sender(channels, now), 0
    for way in ways:
        title, speech = spoken.say("message.test"), spoken.say("message.test_speech")
        message_id = channels.outbox.put_test(way, title, speech, now())
        trouble = sender.send_now(message_id)
        failed += trouble is not None
        if as_json:
            row = {"id": way.channel_id, "name": way.name, "trouble": trouble}
            click.echo(json.dumps(row))
        else:
            said = "arrived" if trouble is None else _WHY[trouble]
            click.echo(f"{way.name}: {said}")
    channels.outside.close()
    if failed:
        raise SystemExit(1)


def _channels() -> Channels:
    store, config = read_store(), read_config()
    known = replace(config, public_url=phone_address(config, store))
    return Channels(store.outbox, lambda: known, Outside(config.notify_private))


def _switch(*, on: Iterable[str] = (), off: Iterable[str] = ()) -> None:
    known = _channels().outbox.settings(OWNER)
    chosen = known.choices.switched(on=on, off=off)
    _choose(Chosen(choices=chosen, language=known.language))
    named = ", ".join(name for name in NAMES if name in chosen.on)
    click.echo(f"On: {named or 'nothing'}.")


def _choose(chosen: Chosen) -> None:
    store = read_store()
    choose_as_owner(store.outbox, store.journal, OWNER, chosen, now())


def _names(topics: Iterable[str]) -> set[str]:
    wanted = set(topics)
    if wanted == {"all"}:
        return set(NAMES)
    unknown = sorted(wanted - set(NAMES))
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}; there are {', '.join(NAMES)}")
    return wanted


def _clock(text: str | None, before: time) -> time:
    if text is None:
        return before
    try:
        hour, _, minute = text.partition(":")
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise click.BadParameter(f"{text!r}: a time is written 07:30") from None


def _one(channels: Channels, wanted: str) -> Channel:
    ways = channels.outbox.channels(OWNER)
    fitting = [way for way in ways if wanted in (way.channel_id, way.name)]
    if not fitting:
        raise click.ClickException("No channel is called so: bridge notify list")
    if len(fitting) > 1:
        raise click.ClickException(
            "Several are called so, take the id: bridge notify list"
        )
    return fitting[0]


def _choices(known: MessageSettings) -> dict[str, object]:
    choices = known.choices
    return {
        "on": [name for name in NAMES if name in choices.on],
        "off": [name for name in NAMES if name not in choices.on],
        "morning_at": f"{choices.morning_at:%H:%M}",
        "evening_at": f"{choices.evening_at:%H:%M}",
        "quiet_from": f"{choices.quiet_from:%H:%M}",
        "quiet_until": f"{choices.quiet_until:%H:%M}",
        "language": known.language or None,
    }


def _row(channels: Channels, channel: Channel) -> dict[str, object]:
    sent = channel.last_sent_at
    return {
        "id": channel.channel_id,
        "type": channel.type,
        "name": channel.name,
        "host": _host(channels, channel),
        "active": channel.disabled_at is None,
        "last_sent_at": f"{sent:%Y-%m-%dT%H:%M:%SZ}" if sent else None,
        "trouble": channel.last_trouble,
    }


def _host(channels: Channels, channel: Channel) -> str:
    try:
        return shown(channels.open(channel))
    except VaultClosed:
        return "sealed under a secret key that is gone"


def _line(channels: Channels, channel: Channel) -> str:
    row = _row(channels, channel)
    state = "active" if row["active"] else "gone"
    sent = channel.last_sent_at
    last = sent.strftime("%Y-%m-%d %H:%M UTC") if sent else "nothing sent yet"
    trouble = f"  ({channel.last_trouble})" if channel.last_trouble else ""
    return (
        f"{channel.channel_id}  {state:6}  {channel.type:7}  {last:20}  "
        f"{row['host']}  {channel.name}{trouble}"
    )
