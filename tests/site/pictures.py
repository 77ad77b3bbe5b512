"""Take the pictures of the setup page in ``docs/screenshots/``.

Run as ``python -m tests.site.pictures``; ``make screenshots`` does. The athlete is the
simulator's, the address is an example.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bridge.simulator.world import World
from tests.site.browsers import DESKTOP, PHONE, Browser, Look, chromium
from tests.support.live import Served, Upstream, serving

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LOOKS: tuple[Look, ...] = ("light", "dark")
CODE = re.compile(r"Sign-in code: +(\S+)")


def main() -> None:
    """Take every picture, replacing the old ones."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, Upstream(World()).running() as upstream:
        settings = {"BRIDGE_PUBLIC_URL": "https://bridge.example"}
        with serving(upstream, Path(name), **settings) as served:
            for size, device in ((PHONE, "phone"), (DESKTOP, "desktop")):
                for look in LOOKS:
                    with _signed_in(served, size, look, device) as browser:
                        _take_all(browser, served, device, look)


@contextmanager
def _signed_in(
    served: Served, size: tuple[int, int], look: Look, device: str
) -> Iterator[Browser]:
    folder = served.folder / f"{device}-{look}"
    folder.mkdir()
    with chromium(served.url, folder, size=size, look=look) as browser:
        browser.open("/sign-in")
        _take(browser, f"sign-in-{device}-{look}")
        found = CODE.search(served.run("login").stdout)
        if found is None:
            raise RuntimeError("bridge login printed no code")
        browser.type("#code", found[1])
        browser.press("Sign in")
        browser.find(".tabs")
        yield browser


def _take_all(browser: Browser, served: Served, device: str, look: Look) -> None:
    browser.open("/setup/phone")
    if device == "phone":
        _take(browser, f"phone-{device}-{look}")
        browser.press("Make setup code")
        browser.wait_for("is ready")
        code = str(browser.find("#setup-code").get_attribute("value"))
        browser.run("document.querySelector('#short').scrollIntoView()")
        _take(browser, f"recipe-{device}-{look}")
        served.get("/v1/fitness", code.partition("#")[2])
        browser.wait_for("It works")
        browser.until(lambda _: browser.find(".speech.live"))
        _take(browser, f"works-{device}-{look}")
    else:
        browser.press("Show a QR code")
        browser.wait_for("Continue on your phone")
        _take(browser, f"pairing-{device}-{look}")
    browser.open("/health")  # first, so that the lamp of the others knows
    _take(browser, f"health-{device}-{look}")
    for page in ("today", "shortcuts", "devices"):
        browser.open(f"/{page}")
        if page == "shortcuts":
            browser.find(".shortcut:has(#speech-my-training-form) summary").click()
            browser.until(lambda _: browser.find(".speech.live"))
        name = "gallery" if page == "shortcuts" else page
        _take(browser, f"{name}-{device}-{look}")


def _take(browser: Browser, name: str) -> None:
    browser.driver.save_screenshot(str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    main()
