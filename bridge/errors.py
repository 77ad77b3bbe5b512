"""Every way an answer can fail; each failure knows its status and its words.

The tree::

    BridgeError                      500  bridge_error
    ├── ConfigError                  refuses to start; never reaches a phone
    │   └── DatabaseAway             refuses a command; a server waits and tries again
    ├── BadRequest                   400  bad_request
    │   ├── BadParameter             400  bad_parameter
    │   │   ├── UnknownColumn        400  unknown_column
    │   │   └── RepeatedColumn       400  repeated_column
    │   ├── UnknownParameter         400  unknown_parameter
    │   ├── RepeatedParameter        400  repeated_parameter
    │   ├── ParametersClash          400  parameters_clash
    │   ├── BadRange                 400  bad_range
    │   │   └── RangeTooLong         400  range_too_long
    │   ├── CursorAhead              400  cursor_ahead
    │   ├── BadIdempotencyKey        400  bad_idempotency_key
    │   └── BadBody                  400  bad_body
    │       └── CurlyQuotes          400  curly_quotes
    ├── BadField                     422  bad_field
    │   ├── MetresOrMinutes          422  metres_or_minutes
    │   ├── VeryLong                 422  very_long
    │   ├── UnknownField             422  unknown_field
    │   │   └── NoFieldsTaken        422  no_fields_taken
    │   ├── ReadOnlyField            422  read_only_field
    │   ├── NothingToWrite           422  nothing_to_write
    │   ├── MissingField             422  missing_field
    │   ├── NoSentence               422  no_sentence
    │   ├── FieldsClash              422  fields_clash
    │   ├── OutOfBounds              422  out_of_bounds
    │   ├── BeyondBounds             422  beyond_bounds
    │   ├── EndBeforeStart           422  end_before_start
    │   ├── DayIsPast                422  day_is_past
    │   ├── DayToCome                422  day_to_come
    │   ├── OtherCalendar            422  other_calendar
    │   ├── UnclearDate              422  unclear_date
    │   ├── NeedsValue               422  needs_value
    │   ├── NotRising                422  not_rising
    │   ├── OpenEnd                  422  open_end
    │   ├── WrongCount               422  wrong_count
    │   ├── WattsAsPercent           422  watts_as_percent
    │   ├── BarePace                 422  bare_pace
    │   ├── WhichDay                 422  which_day
    │   ├── UnclearWorkout           422  unclear_workout
    │   │   ├── AmbiguousWorkout     422  ambiguous_workout
    │   │   ├── WorkoutInPast        422  workout_in_past
    │   │   ├── WorkoutOutOfRange    422  workout_out_of_range
    │   │   ├── OneSportAtATime      422  one_sport_at_a_time
    │   │   └── WorkoutPartMissing   422  workout_part_missing
    │   ├── NotUnderstood            422  not_understood
    │   ├── TwoWishes                422  two_wishes
    │   ├── LeftOver                 422  left_over
    │   ├── AskWithPost              422  ask_with_post
    │   └── Doubtful                 422  doubtful
    ├── NoZones                      422  no_zones
    ├── KeyReused                    422  key_reused
    ├── StillWriting                 409  still_writing
    ├── KnownFile                    409  known_file
    ├── AlreadyDone                  409  already_done
    ├── WorkoutAhead                 409  workout_ahead
    ├── ChangedSince                 409  changed_since
    ├── NotKept                      409  not_kept
    │   └── DayLocked                409  day_locked
    ├── BodyTooLarge                 413  body_too_large
    ├── FileRefused                  422  file_refused
    ├── UnsupportedBody              415  unsupported_body
    │   └── UnknownFile              415  unknown_file
    ├── NotSignedIn                  401  token_missing
    │   ├── HeaderUnclear            401  authorization_unclear
    │   ├── TokenForged              401  token_invalid
    │   ├── TokenExpired             401  token_expired
    │   └── TokenRevoked             401  token_revoked
    ├── ScopeTooSmall                403  scope_too_small
    ├── TooManyTries                 429  too_many_tries
    ├── NoRecord                     404  not_found
    │   ├── BadId                    404  bad_id
    │   ├── NoActivity               404  no_activity
    │   ├── NoActivityThen           404  no_activity_then
    │   ├── NoLatest                 404  no_latest
    │   │   └── NoLatestOfType       404  no_latest_of_type
    │   ├── NothingPlanned           404  nothing_planned
    │   ├── NoEvent                  404  no_event
    │   ├── NoFile                   404  no_file
    │   ├── NoTrack                  404  no_track
    │   ├── NoSteps                  404  no_steps
    │   ├── NoWorkoutFile            404  no_workout_file
    │   ├── OtherId                  404  other_id
    │   ├── NoSuchEntry              404  no_such_entry
    │   ├── NoQuestion               404  no_question
    │   ├── UnknownPath              404  unknown_path
    │   ├── UnknownCard              404  unknown_card
    │   ├── UnknownKey               404  unknown_key
    │   ├── UnknownWebhook           404  unknown_webhook
    │   └── UnknownUpstreamPath      404  unknown_upstream_path
    ├── WrongMethod                  405  wrong_method
    ├── StravaOnly                   422  strava_only
    ├── SecretField                  422  secret_field
    ├── NotFlat                      422  not_flat
    ├── StoreDown                    503  store_down
    ├── VaultClosed                  503  vault_closed
    ├── NoApiKey                     503  no_api_key
    ├── PicturesBusy                 503  pictures_busy
    ├── PicturesMissing              503  pictures_missing
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

``error.<code>`` is the phrase in each language's file that says what happened and what
to do; ``hint`` is for who builds a shortcut, and English. ``words`` fill both.
``detail`` is for the log and never leaves the server; neither may hold a key or a
token.
"""

from __future__ import annotations

from typing import ClassVar

LONGEST_RETRY_S = 900  # for machines: ask now and then before a day's quota ends
_SHORTEST_MINUTE_S = 30  # less is said in seconds
_LONGEST_WAIT_S = 86_400  # nobody waits longer than a day for a day's quota


class BridgeError(Exception):
    """A failure that the phone can read aloud as it is.

    Parameters
    ----------
    detail
        For the log only: what was seen, without secrets.
    words
        Values for the placeholders of the phrase and of the hint.
    """

    status: int = 500
    code: ClassVar[str] = "bridge_error"
    hint: ClassVar[str] = "Look at the log of the bridge for the time of this answer."

    def __init__(self, detail: str = "", **words: str) -> None:
        super().__init__(detail or self.code)
        self.detail = detail
        self.words = words

    @property
    def phrase(self) -> str:
        """Return the key of the sentence in each language's file."""
        return f"error.{self.code}"

    @property
    def filled_hint(self) -> str:
        """Return the hint with its words filled in."""
        return self.hint.format(**self.words)


class ConfigError(BridgeError):
    """The settings cannot work; ``detail`` says which and what to do."""

    code = "config_error"


class DatabaseAway(ConfigError):
    """The database cannot be opened, now; what stands in the settings may be right."""

    code = "database_away"


class BadRequest(BridgeError):
    """The request itself is malformed."""

    status = 400
    code = "bad_request"
    hint = "All addresses are listed at /docs."


class BadParameter(BadRequest):
    """A query or path value is not understood; words: ``name``, ``example``."""

    code = "bad_parameter"
    hint = "For example {name}={example}"


class UnknownColumn(BadParameter):
    """A column no activity has; words: ``column``, ``nearest``, ``known``."""

    code = "unknown_column"
    hint = "No column {column}; perhaps {nearest}. Known here: {known}"


class RepeatedColumn(BadParameter):
    """A column was named twice; words: ``column``."""

    code = "repeated_column"
    hint = "Keep one {column} in columns=…"


class UnknownParameter(BadRequest):
    """A query parameter not known here; words: ``name``, ``nearest``, ``known``."""

    code = "unknown_parameter"
    hint = "No parameter {name}; perhaps {nearest}. Known here: {known}"


class RepeatedParameter(BadRequest):
    """A query parameter was sent twice; words: ``name``."""

    code = "repeated_parameter"
    hint = "Keep one {name}=… in the address."


class ParametersClash(BadRequest):
    """Two query parameters that contradict each other; words: ``name``, ``other``."""

    code = "parameters_clash"
    hint = (
        "A single day: day=2026-11-23. More days: oldest=2026-11-01&newest=2026-11-23"
    )


class BadRange(BadRequest):
    """Newest is before oldest."""

    code = "bad_range"
    hint = "For example oldest=2026-11-01&newest=2026-11-23"


class RangeTooLong(BadRange):
    """More days than this route looks at; words: ``days``."""

    code = "range_too_long"
    hint = "Ask for one year, then for the next."


class CursorAhead(BadRequest):
    """A cursor that no change here ever had; words: ``newest``."""

    code = "cursor_ahead"
    hint = "The newest change here has the cursor {newest}; cursor=0 begins again."


class BadIdempotencyKey(BadRequest):
    """The Idempotency-Key is empty, too long or not printable ASCII."""

    code = "bad_idempotency_key"
    hint = "A new random text for each new change, like a UUID."


class BadBody(BadRequest):
    """The body is not what its type says, or too deep or odd to read."""

    code = "bad_body"
    hint = 'For example {{"weight_kg": 72.5}}'


class CurlyQuotes(BadBody):
    """The text would be JSON if its quotes were straight, as no phone types them."""

    code = "curly_quotes"
    hint = "Choose JSON as the request body and add the fields there, one by one."


class BadField(BridgeError):
    """A body field has a value we cannot use; words: ``name``, ``example``."""

    status = 422
    code = "bad_field"
    hint = "For example {name}: {example}"


class MetresOrMinutes(BadField):
    """Minutes that look like metres; words: ``seen``, ``meant``."""

    code = "metres_or_minutes"
    hint = "{seen} is minutes, {meant} is metres. To plan it as it is, send sure: yes"


class VeryLong(BadField):
    """A workout of over eight hours; words: ``length_s``, said as ``length``."""

    code = "very_long"
    hint = "To plan it as it is, send sure: yes"


class UnknownField(BadField):
    """A body field this route does not know; words: ``name``, ``nearest``."""

    code = "unknown_field"
    hint = "No field {name}; perhaps {nearest}"


class NoFieldsTaken(UnknownField):
    """A body field where none is taken; words: ``name``."""

    code = "no_fields_taken"
    hint = "Send no {name}; no body, or preview alone."


class ReadOnlyField(BadField):
    """A body field that Intervals.icu computes by itself; words: ``name``."""

    code = "read_only_field"
    hint = "Leave {name} out and send the rest again."


class NothingToWrite(BadField):
    """No field came that could be written; words: ``name``, ``example``."""

    code = "nothing_to_write"
    hint = "For example {example}"


class MissingField(BadField):
    """A field that this cannot do without; words: ``name``, ``example``."""

    code = "missing_field"
    hint = "For example {name}: {example}"


class NoSentence(BadField):
    """Ask was sent no sentence; words: ``name``, ``example``, ``sentence``."""

    code = "no_sentence"
    hint = "For example {name}: {example}"


class FieldsClash(BadField):
    """Two fields that say the same or contradict; words: ``name``, ``other``."""

    code = "fields_clash"
    hint = "Leave {other} out, or {name}."


class OutOfBounds(BadField):
    """A number beyond what can be; words: ``name``, ``low``, ``high``."""

    code = "out_of_bounds"
    hint = "{name} between {low} and {high}"


class BeyondBounds(BadField):
    """A value that nobody can have; words: ``name``, ``example``."""

    code = "beyond_bounds"
    hint = "For example {name}: {example}"


class EndBeforeStart(BadField):
    """An entry would end before it begins; words: ``name``, ``example``."""

    code = "end_before_start"
    hint = "For example {name}: {example}"


class DayIsPast(BadField):
    """A day before today, for what is to be done; words: ``name``, ``day``."""

    code = "day_is_past"
    hint = "For example {name}: tomorrow"


class DayToCome(BadField):
    """A day that has not come yet, where something was measured."""

    code = "day_to_come"
    hint = "For example day: yesterday"


class OtherCalendar(BadField):
    """A date of a calendar that is not the Gregorian; words: ``year``."""

    code = "other_calendar"
    hint = "A date needs a Gregorian year; the phone sent {year}."


class UnclearDate(BadField):
    """Day and month as two numbers that could be either; words: ``name``."""

    code = "unclear_date"
    hint = "Send {name} as yyyy-MM-dd, or with the month's name."


class NeedsValue(BadField):
    """An entry that says nothing without a value this cannot write."""

    code = "needs_value"
    hint = "Choose another category, such as note or plan."


class NotRising(BadField):
    """Zone limits that do not rise; words: ``name``, ``value``, ``after``."""

    code = "not_rising"
    hint = "Each upper limit is larger than the one before."


class OpenEnd(BadField):
    """The last zone has another end than it must have; words: ``name``, ``last``."""

    code = "open_end"
    hint = "999 means no limit; heart rate zones end with max_hr_bpm."


class WrongCount(BadField):
    """A list of another length than it must have; words: ``name``, ``count``."""

    code = "wrong_count"
    hint = "Send limits and names together, equally many."


class WattsAsPercent(BadField):
    """Watts where percent of FTP belong; words: ``name``, ``value``."""

    code = "watts_as_percent"
    hint = "One limit in watts: zone=2&to_w={value}"


class BarePace(BadField):
    """A pace that may be for a mile or a kilometre; words: ``name``, ``example``."""

    code = "bare_pace"
    hint = "For example {name}: {example}"


class WhichDay(BadField):
    """What was said can be several days; words: ``days``, ``name``, ``example``."""

    code = "which_day"
    hint = "Say one of them: {days}."


class UnclearWorkout(BadField):
    """A dictated workout is not understood; words: ``part``, ``sentence``."""

    code = "unclear_workout"
    hint = "{sentence}"


class AmbiguousWorkout(UnclearWorkout):
    """A part of a dictated workout can be two things; words: ``part``, ``sentence``."""

    code = "ambiguous_workout"
    hint = "Say which one is meant."


class WorkoutInPast(UnclearWorkout):
    """A workout is dictated for a time that is over; words: ``part``, ``sentence``."""

    code = "workout_in_past"
    hint = "Plan it for a time to come."


class WorkoutOutOfRange(UnclearWorkout):
    """A part of a workout is beyond what can be; words: ``part``, ``sentence``."""

    code = "workout_out_of_range"
    hint = "Say it smaller, or in parts."


class OneSportAtATime(UnclearWorkout):
    """Two sports are dictated at once; words: ``part``, ``sentence``."""

    code = "one_sport_at_a_time"
    hint = "Plan one sport, then the other."


class WorkoutPartMissing(UnclearWorkout):
    """A dictated workout lacks a part; words: ``part``, ``sentence``."""

    code = "workout_part_missing"
    hint = "{sentence}"


class NotUnderstood(BadField):
    """A sentence that is none of the bridge's; words: ``first``, ``second``."""

    code = "not_understood"
    hint = "GET /v1/menu lists what can be asked."


class TwoWishes(BadField):
    """Two things were asked for at once; words: ``first``, ``second``."""

    code = "two_wishes"
    hint = "One wish in each request."


class LeftOver(BadField):
    """A number, day, sport or name that found no place; words: ``words``."""

    code = "left_over"
    hint = "Leave out: {words}"


class AskWithPost(BadField):
    """The sentence would write, and came with GET."""

    code = "ask_with_post"
    hint = "POST /v1/ask with the field text."


class Doubtful(BadField):
    """With confirm=never, what would have been asked; words: ``question``."""

    code = "doubtful"
    hint = "Leave confirm out, and answer the question."


class NoZones(BridgeError):
    """The sport has no zones of this kind yet; words: ``sport``, ``name``."""

    status = 422
    code = "no_zones"
    hint = "Send {name} as a list."


class KeyReused(BridgeError):
    """The Idempotency-Key was used for another request before."""

    status = 422
    code = "key_reused"
    hint = "Send a new Idempotency-Key with each new change."


class StillWriting(BridgeError):
    """The same request is being written at this moment."""

    status = 409
    code = "still_writing"
    hint = "Send the same request again: it is saved once only."


class KnownFile(BridgeError):
    """Intervals.icu has all of a file already; words: ``activity`` (its id)."""

    status = 409
    code = "known_file"
    hint = "/v1/activities/{activity} is what it became."


class AlreadyDone(BridgeError):
    """A workout that was done can be neither moved nor skipped; words: ``event``."""

    status = 409
    code = "already_done"
    hint = "/v1/events/{event} changes a workout that was done, too."


class WorkoutAhead(BridgeError):
    """A workout that lies ahead shall be done; words: ``workout``, ``day``."""

    status = 409
    code = "workout_ahead"
    hint = "confirm=yes marks it as done all the same."


class ChangedSince(BridgeError):
    """What an answered question would change is no longer as it was."""

    status = 409
    code = "changed_since"
    hint = "Ask again: the question showed what was there before."


class NotKept(BridgeError):
    """Intervals.icu took the values and kept none; words: ``names``."""

    status = 409
    code = "not_kept"
    hint = "Not kept: {names}. Enter it on the Intervals.icu page."


class DayLocked(NotKept):
    """The day is locked at Intervals.icu, which ignores writes; words: ``day``."""

    code = "day_locked"
    hint = "In Intervals.icu, open the wellness of {day} and unlock it."


class BodyTooLarge(BridgeError):
    """The body is larger than this route takes."""

    status = 413
    code = "body_too_large"
    hint = "An object with the few fields that change is enough."


class FileRefused(BridgeError):
    """Intervals.icu could not read a recording; words: ``reason``."""

    status = 422
    code = "file_refused"
    hint = "Intervals.icu says: {reason}"


class UnsupportedBody(BridgeError):
    """The Content-Type is none of those this route reads."""

    status = 415
    code = "unsupported_body"
    hint = "Send Content-Type: application/json"


class UnknownFile(UnsupportedBody):
    """The file is neither FIT, TCX nor GPX, by its own first bytes."""

    code = "unknown_file"
    hint = "Send the file itself as the body, not a link or an archive."


class NotSignedIn(BridgeError):
    """No device token came with the request."""

    status = 401
    code = "token_missing"
    hint = "Send Authorization: Bearer followed by the device token."


class HeaderUnclear(NotSignedIn):
    """The Authorization header is not one ``Bearer`` and one token."""

    code = "authorization_unclear"
    hint = "Send one header, Authorization, with the value: Bearer <token>"


class TokenForged(NotSignedIn):
    """The token is none of ours, was altered or cut short."""

    code = "token_invalid"
    hint = "A token begins with icb_ and has to be copied whole."


class TokenExpired(NotSignedIn):
    """The token was ours, and its time is over."""

    code = "token_expired"
    hint = "Run: bridge devices add NAME"


class TokenRevoked(NotSignedIn):
    """The token was ours, and its device was revoked."""

    code = "token_revoked"
    hint = "Run: bridge devices add NAME"


class ScopeTooSmall(BridgeError):
    """The device may not do this; words: ``scope`` (the one it needs)."""

    status = 403
    code = "scope_too_small"
    hint = "Run: bridge devices add NAME --scope {scope}"


class TooManyTries(BridgeError):
    """Too many wrong view keys came from one address within ten minutes."""

    status = 429
    code = "too_many_tries"
    hint = "A right key is taken at any time."
    retry_after_s: ClassVar[int] = 600


class NoRecord(BridgeError):
    """Intervals.icu has no such record."""

    status = 404
    code = "not_found"
    hint = "/v1/activities lists what there is, with ids."


class BadId(NoRecord):
    """The id in the path can be no record's id."""

    code = "bad_id"
    hint = "For example i123456789 or latest; copy it as it is."


class NoActivity(NoRecord):
    """There is no latest activity: nothing was done in the last year."""

    code = "no_activity"
    hint = "/v1/activities lists what there is, with ids."


class NoActivityThen(NoRecord):
    """There is no activity on the day that was named; words: ``day``."""

    code = "no_activity_then"
    hint = "/v1/activities lists what there is, with ids."


class NoLatest(NoRecord):
    """There is no latest activity to send a file of."""

    code = "no_latest"
    hint = "/v1/activities lists what there is, with ids."


class NoLatestOfType(NoLatest):
    """There is no activity of the type asked for."""

    code = "no_latest_of_type"
    hint = "/v1/activities lists what there is, with types."


class NothingPlanned(NoRecord):
    """There is no workout that is meant; words: ``day``."""

    code = "nothing_planned"
    hint = "/v1/events lists what there is, with ids."


class NoEvent(NoRecord):
    """The calendar has no such entry."""

    code = "no_event"
    hint = "/v1/events lists what there is, with ids."


class NoFile(NoRecord):
    """The activity was typed in by hand: nothing was recorded."""

    code = "no_file"
    hint = "Only what was recorded has files; its source is MANUAL."


class NoTrack(NoRecord):
    """The activity was recorded without GPS, so that there is no GPX file."""

    code = "no_track"
    hint = "as=fit works without GPS."


class NoSteps(NoRecord):
    """The workout has no steps to make a file of."""

    code = "no_steps"
    hint = "workout_text makes a workout with steps: POST /v1/workouts."


class NoWorkoutFile(NoRecord):
    """Intervals.icu makes no such file of this workout; words: ``format``."""

    code = "no_workout_file"
    hint = "as= may be zwo, mrc, erg or fit."


class OtherId(NoRecord):
    """No such activity, but one with nearly the same id; words: ``activity``."""

    code = "other_id"
    hint = "Copy activity_id as it is, with its letter: {activity}."


class NoSuchEntry(NoRecord):
    """The calendar has nothing of the sort that was named."""

    code = "no_such_entry"
    hint = "/v1/events lists what there is, with ids."


class NoQuestion(NoRecord):
    """No question of this device is open, or not this one."""

    code = "no_question"
    hint = "A question is open for five minutes, until the next sentence."


class UnknownPath(NoRecord):
    """The bridge has no such address; words: ``nearest``."""

    code = "unknown_path"
    hint = "The nearest: {nearest}. All addresses are listed at /docs."


class UnknownCard(NoRecord):
    """The bridge has no such card; words: ``known``."""

    code = "unknown_card"
    hint = "The cards: {known}."


class UnknownKey(NoRecord):
    """A view key that opens nothing: wrong, revoked, or no view key at all."""

    code = "unknown_key"
    hint = "Run: bridge views add NAME"


class UnknownWebhook(NoRecord):
    """A webhook under a wrong address, with a wrong secret, or while none is taken."""

    code = "unknown_webhook"
    hint = "Run: bridge config"


class UnknownUpstreamPath(NoRecord):
    """Intervals.icu has no such address; words: ``path``."""

    code = "unknown_upstream_path"
    hint = (
        "No {path}. Its addresses are listed at intervals.icu/api-docs.html; an id "
        "may be wrong too."
    )


class WrongMethod(BridgeError):
    """The address exists, the method does not; words: ``allowed``."""

    status = 405
    code = "wrong_method"
    hint = "Choose {allowed} in Get Contents of URL."


class StravaOnly(BridgeError):
    """The activity came through Strava, whose data upstream may not pass on."""

    status = 422
    code = "strava_only"
    hint = "In Intervals.icu: Settings, Connections."


class SecretField(BridgeError):
    """The body would write a credential; words: ``name``."""

    status = 422
    code = "secret_field"
    hint = "Leave {name} out and send the rest again."


class NotFlat(BridgeError):
    """The address answers with a file, which has no values to flatten."""

    status = 422
    code = "not_flat"
    hint = "/v1/flat reads JSON; /api/v1 passes files on as they are."


class StoreDown(BridgeError):
    """The database does not answer: locked, full, unreachable, broken or emptied."""

    status = 503
    code = "store_down"
    hint = "Look at the log of the bridge; check DATABASE_URL."


class VaultClosed(BridgeError):
    """A sealed key does not open: altered, moved, or its secret key is gone."""

    status = 503
    code = "vault_closed"
    hint = "The BRIDGE_SECRET_KEY that sealed it is gone."


class NoApiKey(BridgeError):
    """The bridge has no Intervals.icu API key yet."""

    status = 503
    code = "no_api_key"
    hint = "Or set INTERVALS_API_KEY and start the bridge again."


class PicturesBusy(BridgeError):
    """More pictures are asked for than are drawn at once."""

    status = 503
    code = "pictures_busy"
    hint = "Ask for the picture again in a few seconds."
    retry_after_s: ClassVar[int] = 5


class PicturesMissing(BridgeError):
    """Nothing is installed that makes PNG of a drawing, or it does not work."""

    status = 503
    code = "pictures_missing"
    hint = (
        "Install what draws beside the bridge: pip install 'pyvips[binary]', or "
        "resvg-py where there is no wheel of it. The address that ends in .svg works."
    )


class UpstreamError(BridgeError):
    """Intervals.icu did not give a usable answer."""

    status = 502
    code = "upstream_error"
    hint = "Ask /v1/doctor what is wrong."


class UpstreamRefused(UpstreamError):
    """Intervals.icu rejected the API key (401)."""

    code = "upstream_refused"
    hint = "Run: bridge doctor"


class UpstreamForbidden(UpstreamError):
    """Intervals.icu denied access (403): key, athlete id or record."""

    code = "upstream_forbidden"
    hint = "Run: bridge doctor"


class UpstreamRejected(UpstreamError):
    """Intervals.icu did not accept the request (400, 405, 422); words: ``reason``."""

    code = "upstream_rejected"
    hint = "Intervals.icu says: {reason}"

    def __init__(
        self, detail: str = "", *, upstream_status: int = 422, **words: str
    ) -> None:
        super().__init__(detail, **words)
        self.upstream_status = upstream_status


class UpstreamBusy(UpstreamError):
    """The quota is used up; ``retry_after_s``, 1 to 900, says when to ask again.

    Upstream said so (429), or the bridge's own budget, which is kept before that. The
    sentence says how long it wants to be left alone, at most a day.
    """

    status = 503
    code = "upstream_busy"
    hint = "The quota of the API key is used up for now."

    def __init__(self, detail: str = "", *, retry_after_s: int = 60) -> None:
        asked_s = min(max(retry_after_s, 1), _LONGEST_WAIT_S)
        is_short = asked_s < _SHORTEST_MINUTE_S
        wait_s = asked_s if is_short else max(1, round(asked_s / 60)) * 60
        super().__init__(detail, wait_s=str(wait_s))
        self.retry_after_s = min(asked_s, LONGEST_RETRY_S)


class UpstreamDown(UpstreamError):
    """Intervals.icu cannot be reached, or answers with a 5xx."""

    code = "upstream_down"
    hint = "If it lasts, ask /v1/doctor."


class UpstreamSlow(UpstreamError):
    """Intervals.icu did not finish its answer within the time we give it."""

    status = 504
    code = "upstream_slow"
    hint = "If it lasts, ask /v1/doctor."


class UpstreamGarbage(UpstreamError):
    """The answer is not JSON, or larger than any answer should be."""

    code = "upstream_garbage"
    hint = "If it lasts, ask /v1/doctor."


class WriteLost(UpstreamError):
    """No answer came to a write, and reading back shows that it was not stored."""

    code = "write_lost"
    hint = "Send the same request again."


class WriteUnknown(UpstreamError):
    """No answer came to a write, nor to the question what is stored now."""

    code = "write_unknown"
    hint = "Send the same request again in a minute."
