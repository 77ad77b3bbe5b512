"""A file of words, kept beside itself as Python keeps byte code: parsed once.

Parsing takes 17 ms for one language, and what was parsed half of one: each start would
pay for all that it says and understands. What is kept counts for the very file, by its
size and the instant it was written; it may be deleted, and a folder that nobody may
write in does without. ``python -m bridge.domain.speech.toml`` keeps all files.
"""

from __future__ import annotations

import marshal
import os
import struct
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_STAMP = struct.Struct("<4sqq")
_FORMAT = b"tom1"


def read_toml(file: Path) -> Mapping[str, Any]:
    """Return what stands in a TOML file of ours."""
    status, compiled = file.stat(), _compiled(file)
    stamp = _STAMP.pack(_FORMAT, status.st_mtime_ns, status.st_size)
    with suppress(OSError, EOFError, ValueError, TypeError):
        kept = compiled.read_bytes()
        if kept.startswith(stamp):
            table: dict[str, Any] = marshal.loads(kept[len(stamp) :])  # noqa: S302  # as Python reads its own byte code
            return table
    import tomllib  # here, so that most starts do without it

    table = tomllib.loads(file.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode:
        _keep(compiled, stamp, table)
    return table


def _compiled(file: Path) -> Path:
    kept = Path(cache_from_source(str(file)))
    return kept.with_name(f"{file.name}.{sys.implementation.cache_tag}.pyc")


def _keep(compiled: Path, stamp: bytes, table: dict[str, Any]) -> None:
    part = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with suppress(OSError, ValueError):  # of a date, which marshal does not know
        whole = stamp + marshal.dumps(table)
        compiled.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(whole)
        part.replace(compiled)


def main() -> None:
    """Keep every file of the bridge."""
    sys.dont_write_bytecode = False
    for file in sorted(Path(__file__).parents[2].rglob("*.toml")):
        read_toml(file)


if __name__ == "__main__":
    main()
