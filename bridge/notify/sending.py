"""Sending what waits in the outbox, until it arrives or is given up.

Whoever takes a message has it for a minute. A process that is killed between sending
and noting leaves it to be sent again under the same id, by which a receiver knows it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from bridge.errors import StoreDown, VaultClosed
from bridge.notify.channels import Channels
from bridge.notify.ntfy import NtfyTarget, ntfy_of
from bridge.notify.outside import Outgoing
from bridge.notify.push import PushTarget, push_of
from bridge.notify.webhook import webhook_of
from bridge.store.outbox import Delivery, Trouble

_LOG = logging.getLogger("bridge")

AT_ONCE = 5  # each takes 10 seconds at most, so that no lease ends meanwhile
MOST = 100  # of one round
_NOT_THERE = 404  # how some push services say 410


class Sender:
    """Sends what is due.

    Parameters
    ----------
    channels
        Opens where a message goes.
    clock
        The instant, in UTC.
    """

    def __init__(self, channels: Channels, clock: Callable[[], datetime]) -> None:
        self._channels = channels
        self._clock = clock

    def send_due(self) -> int:
        """Send what is due, and return how many messages were tried."""
        tried = 0
        while tried < MOST:
            taken = self._channels.outbox.take(self._clock(), most=AT_ONCE)
            if not taken:
                break
            tried += len(taken)
            if len(taken) == 1:
                self.send(taken[0])
                continue
            with ThreadPoolExecutor(len(taken), thread_name_prefix="notify") as pool:
                list(pool.map(self.send, taken))
        return tried

    def send_now(self, message_id: str) -> Trouble | None:
        """Send one message that was just put there; return what was wrong."""
        taken = self._channels.outbox.take(self._clock(), message_id=message_id)
        return self.send(taken[0]) if taken else None

    def send(self, delivery: Delivery) -> Trouble | None:
        """Send one message that was taken, note what became of it, and return it."""
        trouble = self._try(delivery)
        outbox, now = self._channels.outbox, self._clock()
        try:
            if trouble is None:
                outbox.sent(delivery, now)
            else:
                _LOG.warning(
                    "%s %s by %s: %s",
                    delivery.message_id,
                    delivery.name,
                    delivery.channel.type,
                    trouble,
                )
                outbox.failed(delivery, trouble, now)
        except StoreDown as error:  # its lease ends, and it is sent once more
            _LOG.warning("%s is not noted: %s", delivery.message_id, error.detail)
        return trouble

    def _try(self, delivery: Delivery) -> Trouble | None:
        try:
            outgoing = self._outgoing(delivery)
        except VaultClosed:
            return "gone"
        answer = self._channels.outside.post(outgoing)
        if not isinstance(answer, int):
            return answer
        is_push = delivery.channel.type == "push"
        if answer == 410 or (is_push and answer == _NOT_THERE):
            return "gone"
        return None if 200 <= answer < 300 else "refused"

    def _outgoing(self, delivery: Delivery) -> Outgoing:
        target = self._channels.open(delivery.channel)
        config, now = self._channels.config, self._clock()
        home = config.public_url or config.listening_at
        if isinstance(target, PushTarget):
            signer = self._channels.signer(delivery.channel.athlete)
            return push_of(delivery, target, signer, now, home)
        if isinstance(target, NtfyTarget):
            return ntfy_of(delivery, target, home)
        return webhook_of(delivery, target, now, home)
