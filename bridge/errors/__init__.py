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

from bridge.errors.asked import (
    BadBody,
    BadIdempotencyKey,
    BadParameter,
    BadRange,
    BadRequest,
    BodyTooLarge,
    NotFlat,
    ParametersClash,
    RangeTooLong,
    RepeatedColumn,
    RepeatedParameter,
    SecretField,
    UnknownColumn,
    UnknownFile,
    UnknownParameter,
    UnsupportedBody,
    WrongMethod,
)
from bridge.errors.base import (
    BridgeError,
    ConfigError,
)
from bridge.errors.fields import (
    BadField,
    BarePace,
    BeyondBounds,
    DayToCome,
    EndBeforeStart,
    FieldsClash,
    MissingField,
    NeedsValue,
    NoFieldsTaken,
    NothingToWrite,
    NotRising,
    OpenEnd,
    OutOfBounds,
    ReadOnlyField,
    UnclearWorkout,
    UnknownField,
    WattsAsPercent,
    WorkoutPartMissing,
    WrongCount,
)
from bridge.errors.found import (
    BadId,
    NoActivity,
    NoEvent,
    NoLatest,
    NoLatestOfType,
    NotFound,
    NothingPlanned,
    NoZones,
    StravaOnly,
    UnknownPath,
    UnknownUpstreamPath,
)
from bridge.errors.let_in import (
    NoApiKey,
    NotSignedIn,
    ScopeTooSmall,
    StoreDown,
    TokenExpired,
    TokenForged,
    TokenRevoked,
    VaultClosed,
)
from bridge.errors.upstream import (
    UpstreamBusy,
    UpstreamDown,
    UpstreamError,
    UpstreamForbidden,
    UpstreamGarbage,
    UpstreamRefused,
    UpstreamRejected,
    UpstreamSlow,
    WriteLost,
    WriteUnknown,
)
from bridge.errors.written import (
    AlreadyDone,
    DayLocked,
    KeyReused,
    KnownFile,
    NotKept,
    StillWriting,
)

__all__ = [
    "AlreadyDone",
    "BadBody",
    "BadField",
    "BadId",
    "BadIdempotencyKey",
    "BadParameter",
    "BadRange",
    "BadRequest",
    "BarePace",
    "BeyondBounds",
    "BodyTooLarge",
    "BridgeError",
    "ConfigError",
    "DayLocked",
    "DayToCome",
    "EndBeforeStart",
    "FieldsClash",
    "KeyReused",
    "KnownFile",
    "MissingField",
    "NeedsValue",
    "NoActivity",
    "NoApiKey",
    "NoEvent",
    "NoFieldsTaken",
    "NoLatest",
    "NoLatestOfType",
    "NoZones",
    "NotFlat",
    "NotFound",
    "NotKept",
    "NotRising",
    "NotSignedIn",
    "NothingPlanned",
    "NothingToWrite",
    "OpenEnd",
    "OutOfBounds",
    "ParametersClash",
    "RangeTooLong",
    "ReadOnlyField",
    "RepeatedColumn",
    "RepeatedParameter",
    "ScopeTooSmall",
    "SecretField",
    "StillWriting",
    "StoreDown",
    "StravaOnly",
    "TokenExpired",
    "TokenForged",
    "TokenRevoked",
    "UnclearWorkout",
    "UnknownColumn",
    "UnknownField",
    "UnknownFile",
    "UnknownParameter",
    "UnknownPath",
    "UnknownUpstreamPath",
    "UnsupportedBody",
    "UpstreamBusy",
    "UpstreamDown",
    "UpstreamError",
    "UpstreamForbidden",
    "UpstreamGarbage",
    "UpstreamRefused",
    "UpstreamRejected",
    "UpstreamSlow",
    "VaultClosed",
    "WattsAsPercent",
    "WorkoutPartMissing",
    "WriteLost",
    "WriteUnknown",
    "WrongCount",
    "WrongMethod",
]
