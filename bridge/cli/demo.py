"""``bridge demo``: the bridge and a simulated athlete, on this machine alone."""

from __future__ import annotations

import io
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bridge.cli import serving
from bridge.cli.environment import now
from bridge.cli.login import make_code
from bridge.cli.logs import log_plainly

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
def demo(port: int, lan: bool, as_json: bool) -> None:
    """Try the bridge without a key, on a simulated athlete."""
    host = _lan_address() if lan else "127.0.0.1"
    _refuse_taken(host, port)
    folder, owner = tempfile.mkdtemp(prefix="bridge-demo-"), os.getpid()
    try:
        _serve(Path(folder), host, port, as_json)
    finally:
        if os.getpid() == owner:  # a worker that ends leaves by this way too
            shutil.rmtree(folder)


def _refuse_taken(host: str, port: int) -> None:
    """Say at once what gunicorn would find out in five seconds."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or "it cannot be used"
            raise click.ClickException(
                f"Cannot listen on {host}:{port}: {reason}. "
                "Choose another port: bridge demo --port N"
            ) from error


def _serve(folder: Path, host: str, port: int, as_json: bool) -> None:
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
    announce = _as_json if as_json else _in_words
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
    place = f"{found.address}/sign-in"
    click.echo(f"One-time code of the setup page, {place}: {found.code}", err=True)


def _in_words(found: Demo) -> None:
    click.echo(f"The bridge:        {found.address}")
    click.echo(f"A device token:    {found.token}")
    click.echo(f"Simulated athlete: {found.upstream} (key {found.api_key})")
    click.echo(f"The setup page:    {found.address}/pair?code={found.code}")
    click.echo("\nAsk it what a phone would ask; Ctrl-C ends the demo:\n")
    for sentence in SENTENCES:
        url = f"{found.address}/v1/ask"
        header = f"-H 'Authorization: Bearer {found.token}'"
        click.echo(f"curl {header} '{url}' -d '{sentence}'")
    if not found.address.startswith("http://127."):
        _show_qr(f"{found.address}/pair?code={found.code}")


def _show_qr(address: str) -> None:
    import segno

    picture = io.StringIO()
    segno.make(address).terminal(picture, compact=True)
    click.echo("\nOpen this on the phone, in the same network:\n")
    click.echo(picture.getvalue())


def _lan_address() -> str:
    """Return this machine's address in its network, without sending anything."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: no packet
        except OSError as error:
            raise click.ClickException("This machine is in no network.") from error
        return str(probe.getsockname()[0])


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
