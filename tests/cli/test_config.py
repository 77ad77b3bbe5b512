"""Every setting, every refusal, and no secret in any of them."""

from __future__ import annotations

import contextlib
import ipaddress
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.config import (
    DATABASE_URL,
    SECRET_SETTINGS,
    SETTINGS,
    UPSTREAM_URL,
    Config,
    is_loopback,
    read_api_key,
    read_secret_keys,
)
from bridge.errors import ConfigError

SECRET = "Zq8vJx2mT4nR7wK1cB5yH9dL3fG6sP0a"
NEWER = "aK2uW9eC7rV4oN1iM8tB5xY3zQ6jD0hF"
KEY = "6bqv9zk3f0pastedkey17"
WHOLE = {
    "INTERVALS_API_KEY": KEY,
    "INTERVALS_ATHLETE_ID": "i424242",
    "BRIDGE_SECRET_KEY": f"{SECRET},{NEWER}",
    "BRIDGE_UPSTREAM_URL": "http://127.0.0.1:9000/",
    "BRIDGE_PUBLIC_URL": "https://bridge.example/",
    "DATABASE_URL": "postgresql://me:tiger6@db/bridge",
    "BRIDGE_MIRROR_URL": "postgresql://me:tiger6@db/mirror",
    "BRIDGE_WEBHOOK_SECRET": "hook-of-tiger7",
    "BRIDGE_WEBHOOK_AUTHORIZATION": "Bearer tiger8",
    "HOST": "0.0.0.0",
    "PORT": "8080",
    "BRIDGE_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
}


def read(**changed: str) -> Config:
    return Config.from_env({"BRIDGE_SECRET_KEY": SECRET} | changed)


def refusal(env: Mapping[str, str]) -> str:
    """Return why settings are refused; it must show no secret."""
    with pytest.raises(ConfigError) as caught:
        Config.from_env(env)
    said = f"{caught.value.detail} {caught.value!r}"
    for name in SECRET_SETTINGS:
        for secret in env.get(name, "").split(","):
            assert not secret.strip() or secret == "API_KEY:" or secret not in said
    return caught.value.detail


def test_every_setting_is_read() -> None:
    assert set(WHOLE) <= set(SETTINGS)
    config = Config.from_env(WHOLE)
    assert config.api_key == KEY
    assert config.athlete_id == "i424242"
    assert config.secret_keys == (SECRET, NEWER)
    assert config.upstream_url == "http://127.0.0.1:9000"
    assert config.public_url == "https://bridge.example"
    assert config.database_url == "postgresql://me:tiger6@db/bridge"
    assert (config.host, config.port) == ("0.0.0.0", 8080)
    networks = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "::1")))
    assert config.trusted_proxies == networks


def test_only_the_secret_has_to_be_set() -> None:
    config = read()
    assert (config.api_key, config.athlete_id) == ("", "0")
    assert (config.upstream_url, config.public_url) == (UPSTREAM_URL, "")
    assert config.database_url == DATABASE_URL
    assert (config.host, config.port) == ("127.0.0.1", 8000)
    assert config.trusted_proxies == ()
    assert not config.demo


def test_blanks_around_a_setting_and_empty_ones_do_no_harm() -> None:
    padded = {name: f" {value}\n" for name, value in WHOLE.items()}
    assert Config.from_env(padded) == Config.from_env(WHOLE)
    empty = dict.fromkeys(WHOLE, "") | {"BRIDGE_SECRET_KEY": SECRET}
    assert Config.from_env(empty) == read()


def test_no_secret_is_in_the_repr() -> None:
    shown = repr(Config.from_env(WHOLE))
    for secret in (KEY, SECRET, NEWER, "tiger6"):
        assert secret not in shown


@pytest.mark.parametrize("name", sorted(SECRET_SETTINGS))
def test_a_secret_may_stand_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{WHOLE[name]}\n", encoding="utf-8")
    env = {key: value for key, value in WHOLE.items() if key != name}
    assert Config.from_env(env | {f"{name}_FILE": str(file)}) == Config.from_env(WHOLE)


@pytest.mark.parametrize("name", sorted(SECRET_SETTINGS))
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "nowhere", tmp_path, binary):
        env = WHOLE | {f"{name}_FILE": str(path)}
        assert f"{name}_FILE" in refusal(env)


def test_what_is_no_secret_does_not_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "port"
    file.write_text("9999")
    assert read(PORT_FILE=str(file)).port == 8000


@pytest.mark.parametrize(
    "secret",
    [
        "",
        " , ,",
        "tiny-7",
        SECRET[:31],
        "a" * 64,
        "abcabc" * 12,
        "change-me-to-something-long-and-random",
        "default-secret-key-0123456789-abcdef",
        "your-secret-key-goes-here-0123456789",
        f"{SECRET},tiny-7",
        f"tiny-7,{SECRET}",
    ],
)
def test_a_missing_short_or_default_secret_is_refused(secret: str) -> None:
    detail = refusal({"BRIDGE_SECRET_KEY": secret})
    assert "BRIDGE_SECRET_KEY" in detail
    assert "bridge init" in detail


def test_secrets_are_several_the_oldest_first() -> None:
    assert read_secret_keys(f" {SECRET} ,{NEWER},") == (SECRET, NEWER)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (f'"{KEY}"', "quotes"),
        (f"'{KEY}'", "quotes"),
        (f"“{KEY}”", "quotes"),
        (f"<{KEY}>", "quotes"),
        ("6bqv9 zk3f0pasted", "blanks"),
        ("6bqv9\u00a0zk3f0pasted", "blanks"),
        ("6bqv9\nzk3f0pasted", "blanks"),
        ("schlüssel", "odd characters"),
        ("short", "odd characters"),
        ("x" * 201, "odd characters"),
        (f"API_KEY:{KEY}", "user name"),
        (f"api_key {KEY}", "user name"),
        ("API_KEY:", "user name"),
    ],
)
def test_a_key_pasted_with_more_around_it_is_refused(pasted: str, said: str) -> None:
    assert said in refusal({"BRIDGE_SECRET_KEY": SECRET, "INTERVALS_API_KEY": pasted})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("INTERVALS_ATHLETE_ID", value) for value in ("me", "i", "i12x", "I123")),
        *(("INTERVALS_ATHLETE_ID", value) for value in ("-1", "i0x", "i١٢", "0/..")),
        *(("PORT", value) for value in ("0", "65536", "-1", "80.0", "٨٠", "http")),
        ("BRIDGE_UPSTREAM_URL", "http://intervals.icu"),
        ("BRIDGE_UPSTREAM_URL", "http://10.0.0.1"),
        ("BRIDGE_UPSTREAM_URL", "http://127.0.0.1.evil.example"),
        ("BRIDGE_UPSTREAM_URL", "http://localhost.evil.example"),
        ("BRIDGE_UPSTREAM_URL", "https://intervals.icu/api/v1"),
        ("BRIDGE_UPSTREAM_URL", "intervals.icu"),
        ("BRIDGE_UPSTREAM_URL", "ftp://intervals.icu"),
        ("BRIDGE_PUBLIC_URL", "bridge.example"),
        ("BRIDGE_PUBLIC_URL", "https://"),
        ("BRIDGE_PUBLIC_URL", "https://bridge.example/path"),
        ("BRIDGE_PUBLIC_URL", "https://bridge.example?x=1"),
        ("BRIDGE_PUBLIC_URL", "https://bridge.example#x"),
        ("BRIDGE_PUBLIC_URL", "https://me@bridge.example"),
        ("BRIDGE_PUBLIC_URL", "https://:pw@bridge.example"),
        ("BRIDGE_PUBLIC_URL", "https://bridge.example:port"),
        ("BRIDGE_PUBLIC_URL", "https://[::1"),
        ("BRIDGE_PUBLIC_URL", "javascript:alert(1)"),
        ("BRIDGE_TRUSTED_PROXIES", "everybody"),
        ("BRIDGE_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("BRIDGE_TRUSTED_PROXIES", "10.0.0.0/8 127.0.0.1"),
    ],
)
def test_what_cannot_work_is_refused_by_name(name: str, value: str) -> None:
    assert name in refusal({"BRIDGE_SECRET_KEY": SECRET, name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTERVALS_ATHLETE_ID", KEY),
        ("PORT", KEY),
        ("BRIDGE_TRUSTED_PROXIES", KEY),
        ("BRIDGE_UPSTREAM_URL", f"https://API_KEY:{KEY}@intervals.icu"),
        ("BRIDGE_PUBLIC_URL", f"https://bridge.example/?token={KEY}"),
    ],
)
def test_a_key_in_the_wrong_setting_is_not_shown(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(**{name: value})
    assert name in caught.value.detail
    assert KEY not in f"{caught.value.detail} {caught.value!r}"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_plain_http_goes_to_this_machine_alone(host: str) -> None:
    url = f"http://{host}:9000"
    assert read(BRIDGE_UPSTREAM_URL=url).upstream_url == url
    assert is_loopback(host.strip("[]"))


@pytest.mark.parametrize("athlete_id", ["0", "i1", "i424242", "12345"])
def test_every_kind_of_athlete_id_is_understood(athlete_id: str) -> None:
    assert read(INTERVALS_ATHLETE_ID=athlete_id).athlete_id == athlete_id


def test_a_platform_that_forgets_its_disk_is_known() -> None:
    assert read(DYNO="web.1").disk_is_wiped
    assert not read().disk_is_wiped


@given(st.text(min_size=12))
def test_any_key_is_taken_or_refused_without_showing_it(text: str) -> None:
    said = ""
    try:
        taken = read_api_key(text)
    except ConfigError as error:
        taken, said = text, error.detail
    assert taken == text
    assert text not in said


ANY_ENV: Any = st.dictionaries(st.sampled_from(sorted(SETTINGS)), st.text(max_size=60))


@given(ANY_ENV)
def test_any_settings_are_read_or_refused_with_a_sentence(env: dict[str, str]) -> None:
    with contextlib.suppress(ConfigError):
        Config.from_env(env | {"BRIDGE_SECRET_KEY": SECRET})


def test_a_fresh_secret_is_never_taken_for_a_placeholder() -> None:
    for _ in range(20_000):
        secret = secrets.token_urlsafe(48)
        assert read_secret_keys(secret) == (secret,)
    spelled = "k9Your2Lw8Zp4Vt6Rm3example7Nc5JexampleX"
    assert read_secret_keys(spelled) == (spelled,)


@pytest.mark.parametrize("word", ["change-me", "your", "default", "EXAMPLE", "secret"])
def test_a_secret_with_a_placeholder_for_a_word_is_refused(word: str) -> None:
    with pytest.raises(ConfigError):
        read_secret_keys(f"{word}-0123456789-abcdefghijklmnopqrstuvwxyz")
