"""Real browsers for tests: Chromium, and WebKit, which is Safari's engine.

Each has its own profile and dies with the test. PYTEST_DONT_REWRITE: there are no
assertions here, and so the module can be imported by the pictures' script too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from selenium import webdriver
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service as WebKitService

from tests.support.lacking import lacking, require_binary
from tests.support.services import stop

Look = Literal["light", "dark"]
PHONE = (390, 844)
DESKTOP = (1280, 900)
WAIT_S = 30  # two cores, and a whole test run beside us
HANGS_S = 60
AXE = Path(__file__).parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
_MINI_BROWSER = "usr/lib/*/webkit2gtk-4.1/MiniBrowser"
_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@dataclass(kw_only=True)
class Browser:
    """A browser on a bridge: reads and acts as a person does."""

    driver: WebDriver
    address: str
    complaints: Callable[[], list[str]]  # errors and warnings of its console

    def open(self, path: str) -> None:
        """Open a page of the bridge."""
        self.driver.get(self.address + path)

    def find(self, css: str) -> WebElement:
        """Return the first element, once it is there."""
        found: WebElement = self.until(
            lambda driver: driver.find_element(By.CSS_SELECTOR, css)
        )
        return found

    def press(self, words: str) -> None:
        """Press the visible button or link that says ``words``, or is called so."""
        found = self.until(lambda _: self._pressable(words))
        # WebKit presses only what stands in the window, below the header.
        self.run("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def type(self, css: str, text: str) -> None:
        """Type into a field, in place of what is there."""
        field = self.find(css)
        field.clear()
        field.send_keys(text)

    def text(self) -> str:
        """Return what is seen on the page."""
        return self.find("body").text

    def wait_for(self, words: str) -> None:
        """Wait until the page says ``words``."""
        self.until(lambda _: words in self.text())

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page and return its value."""
        return self.driver.execute_script(script, *arguments)

    def until(self, ready: Callable[[WebDriver], Any]) -> Any:
        """Wait for a value that is true, whatever fails meanwhile."""
        wait = WebDriverWait(
            self.driver, WAIT_S, poll_frequency=0.1, ignored_exceptions=[Exception]
        )
        return wait.until(ready)

    def resize(self, width: int, height: int) -> None:
        """Make the page so wide; Chromium only."""
        metrics = {"width": width, "height": height, "mobile": True}
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", metrics | {"deviceScaleFactor": 1}
        )

    def watch(self) -> None:
        """Note from now on what goes wrong on this page."""
        self.run(
            "const note = what => (window.complaints ??= []).push(String(what));"
            "const error = console.error; console.error = (...all) => {"
            "  note(all.join(' ')); error(...all); };"
            "addEventListener('error', e => note(e.message));"
            "addEventListener('unhandledrejection', e => note(e.reason));"
            "addEventListener('securitypolicyviolation', e => note(e.blockedURI));"
        )

    def judge(self) -> list[str]:
        """Return what axe-core calls serious or critical on this page."""
        if not AXE.is_file():
            lacking("axe-core is missing: make clients")
        self.run(AXE.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0];"
            "axe.run(document, {resultTypes: ['violations']})"
            ".then(r => done(r.violations), e => done([{id: String(e), nodes: []}]));"
        )
        return [
            f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
            for rule in found
            if rule.get("impact") in {"serious", "critical", None}
            for node in rule["nodes"] or [{"target": ""}]
        ]

    def _pressable(self, words: str) -> WebElement | None:
        for css in ("button", "a", "summary"):
            for found in self.driver.find_elements(By.CSS_SELECTOR, css):
                called = found.get_attribute("aria-label") or ""
                if found.is_displayed() and words in (found.text.strip(), called):
                    return found
        return None


def _bound(driver: WebDriver) -> None:
    """Let a browser that says no more fail its test, and not hold up all others."""
    cast("RemoteConnection", driver.command_executor).client_config.timeout = HANGS_S


@contextmanager
def chromium(
    address: str,
    folder: Path,
    *,
    size: tuple[int, int] = DESKTOP,
    look: Look = "light",
    scripts: bool = True,
    scale: float = 1.0,
) -> Iterator[Browser]:
    """Lend Chromium; a phone's size makes it pretend to be an iPhone."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(require_binary("chromium", "chromium"))
    for flag in (
        *("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run"),
        *("disable-background-networking", "disable-component-update", "disable-sync"),
        *("disable-dev-shm-usage", "hide-scrollbars"),
        f"user-data-dir={folder / 'chromium'}",
        f"window-size={size[0]},{size[1]}",
    ):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    if size == PHONE:
        metrics = {"width": size[0], "height": size[1], "pixelRatio": 2 * scale}
        emulated = {"deviceMetrics": metrics | {"touch": True}, "userAgent": _IPHONE}
        options.add_experimental_option("mobileEmulation", emulated)
    service = ChromeService(str(require_binary("chromedriver", "chromium-driver")))
    driver = webdriver.Chrome(options=options, service=service)
    _bound(driver)
    try:
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": look}]},
        )
        yield Browser(
            driver=driver,
            address=address,
            complaints=lambda: _severe(driver.get_log("browser")),  # type: ignore[no-untyped-call]  # selenium,
        )
    finally:
        driver.quit()


@contextmanager
def webkit(
    address: str,
    folder: Path,
    *,
    size: tuple[int, int] = PHONE,
    look: Look = "light",
) -> Iterator[Browser]:
    """Lend WebKit, in a window without a screen."""
    with _screen(folder, size) as display:
        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(_mini_browser())
        # Full screen has no toolbar: the window is the page.
        for argument in ("--automation", "--private", "--full-screen"):
            options.add_argument(argument)
        if look == "dark":
            options.add_argument("--dark-mode")
        service = WebKitService(
            str(require_binary("WebKitWebDriver", "webkit2gtk-driver")),
            env=_environ(folder, display),
        )
        driver = webdriver.WebKitGTK(options=options, service=service)
        _bound(driver)
        try:
            driver.set_window_size(*size)
            browser = Browser(driver=driver, address=address, complaints=list)
            browser.complaints = lambda: (
                _noted(browser) + _said_on_loading(browser, folder, display)
            )
            yield browser
        finally:
            driver.quit()


def _noted(browser: Browser) -> list[str]:
    found: list[str] = browser.run("return window.complaints ?? []")
    return found


def _said_on_loading(browser: Browser, folder: Path, display: str) -> list[str]:
    """Load the page again as its user, and return what the console says.

    An automated window tells nobody what its console says; a plain one does.
    """
    jar = folder / "cookies.txt"
    rows = [
        f"#HttpOnly_127.0.0.1\tFALSE\t/\tFALSE\t{cookie.get('expiry', 0)}\t"
        f"{cookie['name']}\t{cookie['value']}\n"
        for cookie in browser.driver.get_cookies()
    ]
    jar.write_text("# HTTP Cookie File\n" + "".join(rows), "utf-8")
    told = subprocess.run(
        [
            *(str(_mini_browser()), f"--cookies-file={jar}", "--exit-after-load"),
            "--enable-write-console-messages-to-stdout=true",
            browser.driver.current_url,
        ],
        env=_environ(folder, display),
        capture_output=True,
        encoding="utf-8",
        timeout=WAIT_S,
        check=False,
    )
    lines = (told.stdout + told.stderr).splitlines()
    return [line for line in lines if "CONSOLE" in line]


def _environ(folder: Path, display: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "DISPLAY": display}


def _severe(rows: list[dict[str, Any]]) -> list[str]:
    return [row["message"] for row in rows if row["level"] in {"SEVERE", "WARNING"}]


def _mini_browser() -> Path:
    programs = sorted(Path("/").glob(_MINI_BROWSER))
    if not programs:
        lacking("WebKit is missing: apt-get install webkit2gtk-driver")
    return programs[0]


@contextmanager
def _screen(folder: Path, size: tuple[int, int]) -> Iterator[str]:
    """Run an X server that shows nothing to anybody, on a number of its own."""
    reading, writing = os.pipe()
    with (folder / "screen.log").open("wb") as log:
        process = subprocess.Popen(
            [
                str(require_binary("Xvfb", "xvfb")),
                *("-displayfd", str(writing), "-nolisten", "tcp"),
                *("-screen", "0", f"{size[0]}x{size[1]}x24"),
            ],
            pass_fds=[writing],
            stdout=log,
            stderr=log,
        )
    os.close(writing)
    try:
        yield f":{_read_line(reading, process)}"
    finally:
        os.close(reading)
        stop(process, signal.SIGTERM)


def _read_line(pipe: int, process: subprocess.Popen[bytes]) -> str:
    deadline, text = time.monotonic() + WAIT_S, b""
    while not text.endswith(b"\n"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Xvfb did not start")
        text += os.read(pipe, 16)
    return text.decode().strip()
