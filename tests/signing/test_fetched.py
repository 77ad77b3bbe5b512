"""Signed files given as an address: a real HTTPS server, and all it may try."""

from __future__ import annotations

import dataclasses
import itertools
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask

from bridge.cli.fetching import fetch_once
from bridge.config import Config
from bridge.errors import ConfigError
from bridge.routes.site.shortcuts import download_url
from bridge.shortcuts.files import FOLDER, read_index
from bridge.shortcuts.signing.dropped import DroppedSet
from bridge.shortcuts.signing.fetched import digest_of, last_look, look_if_due
from bridge.upstream.public import PublicFiles, is_public
from bridge.upstream.resolver import Address
from tests.conftest import Clock, let_in, services_of
from tests.signing.signed_files import Authority
from tests.signing.test_dropped import authority, doctor, other_version
from tests.support.asking import told
from tests.upstream.servers import (
    Certificates,
    Handler,
    RawServer,
    answering,
    head,
    make_certificates,
    read_request,
    trickle,
    wait_for_the_end,
)

__all__ = ["authority"]
INDEX = read_index()
HUB = INDEX.shortcuts[0]
BUILT = HUB.files["en"]
UNSIGNED = (FOLDER / BUILT.file).read_bytes()
Fetch = Callable[[RawServer], bool]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def serve(certificates: Certificates) -> Iterator[Callable[[Handler], RawServer]]:
    """Start an HTTPS server of a private authority."""
    running: list[RawServer] = []

    def start(handler: Handler) -> RawServer:
        server = RawServer(handler, certificates.server_context())
        running.append(server.__enter__())
        return server

    yield start
    for server in running:
        server.__exit__()


Serve = Callable[[Handler], RawServer]


def trusting(certificates: Certificates) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificates.authority)


@pytest.fixture
def public(certificates: Certificates) -> Iterator[Callable[..., PublicFiles]]:
    """Read from a server on loopback as if it stood on the open internet."""
    made: list[PublicFiles] = []

    def make(server: RawServer, **options: float) -> PublicFiles:
        files = PublicFiles(
            f"{server.url}signed",
            context=trusting(certificates),
            is_allowed=lambda _: True,
            **options,  # type: ignore[arg-type]  # seconds only
        )
        made.append(files)
        return files

    yield make
    for files in made:
        files.close()


Public = Callable[..., PublicFiles]


@pytest.fixture
def offering(serve: Serve, public: Public) -> Callable[[bytes], PublicFiles]:
    """Serve one file as the English hub."""
    return lambda content: public(serve(holding({BUILT.file: content})))


Offering = Callable[[bytes], PublicFiles]


def holding(files: dict[str, bytes], asked: list[str] | None = None) -> Handler:
    """Serve a folder."""

    def handler(connection: socket.socket) -> None:
        while request := read_request(connection):
            path = unquote(request.split(b" ")[1].decode()).removeprefix("/signed/")
            if asked is not None:
                asked.append(path)
            body = files.get(path)
            status = "404 Not Found" if body is None else "200 OK"
            length = f"Content-Length: {len(body or b'')}"
            connection.sendall(head(length, status=status) + (body or b""))

    return handler


def redirecting(to: str) -> Handler:
    def handler(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(
            head(f"Location: {to}", "Content-Length: 0", status="302 Found")
        )

    return handler


@pytest.fixture
def bridge(make_app: Callable[..., Flask], authority: Authority) -> Flask:
    """A bridge that believes the authority and is given an address."""
    app = make_app()
    known = services_of(app)
    config = dataclasses.replace(
        known.config, signed_shortcuts_url="https://host.example/signed"
    )
    known.dropped.roots = authority.roots
    app.extensions["bridge"] = dataclasses.replace(known, config=config)
    return app


def look(app: Flask, files: PublicFiles) -> bool:
    url = "https://host.example/signed"
    return look_if_due(services_of(app).dropped, INDEX, digest_of(url), files.read)


def handed_out(app: Flask) -> bytes:
    content: bytes = app.test_client().get(download_url("en", HUB.names["en"])).data
    return content


def doctor_of_fetching(app: Flask) -> str:
    rows = told(let_in(app), "/v1/doctor")["items"]
    return " ".join(row["text"] for row in rows if row["check"] == "fetched")


def test_what_is_good_is_fetched_and_handed_out(
    bridge: Flask, serve: Serve, public: Public, authority: Authority
) -> None:
    signed, asked = authority.sign(UNSIGNED), list[str]()
    assert "Nobody has looked" in doctor_of_fetching(bridge)
    assert look(bridge, public(serve(holding({BUILT.file: signed}, asked))))
    assert handed_out(bridge) == signed
    assert "all in order: 1" in doctor_of_fetching(bridge)
    ours = {built.file for entry in INDEX.shortcuts for built in entry.files.values()}
    assert set(asked) == ours, "nothing but our own catalogue is asked for"


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        (other_version, "another version"),
        (lambda _: Authority().sign(UNSIGNED), "no phone takes"),
        (lambda _: UNSIGNED, "no phone takes"),
        (lambda _: b"A" * (4 * 1024 * 1024 + 1), "over four megabytes"),
    ],
)
def test_a_bad_file_replaces_no_good_one_and_the_doctor_says_why(
    bridge: Flask,
    offering: Offering,
    authority: Authority,
    clock: Clock,
    case: tuple[Callable[[Authority], bytes], str],
) -> None:
    make, says = case
    good = authority.sign(UNSIGNED)
    assert look(bridge, offering(good))
    clock.advance(days=1)
    assert look(bridge, offering(make(authority)))
    assert handed_out(bridge) == good
    assert says in doctor_of_fetching(bridge)
    assert HUB.names["en"] in doctor_of_fetching(bridge)
    assert doctor(bridge)["result"] == "ok"


@pytest.mark.slow
def test_it_looks_once_a_day_and_after_a_failure_twice_more(
    bridge: Flask, serve: Serve, public: Public, clock: Clock, authority: Authority
) -> None:
    broken = public(serve(answering(b"")))
    down = dataclasses.replace(broken, file_s=0.0)
    looks = []
    for _ in range(6):
        looks.append(look(bridge, down))
        clock.advance(minutes=10)
    assert looks == [True, True, True, False, False, False]
    assert "tries again" in doctor_of_fetching(bridge)
    clock.advance(days=1)
    good = public(serve(holding({BUILT.file: authority.sign(UNSIGNED)})))
    assert look(bridge, good)
    clock.advance(hours=23)
    assert not look(bridge, good)
    clock.advance(hours=1)
    assert look(bridge, good)
    down.close()


def test_an_empty_server_is_told(bridge: Flask, serve: Serve, public: Public) -> None:
    assert look(bridge, public(serve(holding({}))))
    assert "no signed shortcuts of this version" in doctor_of_fetching(bridge)


def test_a_file_that_grows_beyond_four_megabytes_is_cut_off(
    serve: Serve, public: Public
) -> None:
    sent = [0]

    def endless(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(head("Transfer-Encoding: chunked"))
        for _ in range(1000):
            connection.sendall(b"10000\r\n" + bytes(65_536) + b"\r\n")
            sent[0] += 65_536

    assert public(serve(endless)).read(BUILT.file) == "large"
    assert sent[0] < 20_000_000


@pytest.mark.parametrize(
    "hang",
    [
        wait_for_the_end,
        lambda connection: trickle(connection, head() + bytes(100), 0.1),
    ],
)
def test_a_hanging_server_is_left_in_time(
    serve: Serve, public: Public, hang: Handler
) -> None:
    began_s = time.monotonic()
    assert public(serve(hang), file_s=0.5).read(BUILT.file) == "down"
    assert time.monotonic() - began_s < 2


def test_all_files_together_have_an_end(serve: Serve, public: Public) -> None:
    files = public(serve(wait_for_the_end), all_s=0.5)
    began_s = time.monotonic()
    assert [files.read(BUILT.file) for _ in range(5)] == ["down"] * 5
    assert time.monotonic() - began_s < 2


def test_a_redirect_to_another_host_is_refused(
    serve: Serve, public: Public, bridge: Flask
) -> None:
    other = serve(holding({}))
    for to in (
        f"{other.url}signed/x",  # another port is another server
        "https://other.example/x",
        "//other.example/x",
        "http://127.0.0.1/x",
        "file:///etc/passwd",
        "https://[",
    ):
        assert public(serve(redirecting(to))).read(BUILT.file) == "redirect", to
    assert other.connections == 0
    look(bridge, public(serve(redirecting(other.url))))
    assert "another host" in doctor_of_fetching(bridge)


def test_a_redirect_on_the_same_host_is_followed_three_times(
    serve: Serve, public: Public
) -> None:
    hops = itertools.count(1)
    asked = []

    def handler(connection: socket.socket) -> None:
        while request := read_request(connection):
            asked.append(request)
            to = f"Location: /signed/{next(hops)}"
            connection.sendall(head(to, "Content-Length: 0", status="302 Found"))

    assert public(serve(handler)).read(BUILT.file) == "down"
    assert len(asked) == 4


@pytest.mark.parametrize(
    "sockaddr", [("127.0.0.1",), ("::ffff:127.0.0.1",), ("8.8.8.8", "127.0.0.1")]
)
def test_a_forbidden_address_opens_no_socket(
    serve: Serve,
    certificates: Certificates,
    bridge: Flask,
    sockaddr: tuple[str, ...],
) -> None:
    server = serve(holding({BUILT.file: b""}))

    def resolve(_: str, __: int) -> list[Address]:
        return [Address(socket.AF_INET, (one, server.port)) for one in sockaddr]

    files = PublicFiles(
        f"https://host.example:{server.port}/signed",
        context=trusting(certificates),
        resolve=resolve,
    )
    assert files.read(BUILT.file) == "address"
    assert look(bridge, files)
    assert "private network" in doctor_of_fetching(bridge)
    files.close()
    assert server.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:a00:1::",
        "nonsense",
    ],
)
def test_no_address_of_a_private_network_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_an_authority_nobody_knows_is_not_believed(serve: Serve) -> None:
    server = serve(holding({BUILT.file: b"x"}))
    files = PublicFiles(server.url, is_allowed=lambda _: True)
    assert files.read(BUILT.file) == "down"
    files.close()


def test_the_authorities_may_be_named_and_loopback_stays_forbidden(
    serve: Serve, certificates: Certificates, clock: Clock, tmp_path: Path
) -> None:
    server = serve(holding({BUILT.file: b"x"}))
    dropped = DroppedSet(tmp_path / "signed", clock)
    url = f"{server.url}signed"
    assert fetch_once(url, dropped, authorities=str(certificates.authority))
    found = last_look(dropped.folder)
    assert found is not None
    assert found.failure == "address"
    assert server.connections == 0


@pytest.mark.slow
def test_an_interrupted_write_leaves_the_old_file(
    bridge: Flask,
    offering: Offering,
    authority: Authority,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = authority.sign(UNSIGNED)
    look(bridge, offering(good))
    clock.advance(days=1)
    newer = offering(authority.sign(UNSIGNED))

    def fail(_: int) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fail)
        with pytest.raises(OSError, match="disk full"):
            look(bridge, newer)
    assert handed_out(bridge) == good
    folder = services_of(bridge).dropped.folder
    assert [path.name for path in (folder / "en").iterdir()] == [
        BUILT.file.partition("/")[2]
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://host.example/signed",
        "ftp://host.example",
        "https://",
        "https://user:password@host.example/",
        "https://host.example/?a=b",
        "https://host.example/#a",
        "https://host.example:99999/",
        "https://[",
        "https://127.0.0.1/",
        "https://192.168.1.7/signed",
        "https://localhost/",
        "https://nas.local/",
        "signed",
    ],
)
def test_an_address_that_cannot_be_right_is_refused_at_the_start(url: str) -> None:
    env = {"BRIDGE_SECRET_KEY": "0123456789abcdef" * 4}
    with pytest.raises(ConfigError, match="BRIDGE_SIGNED_SHORTCUTS_URL"):
        Config.from_env(env | {"BRIDGE_SIGNED_SHORTCUTS_URL": url})
