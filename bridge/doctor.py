"""The doctor: looks at everything that has to be right, and says what is not.

Two callers: ``bridge doctor`` and ``GET /v1/doctor``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bridge.config import Config, is_loopback
from bridge.domain.activity.activity import is_strava_stub
from bridge.domain.doctor.checks import (
    Check,
    Result,
    check_clock,
    check_public_url,
    check_strava,
    make_check,
)
from bridge.domain.flat import ident
from bridge.domain.speech.breath import short
from bridge.domain.speech.voice import Voice
from bridge.errors import (
    BridgeError,
    NoApiKey,
    UpstreamBusy,
    UpstreamError,
    UpstreamForbidden,
    UpstreamRefused,
    VaultClosed,
)
from bridge.shortcuts.files import read_index
from bridge.shortcuts.signing.dropped import DroppedSet, Reason
from bridge.shortcuts.signing.fetched import digest_of, last_look
from bridge.store.backends import read_address
from bridge.store.outbox import Channel
from bridge.upstream.client import Client

STRAVA_DAYS = 90
FAILING_FOR = timedelta(days=1)  # before that it is tried again by itself
FEWEST_SIGNS = 10  # of a random text of 32 hexadecimal ones
_FORGETFUL = ("tmpfs", "ramfs")
_FORGOTTEN = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108  # looked at only


@dataclass(frozen=True, slots=True)
class Vantage:
    """From where the doctor looks.

    Attributes
    ----------
    reach
        Tries an address: ``ours``, or why not (``Reach`` of ``upstream.public``);
        ``untried`` where the bridge does not run.
    at_server
        Whether who asks sits there, and may know its folders.
    """

    reach: Callable[[str], str]
    at_server: bool = False


def check_all(
    config: Config,
    client: Callable[[str], Client],
    now: datetime,
    voice: Voice,
    vantage: Vantage,
) -> list[Check]:
    """Return all checks, the most important first.

    Parameters
    ----------
    config
        The settings looked at.
    client
        Makes a client for an athlete id.
    now
        The bridge's instant.
    voice
        The language of the findings.
    vantage
        From where it looks.
    """
    checks = check_account(config, client, now, voice)
    checks.append(check_phone(config, voice, vantage.reach))
    checks.append(check_database(config, voice, whole_path=vantage.at_server))
    return checks + check_safety(config, voice)


def check_phone(config: Config, voice: Voice, reach: Callable[[str], str]) -> Check:
    """Try the address of the phone, where one is set."""
    tried = reach(config.public_url) if config.public_url else "untried"
    only_here = is_loopback(config.host) and not config.trusted_proxies
    return check_public_url(voice, config.public_url, tried, only_here=only_here)


def check_account(
    config: Config, client: Callable[[str], Client], now: datetime, voice: Voice
) -> list[Check]:
    """Look at everything that needs Intervals.icu: reach, key, id, clock, Strava."""
    try:
        asked = client(config.athlete_id)
    except NoApiKey:
        return [make_check(voice, "key", "problem", "missing")]
    except VaultClosed:
        return [make_check(voice, "key", "problem", "locked")]
    try:
        theirs = asked.server_time()
    except UpstreamError as error:
        return [_explain(error, config, client, voice)]
    except BridgeError:
        return [make_check(voice, "id", "problem", "unknown", id=config.athlete_id)]
    secure = config.upstream_url.startswith("https:")
    return [
        make_check(voice, "key", "ok", "ok"),
        _owner(asked, config, voice),
        make_check(voice, "tls", "ok", "ok" if secure else "loopback"),
        check_clock(voice, now, theirs),
        _strava(asked, now.date(), voice),
    ]


def check_safety(config: Config, voice: Voice) -> list[Check]:
    """Return what is looser than it has to be; nothing where all is well."""
    loose = []
    url = read_address(config.database_url)
    is_file = url.get_backend_name() == "sqlite"
    for path in (
        (Path(url.database or ""), Path(".env")) if is_file else (Path(".env"),)
    ):
        if _is_open_to_others(path):
            name = path.name
            loose.append(make_check(voice, "files", "warning", "loose", path=name))
    if any(network.prefixlen == 0 for network in config.trusted_proxies):
        loose.append(make_check(voice, "proxies", "warning", "all"))
    if any(map(is_weak, config.secret_keys)):
        loose.append(make_check(voice, "secret", "warning", "weak"))
    return loose


def check_signed(config: Config, dropped: DroppedSet, voice: Voice) -> list[Check]:
    """Say which signed shortcuts are there, and why one is not handed out."""
    reasons: dict[Reason | None, list[str]] = {}
    for name, reason in dropped.refusals(read_index()):
        reasons.setdefault(reason, []).append(name)
    checks = []
    for reason, names in reasons.items():
        result: Result = "ok" if reason is None else "warning"
        words = {"name": names[0], "count": voice.say_number(len(names))}
        checks.append(make_check(voice, "signed", result, reason or "ok", **words))
    if config.signed_shortcuts_url:
        checks += _check_fetched(config.signed_shortcuts_url, dropped.folder, voice)
    return checks


def check_channels(
    channels: Sequence[Channel], now: datetime, voice: Voice
) -> list[Check]:
    """Say which channels of messages have ended, or take none for days."""
    active = [channel for channel in channels if channel.disabled_at is None]
    checks = []
    for channel in channels:
        cause = _trouble_of(channel, now)
        if cause is None or (channel not in active and _is_renewed(channel, active)):
            continue
        days = (now - (channel.failing_since or now)).days
        words = {
            "name": short(channel.name, voice),
            "time": voice.unit(days, "duration-day", "long"),
        }
        checks.append(make_check(voice, "channel", "warning", cause, **words))
    if active and not checks:
        count = voice.say_number(len(active))
        checks.append(make_check(voice, "channel", "ok", "ok", count=count))
    return checks


def _trouble_of(channel: Channel, now: datetime) -> str | None:
    if channel.disabled_at is not None:
        return "push_gone" if channel.type == "push" else "gone"
    since, trouble = channel.failing_since, channel.last_trouble
    if since is None or trouble is None or now - since < FAILING_FOR:
        return None
    return trouble


def _is_renewed(gone: Channel, active: Sequence[Channel]) -> bool:
    """Tell whether a channel of the same name took the place of one that ended."""
    return any(
        (channel.type, channel.name) == (gone.type, gone.name)
        and channel.created_at >= gone.created_at
        for channel in active
    )


def _check_fetched(url: str, folder: Path, voice: Voice) -> list[Check]:
    look = last_look(folder)
    if look is None or look.of != digest_of(url):
        return [make_check(voice, "fetched", "warning", "waiting")]
    checks = []
    if look.failure:
        checks.append(make_check(voice, "fetched", "warning", look.failure))
    elif look.taken:
        count = voice.say_number(look.taken)
        checks.append(make_check(voice, "fetched", "ok", "ok", count=count))
    for reason, names in look.refused.items():
        words = {"name": names[0], "count": voice.say_number(len(names))}
        checks.append(make_check(voice, "fetched", "warning", reason, **words))
    return checks


def is_weak(secret_key: str) -> bool:
    """Tell whether a secret key is long and yet not random: few signs, a pattern."""
    repeats = secret_key in (secret_key + secret_key)[1:-1]
    return repeats or len(set(secret_key)) < FEWEST_SIGNS


def _is_open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & 0o077) and path.is_file()
    except OSError:
        return False


def check_database(config: Config, voice: Voice, *, whole_path: bool = False) -> Check:
    """Judge whether the devices outlive a restart.

    The ``whole_path`` of the file is for who sits at the server.
    """
    url = read_address(config.database_url)
    if url.get_backend_name() != "sqlite":
        return make_check(voice, "database", "ok", "server")
    path = Path(url.database or "").absolute()
    shown = str(path) if whole_path else path.name
    if config.disk_is_wiped:
        return make_check(voice, "database", "problem", "wiped")
    if not url.database or _is_forgotten(path):
        return make_check(voice, "database", "warning", "temporary", path=shown)
    return make_check(voice, "database", "ok", "file", path=shown)


def _explain(
    error: UpstreamError,
    config: Config,
    client: Callable[[str], Client],
    voice: Voice,
) -> Check:
    match error:
        case UpstreamRefused():
            return make_check(voice, "key", "problem", "refused")
        case UpstreamForbidden() if config.athlete_id != "0":
            return _key_or_id(config, client, voice)
        case UpstreamForbidden():
            return make_check(voice, "key", "problem", "forbidden")
        case UpstreamBusy():
            return make_check(voice, "quota", "problem", "used", **error.words)
        case _ if "TLS" in error.detail:
            return make_check(voice, "tls", "problem", "untrusted")
        case _:
            return make_check(voice, "reach", "problem", "down")


def _key_or_id(config: Config, client: Callable[[str], Client], voice: Voice) -> Check:
    """Tell the two causes of a 403 apart: the owner of the key is athlete 0."""
    try:
        client("0").server_time()
    except (UpstreamForbidden, UpstreamRefused):
        return make_check(voice, "key", "problem", "forbidden")
    except BridgeError:
        return make_check(voice, "reach", "problem", "down")
    return make_check(voice, "id", "problem", "foreign", id=config.athlete_id)


def _owner(client: Client, config: Config, voice: Voice) -> Check:
    """Name whose account it is: an id alone tells nobody anything."""
    try:
        raw = client.athlete()
    except BridgeError:
        return make_check(voice, "id", "ok", "accepted", id=config.athlete_id)
    who = ident(raw.id) or config.athlete_id
    return make_check(voice, "id", "ok", "ok", name=str(raw.name or who), id=who)


def _strava(client: Client, day: date, voice: Voice) -> Check:
    try:
        listed = client.activities(day - timedelta(days=STRAVA_DAYS), day)
    except BridgeError:
        return make_check(voice, "strava", "warning", "unknown")
    stubs = sum(1 for raw in listed if is_strava_stub(raw))
    return check_strava(voice, STRAVA_DAYS, len(listed), stubs)


def _is_forgotten(path: Path) -> bool:
    if any(path.is_relative_to(folder) for folder in _FORGOTTEN):
        return True
    return _mounted_as(path) in _FORGETFUL


def _mounted_as(path: Path) -> str:
    """Return the kind of file system ``path`` is on, as Linux tells it."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    rows = [line.split() for line in mounts]
    over = [(row[1], row[2]) for row in rows if path.is_relative_to(row[1])]
    return max(over, key=lambda mount: len(mount[0]), default=("", ""))[1]
