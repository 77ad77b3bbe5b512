"""What each shortcut really says: played from its file in a world always the same.

``python -m tests.docs.generate`` writes it into ``bridge/pages/samples.json``; a test
plays all shortcuts again and compares.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flask import Flask

from bridge.config import Config
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.health import SYNC_BODY, SYNC_HEALTH
from bridge.shortcuts.catalog.hub import UNDO_MY_TRAINING
from bridge.shortcuts.catalog.wellness import MY_TRAINING_WEIGHT
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate
from bridge.simulator.world import World
from tests.conftest import SECRET_KEY, Clock
from tests.player.answers import answers_to, owner_of
from tests.shortcuts.test_play import LiveBridge
from tests.support.services import migrated_database

SAMPLES = Path(__file__).parents[2] / "bridge" / "pages" / "samples.json"


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
    if template in (
        SYNC_HEALTH,
        SYNC_BODY,
    ):  # for athletes whose watch tells Intervals.icu nothing
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
    code = f"{live.address}#{live.token}"
    try:
        if template is UNDO_MY_TRAINING:  # there has to be something to take back
            weight = build_shortcut(MY_TRAINING_WEIGHT, language)
            owner_of("").run(weight, install=[code], answers=["72"])
        run = owner_of(template.slug, language).run(
            build_shortcut(template, language),
            install=[code],
            answers=answers_to(template.slug, language),
        )
    finally:
        live.close()
    said = [*run.shown, *run.notified]
    if run.stopped or not (said or run.saved or run.looked_at or run.wallpapers):
        raise RuntimeError(f"{template.slug} {language}: {run}")
    return "".join(said)
