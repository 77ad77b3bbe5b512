"""What gunicorn serves."""

from __future__ import annotations

from bridge.app import create_app
from bridge.cli.environment import read_config
from bridge.cli.logs import log_plainly

config = read_config()
log_plainly(config.api_key)
app = create_app(config)
