"""A Mac signs: this one, or one behind ssh."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bridge.shortcuts.signing import CannotSign, SigningFailed
from bridge.shortcuts.signing.ask_mac import (
    PAUSES_S,
    ask_thrice,
    clean_name,
    run_bounded,
    sign_local,
    sign_ssh,
)
from tests.signing.macs import Mac, make_mac
from tests.signing.signed_files import unsigned_file

UNSIGNED = unsigned_file()
Sign = Callable[[bytes, str], bytes]
NAME = "My form"


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return make_mac(tmp_path / "mac", b"AEA1 signed by a Mac")


@pytest.fixture(params=["local", "ssh"])
def sign(request: pytest.FixtureRequest, mac: Mac) -> Sign:
    if request.param == "local":
        return partial(sign_local, program=mac.shortcuts, timeout_s=20)
    return partial(sign_ssh, host="me@mac.local", program=mac.ssh, timeout_s=20)


def alive(folder: Path) -> bool:
    """Tell whether the process that wrote its number still runs."""
    state = Path("/proc") / (folder / "pid").read_text().strip() / "stat"
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(true: Callable[[], bool], within_s: float = 5) -> bool:
    """Return whether it became true in time."""
    ends_s = time.monotonic() + within_s
    while not true() and time.monotonic() < ends_s:
        time.sleep(0.02)
    return true()


def test_the_file_goes_there_and_comes_back(mac: Mac, sign: Sign) -> None:
    assert sign(UNSIGNED, NAME) == b"AEA1 signed by a Mac"
    assert mac.received == UNSIGNED


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Überprüfen · d'été", "Überprüfen · d'été.shortcut"),
        ("out", "out.shortcut"),
        ("$(touch pwned)", "$(touch pwned).shortcut"),
        ("../../etc/x\nrm -rf ~", "etcxrm -rf ~.shortcut"),
        (". ", "Shortcut.shortcut"),
        ("ü" * 300, "ü" * 100 + ".shortcut"),
    ],
)
def test_the_record_has_the_name_of_the_shortcut(
    mac: Mac, sign: Sign, name: str, file: str
) -> None:
    assert clean_name(name) + ".shortcut" == file
    mac.behave(shortcuts="(folder / 'at').write_text(options['--input'])")
    assert sign(UNSIGNED, name) == b"AEA1 signed by a Mac"
    assert mac.received == UNSIGNED
    assert Path((mac.folder / "at").read_text()).name == file


def test_icloud_is_asked_three_times_with_pauses() -> None:
    pauses: list[float] = []
    answers: list[bytes | SigningFailed] = [
        SigningFailed("500"),
        SigningFailed("500"),
        b"AEA1",
    ]

    def sign(_unsigned: bytes, name: str) -> bytes:
        assert name == NAME
        answer = answers.pop(0)
        if isinstance(answer, SigningFailed):
            raise answer
        return answer

    assert ask_thrice(sign, pauses.append)(UNSIGNED, NAME) == b"AEA1"
    assert tuple(pauses) == PAUSES_S
    answers[:] = [SigningFailed(str(number)) for number in range(9)]
    with pytest.raises(SigningFailed, match="2"):
        ask_thrice(sign, pauses.append)(UNSIGNED, NAME)
    answers[:] = [CannotSign("no Mac")]
    with pytest.raises(CannotSign):
        ask_thrice(sign, pauses.append)(UNSIGNED, NAME)
    assert tuple(pauses) == PAUSES_S * 2


def test_nothing_stays_behind_on_the_mac(mac: Mac, sign: Sign) -> None:
    mac.behave(shortcuts="(folder / 'at').write_text(options['--input'])")
    sign(UNSIGNED, NAME)
    assert not Path((mac.folder / "at").read_text()).parent.exists()


def test_a_complaint_of_the_mac_is_passed_on(mac: Mac, sign: Sign) -> None:
    mac.behave(shortcuts="sys.exit('Error: not signed in\\x1b[31m to iCloud')")
    with pytest.raises(SigningFailed, match=r"failed \(1\): .*not signed in\[31m to"):
        sign(UNSIGNED, NAME)


def test_noise_of_a_mac_that_signs_does_no_harm(mac: Mac, sign: Sign) -> None:
    mac.behave(shortcuts="print('Unrecognized flag ?' * 99_999, file=sys.stderr)")
    assert sign(UNSIGNED, NAME) == b"AEA1 signed by a Mac"


@pytest.mark.slow
def test_a_mac_that_hangs_is_left_and_its_program_killed(tmp_path: Path) -> None:
    mac = make_mac(tmp_path / "mac")
    hang = "import os; (folder / 'pid').write_text(str(os.getpid())); time.sleep(60)"
    mac.behave(shortcuts=hang)
    started_s = time.monotonic()
    for sign in (
        partial(sign_local, program=mac.shortcuts, timeout_s=1),
        partial(sign_ssh, host="mac", program=mac.ssh, timeout_s=1),
    ):
        (mac.folder / "pid").unlink(missing_ok=True)
        with pytest.raises(SigningFailed, match="did not finish in time"):
            sign(UNSIGNED, NAME)
        assert wait_until(lambda: not alive(mac.folder))
    assert time.monotonic() - started_s < 10


def test_a_mac_that_never_stops_talking_is_left(mac: Mac) -> None:
    mac.behave(ssh="exec yes AEA1")
    with pytest.raises(SigningFailed, match="more than a shortcut can have"):
        sign_ssh(UNSIGNED, NAME, host="mac", program=mac.ssh, timeout_s=20)


def test_a_program_that_leaves_a_child_behind_is_not_waited_for(mac: Mac) -> None:
    mac.behave(ssh=f"sleep 60 >/dev/null 2>&1 & echo $! > {mac.folder}/pid")
    assert sign_ssh(UNSIGNED, NAME, host="mac", program=mac.ssh, timeout_s=20)
    assert wait_until(lambda: not alive(mac.folder))


def test_a_machine_without_the_tool_says_that_it_is_no_mac() -> None:
    with pytest.raises(SigningFailed, match=r"no Mac: use --ssh HOST"):
        sign_local(UNSIGNED, NAME, program="there-is-no-such-program")


def test_a_mac_that_writes_nothing_is_asked_for_its_icloud(mac: Mac) -> None:
    mac.behave(shortcuts="sys.exit(0)")
    with pytest.raises(SigningFailed, match="signed in to iCloud"):
        sign_local(UNSIGNED, NAME, program=mac.shortcuts)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "-oProxyCommand=touch pwned",
        "me@-oProxyCommand=x",
        "mac; touch pwned",
        "mac touch",
        "$(touch pwned)",
        "`id`",
        "a@b@c",
        "mac\n",
        "ma%h",
    ],
)
def test_a_host_that_is_no_host_is_refused(mac: Mac, host: str) -> None:
    with pytest.raises(SigningFailed, match="a host is written as"):
        sign_ssh(UNSIGNED, NAME, host=host, program=mac.ssh)
    assert mac.calls == 0


def test_ssh_is_told_never_to_ask(mac: Mac) -> None:
    sign_ssh(UNSIGNED, NAME, host="me@mac.local", program=mac.ssh)
    arguments = (mac.folder / "ssh-arguments").read_text().splitlines()
    assert "BatchMode=yes" in arguments
    assert arguments[arguments.index("--") + 1] == "me@mac.local"


def test_ssh_that_is_not_let_in_says_so(mac: Mac) -> None:
    mac.behave(ssh="echo 'me@mac: Permission denied (publickey).' >&2; exit 255")
    with pytest.raises(SigningFailed, match=r"\(255\): me@mac: Permission denied"):
        sign_ssh(UNSIGNED, NAME, host="mac", program=mac.ssh)


def test_a_machine_without_ssh_says_so() -> None:
    with pytest.raises(SigningFailed, match="no-ssh cannot be started here"):
        sign_ssh(UNSIGNED, NAME, host="mac", program="no-ssh")


def test_a_program_that_closes_its_output_and_stays_is_not_waited_for() -> None:
    with pytest.raises(SigningFailed, match="did not finish in time"):
        run_bounded(["sh", "-c", "exec >&- 2>&-; sleep 60"], b"", 0.5)


def test_of_a_long_complaint_only_the_end_is_kept() -> None:
    complain = "head -c 40000000 /dev/zero >&2; echo 'the reason' >&2; exit 3"
    tracemalloc.start()
    try:
        with pytest.raises(SigningFailed, match=r"\(3\): the reason"):
            run_bounded(["sh", "-c", complain], b"", 20)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
