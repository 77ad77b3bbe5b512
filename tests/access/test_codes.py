"""One-time codes: spent once, in time, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.codes import ALPHABET, LENGTH, digest, new_code, read_code
from bridge.store.athletes import OWNER
from bridge.store.codes import LIFE, CodePurpose
from bridge.store.engine import Store
from tests.support.services import SINCE as NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("kind", list(LIFE))
def test_a_code_opens_once_and_never_again(store: Store, kind: CodePurpose) -> None:
    store.codes.add("right", kind, OWNER, NOW)
    assert store.codes.spend("right", NOW) == OWNER
    assert store.codes.spend("right", NOW) is None


@pytest.mark.parametrize("kind", list(LIFE))
def test_a_code_ends_with_its_time(store: Store, kind: CodePurpose) -> None:
    expires_at = store.codes.add("late", kind, OWNER, NOW)
    assert expires_at == NOW + LIFE[kind]
    assert store.codes.spend("late", expires_at) is None
    store.codes.add("early", kind, OWNER, NOW)
    assert store.codes.spend("early", expires_at - SECOND) == OWNER


def test_no_wrong_try_ends_a_code(store: Store) -> None:
    store.codes.add("right", "login", OWNER, NOW)
    for _ in range(1000):
        assert store.codes.spend("wrong", NOW) is None
    assert store.codes.spend("right", NOW) == OWNER


def test_nobody_guesses_a_code_in_its_time() -> None:
    codes = len(ALPHABET) ** LENGTH
    tries_per_s, longest_s = 10_000, max(LIFE.values()).total_seconds()
    assert tries_per_s * longest_s / codes < 1e-9


def test_only_the_last_code_of_a_kind_counts(store: Store) -> None:
    store.codes.add("first", "pairing", OWNER, NOW)
    store.codes.add("second", "pairing", OWNER, NOW)
    assert store.codes.spend("first", NOW) is None
    assert store.codes.spend("second", NOW) == OWNER


def test_of_many_who_come_at_once_one_gets_in(store: Store) -> None:
    store.codes.add("right", "pairing", OWNER, NOW)
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: store.codes.spend("right", NOW), range(16)))
    assert sorted(got, key=str) == [None] * 15 + [OWNER]


def test_the_first_sign_in_is_remembered_and_ends_first_run_codes(
    store: Store,
) -> None:
    store.codes.add("console", "first_run", OWNER, NOW)
    store.codes.add("login", "login", OWNER, NOW)
    account = store.athletes.find(OWNER)
    assert account is not None
    assert account.first_sign_in_at is None
    store.codes.spend("login", NOW)
    account = store.athletes.find(OWNER)
    assert account is not None
    assert account.first_sign_in_at == NOW
    assert store.codes.spend("console", NOW) is None


def test_a_key_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    account = store.athletes.find(OWNER)
    assert account is not None
    assert (account.sealed_key, account.credential_version) == (None, 0)
    assert store.athletes.keep_key(account, "v1.sealed") is True
    assert store.athletes.keep_key(account, "v1.late") is False
    newer = store.athletes.find(OWNER)
    assert newer is not None
    assert (newer.sealed_key, newer.credential_version) == ("v1.sealed", 1)
    assert "sealed" not in repr(newer).replace("sealed_key", "")


def test_sessions_end_for_the_one_athlete_asked(store: Store) -> None:
    store.athletes.ensure("0", NOW, "somebody")
    store.athletes.end_sessions(OWNER)
    owner, somebody = store.athletes.find(OWNER), store.athletes.find("somebody")
    assert owner is not None
    assert somebody is not None
    assert (owner.session_version, somebody.session_version) == (1, 0)
    assert store.athletes.find("nobody") is None


@given(code=st.builds(new_code))
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    plain = code.replace("-", "")
    assert set(plain) <= set(ALPHABET)
    typed = (code, plain, code.lower(), f"  {plain[:4]} {plain[4:]}\n", f"{code}\u200b")
    for one in (*typed, code.replace("-", "–")):
        assert read_code(one) == plain


@given(text=st.text(max_size=120))
def test_whatever_else_is_typed_is_no_code_and_no_failure(text: str) -> None:
    read = read_code(text)
    assert read is None or set(read) <= set(ALPHABET)


@pytest.mark.parametrize(
    "text", ["", "ABCD", "7KQM-X2RB-9TP", "7KQM-X2RB-9TPDD", "0000-0000-0000"]
)
def test_a_code_cut_short_or_made_up_is_none(text: str) -> None:
    assert read_code(text) is None


def test_the_digest_depends_on_code_and_newest_key_and_shows_neither() -> None:
    code = new_code()
    made = digest(code, ("old", "new"))
    assert made == digest(code.replace("-", ""), ("new",))
    assert made != digest(code, ("new", "old"))
    assert code.replace("-", "") not in made.upper()
