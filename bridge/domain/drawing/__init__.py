"""Drawing: a card becomes one SVG, of any size and look; the same card, the same SVG.

Nothing here reads a clock, a file of the athlete's or the network; all words are the
card's. Text is measured by the advances of the shipped font, so that it fits before
anybody draws it. There are no ids, styles or scripts in it: it may stand in a page.
"""

from __future__ import annotations

from bridge.domain.cards.card import Card
from bridge.domain.drawing.look import THEMES, Look
from bridge.domain.drawing.size import DEVICES, FAMILIES, Size, read_size

__all__ = [
    "DEVICES",
    "FAMILIES",
    "THEMES",
    "Look",
    "Size",
    "draw",
    "draw_message",
    "read_size",
]


def draw(card: Card, size: Size, look: Look) -> str:
    """Draw a card as SVG.

    Parameters
    ----------
    card
        What is to be seen; its ``alt`` is read to who does not see it.
    size
        The pixels asked for; lengths within are points.
    look
        Theme and bits of grey.

    Returns
    -------
    str
        A document with ``width`` and ``height`` in pixels. Names are escaped, and
        without what the font cannot show.
    """
    from bridge.domain.drawing.layout import compose

    canvas = compose(card, size, look)
    return canvas.svg(size.width_px, size.height_px, card.alt or card.title)


def draw_message(title: str, text: str, size: Size, look: Look) -> str:
    """Draw a picture of the asked size that says what is wrong, and what to do."""
    from bridge.domain.drawing.layout import compose_message

    canvas = compose_message(title, text, size, look)
    return canvas.svg(size.width_px, size.height_px, f"{title}: {text}")
