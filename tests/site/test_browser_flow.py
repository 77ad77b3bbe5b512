"""The setup page in real browsers: from nothing to a revoked phone, on real sockets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import requests
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.site.browsers import PHONE, Browser, Look, chromium, webkit
from tests.site.pages import SETUP_CODE
from tests.site.pictures import CODE
from tests.support.live import Served, Upstream, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browsers"),
    # selenium's own way to WebKit
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

Lend = Callable[..., AbstractContextManager[Browser]]
BROWSERS = {"chromium": chromium, "webkit": webkit}


@pytest.fixture
def keyless(upstream: Upstream, tmp_path: Path) -> Iterator[Served]:
    """A bridge that nobody has connected or signed in to."""
    with serving(upstream, tmp_path, INTERVALS_API_KEY="") as running:
        yield running


@pytest.fixture
def fresh(upstream: Upstream, tmp_path: Path) -> Iterator[Served]:
    """A bridge with a key, for this test alone: tries of codes are counted."""
    with serving(upstream, tmp_path) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A browser's home."""
    made = tmp_path / "browser"
    made.mkdir()
    return made


def engine_of(browser: Browser) -> str:
    """Return the engine's name, asked of what it can do, not of what it says."""
    blink: bool = browser.run(
        "return 'chrome' in window || 'userAgentData' in navigator"
    )
    apple: bool = browser.run("return navigator.vendor.startsWith('Apple')")
    return "WebKit" if apple and not blink else "Blink" if blink else "unknown"


def sign_in(browser: Browser, served: Served, code: str = "") -> None:
    """Enter a code from the console."""
    browser.open("/sign-in")
    browser.type("#code", code or fresh_code(served))
    browser.press("Sign in")
    browser.wait_for("Where will your phone reach the bridge?")


def fresh_code(served: Served) -> str:
    """Return what ``bridge login`` prints."""
    found = CODE.search(served.run("login").stdout)
    assert found
    return found[1]


def set_up(browser: Browser, served: Served, upstream: Upstream) -> str:
    """Go the way of the first evening; return the setup code."""
    first = CODE.search(served.started.output())
    assert first, "bridge serve prints no code"
    sign_in(browser, served, first[1])
    browser.press("Later: I am only trying it on this computer")
    browser.type("#api-key", upstream.world.api_key)
    browser.press("Connect")
    browser.wait_for(f"Hello {upstream.world.athlete['name']}")
    browser.type("#name", "Ana’s iPhone")
    browser.press("Make setup code")
    browser.wait_for("Ana’s iPhone is ready")
    code = str(browser.find("#setup-code").get_attribute("value"))
    assert SETUP_CODE.fullmatch(code)
    return code


@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_from_nothing_to_a_revoked_phone(
    engine: str, keyless: Served, upstream: Upstream, folder: Path
) -> None:
    with BROWSERS[engine](keyless.url, folder, size=PHONE) as browser:
        found = engine_of(browser)
        named = browser.driver.capabilities
        print(f"\nengine: {found} ({named['browserName']} {named['browserVersion']})")  # noqa: T201  # the proof
        assert found == {"webkit": "WebKit", "chromium": "Blink"}[engine]
        code = set_up(browser, keyless, upstream)
        assert browser.complaints() == []
        token = code.partition("#")[2]
        assert keyless.get("/fitness", token).status_code == 404
        browser.wait_for("Ana’s iPhone reached the bridge")  # by itself
        assert keyless.get("/v1/fitness", token).status_code == 200

        browser.wait_for("It works")  # by itself
        browser.open("/shortcuts")
        browser.watch()
        browser.find(".shortcut:has(#speech-my-training-form) summary").click()
        browser.press("Try it: My training form")
        browser.until(lambda _: browser.find("#speech-my-training-form.live"))
        spoken = keyless.get("/v1/fitness", token).json()["speech"]
        speech = "#speech-my-training-form"
        assert browser.find(f"{speech} [lang=en]").text == spoken
        hidden = browser.find(f"{speech} .unseen").get_attribute("textContent")
        assert hidden == "Siri may say:"
        assert browser.find(f"{speech} .now").text == "Now:"
        assert browser.complaints() == []

        browser.open("/devices")
        browser.press("Revoke Ana’s iPhone")
        browser.press("Revoke Ana’s iPhone now")
        browser.wait_for("revoked")
        refused = keyless.get("/v1/fitness", token)
        assert (refused.status_code, refused.json()["code"]) == (401, "token_revoked")

        browser.press("Sign out")
        browser.wait_for("Sign-in code")
        assert browser.complaints() == []


@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_the_setup_code_is_copied(
    engine: str, keyless: Served, upstream: Upstream, folder: Path
) -> None:
    with BROWSERS[engine](keyless.url, folder, size=PHONE) as browser:
        code = set_up(browser, keyless, upstream)
        browser.press("The setup code of Ana’s iPhone")
        browser.find("[data-copy=setup-code]").click()
        browser.wait_for("Copied")
        browser.open("/setup/phone")
        browser.find("#name").send_keys(Keys.CONTROL, "a")
        browser.find("#name").send_keys(Keys.CONTROL, "v")
        pasted = browser.find("#name").get_attribute("value")
        assert pasted == code[:60]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_axe_finds_nothing_serious_on_any_page(
    engine: str, look: Look, fresh: Served, folder: Path
) -> None:
    with BROWSERS[engine](fresh.url, folder, size=PHONE, look=look) as browser:
        dark = browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")
        assert dark == (look == "dark")
        browser.open("/sign-in")
        assert browser.judge() == []
        browser.type("#code", "2222-2222-2222")
        browser.press("Sign in")
        browser.wait_for("This code is wrong")
        assert browser.judge() == []
        sign_in(browser, fresh)
        browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.judge() == []
        for path in PAGES:
            browser.open(path)
            assert browser.judge() == [], path
        for path, (press, words) in PRESSED.items():
            browser.open(path)
            browser.press(press)
            browser.wait_for(words)
            assert browser.judge() == [], press


PAGES = (
    *("/today", "/shortcuts", "/devices", "/health", "/doctor", "/docs/zones"),
    *("/setup/address", "/setup/key", "/setup/phone", "/setup/waiting"),
    *("/pair?code=7KQM-X2RB-9TPD", "/nowhere"),
    *("/recipes/my-training-form?language=de", "/recipes/training-export"),
)
PRESSED = {
    "/setup/phone": ("Make setup code", "is ready"),
    "/devices": ("Make view key", "may look"),
}


@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_nothing_typed_is_lost_and_nothing_is_done_twice(
    engine: str, keyless: Served, upstream: Upstream, folder: Path
) -> None:
    with BROWSERS[engine](keyless.url, folder, size=PHONE) as browser:
        first = CODE.search(keyless.started.output())
        assert first
        sign_in(browser, keyless, first[1])
        browser.type("#url", "https://bridge.example/a/path")
        try_it = browser.find("form:has(#url) button")
        browser.run("arguments[0].scrollIntoView({block: 'center'})", try_it)
        try_it.click()
        browser.wait_for("Nothing was changed")
        typed = browser.find("#url").get_attribute("value")
        assert typed == "https://bridge.example/a/path"
        browser.press("Later: I am only trying it on this computer")
        browser.type("#api-key", "wrong-key-1234")
        browser.press("Connect")
        browser.wait_for("Intervals.icu does not accept this key")
        assert browser.find("#api-key").get_attribute("value") == "wrong-key-1234"
        browser.type("#api-key", upstream.world.api_key)
        browser.press("Connect")
        browser.wait_for("activities in 90 days")
        browser.press("Make setup code")
        browser.wait_for("is ready")
        code = browser.find("#setup-code").get_attribute("value")
        browser.driver.refresh()  # a tab that the phone threw away
        browser.wait_for("is ready")
        assert browser.find("#setup-code").get_attribute("value") == code
        browser.driver.back()
        browser.wait_for("Your phone")
        browser.open("/devices")
        assert browser.text().count("never asked") == 1
        browser.press("Show the setup code again")
        assert browser.find("#setup-code").get_attribute("value") == code


def test_shortcuts_and_addresses_are_searched(fresh: Served, folder: Path) -> None:
    with chromium(fresh.url, folder, size=PHONE) as browser:
        sign_in(browser, fresh)
        browser.open("/shortcuts")
        browser.type("#search", "race count")
        shown = "return [...document.querySelectorAll('[data-find]')]"
        shown += ".filter(e => e.checkVisibility()).length"
        assert browser.run(shown) == 1
        browser.type("#search", "no such thing")
        browser.wait_for("No shortcut of that name")
        browser.open("/docs")
        browser.type("#search", "/v1/zones")
        assert 1 <= browser.run(shown) <= 5
        browser.open("/docs/you-and-today#get_v1_fitness")
        browser.press("Answer")
        browser.find("#get_v1_fitness summary ~ *")
        browser.run(
            "document.querySelector('[data-ask$=get_v1_fitness]').click();"
            "document.querySelector('#answer-get_v1_fitness').textContent = '';"
        )
        browser.until(
            lambda _: browser.run(
                "return document.querySelector('#answer-get_v1_fitness').textContent"
                ".includes('speech')"
            )
        )
        assert browser.complaints() == []


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_other_languages_are_as_accessible_and_no_wider(
    language: str, look: Look, fresh: Served, folder: Path
) -> None:
    with chromium(fresh.url, folder, size=PHONE, look=look) as browser:
        browser.open("/sign-in")
        browser.type("#code", fresh_code(fresh))
        browser.press("Sign in")
        browser.find(".tabs")
        browser.open(f"/devices?lang={language}")
        for path in IN_WORDS:
            browser.open(path)
            assert browser.run("return document.documentElement.lang") == language
            browser.run("document.querySelectorAll('details').forEach(d => d.open = 1)")
            assert browser.run(WIDER) == [], path
            assert browser.judge() == [], path


IN_WORDS = (
    *("/today", "/shortcuts", "/devices", "/messages", "/health", "/nowhere"),
    *("/setup/address", "/setup/key", "/setup/phone", "/recipes/training"),
)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("large", [1.0, 2.0])
def test_nothing_is_cut_off_or_scrolls_sideways(
    fresh: Served, folder: Path, width: int, large: float
) -> None:
    with chromium(fresh.url, folder, size=PHONE) as browser:
        sign_in(browser, fresh)
        for path in PAGES:
            browser.open(path)
            browser.resize(width, 844)
            # Large text, as Dynamic Type or a zoom of text sets it: rem follows.
            browser.run(f"document.documentElement.style.fontSize = '{large * 100}%'")
            browser.run("document.querySelectorAll('details').forEach(d => d.open = 1)")
            assert browser.run(WIDER) == [], path


WIDER = """
const edge = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= edge) return [];
return [...document.body.querySelectorAll('*')]
  .filter(e => e.getBoundingClientRect().right > edge + 1 && e.offsetWidth > 1)
  .map(e => e.outerHTML.slice(0, 120));
"""


def test_everything_that_is_tapped_is_44_points_high(
    fresh: Served, folder: Path
) -> None:
    with chromium(fresh.url, folder, size=PHONE) as browser:
        sign_in(browser, fresh)
        for path in PAGES:
            browser.open(path)
            browser.run("document.querySelectorAll('details').forEach(d => d.open = 1)")
            assert browser.run(SMALLER) == [], path


# A link within a sentence is as high as its line.
SMALLER = """
const tapped = 'button, .button, summary, nav a, .brand, label.choice,'
  + 'input:not([type=hidden], [type=radio]), textarea';
return [...document.querySelectorAll(tapped)]
  .filter(e => e.offsetHeight > 0 && e.getBoundingClientRect().height < 44)
  .map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 120)]);
"""


def test_the_whole_way_works_without_a_mouse(
    keyless: Served, upstream: Upstream, folder: Path
) -> None:
    with chromium(keyless.url, folder) as browser:
        first = CODE.search(keyless.started.output())
        assert first
        browser.open("/")
        tab_to(browser, "#code").send_keys(first[1], Keys.ENTER)
        browser.wait_for("Where will your phone reach the bridge?")
        tab_to(browser, ".later button").send_keys(Keys.ENTER)
        tab_to(browser, "#api-key").send_keys(upstream.world.api_key, Keys.ENTER)
        browser.wait_for("activities in 90 days")
        tab_to(browser, "#name").send_keys(Keys.ENTER)
        browser.wait_for("is ready")
        tab_to(browser, "[data-copy]").send_keys(Keys.SPACE)
        browser.wait_for("Copied")
        browser.open("/shortcuts")
        tab_to(browser, ".shortcut summary").send_keys(Keys.ENTER)
        tab_to(browser, ".shortcut details[open] .button").send_keys(Keys.ENTER)
        browser.wait_for("Build it in")
        browser.open("/devices")
        tab_to(browser, "#devices .sure summary").send_keys(Keys.ENTER)
        tab_to(browser, "#devices .sure button").send_keys(Keys.ENTER)
        browser.wait_for("revoked")


def tab_to(browser: Browser, css: str) -> WebElement:
    """Press Tab until the element has the focus, and see that it shows."""
    wanted = browser.find(css)
    for _ in range(120):
        focused = browser.driver.switch_to.active_element
        if focused == wanted:
            outline = focused.value_of_css_property("outline-style")
            assert outline != "none", f"{css} does not show that it has the focus"
            return focused
        focused.send_keys(Keys.TAB)
    raise AssertionError(f"Tab never reaches {css}")


def test_everything_but_copy_and_try_works_without_a_script(
    keyless: Served, upstream: Upstream, folder: Path
) -> None:
    with chromium(keyless.url, folder, scripts=False) as browser:
        code = set_up(browser, keyless, upstream)
        assert not browser.driver.find_element(
            By.CSS_SELECTOR, "[data-copy]"
        ).is_displayed()
        token = code.partition("#")[2]
        assert keyless.get("/v1/fitness", token).status_code == 200
        browser.press("I have built it")
        browser.wait_for("It works")
        browser.open("/shortcuts")
        assert not browser.find("[data-try]").is_displayed()
        browser.open("/devices")
        browser.press("Revoke Ana’s iPhone")
        browser.press("Revoke Ana’s iPhone now")
        browser.wait_for("revoked")
        assert keyless.get("/v1/fitness", token).status_code == 401
        browser.open("/doctor")
        browser.type("#request", "curl -u API_KEY:abc https://intervals.icu/api/v1")
        browser.press("Find the mistake")
        browser.wait_for("Another one?")


@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_a_phone_is_paired_by_the_picture(
    engine: str, fresh: Served, folder: Path, tmp_path: Path
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    with chromium(fresh.url, desk) as computer:
        sign_in(computer, fresh)
        computer.open("/setup/phone")
        computer.press("Show a QR code")
        computer.wait_for("Continue on your phone")
        code = computer.find(".big").text
        with BROWSERS[engine](fresh.url, folder, size=PHONE) as phone:
            phone.open(f"/pair?code={code}")
            phone.wait_for(code)
            phone.press("Continue on this phone")
            phone.wait_for("Where will your phone reach the bridge?")
            assert phone.complaints() == []


@pytest.mark.parametrize("engine", ["webkit", "chromium"])
def test_a_link_of_another_site_signs_nobody_out(
    engine: str, fresh: Served, folder: Path
) -> None:
    with BROWSERS[engine](fresh.url, folder, size=PHONE) as browser:
        sign_in(browser, fresh)
        for _ in range(2):
            browser.driver.get(f"data:text/html,<a href='{fresh.url}/'>bridge</a>")
            browser.find("a").click()
            browser.wait_for("Where will your phone reach the bridge?")


def test_the_page_asks_nobody_else_for_anything(fresh: Served, folder: Path) -> None:
    with chromium(fresh.url, folder) as browser:
        sign_in(browser, fresh)
        for path in PAGES:
            browser.open(path)
            asked = browser.run(
                "return performance.getEntriesByType('resource').map(e => e.name)"
            )
            assert asked
            assert all(name.startswith(fresh.url) for name in asked)


def test_an_installed_file_is_downloaded_under_its_name(fresh: Served) -> None:
    page = fresh.url + "/shortcuts/de/Bridge%20pr%C3%BCfen.shortcut"
    head = requests.head(page, timeout=30)
    body = requests.get(page, timeout=30)
    assert head.headers["Content-Length"] == str(len(body.content))
    assert re.search("Bridge%20pr%C3%BCfen", body.headers["Content-Disposition"])
