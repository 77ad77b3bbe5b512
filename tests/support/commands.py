"""Commands in processes of their own, forked from one that has imported the bridge.

A command that starts from nothing spends half a second on imports, and the suite types
hundreds. Python's fork server imports once; each command still has a process, a
folder, an environment and streams of its own. Servers are started as they are
installed, by their program.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

COMMAND_S = 60
STREAMS = ("stdin", "stdout", "stderr")

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    ["bridge.app", "bridge.cli", "alembic.command", "alembic.migration"]
)


def run_command(
    arguments: tuple[str, ...], folder: Path, environ: Mapping[str, str], typed: str
) -> subprocess.CompletedProcess[str]:
    """Run ``bridge`` to its end.

    Raises
    ------
    TimeoutExpired
        If it does not end within ``COMMAND_S`` seconds.
    """
    with tempfile.TemporaryDirectory() as beside:
        streams = {name: Path(beside, name) for name in STREAMS}
        for path in streams.values():
            path.touch()
        streams["stdin"].write_text(typed, encoding="utf-8")
        process = _processes.Process(
            target=_become_command, args=(arguments, folder, environ, streams)
        )
        process.start()
        process.join(COMMAND_S)
        status = process.exitcode
        if status is None:
            process.kill()
            process.join()
        process.close()
        said = {name: path.read_text("utf-8") for name, path in streams.items()}
    command = ["bridge", *arguments]
    if status is None:
        raise subprocess.TimeoutExpired(command, COMMAND_S, said["stdout"])
    return subprocess.CompletedProcess(command, status, said["stdout"], said["stderr"])


def _become_command(
    arguments: tuple[str, ...],
    folder: Path,
    environ: Mapping[str, str],
    streams: Mapping[str, Path],
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    time.tzset()
    for number, name in enumerate(STREAMS):
        flags = os.O_RDONLY if name == "stdin" else os.O_WRONLY | os.O_APPEND
        opened = os.open(streams[name], flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
    sys.argv = ["bridge", *arguments]
    from bridge.cli import main

    main()
