"""The sizes of pictures: families, phones, e-ink, pixels; and what is none."""

from __future__ import annotations

import pytest

from bridge.domain.drawing import DEVICES, Size, read_size
from bridge.domain.inputs import InputError, Mistake


@pytest.mark.parametrize(
    ("text", "device", "size"),
    [
        (None, None, Size(1014, 474, 3, "medium")),
        ("small@2x", None, Size(316, 316, 2, "small")),
        ("small", None, Size(474, 474, 3, "small")),
        ("large@3x", None, Size(1014, 1062, 3, "large")),
        ("medium-max@3x", None, Size(1092, 510, 3, "medium")),
        ("364x170@3x", None, Size(1092, 510, 3, "custom")),
        ("circular", None, Size(228, 228, 3, "circular")),
        ("wallpaper", None, Size(1179, 2556, 3, "wallpaper")),
        ("wallpaper", "iPhone 16 Pro", Size(1206, 2622, 3, "wallpaper")),
        ("wallpaper:iphone-15-plus", None, Size(1290, 2796, 3, "wallpaper")),
        (None, "iphone-17-pro-max", Size(1320, 2868, 3, "wallpaper")),
        ("", "iphone-se", Size(750, 1334, 2, "wallpaper")),
        ("1179x2556", None, Size(1179, 2556, 3, "wallpaper")),
        ("eink", None, Size(800, 480, 2, "eink")),
        ("800X480", None, Size(800, 480, 2, "eink")),
        ("300x100", None, Size(300, 100, 1, "rectangular")),
    ],
)
def test_a_size_is_read(text: str | None, device: str | None, size: Size) -> None:
    assert read_size(text, device) == size


@pytest.mark.parametrize(
    "text", ["huge", "small@9x", "small@", "-1x20", "ＸＬ", "1e3x20", "wallpaper:nokia"]
)
def test_what_is_no_size_is_refused_with_one_that_is(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_size(text)
    assert refusal.value.example in DEVICES or read_size(refusal.value.example)


@pytest.mark.parametrize(
    "text", ["10x10", "99999x99999", "4096x4096", "5000x100", "4000x40@3x"]
)
def test_an_absurd_size_is_refused_with_its_ends(text: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_size(text)
    assert refusal.value.mistake is Mistake.OUT_OF_RANGE
    assert refusal.value.ends == ("48x48", "2000x3000")
