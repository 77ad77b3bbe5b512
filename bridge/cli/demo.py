"""``bridge demo``: the bridge and a simulated athlete, on this machine alone."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bridge.cli import serving
from bridge.cli.devices import qr_of
from bridge.cli.environment import now
from bridge.cli.login import lan_address, make_code
from bridge.cli.logs import log_plainly
from bridge.cli.serve import refuse_taken

Environ = dict[str, Any]
WSGI = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


SENTENCES = (
    "How is my form?",
    "How was my last run?",
    "What is on tomorrow?",
    "Log 72 and a half kilos",
    "Undo that",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Where the demo listens, and what opens it."""

    host: str
    port: int
    upstream_port: int
    address: str
    upstream: str
    token: str
    api_key: str
    athlete_id: str
    code: str  # opens the setup page once


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The bridge's port.",
)
@click.option("--lan", is_flag=True, help="Open it to your network, for a phone.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.option("--no-browser", is_flag=True, help="Open no browser.")
def demo(port: int, lan: bool, as_json: bool, no_browser: bool) -> None:
    """Try the bridge without an account: the athlete is made up."""
    host = lan_address() if lan else "127.0.0.1"
    if not host:
        raise click.ClickException("This machine is in no network.")
    refuse_taken(host, port, "demo")
    folder, owner = tempfile.mkdtemp(prefix="bridge-demo-"), os.getpid()
    try:
        announce = _as_json if as_json else _in_words
        if not as_json and not no_browser and has_screen():
            announce = _in_words_and_browser
        _serve(Path(folder), host, port, announce)
    finally:
        if os.getpid() == owner:  # a worker that ends leaves by this way too
            shutil.rmtree(folder)


def has_screen() -> bool:
    """Tell whether somebody sits at this machine, before a terminal and a screen."""
    if not sys.stdout.isatty() or os.environ.get("SSH_CONNECTION"):
        return False
    windows = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform == "darwin" or bool(windows)


def _serve(
    folder: Path, host: str, port: int, announce: Callable[[Demo], None]
) -> None:
    from bridge.app import create_app
    from bridge.config import MOST_PER_SECOND, Config
    from bridge.simulator.app import create_simulator
    from bridge.simulator.world import World
    from bridge.store.athletes import OWNER
    from bridge.tokens import Tokens

    world = World()
    log_plainly({world.api_key})
    upstream_port = _free_port()
    config = Config(
        secret_keys=(secrets.token_urlsafe(48),),
        api_key=world.api_key,
        upstream_url=f"http://127.0.0.1:{upstream_port}",
        public_url=f"http://{host}:{port}",
        database_url=f"sqlite:///{folder / 'bridge.db'}",
        port=port,
        upstream_per_second=MOST_PER_SECOND,  # the pretend one does not count
        demo=True,
    )
    app = create_app(config)
    store = app.extensions["bridge"].store
    device = store.devices.add("Demo phone", "raw", OWNER, now())
    code = make_code(config, store, "first_run")
    store.close()  # the worker opens its own connections
    found = Demo(
        host=host,
        port=port,
        upstream_port=upstream_port,
        address=config.public_url,
        upstream=config.upstream_url,
        token=Tokens(config.secret_keys).issue(device.device_id),
        api_key=world.api_key,
        athlete_id=world.athlete_id,
        code=code,
    )
    _run(found, {port: app, upstream_port: create_simulator(world)}, announce)


def _run(found: Demo, apps: dict[int, WSGI], announce: Callable[[Demo], None]) -> None:
    """Serve both apps from one gunicorn process, told apart by their port."""
    from gunicorn.app.base import BaseApplication

    class DemoServer(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
        def load_config(self) -> None:
            binds = [f"{found.host}:{found.port}", f"127.0.0.1:{found.upstream_port}"]
            changed = {
                "bind": binds,
                "accesslog": None,
                "loglevel": "warning",
                "graceful_timeout": 2,  # who presses Ctrl-C does not wait
            }
            settings = vars(serving) | changed
            del settings["on_starting"]  # its database is its own, and ready
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)
            self.cfg.set("when_ready", lambda _server: announce(found))

        def load(self) -> WSGI:
            return lambda environ, start: apps[int(environ["SERVER_PORT"])](
                environ, start
            )

    DemoServer().run()


def _as_json(found: Demo) -> None:
    names = ("address", "token", "upstream", "api_key", "athlete_id")
    click.echo(json.dumps({name: getattr(found, name) for name in names}))
    click.echo(f"Sign-in code for {found.address}/sign-in: {found.code}", err=True)


def _in_words(found: Demo) -> None:
    is_here = found.address.startswith("http://127.")
    click.echo(
        "A demo: the athlete is made up, and nothing is sent to Intervals.icu.\n"
    )
    click.echo(f"Setup page:        {found.address}/")
    if not is_here:
        click.echo(f"Sign-in code:      {found.code}  (works once, for 60 minutes)")
    click.echo(f"Device token:      {found.token}")
    click.echo(f"Made-up athlete:   {found.upstream} (API key {found.api_key})")
    click.echo("\nAsk it what a phone would ask; Ctrl-C ends the demo:\n")
    for sentence in SENTENCES:
        url = f"{found.address}/v1/ask"
        header = f"-H 'Authorization: Bearer {found.token}'"
        click.echo(f"curl {header} '{url}' -d '{sentence}'")
    click.echo("\nWith your own training: bridge init, then bridge serve")
    if not is_here:
        _show_qr(f"{found.address}/pair?code={found.code}")


def _in_words_and_browser(found: Demo) -> None:
    _in_words(found)
    click.launch(f"{found.address}/")


def _show_qr(address: str) -> None:
    click.echo("\nOpen this on the phone, in the same network:\n")
    click.echo(qr_of(address))


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
