"""Sign on a Mac that ssh reaches.

One connection for each file: it goes there on standard input and comes back on standard
output. The command is always the same, so no name of ours meets a shell of theirs.
"""

from __future__ import annotations

import re
import shlex

from bridge.shortcuts.signing.process import run_bounded
from bridge.shortcuts.signing.refusals import SigningFailed

TIMEOUT_S = 180.0
PROGRAM = "ssh"

_HOST = re.compile(r"(?:(?![-.])[\w.-]+@)?(?![-.:])[\w.:-]+", re.ASCII)
_SETTINGS = (
    "BatchMode=yes",  # never asks: a question would wait until the time is over
    "ConnectTimeout=15",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "ControlMaster=no",  # a master would keep our pipes open after the end
    "ClearAllForwardings=yes",
)
_THERE = (
    "set -eu; umask 077; d=$(mktemp -d); trap 'rm -rf \"$d\"' EXIT;"
    ' cat >"$d/in.shortcut";'
    ' shortcuts sign --mode anyone --input "$d/in.shortcut"'
    ' --output "$d/out.shortcut" >&2;'
    ' cat "$d/out.shortcut"'
)


def sign_ssh(
    _name: str,
    unsigned: bytes,
    *,
    host: str,
    program: str = PROGRAM,
    timeout_s: float = TIMEOUT_S,
) -> bytes:
    """Return ``unsigned`` as the Mac ``host`` signed it for anyone.

    Parameters
    ----------
    unsigned
        The ``.shortcut`` file, XML or binary.
    host
        ``mac`` or ``me@mac.local``, as in ``~/.ssh/config``; it has to let us in
        without a question.
    program
        The ssh client.
    timeout_s
        Seconds for all of it.

    Raises
    ------
    SigningFailed
        If the host has an odd name, does not let us in, or cannot sign.
    """
    if not _HOST.fullmatch(host):
        raise SigningFailed("a host is written as mac or me@mac.local")
    there = f"exec /bin/sh -c {shlex.quote(_THERE)}"
    settings = [word for setting in _SETTINGS for word in ("-o", setting)]
    command = [program, "-T", "-a", "-x", *settings, "--", host, there]
    return run_bounded(command, unsigned, timeout_s)
