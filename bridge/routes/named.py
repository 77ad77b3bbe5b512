"""What a table of routes names, and what is imported when it is wanted first.

A process that answers one question does without the modules of all others; a start does
without any. ``tests/contracts/test_start.py`` imports every name of both tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class Named(Generic[T]):
    """An attribute that is set to a name, and read as what the name stands for.

    ``api.activity.laps:index`` in the package ``bridge.routes`` is the function
    ``index`` of the module ``bridge.routes.api.activity.laps``. Where nothing is named
    it is None.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def __set_name__(self, _owner: type, attribute: str) -> None:
        self._attribute = attribute

    @overload
    def __get__(self, holder: None, owner: type) -> str: ...

    @overload
    def __get__(self, holder: object, owner: type) -> T: ...

    def __get__(self, holder: object | None, owner: type) -> str | T:
        if holder is None:
            return ""  # what a dataclass takes for the default
        meant: Any = holder.__dict__[self._attribute]
        if isinstance(meant, str):
            meant = self._imported(meant)
            holder.__dict__[self._attribute] = meant
        found: T = meant
        return found

    def __set__(self, holder: object, name: str) -> None:
        holder.__dict__[self._attribute] = name

    def _imported(self, name: str) -> Any:
        if not name:
            return None
        module, _, what = name.partition(":")
        return getattr(import_module(f"{self._package}.{module}"), what)
