"""``docs/cards.md``: every card as it is drawn, and the worst that could be on one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from bridge.app import create_app
from bridge.config import Config
from bridge.domain.cards import NAMES
from bridge.domain.cards.card import Card
from bridge.domain.drawing import (
    DEVICES,
    FAMILIES,
    Look,
    Size,
    draw,
    draw_message,
    read_size,
)
from bridge.domain.speech.phrases import LANGUAGES
from bridge.pictures.press import Press
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import SECRET_KEY, Clock, let_in, services_of
from tests.pictures.cards import WORST
from tests.support.services import migrated_database

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "cards.md"
PICTURES = ROOT / "docs" / "cards"
MORNING = datetime(2026, 11, 26, 6, 5, tzinfo=UTC)  # intervals today, a race ahead
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_ABOUT = """\
A card shows what the bridge knows of one thing: `GET /v1/cards/<card>` has it as flat
JSON, with a sentence for who does not see it in `alt`. Drawn it is one SVG, or a PNG
pressed from it. These are the cards of the pretend athlete; `make docs` draws them
again, and a test compares what is drawn with what stands here.

Words are measured before they are drawn: a value that is too long becomes smaller, then
two lines, then is cut with an ellipsis; of parts with a dot between them as many are
shown as fit. What the shipped font lacks (emoji, Chinese, Arabic) is left out, and a
name of which nothing is left becomes the title. Weight, comments and the menstrual
phase stand on no card unless its owner switched them on.

Colours have a contrast of 4.5 to 1 for words and 3 to 1 for what is drawn. Nothing is
told by colour alone: what is planned is dashed or an outline, a value outside its usual
band is hollow, zones have their height. `tinted` has no hue at all."""
_ABOUT_WORST = (
    "Names as nobody writes them, or somebody does. None is cut off, none lies over "
    "another; a test measures it in every size."
)


@dataclass(frozen=True)
class Picture:
    """One picture of the page."""

    file: str  # without its ending
    card: Card | None
    size: Size
    look: Look

    @property
    def svg(self) -> str:
        """Return its drawing."""
        if self.card is None:
            return draw_message(*_MESSAGE, self.size, self.look)
        return draw(self.card, self.size, self.look)

    @property
    def alt(self) -> str:
        """Return what is read to who does not see it, for a page in Markdown."""
        text = self.card.alt if self.card else ": ".join(_MESSAGE)
        kept = "".join(" " if sign in '[]<>|\\`*_"' else sign for sign in text)
        return " ".join(kept.split()) or "Nothing."


_MESSAGE = ("This key is not known", "Ask the owner of the bridge for another one.")


def seen_cards(language: str = "en") -> dict[str, Card]:
    """Return every card of a world that is always the same."""
    answers = _answers()[language]
    return {name: card_of(answer) for name, answer in answers.items()}


@cache
def _answers() -> dict[str, dict[str, dict[str, Any]]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bridge.db")
        file.write_bytes(migrated_database())
        file.chmod(0o600)
        clock = Clock(MORNING)
        world = World(now=clock)
        config = Config(
            secret_keys=(SECRET_KEY,),
            api_key=world.api_key,
            upstream_url="https://upstream.test",
            database_url=f"sqlite:///{file}",
            upstream_per_second=500,
        )
        transport = WSGIAdapter(create_simulator(world))
        app = create_app(config, transport=transport, clock=clock, steady=clock.steady)
        phone = let_in(app)
        answers = {
            language: {
                name: phone.get(f"/v1/cards/{name}?lang={language}").get_json()
                for name in NAMES
            }
            for language in LANGUAGES
        }
        services_of(app).close()
    return answers


def card_of(answer: dict[str, Any]) -> Card:
    """Return the card that an answer of ``/v1/cards`` was made from."""
    items = [
        item | ({"planned": True} if "planned" in item else {})
        for item in answer["items"]
    ]
    whole = {"caption": "", **answer, "items": items}
    return msgspec.convert(whole, Card)


def cards() -> Iterator[Picture]:
    """Yield every card in light and dark."""
    for name, card in seen_cards().items():
        for theme in THEMES:
            file = f"{name}-{theme}"
            yield Picture(file, card, read_size("medium@2x"), Look(theme))


def sizes() -> Iterator[Picture]:
    """Yield a picture of the other sizes and looks."""
    seen = seen_cards()
    dark, light = Look("dark"), Look()
    yield Picture("small", seen["workout"], read_size("small@2x"), light)
    yield Picture("large", seen["form"], read_size("large@2x"), light)
    yield Picture("wallpaper", seen["wallpaper"], read_size("750x1334"), dark)
    yield Picture("tinted", seen["form"], read_size("medium@2x"), Look("tinted"))
    for family in ("circular", "rectangular", "inline"):
        yield Picture(family, seen["form"], read_size(f"{family}@2x"), light)
    yield Picture("eink-1-bit", seen["form"], read_size("eink"), Look("light", 1))
    yield Picture("eink-2-bit", seen["recovery"], read_size("eink"), Look("light", 2))
    yield Picture("message", None, read_size("medium@2x"), light)


def worst() -> Iterator[Picture]:
    """Yield the twelve worst, half of them dark."""
    for index, (name, card) in enumerate(WORST.items()):
        look = Look(THEMES[index % 2])
        yield Picture(f"worst-{name}", card, read_size("medium@2x"), look)


def all_pictures() -> list[Picture]:
    """Return every picture of the page."""
    return [*cards(), *sizes(), *worst()]


def page_text() -> str:
    """Return the page."""
    lines = ["# Cards", "", _ABOUT, "", "## Every card", ""]
    lines += ["| card | light | dark |", "| --- | --- | --- |"]
    drawn = {picture.file: picture for picture in all_pictures()}
    for name in NAMES:
        both = [_image(drawn[f"{name}-{theme}"], 338) for theme in THEMES]
        lines.append(f"| `{name}` | {both[0]} | {both[1]} |")
    lines += ["", "## Sizes", "", *_sizes(), ""]
    for picture in sizes():
        width = picture.size.width_px // 2
        lines += [f"`{picture.file}`", "", _image(picture, min(width, 400)), ""]
    lines += ["## The twelve worst", "", _ABOUT_WORST, ""]
    lines += ["| what | drawn |", "| --- | --- |"]
    lines += [f"| {one.file[6:]} | {_image(one, 338)} |" for one in worst()]
    return "\n".join(lines) + "\n"


def _image(picture: Picture, width: int) -> str:
    return f'<img src="cards/{picture.file}.png" width="{width}" alt="{picture.alt}">'


def _sizes() -> list[str]:
    rows = ["| `size` | points | for |", "| --- | --- | --- |"]
    uses = {
        "small": "home screen",
        "medium": "home screen; what you get without `size`",
        "medium-max": "home screen of the largest phones",
        "large": "home screen",
        "circular": "lock screen",
        "rectangular": "lock screen",
        "inline": "lock screen, one line",
    }
    for name, (width, height) in FAMILIES.items():
        rows.append(f"| `{name}` | {width} × {height} | {uses[name]} |")
    rows += [
        "| `eink` | 800 × 480 pixels | e-ink, with `bits=1` or `bits=2` |",
        "| `wallpaper` | that of `device` | lock screen; 38 % above, 20 % below free |",
        "| `1179x2556` | any pixels, 48 to 4096 | of a phone's shape: a wallpaper |",
        "",
        "`@2x` or `@3x` behind a family says how many pixels make a point; three, if "
        "it says nothing. Known by name as `device`: "
        + ", ".join(f"`{name}`" for name in sorted(DEVICES))
        + ".",
    ]
    return rows


def write_cards() -> None:
    """Write the page and its pictures."""
    PICTURES.mkdir(exist_ok=True)
    PAGE.write_text(page_text(), encoding="utf-8")
    press = Press("vips")
    for old in PICTURES.glob("*.png"):
        old.unlink()
    for picture in all_pictures():
        png = press.press(picture.svg, picture.look.bits)
        (PICTURES / f"{picture.file}.png").write_bytes(png)
    press.close()
