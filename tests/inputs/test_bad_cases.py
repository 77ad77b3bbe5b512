"""The collected bad inputs, as far as pure functions decide them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bridge.domain.inputs import (
    Dimension,
    InputError,
    parse_day,
    parse_quantity,
    parse_start_local,
    parse_text,
    read_body,
    unknown_keys,
)
from bridge.errors import BadField, BridgeError

TODAY = date(2026, 11, 23)
FIELDS = ("weight", "comment", "restingHR")
ACCEPTED = 200


def cases(shared: Path, group: str) -> list[dict[str, Any]]:
    text = (shared / "reference" / "bad_inputs.json").read_text("utf-8")
    found = [case for case in json.loads(text) if case["group"] == group]
    assert found
    return found


def built(value: Any) -> bytes:
    """Return the bytes that a case describes."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    match value["gen"]:
        case "repeat":
            return str(value["unit"] * value["n"]).encode()
        case "hex":
            return bytes.fromhex(value["hex"])
        case "concat":
            return b"".join(built(part) for part in value["parts"])
    raise AssertionError(value)


def body_of(value: Any, field: str) -> bytes:
    """Return the JSON body that carries a value in a field."""
    raw = isinstance(value, dict) and value.get("gen") == "rawjson"
    text = value["json"] if raw else json.dumps(value)
    return f'{{"{field}":{text}}}'.encode()


def status_of_number(case: dict[str, Any]) -> int:
    """Return the status the phone gets for a wellness number."""
    field = case["where"].rpartition(".")[2]
    dimension = Dimension.MASS if field == "weight" else Dimension.HEART_RATE
    try:
        body = read_body(body_of(case["value"], field), "application/json")
        parse_quantity(body[field], dimension)
    except InputError:
        return BadField.status
    except BridgeError as error:
        return error.status
    return ACCEPTED


def status_of_body(case: dict[str, Any]) -> int:
    try:
        body = read_body(built(case["value"]), "application/json")
    except BridgeError as error:
        return error.status
    return BadField.status if list(unknown_keys(body, FIELDS)) else ACCEPTED


def status_of_text(case: dict[str, Any]) -> int:
    try:
        body = read_body(body_of(case["value"], "name"), "application/json")
        parse_text(body["name"])
    except InputError:
        return BadField.status
    except BridgeError as error:
        return error.status
    return ACCEPTED


def status_of_day(case: dict[str, Any]) -> int:
    value = case["value"]
    text = built(value).decode() if isinstance(value, dict) else value
    parse = parse_start_local if "start_date_local" in case["where"] else parse_day
    try:
        parse(text, TODAY)
    except InputError:
        return BadField.status
    return ACCEPTED


def test_every_bad_number_gets_its_status(shared: Path) -> None:
    for case in cases(shared, "number"):
        status = status_of_number(case)
        assert status in case["expect"]["status"], case


def test_comma_and_blanks_around_a_weight_are_read_exactly(shared: Path) -> None:
    values = {case["id"]: case["value"] for case in cases(shared, "number")}
    assert parse_quantity(values["number-01"], Dimension.MASS) == 72.5
    assert parse_quantity(values["number-07"], Dimension.MASS) == 72.5
    assert parse_quantity(values["number-33"], Dimension.MASS) == 72.123


def test_every_bad_body_gets_its_status(shared: Path) -> None:
    for case in cases(shared, "json"):
        status = status_of_body(case)
        assert status in case["expect"]["status"], (case["id"], status)


def test_every_bad_text_gets_its_status(shared: Path) -> None:
    for case in cases(shared, "text"):
        status = status_of_text(case)
        assert status in case["expect"]["status"], (case["id"], status)


def test_every_bad_day_gets_its_status(shared: Path) -> None:
    days = [
        case
        for case in cases(shared, "date")
        if case["where"] in {"path:date", "body:event.start_date_local"}
    ]
    assert len(days) >= 10
    for case in days:
        status = status_of_day(case)
        assert status in case["expect"]["status"], (case["id"], status)


@pytest.mark.parametrize("number", ["http-01", "http-03", "http-05"])
def test_every_odd_content_type_gets_its_status(shared: Path, number: str) -> None:
    case = next(case for case in cases(shared, "http") if case["id"] == number)
    with pytest.raises(BridgeError) as caught:
        read_body(
            case["value"]["body"].encode(), case["value"]["headers"]["Content-Type"]
        )
    assert caught.value.status in case["expect"]["status"]
