"""Pretend Macs: programs on a path that behave like ``shortcuts`` and ``ssh``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

_SHORTCUTS = """\
#!{python}
import json, pathlib, sys, time
folder = pathlib.Path({folder!r})
arguments = sys.argv[1:]
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
options = dict(zip(arguments[1::2], arguments[2::2]))
assert arguments[0] == "sign" and options["--mode"] == "anyone"
content = pathlib.Path(options["--input"]).read_bytes()
(folder / "received").write_bytes(content)
{body}
pathlib.Path(options["--output"]).write_bytes((folder / "signed").read_bytes())
"""
# Runs the command as sshd does: joined with blanks, by a shell, with this PATH.
_SSH = """\
#!/bin/sh
printf '%s\\n' "$@" > {folder}/ssh-arguments
while [ "$1" != "--" ]; do shift; done
shift 2
PATH={folder}:$PATH
export PATH
{body}
exec sh -c "$*"
"""


@dataclass(frozen=True)
class Mac:
    """A Mac that answers with one signed file, whatever it is asked to sign."""

    folder: Path

    @property
    def shortcuts(self) -> str:
        return str(self.folder / "shortcuts")

    @property
    def ssh(self) -> str:
        return str(self.folder / "ssh")

    @property
    def received(self) -> bytes:
        """The unsigned file it was last asked to sign."""
        return (self.folder / "received").read_bytes()

    @property
    def calls(self) -> int:
        """How often it was asked."""
        calls = self.folder / "calls"
        return len(calls.read_text().splitlines()) if calls.exists() else 0

    def hold(self, signed: bytes) -> None:
        """Let ``signed`` be the answer."""
        (self.folder / "signed").write_bytes(signed)

    def behave(self, shortcuts: str = "", ssh: str = "") -> None:
        """Let a program do something odd before it works: Python, or shell."""
        folder, python = str(self.folder), sys.executable
        for name, program in (
            (
                "shortcuts",
                _SHORTCUTS.format(folder=folder, python=python, body=shortcuts),
            ),
            ("ssh", _SSH.format(folder=folder, body=ssh)),
        ):
            path = self.folder / name
            path.write_text(program)
            path.chmod(0o755)


def make_mac(folder: Path, signed: bytes = b"AEA1 not really") -> Mac:
    """Put the programs into a folder."""
    folder.mkdir(exist_ok=True)
    mac = Mac(folder)
    mac.hold(signed)
    mac.behave()
    return mac
