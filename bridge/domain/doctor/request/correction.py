"""Write the command line that should have been sent."""

from __future__ import annotations

import json
from shlex import quote as shell_quote
from urllib.parse import quote

from bridge.domain.doctor.request.address import BASE
from bridge.domain.doctor.request.characters import well_formed
from bridge.domain.doctor.request.model import Draft
from bridge.domain.doctor.request.routes import SLOTS
from bridge.masking import MASK, Mask

LONGEST_BODY = 2000
BODY_FILE = "@body.json"
_SAFE = ",:-_.*"


def corrected_curl(draft: Draft, mask: Mask) -> str | None:
    """Return the ``curl`` line of ``draft`` with the key masked.

    Written for a POSIX shell: it runs as it is once the mask is the key.
    """
    if mask.hides_all:
        return None
    words = ["curl", "-u", f"API_KEY:{MASK}"]
    if draft.method != ("POST" if draft.has_payload else "GET"):
        words += ["-X", draft.method]
    if draft.has_payload:
        words += ["-H", shell_quote("Content-Type: application/json")]
        words += ["-d", shell_quote(_body(draft, mask))]
    return " ".join([*words, shell_quote(_url(draft, mask))])


def _body(draft: Draft, mask: Mask) -> str:
    if draft.payload is None:
        return BODY_FILE
    written = well_formed(json.dumps(draft.payload, ensure_ascii=False))
    if len(written) > LONGEST_BODY:
        return BODY_FILE
    return "".join(map(_visible, mask.text(written)))


def _visible(char: str) -> str:
    """Return ``char`` as JSON writes what nobody can see."""
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _url(draft: Draft, mask: Mask) -> str:
    path = "/".join(
        quote(mask.text(segment), safe=_SAFE) if part in SLOTS else segment
        for part, segment in zip(draft.parts, draft.segments, strict=True)
    )
    query = "&".join(
        f"{name}={quote(mask.text(well_formed(value)), safe=_SAFE)}"
        for name, value in draft.query
    )
    return f"{BASE}/{path}" + (f"?{query}" if query else "")
