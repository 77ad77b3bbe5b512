"""A release: what is signed, where it goes, and what is never replaced."""

from __future__ import annotations

import json
import plistlib
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.shortcuts.build import build_all, write_all
from bridge.shortcuts.files import read_download, read_index
from bridge.shortcuts.signing import Refused, SigningFailed
from bridge.shortcuts.signing.contents import MAX_VALUES, refuse_secrets
from bridge.shortcuts.signing.release import (
    Judge,
    copy_signed,
    find_lasting,
    find_unsigned,
    group_equal,
    hand_out_link,
    icloud_link,
    sign_file,
    signed_path,
    unsigned_path,
    write_atomically,
)
from tests.signing.signed_files import NOW, Authority, unsigned_file

AUTHORITY = Authority()
JUDGE = Judge(now=NOW, roots=AUTHORITY.roots)
NAME = "Meine Trainingsform"
TOKEN = "icb_3f9Kx2.aG9wZSB0aGlzIGlzIG5vdCBhIHRva2VuIQ"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_all(folder)
    return folder


@pytest.fixture
def release(built: Path, tmp_path: Path) -> Path:
    """A folder of built shortcuts."""
    return Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True))


def sign_well(unsigned: bytes, _name: str) -> bytes:
    return AUTHORITY.sign(unsigned)


def everything_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_signed_file_is_served_and_the_unsigned_one_stays(release: Path) -> None:
    unsigned = release / "de" / f"{NAME}.shortcut"
    before = unsigned.read_bytes()
    assert sign_file(unsigned, sign_well, JUDGE).compared
    signed = (release / "signed" / "de" / f"{NAME}.shortcut").read_bytes()
    assert signed.startswith(b"AEA1")
    assert unsigned.read_bytes() == before
    download = read_download("de", NAME, release)
    assert download is not None
    assert (download.signed, download.content) == (True, signed)
    english = read_download("en", "my-training-form", release)
    assert english is not None
    assert not english.signed


@pytest.mark.slow
def test_signing_changes_the_index_as_the_builder_would(release: Path) -> None:
    for unsigned in find_unsigned(release):
        sign_file(unsigned, sign_well, JUDGE)
    built = build_all(folder=release)
    assert (release / "index.json").read_bytes() == built["index.json"]
    files = [f for e in read_index(release).shortcuts for f in e.files.values()]
    assert {file.signed for file in files} == {"yes"}


def test_a_build_that_changed_since_is_not_called_signed(release: Path) -> None:
    unsigned = release / "de" / f"{NAME}.shortcut"
    changed = plistlib.loads(unsigned.read_bytes()) | {"WFWorkflowTypes": []}
    unsigned.write_bytes(plistlib.dumps(changed))
    sign_file(unsigned, sign_well, JUDGE)
    download = read_download("de", NAME, release)
    assert download is not None
    assert not download.signed
    write_all(release)
    download = read_download("de", NAME, release)
    assert download is not None
    assert not download.signed


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"<html>membership</html>", "does not begin with AEA1"),
        (b"", "does not begin with AEA1"),
        (Authority().sign(unsigned_file()), "not in Apple's root"),
        (AUTHORITY.sign(unsigned_file(WFWorkflowActions=[])), "has 0 actions"),
        (AUTHORITY.sign(unsigned_file())[:-1], "cut short"),
    ],
    ids=["a page", "nothing", "somebody else's", "without actions", "cut"],
)
def test_what_comes_back_wrong_replaces_nothing(
    tmp_path: Path, answer: bytes, reason: str
) -> None:
    unsigned = tmp_path / "X.shortcut"
    unsigned.write_bytes(unsigned_file())
    sign_file(unsigned, sign_well, JUDGE)
    before = everything_in(tmp_path)
    with pytest.raises(Refused, match=f"what came back was refused: .*{reason}"):
        sign_file(unsigned, lambda *_: answer, JUDGE)
    assert everything_in(tmp_path) == before


def test_a_signer_that_fails_replaces_nothing(release: Path) -> None:
    before = everything_in(release)

    def fail(_unsigned: bytes, _name: str) -> bytes:
        raise SigningFailed("ssh did not finish in time")

    with pytest.raises(SigningFailed):
        sign_file(release / "de" / f"{NAME}.shortcut", fail, JUDGE)
    assert everything_in(release) == before


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
@pytest.mark.parametrize(
    "place",
    [
        {"WFTextActionText": TOKEN},
        {"WFTextActionText": f"Grüße https://bridge.example#{TOKEN}"},
        {"WFHTTPHeaders": [{"Authorization": f"Bearer {TOKEN}"}]},
        {TOKEN: "as a key"},
        {"Data": TOKEN.encode()},
        {"WFTextActionText": "Basic QVBJX0tFWTpzZWNyZXQxMjM0"},
        {"WFTextActionText": "curl -u API_KEY:4x8k2hq9c7"},
    ],
)
def test_a_secret_is_never_handed_to_a_signer(
    tmp_path: Path, place: dict[str, object], form: plistlib.PlistFormat
) -> None:
    unsigned = tmp_path / "X.shortcut"
    action = {"WFWorkflowActionParameters": place}
    unsigned.write_bytes(plistlib.dumps({"WFWorkflowActions": [action]}, fmt=form))
    asked: list[bytes] = []

    def sign(content: bytes, _name: str) -> bytes:
        asked.append(content)
        return b""

    with pytest.raises(Refused, match="a template must not hold a token") as refusal:
        sign_file(unsigned, sign, JUDGE)
    assert asked == []
    assert TOKEN not in str(refusal.value)


def test_what_only_speaks_of_tokens_is_no_secret() -> None:
    texts = [
        "https://bridge.example#icb_…",
        "#icb_",
        "icb_short",
        "API_KEY:",
        "icb_\ufffc",
    ]
    refuse_secrets({"WFWorkflowActions": [{"WFTextActionText": texts}]})


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=20))
def test_a_token_is_found_behind_any_text(before: str) -> None:
    with pytest.raises(Refused, match="must not hold"):
        refuse_secrets({"WFWorkflowActions": [{"a": [before + TOKEN]}]})


def test_a_list_that_holds_itself_many_times_is_not_searched_for_ever() -> None:
    shared: list[object] = ["x"]
    for _ in range(60):
        shared = [shared, shared]
    with pytest.raises(Refused, match="more values"):
        refuse_secrets({"WFWorkflowActions": shared})
    assert MAX_VALUES >= 200_000


def test_every_built_shortcut_is_free_of_secrets(release: Path) -> None:
    files = find_unsigned(release)
    assert len(files) >= 14
    for path in files:
        refuse_secrets(plistlib.loads(path.read_bytes()))


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", AUTHORITY.sign(unsigned_file()), plistlib.dumps({})],
    ids=["nothing", "a text", "signed", "without actions"],
)
def test_what_is_no_unsigned_shortcut_is_not_signed(
    tmp_path: Path, content: bytes
) -> None:
    unsigned = tmp_path / "X.shortcut"
    unsigned.write_bytes(content)
    with pytest.raises(Refused, match=r"^it "):
        sign_file(unsigned, sign_well, JUDGE)


def test_each_file_has_one_place_for_its_signed_twin(tmp_path: Path) -> None:
    release = tmp_path / "shortcuts"
    (release / "en").mkdir(parents=True)
    (release / "index.json").write_text("{}")
    for unsigned, signed in (
        (release / "en" / "X.shortcut", release / "signed" / "en" / "X.shortcut"),
        (tmp_path / "Y.shortcut", tmp_path / "signed" / "Y.shortcut"),
    ):
        unsigned.write_bytes(b"")
        assert signed_path(unsigned) == signed
        assert unsigned_path(signed) == unsigned
        assert unsigned_path(unsigned) is None
    assert unsigned_path(release / "signed" / "en" / "Gone.shortcut") is None


def test_a_folder_gives_its_unsigned_files_only(release: Path) -> None:
    sign_file(release / "de" / f"{NAME}.shortcut", sign_well, JUDGE)
    files = [path.relative_to(release).as_posix() for path in find_unsigned(release)]
    assert files == sorted(name for name in build_all() if name.endswith(".shortcut"))
    assert find_unsigned(release / "de") == sorted((release / "de").iterdir())


def test_a_signature_that_lasts_is_left_alone(release: Path) -> None:
    unsigned = release / "de" / f"{NAME}.shortcut"
    assert find_lasting(unsigned, JUDGE) is None
    expires_at = sign_file(unsigned, sign_well, JUDGE).expires_at
    assert find_lasting(unsigned, JUDGE) is not None
    for now, lasts in (
        (expires_at - timedelta(days=60), True),
        (expires_at - timedelta(days=59), False),
        (expires_at + timedelta(days=1), False),
    ):
        judge = Judge(now=now, roots=AUTHORITY.roots)
        assert (find_lasting(unsigned, judge) is not None) is lasts
    assert find_lasting(unsigned, Judge(now=NOW)) is None  # Apple's roots alone
    changed = unsigned_file()
    unsigned.write_bytes(changed)
    assert find_lasting(unsigned, JUDGE) is None


@pytest.mark.slow
def test_a_ledger_keeps_what_was_signed_before(release: Path) -> None:
    for unsigned in find_unsigned(release):
        sign_file(unsigned, sign_well, JUDGE)
    ledger = json.loads((release / "signed" / "ledger.json").read_bytes())
    names = [path.relative_to(release).as_posix() for path in find_unsigned(release)]
    assert list(ledger) == names


def test_equal_contents_are_one_group_and_the_hub_comes_first(release: Path) -> None:
    files = find_unsigned(release)
    groups = group_equal(files)
    assert sorted(file for group in groups for file in group) == files
    assert all(len({file.read_bytes() for file in group}) == 1 for group in groups)
    assert len({group[0].read_bytes() for group in groups}) == len(groups) < len(files)
    hub = read_index(release).shortcuts[0]
    assert hub.slug == "training"
    contents = {file.sha256 for file in hub.files.values()}
    first = {path for group in groups[: len(contents)] for path in group}
    assert first == {release / file.file for file in hub.files.values()}


def test_a_copied_signature_is_served_under_its_own_name(release: Path) -> None:
    source, *others = next(
        group
        for group in group_equal(find_unsigned(release))
        if len(group) > 1 and len({file.name for file in group}) > 1
    )
    sign_file(source, sign_well, JUDGE)
    for other in others:
        assert copy_signed(source, other, JUDGE).compared
        download = read_download(other.parent.name, other.stem, release)
        assert download is not None
        assert (download.name, download.signed) == (other.stem, True)
        assert download.content == signed_path(source).read_bytes()


def test_a_signature_is_not_copied_to_other_contents(release: Path) -> None:
    (source, *_), (other, *_) = group_equal(find_unsigned(release))[:2]
    sign_file(source, sign_well, JUDGE)
    with pytest.raises(Refused):
        copy_signed(source, other, JUDGE)
    assert not signed_path(other).exists()


def test_a_link_is_handed_out_when_one_was_tried(release: Path) -> None:
    record = "0123456789abcdef" * 2
    authority = Authority()
    authority.leaf.name = record
    judge = Judge(now=NOW, roots=authority.roots)
    source, other = next(
        (group[0], file)
        for group in group_equal(find_unsigned(release))
        for file in group
        if file.name != group[0].name
    )
    sign_file(source, lambda unsigned, _name: authority.sign(unsigned), judge)
    copy_signed(source, other, judge)
    link = f"https://www.icloud.com/shortcuts/{record}"
    assert (icloud_link(source), icloud_link(other)) == (link, "")  # another's name
    links = {f.icloud for e in read_index(release).shortcuts for f in e.files.values()}
    assert links == {""}
    assert hand_out_link(source)
    assert not hand_out_link(other)
    files = [f for e in read_index(release).shortcuts for f in e.files.values()]
    linked = {release / file.file: file.icloud for file in files if file.icloud}
    assert linked == {source: link}
    built = build_all(folder=release)
    assert (release / "index.json").read_bytes() == built["index.json"]
    sign_file(source, lambda unsigned, _name: authority.sign(unsigned), judge)
    files = [f for e in read_index(release).shortcuts for f in e.files.values()]
    assert {file.icloud for file in files} == {""}  # a new record, not yet tried


def test_a_signer_without_a_record_has_no_link(release: Path) -> None:
    unsigned = release / "de" / f"{NAME}.shortcut"
    sign_file(unsigned, sign_well, JUDGE)
    assert icloud_link(unsigned) == ""
    assert not hand_out_link(unsigned)


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "X.shortcut"
    path.mkdir()
    (path / "inside").write_text("so that it cannot be replaced")
    with pytest.raises(OSError, match=r"X\.shortcut"):
        write_atomically(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        JUDGE.check(tmp_path / "gone.shortcut")
