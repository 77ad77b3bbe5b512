"""What the doctor found: one line for each thing that has to be right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from bridge.addresses import address_of
from bridge.domain.speech.voice import Voice

Result = Literal["ok", "warning", "problem"]
LARGEST_CLOCK_ERROR_S = 120
QUIET_AFTER = timedelta(days=2)  # without a webhook: wellness alone brings ten a day


# Told to the eye only: a voice would spell them.
_SETTINGS = {
    "key.missing": "INTERVALS_API_KEY",
    "id.foreign": "INTERVALS_ATHLETE_ID",
    "id.unknown": "INTERVALS_ATHLETE_ID",
    "phone.unset": "BRIDGE_PUBLIC_URL",
    "phone.loopback": "BRIDGE_PUBLIC_URL",
    "phone.no_dot": "BRIDGE_PUBLIC_URL",
    "phone.bound": "HOST=0.0.0.0",
    **{
        f"phone.{cause}": "BRIDGE_PUBLIC_URL"
        for cause in ("unknown", "down", "silent", "untrusted", "redirect", "other")
    },
    "database.wiped": "DATABASE_URL",
    "database.temporary": "DATABASE_URL",
    **{
        f"fetched.{cause}": "BRIDGE_SIGNED_SHORTCUTS_URL"
        for cause in ("missing", "address", "redirect", "down", "unchecked")
    },
    "proxies.all": "BRIDGE_TRUSTED_PROXIES",
    "secret.weak": "BRIDGE_SECRET_KEY",
    "webhook.nameless": "INTERVALS_ATHLETE_ID",
    "webhook.never": "BRIDGE_WEBHOOK_SECRET",
    "webhook.quiet": "BRIDGE_WEBHOOK_SECRET",
}


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """That the bridge can work, and which one it is."""

    instance_id: str


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing looked at.

    ``text`` says what was found and what to do, ``setting`` which setting it is.
    """

    check: str
    result: Result
    text: str
    setting: str | None = None


def make_check(
    voice: Voice, check: str, result: Result, cause: str, **words: str
) -> Check:
    """Return a check with its words: the phrase ``doctor.<check>.<cause>``."""
    said = voice.fill(f"doctor.{check}.{cause}", words)
    setting = _SETTINGS.get(f"{check}.{cause}")
    return Check(check=check, result=result, text=said, setting=setting)


def say_checks(checks: Sequence[Check], voice: Voice) -> str:
    """Say the worst first; all is well otherwise."""
    for result in ("problem", "warning"):
        worst = [check for check in checks if check.result == result]
        if worst:
            return voice.say(f"doctor.{result}", n=len(worst), first=worst[0].text)
    return voice.say("doctor.fine", n=len(checks))


def check_clock(voice: Voice, ours: datetime, theirs: datetime | None) -> Check:
    """Compare the bridge's clock with upstream's ``Date`` header."""
    if theirs is None:
        return make_check(voice, "clock", "ok", "unknown")
    seconds = abs((ours - theirs).total_seconds())
    if seconds <= LARGEST_CLOCK_ERROR_S:
        return make_check(voice, "clock", "ok", "ok")
    wrong = voice.say_duration(seconds)
    return make_check(voice, "clock", "problem", "wrong", time=wrong)


def check_public_url(
    voice: Voice, public_url: str, reach: str, *, only_here: bool
) -> Check:
    """Judge whether a phone could reach the address.

    Parameters
    ----------
    voice
        The language of the finding.
    public_url
        The address as it is set; "" where it is not.
    reach
        What came of trying it: ``ours``, or why not; ``untried``.
    only_here
        Whether the bridge listens to this machine alone, and no proxy is set.
    """
    host = urlsplit(public_url).hostname or ""
    if not host:
        return make_check(voice, "phone", "warning", "unset")
    result, why = _judge_address(public_url, host)
    if result != "problem" and reach != "ours":
        if only_here and _kind_of(host) == "private":
            result, why = "problem", "bound"
        else:
            result = "warning" if reach in _UNSURE else "problem"
            why = reach
    return make_check(voice, "phone", result, why, address=public_url)


# Not every router lets a machine inside see its own address from outside.
_UNSURE = frozenset({"untried", "silent"})


def _judge_address(public_url: str, host: str) -> tuple[Result, str]:
    """Judge by the text alone."""
    kind = _kind_of(host)
    if kind == "loopback":
        return "problem", "loopback"
    if "." not in host:  # Shortcuts sees no address in such a text
        return "problem", "no_dot"
    if public_url.startswith("http:"):
        return "warning", "plain"
    if kind == "private":
        return "warning", "home"
    return "ok", "ok"


def _kind_of(host: str) -> str:
    if host == "localhost" or host.endswith(".localhost"):
        return "loopback"
    if host.endswith((".local", ".lan", ".home.arpa", ".internal")):
        return "private"
    address = address_of(host)
    if address is None:
        return "public"
    if address.is_loopback or address.is_unspecified:
        return "loopback"
    return "public" if address.is_global else "private"


def check_webhook(
    voice: Voice, now: datetime, last_at: datetime | None, owner_id: str
) -> Check:
    """Judge whether webhooks come, by the last one, and whether they find anybody."""
    if last_at is None:
        return make_check(voice, "webhook", "warning", "never")
    if not owner_id:
        return make_check(voice, "webhook", "warning", "nameless")
    if now - last_at > QUIET_AFTER:
        return make_check(voice, "webhook", "warning", "quiet")
    ago = voice.say_duration((now - last_at).total_seconds())
    return make_check(voice, "webhook", "ok", "ok", time=ago)


def check_strava(voice: Voice, days: int, all_count: int, stub_count: int) -> Check:
    """Judge how much of the account came through Strava."""
    if stub_count == 0:
        return make_check(voice, "strava", "ok", "none" if all_count else "empty")
    cause = "all" if stub_count == all_count else "some"
    result: Result = "problem" if cause == "all" else "warning"
    counts = {"stubs": voice.say_number(stub_count), "all": voice.say_number(all_count)}
    return make_check(
        voice, "strava", result, cause, days=voice.say_number(days), **counts
    )
