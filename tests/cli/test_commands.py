"""Every command explains itself, and ends a failure with a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from bridge.cli import main
from tests.support.live import Operator

LONG_ENOUGH = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


def commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """Give every command below ``group``, groups included."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*above, name)
        if isinstance(command, click.Group):
            yield from commands(command, *above, name)


@pytest.mark.parametrize("command", list(commands(main)), ids=" ".join)
def test_every_command_says_what_it_does(
    operator: Operator, command: tuple[str, ...]
) -> None:
    shown = operator.run(*command, "--help")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith(f"Usage: bridge {' '.join(command)}")
    assert "None" not in shown.stdout


def test_the_list_of_commands_needs_no_settings(operator: Operator) -> None:
    operator.settings["PORT"] = "none at all"
    shown = operator.run("--help")
    assert shown.returncode == 0
    for name in ("demo", "init", "serve", "devices", "doctor"):
        assert f"\n  {name} " in shown.stdout
    assert operator.run("--version").returncode == 0


def test_an_unknown_command_is_refused_without_a_trace(operator: Operator) -> None:
    refused = operator.run("sevre")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "BRIDGE_SECRET_KEY is not set"),
        ({"BRIDGE_SECRET_KEY": "tooshort"}, "BRIDGE_SECRET_KEY is too short"),
        ({"BRIDGE_SECRET_KEY": "change-me-" * 5}, "BRIDGE_SECRET_KEY is too short"),
        ({"BRIDGE_SECRET_KEY": f"{LONG_ENOUGH},short"}, "BRIDGE_SECRET_KEY is too sh"),
        ({"BRIDGE_SECRET_KEY_FILE": "/nowhere"}, "BRIDGE_SECRET_KEY_FILE cannot be"),
        ({"INTERVALS_API_KEY": '"6bqv9zk3f0"'}, "without quotes"),
        ({"INTERVALS_API_KEY": "API_KEY:6bqv9zk3f0"}, "begins with API_KEY"),
        ({"INTERVALS_API_KEY": "6bqv9 zk3f0"}, "blanks"),
        ({"PORT": "eighty"}, "PORT is 'eighty'"),
        ({"DATABASE_URL": "oracle://scott:tiger6@db/x"}, "DATABASE_URL"),
    ],
)
def test_settings_that_cannot_work_are_named_and_not_shown(
    operator: Operator, settings: dict[str, str], said: str
) -> None:
    if settings and "BRIDGE_SECRET_KEY_FILE" not in settings:
        operator.settings["BRIDGE_SECRET_KEY"] = LONG_ENOUGH
    operator.settings |= settings
    refused = operator.run("serve")
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    for secret in ("6bqv9", "tiger6", LONG_ENOUGH, "tooshort"):
        assert secret not in refused.stdout + refused.stderr


def test_a_newcomer_is_told_both_variables_and_the_demo(operator: Operator) -> None:
    refused = operator.run("serve")
    assert refused.returncode == 1
    for named in ("INTERVALS_API_KEY", "BRIDGE_SECRET_KEY", "bridge demo"):
        assert named in refused.stderr
