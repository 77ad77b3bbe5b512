"""Every way an answer can fail; each failure knows its status and its words.

The tree::

    BridgeError                      500  bridge_error
    ├── ConfigError                  refuses to start; never reaches a phone
    ├── BadRequest                   400  bad_request
    │   ├── BadParameter             400  bad_parameter
    │   │   ├── UnknownColumn        400  unknown_column
    │   │   └── RepeatedColumn       400  repeated_column
    │   ├── UnknownParameter         400  unknown_parameter
    │   ├── RepeatedParameter        400  repeated_parameter
    │   ├── ParametersClash          400  parameters_clash
    │   ├── BadRange                 400  bad_range
    │   │   └── RangeTooLong         400  range_too_long
    │   ├── BadIdempotencyKey        400  bad_idempotency_key
    │   └── BadBody                  400  bad_body
    ├── BadField                     422  bad_field
    │   ├── UnknownField             422  unknown_field
    │   │   └── NoFieldsTaken        422  no_fields_taken
    │   ├── ReadOnlyField            422  read_only_field
    │   ├── NothingToWrite           422  nothing_to_write
    │   ├── MissingField             422  missing_field
    │   ├── FieldsClash              422  fields_clash
    │   ├── OutOfBounds              422  out_of_bounds
    │   ├── BeyondBounds             422  beyond_bounds
    │   ├── EndBeforeStart           422  end_before_start
    │   ├── DayToCome                422  day_to_come
    │   ├── NeedsValue               422  needs_value
    │   ├── NotRising                422  not_rising
    │   ├── OpenEnd                  422  open_end
    │   ├── WrongCount               422  wrong_count
    │   ├── WattsAsPercent           422  watts_as_percent
    │   ├── BarePace                 422  bare_pace
    │   └── UnclearWorkout           422  unclear_workout
    │       └── WorkoutPartMissing   422  workout_part_missing
    ├── NoZones                      422  no_zones
    ├── KeyReused                    422  key_reused
    ├── StillWriting                 409  still_writing
    ├── KnownFile                    409  known_file
    ├── AlreadyDone                  409  already_done
    ├── NotKept                      409  not_kept
    │   └── DayLocked                409  day_locked
    ├── BodyTooLarge                 413  body_too_large
    ├── UnsupportedBody              415  unsupported_body
    │   └── UnknownFile              415  unknown_file
    ├── NotSignedIn                  401  token_missing
    │   ├── TokenForged              401  token_invalid
    │   ├── TokenExpired             401  token_expired
    │   └── TokenRevoked             401  token_revoked
    ├── ScopeTooSmall                403  scope_too_small
    ├── NotFound                     404  not_found
    │   ├── BadId                    404  bad_id
    │   ├── NoActivity               404  no_activity
    │   ├── NoLatest                 404  no_latest
    │   │   └── NoLatestOfType       404  no_latest_of_type
    │   ├── NothingPlanned           404  nothing_planned
    │   ├── NoEvent                  404  no_event
    │   ├── UnknownPath              404  unknown_path
    │   └── UnknownUpstreamPath      404  unknown_upstream_path
    ├── WrongMethod                  405  wrong_method
    ├── StravaOnly                   422  strava_only
    ├── SecretField                  422  secret_field
    ├── NotFlat                      422  not_flat
    ├── StoreDown                    503  store_down
    ├── VaultClosed                  503  vault_closed
    ├── NoApiKey                     503  no_api_key
    └── UpstreamError                502  upstream_error
        ├── UpstreamRefused          502  upstream_refused      (401: key)
        ├── UpstreamForbidden        502  upstream_forbidden    (403)
        ├── UpstreamRejected         502  upstream_rejected     (400, 422)
        ├── UpstreamBusy             503  upstream_busy         (429)
        ├── UpstreamDown             502  upstream_down         (wire, 5xx)
        ├── UpstreamSlow             504  upstream_slow         (out of time)
        ├── UpstreamGarbage          502  upstream_garbage      (not JSON, too big)
        ├── WriteLost                502  write_lost            (it was not stored)
        └── WriteUnknown             502  write_unknown         (perhaps it was)

``code`` names a phrase ``error.<code>`` and ``hint.<code>`` in each language's
table; ``words`` fill it. ``detail`` is for the log and never leaves the server;
neither may hold a key or a token.
"""

from __future__ import annotations

from typing import ClassVar


class BridgeError(Exception):
    """A failure that the phone can read aloud as it is.

    Parameters
    ----------
    detail
        For the log only: what was seen, without secrets.
    words
        Values for the placeholders of the phrases ``error.<code>`` and
        ``hint.<code>``.
    """

    status: int = 500
    code: ClassVar[str] = "bridge_error"

    def __init__(self, detail: str = "", **words: str) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.words = words


class ConfigError(BridgeError):
    """The settings cannot work; ``detail`` says which and what to do."""

    code = "config_error"


class BadRequest(BridgeError):
    """The request itself is malformed."""

    status = 400
    code = "bad_request"


class BadParameter(BadRequest):
    """A query or path value is not understood; words: ``name``, ``example``."""

    code = "bad_parameter"


class UnknownColumn(BadParameter):
    """A column no activity has; words: ``column``, ``nearest``, ``known``."""

    code = "unknown_column"


class RepeatedColumn(BadParameter):
    """A column was named twice; words: ``column``."""

    code = "repeated_column"


class UnknownParameter(BadRequest):
    """A query parameter not known here; words: ``name``, ``nearest``, ``known``."""

    code = "unknown_parameter"


class RepeatedParameter(BadRequest):
    """A query parameter was sent twice; words: ``name``."""

    code = "repeated_parameter"


class ParametersClash(BadRequest):
    """Two query parameters that contradict each other; words: ``name``, ``other``."""

    code = "parameters_clash"


class BadRange(BadRequest):
    """Newest is before oldest."""

    code = "bad_range"


class RangeTooLong(BadRange):
    """More days than this route looks at; words: ``days``."""

    code = "range_too_long"


class BadIdempotencyKey(BadRequest):
    """The Idempotency-Key is empty, too long or not printable ASCII."""

    code = "bad_idempotency_key"


class BadBody(BadRequest):
    """The body is not what its type says, or too deep or odd to read."""

    code = "bad_body"


class BadField(BridgeError):
    """A body field has a value we cannot use; words: ``name``, ``example``."""

    status = 422
    code = "bad_field"


class UnknownField(BadField):
    """A body field this route does not know; words: ``name``, ``nearest``."""

    code = "unknown_field"


class NoFieldsTaken(UnknownField):
    """A body field where none is taken; words: ``name``."""

    code = "no_fields_taken"


class ReadOnlyField(BadField):
    """A body field that Intervals.icu computes by itself; words: ``name``."""

    code = "read_only_field"


class NothingToWrite(BadField):
    """No field came that could be written; words: ``example``."""

    code = "nothing_to_write"


class MissingField(BadField):
    """A field that this cannot do without; words: ``name``, ``example``."""

    code = "missing_field"


class FieldsClash(BadField):
    """Two fields that say the same or contradict; words: ``name``, ``other``."""

    code = "fields_clash"


class OutOfBounds(BadField):
    """A number beyond what can be; words: ``name``, ``low``, ``high``."""

    code = "out_of_bounds"


class BeyondBounds(BadField):
    """A value that nobody can have; words: ``name``, ``example``."""

    code = "beyond_bounds"


class EndBeforeStart(BadField):
    """An entry would end before it begins; words: ``name``, ``example``."""

    code = "end_before_start"


class DayToCome(BadField):
    """A day that has not come yet, where something was measured."""

    code = "day_to_come"


class NeedsValue(BadField):
    """An entry that says nothing without a value this cannot write."""

    code = "needs_value"


class NotRising(BadField):
    """Zone limits that do not rise; words: ``name``, ``value``, ``after``."""

    code = "not_rising"


class OpenEnd(BadField):
    """The last zone has another end than it must have; words: ``name``, ``last``."""

    code = "open_end"


class WrongCount(BadField):
    """A list of another length than it must have; words: ``name``, ``count``."""

    code = "wrong_count"


class WattsAsPercent(BadField):
    """Watts where percent of FTP belong; words: ``name``, ``value``."""

    code = "watts_as_percent"


class BarePace(BadField):
    """A pace that may be for a mile or a kilometre; words: ``name``, ``example``."""

    code = "bare_pace"


class UnclearWorkout(BadField):
    """A dictated workout is not understood; words: ``part``, ``example``."""

    code = "unclear_workout"


class WorkoutPartMissing(UnclearWorkout):
    """A dictated workout lacks a part; words: ``part``, ``example``."""

    code = "workout_part_missing"


class NoZones(BridgeError):
    """The sport has no zones of this kind yet; words: ``sport``, ``name``."""

    status = 422
    code = "no_zones"


class KeyReused(BridgeError):
    """The Idempotency-Key was used for another request before."""

    status = 422
    code = "key_reused"


class StillWriting(BridgeError):
    """The same request is being written at this moment."""

    status = 409
    code = "still_writing"


class KnownFile(BridgeError):
    """Intervals.icu has all of a file already; words: ``activity`` (its id)."""

    status = 409
    code = "known_file"


class AlreadyDone(BridgeError):
    """A workout that was done can be neither moved nor skipped; words: ``event``."""

    status = 409
    code = "already_done"


class NotKept(BridgeError):
    """Intervals.icu took the values and kept none; words: ``names``."""

    status = 409
    code = "not_kept"


class DayLocked(NotKept):
    """The day is locked at Intervals.icu, which ignores writes; words: ``day``."""

    code = "day_locked"


class BodyTooLarge(BridgeError):
    """The body is larger than this route takes."""

    status = 413
    code = "body_too_large"


class UnsupportedBody(BridgeError):
    """The Content-Type is none of those this route reads."""

    status = 415
    code = "unsupported_body"


class UnknownFile(UnsupportedBody):
    """The file is neither FIT, TCX nor GPX, by its own first bytes."""

    code = "unknown_file"


class NotSignedIn(BridgeError):
    """No device token came with the request."""

    status = 401
    code = "token_missing"


class TokenForged(NotSignedIn):
    """The token is none of ours, was altered or cut short."""

    code = "token_invalid"


class TokenExpired(NotSignedIn):
    """The token was ours, and its time is over."""

    code = "token_expired"


class TokenRevoked(NotSignedIn):
    """The token was ours, and its device was revoked."""

    code = "token_revoked"


class ScopeTooSmall(BridgeError):
    """The device may not do this; words: ``scope`` (the one it needs)."""

    status = 403
    code = "scope_too_small"


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


class WrongMethod(BridgeError):
    """The address exists, the method does not; words: ``allowed``."""

    status = 405
    code = "wrong_method"


class StravaOnly(BridgeError):
    """The activity came through Strava, whose data upstream may not pass on."""

    status = 422
    code = "strava_only"


class SecretField(BridgeError):
    """The body would write a credential; words: ``name``."""

    status = 422
    code = "secret_field"


class NotFlat(BridgeError):
    """The address answers with a file, which has no values to flatten."""

    status = 422
    code = "not_flat"


class StoreDown(BridgeError):
    """The database does not answer: locked, full, unreachable, broken or emptied."""

    status = 503
    code = "store_down"


class VaultClosed(BridgeError):
    """A sealed key does not open: altered, moved, or its secret key is gone."""

    status = 503
    code = "vault_closed"


class NoApiKey(BridgeError):
    """The bridge has no Intervals.icu API key yet."""

    status = 503
    code = "no_api_key"


class UpstreamError(BridgeError):
    """Intervals.icu did not give a usable answer."""

    status = 502
    code = "upstream_error"


class UpstreamRefused(UpstreamError):
    """Intervals.icu rejected the API key (401)."""

    code = "upstream_refused"


class UpstreamForbidden(UpstreamError):
    """Intervals.icu denied access (403): key, athlete id or record."""

    code = "upstream_forbidden"


class UpstreamRejected(UpstreamError):
    """Intervals.icu did not accept the request (400, 405, 422); words: ``reason``."""

    code = "upstream_rejected"

    def __init__(
        self, detail: str = "", *, upstream_status: int = 422, **words: str
    ) -> None:
        super().__init__(detail, **words)
        self.upstream_status = upstream_status


class UpstreamBusy(UpstreamError):
    """The quota is used up (429); ``retry_after_s`` says for how long."""

    status = 503
    code = "upstream_busy"

    def __init__(self, detail: str = "", *, retry_after_s: int = 60) -> None:
        minutes = max(1, round(retry_after_s / 60))
        super().__init__(detail, wait_s=str(minutes * 60))
        self.retry_after_s = retry_after_s


class UpstreamDown(UpstreamError):
    """Intervals.icu cannot be reached, or answers with a 5xx."""

    code = "upstream_down"


class UpstreamSlow(UpstreamError):
    """Intervals.icu did not finish its answer within the time we give it."""

    status = 504
    code = "upstream_slow"


class UpstreamGarbage(UpstreamError):
    """The answer is not JSON, or larger than any answer should be."""

    code = "upstream_garbage"


class WriteLost(UpstreamError):
    """No answer came to a write, and reading back shows that it was not stored."""

    code = "write_lost"


class WriteUnknown(UpstreamError):
    """No answer came to a write, nor to the question what is stored now."""

    code = "write_unknown"
