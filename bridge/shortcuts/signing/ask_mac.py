"""Ask a Mac to sign: this machine, or one that ssh reaches.

The ssh way is one connection for each file: it goes there on standard input, behind a
line with its name, and comes back on standard output. The command is always the same,
so no name of ours meets a shell of theirs. Either program is bounded in seconds and
bytes, and gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import shlex
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bridge.shortcuts.signing import CannotSign, SigningFailed
from bridge.shortcuts.signing.container import MAX_FILE_BYTES

LOCAL_TIMEOUT_S = 120.0  # the first signature of a day asks iCloud for a certificate
SSH_TIMEOUT_S = 180.0
PAUSES_S = (5.0, 30.0)
"""Between three tries: iCloud answers a Mac with a 500 at times."""

Signer = Callable[[bytes, str], bytes]
"""From an unsigned file and the shortcut's name to the signed file."""

_CHUNK_BYTES = 65_536
_COMPLAINT_CHARACTERS = 300
_NAME_BYTES = 200  # with the ending still a file's name everywhere
_HOST = re.compile(r"(?:(?![-.])[\w.-]+@)?(?![-.:])[\w.:-]+", re.ASCII)
_SSH_SETTINGS = (
    "BatchMode=yes",  # never asks: a question would wait until the time is over
    "ConnectTimeout=15",
    "ServerAliveInterval=15",
    "ServerAliveCountMax=4",
    "ControlMaster=no",  # a master would keep our pipes open after the end
    "ClearAllForwardings=yes",
)
_ON_THE_MAC = (
    "set -eu; umask 077; d=$(mktemp -d); trap 'rm -rf \"$d\"' EXIT;"
    ' IFS= read -r name; mkdir "$d/out"; cat >"$d/$name.shortcut";'
    ' shortcuts sign --mode anyone --input "$d/$name.shortcut"'
    ' --output "$d/out/signed.shortcut" >&2;'
    ' cat "$d/out/signed.shortcut"'
)


def ask_thrice(signer: Signer, pause: Callable[[float], object]) -> Signer:
    """Return a signer that asks again, after a pause, when nothing came back.

    Parameters
    ----------
    signer
        One of the ways to ask a Mac.
    pause
        Waits so many seconds.
    """

    def ask(unsigned: bytes, name: str) -> bytes:
        for pause_s in PAUSES_S:
            try:
                return signer(unsigned, name)
            except CannotSign:
                raise
            except SigningFailed:
                pause(pause_s)
        return signer(unsigned, name)

    return ask


def clean_name(name: str) -> str:
    """Return a shortcut's name as it can be a file's name, and one line, anywhere."""
    shown = "".join(c for c in name if c.isprintable() and c not in "/:")
    cut = shown.encode("utf-8", "ignore")[:_NAME_BYTES].decode("utf-8", "ignore")
    return cut.strip(" .") or "Shortcut"


def sign_local(
    unsigned: bytes,
    name: str,
    *,
    program: str = "shortcuts",
    timeout_s: float = LOCAL_TIMEOUT_S,
) -> bytes:
    """Return an unsigned ``.shortcut`` file as macOS signed it for anyone.

    Its record in iCloud is called ``name``: that is read off the file.

    Raises
    ------
    CannotSign
        If this is no Mac.
    SigningFailed
        If the Mac cannot sign (not signed in to iCloud?).
    """
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder, f"{clean_name(name)}.shortcut")
        after = Path(folder, "out", "signed.shortcut")
        after.parent.mkdir()
        before.write_bytes(unsigned)
        command = [program, "sign", "--mode", "anyone"]
        command += ["--input", str(before), "--output", str(after)]
        try:
            run_bounded(command, b"", timeout_s)
        except SigningFailed as failure:
            if isinstance(failure.__cause__, FileNotFoundError):
                raise CannotSign(
                    "only macOS can sign, and this is no Mac: use --ssh HOST"
                ) from failure
            raise
        if not after.is_file():
            raise SigningFailed(
                "macOS signed nothing: is this Mac signed in to iCloud?"
            )
        with after.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)


def sign_ssh(
    unsigned: bytes,
    name: str,
    *,
    host: str,
    program: str = "ssh",
    timeout_s: float = SSH_TIMEOUT_S,
) -> bytes:
    """Return an unsigned ``.shortcut`` file as the Mac ``host`` signed it for anyone.

    ``host`` is ``mac`` or ``me@mac.local``, as in ``~/.ssh/config``; it has to let us
    in without a question. The record in iCloud is called ``name``.

    Raises
    ------
    CannotSign
        If the host has an odd name.
    SigningFailed
        If it does not let us in, or cannot sign.
    """
    if not _HOST.fullmatch(host):
        raise CannotSign("a host is written as mac or me@mac.local")
    settings = [word for setting in _SSH_SETTINGS for word in ("-o", setting)]
    on_the_mac = f"exec /bin/sh -c {shlex.quote(_ON_THE_MAC)}"
    command = [program, "-T", "-a", "-x", *settings, "--", host, on_the_mac]
    content = f"{clean_name(name)}\n".encode() + unsigned
    return run_bounded(command, content, timeout_s)


def run_bounded(command: Sequence[str], content: bytes, timeout_s: float) -> bytes:
    """Return what ``command`` writes, given ``content`` on its standard input.

    Parameters
    ----------
    command
        Program and arguments, never a line for a shell.
    content
        Read from a file, so that nobody waits for the other to read first.
    timeout_s
        Seconds for all of it; then it is killed, with what it started.

    Raises
    ------
    SigningFailed
        If it is not there, fails, is too slow or too talkative.
    """
    with tempfile.TemporaryFile() as stdin:
        stdin.write(content)
        stdin.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a list, built here
                list(command),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as exc:
            raise SigningFailed(f"{command[0]} cannot be started here") from exc
    with process:
        try:
            output, complaint, code = _collect(process, time.monotonic() + timeout_s)
        except subprocess.TimeoutExpired as exc:
            raise SigningFailed(f"{command[0]} did not finish in time") from exc
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    if code:
        text = " ".join(complaint.decode("utf-8", "replace").split())
        reason = "".join(c for c in text if c.isprintable())[-_COMPLAINT_CHARACTERS:]
        raise SigningFailed(
            f"{command[0]} failed ({code}): {reason or 'without a word'}"
        )
    return output


def _collect(
    process: subprocess.Popen[bytes], ends_s: float
) -> tuple[bytes, bytes, int]:
    """Return all of the output, the end of the complaint, and the exit code."""
    assert process.stdout is not None  # noqa: S101 - both are pipes, as asked
    assert process.stderr is not None  # noqa: S101
    output, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, output)
        selector.register(process.stderr, selectors.EVENT_READ, complaint)
        while selector.get_map():
            remaining_s = ends_s - time.monotonic()
            if remaining_s <= 0:
                raise subprocess.TimeoutExpired(process.args, remaining_s)
            for key, _ in selector.select(remaining_s):
                piece = os.read(key.fd, _CHUNK_BYTES)
                key.data.extend(piece)
                if not piece:
                    selector.unregister(key.fileobj)
            del complaint[:-_CHUNK_BYTES]
            if len(output) > MAX_FILE_BYTES:
                raise SigningFailed("it answered with more than a shortcut can have")
    code = process.wait(max(0.0, ends_s - time.monotonic()))
    return bytes(output), bytes(complaint), code
