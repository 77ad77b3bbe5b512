"""Messages in a real browser: the worker of Today shows a push, a phone is added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bridge.domain.speech.phrases import LANGUAGES
from bridge.store.athletes import OWNER
from bridge.store.engine import open_store
from tests.notify.receivers import Phone
from tests.site.browsers import PHONE, Browser, Look, chromium, webkit
from tests.site.test_browser_today import open_today, wait_until_kept
from tests.support.live import Served, Upstream, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browsers"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]
SHOWN = """
const done = arguments[0];
navigator.serviceWorker.getRegistration("/today")
  .then(one => one.getNotifications())
  .then(all => done(all.map(n => [n.title, n.body, n.tag, n.data.navigate])), done);
"""
SUBSCRIBED = """
const decoded = text => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0)).buffer;
const [endpoint, p256dh, auth] = arguments;
const made = { endpoint, getKey: name => decoded(name === "auth" ? auth : p256dh) };
window.pushManager = {
  getSubscription: async () => null,
  subscribe: async options => { window.asked = options; return made; },
};
"""
BROWSERS = {"chromium": chromium, "webkit": webkit}


@pytest.fixture
def running(upstream: Upstream, tmp_path: Path) -> Iterator[Served]:
    with serving(upstream, tmp_path) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "browser"
    made.mkdir()
    return made


def shown(browser: Browser) -> list[Any]:
    found: list[Any] = browser.driver.execute_async_script(SHOWN)
    return found


def allow(browser: Browser) -> None:
    """Let the page notify, as a person would who is asked."""
    browser.driver.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["notifications"], "origin": browser.address},
    )


def test_a_push_is_shown_by_the_worker_of_today(running: Served, folder: Path) -> None:
    message = {
        "web_push": 8030,
        "notification": {
            "title": "Your day",
            "body": "Today: Träning 🚴, 57 minutes.",
            "navigate": f"{running.url}/today",
            "tag": "msg_0123",
        },
    }
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        wait_until_kept(browser)
        allow(browser)
        deliver = {
            "origin": f"{running.url}/",
            "registrationId": "0",
            "data": json.dumps(message),
        }
        browser.driver.execute_cdp_cmd("ServiceWorker.enable", {})
        for _ in range(2):  # a repeat takes the place of the first
            browser.driver.execute_cdp_cmd("ServiceWorker.deliverPushMessage", deliver)
        browser.until(lambda _: shown(browser))
        expected = message["notification"]
        assert isinstance(expected, dict)
        wanted = [expected[name] for name in ("title", "body", "tag", "navigate")]
        assert shown(browser) == [wanted]


def test_a_phone_is_added_from_the_page(running: Served, folder: Path) -> None:
    target = Phone().target("https://push.example/send/abc")
    with chromium(running.url, folder, size=PHONE) as browser:
        open_today(browser, running)
        allow(browser)
        browser.open("/messages")
        browser.run(SUBSCRIBED, target.endpoint, target.p256dh, target.auth)
        browser.press("Notify this phone")
        browser.wait_for("push.example")
        assert browser.complaints() == []
    store = open_store(f"sqlite:///{running.folder}/bridge.db", create=False)
    (channel,) = store.outbox.channels(OWNER)
    store.close()
    assert (channel.type, channel.name) == ("push", "This phone")


@pytest.mark.parametrize(
    ("engine", "look", "languages"),
    [
        ("chromium", "light", LANGUAGES),
        ("chromium", "dark", ("en",)),
        ("webkit", "light", ("de",)),
        ("webkit", "dark", ("fr",)),
    ],
)
def test_the_page_is_accessible_and_fits_a_phone(
    engine: str, look: Look, languages: Sequence[str], running: Served, folder: Path
) -> None:
    with BROWSERS[engine](running.url, folder, size=PHONE, look=look) as browser:
        open_today(browser, running)
        for language in languages:
            browser.open(f"/messages?lang={language}")
            browser.find("#messages")
            assert browser.judge() == []
            width = browser.run("return document.documentElement.scrollWidth")
            assert width <= PHONE[0]
