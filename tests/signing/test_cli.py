"""The commands, as an operator types them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bridge.cli.shortcuts import Trust, shortcuts
from bridge.shortcuts.build import write_all
from bridge.shortcuts.files import read_download
from bridge.shortcuts.signing.release import find_unsigned
from tests.conftest import Clock
from tests.signing.macs import Mac, make_mac
from tests.signing.signed_files import NOW, Authority, apple_signed, unsigned_file

AUTHORITY = Authority()
UNSIGNED = unsigned_file()
Run = Callable[..., Result]
_WITHOUT_EXTRA = """
import sys
sys.modules["aea"] = None
from bridge.cli.shortcuts import shortcuts
shortcuts(sys.argv[1:])
"""


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    """A Mac that signs ``UNSIGNED``."""
    return make_mac(tmp_path / "mac", AUTHORITY.sign(UNSIGNED))


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def pauses() -> list[float]:
    """The pauses between two tries, in seconds; nobody waits."""
    return []


@pytest.fixture
def run(mac: Mac, clock: Clock, pauses: list[float]) -> Run:
    """Run a command where ``shortcuts`` and ``ssh`` are the pretend ones."""
    trust = Trust(clock=clock, roots=AUTHORITY.roots, pause=pauses.append)
    path = f"{mac.folder}:{os.environ['PATH']}"

    def run(*words: str | Path, trust: Trust | None = trust) -> Result:
        arguments = [str(word) for word in words]
        runner = CliRunner(env={"PATH": path})
        return runner.invoke(shortcuts, arguments, obj=trust)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An unsigned file in a folder of its own."""
    folder = tmp_path / "Kürzel für unterwegs"
    folder.mkdir()
    path = folder / "Bridge prüfen.shortcut"
    path.write_bytes(UNSIGNED)
    return path


def signed_twin(file: Path) -> Path:
    return file.parent / "signed" / file.name


def test_a_file_is_signed_and_then_verified(run: Run, file: Path, mac: Mac) -> None:
    result = run("sign", file)
    assert result.exit_code == 0, result.output
    line = "Bridge prüfen.shortcut: signed for anyone until 2027-11-12, 2 actions, "
    assert result.output == f"1 of 1  signed  {line}the same as its unsigned build\n"
    assert mac.received == UNSIGNED
    result = run("verify", signed_twin(file))
    assert result.exit_code == 0
    assert result.output == f"ok  {line}the same as its unsigned build\n"


def test_a_mac_behind_ssh_signs_too(run: Run, file: Path, mac: Mac) -> None:
    result = run("sign", "--ssh", "me@mac.local", "--mode", "anyone", file.parent)
    assert result.exit_code == 0, result.output
    assert (mac.folder / "ssh-arguments").exists()
    assert signed_twin(file).read_bytes().startswith(b"AEA1")


@pytest.mark.parametrize("way", [["--local"], ["--ssh", "mac"]])
@pytest.mark.parametrize("name", ["Today's workout", "$(touch pwned)", "-x; rm -rf ~"])
def test_a_name_is_never_more_than_the_name_of_a_file(
    run: Run, file: Path, mac: Mac, name: str, way: list[str]
) -> None:
    odd = file.rename(file.with_name(f"{name}.shortcut"))
    result = run("sign", *way, odd)
    assert result.exit_code == 0, result.output
    asked = json.loads((mac.folder / "calls").read_text())
    assert Path(asked.pop(asked.index("--input") + 1)).name == odd.name
    assert name not in " ".join(asked)
    if (arguments := mac.folder / "ssh-arguments").exists():
        assert name not in arguments.read_text()
    assert not Path("pwned").exists()


def test_what_is_signed_for_long_is_kept_until_it_ages(
    run: Run, file: Path, mac: Mac, clock: Clock
) -> None:
    run("sign", file)
    result = run("sign", file)
    assert result.output.startswith(
        "1 of 1  kept    Bridge prüfen.shortcut: signed for anyone"
    )
    assert mac.calls == 1
    run("sign", "--again", file)
    assert mac.calls == 2
    clock.advance(days=300)
    run("sign", file)
    assert mac.calls == 3


def test_a_foreign_signature_replaces_nothing_and_is_an_error(
    run: Run, file: Path, mac: Mac
) -> None:
    mac.hold(Authority().sign(UNSIGNED))
    result = run("sign", file)
    assert result.exit_code == 1
    assert result.output.startswith(
        "1 of 1  XX      Bridge prüfen.shortcut: what came back"
    )
    assert not signed_twin(file).exists()


def test_without_another_word_only_apples_root_counts(
    run: Run, file: Path, mac: Mac
) -> None:
    result = run("sign", file, trust=None)
    assert result.exit_code == 1
    assert "not in Apple's root" in result.output


def test_one_refused_file_does_not_stop_the_others(
    run: Run, file: Path, mac: Mac
) -> None:
    other = file.with_name("A leak.shortcut")
    other.write_bytes(unsigned_file(Leak="icb_abc.0123456789abcdef"))
    result = run("sign", file.parent)
    assert result.exit_code == 1
    first, second = result.output.splitlines()
    assert first.startswith(
        "1 of 2  XX      A leak.shortcut: a template must not hold a token"
    )
    assert second.startswith("2 of 2  signed  Bridge prüfen")
    assert mac.calls == 1


def test_a_mac_that_is_out_of_reach_stops_the_command(
    run: Run, file: Path, mac: Mac, pauses: list[float]
) -> None:
    file.with_name("Zweite.shortcut").write_bytes(unsigned_file(More=1))
    mac.behave(ssh="echo 'ssh: no route to host' >&2; exit 255")
    result = run("sign", "--ssh", "mac", file.parent)
    assert result.exit_code == 1
    assert result.output.count("no route to host") == 1
    assert "Error: Bridge prüfen.shortcut: ssh failed (255)" in result.output
    assert pauses == [5, 30]


def test_a_hiccup_of_icloud_does_not_end_the_command(
    run: Run, file: Path, mac: Mac, pauses: list[float]
) -> None:
    mac.behave(
        shortcuts="again = folder / 'again'\n"
        "if not again.exists(): again.touch(); sys.exit('Error: 500')"
    )
    assert run("sign", file).exit_code == 0
    assert pauses == [5]
    assert mac.calls == 2


def test_equal_files_are_signed_once(run: Run, file: Path, mac: Mac) -> None:
    twin = file.with_name("Check the bridge.shortcut")
    twin.write_bytes(UNSIGNED)
    result = run("sign", file.parent)
    assert result.exit_code == 0, result.output
    first, second = result.output.splitlines()
    assert first.startswith("1 of 1  signed  Bridge prüfen.shortcut: signed for anyone")
    assert second.startswith("        copied for Check the bridge.shortcut")
    assert signed_twin(file).read_bytes() == signed_twin(twin).read_bytes()
    signed_twin(twin).unlink()
    assert run("sign", file.parent).output.startswith("1 of 1  kept")
    assert signed_twin(twin).exists()
    assert mac.calls == 1


def test_a_machine_that_is_no_mac_says_so(run: Run, file: Path, mac: Mac) -> None:
    Path(mac.shortcuts).unlink()
    result = run("sign", "--local", file)
    assert result.exit_code == 1
    assert "no Mac: use --ssh HOST" in result.output


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["sign", "--local", "--ssh", "mac"], "exclude"),
        (["sign", "--mode", "people-who-know-me"], "is not 'anyone'"),
        (["sign", "--relay", "https://relay.test"], "No such option"),
        (["sign", "--ssh", "-oProxyCommand=x"], "a host is written as"),
    ],
)
def test_a_way_that_will_not_do_is_refused(
    run: Run, file: Path, words: list[str], reason: str
) -> None:
    result = run(*words, file)
    assert result.exit_code in {1, 2}
    assert reason in result.output
    assert not signed_twin(file).exists()


def test_an_empty_folder_is_no_success(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("sign", tmp_path / "empty")
    assert result.exit_code == 1
    assert "no .shortcut file" in result.output


def test_apples_files_verify_from_the_command_line(
    run: Run, tmp_path: Path, clock: Clock
) -> None:
    paths = []
    for name, signed in apple_signed().items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(signed)
    trust = Trust(clock=clock)
    result = run("verify", *paths, trust=trust)
    assert result.exit_code == 0
    assert result.output.count("ok  ") == result.output.count("--unsigned") == 20
    clock.advance(days=400)
    result = run("verify", *paths, trust=trust)
    assert result.exit_code == 1
    assert result.output.count("sign again") == 20


def test_a_file_is_held_against_the_build_that_is_named(
    run: Run, file: Path, tmp_path: Path
) -> None:
    run("sign", file)
    twin = signed_twin(file)
    other = tmp_path / "other.shortcut"
    other.write_bytes(unsigned_file(WFWorkflowActions=[]))
    result = run("verify", twin, "--unsigned", other)
    assert result.exit_code == 1
    assert "has 2 actions, the unsigned build 0" in result.output
    result = run("verify", twin, twin, "--unsigned", other)
    assert result.exit_code == 2


def test_an_unsigned_file_is_told_what_to_do(run: Run, file: Path) -> None:
    result = run("verify", file)
    assert result.exit_code == 1
    assert result.output == (
        "XX  Bridge prüfen.shortcut: it is not signed: bridge shortcuts sign\n"
    )


def test_what_a_mac_rewrote_is_told(run: Run, file: Path, mac: Mac) -> None:
    file.write_bytes(unsigned_file(WFWorkflowIsDisabledOnLockScreen=True))
    result = run("sign", file)
    assert result.exit_code == 0
    assert "rewritten by the Mac: WFWorkflowIsDisabledOnLockScreen" in result.output


@pytest.mark.parametrize("command", ["verify", "sign"])
def test_without_the_extra_the_command_names_it(command: str, file: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _WITHOUT_EXTRA, command, str(file)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "pip install -r requirements-verify.txt" in answer.stderr


@pytest.mark.slow
def test_a_language_of_a_release_is_signed_with_one_command(
    run: Run, tmp_path: Path, mac: Mac
) -> None:
    release = tmp_path / "shortcuts"
    release.mkdir()
    write_all(release)
    files = find_unsigned(release / "de")
    for file in files:
        unsigned = file.read_bytes()
        answer = mac.folder / hashlib.sha256(unsigned).hexdigest()
        answer.write_bytes(AUTHORITY.sign(unsigned))
    mac.behave(
        shortcuts="import hashlib; name = hashlib.sha256(content).hexdigest();"
        " (folder / 'signed').write_bytes((folder / name).read_bytes())"
    )
    for _ in range(2):
        result = run("sign", release / "de")
        assert result.exit_code == 0, result.output
        assert mac.calls == len({file.read_bytes() for file in files})
        assert f"\n7 of {mac.calls}  " in result.output
    download = read_download("de", "my-training-form", release)
    assert download is not None
    assert download.signed
    assert run("verify", *release.glob("signed/*/*.shortcut")).exit_code == 0
