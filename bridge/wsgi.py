"""What gunicorn serves."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from bridge.app import create_app
from bridge.cli.environment import read_config
from bridge.cli.logs import log_plainly
from bridge.kept import KeptAnswers
from bridge.metrics import counters
from bridge.server.log import JsonLines, naming_requests
from bridge.store.beside import file_of
from bridge.upstream.transport import BoundedAdapter, TimedAdapter

if TYPE_CHECKING:
    from bridge.store.engine import Store

config = read_config()


def _open() -> Store:
    from bridge.store.engine import open_store

    return open_store(config.database_url, create=False)


# A worker neither makes nor migrates a database, and one that is away does not end it.
counted = counters()
transport = TimedAdapter(BoundedAdapter(), counted.note_call) if counted else None
app = create_app(config, store=_open, transport=transport)
if file_of(config.database_url) is None:
    _ = app.extensions["bridge"].store  # what PostgreSQL lacks ends the start
app.wsgi_app = KeptAnswers(app.wsgi_app, app.extensions["bridge"])  # type: ignore[assignment,method-assign]  # Flask's own way to stand in front of it
if config.log_format == "json":
    app.wsgi_app = naming_requests(app.wsgi_app)  # type: ignore[assignment,method-assign]  # the same
log_plainly(
    app.extensions["bridge"].keys,
    JsonLines() if config.log_format == "json" else None,
)


def _go_on_beside() -> None:
    """Import what the start left out; then do what is due when nobody asks."""
    from bridge.routes.warm import warm_up

    warm_up()
    if file_of(config.database_url) is not None:  # with PostgreSQL: bridge worker
        from bridge.background import ledger_of, work_for_ever

        work_for_ever(ledger_of(app), app.extensions["bridge"].clock)


threading.Thread(target=_go_on_beside, name="background", daemon=True).start()
if config.signed_shortcuts_url:
    from bridge.cli.fetching import fetch_for_ever

    threading.Thread(
        target=fetch_for_ever,
        args=(config.signed_shortcuts_url, app.extensions["bridge"].dropped),
        kwargs={"authorities": os.environ.get("REQUESTS_CA_BUNDLE", "")},
        name="signed shortcuts",
        daemon=True,
    ).start()
