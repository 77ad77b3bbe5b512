"""Thresholds and zones of a sport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bridge.domain.flat import ident
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values
from bridge.domain.zones.settings import RawSportSettings, settings_named, sport_of
from bridge.domain.zones.values import complete_body, recalled, upstream_body, values_of
from bridge.domain.zones.written import say_values
from bridge.errors import UpstreamGarbage, UpstreamRejected, WriteUnknown
from bridge.upstream.writer import Writer
from bridge.writes.carry import LOST
from bridge.writes.writable import Changeable


class SportZones(Changeable):
    """Sport settings; the target is upstream's id of the sport."""

    name = "zones"

    def __init__(self, writer: Writer) -> None:
        self._client, self._writer = writer.client, writer
        self._seen: dict[str, RawSportSettings] = {}

    def read_sports(self) -> list[RawSportSettings]:
        """Return the settings of all sports, as they are now."""
        rows = self._client.sport_settings()
        self._seen = {known: row for row in rows if (known := ident(row.id))}
        return rows

    def named(self, sport: str) -> RawSportSettings:
        """Return the settings of a sport as they are now.

        Raises
        ------
        BadParameter
            If there are none.
        """
        return settings_named(self.read_sports(), sport)

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return the thresholds and zones of each sport."""
        self.read_sports()
        return {
            target: values_of(self._seen[target]) if target in self._seen else None
            for target in targets
        }

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields that change, and what has to go with them.

        An upstream that refuses a part is sent every zone, once.
        """
        for target, values in wanted.items():
            raw = self.settings(target)
            body = upstream_body(values, raw)
            try:
                self._writer.put_sport_settings(target, body)
            except UpstreamRejected:
                whole = complete_body(values, raw)
                if body == whole:
                    raise
                self._writer.put_sport_settings(target, whole)

    def recall(self, values: Values) -> Values:
        """Return values of the journal; once it had each list as one text."""
        return recalled(values)

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say thresholds and zones."""
        return say_values(values, voice, sport_of(self.settings(target)))

    def settings(self, target: str) -> RawSportSettings:
        """Return the settings of a sport as they were read last."""
        if target not in self._seen:
            self.read_sports()
        if target not in self._seen:
            raise UpstreamGarbage(f"sport settings {target} are gone")
        return self._seen[target]


def id_of(raw: RawSportSettings) -> str:
    """Return upstream's id of a sport's settings.

    Raises
    ------
    UpstreamGarbage
        If upstream does not tell it.
    """
    settings_id = ident(raw.id)
    if settings_id is None:
        raise UpstreamGarbage("sport settings without an id")
    return settings_id


class AppliedZones(Changeable):
    """Zones applied to past activities; the target is upstream's id of the sport.

    Upstream obeys some time later and tells nobody: what was asked stands for what
    is, and where the answer is lost nobody knows.
    """

    name = "applied"
    lasting = True

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._asked: dict[str, Values] = {}

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return what was asked; upstream cannot tell what became of it."""
        return {target: self._asked.get(target) for target in targets}

    def change(self, wanted: Mapping[str, Values]) -> None:
        """Ask to work out past activities anew.

        Raises
        ------
        WriteUnknown
            If the answer is lost.
        """
        for target, values in wanted.items():
            try:
                self._writer.apply_sport_settings(target)
            except LOST as error:
                raise WriteUnknown(f"{error.code} {error.detail}") from error
            self._asked[target] = values

    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say that it cannot be taken back."""
        del target, values
        return voice.say("undo.lasting")
