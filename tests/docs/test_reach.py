"""How a phone gets to the bridge: the page names every way, and settings that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge.config import SETTINGS, Config
from bridge.routes.site.table import PAGES
from bridge.routes.table import ROUTES

TEXT = (Path(__file__).parents[2] / "docs" / "reach.md").read_text("utf-8")
SECRET = "k3Jx9-a-key-for-the-suite-vQ7mZt0"


@pytest.mark.parametrize(
    "way",
    ["Tailscale", "cloudflared", "A server of your own", "A Procfile host", "The home"],
)
def test_every_way_is_there_with_its_commands(way: str) -> None:
    section = TEXT.partition(f"\n## {way}")[2].partition("\n## ")[0]
    assert "```sh\n" in section
    assert way in TEXT.partition("\n## ")[0]


def test_only_settings_that_exist_are_named() -> None:
    named = set(re.findall(r"\b((?:BRIDGE|INTERVALS)_[A-Z_]+)\b", TEXT))
    assert named
    assert named <= set(SETTINGS)


def test_the_settings_shown_are_understood() -> None:
    blocks = re.findall(r"```sh\n((?:[A-Z_]+=.*\n)+)```", TEXT)
    assert len(blocks) == 3
    for block in blocks:
        env = dict(line.split("=", 1) for line in block.splitlines())
        config = Config.from_env({"BRIDGE_SECRET_KEY": SECRET, **env})
        assert config.address == env["BRIDGE_PUBLIC_URL"]


def test_only_addresses_that_exist_are_named() -> None:
    known = {route.path for route in ROUTES} | {page.path for page in PAGES}
    for path in re.findall(r"`(?:https://your-address)?(/[a-z]+)`", TEXT):
        assert path in known


def test_the_service_is_started_again_for_ever_and_cannot_write_its_own_code() -> None:
    (text,) = re.findall(r"```ini\n(.*?)```", TEXT, re.DOTALL)
    unit = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    assert unit["Restart"] == "always"
    assert int(unit["RestartSec"]) >= 1
    assert unit["StartLimitIntervalSec"] == "0"  # systemd gives up otherwise
    assert unit["ProtectSystem"] == "strict"
    assert unit["ReadWritePaths"] == f"{unit['WorkingDirectory']}/data"
