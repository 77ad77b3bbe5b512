"""``bridge views``: keys for cards and feeds, made, listed and shut out."""

from __future__ import annotations

import json

import pytest

from tests.support.live import Operator

LONG_ENOUGH = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"


@pytest.fixture
def owner(operator: Operator) -> Operator:
    """Sit in a folder with a secret, before the first start."""
    operator.settings["BRIDGE_SECRET_KEY"] = LONG_ENOUGH
    return operator


def make(owner: Operator, name: str = "Kitchen tablet") -> dict[str, str]:
    added = owner.run("views", "add", name, "--json")
    assert (added.returncode, added.stderr) == (0, "")
    (line,) = added.stdout.splitlines()
    row: dict[str, str] = json.loads(line)
    return row


def listed(owner: Operator) -> list[dict[str, object]]:
    lines = owner.run("views", "list", "--json").stdout.splitlines()
    return [json.loads(line) for line in lines]


def test_a_view_is_made_before_the_first_start(owner: Operator) -> None:
    row = make(owner, "Küchen-Tablet")
    assert list(row) == ["id", "name", "key"]
    assert row["name"] == "Küchen-Tablet"
    assert row["key"].startswith("v_")


def test_a_key_is_shown_once_and_kept_nowhere(owner: Operator) -> None:
    key = owner.run("views", "add", "Frame").stdout.splitlines()[-1]
    assert key.startswith("v_")
    for as_json in ((), ("--json",)):
        shown = owner.run("views", "list", *as_json)
        assert "Frame" in shown.stdout
        assert key[2:] not in shown.stdout + shown.stderr
    for file in (owner.folder / "data").iterdir():
        assert key[2:].encode() not in file.read_bytes()


@pytest.mark.slow
def test_the_list_tells_state_use_and_private_cards(owner: Operator) -> None:
    empty = owner.run("views", "list")
    assert "bridge views add" in empty.stdout
    assert listed(owner) == []
    first, second = make(owner, "Frame"), make(owner, "Watch")
    assert owner.run("views", "revoke", first["id"]).returncode == 0
    rows = owner.run("views", "list").stdout.splitlines()
    told = {row.split()[0]: row for row in rows}
    assert "revoked" in told[first["id"]]
    assert "active" in told[second["id"]]
    assert "never used" in told[second["id"]]
    (active,) = [row for row in listed(owner) if row["active"]]
    assert active == {
        "id": second["id"],
        "name": "Watch",
        "active": True,
        "private_cards": [],
        "last_used_at": None,
    }


@pytest.mark.slow
def test_a_view_is_revoked_once_by_its_id_or_its_name(owner: Operator) -> None:
    by_id, by_name = make(owner, "Frame"), make(owner, "Old tablet")
    assert owner.run("views", "revoke", by_id["id"]).returncode == 0
    assert owner.run("views", "revoke", by_name["name"]).returncode == 0
    assert not any(row["active"] for row in listed(owner))
    again = owner.run("views", "revoke", by_id["id"])
    assert again.returncode == 1
    assert "bridge views list" in again.stderr


def test_of_two_with_one_name_none_is_revoked(owner: Operator) -> None:
    make(owner, "Frame")
    make(owner, "Frame")
    refused = owner.run("views", "revoke", "Frame")
    assert refused.returncode == 1
    assert "take the id" in refused.stderr
    assert all(row["active"] for row in listed(owner))


@pytest.mark.slow
def test_private_fields_are_switched_on_for_a_card_and_off(owner: Operator) -> None:
    view = make(owner, "Bathroom mirror")
    on = owner.run("views", "private", view["id"], "recovery", "on")
    assert "shows private fields" in on.stdout
    assert listed(owner)[0]["private_cards"] == ["recovery"]
    off = owner.run("views", "private", view["name"], "recovery", "off")
    assert "does not show" in off.stdout
    assert listed(owner)[0]["private_cards"] == []


@pytest.mark.parametrize(
    "arguments",
    [("form", "on"), ("recovery", "maybe"), ("recovery",), ("nonsense", "off")],
)
def test_a_card_that_hides_nothing_is_no_switch(
    owner: Operator, arguments: tuple[str, ...]
) -> None:
    view = make(owner)
    assert owner.run("views", "private", view["id"], *arguments).returncode == 2
    assert listed(owner)[0]["private_cards"] == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "two\nlines", "bell\x07"])
def test_a_name_that_cannot_be_read_is_refused(owner: Operator, name: str) -> None:
    refused = owner.run("views", "add", name)
    assert refused.returncode == 2
    assert "1 to 60 visible characters" in refused.stderr
    assert "v_" not in refused.stdout
