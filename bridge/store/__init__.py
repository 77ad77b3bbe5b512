"""The one door to the database.

``engine`` opens it, ``migrations`` brings it up to date, and each thing kept has its
own module. Nothing is imported here: SQLAlchemy costs a tenth of a second, which
commands that need no database do not pay.
"""

from __future__ import annotations

OWNER = "owner"  # the one athlete of a bridge that has its key in the environment
HEAD = "0016"  # the newest migration: what this code reads and writes
