"""A field of the body has a value that cannot be written."""

from __future__ import annotations

from bridge.errors.base import BridgeError


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
    """A dictated workout is not understood; words: ``part``, ``sentence``."""

    code = "unclear_workout"


class WorkoutPartMissing(UnclearWorkout):
    """A dictated workout lacks a part; words: ``part``, ``sentence``."""

    code = "workout_part_missing"
