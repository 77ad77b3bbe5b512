"""Today in real browsers: light, fast on a slow phone, and kept for offline."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException

from tests.site.browsers import PHONE, Browser, Look, chromium, webkit
from tests.site.test_browser_flow import fresh_code
from tests.support.live import Served, Upstream, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browsers"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]
MOST_BYTES, MOST_REQUESTS = 100_000, 12
SLOWER = 6
BROWSERS = {"chromium": chromium, "webkit": webkit}
KEPT = """
const done = arguments[0];
(async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys())
      kept.push(new URL(url).pathname);
  done(kept.sort());
})();
"""


@pytest.fixture
def running(upstream: Upstream, tmp_path: Path) -> Iterator[Served]:
    """A bridge for this test alone, which may end it."""
    with serving(upstream, tmp_path) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A browser's home."""
    made = tmp_path / "browser"
    made.mkdir()
    return made


def open_today(browser: Browser, served: Served) -> None:
    """Sign in and open the page."""
    browser.open("/sign-in")
    browser.type("#code", fresh_code(served))
    browser.press("Sign in")
    browser.wait_for("Where will your phone reach")
    browser.press("Today")
    browser.find("#today")


def kept(browser: Browser) -> list[str]:
    """Return the paths of all that the browser keeps for offline."""
    found: list[str] = browser.driver.execute_async_script(KEPT)
    return found


def wait_until_kept(browser: Browser) -> None:
    """Wait until the worker has its snapshot, and all that this needs."""
    browser.until(lambda _: {"/today", "/static/today.css"} <= set(kept(browser)))


def open_offline(browser: Browser, path: str) -> str:
    """Open a page while nothing answers; return what is seen of it."""
    with suppress(WebDriverException):  # of the network
        browser.open(path)
    return browser.text()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_a_tap_on_a_number_says_where_it_comes_from(
    engine: str, look: Look, running: Served, folder: Path
) -> None:
    with BROWSERS[engine](running.url, folder, size=PHONE, look=look) as browser:
        open_today(browser, running)
        browser.watch()
        assert not browser.find("#from-form").is_displayed()
        figure = browser.find("[popovertarget=from-form]")
        browser.run("arguments[0].scrollIntoView({block: 'center'})", figure)
        figure.click()
        origin = browser.find("#from-form")
        browser.until(lambda _: origin.is_displayed())
        assert "Form is fitness minus fatigue" in origin.text
        assert "From Intervals.icu wellness of" in origin.text
        assert browser.judge() == []
        # WebKit without apps does not know this word of the policy, and says so.
        said = [line for line in browser.complaints() if "manifest-src" not in line]
        assert said == []


def test_the_page_is_light(running: Served, folder: Path) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        browser.until(lambda _: browser.run("return document.readyState") == "complete")
        files = browser.run(
            "return ['navigation', 'resource'].flatMap("
            "type => performance.getEntriesByType(type))"
            ".map(e => [e.name, e.decodedBodySize])"
        )
        assert len(files) <= MOST_REQUESTS
        assert 0 < sum(size for _, size in files) <= MOST_BYTES
        assert all(name.startswith(running.url) for name, _ in files)
        assert browser.complaints() == []


def test_the_page_is_usable_on_a_phone_that_is_six_times_slower(
    running: Served, folder: Path
) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        browser.driver.execute_cdp_cmd(
            "Emulation.setCPUThrottlingRate", {"rate": SLOWER}
        )
        browser.open("/today")
        ready_ms = browser.run(
            "const t = performance.getEntriesByType('navigation')[0];"
            "return t.domContentLoadedEventEnd - t.responseEnd"
        )
        assert ready_ms < 2000
        began = time.monotonic()
        browser.find("[popovertarget=from-day]").click()
        browser.until(lambda _: browser.find("#from-day").is_displayed())
        assert time.monotonic() - began < 3


def test_offline_shows_the_last_snapshot_with_its_age(
    running: Served, folder: Path
) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        browser.open("/today")  # through the worker this time
        shown = browser.find("#day-title").text
        assert "offline" not in browser.text()
        running.started.end()
        browser.open("/today")
        browser.wait_for("You are offline, or the bridge is slow or off.")
        assert browser.find("#day-title").text == shown
        assert browser.find("#today svg").is_displayed()
        background = "return getComputedStyle(document.querySelector('.card'))"
        assert browser.run(f"{background}.borderRadius") != "0px"  # with its style
        browser.run(
            "document.getElementById('today').dataset.asOf ="
            "new Date(Date.now() - 3 * 3600e3).toISOString(); sayAge()"
        )
        assert "This is from 3 hours ago." in browser.text()


def test_a_bridge_that_is_slow_is_not_waited_for_long(
    running: Served, folder: Path
) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        processes = running.started.process.pid  # a group of its own
        os.killpg(processes, signal.SIGSTOP)
        try:
            browser.open("/today")
            browser.wait_for("This is from")
            assert browser.find("#today svg").is_displayed()
        finally:
            os.killpg(processes, signal.SIGCONT)


def test_nothing_else_is_kept_or_passes_the_worker(
    running: Served, folder: Path
) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        for path in ("/devices", "/recipes/my-training-form", "/doctor", "/docs"):
            browser.open(path)
            assert browser.run("return navigator.serviceWorker.controller") is None
        browser.open("/today")
        browser.run("return fetch('/v1/fitness').then(() => 1)")
        browser.run("return fetch('/recipes/my-training-form').then(() => 1)")
        others = set(kept(browser)) - {"/today"}
        assert {path.split("/")[1] for path in others} == {"static"}


@pytest.mark.parametrize("way", ["Sign out", "Sign out on every device", "revoke"])
def test_after_the_end_of_a_session_or_a_device_nothing_is_kept(
    running: Served, folder: Path, way: str
) -> None:
    running.let_in()
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        shown = browser.find("#day-title").text
        browser.open("/devices")
        if way == "revoke":
            browser.press("Revoke Test phone")
            browser.press("Revoke Test phone now")
            browser.wait_for("revoked")
        else:
            browser.press(way)
            browser.wait_for("Sign-in code")
        browser.until(lambda _: not kept(browser))
        running.started.end()
        assert shown not in open_offline(browser, "/today")


def test_a_session_that_was_ended_elsewhere_empties_what_is_kept(
    running: Served, folder: Path
) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        browser.driver.delete_all_cookies()
        browser.open("/today")
        browser.wait_for("Sign-in code")
        browser.until(lambda _: not kept(browser))


def test_the_sentence_is_read_aloud(running: Served, folder: Path) -> None:
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        # This machine has no voice; what it would be given is what counts.
        browser.run(
            "speechSynthesis.speak = said => { window.said = [said.text, said.lang]; }"
        )
        browser.find("#play").click()
        spoken = browser.run("return window.said")
        assert spoken == [browser.find("#speech").text, "en"]
        assert "Stop" in browser.find("#play").text
