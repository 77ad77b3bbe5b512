"""Channels: what people type, checked, sealed in the vault, and opened to send."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import urlsplit

from bridge.addresses import address_of
from bridge.config import Config
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.notify.push import PushTarget, Signer, is_subscription, make_key_pair
from bridge.notify.webhook import WebhookTarget, is_secret
from bridge.store.outbox import (
    MOST_CHANNELS,
    Channel,
    ChannelType,
    NewChannel,
    Outbox,
)
from bridge.vault import SealContext, Vault

Target = PushTarget | NtfyTarget | WebhookTarget

_TYPES: Final[dict[type[Target], ChannelType]] = {
    PushTarget: "push",
    NtfyTarget: "ntfy",
    WebhookTarget: "webhook",
}
_TARGETS: Final[dict[ChannelType, type[Target]]] = {
    name: target for target, name in _TYPES.items()
}
_TOPIC = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_TOKEN = re.compile(r"[!-~]{0,200}", re.ASCII)
_VISIBLE = re.compile(r"[!-~]{1,2000}", re.ASCII)
_NOBODY = "mailto:bridge@example.org"  # a service asks for somebody to write to


Why = Literal[
    "full", "https", "keys", "topic", "token", "secret", "address", "own", "private"
]
REASONS: Final[Mapping[Why, str]] = {  # in English; the page has its own words
    "full": f"There are {MOST_CHANNELS} channels already. Remove one first.",
    "https": "The address has to begin with https://: nobody reads along then.",
    "keys": "The bridge cannot read what this phone sent.",
    "topic": "Write the whole address of the topic: https://ntfy.sh/my-topic",
    "token": "The access token has characters in it that do not belong there.",
    "secret": "A secret is whsec_ and 24 to 64 bytes in Base64. "
    "Leave it out, and the bridge makes one.",
    "address": "Write a whole address that begins with https://",
    "own": "That is the bridge itself.",
    "private": "That is an address of a private network. Only the one who runs the "
    "bridge can allow it, by the setting BRIDGE_NOTIFY_PRIVATE.",
}


class ChannelRefused(Exception):
    """A channel that cannot be, and why; its text is English."""

    def __init__(self, why: Why) -> None:
        super().__init__(REASONS[why])
        self.why = why


@dataclass(frozen=True, slots=True)
class Channels:
    """Adds channels and opens them: the one place that knows where they lead.

    ``settings`` returns the settings as they are now: the owner may choose another
    address while messages are sent.
    """

    outbox: Outbox
    settings: Callable[[], Config]
    outside: Outside

    @property
    def config(self) -> Config:
        """Return the settings as they are now."""
        return self.settings()

    def add(self, athlete: str, target: Target, name: str, now: datetime) -> Channel:
        """Add a channel of an athlete.

        Raises
        ------
        ChannelRefused
            If it cannot be; nothing was added.
        BadField
            For a name that cannot be.
        """
        self._check(target)
        if len(self.outbox.channels(athlete)) >= MOST_CHANNELS:
            raise ChannelRefused("full")
        where = target.endpoint if isinstance(target, PushTarget) else target.url
        sealed = self._vault.seal(json.dumps(asdict(target)), _context(athlete))
        added = NewChannel(
            type=_TYPES[type(target)],
            name=name,
            sealed_target=sealed,
            target_digest=self._digest(f"{_TYPES[type(target)]} {where}"),
        )
        return self.outbox.add_channel(athlete, added, now)

    def open(self, channel: Channel) -> Target:
        """Return where a channel leads.

        Raises
        ------
        VaultClosed
            If it was sealed under a secret key that is gone.
        """
        sealed = self._vault.open(channel.sealed_target, _context(channel.athlete))
        return _TARGETS[channel.type](**json.loads(sealed))

    def signer(self, athlete: str) -> Signer:
        """Return who signs the pushes of an athlete; the key is made once.

        Raises
        ------
        VaultClosed
            If it was sealed under a secret key that is gone.
        """
        known, context = self.outbox.settings(athlete), _vapid_context(athlete)
        if known.vapid_public is None or known.sealed_vapid_key is None:
            public, private = make_key_pair()
            sealed = self._vault.seal(private, context)
            known = self.outbox.keep_vapid(athlete, public, sealed)
        return Signer(
            public=known.vapid_public or "",
            private=self._vault.open(known.sealed_vapid_key or "", context),
            subject=self.config.public_url if self.config.is_https else _NOBODY,
        )

    @property
    def _vault(self) -> Vault:
        return Vault(self.config.secret_keys)

    def _digest(self, where: str) -> str:
        # Keyed: a topic is short enough to be guessed. By the oldest key, which a new
        # one in front of it does not change.
        key = self.config.secret_keys[0].encode()
        return hmac.new(key, where.encode(), hashlib.sha256).hexdigest()

    def _check(self, target: Target) -> None:
        if isinstance(target, PushTarget):
            if not target.endpoint.startswith("https://"):
                raise ChannelRefused("https")
            self._check_url(target.endpoint)
            if not is_subscription(target):
                raise ChannelRefused("keys")
            return
        self._check_url(target.url)
        if isinstance(target, NtfyTarget):
            topic = urlsplit(target.url).path.rstrip("/").rpartition("/")[2]
            if not _TOPIC.fullmatch(topic):
                raise ChannelRefused("topic")
            if not _TOKEN.fullmatch(target.token):
                raise ChannelRefused("token")
        elif not is_secret(target.secret):
            raise ChannelRefused("secret")

    def _check_url(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        is_whole = parts.scheme in ("https", "http") and parts.hostname
        odd = parts.fragment or "@" in parts.netloc or not _VISIBLE.fullmatch(url)
        if not is_whole or odd:
            raise ChannelRefused("address")
        own = urlsplit(self.config.public_url)
        if own.hostname and (parts.hostname, port) == (own.hostname, own.port):
            raise ChannelRefused("own")
        host = parts.hostname or ""
        if address_of(host) is not None and not self.outside.is_allowed(host):
            raise ChannelRefused("private")
        if parts.scheme == "http" and not self.config.notify_private:
            raise ChannelRefused("https")


def shown(target: Target) -> str:
    """Return as much of where a channel leads as may be shown: the host."""
    where = target.endpoint if isinstance(target, PushTarget) else target.url
    return urlsplit(where).hostname or ""


def _context(athlete: str) -> SealContext:
    return SealContext("channels", "sealed_target", athlete, 0)


def _vapid_context(athlete: str) -> SealContext:
    return SealContext("message_settings", "sealed_vapid_key", athlete, 0)
