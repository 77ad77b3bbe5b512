"""A newcomer's first hour, without the hour: from a clone to the first answer.

``make first-hour`` clones this repository into an empty folder, installs it there and
does what README says, in Chromium and in WebKit, on the simulator. The shortcut is
built from nothing but what its page draws, and run by the player. It counts what a
person goes through: steps of README, screens, clicks, words to read.
``FIRST_HOUR_IN=folder`` takes a working copy that is installed already.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from bridge.simulator.world import World
from tests.player import Phone
from tests.site.browsers import PHONE, Browser, chromium, webkit
from tests.site.by_page import READ, Builder
from tests.site.pictures import CODE
from tests.support.live import Operator, Upstream
from tests.support.services import free_port

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
MOST_STEPS = 10
WORD = re.compile(r"[^\W\d_][\w’'-]*")
STEP = re.compile(r"^\d+\. \*\*", re.M)
SAID = re.compile(
    r"(\d+) screens, (\d+) clicks and about (\d+) words to read on its pages"
)


@dataclass(kw_only=True)
class Walk:
    """What one newcomer went through."""

    screens: list[str] = field(default_factory=list)
    clicks: int = 0
    words: int = 0
    answer: str = ""

    def see(self, browser: Browser, name: str) -> None:
        """Note a screen, with all that stands on it to be read."""
        self.screens.append(name)
        self.words += len(WORD.findall(browser.find("main").text))

    def press(self, browser: Browser, css: str) -> None:
        """Press what ``css`` names."""
        found = browser.find(css)
        browser.run("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()
        self.clicks += 1


def walk(browser: Browser, operator: Operator, console: Callable[[], str]) -> Walk:
    """Go from the sign-in page to the first answer.

    Parameters
    ----------
    browser
        A browser of a phone's size, at the address that the console names.
    operator
        Who can type commands, which nobody has to here.
    console
        Returns what ``bridge serve`` has said by now.
    """
    went = Walk()
    code = CODE.search(console())
    if code is None:
        raise RuntimeError(f"no sign-in code: {console()}")
    browser.open("/")
    browser.find("#code")
    went.see(browser, "sign in")
    browser.type("#code", code[1])
    went.press(browser, "main form button.primary")
    browser.find("#url")
    went.see(browser, "address")
    offered = browser.run("return document.querySelector('[name=url][type=hidden]')")
    went.press(browser, "form.answer button.primary" if offered else ".later button")
    browser.until(lambda _: browser.run(PAST_ADDRESS))
    if browser.run("return document.querySelector('#api-key') !== null"):
        went.see(browser, "key")
        browser.type("#api-key", operator.settings["FIRST_HOUR_KEY"])
        went.press(browser, "form[data-keep] button.primary")
    browser.find("#name")
    went.see(browser, "phone")
    went.press(browser, "form:has(#name) button.primary")
    browser.find("#short")
    went.see(browser, "first shortcut")
    built = Builder("en").build(browser.run(READ))
    run = Phone().run(built)
    if run.stopped or len(run.shown) != 1:
        raise RuntimeError(f"the shortcut said {run.shown}, stopped: {run.stopped}")
    went.answer = run.shown[0]
    browser.wait_for("It works")  # the page notices by itself
    went.see(browser, "it works")
    if problems := browser.complaints():
        raise RuntimeError(f"the browser complains: {problems}")
    return went


PAST_ADDRESS = "return document.querySelector('#api-key, #name') !== null"


def steps_in_readme() -> int:
    """Return how many steps README counts."""
    text = (
        README.read_text("utf-8").partition('"Hey Siri" in ')[2].partition("\n## ")[0]
    )
    return len(STEP.findall(text))


def figures_in_readme() -> tuple[int, int, int]:
    """Return the screens, clicks and words that README promises."""
    found = SAID.search(" ".join(README.read_text("utf-8").split()))
    if found is None:
        raise RuntimeError("README does not say how many screens, clicks and words")
    return int(found[1]), int(found[2]), int(found[3])


def main() -> None:
    """Walk in both browsers and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = os.environ.get("FIRST_HOUR_IN", "")
        clone = Path(copy).resolve() if copy else _clone(folder)
        for engine, lend in (("Chromium", chromium), ("WebKit", webkit)):
            home = folder / engine
            home.mkdir()
            went = _walk_in(clone, home, lend)
            screens = ", ".join(went.screens)
            print(  # noqa: T201
                f"{engine}: {steps_in_readme()} steps, {len(went.screens)} screens "
                f"({screens}), {went.clicks} clicks, {went.words} words; "
                f"the first answer: {went.answer}"
            )
    if steps_in_readme() > MOST_STEPS:
        sys.exit("README counts too many steps")


def _clone(folder: Path) -> Path:
    clone = folder / "clone"
    began = time.monotonic()
    for command in (
        ["git", "clone", "--quiet", str(ROOT), str(clone)],
        ["make", "-C", str(clone), "install"],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    minutes = (time.monotonic() - began) / 60
    print(f"Cloned and installed in {minutes:.1f} minutes.")  # noqa: T201
    return clone


def _walk_in(
    clone: Path, home: Path, lend: Callable[..., AbstractContextManager[Browser]]
) -> Walk:
    bridge, port = str(clone / ".venv" / "bin" / "bridge"), free_port()
    with Upstream(World()).running() as upstream:
        settings = {
            "BRIDGE_UPSTREAM_URL": upstream.url,
            "BRIDGE_HOME": str(home),
            "PORT": str(port),
        }
        operator = Operator(folder=home, settings=settings)
        subprocess.run(
            [bridge, "init"],
            check=True,
            cwd=home,
            env=operator.environ(),
            input=f"{upstream.world.api_key}\n",
            text=True,
            capture_output=True,
        )
        operator.settings["FIRST_HOUR_KEY"] = upstream.world.api_key
        with operator.starting(bridge, "serve") as started:
            url = f"http://127.0.0.1:{port}"
            started.wait_for_address(url)
            browsing = home / "browser"
            browsing.mkdir()
            with lend(url, browsing, size=PHONE) as browser:
                return walk(browser, operator, started.output)


if __name__ == "__main__":
    main()
