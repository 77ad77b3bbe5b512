"""How large a picture is: the widgets of iOS, lock screens, e-ink, or any size."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridge.domain.inputs import InputError, Mistake

# Width and height in points.
FAMILIES = {
    "small": (158, 158),
    "medium": (338, 158),
    "medium-max": (364, 170),  # on the largest phones
    "large": (338, 354),
    "circular": (76, 76),
    "rectangular": (172, 76),
    "inline": (257, 26),
}
SCALES = (1, 2, 3)
EINK_PX = (800, 480)
_SCREENS = {
    (1170, 2532): "iphone-12 iphone-12-pro iphone-13 iphone-13-pro iphone-14 "
    "iphone-16e iphone-17e",
    (1179, 2556): "iphone-15 iphone-14-pro iphone-15-pro iphone-16",
    (1206, 2622): "iphone-16-pro iphone-17 iphone-17-pro",
    (1260, 2736): "iphone-air",
    (1284, 2778): "iphone-12-pro-max iphone-13-pro-max iphone-14-plus",
    (1290, 2796): "iphone-14-pro-max iphone-15-plus iphone-15-pro-max iphone-16-plus",
    (1320, 2868): "iphone-16-pro-max iphone-17-pro-max",
    (1080, 2340): "iphone-12-mini iphone-13-mini",
    (750, 1334): "iphone-se iphone-se-2 iphone-se-3 iphone-8",
    (828, 1792): "iphone-xr iphone-11",
    (1125, 2436): "iphone-x iphone-xs iphone-11-pro",
    (1242, 2688): "iphone-xs-max iphone-11-pro-max",
}
DEVICES = {name: px for px, names in _SCREENS.items() for name in names.split()}
LEAST_PX, MOST_PX = 48, 4096
_LEAST_CUSTOM = 110  # points; less has room for a few words
_MOST_PIXELS = 6_000_000
_EXAMPLE = "medium@3x"
_DEVICE_EXAMPLE = "iphone-15"
_FAMILY = re.compile(r"([a-z-]{1,20})(?:@([123])x)?", re.ASCII)
_PIXELS = re.compile(r"([0-9]{1,5})x([0-9]{1,5})(?:@([123])x)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Size:
    """The pixels of a picture, how many make a point, and what it is made for."""

    width_px: int
    height_px: int
    scale: int
    family: str  # small medium large rectangular circular inline wallpaper eink custom


DEFAULT = Size(1014, 474, 3, "medium")


def read_size(text: str | None, device: str | None = None) -> Size:
    """Read the size of a picture.

    Parameters
    ----------
    text
        ``medium``, ``small@2x``, ``wallpaper``, ``wallpaper:iphone-15``, ``eink``,
        ``1179x2556`` in pixels, ``364x170@3x`` in points; nothing: ``medium@3x``, or
        the wallpaper of ``device``.
    device
        The name of a phone: ``iphone-15``, ``iPhone 15 Pro``.

    Raises
    ------
    InputError
        If it is none of these, or more than a picture can have.
    """
    wanted = (text or "").strip().lower()
    if not wanted:
        return _wallpaper(device) if device else DEFAULT
    family, _, named = wanted.partition(":")
    if family == "wallpaper":
        return _wallpaper(named or device or _DEVICE_EXAMPLE)
    if wanted == "eink":
        return Size(*EINK_PX, 2, "eink")
    if pixels := _PIXELS.fullmatch(wanted):
        width, height, scale = (int(part) if part else 0 for part in pixels.groups())
        return _custom(width * (scale or 1), height * (scale or 1), scale)
    known = _FAMILY.fullmatch(wanted)
    if known is None or known[1] not in FAMILIES:
        raise InputError(Mistake.NOT_A_TEXT, _EXAMPLE, seen=wanted[:20])
    scale = int(known[2] or 3)
    width, height = FAMILIES[known[1]]
    return Size(width * scale, height * scale, scale, known[1].removesuffix("-max"))


def _wallpaper(device: str) -> Size:
    name = "-".join(device.strip().lower().replace("_", " ").split())
    if pixels := _PIXELS.fullmatch(name):
        width, height = int(pixels[1]), int(pixels[2])
        _check(width, height)
        return Size(width, height, _scale_of(width), "wallpaper")
    if name not in DEVICES:
        raise InputError(Mistake.NOT_A_TEXT, _DEVICE_EXAMPLE, seen=name[:20])
    width, height = DEVICES[name]
    return Size(width, height, _scale_of(width), "wallpaper")


def _scale_of(width_px: int) -> int:
    """Return how many pixels make a point on a phone that wide."""
    return 3 if width_px >= 1000 else 2 if width_px >= 560 else 1


def _custom(width: int, height: int, scale: int) -> Size:
    """Read any size: that of a phone is a wallpaper."""
    _check(width, height)
    if (width, height) == EINK_PX:
        return Size(width, height, 2, "eink")
    if not scale and width >= 560 and height >= 1.6 * width:
        return Size(width, height, _scale_of(width), "wallpaper")
    shortest = min(width, height)
    fitting = next((one for one in (3, 2) if shortest >= 150 * one), 1)
    scale = scale or fitting
    return Size(width, height, scale, _family_of(width / scale, height / scale))


def _family_of(width: float, height: float) -> str:
    """Return what a picture of so many points has room for."""
    if min(width, height) >= _LEAST_CUSTOM:
        return "custom"
    if width > 4 * height:
        return "inline"
    return "circular" if max(width, height) < _LEAST_CUSTOM else "rectangular"


def _check(width: int, height: int) -> None:
    within = min(width, height) >= LEAST_PX and max(width, height) <= MOST_PX
    if not within or width * height > _MOST_PIXELS:
        ends = (f"{LEAST_PX}x{LEAST_PX}", "2000x3000")
        raise InputError(Mistake.OUT_OF_RANGE, _EXAMPLE, ends=ends)
