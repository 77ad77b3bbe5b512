"""What a route is: address, method, who may pass, what it takes and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

import msgspec
from flask import Response, current_app, request

from bridge.domain.flat import Scalar
from bridge.domain.inputs import InputError, Limits, Mistake, refused
from bridge.errors import BadParameter
from bridge.routes.named import Named
from bridge.services import Failures, state

if TYPE_CHECKING:
    from bridge.store.devices import Scope

    # Who may pass: a device of that scope; "view" is one that reads, or a view key;
    # "webhook" is Intervals.icu, by what stands in the path and in the body.
    Guard = Scope | Literal["view", "webhook"]

TABLE = "bridge.routes"  # where it is in the app's extensions
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

# How an answer may be given again, in front of Flask, for up to a minute:
# "moment": it speaks of the hour, and is over with the minute; "day": with the day;
# "lasting": hardly ever changes, and may be five minutes old while it is made anew.
Keep = Literal["moment", "day", "lasting"]
KEEPING = "bridge.keeping"  # where it stands in the environ that it may be kept

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Param(Generic[T]):
    """One query parameter: its name, what it means and how it is read."""

    name: str
    about: str
    example: str
    parse: Callable[[str], T]
    required: bool = False  # the route says so itself, with an example

    def get(self) -> T | None:
        """Return the value sent, or None where it was not; read once a request.

        Raises
        ------
        BadParameter
            If the value is not understood.
        """
        parsed = state().params
        if self not in parsed:
            parsed[self] = self._parsed()
        found: T | None = parsed[self]
        return found

    def _parsed(self) -> T | None:
        sent = request.args.get(self.name)
        if sent is None or not sent.strip():
            return None  # not asked, or a question that was skipped
        try:
            return self.parse(sent)
        except InputError as error:
            if error.mistake is Mistake.DAY_OR_MONTH:
                raise refused(self.name, error) from error
            raise self._refusal(error) from error
        except (ValueError, OverflowError) as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> BadParameter:
        return BadParameter(
            f"{self.name}: {error}", name=self.name, example=self.example
        )


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body: its name, what it means, and a value that works."""

    name: str
    about: str
    example: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a writing route takes, as JSON, as a form or in the query.

    Attributes
    ----------
    fields
        All it knows; anything else is refused with the nearest name.
    computed
        Names that upstream works out by itself, refused as such.
    meant
        Names people may send, and the field that each means.
    limits
        How large the body may be.
    raw
        The body is a file, so that all fields come in the query.
    own
        Tells of another name whether it is a field of the athlete's own.
    """

    fields: tuple[Field, ...]
    computed: frozenset[str] = frozenset()
    meant: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    raw: bool = False
    own: Callable[[str], bool] | None = None

    def knows(self, name: str) -> bool:
        """Tell whether a field may be sent."""
        return name in self.names or (self.own is not None and self.own(name))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(each.name for each in self.fields)


@dataclass(frozen=True, slots=True)
class Keeping:
    """That an answer may be given again, to whom, and how old its parts are."""

    how: Keep
    scope: Scope
    oldest_at: datetime


@dataclass(frozen=True, eq=False)
class Route:
    """One route. The list of all is :mod:`bridge.routes.table`.

    What answers it is named there, and imported with its first request.
    """

    method: Method
    path: str
    view: Named[Callable[..., Response]] = Named("bridge.routes")
    params: tuple[Param[Any], ...] = ()
    scope: Guard | None = "read"  # None: open to everybody
    answer: Named[type[msgspec.Struct] | None] = Named("bridge.domain")
    items: Named[type[msgspec.Struct] | None] = Named("bridge.domain")
    may_be_none: bool = False  # there may be no record to answer with: a count instead
    other_params: bool = False  # what it does not know goes on to upstream
    produces: str = "application/json"
    body: Named[Body | None] = Named(
        "bridge.routes"
    )  # of one that writes: what it takes
    alike: bool = True  # the same for all devices that ask it at once
    once: bool = True  # the same body again is a repeat, not another wish
    failures: Failures = "asked"  # how it answers whom it let in
    kept: Keep | None = None  # whether its bytes may be given again

    @property
    def endpoint(self) -> str:
        """Return the name Flask knows the route by."""
        return f"{self.method} {self.path}"


def routes_of_app() -> Sequence[Route]:
    """Return the table of the running app."""
    found: Sequence[Route] = current_app.extensions[TABLE]
    return found
