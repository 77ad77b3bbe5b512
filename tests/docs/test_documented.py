"""What exists is written down: routes, settings, dependencies, failures."""

from __future__ import annotations

import inspect
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import bridge.errors
from bridge.config import SECRET_SETTINGS, SETTINGS, Config
from bridge.domain.speech.phrases import LANGUAGES, phrases_of
from bridge.errors import BridgeError, ConfigError
from bridge.routes.table import ROUTES
from bridge.upstream.flights import Unanswered
from bridge.upstream.transport import ConnectionDropped

ROOT = Path(__file__).parents[2]
# Time zones change several times a year and never break anything: an upper bound
# would only keep old ones.
WITHOUT_UPPER_BOUND = {"tzdata"}
_WORDS = re.compile(r"words: (.*)", re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documentation() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


# routes and settings


def test_every_route_is_in_the_readme_or_the_documentation() -> None:
    told = re.sub(r"<[^>\s]+>|\{\w+\}|\blatest\b|…", "*", documentation())
    paths = {re.sub(r"<[^>]+>|\blatest\b", "*", route.path) for route in ROUTES}
    assert not {path for path in paths if path not in told}


@pytest.mark.parametrize("setting", list(SETTINGS))
def test_every_setting_is_explained_and_in_the_example(setting: str) -> None:
    row = rf"^\| `{setting}`( \*secret\*)? \|"
    found = re.search(row, read("docs/settings.md"), re.MULTILINE)
    assert found, f"docs/settings.md has no row for {setting}"
    assert bool(found[1]) == (setting in SECRET_SETTINGS)
    assert re.search(rf"^#?{setting}=", read(".env.example"), re.MULTILINE)


def test_no_setting_is_explained_that_does_not_exist() -> None:
    told = set(re.findall(r"^\| `([A-Z_]+)`", read("docs/settings.md"), re.MULTILINE))
    told |= set(re.findall(r"^#?([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    assert told == set(SETTINGS)


def test_the_example_is_a_configuration_once_the_secrets_are_filled_in() -> None:
    lines = [line.lstrip("#") for line in read(".env.example").splitlines()]
    pairs = [line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line)]
    env = dict(pairs) | {"BRIDGE_SECRET_KEY": "xK3-9vQ_a-good-long-random-one-77"}
    assert Config.from_env(env).athlete_id == "0"


# dependencies


def requirements() -> Iterator[tuple[str, str]]:
    """Yield name and version bounds of everything that runs in production."""
    project = tomllib.loads(read("pyproject.toml"))["project"]
    optional = project["optional-dependencies"]
    extras = [row for name in optional if name != "dev" for row in optional[name]]
    for line in [*project["dependencies"], *extras]:
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?(.*)", line)
        assert match, line
        yield match[1], match[2]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(("name", "bounds"), list(requirements()))
def test_every_dependency_is_bounded_pinned_and_has_a_reason(
    name: str, bounds: str
) -> None:
    assert ">=" in bounds
    assert ("<" in bounds) != (name in WITHOUT_UPPER_BOUND)
    pins = {normal(line.split("==")[0]) for line in read("constraints.txt").split()}
    assert normal(name) in pins
    rows = [line for line in read("docs/decisions.md").splitlines() if "|" in line]
    told = " ".join(line.split("|")[1] for line in rows if line.count("|") >= 4)
    assert normal(name) in normal(told)


def test_everything_is_pinned_to_one_version() -> None:
    for line in read("constraints.txt").split():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][^=*]*", line), line


def test_what_checks_signed_files_is_pinned_beside_what_serves() -> None:
    served = read("requirements.txt").splitlines()
    besides = read("requirements-verify.txt").splitlines()
    more = [line for line in besides if line not in served and "==" in line]
    assert [line.split("==")[0] for line in more] == ["lz4", "pyliblzfse", "python-aea"]
    assert set(served) <= set(besides)
    assert {line.removesuffix(" \\") for line in more} <= set(
        read("constraints.txt").split()
    )


def test_what_serves_is_installed_by_digest_in_the_tested_versions() -> None:
    entries = re.findall(
        r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
        read("requirements.txt"),
        re.MULTILINE,
    )
    served = {name: version for name, version, _ in entries}
    assert len(served) == read("requirements.txt").count("==")
    tested = dict(line.split("==") for line in read("constraints.txt").split())
    tested = {normal(name): version for name, version in tested.items()}
    assert {normal(name): version for name, version in served.items()}.items() <= (
        tested.items()
    )
    declared = tomllib.loads(read("pyproject.toml"))["project"]
    extra = declared["optional-dependencies"]["postgres"]
    for requirement in (*declared["dependencies"], *extra):
        name = re.split(r"[\[<>=]", requirement)[0]
        assert normal(name) in {normal(each) for each in served}, name


# Below these stand faults that are known and matter here.
KNOWN_BAD_BELOW = {"urllib3": (2, 7), "cryptography": (44, 0, 1)}


@pytest.mark.parametrize(("name", "least"), KNOWN_BAD_BELOW.items())
def test_a_floor_stands_above_what_is_known_to_be_bad(
    name: str, least: tuple[int, ...]
) -> None:
    bounds = dict(requirements())[name]
    floor = re.search(r">=([0-9.]+)", bounds)
    assert floor is not None
    assert tuple(map(int, floor[1].split("."))) >= least


# failures


def failures() -> list[type[BridgeError]]:
    """Return every failure of the tree."""
    return [found for _, found in members()]


def members() -> list[tuple[str, type[BridgeError]]]:
    return [
        (name, found)
        for name, found in inspect.getmembers(bridge.errors, inspect.isclass)
        if issubclass(found, BridgeError)
    ]


def told_failures() -> list[type[BridgeError]]:
    return [found for found in failures() if not issubclass(found, ConfigError)]


def drawn() -> Iterator[tuple[int, str, str]]:
    """Yield depth, name and remark of each line of the drawing."""
    row = re.compile(r"^    ([│├└─ ]*)([A-Z]\w+) +(.*)$", re.MULTILINE)
    for branches, name, remark in row.findall(bridge.errors.__doc__ or ""):
        yield len(branches) // 4, name, remark


def test_the_tree_of_failures_is_drawn_as_it_is() -> None:
    above: dict[int, str] = {}
    parents: dict[str, str | None] = {}
    for depth, name, _ in drawn():
        above[depth] = name
        parents[name] = above[depth - 1] if depth else None
    real = {
        found.__name__: found.__base__.__name__ if found.__base__ else None
        for found in failures()
    }
    assert parents == real | {"BridgeError": None}


def test_the_failures_stand_in_the_order_of_the_drawing() -> None:
    lines = {name: inspect.getsourcelines(found)[1] for name, found in members()}
    assert sorted(lines, key=lines.__getitem__) == [name for _, name, _ in drawn()]


def test_the_drawing_tells_status_and_code() -> None:
    remarks = {name: remark for _, name, remark in drawn()}
    for found in told_failures():
        words = remarks[found.__name__].split()
        assert words[:2] == [str(found.status), found.code]


def test_every_failure_stands_in_the_tree() -> None:
    def below(kind: type[BridgeError]) -> Iterator[type[BridgeError]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    ours = {kind for kind in below(BridgeError) if kind.__module__[:7] == "bridge."}
    assert ours - {ConnectionDropped, Unanswered} == set(failures()) - {BridgeError}


def test_every_failure_has_a_code_of_its_own_and_a_failing_status() -> None:
    codes = [found.code for found in failures()]
    assert len(set(codes)) == len(codes)
    for found in told_failures():
        assert 400 <= found.status < 600


def words_of(failure: type[BridgeError]) -> set[str]:
    """Return the placeholders its docstring, or its constructor, promises."""
    if failure.__name__ == "UpstreamBusy":
        return {"wait"}
    for kind in failure.__mro__:
        found = _WORDS.search(kind.__doc__ or "")
        if found and kind is failure:
            return set(re.findall(r"``(\w+)``", found[1]))
    return set()


def placeholders(phrase: str | Mapping[str, str]) -> set[str]:
    forms: list[Any] = [phrase] if isinstance(phrase, str) else list(phrase.values())
    fields = [string.Formatter().parse(form) for form in forms]
    return {name for parts in fields for _, name, _, _ in parts if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("failure", told_failures())
def test_every_failure_has_its_words_in_every_language(
    failure: type[BridgeError], language: str
) -> None:
    phrase = phrases_of(language).get(failure().phrase)
    assert phrase
    assert placeholders(phrase) <= words_of(failure)


@pytest.mark.parametrize("failure", told_failures())
def test_every_failure_has_a_hint_of_its_own_words(failure: type[BridgeError]) -> None:
    assert vars(failure).get("hint")
    assert placeholders(failure.hint) <= words_of(failure)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_failure_has_words_that_does_not_exist(language: str) -> None:
    codes = {found.code for found in told_failures()}
    keys = {key for key in phrases_of(language) if key.startswith("error.")}
    assert {key.partition(".")[2] for key in keys} == codes


# advice


def test_nothing_advises_to_install_a_name_that_is_not_ours() -> None:
    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / ".env.example"]
    files += [*ROOT.glob("bridge/**/*.py"), *ROOT.glob("bridge/**/*.toml")]
    advice = re.compile(r"pipx?3? install [^\n]*intervals[-_]bridge(?!.*\.whl)")
    assert not [path for path in files if advice.search(path.read_text("utf-8"))]


def test_every_link_between_the_documents_leads_somewhere() -> None:
    links = (
        (page, link)
        for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
        for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        if "://" not in link
    )
    assert not [row for row in links if not (row[0].parent / row[1]).exists()]
