"""What is the same for everybody is made once."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.conftest import services_of


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
def test_an_open_page_is_made_once_and_known_by_its_digest(
    app: Flask, path: str
) -> None:
    stranger = app.test_client()
    first = stranger.get(path)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    again = stranger.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    pages = services_of(app).open_pages
    name = path.strip("/").partition(".")[0]
    (kept,) = [each for each in pages if each.partition(" ")[0] == name]
    pages[kept] = (b"kept", "digest")
    assert stranger.get(path).data == b"kept"  # nothing is worked out again
    assert stranger.get(path, headers={"If-None-Match": tag}).status_code == 200
