"""The snippets of ``docs/widgets.md``, run as they stand against a bridge."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests
from jinja2 import Environment

from tests.player.conftest import Web, web
from tests.support.lacking import require_binary
from tests.support.live import Served

__all__ = ["web"]
PAGE = Path(__file__).parents[2] / "docs" / "widgets.md"
BLOCK = re.compile(r"^```(sh|yaml|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PICTURES = {"medium": (1014, 474), "small": (474, 474), "rectangular": (516, 228)}
pytestmark = [pytest.mark.xdist_group("live_widgets"), pytest.mark.slow]


@pytest.fixture(scope="module")
def filled(served: Served) -> str:
    """Return the page with an address, a token and a key that work."""
    token = served.let_in("read", "Dashboard")["token"]
    added = served.run("views", "add", "Widget", "--json")
    key = json.loads(added.stdout)["key"]
    page = PAGE.read_text("utf-8").replace("https://your-bridge", served.url)
    return page.replace("icb_…", token).replace("v_…", key)


def snippet(page: str, name: str) -> str:
    """Return the block that names itself so."""
    (found,) = (body for _, body in BLOCK.findall(page) if f"# {name}\n" in body)
    return str(found)


def addresses(page: str) -> list[str]:
    """Return every address of a block that is nothing else."""
    blocks = (body for how, body in BLOCK.findall(page) if how == "text")
    return [line for body in blocks for line in body.splitlines()]


def run_sh(script: str, folder: Path) -> str:
    require_binary("curl", "curl")
    shell = require_binary("sh", "dash")
    done = subprocess.run(
        [shell, "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_yaml(text: str) -> Any:
    """Read YAML, and a secret of Home Assistant as its name."""
    yaml: Any = importlib.import_module("yaml")  # it has no types
    return yaml.safe_load(re.sub(r"!secret (\w+)", r"secret \1", text))


def card_of(served: Served, page: str, path: str) -> dict[str, Any]:
    (token,) = set(re.findall(r"Bearer (icb_[^\"\n`]+)", page))
    answer: dict[str, Any] = served.get(path, token).json()
    assert answer["status"] == "ok"
    return answer


def test_curl_says_the_sentence_and_saves_the_picture(
    filled: str, served: Served, tmp_path: Path
) -> None:
    said = run_sh(snippet(filled, "curl"), tmp_path)
    assert said.strip() == card_of(served, filled, "/v1/cards/form")["speech"]
    assert (tmp_path / "form.png").read_bytes().startswith(b"\x89PNG")


def test_the_menu_bar_shows_title_value_and_caption(
    filled: str, served: Served, tmp_path: Path
) -> None:
    card = card_of(served, filled, "/v1/cards/form")
    lines = run_sh(snippet(filled, "SwiftBar"), tmp_path).splitlines()
    assert lines == [
        f"{card['title']} {card['value']}",
        "---",
        card["caption"],
        f"Open | href={served.url}/today",
    ]


def test_the_menu_bar_shows_a_mark_while_the_bridge_is_away(
    filled: str, served: Served, tmp_path: Path
) -> None:
    away = snippet(filled, "SwiftBar").replace(served.url, "http://127.0.0.1:9")
    assert run_sh(away, tmp_path) == "Form ?\n"


def test_pushcut_gets_the_sentence_whole(
    filled: str, served: Served, web: Web, tmp_path: Path
) -> None:
    script = snippet(filled, "Pushcut").replace("https://api.pushcut.io", web.address)
    run_sh(script, tmp_path)
    ((method, path, headers, body),) = web.asked
    assert (method, path) == ("POST", "/v1/notifications/Training")
    assert headers["API-Key"] == "your-pushcut-key"
    today = card_of(served, filled, "/v1/today")
    assert json.loads(body) == {"text": today["speech"]}


def test_home_assistant_finds_its_numbers(filled: str, served: Served) -> None:
    (rest,) = read_yaml(snippet(filled, "Home Assistant"))["rest"]
    assert rest["headers"] == {"Authorization": "secret bridge"}
    answer = card_of(served, filled, rest["resource"].removeprefix(served.url))
    for sensor in rest["sensor"]:
        template = Environment(autoescape=True).from_string(sensor["value_template"])
        assert float(template.render(value_json=answer)) in answer.values()
        assert set(sensor.get("json_attributes", ())) <= set(answer)


def test_homepage_finds_its_fields(filled: str, served: Served) -> None:
    ((service,),) = (
        group["Training"] for group in read_yaml(snippet(filled, "Homepage"))
    )
    widget = service["Form"]["widget"]
    answer = requests.get(widget["url"], headers=widget["headers"], timeout=30).json()
    assert widget["type"] == "customapi"
    for mapping in widget["mappings"]:
        assert isinstance(answer[mapping["field"]], int | float)


def test_glance_finds_its_texts(filled: str) -> None:
    (widget,) = read_yaml(snippet(filled, "Glance"))
    answer = requests.get(widget["url"], headers=widget["headers"], timeout=30).json()
    named = re.findall(r'\{\{ \.JSON\.String "(\w+)" \}\}', widget["template"])
    assert len(named) == widget["template"].count("{{") == 3
    assert all(isinstance(answer[name], str) for name in named)


def test_every_address_of_a_picture_is_one_of_its_size(filled: str) -> None:
    pictures = [each for each in addresses(filled) if ".png?" in each]
    assert len(pictures) == len(PICTURES)
    for address in pictures:
        answer = requests.get(address, timeout=30)
        assert answer.headers["Content-Type"] == "image/png", answer.text
        family = address.partition("size=")[2].partition("@")[0]
        size = tuple(int.from_bytes(answer.content[at : at + 4]) for at in (16, 20))
        assert size == PICTURES[family]


def test_trmnl_is_led_to_a_picture_for_it(filled: str) -> None:
    (address,) = (each for each in addresses(filled) if ".trmnl.json" in each)
    answer = requests.get(address, timeout=30).json()
    assert set(answer) == {"filename", "url", "refresh_rate"}
    assert "size=eink" in answer["url"]


def test_every_block_of_the_page_is_run_here() -> None:
    page = PAGE.read_text("utf-8")
    names = {"curl", "SwiftBar", "Pushcut", "Home Assistant", "Homepage", "Glance"}
    named = [body for how, body in BLOCK.findall(page) if how != "text"]
    assert len(named) == len(names)
    assert all(snippet(page, name) for name in names)
    assert page.count("```") == 2 * len(BLOCK.findall(page))
