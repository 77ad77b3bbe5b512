"""The lines of a backup, written and read: whole, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bridge.errors import ConfigError

FORMAT = "intervals-bridge backup"
NEWEST = 1
_LONGEST_LINE = 64 * 1024 * 1024  # bytes; a row is far smaller


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a backup says of itself in its first line.

    Attributes
    ----------
    schema
        The migration its tables are of, such as ``0008``.
    made_at
        The instant in UTC, ``yyyy-MM-ddTHH:mm:ssZ``.
    with_secrets
        Whether what opens the account is in it.
    settings
        The settings that were made, by name; without the database's address, and
        without where the machine listens.
    """

    schema: str
    made_by: str
    made_at: str
    with_secrets: bool
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A table's rows, each a list of values in the order of ``columns``."""

    table: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_backup(path: Path, head: Head, tables: Iterable[Rows]) -> int:
    """Write a backup in the place of ``path``; return how many rows are in it.

    It is readable by its owner alone at every moment, and takes its name only when
    all of it is on the disk: whatever was there before is whole until then.
    """
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as out:
                count = _write_lines(out, head, tables)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)
    return count


def _write_lines(out: gzip.GzipFile, head: Head, tables: Iterable[Rows]) -> int:
    digest, count = hashlib.sha256(), 0

    def put(line: object) -> None:
        encoded = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
        digest.update(encoded)
        out.write(encoded + b"\n")

    put({"format": FORMAT, "version": NEWEST, **asdict(head)})
    for table in tables:
        put({"table": table.table, "columns": list(table.columns)})
        for row in table.rows:
            put(list(row))
            count += 1
    out.write(json.dumps({"rows": count, "sha256": digest.hexdigest()}).encode())
    out.write(b"\n")
    return count


def read_head(path: Path) -> Head:
    """Return the first line of a backup.

    Raises
    ------
    ConfigError
        If it is none, or one of a newer bridge.
    """
    for line in _lines(path):
        return _head(line, path)
    raise _no_backup(path)


def check_whole(path: Path) -> tuple[Head, int]:
    """Read all of a backup; return its head and how many rows are in it.

    Raises
    ------
    ConfigError
        If it is none, or is cut off or altered.
    """
    lines = _lines(path)
    head = None
    digest, count, last = hashlib.sha256(), 0, b""
    for line in lines:
        if head is None:
            head = _head(line, path)
        if last:
            digest.update(last)
            count += last.startswith(b"[")
        last = line
    if head is None:
        raise _no_backup(path)
    if _json(last, path) != {"rows": count, "sha256": digest.hexdigest()}:
        raise _damaged(path)
    return head, count


def read_tables(path: Path) -> Iterator[Rows]:
    """Yield each table of a backup that is whole; its rows are read as they are asked.

    The rows of a table have to be read before the next table is.
    """
    lines = _lines(path)
    next(lines)
    line = _json(next(lines), path)
    while "table" in line:
        ahead: list[Any] = []
        yield Rows(
            table=line["table"],
            columns=line["columns"],
            rows=_rows(lines, ahead, path),
        )
        line = ahead[0]


def sync_folder(folder: Path) -> None:
    """Have the names of a folder on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _rows(lines: Iterator[bytes], ahead: list[Any], path: Path) -> Iterator[list[Any]]:
    for line in lines:
        decoded = _json(line, path)
        if isinstance(decoded, dict):  # the next table, or the end
            ahead.append(decoded)
            return
        yield decoded


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            while line := file.readline(_LONGEST_LINE):
                yield line.removesuffix(b"\n")
    except FileNotFoundError:
        raise ConfigError(f"There is no file {path}.") from None
    except (EOFError, zlib.error):
        raise _damaged(path) from None
    except gzip.BadGzipFile:
        raise _no_backup(path) from None
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}).") from error


def _head(line: bytes, path: Path) -> Head:
    told = _json(line, path)
    if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
        raise _no_backup(path)
    if told.pop("version", 0) > NEWEST:
        made_by = told.get("made_by", "")
        raise ConfigError(
            f"{path} was made by a newer bridge ({made_by}). Update this one first."
        )
    try:
        return Head(**told)
    except TypeError:
        raise _damaged(path) from None


def _json(line: bytes, path: Path) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise _damaged(path) from None


def _no_backup(path: Path) -> ConfigError:
    return ConfigError(f"{path} is no backup of the bridge.")


def _damaged(path: Path) -> ConfigError:
    return ConfigError(
        f"{path} is cut off or altered: nothing was restored from it. "
        "Take another backup."
    )
