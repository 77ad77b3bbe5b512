"""A shortcut built from nothing but what its recipe page shows, and played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest

from bridge.shortcuts.files import read_index
from bridge.simulator.world import World
from tests.player import Phone, Run
from tests.player.answers import answers_to, owner_of
from tests.site.browsers import PHONE, Browser, chromium
from tests.site.by_page import READ, Builder
from tests.site.pictures import CODE
from tests.support.live import Served, Upstream, serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browsers")]

INDEX = read_index()
HUB = ("training", "training-menu")


@dataclass(frozen=True)
class Reader:
    """A phone's browser whose session has just made a device."""

    browser: Browser
    served: Served
    upstream: Upstream
    code: str

    def drawn(self, slug: str, language: str) -> list[dict[str, Any]]:
        """Return what the recipe page shows."""
        self.browser.open(f"/recipes/{slug}?language={language}")
        if self.browser.run("return document.querySelector('#paste') !== null"):
            self.browser.type("#paste", self.code)  # it has asked before
            self.browser.until(lambda _: "icb_" in self.browser.text())
        found: list[dict[str, Any]] = self.browser.run(READ)
        return found

    def play(self, slug: str, language: str, answers: list[str] | None = None) -> Run:
        """Build a shortcut from its page, and run it."""
        built = Builder(language).build(self.drawn(slug, language))
        if answers is None:
            answers = answers_to(slug, language, by_hand=True)
        return owner_of(slug, language).run(built, answers=answers)

    def ask(self, words: str) -> str:
        """Ask the bridge without a phone."""
        token = self.code.partition("#")[2]
        answer = self.served.get(f"/v1/ask?q={quote(words)}", token)
        return str(answer.json()["speech"])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Somebody who named their phone a minute ago, and reads on it."""
    folder = tmp_path_factory.mktemp("reader")
    home = folder / "browser"
    home.mkdir()
    with (
        Upstream(World()).running() as upstream,
        serving(upstream, folder) as served,
        chromium(served.url, home, size=PHONE) as browser,
    ):
        browser.open("/sign-in")
        found = CODE.search(served.run("login").stdout)
        assert found
        browser.type("#code", found[1])
        browser.press("Sign in")
        browser.wait_for("Where will your phone reach")
        browser.open("/setup/phone")
        browser.press("Make setup code")
        browser.wait_for("is ready")
        code = str(browser.find("#setup-code").get_attribute("value"))
        yield Reader(browser, served, upstream, code)


@pytest.mark.parametrize("slug", [entry.slug for entry in INDEX.shortcuts])
def test_a_shortcut_is_built_from_its_page_and_runs(slug: str, reader: Reader) -> None:
    run = reader.play(slug, "en")
    assert run.stopped == ""
    seen = [*run.looked_at, *run.wallpapers]
    assert len([*run.heard, *run.notified, *run.saved, *seen]) == 1
    assert reader.browser.complaints() == []


@pytest.mark.parametrize("language", INDEX.languages)
@pytest.mark.parametrize("slug", HUB)
def test_the_hub_is_built_from_its_page_in_every_language(
    slug: str, language: str, reader: Reader
) -> None:
    run = reader.play(slug, language)
    assert (len(run.shown), run.stopped) == (1, "")


def test_what_the_built_hub_says_is_what_the_bridge_answers(reader: Reader) -> None:
    asked = "how is my form"
    assert reader.play("training", "en", [asked]).shown == [reader.ask(asked)]


def test_a_pasted_code_fills_in_what_a_session_does_not_know(reader: Reader) -> None:
    path = reader.served.folder / "other"
    path.mkdir()
    with chromium(reader.served.url, path, size=PHONE) as other:
        other.open("/sign-in")
        found = CODE.search(reader.served.run("login").stdout)
        assert found
        other.type("#code", found[1])
        other.press("Sign in")
        other.wait_for("Where will your phone reach")
        other.open("/recipes/my-training-form")
        other.type("#paste", "https://bridge.example#nothing")
        other.wait_for("no whole setup code")
        other.type("#paste", f" {reader.code} ")
        other.until(lambda _: "icb_" in other.text())
        built = Builder("en").build(other.run(READ))
        copies = other.run(
            "return [...document.querySelectorAll('#short [data-copy]:not([hidden])')]"
            ".map(button => button.dataset.text)"
        )
        address, _, token = reader.code.partition("#")
        named = f"{address}/v1/fitness?format=text", f"Bearer {token}", "Authorization"
        assert copies == list(named)
        assert other.complaints() == []
    run = Phone().run(built)
    assert (len(run.shown), run.stopped) == (1, "")


def test_ticks_stay_when_the_page_is_loaded_again(reader: Reader) -> None:
    browser = reader.browser
    browser.open("/recipes/training")
    browser.run("document.querySelector('#short-2').scrollIntoView({block: 'center'})")
    browser.find("#short-2").click()
    browser.open("/recipes/my-training-form")
    assert not browser.find("#short-2").is_selected()
    browser.open("/recipes/training")
    assert browser.find("#short-2").is_selected()
    assert browser.judge() == []


def test_a_revoked_device_hears_why_from_what_was_built(reader: Reader) -> None:
    built = Builder("en").build(reader.drawn("training", "en"))
    reader.browser.open("/devices")
    reader.browser.press("Revoke My iPhone")
    reader.browser.press("Revoke My iPhone now")
    reader.browser.wait_for("revoked")
    run = Phone().run(built, answers=["how is my form"])
    assert "revoked" in run.shown[0]
