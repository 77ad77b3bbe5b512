"""The vault: what was sealed opens in its own row, under a known key, or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.errors import VaultClosed
from bridge.vault import SealContext, Vault, key_context

OLD, NEW = "an-old-secret-key-Zp4rT8qW1xY6nB3m", "a-new-secret-key-hT7kL2vQ9sD5fG8j"
KEY = "3x4mpl3k3y0f1nt3rv4ls"
HOME = key_context("owner", 3)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HOME, table="devices"),
        replace(HOME, column="name"),
        replace(HOME, athlete="somebody"),
        replace(HOME, version=2),
        replace(HOME, version=4),
        SealContext("athletes", "sealed_key", "owner,3", 3),
    ],
)
def test_a_sealed_key_moved_to_another_place_does_not_open(
    elsewhere: SealContext,
) -> None:
    vault = Vault([NEW])
    sealed = vault.seal(KEY, HOME)
    assert vault.open(sealed, HOME) == KEY
    with pytest.raises(VaultClosed):
        vault.open(sealed, elsewhere)


def test_one_altered_character_anywhere_closes_it() -> None:
    vault = Vault([NEW])
    sealed = vault.seal(KEY, HOME)
    for at in range(len(sealed.rstrip("="))):
        other = "A" if sealed[at] != "A" else "B"
        changed = sealed[:at] + other + sealed[at + 1 :]
        if changed == sealed:
            continue
        try:
            opened = vault.open(changed, HOME)
        except VaultClosed:
            continue
        # The last character carries bits that base64 leaves unused.
        assert at == len(sealed.rstrip("=")) - 1
        assert opened == KEY


@pytest.mark.parametrize(
    "sealed", ["", "v1.", KEY, "v2." + "A" * 60, "v1." + "A" * 61, "v1.é" + "A" * 60]
)
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(VaultClosed) as refused:
        Vault([NEW]).open(sealed, HOME)
    assert KEY not in str(refused.value)


def test_the_newest_key_seals_and_every_key_opens() -> None:
    before = Vault([OLD]).seal(KEY, HOME)
    both = Vault([OLD, NEW])
    assert both.open(before, HOME) == KEY
    after = both.seal(KEY, HOME)
    assert Vault([NEW]).open(after, HOME) == KEY


def test_a_removed_secret_key_closes_what_it_sealed() -> None:
    sealed = Vault([OLD]).seal(KEY, HOME)
    with pytest.raises(VaultClosed) as refused:
        Vault([NEW]).open(sealed, HOME)
    assert KEY not in repr(refused.value)
    assert OLD not in repr(refused.value)


def test_the_same_key_sealed_twice_looks_different() -> None:
    vault = Vault([NEW])
    assert vault.seal(KEY, HOME) != vault.seal(KEY, HOME)


@given(text=st.text(min_size=1, max_size=200).filter(lambda text: text.isprintable()))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    vault = Vault([OLD, NEW])
    sealed = vault.seal(text, HOME)
    assert vault.open(sealed, HOME) == text
    assert text not in sealed or len(text) < 4


@pytest.mark.parametrize("keys", [[], [""], [NEW, ""]])
def test_a_vault_without_a_secret_key_is_not_built(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Vault(keys)


def test_cryptography_is_imported_only_by_whoever_opens_the_vault() -> None:
    code = (
        "import sys; import bridge.vault; "
        "sys.exit(any(name.startswith('cryptography') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
