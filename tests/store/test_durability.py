"""What was acknowledged outlives a killed process."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bridge.store.athletes import OWNER
from bridge.store.engine import open_store

ROOT = Path(__file__).parents[2]
KILLS = 8
ADD_DEVICES_FOREVER = """
import sys
from datetime import UTC, datetime
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
from bridge.store.migrations import migrate

store, now = open_store(sys.argv[1]), datetime.now(UTC)
migrate(store)
store.athletes.ensure("0", now, OWNER)
while True:
    device = store.devices.add("iPhone", "read", OWNER, now)
    sys.stdout.write(device.device_id + "\\n")
    sys.stdout.flush()
"""


@pytest.mark.slow
def test_no_acknowledged_device_is_lost_when_the_process_is_killed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bridge.db"
    acknowledged: list[str] = []
    for _ in range(KILLS):
        acknowledged += add_devices_until_killed(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    store = open_store(f"sqlite:///{path}")
    kept = {device.device_id for device in store.devices.of_athlete(OWNER)}
    store.close()
    assert len(acknowledged) > KILLS * 10
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + KILLS  # one may be stored, not yet told


def add_devices_until_killed(database_url: str) -> list[str]:
    with subprocess.Popen(
        [sys.executable, "-c", ADD_DEVICES_FOREVER, database_url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(random.randint(10, 60))]
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()  # what it said before it died
    assert child.returncode == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]
