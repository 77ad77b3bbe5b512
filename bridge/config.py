"""Everything an operator may set, read from the environment once.

Each setting stands in :data:`SETTINGS` with its meaning: the documentation is held
to that list by a test. A secret may also come from a file, under the same name
with ``_FILE`` behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bridge.addresses import Network, address_of, is_private_name, network_of
from bridge.errors import ConfigError

UPSTREAM_URL = "https://intervals.icu"
DATABASE_URL = "sqlite:///data/bridge.db"
SHORTEST_SECRET = 32
SHORTEST_WEBHOOK_SECRET = 8  # shorter ones would mask every other word of the log
LONGEST_SHOWN = 12
MOST_PER_SECOND = 1000

SETTINGS: Mapping[str, str] = {
    "INTERVALS_API_KEY": "your API key, from Intervals.icu's settings page",
    "INTERVALS_ATHLETE_ID": "your athlete id; 0 means the owner of the key",
    "BRIDGE_SECRET_KEY": "signs device tokens; several, oldest first, to rotate",
    "BRIDGE_UPSTREAM_URL": "where Intervals.icu is",
    "BRIDGE_PUBLIC_URL": "the address under which the phone reaches the bridge",
    "DATABASE_URL": "where devices are kept: SQLite file or PostgreSQL",
    "BRIDGE_MIRROR_URL": "where bridge sync mirrors to: SQLite file or PostgreSQL",
    "HOST": "the address to listen on",
    "PORT": "the port to listen on",
    "BRIDGE_TRUSTED_PROXIES": "networks whose X-Forwarded headers are believed",
    "BRIDGE_SIGNED_SHORTCUTS_URL": "where signed shortcuts are fetched from, daily",
    "BRIDGE_NOTIFY_PRIVATE": "yes, or networks: where messages may go besides",
    "BRIDGE_WEBHOOK_SECRET": "takes webhooks of Intervals.icu, with this in them",
    "BRIDGE_WEBHOOK_AUTHORIZATION": "the header that they have to bring as well",
    "BRIDGE_LOG": "json writes every line of the log as JSON",
    "BRIDGE_METRICS_PORT": "the port on 127.0.0.1 for Prometheus; 0: none",
    "BRIDGE_UPSTREAM_PER_SECOND": "most calls a second to Intervals.icu; 0: no limit",
}
# What holds where a setting is not made; the others are then nothing.
DEFAULTS: Mapping[str, str] = {
    "INTERVALS_ATHLETE_ID": "0",
    "BRIDGE_UPSTREAM_URL": UPSTREAM_URL,
    "DATABASE_URL": DATABASE_URL,
    "HOST": "127.0.0.1",
    "PORT": "8000",
    "BRIDGE_LOG": "text",
    "BRIDGE_METRICS_PORT": "0",
    "BRIDGE_UPSTREAM_PER_SECOND": "10",
}
SECRET_SETTINGS = frozenset(
    {
        "INTERVALS_API_KEY",
        "BRIDGE_SECRET_KEY",
        "DATABASE_URL",
        "BRIDGE_MIRROR_URL",
        "BRIDGE_WEBHOOK_SECRET",
        "BRIDGE_WEBHOOK_AUTHORIZATION",
    }
)

_API_KEY = re.compile(r"[!-~]{6,200}", re.ASCII)
_ATHLETE_ID = re.compile(r"i?[0-9]{1,15}", re.ASCII)
# Whole words only: random characters may well spell "your" somewhere.
_PLACEHOLDER = re.compile(
    r"(?<![a-z0-9])(change[-_]?me|changeme|default|example|placeholder|replace|"
    r"your|insecure|secret)(?![a-z0-9])",
    re.I,
)

# What "yes" means: home networks, Tailscale's and this machine, no link-local address.
NEARBY: tuple[Network, ...] = tuple(
    map(
        network_of,
        (
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "::1/128",
            "fc00::/7",
        ),
    )
)

# Listening there is everywhere; opened it is by this machine's own address.
_EVERYWHERE: Mapping[str, str] = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings; secrets carry ``repr=False`` so that no log ever shows them."""

    secret_keys: tuple[str, ...] = field(repr=False)  # oldest first, the last signs
    api_key: str = field(default="", repr=False)  # "": entered on the setup page
    athlete_id: str = "0"  # "0": whoever owns the API key
    upstream_url: str = UPSTREAM_URL
    public_url: str = ""  # "": unknown, links follow nothing the client sends
    database_url: str = field(default=DATABASE_URL, repr=False)
    mirror_url: str = field(default="", repr=False)  # "": bridge sync is told
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: tuple[Network, ...] = ()
    upstream_budget_s: float = 8.0  # all calls of one answer together
    upstream_per_second: int = 10  # of this address; 0: neither limited nor merged
    signed_shortcuts_url: str = ""  # "": none are fetched
    notify_private: tuple[Network, ...] = ()  # where messages may go beside public ones
    webhook_secret: str = field(default="", repr=False)  # "": none is taken
    webhook_authorization: str = field(default="", repr=False)  # "": any header
    log_format: str = "text"  # or json
    metrics_port: int = 0  # on 127.0.0.1; 0: nothing is counted
    demo: bool = False
    disk_is_wiped: bool = False  # a platform that forgets its disk at each start

    @property
    def address(self) -> str:
        """Return where links lead: never to what a client says our address is."""
        return self.public_url or self.listening_at

    @property
    def listening_at(self) -> str:
        """Return where this machine itself reaches the bridge."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{_EVERYWHERE.get(self.host, host)}:{self.port}"

    @property
    def listens_everywhere(self) -> bool:
        """Tell whether every network of this machine gets to the bridge."""
        return self.host in _EVERYWHERE

    @property
    def is_https(self) -> bool:
        """Tell whether the phone reaches the bridge over TLS."""
        return self.public_url.startswith("https:")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        """Read the settings from ``env``.

        Raises
        ------
        ConfigError
            If a setting is missing, malformed or unsafe; the message names it and
            says what to do, and never shows a secret.
        """
        return cls(
            secret_keys=read_secret_keys(read_setting(env, "BRIDGE_SECRET_KEY")),
            api_key=read_api_key(read_setting(env, "INTERVALS_API_KEY")),
            athlete_id=_read(env, "INTERVALS_ATHLETE_ID", _athlete_id, "0"),
            upstream_url=_read(env, "BRIDGE_UPSTREAM_URL", _upstream, UPSTREAM_URL),
            public_url=_read(env, "BRIDGE_PUBLIC_URL", read_public_url, ""),
            database_url=read_setting(env, "DATABASE_URL") or DATABASE_URL,
            mirror_url=read_setting(env, "BRIDGE_MIRROR_URL"),
            host=read_setting(env, "HOST") or "127.0.0.1",
            port=_read(env, "PORT", _port, 8000),
            trusted_proxies=_read(env, "BRIDGE_TRUSTED_PROXIES", _networks, ()),
            upstream_per_second=_read(env, "BRIDGE_UPSTREAM_PER_SECOND", _rate, 10),
            signed_shortcuts_url=_read(
                env, "BRIDGE_SIGNED_SHORTCUTS_URL", _folder_url, ""
            ),
            notify_private=_read(env, "BRIDGE_NOTIFY_PRIVATE", _nearby, ()),
            webhook_secret=_read(env, "BRIDGE_WEBHOOK_SECRET", _webhook_secret, ""),
            webhook_authorization=_read(
                env, "BRIDGE_WEBHOOK_AUTHORIZATION", _webhook_secret, ""
            ),
            log_format=_read(env, "BRIDGE_LOG", _log_format, "text"),
            metrics_port=_read(env, "BRIDGE_METRICS_PORT", _port_or_none, 0),
            disk_is_wiped=bool(env.get("DYNO")),
        )


def read_secret_keys(text: str) -> tuple[str, ...]:
    """Split and check the signing keys, oldest first."""
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys:
        raise ConfigError(
            "BRIDGE_SECRET_KEY is not set. Run `bridge init`, which writes one to .env "
            "and asks for your INTERVALS_API_KEY; or try it without both: bridge demo"
        )
    for key in keys:
        if len(key) < SHORTEST_SECRET or len(set(key)) < 8 or _PLACEHOLDER.search(key):
            raise ConfigError(
                "BRIDGE_SECRET_KEY is too short or a placeholder: it needs at least "
                f"{SHORTEST_SECRET} random characters. `bridge init` makes one."
            )
    return keys


def read_api_key(text: str) -> str:
    """Check an Intervals.icu API key; empty means that there is none yet.

    Raises
    ------
    ConfigError
        For what people paste instead: quotes, blanks, ``API_KEY:`` in front.
    """
    if not text:
        return ""
    if text.upper().startswith("API_KEY"):
        raise ConfigError(
            "INTERVALS_API_KEY begins with API_KEY: that is the user name. "
            "Set only the key, the part behind the colon."
        )
    if text[0] in "\"'“”‘’<" or not _API_KEY.fullmatch(text):
        raise ConfigError(
            "INTERVALS_API_KEY has blanks, quotes or odd characters. "
            "Copy the key again from Intervals.icu, without quotes around it."
        )
    return text


def read_setting(env: Mapping[str, str], name: str) -> str:
    """Return what a setting is made to, or what its file holds; "" where it is not."""
    path = env.get(f"{name}_FILE", "") if name in SECRET_SETTINGS else ""
    if not path:
        return env.get(name, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{name}_FILE cannot be read: {path}") from error


def _read(
    env: Mapping[str, str], name: str, parse: Callable[[str], T], default: T
) -> T:
    text = read_setting(env, name)
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        # people confuse fields: a long value may be the key
        shown = f"is {text!r}" if len(text) <= LONGEST_SHOWN else "cannot be used"
        raise ConfigError(f"{name} {shown}: {error}") from error


def _webhook_secret(text: str) -> str:
    if len(text) < SHORTEST_WEBHOOK_SECRET:
        # no ValueError, which would show it: it may still be somebody's secret
        raise ConfigError(
            "A BRIDGE_WEBHOOK_ setting is too short: it needs at least "
            f"{SHORTEST_WEBHOOK_SECRET} characters. Copy it from Intervals.icu, "
            "Settings, Manage App."
        )
    return text


def _athlete_id(text: str) -> str:
    if not _ATHLETE_ID.fullmatch(text):
        raise ValueError("an athlete id looks like i123456, or is 0")
    return text


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return int(text)


def _port_or_none(text: str) -> int:
    return 0 if text == "0" else _port(text)


def _log_format(text: str) -> str:
    if text.lower() not in {"text", "json"}:
        raise ValueError("it is text or json")
    return text.lower()


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > MOST_PER_SECOND:
        raise ValueError(f"calls a second are a number from 0 to {MOST_PER_SECOND}")
    return int(text)


def _upstream(text: str) -> str:
    url = _address(text)
    if url.startswith("http:") and not is_loopback(urlsplit(url).hostname or ""):
        raise ValueError("only https, so that the API key cannot be overheard")
    return url


def read_public_url(text: str) -> str:
    """Return an address of the bridge; a ValueError says how one is written."""
    return _address(text)


def _folder_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    odd = parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme != "https" or not parts.hostname or odd or not text.isascii():
        raise ValueError("write it like https://host.example/signed; only https")
    if is_private_name(parts.hostname):
        raise ValueError("a server on the open internet is needed, not one nearby")
    return text.rstrip("/")


def _address(text: str) -> str:
    if not _is_address(text):
        raise ValueError("write it like https://bridge.example, without a path")
    return text.rstrip("/")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    odd = parts.query or parts.fragment or "@" in parts.netloc or parts.path.strip("/")
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not odd


def is_loopback(host: str) -> bool:
    """Tell whether a host name can only mean this machine."""
    known = address_of(host)
    return host == "localhost" or (known is not None and known.is_loopback)


def _nearby(text: str) -> tuple[Network, ...]:
    if text.lower() in ("yes", "no"):
        return NEARBY if text.lower() == "yes" else ()
    return _networks(text)


def _networks(text: str) -> tuple[Network, ...]:
    parts = [part.strip() for part in text.split(",")]
    try:
        return tuple(network_of(part) for part in parts if part)
    except ValueError as error:
        raise ValueError("networks look like 10.0.0.0/8, with commas between") from (
            error
        )
