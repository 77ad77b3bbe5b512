"""What each shortcut really says: played from its file in a world always the same.

``python -m tests.docs.generate`` writes it into ``bridge/pages/samples.json``; a test
plays all shortcuts again and compares.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flask import Flask

from bridge.config import Config
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.sync_health import SYNC_HEALTH
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate
from bridge.simulator.world import World
from tests.conftest import SECRET_KEY, Clock
from tests.player import Phone, Sample
from tests.player.answers import ANSWERS
from tests.shortcuts.test_play import LiveBridge
from tests.support.services import migrated_database

SAMPLES = Path(__file__).parents[2] / "bridge" / "pages" / "samples.json"
NIGHT = [("2026-11-22T23:10", "2026-11-23T06:30", "Core", "")]
PULSE = [("2026-11-23T06:40", "2026-11-23T06:41", "48", "count/min")]


def all_samples() -> dict[str, dict[str, str]]:
    """Return what each shortcut says in each language; what saves a file is silent."""
    heard: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for template in CATALOG:
            for language in LANGUAGES:
                name = f"{template.slug}-{language}"
                sentence = _heard(template, language, Path(folder) / f"{name}.db")
                if sentence:
                    heard.setdefault(template.slug, {})[language] = sentence
    return heard


def samples_text(samples: Mapping[str, Mapping[str, str]]) -> str:
    """Return the samples as they are kept."""
    return json.dumps(samples, ensure_ascii=False, indent=1) + "\n"


def _heard(template: ShortcutTemplate, language: str, database: Path) -> str:
    """Play a shortcut once, in a world that nobody has written to."""
    world = World(now=Clock())
    if template is SYNC_HEALTH:  # for athletes whose watch tells Intervals.icu nothing
        world.wellness.clear()
    config = Config(
        secret_keys=(SECRET_KEY,),
        api_key=world.api_key,
        upstream_url="https://upstream.test",
        database_url=f"sqlite:///{database}",
        public_url="https://bridge.example",
    )
    database.write_bytes(migrated_database())
    live = LiveBridge(config, world)
    # The doctor looks at the settings alone; a file in a temporary folder is none.
    known = replace(config, database_url="postgresql://database.example/bridge")
    assert isinstance(live.server.app, Flask)
    live.server.app.extensions["bridge"] = replace(live.services, config=known)
    try:
        run = Phone(language=language, health=_health()).run(
            build_shortcut(template, language),
            install=[f"{live.address}#{live.token}"],
            answers=ANSWERS.get(template.slug, {}).get(language, []),
        )
    finally:
        live.close()
    if run.stopped or (not run.shown and not run.saved):
        raise RuntimeError(f"{template.slug} {language}: {run}")
    return "".join(run.shown)


def _health() -> dict[str, list[Sample]]:
    kinds = {"Sleep": NIGHT, "Resting Heart Rate": PULSE}
    at = datetime.fromisoformat
    return {
        kind: [Sample(at(start), at(end), value, unit) for start, end, value, unit in s]
        for kind, s in kinds.items()
    }
