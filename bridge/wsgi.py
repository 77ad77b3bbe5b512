"""What gunicorn serves."""

from __future__ import annotations

from bridge.app import create_app
from bridge.cli.environment import log_plainly, read_config

log_plainly()
app = create_app(read_config())
