"""A drawing is sound XML in which nothing is cut off and nothing lies over words."""

from __future__ import annotations

import re
from itertools import combinations, product
from xml.etree import ElementTree

import pytest

from bridge.domain.cards.card import Card
from bridge.domain.drawing import FAMILIES, THEMES, Look, draw, draw_message, read_size
from bridge.domain.drawing.canvas import Box, Canvas
from bridge.domain.drawing.layout import compose, compose_message
from bridge.domain.drawing.text import clean, shortened, width_of, wrapped
from bridge.domain.speech.phrases import LANGUAGES
from tests.docs.cards import seen_cards
from tests.pictures.cards import CARDS, ITEMS, WORST, changed

ALL = CARDS | WORST
LIGHT = Look()
SIZES = (
    *FAMILIES,
    "eink",
    "wallpaper",
    "wallpaper:iphone-se",
    "600x300",
    "64x64",
    "48x400",
    "400x48",
)
LARGE = ("eink", "wallpaper", "wallpaper:iphone-se", "small", "medium", "large")
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "rect", "path", "polyline", "polygon", "circle", "text"}
LENGTH = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.5 and down > 0.5


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ALL)
def test_no_word_is_cut_off_or_lies_over_another(name: str, size: str) -> None:
    assert_all_can_be_read(compose(ALL[name], read_size(size), LIGHT))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cards_of_every_language_can_be_read(language: str) -> None:
    for card in seen_cards(language).values():
        for size in SIZES:
            assert_all_can_be_read(compose(card, read_size(size), LIGHT))


def assert_all_can_be_read(canvas: Canvas) -> None:
    assert canvas.texts
    for placed in canvas.texts:
        box = placed.box
        assert box.x >= 0, placed
        assert box.y >= 0, placed
        assert box.right <= canvas.width, placed
        assert box.bottom <= canvas.height, placed
    for one, other in combinations(canvas.texts, 2):
        assert not overlap(one.box, other.box), (one, other)


@pytest.mark.parametrize("size", LARGE)
@pytest.mark.parametrize("name", ALL)
def test_no_chart_lies_over_the_words_of_its_card(name: str, size: str) -> None:
    card = ALL[name]
    canvas = compose(card, read_size(size), LIGHT)
    words = {clean(text) for text in (card.title, card.value, card.caption)}
    words -= {clean(item.label) for item in card.items}
    for placed in canvas.texts:
        if placed.text in words:
            assert not [box for box in canvas.charts if overlap(placed.box, box)]


def test_a_wallpaper_leaves_the_clock_and_the_buttons_free() -> None:
    for card in ALL.values():
        for device in ("iphone-15", "iphone-16-pro-max", "iphone-se"):
            canvas = compose(card, read_size("wallpaper", device), LIGHT)
            for box in (*(placed.box for placed in canvas.texts), *canvas.charts):
                assert box.y >= 0.38 * canvas.height
                assert box.bottom <= 0.80 * canvas.height


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ALL)
def test_every_drawing_is_sound_xml_of_few_elements(name: str, theme: str) -> None:
    for size_text, bits in product(("small", "medium", "large"), (0, 1, 2)):
        size = read_size(size_text)
        look = Look(theme, bits)  # type: ignore[arg-type]  # of a parameter
        svg = draw(ALL[name], size, look)
        root = ElementTree.fromstring(svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= TAGS
        assert root.get("width") == str(size.width_px)
        assert root.get("height") == str(size.height_px)
        for element in root.iter():
            assert not {"href", "style", "id", "class", "onload"} & set(element.attrib)
            for key in {"x", "y", "width", "height", "cx", "cy", "r"} & set(
                element.attrib
            ):
                assert LENGTH.fullmatch(element.attrib[key]), element.attrib
        assert draw(ALL[name], size, look) == svg
        assert len(svg) < 40_000


def test_what_a_font_cannot_show_is_left_out() -> None:
    assert clean("🚴‍♀️ Morning 🏔️ ride ☕️") == "Morning ride"
    assert clean("\u202eTempo\u2066 run\x00") == "Tempo run"
    assert clean("朝のランニング 🏃 · –") == ""
    assert clean("Cafe\u0301 Łódź Ďábel Ночь") == "Café Łódź Ďábel Ночь"


def test_a_name_without_a_sign_of_ours_becomes_the_title() -> None:
    card = changed(CARDS["latest"], value="朝のランニング")
    texts = [placed.text for placed in compose(card, read_size("small"), LIGHT).texts]
    assert texts[:2] == ["Yesterday", "Yesterday"]


def test_text_fits_where_it_is_shortened_and_wrapped() -> None:
    for text in ("Grundlagenausdauertraining mit Intervallen", "W" * 90, "a b c"):
        for width in (20, 60, 130, 300):
            cut = shortened(text, width, 13)
            assert width_of(cut, 13) <= width
            rows = wrapped(text, width, 13, 3)
            assert len(rows) <= 3
            assert all(width_of(row, 13) <= width for row in rows)
    assert shortened("Easy run", 400, 13) == "Easy run"
    assert wrapped("Easy run", 400, 13, 2) == ("Easy run",)
    assert wrapped("", 400, 13, 2) == ()
    assert shortened("5.5 km · 30 min · 5:23 /km", 100, 13) == "5.5 km · 30 min"
    assert wrapped("Schwellenintervalltraining", 90, 13, 2)[0].endswith("-")


def test_a_number_keeps_its_unit_and_no_line_begins_with_a_dot() -> None:
    for text in ("Ride: 2 h 14 min · 61.4 km", "Radfahrt: 12 min · 61,4 km/h · 3 h"):
        for width in range(90, 260):
            rows = wrapped(text, width, 13, 4)
            assert not [row for row in rows if row.startswith(("min", "km", "h", "·"))]
            assert not [row for row in rows if row.endswith(("·", "14", "61.4", " 2"))]


def test_what_is_half_used_up_looks_so_in_one_bit() -> None:
    svg = draw(CARDS["gear"], read_size("eink"), Look("light", 1))
    bars = [
        element
        for element in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if element.get("rx") in {"2.5", "3"} and float(element.get("height", 0)) < 7
    ]
    outlines = [bar for bar in bars if bar.get("fill") == "none"]
    used = [bar for bar in bars if bar.get("fill") == "#000000"]
    assert len(outlines) == len(used) > 1
    assert len({bar.get("width") for bar in used}) > 1


def test_planned_days_are_dashed_and_zones_lie_behind() -> None:
    svg = draw(CARDS["form"], read_size("large"), LIGHT)
    assert svg.count("stroke-dasharray") == 3  # fitness, fatigue, form
    past = changed(items=ITEMS["line"][:40])
    assert "stroke-dasharray" not in draw(past, read_size("large"), LIGHT)
    assert svg.count("fill-opacity") >= 4


def test_a_message_has_the_asked_size_and_all_of_its_words() -> None:
    title, text = "This key is not known", "Ask the owner of the bridge for another."
    for size_text in SIZES:
        size = read_size(size_text)
        svg = draw_message(title, text, size, LIGHT)
        root = ElementTree.fromstring(svg)
        assert root.get("width") == str(size.width_px)
        assert root.get("aria-label") == f"{title}: {text}"
        for placed in compose_message(title, text, size, LIGHT).texts:
            assert placed.box.right <= size.width_px / size.scale
    medium = compose_message(title, text, read_size("medium"), LIGHT)
    assert " ".join(placed.text for placed in medium.texts) == f"{title} {text}"


def test_the_sentence_of_a_card_is_what_is_read_aloud() -> None:
    card: Card = changed(alt="One sentence.")
    assert 'aria-label="One sentence."' in draw(card, read_size("small"), LIGHT)
