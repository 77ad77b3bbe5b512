"""What can be written: how one kind of thing is read, changed, made and removed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values, differing


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing, and what shall become of it.

    ``before`` and ``wanted`` hold the fields that change, under our own names, and
    nothing else. ``before`` is None for what is to be made, ``wanted`` for what is
    to be removed. What ``must_note`` stands in the journal even where nothing
    differs.
    """

    target: str  # a day, or upstream's id; "" for what is to be made
    before: Values | None
    wanted: Values | None
    must_note: bool = False

    @classmethod
    def of(
        cls, target: str, now: Values, wanted: Values, *, must_note: bool = False
    ) -> Change:
        """Return the change of fields of a thing that is ``now``."""
        before = {name: now.get(name) for name in wanted}
        return cls(target=target, before=before, wanted=wanted, must_note=must_note)

    @classmethod
    def making(cls, wanted: Values) -> Change:
        """Return the change that makes a new thing."""
        return cls(target="", before=None, wanted=wanted)

    @classmethod
    def removing(cls, target: str, now: Values) -> Change:
        """Return the change that removes a thing which is ``now``."""
        return cls(target=target, before=now, wanted=None)

    @property
    def is_idle(self) -> bool:
        """Tell whether it is so already: there is nothing to take back then."""
        if self.must_note or self.before is None or self.wanted is None:
            return False
        return not differing(self.wanted, self.before)


class Writable(ABC):
    """One kind of thing at Intervals.icu that can be written.

    It is :class:`Changeable` or :class:`Makeable`, or both. Every method asks
    upstream, once and without a cache. ``read`` raises when it cannot know; the
    others raise UpstreamDown, UpstreamSlow or UpstreamGarbage where it is not known
    whether they were obeyed, and anything else where they were not.
    """

    name: ClassVar[str]  # stands in the journal
    lasting: ClassVar[bool] = False  # it cannot be taken back
    empties: ClassVar[bool] = True  # what was empty can be emptied again
    # How it is said that what was made is removed again, or would be.
    removed: ClassVar[tuple[str, str]] = ("undo.removed", "undo.would_remove")

    @abstractmethod
    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        """Return the fields of each target as they are now; None: not there."""

    @abstractmethod
    def say(self, target: str, values: Values, voice: Voice) -> str:
        """Say values of a target, such as ``Weight 72.5 kilograms.``."""

    def say_title(self, target: str, values: Values, voice: Voice) -> str:
        """Say what a thing is called that was made or removed: ``Strength today``."""
        return self.say(target, values, voice).rstrip(".")

    def say_back(
        self, target: str, values: Values, voice: Voice, *, preview: bool
    ) -> str | None:
        """Say in a sentence of its own what is restored; None: value by value."""
        del target, values, voice, preview
        return None

    def say_field(self, name: str, voice: Voice) -> str:
        """Say what a field is called in a sentence: ``the weight``."""
        return voice.field(name)

    def recall(self, values: Values) -> Values:
        """Return values of the journal, which an earlier version may have noted."""
        return values


class Changeable(Writable):
    """A thing whose fields can be changed."""

    @abstractmethod
    def change(self, wanted: Mapping[str, Values]) -> None:
        """Send the fields that change, all targets in one call; None empties one."""


class Makeable(Writable):
    """A thing that can be made and removed."""

    @abstractmethod
    def make(self, values: Values) -> str:
        """Make a new thing and return its id."""

    @abstractmethod
    def remove(self, target: str) -> None:
        """Remove a thing."""

    @abstractmethod
    def find(self, values: Values) -> str | None:
        """Return the id of what ``make`` made although its answer was lost."""
