"""The built shortcuts, as the running bridge reads them.

They are built once, before a release, and lie in ``shortcuts/`` at the top of a
checkout; ``files`` beside this module is a link to that folder, and in the installed
package it is a plain folder. Nothing here needs the builder or its tools.

A file is only ever found by its entry in the index, never by putting together a path
from what somebody asked for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).with_name("files")
EXTENSION = ".shortcut"
HUB = "training"  # slug of the one that serves everybody
CONTENT_TYPE = "application/x-apple-shortcut"
UNSIGNED = "an iPhone will refuse it until a Mac has signed it"


class BuiltFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file in one language; ``signed`` is "yes" or "no", ``icloud`` may be ""."""

    file: str
    bytes: int
    sha256: str
    signed: str
    signed_file: str = ""
    icloud: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One shortcut of the catalogue, as the index describes it.

    ``tries`` is the request that shows what it says; "" for one that writes. ``advice``
    is what to know before the first run, ``triggers`` the automations it is made for.
    """

    slug: str
    version: int
    scope: str
    colour: str
    glyph: str
    surfaces: tuple[str, ...]
    disabled_on_lock_screen: str
    translated: str
    requests: tuple[str, ...]
    tries: str
    recipe: str
    names: dict[str, str]
    about: dict[str, str]
    advice: dict[str, str]
    triggers: tuple[str, ...]
    files: dict[str, BuiltFile]


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """All shortcuts, in the order of the gallery."""

    languages: tuple[str, ...]
    shortcuts: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A shortcut to send: its name without extension, its bytes, is it signed."""

    entry: Entry

    name: str
    content: bytes
    signed: bool


@cache
def names_of_requests() -> dict[str, dict[str, str]]:
    """Return the name of the first shortcut that sends a request, by language."""
    found: dict[str, dict[str, str]] = {"GET /v1/ask": {}}
    entries = read_index().shortcuts
    for entry in (*entries, *(each for each in entries if each.slug == HUB)):
        path = entry.tries.partition("?")[0] or (
            "GET /v1/ask" if entry.slug == HUB else ""
        )
        if path and not found.get(path):
            found[path] = entry.names
    return found


def read_index(folder: Path = FOLDER) -> Index:
    """Read the index of all built shortcuts."""
    return msgspec.json.decode((folder / "index.json").read_bytes(), type=Index)


def find_entry(index: Index, language: str, name: str) -> Entry | None:
    """Find a shortcut by its name in a language, or by its slug."""
    wanted = unicodedata.normalize("NFC", name).removesuffix(EXTENSION)
    for entry in index.shortcuts:
        if wanted in (entry.slug, entry.names.get(language)):
            return entry
    return None


def read_download(
    language: str, name: str, folder: Path = FOLDER, index: Index | None = None
) -> Download | None:
    """Read the file to send: the signed one where it exists.

    Parameters
    ----------
    language
        One of the index's languages.
    name
        Name or slug, with or without ``.shortcut``.
    folder
        Where the built files lie.
    index
        The index, when it was read before.

    Returns
    -------
    Download or None
        None when there is no such language or shortcut.
    """
    entry = find_entry(index or read_index(folder), language, name)
    built = entry.files.get(language) if entry else None
    if entry is None or built is None:
        return None
    signed = built.signed == "yes"
    content = (folder / (built.signed_file if signed else built.file)).read_bytes()
    return Download(entry, entry.names[language], content, signed)


def read_recipe(
    slug: str, folder: Path = FOLDER, index: Index | None = None
) -> bytes | None:
    """Read the recipe of a shortcut: JSON, every action in order."""
    for entry in (index or read_index(folder)).shortcuts:
        if entry.slug == slug:
            return (folder / entry.recipe).read_bytes()
    return None
