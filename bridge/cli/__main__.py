"""``python -m bridge.cli``: the commands, where the script is not installed."""

from __future__ import annotations

from bridge.cli import main

main()
