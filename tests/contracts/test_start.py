"""A start imports little: what a question needs comes with the question."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import click
import msgspec
import pytest

from bridge.cli import COMMANDS, Commands
from bridge.routes.route import Body, Route
from bridge.routes.site.page import Page
from bridge.routes.site.table import PAGES
from bridge.routes.table import ROUTES

SECRET = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
# What a start does without, and what each would cost it.
NOT_AT_START = {
    "alembic",  # 100 ms
    "babel",  # 60 ms, with the first sentence that has a number or a day
    "bridge.background",  # 35 ms
    "bridge.domain.athlete.athlete",
    "bridge.domain.calendar.dictation",
    "bridge.domain.inputs.days",  # 25 ms: patterns of what people type
    "bridge.domain.inputs.paces",
    "bridge.domain.zones.settings",
    "bridge.routes.api.ask.ask",  # 40 ms, with its words
    "bridge.routes.api.openapi",
    "bridge.routes.site.docs",
    "bridge.routes.site.shortcuts",
    "bridge.routes.views.pictures",
    "bridge.routes.writing",
    "bridge.simulator",
    "bridge.store.engine",
    "bridge.upstream.client",
    "cryptography",  # 16 ms
    "icalendar",  # 140 ms
    "psycopg",  # 50 ms
    "segno",  # 15 ms
    "sqlalchemy",  # 150 ms
}
# What gunicorn reads before it is up, in the process that only manages the others.
NOT_IN_THE_MANAGER = NOT_AT_START | {"flask", "requests", "bridge.app"}


@cache
def modules_after(statement: str, folder: Path) -> frozenset[str]:
    """Return what a fresh process has imported after a statement, and by nothing else.

    The thread that imports the rest beside is not started.
    """
    script = (
        "import json, sys, threading\n"
        "threading.Thread.start = lambda thread: None\n"
        f"{statement}\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "BRIDGE_SECRET_KEY": SECRET,
            "INTERVALS_API_KEY": "key4711",
            "DATABASE_URL": f"sqlite:///{folder / 'bridge.db'}",
        },
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return frozenset(json.loads(shown.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("start")


def test_a_start_imports_nothing_that_only_a_question_needs(folder: Path) -> None:
    assert modules_after("import bridge.wsgi", folder) & NOT_AT_START == set()


def test_a_probe_is_answered_with_what_the_start_imported(folder: Path) -> None:
    asked = (
        "import bridge.wsgi\n"
        "from werkzeug.test import Client\n"
        "answer = Client(bridge.wsgi.app).get('/healthz')\n"
        "assert answer.status_code == 200, answer.text\n"
    )
    assert modules_after(asked, folder) & NOT_AT_START == set()


def test_gunicorn_reads_its_settings_without_the_bridge(folder: Path) -> None:
    imported = modules_after("import bridge.cli.serving", folder)
    assert imported & NOT_IN_THE_MANAGER == set()


def test_gunicorn_starts_on_a_ready_database_without_what_opens_it(
    folder: Path,
) -> None:
    ready = "from bridge.cli.environment import read_store; read_store().close()"
    assert "sqlalchemy" in modules_after(ready, folder)
    started = "from bridge.cli.serving import on_starting; on_starting(None)"
    assert modules_after(started, folder) & NOT_IN_THE_MANAGER == set()


def test_a_command_does_not_import_the_others(folder: Path) -> None:
    said = (
        "from click.testing import CliRunner\n"
        "from bridge.cli import main\n"
        "assert CliRunner().invoke(main, ['devices', '--help']).exit_code == 0\n"
    )
    imported = modules_after(said, folder)
    assert "bridge.cli.devices" in imported
    others = {"demo", "serve", "doctor", "database", "shortcuts"}
    assert imported & {f"bridge.cli.{name}" for name in others} == set()
    assert imported & {"flask", "requests", "bridge.app"} == set()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.endpoint))
def test_what_the_table_of_routes_names_is_there(route: Route) -> None:
    assert callable(route.view)
    assert route.view.__doc__, f"{route.endpoint} says nothing of itself"
    for record in filter(None, (route.answer, route.items)):
        assert issubclass(record, msgspec.Struct)
    assert route.body is None or isinstance(route.body, Body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.endpoint))
def test_what_the_table_of_pages_names_is_there(page: Page) -> None:
    assert callable(page.view)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_the_list_says(name: str) -> None:
    group = Commands()
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.name == name
