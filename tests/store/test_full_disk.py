"""A full disk, a real one: a small file system of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.lacking import lacking, require_binary

pytestmark = pytest.mark.slow
FOLDER_KB = 1500
# Fills the disk to its last byte, then does what the test says.
SCRIPT = """
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from bridge.config import Config
from bridge.errors import StoreDown
from bridge.store.athletes import OWNER
from bridge.store.migrations import ready_store

folder, now = Path(sys.argv[1]), datetime(2026, 11, 29, 12, tzinfo=UTC)
address = f"sqlite:///{folder}/bridge.db"
environ = {"BRIDGE_SECRET_KEY": secrets.token_urlsafe(48), "DATABASE_URL": address}
config = Config.from_env({**environ, "INTERVALS_API_KEY": "x" * 20})

def fill():
    with (folder / "others.log").open("ab", buffering=0) as log:
        try:
            while True:
                log.write(b"x" * 512)
        except OSError:
            pass
"""
HELD_OPEN = """
store = ready_store(config, now)
ids = [store.devices.add(f"d{n}", "read", OWNER, now).device_id for n in range(5)]
fill()
try:
    for number in range(50):
        store.devices.add("x" * 60, "read", OWNER, now)
        fill()
    raise SystemExit("the disk is not full")
except StoreDown:
    pass
for device_id in ids:
    assert store.devices.revoke(device_id, now)
    fill()
assert all(store.devices.find(device_id).revoked_at for device_id in ids)
"""
BY_COMMAND = """
import os, subprocess
store = ready_store(config, now)
device_id = store.devices.add("Stolen", "read", OWNER, now).device_id
store.close()
fill()
os.environ.update(environ, INTERVALS_API_KEY="x" * 20)
revoke = [sys.executable, "-m", "bridge.cli", "devices", "revoke", device_id]
subprocess.run(revoke, cwd=folder, check=True)
(folder / "others.log").unlink()
assert ready_store(config, now).devices.find(device_id).revoked_at
assert (folder / "bridge.db-spare").stat().st_mode & 0o777 == 0o600
"""


@pytest.mark.parametrize("script", [HELD_OPEN, BY_COMMAND], ids=["open", "command"])
def test_on_a_full_disk_a_device_is_shut_out(script: str, tmp_path: Path) -> None:
    unshare = require_binary("unshare", "util-linux")
    alone = [str(unshare), "--user", "--map-root-user", "--mount", "--"]
    mount = f"mount -t tmpfs -o size={FOLDER_KB}k tmpfs {tmp_path}"
    if subprocess.run([*alone, "sh", "-c", mount], check=False).returncode:
        lacking("this machine lets nobody mount a file system of their own")
    command = [sys.executable, "-c", SCRIPT + script, str(tmp_path)]
    ran = subprocess.run(
        [*alone, "sh", "-c", f'{mount} && exec "$@"', "sh", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
