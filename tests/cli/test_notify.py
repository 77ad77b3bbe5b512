"""``bridge notify``: topics, times, channels and a test that says what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bridge.cli import main
from bridge.domain.messages.topics import NAMES
from tests.conftest import SECRET_KEY
from tests.notify.receivers import Receiver, receiving


@pytest.fixture
def run(tmp_path: Path, migrated: bytes, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    (tmp_path / "bridge.db").write_bytes(migrated)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIDGE_SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bridge.db")
    monkeypatch.setenv("BRIDGE_NOTIFY_PRIVATE", "127.0.0.0/8")
    return CliRunner()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


def notify(run: CliRunner, *arguments: str) -> Result:
    return run.invoke(main, ["notify", *arguments])


def listed(run: CliRunner) -> dict[str, object]:
    found: dict[str, object] = json.loads(notify(run, "list", "--json").output)
    return found


def test_topics_are_switched_on_and_off(run: CliRunner) -> None:
    assert notify(run, "off", "all").output == "On: nothing.\n"
    assert notify(run, "on", "week", "trouble").output == "On: week, trouble.\n"
    known = listed(run)
    assert known["on"] == ["week", "trouble"]
    assert set(known["off"]) == set(NAMES) - {"week", "trouble"}  # type: ignore[call-overload]  # a list
    for line in ("on   week", "off  recovery", "No channel yet"):
        assert line in notify(run, "list").output


def test_an_unknown_topic_is_refused_with_those_there_are(run: CliRunner) -> None:
    refused = notify(run, "on", "weeks")
    assert refused.exit_code == 2
    assert "morning_brief" in refused.output


def test_times_and_language_are_chosen(run: CliRunner) -> None:
    said = notify(run, "times", "--morning", "5:45", "--language", "fr")
    assert said.exit_code == 0, said.output
    known = listed(run)
    assert (known["morning_at"], known["evening_at"]) == ("05:45", "18:00")
    assert known["language"] == "fr"
    assert notify(run, "times", "--morning", "late").exit_code == 2
    assert notify(run, "times", "--language", "own").exit_code == 0
    assert listed(run)["language"] is None


def test_a_webhook_gets_a_secret_that_is_shown_once(
    run: CliRunner, receiver: Receiver
) -> None:
    added = notify(run, "add", "webhook", receiver.url("/hidden"), "--name", "Home")
    secret = added.output.splitlines()[-1]
    assert secret.startswith("whsec_")
    for output in (notify(run, "list").output, json.dumps(listed(run))):
        assert secret not in output
        assert "hidden" not in output
        assert "127.0.0.1" in output
    assert notify(run, "test").output == "Home: arrived\n"
    (got,) = receiver.received
    assert got.json["text"] == "This is how the bridge will reach you."


def test_a_test_says_what_was_wrong(run: CliRunner, receiver: Receiver) -> None:
    notify(run, "add", "ntfy", receiver.url("/topic"))
    receiver.statuses = [500]
    failed = notify(run, "test", "ntfy")
    assert failed.exit_code == 1
    assert failed.output == "ntfy: it answered with an error\n"
    receiver.statuses = [410]
    assert "gone for good" in notify(run, "test", "ntfy").output
    assert "gone" in notify(run, "list").output
    assert notify(run, "test").exit_code == 1  # there is none left


def test_what_can_be_no_channel_is_refused(run: CliRunner) -> None:
    refused = notify(run, "add", "ntfy", "https://10.0.0.1/topic")
    assert refused.exit_code == 1
    assert "BRIDGE_NOTIFY_PRIVATE" in refused.output
    assert notify(run, "add", "ntfy", "https://ntfy.sh/").exit_code == 1
    assert notify(run, "add", "ntfy", "https://ntfy.sh/x", "--name", " ").exit_code == 2


def test_a_channel_is_removed_by_its_name(run: CliRunner, receiver: Receiver) -> None:
    notify(run, "add", "ntfy", receiver.url("/one"), "--name", "One")
    notify(run, "add", "ntfy", receiver.url("/two"), "--name", "Two")
    assert notify(run, "remove", "Three").exit_code == 1
    assert notify(run, "remove", "One").exit_code == 0
    names = [row["name"] for row in listed(run)["channels"]]  # type: ignore[attr-defined]  # a list
    assert names == ["Two"]
