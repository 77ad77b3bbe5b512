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
                        _take_all(browser, device, look)


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
        browser.wait_for("Where will your phone reach")
        yield browser


def _take_all(browser: Browser, device: str, look: Look) -> None:
    browser.open("/today")
    _take(browser, f"today-{device}-{look}")
    browser.open("/")
    _take(browser, f"home-{device}-{look}")
    browser.press("Try it: My training form")
    browser.until(lambda _: browser.find(".speech.live"))
    browser.run("document.querySelector('#shortcuts').scrollIntoView()")
    _take(browser, f"gallery-{device}-{look}")
    browser.open("/")
    if device == "phone":
        browser.press("Make setup code")
        browser.wait_for("is ready")
        _take(browser, f"code-{device}-{look}")
        browser.open("/recipes/my-training-form")
        _take(browser, f"recipe-{device}-{look}")
    else:
        browser.press("Show a QR code")
        browser.wait_for("Continue on your phone")
        _take(browser, f"pairing-{device}-{look}")
        browser.open("/doctor/everything")
        _take(browser, f"doctor-{device}-{look}")


def _take(browser: Browser, name: str) -> None:
    browser.driver.save_screenshot(str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    main()
