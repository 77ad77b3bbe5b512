"""Device tokens: only the exact text that was issued lets a device in."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from itsdangerous import Signer, URLSafeTimedSerializer

from bridge.errors import NotSignedIn, TokenExpired, TokenForged, TokenRevoked
from bridge.store.athletes import OWNER
from bridge.store.engine import Store, open_store
from bridge.tokens import Purpose, Tokens, authenticate, mask

NOW = datetime(2026, 11, 23, 7, 5, 30, tzinfo=UTC)
OLD_KEY = "an older key, 32 letters or more"
KEY = "the key that signs, 32 or more .."
TOKENS = Tokens([OLD_KEY, KEY])
DEVICE_ID = "0123456789abcdef"
TOKEN = TOKENS.issue(DEVICE_ID)

device_ids = st.text("0123456789abcdef", min_size=16, max_size=16)


@pytest.fixture
def store(migrated: bytes, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "bridge.db").write_bytes(migrated)
    store = open_store(f"sqlite:///{tmp_path}/bridge.db")
    store.athletes.ensure("0", NOW, OWNER)
    yield store
    store.close()


def test_a_token_is_short_and_survives_a_fragment_and_a_header() -> None:
    assert TOKEN.startswith("icb_")
    assert len(TOKEN) == 64
    assert TOKEN.replace("_", "").replace("-", "").replace(".", "").isalnum()


@given(device_ids)
def test_what_was_issued_is_read_back(device_id: str) -> None:
    assert TOKENS.read(TOKENS.issue(device_id)) == device_id


def test_the_last_key_signs_and_the_older_ones_are_still_read() -> None:
    assert TOKENS.read(Tokens([OLD_KEY]).issue(DEVICE_ID)) == DEVICE_ID
    assert Tokens([KEY]).read(TOKEN) == DEVICE_ID
    with pytest.raises(TokenForged):
        Tokens([OLD_KEY]).read(TOKEN)


@pytest.mark.parametrize("secret_keys", [[], [""], [KEY, ""]])
def test_no_key_is_not_a_key(secret_keys: list[str]) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Tokens(secret_keys)


@pytest.mark.parametrize("device_id", ["", "a.b", "a b", "é", "x" * 65, "a\n"])
def test_an_id_that_no_token_can_carry_is_not_signed(device_id: str) -> None:
    with pytest.raises(ValueError, match="device id"):
        TOKENS.issue(device_id)


@pytest.mark.parametrize("purpose", [Purpose.DOWNLOAD, Purpose.PAIRING])
def test_a_signature_for_another_purpose_is_forged(purpose: Purpose) -> None:
    with pytest.raises(TokenForged, match="wrong signature"):
        TOKENS.read(Tokens([KEY], purpose=purpose).issue(DEVICE_ID))


def sha_1_token() -> str:
    signer = Signer(KEY, salt=Purpose.DEVICE, key_derivation="hmac")
    return "icb_" + signer.sign(DEVICE_ID).decode()


BODY, SIGNATURE = TOKEN.split(".")


@pytest.mark.parametrize(
    "token",
    [
        *("", "icb_", ".", "icb_.", BODY, BODY + ".", "icb_." + SIGNATURE),
        *(TOKEN[:-1], TOKEN + "A", TOKEN + "=", TOKEN + "\n", " " + TOKEN),
        *(TOKEN.removeprefix("icb_"), TOKEN.replace("icb_", "ICB_"), "icb_" + TOKEN),
        *(TOKEN.upper(), TOKEN.swapcase(), TOKEN[::-1], TOKEN * 2),
        *(f"{BODY}x.{SIGNATURE}", f"{BODY}..{SIGNATURE}", f"{BODY}.{'A' * 43}"),
        *(
            "Ｉ" + TOKEN[1:],
            TOKEN[:-1] + "é",
            TOKEN.replace("0", "٠"),
            "\udcff",
            "\x00",
        ),
        *("API_KEY", "a1b2c3d4e5f6g7h8i9j0", sha_1_token()),
        pytest.param(  # a name of its own: the text holds the time of its making
            "icb_" + str(URLSafeTimedSerializer(KEY).dumps(DEVICE_ID)),
            id="a timed token of the same key",
        ),
        pytest.param("icb_" + "x" * 10_000_000, id="ten million letters"),
    ],
)
def test_a_text_that_is_not_quite_a_token_is_forged(token: str) -> None:
    with pytest.raises(TokenForged):
        TOKENS.read(token)


@given(
    st.one_of(st.text(), st.from_regex(r"icb_[0-9a-f]{16}\.[\w-]{43}", fullmatch=True))
)
def test_any_text_is_refused(text: str) -> None:
    assume(text != TOKEN)
    with pytest.raises(TokenForged):
        TOKENS.read(text)


@given(st.integers(0, len(TOKEN) - 1), st.characters())
@example(len(TOKEN) - 1, chr(ord(TOKEN[-1]) + 1))  # base64 has two spare bits there
def test_no_edited_letter_passes(position: int, letter: str) -> None:
    assume(TOKEN[position] != letter)
    with pytest.raises(TokenForged):
        TOKENS.read(TOKEN[:position] + letter + TOKEN[position + 1 :])


@given(device_ids, st.integers(0, 64), st.integers(0, 64))
def test_no_piece_of_two_tokens_makes_a_third(
    device_id: str, first: int, second: int
) -> None:
    other = TOKENS.issue(device_id)
    mixed = TOKEN[:first] + other[second:]
    assume(mixed not in {TOKEN, other})
    with pytest.raises(TokenForged):
        TOKENS.read(mixed)


def test_every_last_letter_but_one_is_refused() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    passed = []
    for letter in alphabet:
        try:
            TOKENS.read(TOKEN[:-1] + letter)
        except TokenForged:
            continue
        passed.append(letter)
    assert passed == [TOKEN[-1]]


@given(st.text(min_size=1))
@example("a1b2c3d4e5f6g7h8i9j0k1l2m")
@example("API_KEY:a1b2c3d4e5f6g7h8i9j0k1l2m")
def test_a_mask_shows_nothing_of_what_is_no_token(text: str) -> None:
    assert mask(text) == f"({len(text)} characters)"


def test_a_mask_names_the_device_and_hides_the_signature() -> None:
    assert mask(TOKEN) == "icb_0123456789abcdef.***"
    assert mask(TOKEN[:-1]) == "(63 characters)"


def test_neither_token_nor_key_is_in_any_message(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    foreign = Tokens([OLD_KEY[::-1]]).issue(device.device_id)
    bare = TOKEN.removeprefix("icb_")
    store.devices.revoke(device.device_id, NOW)
    for token in (foreign, bare, TOKENS.issue(device.device_id)):
        with pytest.raises(NotSignedIn) as refused:
            authenticate(TOKENS, store.devices, token, NOW)
        told = "".join(traceback.format_exception(refused.value)) + caplog.text
        assert token.rsplit(".", 1)[1] not in told
    assert KEY not in repr(TOKENS) + repr(vars(TOKENS)["_signer"])


def test_a_device_that_was_let_in_is_known_by_its_token(store: Store) -> None:
    device = store.devices.add("iPhone", "write", OWNER, NOW)
    token = TOKENS.issue(device.device_id)
    assert authenticate(TOKENS, store.devices, token, NOW) == device


def test_a_token_ends_at_its_second(store: Store) -> None:
    end = NOW + timedelta(days=30)
    device = store.devices.add("Guest", "read", OWNER, NOW, end)
    token = TOKENS.issue(device.device_id)
    authenticate(TOKENS, store.devices, token, end - timedelta(microseconds=1))
    with pytest.raises(TokenExpired):
        authenticate(TOKENS, store.devices, token, end)


def test_a_revoked_device_is_refused_also_after_it_expired(store: Store) -> None:
    device = store.devices.add("Lost", "read", OWNER, NOW, NOW + timedelta(days=1))
    token = TOKENS.issue(device.device_id)
    store.devices.revoke(device.device_id, NOW)
    for now in (NOW, NOW + timedelta(days=2)):
        with pytest.raises(TokenRevoked):
            authenticate(TOKENS, store.devices, token, now)


def test_the_device_of_a_deleted_athlete_is_refused(store: Store) -> None:
    device = store.devices.add("iPhone", "read", OWNER, NOW)
    store.athletes.delete(OWNER)
    with pytest.raises(TokenRevoked):
        authenticate(TOKENS, store.devices, TOKENS.issue(device.device_id), NOW)


def test_a_forged_token_never_reaches_the_database() -> None:
    class NoRows:
        def find(self, device_id: str, /) -> None:
            raise AssertionError(device_id)

    with pytest.raises(TokenForged):
        authenticate(TOKENS, NoRows(), Tokens(["another key"]).issue(DEVICE_ID), NOW)
