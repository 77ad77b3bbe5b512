"""What gunicorn is told by everybody who starts it.

gunicorn reads this module as its configuration: ``--config python:bridge.cli.serving``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

CONFIG = "python:bridge.cli.serving"

worker_class = "bridge.server.worker.FrontWorker"
threads = 32
graceful_timeout = 10  # an answer takes 8 seconds at most
accesslog = "-"
_IS_JSON = os.environ.get("BRIDGE_LOG", "").strip().lower() == "json"
logger_class = f"bridge.server.log.{'JsonLog' if _IS_JSON else 'FrontLog'}"
# No query strings in the log: people put tokens where they do not belong.
access_log_format = "%(h)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
# The bridge reads forwarded headers itself, from the proxies it was told to trust;
# gunicorn would let anybody on this machine rewrite the path (SCRIPT_NAME).
forwarder_headers = ""
forwarded_allow_ips = ""
# Nobody administers the bridge through a socket in the home folder.
control_socket_disable = True
# So many clients may be half-open at once; each costs a file descriptor.
worker_connections = 4000
keepalive = 5
sendfile = False  # answers go through the front's own buffer


def on_starting(server: Any) -> None:
    """Migrate before the first worker is there, in the process that manages them.

    A database that is away ends nothing: the workers answer that it is, a process of
    its own tries on, and what only settings can mend still refuses to start.
    """
    from bridge.cli.environment import now, read_config, read_store
    from bridge.errors import DatabaseAway
    from bridge.store.beside import file_of
    from bridge.store.file import is_current

    config = read_config()
    port, file = config.metrics_port, file_of(config.database_url)
    if port:
        from bridge import metrics

        try:
            metrics.start(port, now())
        except OSError as error:
            server.log.warning("No metrics: port %d, %s.", port, error.strerror)
    if file is not None and is_current(file):
        return  # as nearly always: what opens it is imported by the workers alone
    try:
        read_store().close()
    except DatabaseAway as error:
        server.log.warning("%s. Trying again until it answers.", error.detail)
        subprocess.Popen([sys.executable, "-m", "bridge.cli", "migrate", "--wait"])


def post_fork(_server: Any, worker: Any) -> None:
    """Let the worker count in a row of its own."""
    from bridge.metrics import counters

    counted = counters()
    if counted is not None:
        counted.take_row(worker.age)
