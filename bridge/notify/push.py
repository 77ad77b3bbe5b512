"""Web Push: a message that only the phone can open, signed by the bridge.

Encryption is RFC 8291 (aes128gcm), the signature RFC 8292 (VAPID). The message is a
declarative one, which iOS shows by itself; other browsers hand it to the service worker
of Today, which shows the same.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bridge.notify.outside import Outgoing
from bridge.store.outbox import Delivery

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

DECLARATIVE = 8030  # the number of Web Push, by which iOS knows a declarative message
_RECORD_BYTES = 4096
_POINT_BYTES = 65
_LAST_RECORD = b"\x02"
_SIGNED_FOR = timedelta(hours=12)  # a service may refuse more than a day
_URGENCY = {"low": "low", "normal": "normal", "high": "high"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PushTarget:
    """A subscription, as the browser gave it."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)  # the phone's public key, base64url
    auth: str = field(repr=False)  # 16 bytes, base64url


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: the bridge's own key pair, and who is behind it."""

    public: str
    private: str = field(repr=False)
    subject: str  # https:// or mailto:


def make_key_pair() -> tuple[str, str]:
    """Return a new key pair for signing: public point and private number, base64url."""
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    number = private.private_numbers().private_value
    return encoded(_point(private)), encoded(number.to_bytes(32, "big"))


def is_subscription(target: PushTarget) -> bool:
    """Tell whether keys can be those of a subscription."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        point, auth = decoded(target.p256dh), decoded(target.auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return len(auth) == 16 and len(point) == _POINT_BYTES


def push_of(
    delivery: Delivery, target: PushTarget, signer: Signer, now: datetime, home: str
) -> Outgoing:
    """Return what is sent to the push service of a phone.

    Parameters
    ----------
    delivery, target
        What is told, and where.
    signer
        Who signs it.
    now
        The instant.
    home
        The address of the bridge, where a tap leads.
    """
    left_s = (delivery.expires_at - now).total_seconds()
    message = {
        "web_push": DECLARATIVE,
        "notification": {
            "title": delivery.title,
            "body": delivery.speech,
            "navigate": f"{home}/today",
            "tag": delivery.message_id,
        },
    }
    body = json.dumps(message, ensure_ascii=False).encode()
    return Outgoing(
        url=target.endpoint,
        headers={
            "Authorization": vapid(target.endpoint, signer, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/notification+json",
            "TTL": str(max(0, int(left_s))),
            "Urgency": _URGENCY[delivery.urgency],
            "Topic": delivery.message_id,  # the second of two takes the first's place
        },
        body=encrypted(body, target),
    )


def vapid(endpoint: str, signer: Signer, now: datetime) -> str:
    """Return the header that says who sends: RFC 8292."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _SIGNED_FOR).timestamp()),
        "sub": signer.subject,
    }
    head = {"typ": "JWT", "alg": "ES256"}
    signed = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
    number = int.from_bytes(decoded(signer.private), "big")
    key = ec.derive_private_key(number, ec.SECP256R1())
    pair = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = b"".join(half.to_bytes(32, "big") for half in pair)
    return f"vapid t={signed}.{encoded(signature)}, k={signer.public}"


def encrypted(
    body: bytes,
    target: PushTarget,
    *,
    key: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Encrypt for one subscription: RFC 8291, in one record.

    ``key`` and ``salt`` are new for each message; the example of the RFC has its own.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def derive(length: int, salt: bytes, info: bytes, secret: bytes) -> bytes:
        return HKDF(SHA256(), length, salt, info).derive(secret)

    own = key or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(16)
    point = decoded(target.p256dh)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    shared = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + point + _point(own)
    secret = derive(32, decoded(target.auth), info, shared)
    content_key = derive(16, salt, b"Content-Encoding: aes128gcm\0", secret)
    nonce = derive(12, salt, b"Content-Encoding: nonce\0", secret)
    sealed = AESGCM(content_key).encrypt(nonce, body + _LAST_RECORD, None)
    size = _RECORD_BYTES.to_bytes(4, "big") + bytes([_POINT_BYTES])
    return salt + size + _point(own) + sealed


def _point(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def encoded(data: bytes) -> str:
    """Return base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Return what base64url means, padded or not.

    Raises
    ------
    ValueError
        If it is none.
    """
    return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
