"""Every template, played from its built bytes against the bridge over HTTP.

What is spoken is compared with what the bridge answers to the same request, asked
without a phone.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Thread

import pytest
from _pytest.mark import ParameterSet
from flask import Flask
from werkzeug.serving import make_server

from bridge.app import create_app
from bridge.config import Config
from bridge.shortcuts.blocks import setup_code
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.files import Entry, read_download, read_index, read_recipe
from bridge.shortcuts.recipe import short_steps
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, services_of
from tests.player import Phone, Run
from tests.player.answers import BY_HAND, answers_to, owner_of
from tests.support.internet import Internet

INDEX = read_index()
READING = [entry for entry in INDEX.shortcuts if entry.scope == "read"]
WRITING = [entry for entry in INDEX.shortcuts if entry.scope != "read"]
FILES = [entry for entry in READING if "Save File" in str(read_recipe(entry.slug))]
WEIGHT = next(each for each in WRITING if each.slug == "my-training-weight")
PICTURES = [entry for entry in READING if "/w/" in str(entry.requests)]
SPOKEN = [entry for entry in READING if entry not in (*FILES, *PICTURES)]


class LiveBridge:
    """The bridge itself on a real socket, with the simulator behind it."""

    def __init__(self, config: Config, world: World) -> None:
        self.config, self.world, self.clock = config, world, Clock()
        app = self._bridge_on(world)
        self.services = services_of(app)
        device = self.services.store.devices.add("iPhone", "write", OWNER, self.clock())
        self.device_id = device.device_id
        self.token = self.services.tokens.issue(device.device_id)
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def another_token(self) -> str:
        """Return the token of another phone; ours where ours was revoked."""
        store, now = self.services.store, self.clock()
        ours = store.devices.find(self.device_id)
        if ours is None or ours.revoked_at is not None:
            return self.token
        device = store.devices.add("Another", "write", OWNER, now)
        return self.services.tokens.issue(device.device_id)

    def revoke(self) -> None:
        """Revoke the token."""
        self.services.store.devices.revoke(self.device_id, self.clock())

    def upstream_down(self) -> None:
        """Let upstream fail from now on."""
        self.world.switches.fail_status = 503

    def empty_athlete(self) -> None:
        """Let the athlete have no data at all."""
        self.services.close()
        self.server.app = self._bridge_on(World.empty(now=self.clock))
        self.services = services_of(self.server.app)

    def close(self) -> None:
        """Free the port."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
        self.services.close()

    def _bridge_on(self, world: World) -> Flask:
        net = Internet(WSGIAdapter(create_simulator(world)))
        app = create_app(self.config, transport=net, clock=self.clock)
        net.give_address(app, self.config.public_url)
        return app


@pytest.fixture
def bridge_server(config: Config, world: World) -> Iterator[LiveBridge]:
    """A bridge whose athlete has enough to do today."""
    for name in ("Stretching", "Evening ride"):
        world.add_event(name=name, description="- 20m 60%")
    live = LiveBridge(config, world)
    yield live
    live.close()


def _name(entry: Entry) -> str:
    return entry.slug


def _files_of(entries: Iterable[Entry]) -> list[ParameterSet]:
    """Return each file once: what asks nothing has one for all languages."""
    return [
        pytest.param(entry, language, id=f"{entry.slug}-{language}")
        for entry in entries
        for language in (INDEX.languages if entry.translated == "yes" else ("en",))
    ]


every = pytest.mark.parametrize("entry", INDEX.shortcuts, ids=_name)
spoken = pytest.mark.parametrize("entry", SPOKEN, ids=_name)


def test_the_catalogue_has_at_least_seven() -> None:
    assert len(INDEX.shortcuts) >= 7


@pytest.mark.parametrize("language", INDEX.languages)
@spoken
def test_siri_speaks_the_sentence_of_the_answer(
    entry: Entry, language: str, bridge_server: LiveBridge
) -> None:
    run = _play(entry, bridge_server, language=language)
    said = [*run.shown, *run.notified]
    assert said == [_speech(entry, bridge_server, language)]
    assert (run.alerts, run.stopped) == ([], "")
    _check_sentence(said[0])


@pytest.mark.parametrize(("entry", "language"), _files_of(WRITING))
def test_what_was_written_is_confirmed(
    entry: Entry, language: str, bridge_server: LiveBridge
) -> None:
    if entry.slug == "undo-my-training":
        _play(WEIGHT, bridge_server)
    run = _play(entry, bridge_server, language=language)
    said = [*run.shown, *run.notified]
    assert (len(said), run.stopped) == (1, ""), run
    assert len(run.alerts) == (entry.slug == "training-zones")  # it reads it back
    _check_sentence(said[0])


@pytest.mark.parametrize("entry", FILES, ids=_name)
def test_a_file_is_saved_as_it_came(entry: Entry, bridge_server: LiveBridge) -> None:
    run = _play(entry, bridge_server)
    assert [each.data for each in run.saved] == [_ask(entry, bridge_server)]
    assert (run.heard, run.stopped) == ([], "")


@pytest.mark.parametrize("entry", PICTURES, ids=_name)
def test_a_picture_is_shown_as_it_came(entry: Entry, bridge_server: LiveBridge) -> None:
    run = _play(entry, bridge_server)
    path = entry.requests[1].replace("{Card}", "form")
    drawn = _ask(entry, bridge_server, request=path)
    shown = [each.data for each in (*run.looked_at, *run.wallpapers)]
    assert shown == [drawn]
    assert (run.heard, run.notified, run.stopped) == ([], [], "")


@pytest.mark.parametrize(("entry", "language"), _files_of(INDEX.shortcuts))
def test_the_short_recipe_says_what_the_file_says(
    entry: Entry, language: str, bridge_server: LiveBridge
) -> None:
    template = next(each for each in CATALOG if each.slug == entry.slug)
    by_hand = replace(template, steps=(*setup_code(), *short_steps(template)))
    runs = []
    for each in (by_hand, template):
        answers = answers_to(template.slug, language, by_hand=each is by_hand)
        runs.append(
            owner_of(template.slug, language).run(
                build_shortcut(each, language),
                install=[f"{bridge_server.address}#{bridge_server.token}"],
                answers=answers,
            )
        )
    hand, file = ([*run.heard, *run.notified] for run in runs)
    assert [run.stopped for run in runs] == ["", ""]
    by_hand_files, files = (
        [each.data for each in (*run.saved, *run.looked_at, *run.wallpapers)]
        for run in runs
    )
    assert by_hand_files == files
    # In other words there, or said again: then it was like that already.
    if template.slug not in (*BY_HAND, "race-or-note", "what-changed"):
        assert [sentence.rstrip("\n") for sentence in hand] == file
    assert len(hand) == (0 if files else 1)


@every
def test_a_revoked_phone_hears_why(entry: Entry, bridge_server: LiveBridge) -> None:
    bridge_server.revoke()
    _hears_the_error(entry, bridge_server)


@every
def test_a_bridge_without_upstream_is_heard(
    entry: Entry, bridge_server: LiveBridge
) -> None:
    bridge_server.upstream_down()
    if entry.slug == "bridge-check":  # the doctor answers, whoever is ill
        assert len(_play(entry, bridge_server).heard) == 1
    else:
        _hears_the_error(entry, bridge_server)


@spoken
def test_an_athlete_without_data_hears_a_whole_sentence(
    entry: Entry, bridge_server: LiveBridge
) -> None:
    bridge_server.empty_athlete()
    run = _play(entry, bridge_server)
    (sentence,) = (*run.heard, *run.notified)
    assert sentence == _speech(entry, bridge_server, "en")
    _check_sentence(sentence)


@pytest.mark.parametrize("code", ["", "https://bridge.example", "icb_abc", "x#ic"])
@every
def test_a_setup_code_cut_short_is_said_and_asks_nobody(
    entry: Entry, code: str
) -> None:
    run = Phone().run(_file(entry), install=[code])
    (sentence,) = run.heard
    assert "setup code is not complete" in sentence
    assert run.stopped == ""


@every
def test_a_lost_network_stops_the_run_without_a_wrong_word(entry: Entry) -> None:
    lost = ["http://127.0.0.1:9#icb_x"]
    answers = answers_to(entry.slug, "en")
    run = owner_of(entry.slug).run(
        _file(entry), install=lost, answers=answers, may_end_early=True
    )
    assert (run.heard, run.saved) == ([], [])
    assert (run.looked_at, run.wallpapers) == ([], [])
    assert run.stopped.startswith("Get Contents of URL")


@pytest.mark.parametrize("spoil", [" {}\n", "{}\u00a0", "\t{}", "http://x"])
def test_blanks_and_slashes_around_the_code_do_no_harm(
    spoil: str, bridge_server: LiveBridge
) -> None:
    code = f"{bridge_server.address}#{bridge_server.token}"
    pasted = spoil.format(code) if "{}" in spoil else code.replace("#", "//#")
    form = next(each for each in INDEX.shortcuts if each.slug == "my-training-form")
    run = Phone().run(_file(form), install=[pasted])
    assert len(run.shown) == 1


def _hears_the_error(entry: Entry, server: LiveBridge) -> None:
    run = _play(entry, server)
    said = [*run.alerts, *run.notified]
    if entry.scope == "read":
        assert said == [_speech(entry, server, "en")]
    assert (len(said), run.shown, run.saved, run.stopped) == (1, [], [], "")
    assert (run.looked_at, run.wallpapers) == ([], [])
    _check_sentence(said[0])


def _play(entry: Entry, server: LiveBridge, language: str = "en") -> Run:
    code = f"{server.address}#{server.token}"
    return owner_of(entry.slug, language).run(
        _file(entry, language),
        install=[code],
        answers=answers_to(entry.slug, language),
        may_end_early=True,
    )


def _file(entry: Entry, language: str = "en") -> bytes:
    download = read_download(language, entry.names[language])
    assert download is not None
    return download.content


def _speech(entry: Entry, server: LiveBridge, language: str) -> str:
    speech: str = json.loads(_ask(entry, server, language))["speech"]
    return speech


def _ask(
    entry: Entry, server: LiveBridge, language: str = "en", request: str = ""
) -> bytes:
    method, path = (request or entry.tries or entry.requests[0]).split()
    # Whoever asks what came since the last time acknowledges it: another phone asks.
    token = server.another_token() if "since=last" in path else server.token
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept-Language": language,
    }
    sent = urllib.request.Request(server.address + path, headers=headers, method=method)
    try:
        with urllib.request.urlopen(sent) as response:
            body: bytes = response.read()
    except urllib.error.HTTPError as error:
        with error:
            body = error.read()
    return body


def _check_sentence(sentence: str) -> None:
    assert 0 < len(sentence) < 280
    assert "None" not in sentence
    assert sentence[-1] in ".!?"
