"""Files made to hurt: any bytes, and files that a believed signer made wrongly."""

from __future__ import annotations

import contextlib
import importlib
import plistlib
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.container import decompress
from bridge.shortcuts.signing.contents import read_archive, read_workflow
from bridge.shortcuts.signing.verify import verify
from tests.signing.signed_files import (
    NOW,
    WORKFLOW,
    Authority,
    Writer,
    apple_signed,
    archive,
    compress,
)

APPLE = min(apple_signed().values(), key=len)
AUTHORITY = Authority()
WFLOW = plistlib.dumps(WORKFLOW, fmt=plistlib.FMT_BINARY)
CONTENTS = archive(WFLOW)
MEMORY_BYTES = 400 << 20
_VERIFY = """
import resource, sys
from datetime import datetime
from pathlib import Path
from bridge.shortcuts.signing import Refused
from bridge.shortcuts.signing.verify import verify
file, root, now, most = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
try:
    verify(Path(file).read_bytes(), now=datetime.fromisoformat(now), roots={root})
except Refused as refusal:
    print(refusal)
"""


def reason_for(contents: bytes = CONTENTS, **changes: Any) -> str:
    """Return why a file is refused whose signature is right."""
    signed = Writer(contents=contents, authority=AUTHORITY, **changes).write()
    with pytest.raises(Refused) as refusal:
        verify(signed, now=NOW, roots=AUTHORITY.roots)
    return str(refusal.value)


@given(st.binary(max_size=4000))
def test_any_bytes_are_refused_with_a_reason(content: bytes) -> None:
    for signed in (content, b"AEA1\0\0\0\0" + content):
        with pytest.raises(Refused) as refusal:
            verify(signed, now=NOW)
        assert str(refusal.value)


@given(
    st.lists(
        st.tuples(st.integers(0, len(APPLE) - 1), st.integers(1, 255)),
        min_size=1,
        max_size=4,
        unique_by=lambda change: change[0],
    )
)
def test_any_change_to_apples_file_is_refused(changes: list[tuple[int, int]]) -> None:
    changed = bytearray(APPLE)
    for place, mask in changes:
        changed[place] ^= mask
    with pytest.raises(Refused):
        verify(bytes(changed), now=NOW)


@given(st.binary(max_size=600))
def test_any_auth_data_is_refused_with_a_reason(auth_data: bytes) -> None:
    assert reason_for(auth_data=auth_data)


@given(st.binary(max_size=600))
def test_any_bytes_as_a_compressed_segment_are_refused(packed: bytes) -> None:
    changes = {"packed": packed} if packed != compress(CONTENTS) else {"packed": b""}
    assert reason_for(**changes)


@given(st.integers(0, len(CONTENTS) - 1), st.binary(min_size=1, max_size=8))
def test_any_contents_are_a_shortcut_or_refused(place: int, other: bytes) -> None:
    changed = CONTENTS[:place] + other + CONTENTS[place + len(other) :]
    with contextlib.suppress(Refused):
        workflow = read_workflow(read_archive(changed), "the shortcut inside")
        assert isinstance(workflow["WFWorkflowActions"], list)


@given(st.binary(max_size=300))
def test_any_bytes_as_an_archive_are_refused(contents: bytes) -> None:
    with pytest.raises(Refused):
        read_archive(contents)
    with pytest.raises(Refused):
        read_archive(b"AA01" + contents)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"digest": bytes(32)}, "digest of its contents is wrong"),
        ({"content_bytes": 0}, "announces 0 bytes of contents"),
        ({"content_bytes": 1 << 40}, "announces 1099511627776 bytes"),
        ({"content_bytes": len(CONTENTS) - 1}, "has not the announced size"),
        ({"content_bytes": len(CONTENTS) + 1}, "has not the announced size"),
        ({"segment_bytes": 0}, "impossible segments"),
        ({"segment_bytes": 100}, "has not the announced size"),
        ({"segment_bytes": 1}, "more than one cluster"),
        ({"segments": 5000}, "impossible segments"),
        ({"compression": b"x"}, "compressed in a way that shortcuts are not"),
        ({"compression": b"z"}, "compressed in a way that shortcuts are not"),
        ({"compression": b"-"}, "compressed where nothing should be"),
        ({"checksum": 0}, "compressed in a way that shortcuts are not"),
        ({"packed": CONTENTS + b"more"}, "has not the announced size"),
        ({"packed": compress(CONTENTS)[:-9]}, "do not unpack to the announced size"),
        ({"packed": compress(CONTENTS + b"x")}, "do not unpack to the announced size"),
        ({"packed": compress(CONTENTS[:-1])}, "do not unpack to the announced size"),
        ({"after": b"more"}, "belong to no segment"),
        ({"auth_data": bytes(70_000)}, "announces 70000 bytes of certificates"),
    ],
)
def test_a_container_made_wrongly_is_refused(
    changes: dict[str, Any], reason: str
) -> None:
    assert reason in reason_for(**changes)


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (archive(WFLOW, name="../evil"), "something else than one shortcut"),
        (archive(WFLOW, name="Other.wflow"), "something else than one shortcut"),
        (archive(WFLOW, kind=b"L"), "something else than one shortcut"),
        (CONTENTS + CONTENTS, "holds 2 shortcuts"),
        (archive(WFLOW)[:-1], "cut short"),
        (CONTENTS + b"\0", "damaged"),
        (b"AA01" + struct.pack("<H", 10) + b"ABCX", "unknown kind"),
        (b"AA01" + struct.pack("<H", 12) + b"PATP\xff\xff", "damaged"),
        (b"AA01\0\0", "damaged"),
        (archive(b"bplist00"), "no readable property list"),
        (archive(b"<plist><dict>"), "no readable property list"),
        (archive(plistlib.dumps([])), "property list without keys"),
        (archive(plistlib.dumps({"WFWorkflowActions": {}})), "no list of actions"),
        (archive(plistlib.dumps({"WFWorkflowActions": ["a"]})), "no list of actions"),
    ],
)
def test_contents_that_are_no_shortcut_are_refused(
    contents: bytes, reason: str
) -> None:
    assert reason in reason_for(contents)


@pytest.mark.parametrize("how", ["truncated", "bomb"])
def test_unpacking_takes_little_memory(how: str, tmp_path: Path) -> None:
    block: bytes = importlib.import_module("liblzfse").compress(bytes(20 << 20))[:-4]
    packed = block[:-99] if how == "truncated" else block * 40 + b"bvx$"
    contents = bytes(2 << 20)  # so that the packed bytes are fewer
    writer = Writer(
        contents=contents, authority=AUTHORITY, packed=packed, segment_bytes=2 << 20
    )
    file = tmp_path / "bomb.shortcut"
    file.write_bytes(writer.write())
    (root,) = AUTHORITY.roots
    arguments = [str(file), root, NOW.isoformat(), str(MEMORY_BYTES)]
    answer = subprocess.run(
        [sys.executable, "-c", _VERIFY, *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.stderr == ""
    assert "do not unpack to the announced size" in answer.stdout


@given(st.binary(max_size=5000))
def test_what_was_compressed_comes_back(content: bytes) -> None:
    packed: bytes = importlib.import_module("liblzfse").compress(content)
    assert decompress(packed, len(content)) == content


def test_a_deep_property_list_is_refused() -> None:
    xml = b"<plist><dict><key>WFWorkflowActions</key><array>%b%b</array></dict></plist>"
    nested = xml % (b"<dict><key>a</key>" * 5000, b"<true/>" + b"</dict>" * 5000)
    signed = Writer(contents=archive(nested), authority=AUTHORITY).write()
    with pytest.raises(Refused, match="nested too deeply"):
        verify(signed, now=NOW, unsigned=nested, roots=AUTHORITY.roots)


def test_lists_that_hold_each_other_many_times_do_not_take_for_ever() -> None:
    shared: Any = "x"
    for _ in range(60):
        shared = [shared, shared]
    actions = [{"WFWorkflowActionIdentifier": "a", "Deep": shared}]
    wflow = plistlib.dumps({"WFWorkflowActions": actions}, fmt=plistlib.FMT_BINARY)
    signed = Writer(contents=archive(wflow), authority=AUTHORITY).write()
    build = plistlib.dumps({"WFWorkflowActions": [{"Deep": "shallow"}]})
    with pytest.raises(Refused, match="action 1"):
        verify(signed, now=NOW, unsigned=build, roots=AUTHORITY.roots)
