"""Scriptable's stand-in on Node, and what came of a run in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.lacking import require_binary

HERE = Path(__file__).parent
SCRIPT = HERE.parents[1] / "bridge" / "static" / "scriptable.js"
HOME = ("small", "medium", "large")
LOCK = ("accessoryCircular", "accessoryRectangular", "accessoryInline")
FAMILIES = (*HOME, *LOCK)


@dataclass
class Widget:
    """What a run showed: ``texts`` from top to bottom, and the marks of its chart."""

    texts: list[str]
    charts: list[list[str]]
    url: str | None
    asked: list[str]
    requests: list[dict[str, Any]]
    refresh_s: int


@dataclass
class Scriptable:
    """The app on one phone: its Keychain and its files outlive a run."""

    folder: Path
    keychain: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)

    def run(
        self, family: str | None, parameter: str | None = None, typed: str = ""
    ) -> Widget:
        """Run the script in a widget, or in the app where ``family`` is None."""
        return self.run_all([family], parameter, typed)[0]

    def run_all(
        self,
        families: Sequence[str | None],
        parameter: str | None = None,
        typed: str = "",
    ) -> list[Widget]:
        """Run the script once for each family, one after another."""
        settings = [
            {
                "family": family,
                "parameter": parameter,
                "typed": typed,
                "languages": self.languages,
                "keychain": self.keychain,
                "folder": str(self.folder),
            }
            for family in families
        ]
        node = require_binary("node", "nodejs")
        done = subprocess.run(
            [node, HERE / "stand_in.mjs", SCRIPT, json.dumps(settings)],
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        outcomes = json.loads(done.stdout)
        self.keychain = outcomes[-1]["keychain"]
        return [
            _widget(outcome, family)
            for outcome, family in zip(outcomes, families, strict=True)
        ]

    def grow_old(self, hours: int) -> None:
        """Let everything that was kept have been read so long ago."""
        for path in self.folder.glob("*.json"):
            kept = json.loads(path.read_text("utf-8"))
            kept["at"] -= hours * 3_600_000
            path.write_text(json.dumps(kept), "utf-8")


def _widget(outcome: dict[str, Any], family: str | None) -> Widget:
    assert outcome["completed"]
    assert (outcome["presented"] == "medium") == (family is None)
    rows = [each for row in outcome["widget"] for each in row.get("stack", [row])]
    return Widget(
        texts=[row["text"] for row in rows if "text" in row],
        charts=[row["image"]["marks"] for row in rows if "image" in row],
        url=outcome["url"],
        asked=outcome["asked"],
        requests=outcome["requests"],
        refresh_s=outcome["refresh_s"],
    )
