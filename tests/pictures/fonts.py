"""Cut the two shipped fonts out of Inter, and note how wide their signs are.

Run as ``python -m tests.pictures.fonts FOLDER``, FOLDER holding ``Inter-Regular.otf``
and ``Inter-SemiBold.otf`` of Debian's package fonts-inter. Figures become tabular for
good, so that no reader of SVG needs to know about font features.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "bridge" / "pictures" / "fonts"
ADVANCES = ROOT / "bridge" / "domain" / "drawing" / "advances.json"
SOURCES = {"400": "Inter-Regular.otf", "600": "Inter-SemiBold.otf"}
# Latin with its accents, Greek, Cyrillic, Vietnamese; dashes, quotes, arrows, signs.
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x18F, 0x18F),
    (0x1A0, 0x1B0),
    (0x1CD, 0x1DC),
    (0x218, 0x21B),
    (0x259, 0x259),
    (0x386, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x1E80, 0x1E85),
    (0x1E9E, 0x1E9E),
    (0x1EA0, 0x1EF9),
    (0x2009, 0x2009),
    (0x2010, 0x2026),
    (0x202F, 0x202F),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2265),
)


def main(folder: Path) -> None:
    """Write the fonts and the table of advances."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for weight, name in SOURCES.items():
        font = TTFont(folder / name, recalcTimestamp=False)
        _make_figures_tabular(font)
        options = Options(
            layout_features=["kern"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=_signs())
        subsetter.subset(font)
        font["name"].setName("Inter", 1, 3, 1, 0x409)  # one family, two weights
        font["name"].setName(f"Inter {weight}", 4, 3, 1, 0x409)
        font.save(FONTS / f"inter-{weight}.otf")
    ADVANCES.write_text(advances_text(), encoding="utf-8")


def advances_text() -> str:
    """Return the table of the shipped fonts: signs by their advance, in 1/1000 em."""
    weights: dict[str, dict[str, str]] = {}
    for weight in SOURCES:
        font = TTFont(FONTS / f"inter-{weight}.otf")
        em, cmap = font["head"].unitsPerEm, font.getBestCmap()
        by_advance: dict[str, str] = {}
        for code in sorted(cmap):
            advance = str(round(font["hmtx"][cmap[code]][0] * 1000 / em))
            by_advance[advance] = by_advance.get(advance, "") + chr(code)
        weights[weight] = by_advance
    return json.dumps(weights, ensure_ascii=False, indent=0) + "\n"


def _signs() -> list[int]:
    return [code for first, last in RANGES for code in range(first, last + 1)]


def _make_figures_tabular(font: TTFont) -> None:
    gsub = font["GSUB"].table
    tabular: dict[str, str] = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    tabular |= getattr(table, "mapping", {})
    for subtable in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            name = subtable.cmap.get(code)
            subtable.cmap[code] = tabular.get(name, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
