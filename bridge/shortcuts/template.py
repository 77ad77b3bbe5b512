"""What a shortcut is before it becomes a file: a template made of steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any

LANGUAGES = ("en", "de", "fr", "es")

Words = str | Mapping[str, str]
"""A text: the same for everybody, or one for each language.

``{Name}`` inside stands for the output called *Name* of an earlier step,
``{Name.Detail}`` for a detail of it, one line for each item, and ``{Name[key]}`` for
what a dictionary has at a key. ``{Shortcut Input}`` is what the share sheet hands over,
``{Repeat Item}`` the item of a loop at hand. ``{slug}``, ``{version}``, ``{name}`` and
``{about}`` stand for what the template says of itself.
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A text field that may hold variables."""

    words: Words


@dataclass(frozen=True, slots=True)
class Plain:
    """A text field in which Shortcuts reads no variables (menu titles)."""

    words: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that the app offers: to be chosen, never typed."""

    word: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Those of several values that are switched on, where more than one can be."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """The list of titles of a menu, or the rows of a list."""

    rows: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A field that holds one earlier output and nothing else."""

    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What an If looks at: one earlier output, in a wrapping of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of an earlier step with its unit, as Log Health Sample wants it."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Keys and texts: the headers or the JSON body of a request."""

    items: Mapping[str, Words]


Value = (
    Text
    | Plain
    | Choice
    | Choices
    | Titles
    | Variable
    | Subject
    | Quantity
    | Fields
    | bool
    | int
    | dict[str, Any]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of an action: Apple's key, its value, its label in the app.

    A field without a label is not shown to people who build by hand, because the
    app sets it by itself.
    """

    key: str
    value: Value
    label: str = ""


class Flow(IntEnum):
    """Where a step stands in a block (Apple's ``WFControlFlowMode``)."""

    START = 0
    MIDDLE = 1
    END = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a shortcut.

    ``output`` is Apple's name for what the action yields ("" yields nothing) and
    ``name`` is what this template calls it, so that later steps can write ``{name}``.
    """

    action: str
    title: str
    fields: tuple[Field, ...] = ()
    output: str = ""
    name: str = ""
    flow: Flow | None = None


class Colour(Enum):
    """The colours of the Shortcuts app that we use, as its files store them."""

    RED = 4282601983
    ORANGE = 4271458815
    YELLOW = 4274264319
    GREEN = 4292093695
    TEAL = 431817727
    BLUE = 463140863
    VIOLET = 2071128575
    PINK = 3980825855
    GRAY = 3031607807


class Glyph(Enum):
    """The symbols of the Shortcuts app that we use, as its files store them."""

    BICYCLE = 59668
    CALENDAR = 59681
    CHART = 59662
    CHECKMARK = 59690
    FLAG = 59736
    FLAME = 59734
    GEAR = 59743
    HEART = 59754
    MIC = 59780
    PAGE = 59726
    PERSON = 59801
    RUNNER = 59808
    SAVE = 59693
    SHUFFLE = 59832
    SLIDERS = 59833
    SMILE = 59834
    STAR = 59841
    STETHOSCOPE = 59843
    STOPWATCH = 59844
    STRENGTH = 59807
    SUN = 59845


class Surface(Enum):
    """Where a shortcut is offered beside the app and Siri."""

    # Spotlight finds it, on the iPhone and the Mac.
    SEARCH = "WFWorkflowTypeShowInSearch"
    SHARE = "ActionExtension"
    WIDGET = "NCWidget"
    # shortcutkit documents "WatchKit"; every real file seen has "Watch".
    WATCH = "Watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortcutTemplate:
    """One shortcut: how it is called, what it promises, what it does.

    ``names`` are file name, shortcut name and Siri phrase in one. A template that is
    not ``translated`` only speaks the server's words: one file serves all languages.
    ``examples`` fill the address where the athlete is asked for a part of it.
    ``short`` is the form to build by hand, where it is not simply the request and its
    sentence. ``advice`` is what one has to know before the first run, and ``triggers``
    are the automations that it is made for, by their names in ``words/``.
    """

    slug: str
    names: Mapping[str, str]
    about: Mapping[str, str]
    glyph: Glyph
    colour: Colour
    steps: tuple[Step, ...]
    scope: str = "read"
    version: int = 1
    translated: bool = False
    examples: Mapping[str, str] = field(default_factory=dict)
    disabled_on_lock_screen: bool = False
    surfaces: tuple[Surface, ...] = (Surface.SEARCH, Surface.WIDGET, Surface.WATCH)
    short: tuple[Step, ...] = ()
    advice: Mapping[str, str] = field(default_factory=dict)
    triggers: tuple[str, ...] = ()
