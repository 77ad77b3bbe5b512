"""Signed files put beside the database: handed out when good, else the doctor says."""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from bridge.routes.site.shortcuts import download_url, groups
from bridge.shortcuts.files import FOLDER, read_index
from tests.conftest import Clock, let_in, services_of
from tests.signing.signed_files import Authority
from tests.support.asking import Told, told

HUB = read_index().shortcuts[0]
BUILT = HUB.files["en"]
UNSIGNED = (FOLDER / BUILT.file).read_bytes()
Drop = Callable[[bytes], Path]


@pytest.fixture
def authority(clock: Clock) -> Authority:
    """Who signs, around the time of the test."""
    made = Authority()
    for certificate in (made.leaf, made.intermediate, made.root):
        certificate.begins = clock() - timedelta(days=1)
        certificate.ends = clock() + timedelta(days=300)
    return made


@pytest.fixture
def bridge(app: Flask, authority: Authority) -> Flask:
    """A bridge that believes the authority."""
    services_of(app).dropped.roots = authority.roots
    return app


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    """Put the English hub beside the database."""

    def put(content: bytes) -> Path:
        path = tmp_path / "signed" / BUILT.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return put


def handed_out(app: Flask, language: str = "en") -> bytes:
    url = download_url(language, HUB.names[language])
    answer = app.test_client().get(url)
    assert answer.status_code == 200
    content: bytes = answer.data
    return content


def is_called_signed(app: Flask) -> bool:
    with app.test_request_context():
        found = {card.slug: card for cards in groups("en").values() for card in cards}
        return found[HUB.slug].signed


def doctor(app: Flask) -> Told:
    rows = told(let_in(app), "/v1/doctor")["items"]
    found: Told = next((row for row in rows if row["check"] == "signed"), {})
    return found


def test_a_good_file_is_handed_out_and_only_that_one(
    bridge: Flask, drop: Drop, authority: Authority
) -> None:
    assert handed_out(bridge) == UNSIGNED
    assert doctor(bridge) == {}
    signed = authority.sign(UNSIGNED)
    drop(signed)
    assert handed_out(bridge) == signed
    assert is_called_signed(bridge)
    assert handed_out(bridge, "fr") == (FOLDER / HUB.files["fr"].file).read_bytes()
    assert doctor(bridge)["result"] == "ok"


def other_version(authority: Authority) -> bytes:
    changed = plistlib.loads(UNSIGNED)
    del changed["WFWorkflowActions"][-1]
    return authority.sign(plistlib.dumps(changed))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (other_version, "another version"),
        (lambda _: Authority().sign(UNSIGNED), "no phone takes"),
        (lambda authority: authority.sign(UNSIGNED)[:-1], "no phone takes"),
        (lambda _: b"", "no phone takes"),
        (lambda _: UNSIGNED, "no phone takes"),
        (lambda _: b"AEA1" + b"\xff" * 5_000_000, "no phone takes"),
    ],
)
def test_anything_else_is_not_and_the_doctor_says_why(
    bridge: Flask,
    drop: Drop,
    authority: Authority,
    make: Callable[[Authority], bytes],
    says: str,
) -> None:
    drop(make(authority))
    assert handed_out(bridge) == UNSIGNED
    assert not is_called_signed(bridge)
    assert doctor(bridge)["result"] == "warning"
    assert says in doctor(bridge)["text"]
    assert HUB.names["en"] in doctor(bridge)["text"]


def test_without_another_word_only_apples_root_counts(
    app: Flask, drop: Drop, authority: Authority
) -> None:
    drop(authority.sign(UNSIGNED))
    assert handed_out(app) == UNSIGNED


def test_a_file_that_changes_is_checked_again(
    bridge: Flask, drop: Drop, authority: Authority
) -> None:
    path = drop(authority.sign(UNSIGNED))
    before = path.stat()
    assert handed_out(bridge) != UNSIGNED
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert handed_out(bridge) == UNSIGNED
    path.unlink()
    assert handed_out(bridge) == UNSIGNED
    assert doctor(bridge) == {}


def test_a_file_is_handed_out_until_it_expires(
    bridge: Flask,
    make_app: Callable[..., Flask],
    drop: Drop,
    authority: Authority,
    clock: Clock,
) -> None:
    drop(authority.sign(UNSIGNED))
    assert handed_out(bridge) != UNSIGNED
    clock.advance(days=301)
    assert handed_out(bridge) == UNSIGNED
    assert "Expired" in doctor(bridge)["text"]
    restarted = make_app()
    services_of(restarted).dropped.roots = authority.roots
    assert "Expired" in doctor(restarted)["text"]


def test_neither_a_link_nor_a_pipe_nor_a_folder_is_opened(
    bridge: Flask, drop: Drop, authority: Authority, tmp_path: Path
) -> None:
    path = drop(b"")
    (tmp_path / "elsewhere").write_bytes(authority.sign(UNSIGNED))
    odd: list[Callable[[], object]] = [
        lambda: path.symlink_to(tmp_path / "elsewhere"),
        lambda: os.mkfifo(path),
        path.mkdir,
    ]
    for make in odd:
        path.unlink()
        make()
        assert handed_out(bridge) == UNSIGNED


def test_without_the_extra_nothing_is_handed_out_unchecked(
    bridge: Flask, drop: Drop, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(authority.sign(UNSIGNED))
    monkeypatch.setitem(sys.modules, "aea", None)
    assert handed_out(bridge) == UNSIGNED
    assert "nothing here can check" in doctor(bridge)["text"]
