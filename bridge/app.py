"""The roof: wires everything, decides nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)
from werkzeug.routing import Rule

from bridge.config import Config
from bridge.errors import (
    BadId,
    BadRequest,
    BodyTooLarge,
    BridgeError,
    UnknownPath,
    UnknownUpstreamPath,
    WrongMethod,
)
from bridge.routes.address import client_address, is_secure
from bridge.routes.guard import add_routes, nearest_path, note_use
from bridge.routes.replies import reply_error, reply_upstream_error
from bridge.routes.route import TABLE
from bridge.routes.site.page import (
    PageRefused,
    answer_error,
    answer_refusal,
    is_for_a_person,
)
from bridge.routes.site.session import send_session
from bridge.routes.site.table import add_pages, furnish
from bridge.routes.table import ROUTES
from bridge.routes.tries import note_failed_try
from bridge.services import Services, state
from bridge.shortcuts.signing.dropped import SIGNED, DroppedSet
from bridge.steady import boot_id, steady_s
from bridge.store.beside import folder_of
from bridge.store.shared import open_shared
from bridge.tokens import Tokens
from bridge.upstream.budget import Budget
from bridge.upstream.cache import Cache
from bridge.upstream.call import Transport, Wire
from bridge.upstream.flights import Flights
from bridge.upstream.gate import Gate
from bridge.upstream.health import Health
from bridge.vault import Sealer

if TYPE_CHECKING:
    from flask.templating import Environment

    from bridge.store.engine import Store
    from bridge.store.facts import Facts

_LOG = logging.getLogger("bridge")
_ECHOES = BadRequest | BadId | UnknownPath | UnknownUpstreamPath
LARGEST_BODY = 50 * 1024 * 1024  # a day-long FIT file; /v1 takes far less


def utc_now() -> datetime:
    """Return the instant, in UTC."""
    return datetime.now(UTC)


def create_app(
    config: Config,
    *,
    transport: Transport | None = None,
    clock: Callable[[], datetime] = utc_now,
    steady: Callable[[], float] = steady_s,
    store: Store | Callable[[], Store] | None = None,
) -> Flask:
    """Build the bridge.

    Parameters
    ----------
    config
        The settings.
    transport
        Carries calls to upstream; tests mount the simulator here.
    clock
        Returns the instant, aware and in UTC.
    steady
        Returns seconds that nobody sets, the same in all processes.
    store
        Where devices are kept; by default opened and migrated from the settings.
        One that is given may be away, or wait for its migration: requests are told.
        What returns one is called for the first request that needs it.
    """
    app, routed = _empty_app(), _routed_app()
    app.url_map, app.view_functions = routed.url_map, routed.view_functions
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY

    def unasked() -> Facts:
        known: Services = app.extensions["bridge"]
        return known.store.facts

    app.extensions["bridge"] = Services(
        config=config,
        opens=_opening(store, config, clock(), steady),
        tokens=Tokens(config.secret_keys),
        wire=_wire(config, transport or _transport(), clock, steady, unasked),
        keys={config.api_key, config.webhook_secret, config.webhook_authorization}
        - {""},
        clock=clock,
        dropped=DroppedSet(folder_of(config.database_url) / SIGNED, clock),
    )
    app.extensions[TABLE] = ROUTES  # for the views that tell of it
    app.before_request(_refuse_double_slash)
    app.before_request(_require_store)
    app.register_error_handler(PageRefused, answer_refusal)
    app.register_error_handler(Exception, _answer_failure)
    app.after_request(note_use)
    app.after_request(send_session)
    app.after_request(_harden)
    return app


def _opening(
    store: Store | Callable[[], Store] | None,
    config: Config,
    now: datetime,
    steady: Callable[[], float],
) -> Callable[[], Store]:
    if store is None:
        from bridge.store.migrations import ready_store

        store = ready_store(config, now)

    def opened() -> Store:
        found = store() if callable(store) else store
        found.replays.steady = steady
        return found

    return opened


class _Rule(Rule):
    """A rule that addresses are matched with: no view asks for its own address.

    Making what builds one takes longer than all the rest of adding the rules.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Any]:
        def build(_rule: Rule, **values: Any) -> Any:
            made = Rule._compile_builder(self, append_unknown)
            return made.__get__(self, None)(**values)

        return build


class _Bridge(Flask):
    """Flask, whose templates are prepared with the first page, once for all."""

    url_rule_class = _Rule

    def create_jinja_environment(self) -> Environment:
        """Return the one environment, which keeps what it compiled."""
        return _templates()


@cache
def _templates() -> Environment:
    made = Flask.create_jinja_environment(_routed_app())
    furnish(made)
    return made


@cache
def _routed_app() -> Flask:
    """Add every route once: they are alike in every bridge, and slow to make."""
    app = _empty_app()
    app.url_map.merge_slashes = False
    add_routes(app, ROUTES)
    add_pages(app)
    app.url_map.update()
    return app


def _empty_app() -> Flask:
    return _Bridge("bridge", static_folder=None, template_folder="pages")


def _refuse_double_slash() -> None:
    """Keep ``//v1/x`` from being ``/v1/x``: Werkzeug strips what the path begins with.

    A proxy that closes an address does not know the other spelling.
    """
    if request.environ["PATH_INFO"].startswith("//"):
        raise NotFound


def _require_store() -> None:
    if request.path == "/healthz":
        return
    known: Services = current_app.extensions["bridge"]
    known.store.require_ready(known.config.athlete_id, known.clock())


def _wire(
    config: Config,
    transport: Transport,
    clock: Callable[[], datetime],
    steady: Callable[[], float],
    unasked: Callable[[], Facts],
) -> Wire:
    boot, per_second = boot_id(), config.upstream_per_second
    # one machine has SQLite's file, and what its workers share in memory does
    is_shared = not config.database_url.startswith("sqlite:")
    budget = Budget(
        memory := open_shared(config.database_url, boot),
        clock,
        steady,
        per_second,
        unasked=unasked if is_shared else None,
    )
    return Wire(
        transport,
        config.upstream_url,
        clock,
        gate=Gate(steady, memory),
        cache=Cache(memory, Sealer(config.secret_keys), clock, steady, boot),
        budget=budget if per_second else None,
        flights=Flights(memory) if per_second else None,
        health=Health(memory, steady, config.upstream_url),
        close=memory.close,
    )


def _transport() -> Transport:
    from bridge.upstream.transport import BoundedAdapter

    return BoundedAdapter()


def _answer_failure(failure: Exception) -> Response:
    error = _bridge_error(failure)
    if isinstance(failure, BridgeError | HTTPException):
        detail = ascii(_fit_for_the_log(error))
        _LOG.warning("%s %s %s", client_address(), error.code, detail)
    else:
        _LOG.exception("unexpected %s", type(failure).__name__)
    note_failed_try(error)
    if request.path.startswith("/api/"):
        return reply_upstream_error(error)
    if state().failures == "picture":
        from bridge.routes.views.pictures import picture_of_failure

        return picture_of_failure(error)
    if is_for_a_person(error):
        return answer_error(error)
    return reply_error(error)


def _fit_for_the_log(error: BridgeError) -> str:
    """Return the detail without what may be a key in the wrong place of an address."""
    from bridge.masking import Mask

    if not isinstance(error, _ECHOES):
        return error.detail
    return "/".join(map(Mask(()).text, error.detail.split("/")))


def _bridge_error(failure: Exception) -> BridgeError:
    match failure:
        case BridgeError():
            return failure
        case RequestEntityTooLarge():
            return BodyTooLarge("over the size any route takes")
        case MethodNotAllowed():
            methods = set(failure.valid_methods or ()) - {"HEAD"}  # nobody's choice
            allowed = ", ".join(sorted(methods))
            return WrongMethod(request.method, allowed=allowed)
        case NotFound():
            nearest = nearest_path(request.path, request.method)
            return UnknownPath(request.path[:200], nearest=nearest)
        case HTTPException():
            return BadRequest(failure.name)
        case _:
            return BridgeError(type(failure).__name__)


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Content-Security-Policy", "default-src 'none'")
    known: Services = current_app.extensions["bridge"]
    # As it was read last: no answer asks the database for a header.
    chosen_url = "".join(known.chosen_url)
    if known.config.is_https or (chosen_url and is_secure(chosen_url)):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
