"""Run another program: bounded in seconds and bytes, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence

from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.refusals import SigningFailed

_CHUNK_BYTES = 65_536
_COMPLAINT_CHARACTERS = 300


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
    with process, _gone_afterwards(process):
        output, complaint, code = _collect(process, timeout_s)
    if code:
        reason = _readable(complaint) or "without a word"
        raise SigningFailed(f"{command[0]} failed ({code}): {reason}")
    return output


def _collect(
    process: subprocess.Popen[bytes], timeout_s: float
) -> tuple[bytes, bytes, int]:
    assert process.stdout is not None  # noqa: S101 - both are pipes, as asked
    assert process.stderr is not None  # noqa: S101
    output, complaint = bytearray(), bytearray()
    ends_s = time.monotonic() + timeout_s
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, output)
        selector.register(process.stderr, selectors.EVENT_READ, complaint)
        while selector.get_map():
            for key, _ in _wait(selector, ends_s, process):
                piece = os.read(key.fd, _CHUNK_BYTES)
                key.data.extend(piece)
                if not piece:
                    selector.unregister(key.fileobj)
            del complaint[:-_CHUNK_BYTES]
            if len(output) > MAX_FILE_BYTES:
                raise SigningFailed("it answered with more than a shortcut can have")
    try:
        code = process.wait(max(0.0, ends_s - time.monotonic()))
    except subprocess.TimeoutExpired as exc:
        raise _too_slow(process) from exc
    return bytes(output), bytes(complaint), code


def _wait(
    selector: selectors.BaseSelector, ends_s: float, process: subprocess.Popen[bytes]
) -> list[tuple[selectors.SelectorKey, int]]:
    remaining_s = ends_s - time.monotonic()
    ready = selector.select(remaining_s) if remaining_s > 0 else []
    if not ready and time.monotonic() >= ends_s:
        raise _too_slow(process)
    return ready


def _too_slow(process: subprocess.Popen[bytes]) -> SigningFailed:
    program = process.args[0] if isinstance(process.args, list) else "it"
    return SigningFailed(f"{program} did not finish in time")


@contextlib.contextmanager
def _gone_afterwards(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _readable(complaint: bytes) -> str:
    """Return the end of what a program complained, on one line."""
    text = " ".join(complaint.decode("utf-8", "replace").split())
    return "".join(c for c in text if c.isprintable())[-_COMPLAINT_CHARACTERS:]
