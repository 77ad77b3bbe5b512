"""Shortcut files: whoever asks for one gets it, signed where a signed one exists."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache
from urllib.parse import quote

from flask import Response

from bridge.errors import UnknownPath
from bridge.shortcuts.files import (
    CONTENT_TYPE,
    EXTENSION,
    Index,
    read_download,
    read_index,
)

_SPELLED = str.maketrans(
    {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"’": "'"}
)


@cache
def index() -> Index:
    """Return the index of the built shortcuts; they change with a release only."""
    return read_index()


def show(language: str, name: str) -> Response:
    """Send the shortcut itself: no token, no redirect, no page around it."""
    found = None
    if name.endswith(EXTENSION):
        found = read_download(language, name, index=index())
    if found is None:
        raise UnknownPath(f"{language}/{name}"[:200], nearest=_nearest(language, name))
    response = Response(found.content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = disposition(found.name + EXTENSION)
    return response


def download_url(language: str, name: str) -> str:
    """Return the address of a file; the file's name is the shortcut's name."""
    return f"/shortcuts/{language}/{quote(name + EXTENSION)}"


def disposition(file_name: str) -> str:
    """Name a file for old clients without its accents, and as it is for others."""
    composed = unicodedata.normalize("NFC", file_name)
    plain = unicodedata.normalize("NFKD", composed.translate(_SPELLED))
    plain = plain.encode("ascii", "ignore").decode().replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, '')}"


def _nearest(language: str, name: str) -> str:
    known = language if language in index().languages else "en"
    names = [entry.names[known] for entry in index().shortcuts]
    wanted = name[:100].removesuffix(EXTENSION)
    near = get_close_matches(wanted, names, n=1) or names[:1]
    return f"/shortcuts/{known}/{near[0]}{EXTENSION}"
