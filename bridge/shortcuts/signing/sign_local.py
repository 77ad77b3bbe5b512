"""Sign on this machine, when it is a Mac."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bridge.shortcuts.signing.container import MAX_FILE_BYTES
from bridge.shortcuts.signing.process import run_bounded
from bridge.shortcuts.signing.refusals import SigningFailed

TIMEOUT_S = 120.0  # the first signature of a day asks iCloud for a certificate
PROGRAM = "shortcuts"


def sign_local(
    _name: str, unsigned: bytes, *, program: str = PROGRAM, timeout_s: float = TIMEOUT_S
) -> bytes:
    """Return ``unsigned`` as macOS signed it for anyone.

    Parameters
    ----------
    unsigned
        The ``.shortcut`` file, XML or binary.
    program
        The command-line tool of macOS.
    timeout_s
        Seconds for all of it.

    Raises
    ------
    SigningFailed
        If this is no Mac, or the Mac cannot sign (not signed in to iCloud?).
    """
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "in.shortcut"), Path(folder, "out.shortcut")
        before.write_bytes(unsigned)
        command = [program, "sign", "--mode", "anyone"]
        command += ["--input", str(before), "--output", str(after)]
        try:
            run_bounded(command, b"", timeout_s)
        except SigningFailed as failure:
            if isinstance(failure.__cause__, FileNotFoundError):
                raise SigningFailed(
                    "only macOS can sign, and this is no Mac:"
                    " use --ssh HOST or --relay URL"
                ) from failure
            raise
        if not after.is_file():
            raise SigningFailed(
                "macOS signed nothing: is this Mac signed in to iCloud?"
            )
        with after.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
