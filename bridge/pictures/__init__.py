"""Pictures: drawings pressed into PNG, with a font of our own, beside the worker."""

from __future__ import annotations

from bridge.errors import PicturesMissing
from bridge.pictures.press import press

__all__ = ["PicturesMissing", "press"]
