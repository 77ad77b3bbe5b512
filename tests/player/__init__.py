"""A pretend iPhone that plays ``.shortcut`` files, without Apple and without us.

It imports nothing of the bridge and reads only built bytes. Where a real phone is
known to be unkind - a status code it does not show, a missing key that becomes empty,
a lost network that ends the run - it is unkind in the same way; where a file does
something nobody taught it, it fails loudly instead of guessing.
"""

from __future__ import annotations

from tests.player.content import File, RichText, Sample
from tests.player.document import BadShortcut, open_shortcut
from tests.player.phone import Phone
from tests.player.record import CANCEL, FIRST, Run

__all__ = [
    "CANCEL",
    "FIRST",
    "BadShortcut",
    "File",
    "Phone",
    "RichText",
    "Run",
    "Sample",
    "open_shortcut",
]
