"""A download answers the file itself, to everybody, whatever its name."""

from __future__ import annotations

import hashlib
from email.message import Message
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask import Flask

from bridge.routes.replies import disposition
from bridge.routes.site.shortcuts import download_url
from bridge.shortcuts.files import CONTENT_TYPE, FOLDER, read_index
from tests.site.pages import HTML, text_of

INDEX = read_index()
EVERY = [
    (language, entry)
    for entry in INDEX.shortcuts
    for language in INDEX.languages
    if language in entry.files
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_file_is_answered_without_a_token(app: Flask, method: str) -> None:
    stranger = app.test_client()
    for language, entry in EVERY:
        name, built = entry.names[language], entry.files[language]
        answer = stranger.open(download_url(language, name), method=method)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == CONTENT_TYPE
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        path = FOLDER / (built.signed_file if built.signed == "yes" else built.file)
        assert answer.headers["Content-Length"] == str(path.stat().st_size)
        if method == "HEAD":
            assert answer.data == b""
        else:
            assert answer.data == path.read_bytes()
            digest = hashlib.sha256(answer.data).hexdigest()
            assert built.signed == "yes" or digest == built.sha256
        assert file_name(answer.headers["Content-Disposition"]) == f"{name}.shortcut"


def file_name(header: str) -> str:
    """Return the name a browser saves under, as the standard library reads it."""
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    plain = header.partition('filename="')[2].partition('"')[0]
    assert plain.isascii()
    assert plain.endswith(".shortcut")
    return unquote(header.partition("filename*=UTF-8''")[2])


def test_the_slug_is_a_name_too(app: Flask) -> None:
    answer = app.test_client().get("/shortcuts/de/bridge-check.shortcut")
    assert answer.status_code == 200
    assert "Bridge%20pr%C3%BCfen" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "name",
    ["Bridge%20pru%CC%88fen.shortcut", "Bridge%20pr%C3%BCfen.shortcut"],
)
def test_an_umlaut_is_understood_in_both_spellings(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/shortcuts/de/{name}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "en/none.shortcut",
        "fr/My%20training%20form.shortcut",
        "en/My%20training%20form",
        "en/My%20training%20form.shortcut.zip",
        "en/MY%20TRAINING%20FORM.shortcut",
        "de/My%20training%20form.shortcut",
        "en/.shortcut",
        "en/index.json",
        "recipes/my-training-form.json",
        "en/..%2f..%2fpyproject.toml",
        "en/..%2findex.json.shortcut",
        "%2e%2e/index.json.shortcut",
        "en/%2e%2e/index.json",
        "../pyproject.toml",
        "en/%00.shortcut",
        "en/my-training-form.shortcut%00",
        "en/a%0d%0aSet-Cookie:%20x=1.shortcut",
        "en/my-training-form.shortcut%0d%0aX: 1",
        "en/%ff%fe.shortcut",
        "en/" + "a" * 3000 + ".shortcut",
        "en/%252e%252e%252f.shortcut",
        "en//my-training-form.shortcut",
        "//en/my-training-form.shortcut",
    ],
)
def test_whatever_else_is_asked_is_the_flat_404(app: Flask, path: str) -> None:
    answer = app.test_client().get(f"/shortcuts/{path}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert (body["status"], body["code"]) == ("error", "unknown_path")
    assert len(body["speech"]) < 280
    assert "Set-Cookie" not in answer.headers
    assert "X" not in answer.headers


def test_a_person_with_an_old_link_reads_a_page(app: Flask) -> None:
    path = "/shortcuts/en/My%20traning%20form.shortcut"
    answer = app.test_client().get(path, headers={"Accept": HTML})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "/shortcuts/en/My training form.shortcut" in text_of(answer)
    assert 'href="/"' in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_nearest_name_is_told(app: Flask) -> None:
    answer = app.test_client().get("/shortcuts/en/My%20traning%20form.shortcut")
    assert "/shortcuts/en/My training form.shortcut" in answer.get_json()["hint"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_file_is_only_read(app: Flask, method: str) -> None:
    path = download_url("en", "My training form")
    assert app.test_client().open(path, method=method).status_code == 405


@pytest.mark.parametrize(
    "name", ['a"b.shortcut', "ä\r\nb.shortcut", "Ana’s.shortcut", "日本.shortcut"]
)
def test_a_file_name_never_leaves_its_header(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert "\r" not in header.partition("filename*")[2]
    assert header.count('"') == 2
    assert header.endswith(quote(name, ""))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Bridge prüfen.shortcut", "Bridge pruefen.shortcut"),
        ("Bridge pru\u0308fen.shortcut", "Bridge pruefen.shortcut"),
        ("Größe Äußern.shortcut", "Groesse Aeussern.shortcut"),
        ("Ana’s café.shortcut", "Ana's cafe.shortcut"),
    ],
)
def test_an_old_client_gets_the_umlauts_spelled_out(name: str, plain: str) -> None:
    assert f'filename="{plain}"' in disposition(name)


def test_the_files_lie_where_the_package_takes_them(tmp_path: Path) -> None:
    assert (FOLDER / "index.json").is_file()
