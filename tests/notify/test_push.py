"""Web Push as its standards have it: the example of RFC 8291, and our own phone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from bridge.notify.push import (
    PushTarget,
    Signer,
    decoded,
    encoded,
    encrypted,
    is_subscription,
    make_key_pair,
    vapid,
)
from tests.notify.receivers import Phone, verified

NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
ENDPOINT = "https://push.example/send/abc?x=1"


def test_the_example_of_the_standard_comes_out_as_it_stands_there() -> None:
    number = decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
    key = ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1())
    target = PushTarget(
        endpoint=ENDPOINT,
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8p"
        "ZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
    )
    body = encrypted(
        b"When I grow up, I want to be a watermelon",
        target,
        key=key,
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3"
        "vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuw"
        "XPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_only_the_phone_opens_it() -> None:
    phone, other = Phone(), Phone()
    body = encrypted(b'{"title": "Tr\xc3\xa4ning"}', phone.target(ENDPOINT))
    assert phone.open(body) == {"title": "Träning"}
    with pytest.raises(InvalidTag):
        other.open(body)
    broken = body[:-1] + bytes([body[-1] ^ 1])
    with pytest.raises(InvalidTag):
        phone.open(broken)


def test_no_two_messages_are_encrypted_alike() -> None:
    phone = Phone()
    bodies = {encrypted(b"same", phone.target(ENDPOINT)) for _ in range(5)}
    assert len(bodies) == 5


def test_a_push_service_can_tell_who_sends() -> None:
    public, private = make_key_pair()
    signer = Signer(public=public, private=private, subject="https://bridge.example")
    claims = verified(vapid(ENDPOINT, signer, NOW))
    assert claims["aud"] == "https://push.example"
    assert claims["sub"] == "https://bridge.example"
    assert claims["k"] == public
    assert NOW.timestamp() < claims["exp"] <= (NOW + timedelta(days=1)).timestamp()
    assert urlsplit(claims["aud"]).path == ""


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        ("AAAA", "BTBZMqHH6r4Tts7J_aSIgg"),
        ("B" + "A" * 86, "BTBZMqHH6r4Tts7J_aSIgg"),
        ("é" * 87, "BTBZMqHH6r4Tts7J_aSIgg"),
    ],
)
def test_keys_that_are_none_are_no_subscription(p256dh: str, auth: str) -> None:
    assert not is_subscription(PushTarget(endpoint=ENDPOINT, p256dh=p256dh, auth=auth))


def test_keys_of_a_phone_are_a_subscription() -> None:
    target = Phone().target(ENDPOINT)
    assert is_subscription(target)
    short = PushTarget(endpoint=ENDPOINT, p256dh=target.p256dh, auth="BTBZ")
    assert not is_subscription(short)
