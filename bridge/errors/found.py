"""What was asked for is not there, or may not be read."""

from __future__ import annotations

from bridge.errors.base import BridgeError


class NoZones(BridgeError):
    """The sport has no zones of this kind yet; words: ``sport``, ``name``."""

    status = 422
    code = "no_zones"


class NotFound(BridgeError):
    """Intervals.icu has no such record."""

    status = 404
    code = "not_found"


class BadId(NotFound):
    """The id in the path can be no record's id."""

    code = "bad_id"


class NoActivity(NotFound):
    """There is no latest activity: nothing was done in the last year."""

    code = "no_activity"


class NoLatest(NotFound):
    """There is no latest activity to send a file of."""

    code = "no_latest"


class NoLatestOfType(NoLatest):
    """There is no activity of the type asked for."""

    code = "no_latest_of_type"


class NothingPlanned(NotFound):
    """There is no workout that is meant; words: ``day``."""

    code = "nothing_planned"


class NoEvent(NotFound):
    """The calendar has no such entry."""

    code = "no_event"


class UnknownPath(NotFound):
    """The bridge has no such address; words: ``nearest``."""

    code = "unknown_path"


class UnknownUpstreamPath(NotFound):
    """Intervals.icu has no such address; words: ``path``."""

    code = "unknown_upstream_path"


class StravaOnly(BridgeError):
    """The activity came through Strava, whose data upstream may not pass on."""

    status = 422
    code = "strava_only"
