"""What is told without being asked: the same reading as the routes, at its own moment.

A look at Intervals.icu hands over what is news; a clock tells when an appointment has
come. Whether something is told, :mod:`bridge.domain.messages.ten` decides.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from flask import Flask

from bridge.domain.failure import speech_of
from bridge.domain.messages import ten
from bridge.domain.messages.message import Message
from bridge.domain.messages.news import News, news_of
from bridge.domain.messages.ten import Moment
from bridge.domain.speech.voice import Voice
from bridge.errors import BridgeError, StoreDown, UpstreamError
from bridge.ledger.look import Look
from bridge.routes.api.messages.appointments import tell_appointment
from bridge.routes.api.messages.reading import (
    Telling,
    look_ahead,
    tell_news,
)
from bridge.services import (
    Services,
    credentials,
    deadline,
    now_local,
    settings,
    state,
    stranger_voice,
    voice,
)
from bridge.store.outbox import MessageSettings
from bridge.upstream.budget import BACKGROUND
from bridge.upstream.client import Client

_LOG = logging.getLogger("bridge")

AGAIN = timedelta(minutes=5)  # where upstream did not answer
LATE = timedelta(hours=3)  # after it an appointment is missed: nobody wants it then
_DAY = timedelta(days=1)
_FAILING = "failing_since"


class Teller:
    """Makes messages, as the athlete whose data they are about.

    Parameters
    ----------
    app
        The bridge, whose routes read what is told.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._services: Services = app.extensions["bridge"]

    def after_look(self, athlete: str, seen: Look) -> list[Message]:
        """Return what is to be told of a look, which writes it beside the changes."""
        self.worked(athlete)
        return self.after(athlete, news_of(seen.news, seen.today))

    def after(self, athlete: str, news: News) -> list[Message]:
        """Return what is to be told of a look; it is put there with its changes.

        What cannot be read is told as far as the look knows it, or not at all: a look
        fails for no message.
        """
        known = self._told_to(athlete) if news.is_any else None
        if known is None:
            return []
        with self._as_athlete(athlete, known):
            try:
                telling = self._begin(athlete, known)
            except BridgeError as error:
                _LOG.warning("nothing is told of a look: %s", error.code)
                return []
            tell_news(telling, news)
            self._keep_seen(telling)
        return telling.messages

    def failed(self, athlete: str, error: BridgeError) -> int:
        """Tell of a look that failed, if that is for the athlete to mend, or lasts."""
        known, now = self._told_to(athlete), self._services.clock()
        if known is None:
            return 0
        since = known.seen.get(_FAILING) or now.isoformat()
        for_s = (now - datetime.fromisoformat(since)).total_seconds()
        seen = {**known.seen, _FAILING: since}
        self._services.store.outbox.see(athlete, seen)
        if "trouble" not in known.choices.on:
            return 0
        with self._as_athlete(athlete, known):
            moment = self._moment(athlete, known, stranger_voice())
            said = speech_of(error, moment.voice)
        message = ten.trouble(error.code, said, moment, for_s=for_s)
        told = [] if message is None else [message]
        return self._services.store.outbox.tell(athlete, told, now)

    def worked(self, athlete: str) -> None:
        """Note that Intervals.icu is seen again; what waits of its absence is over."""
        outbox = self._services.store.outbox
        known = outbox.settings(athlete)
        if _FAILING in known.seen:
            seen = {name: known.seen[name] for name in known.seen if name != _FAILING}
            outbox.see(athlete, seen)
            outbox.take_back(athlete, "trouble")

    def tell_due(self) -> int:
        """Tell what has an appointment that has come; return how many messages."""
        now, count = self._services.clock(), 0
        outbox = self._services.store.outbox
        for athlete in outbox.take_due(now, now + AGAIN):
            known = self._told_to(athlete)
            if known is None:
                outbox.tell_at(athlete, now + _DAY)
                continue
            try:
                count += self._tell_appointments(athlete, known)
            except UpstreamError as error:
                count += self.failed(athlete, error)
            except StoreDown:
                raise
            except BridgeError as error:
                count += self.failed(athlete, error)
                outbox.tell_at(athlete, now + timedelta(hours=1))
        return count

    def _tell_appointments(self, athlete: str, known: MessageSettings) -> int:
        outbox, now = self._services.store.outbox, self._services.clock()
        with self._as_athlete(athlete, known):
            telling = self._begin(athlete, known)
            local = telling.moment.now
            since = min(
                channel.created_at
                for channel in outbox.channels(athlete)
                if channel.disabled_at is None
            )
            for topic, appointment in known.choices.due(local):
                is_missed = local - appointment > LATE or appointment < since
                told_on = telling.moment.told_on.get(topic.name)
                if not is_missed and told_on != local.date():
                    tell_appointment(telling, topic.name)
            look_ahead(telling)
            count = outbox.tell(athlete, telling.messages, now)
            self._keep_seen(telling)
        outbox.tell_at(athlete, known.choices.next_appointment(local))
        return count

    def _told_to(self, athlete: str) -> MessageSettings | None:
        """Return what the athlete chose; None where nothing can be told."""
        outbox = self._services.store.outbox
        ways = outbox.channels(athlete)
        if all(channel.disabled_at is not None for channel in ways):
            return None
        return outbox.settings(athlete)

    @contextmanager
    def _as_athlete(self, athlete: str, known: MessageSettings) -> Iterator[None]:
        """Read as a request of the athlete's would, in the language that was chosen."""
        query = {"lang": known.language} if known.language else {}
        # Inside of a request too: its own state is not this one's.
        asked = self._app.test_request_context("/v1/messages", query_string=query)
        with self._app.app_context(), asked:
            state().athlete = athlete
            yield

    def _begin(self, athlete: str, known: MessageSettings) -> Telling:
        # What nobody asked for is counted as such.
        state().client = Client(
            self._services.wire,
            credentials(),
            deadline(),
            fresh=True,
            device_id=BACKGROUND,
        )
        settings()  # with it the day, the language and the units are known
        moment = self._moment(athlete, known, voice())
        return Telling(athlete, known, moment, dict(known.seen))

    def _moment(self, athlete: str, known: MessageSettings, spoken: Voice) -> Moment:
        try:
            local = now_local()
        except BridgeError:
            local = self._services.clock().astimezone(UTC)
        return Moment(
            now=local,
            voice=spoken,
            choices=known.choices,
            told_on=self._services.store.outbox.last_days(athlete),
        )

    def _keep_seen(self, telling: Telling) -> None:
        if telling.seen.pop(_FAILING, None) is not None:
            self._services.store.outbox.take_back(telling.athlete, "trouble")
        if telling.seen != telling.known.seen:
            self._services.store.outbox.see(telling.athlete, telling.seen)
