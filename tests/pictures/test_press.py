"""Drawings become PNG in a child process, which may be slow, missing or dead."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.domain.drawing import Look, draw, read_size
from bridge.pictures import PicturesMissing
from bridge.pictures.press import Press
from tests.pictures.cards import CARDS, WORST, changed

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module", params=["vips", "resvg"])
def press(request: pytest.FixtureRequest) -> Iterator[Press]:
    press = Press(request.param)
    yield press
    press.close()


def head_of(png: bytes) -> tuple[int, int, int, int]:
    """Return width, height, bits and type of colour."""
    assert png.startswith(SIGNATURE)
    head = struct.unpack(">IIBB", png[16:26])
    return head[0], head[1], head[2], head[3]


@pytest.mark.parametrize("size_text", ["small@2x", "medium@3x", "eink", "circular"])
def test_a_drawing_becomes_a_picture_of_its_size(press: Press, size_text: str) -> None:
    size = read_size(size_text)
    for name in ("form", "recovery"):
        png = press.press(draw(CARDS[name], size, Look("dark")), 0)
        assert head_of(png)[:3] == (size.width_px, size.height_px, 8)


@pytest.mark.parametrize("bits", [1, 2])
def test_an_eink_picture_has_its_bits_of_grey(bits: int) -> None:
    press = Press("vips")
    size = read_size("eink")
    look = Look("light", 1 if bits == 1 else 2)
    png = press.press(draw(CARDS["form"], size, look), bits)
    press.close()
    assert head_of(png) == (800, 480, bits, 0)
    assert len(png) < 20_000


def test_no_picture_is_larger_than_200_kilobytes() -> None:
    press = Press("vips")
    for card in (CARDS["form"], CARDS["streak"], WORST["longest"]):
        for size_text in ("large@3x", "wallpaper:iphone-16-pro-max"):
            for theme in ("light", "dark"):
                svg = draw(card, read_size(size_text), Look(theme))
                assert len(press.press(svg, 0)) <= 200_000
    press.close()


def test_a_child_that_died_is_started_again(press: Press) -> None:
    svg = draw(CARDS["form"], read_size("small@1x"), Look())
    before = press.press(svg, 0)
    child = press._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert press.press(svg, 0) == before


def test_what_is_no_drawing_fails_and_the_next_one_works(press: Press) -> None:
    with pytest.raises(PicturesMissing):
        press.press("<svg", 0)
    assert press.press(draw(CARDS["form"], read_size("small@1x"), Look()), 0)


def test_without_an_engine_it_is_said_what_to_install() -> None:
    press = Press("none")
    with pytest.raises(PicturesMissing) as missing:
        press.press("<svg/>", 0)
    assert "pyvips[binary]" in missing.value.filled_hint
    press.close()


def test_the_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIDGE_CANARY", "canary-in-the-environment")
    press = Press()
    press.press(draw(CARDS["form"], read_size("small@1x"), Look()), 0)
    assert press._child is not None
    seen = Path(f"/proc/{press._child.pid}/environ").read_bytes()
    press.close()
    assert b"FONTCONFIG_FILE" in seen
    assert b"canary" not in seen


def test_drawing_leaves_the_worker_as_small_as_it_was() -> None:
    script = """
from pathlib import Path
from bridge.domain.drawing import Look, draw, read_size
from bridge.pictures.press import Press
from tests.pictures.cards import CARDS
press = Press()
svg = draw(CARDS["form"], read_size("wallpaper"), Look())
for _ in range(5):
    press.press(svg, 0)
for process in ("self", press._child.pid):
    status = Path(f"/proc/{process}/status").read_text()
    print(next(l.split()[1] for l in status.splitlines() if l.startswith("VmRSS")))
press.close()
"""
    seen = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    ).stdout.split()
    worker_mb, child_mb = (int(kilobytes) / 1024 for kilobytes in seen)
    assert worker_mb < 60
    assert child_mb < 130


def test_without_its_fonts_nothing_is_drawn_but_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters of whatever is installed, or boxes, would be worse than a sentence."""
    module = sys.modules[Press.__module__]
    shutil.copy(Path(str(module.__file__)).with_name("child.py"), tmp_path)
    monkeypatch.setattr(module, "_HERE", tmp_path)
    press = Press()
    with pytest.raises(PicturesMissing, match="fonts"):
        press.press(draw(CARDS["form"], read_size("small@1x"), Look()), 0)
    press.close()


def test_the_shipped_font_is_the_one_that_is_drawn(press: Press) -> None:
    """Each letter has its ink: those of other fonts, or boxes, would have others."""
    words = {}
    for text in ("MMMMMMMM", "iiiiiiii"):
        card = changed(CARDS["race"], value=text, title=text, caption=text, lines=None)
        words[text] = len(press.press(draw(card, read_size("small@2x"), Look()), 0))
    assert words["MMMMMMMM"] != words["iiiiiiii"]
