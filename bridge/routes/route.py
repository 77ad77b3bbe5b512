"""What a door is: address, method, who may pass, what it takes and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

import msgspec
from flask import Response, request

from bridge.errors import BadParameter
from bridge.store.devices import Scope

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Param(Generic[T]):
    """One query parameter: its name, what it means and how it is read."""

    name: str
    about: str
    example: str
    parse: Callable[[str], T]

    def get(self) -> T | None:
        """Return the value sent, or None where it was not.

        Raises
        ------
        BadParameter
            If the value is not understood.
        """
        sent = request.args.get(self.name)
        if sent is None:
            return None
        try:
            return self.parse(sent)
        except (ValueError, OverflowError) as error:
            raise BadParameter(
                f"{self.name}: {error}", name=self.name, example=self.example
            ) from error


@dataclass(frozen=True, slots=True)
class Route:
    """One door. The list of all doors is :mod:`bridge.routes.table`."""

    method: Method
    path: str
    view: Callable[..., Response]
    params: tuple[Param[Any], ...] = ()
    scope: Scope | None = "read"  # None: open to everybody
    answer: type[msgspec.Struct] | None = None
    items: type[msgspec.Struct] | None = None
    other_params: bool = False  # what it does not know goes on to upstream
    produces: str = "application/json"

    @property
    def endpoint(self) -> str:
        """Return the name Flask knows the door by."""
        return f"{self.method} {self.path}"
