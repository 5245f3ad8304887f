"""Keys: a ring of root keys, and the sealing and digests made from them.

Root keys come from the environment and are never stored. From each, HKDF (RFC 5869) derives a
wrapping key, which encrypts data keys, and a digest key. Data keys live wrapped in the database,
one a campaign, and are destroyed to erase (design section 10).
"""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12


class KeysUnreadable(Exception):
    """The key ring's text cannot be read; the message says why."""


class SealBroken(Exception):
    """A sealed value does not open: another key, another place, or changed bytes."""


@dataclass(frozen=True)
class RootKey:
    """One root key of the ring, with the name it is known by in the database."""

    key_id: str
    wrapping: bytes
    digest: bytes
    totp: bytes

    @classmethod
    def from_secret(cls, key_id: str, secret: bytes) -> "RootKey":
        purposes = (b"outreach wrapping", b"outreach digest", b"outreach totp")
        return cls(key_id, *(_derive(secret, purpose) for purpose in purposes))


@dataclass(frozen=True)
class KeyRing:
    """Root keys, newest first. The newest wraps; every one of them unwraps.

    Digests are chained from the oldest key to the newest, so that a stored digest can be brought
    under a new key without knowing the number it stands for.
    """

    roots: tuple[RootKey, ...]

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """Read `id:base64 id:base64`, newest first, 32 bytes each. Raises KeysUnreadable."""
        roots = tuple(_parse_root(part) for part in text.split())
        if not roots:
            raise KeysUnreadable("it holds no key.")
        if len({root.key_id for root in roots}) != len(roots):
            raise KeysUnreadable("two keys have the same name.")
        return cls(roots)

    @property
    def newest(self) -> RootKey:
        return self.roots[0]

    def wrap(self, data_key: bytes, purpose: str) -> tuple[str, bytes]:
        """The newest root's name, and `data_key` sealed under it for `purpose`."""
        return self.newest.key_id, seal(self.newest.wrapping, data_key, purpose.encode())

    def unwrap(self, key_id: str, wrapped: bytes, purpose: str) -> bytes:
        """Raises SealBroken where the named root is not in the ring or the bytes were changed."""
        root = next((root for root in self.roots if root.key_id == key_id), None)
        if root is None:
            raise SealBroken(f"the key {key_id} is not in OUTREACH_DATA_KEYS")
        return open_sealed(root.wrapping, wrapped, purpose.encode())

    def totp_secrets(self) -> dict[int, str]:
        """Keys for second-step secrets, as passlib wants them: the highest number encrypts."""
        newest_last = enumerate(reversed(self.roots), start=1)
        return {number: base64.b64encode(root.totp).decode() for number, root in newest_last}

    def digest(self, value: str) -> bytes:
        """A keyed, one-way stand-in for a number or a code: HMAC-SHA256, 32 bytes."""
        digest = value.encode()
        for root in reversed(self.roots):
            digest = hmac.digest(root.digest, digest, "sha256")
        return digest


def new_key(key_id: str) -> str:
    """One entry for OUTREACH_DATA_KEYS."""
    return f"{key_id}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def new_data_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, place: bytes) -> bytes:
    """AES-256-GCM with a random nonce in front; `place` binds it to where it is stored."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, place)


def open_sealed(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("a sealed value does not open with this key") from error


def _parse_root(part: str) -> RootKey:
    key_id, _, encoded = part.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise KeysUnreadable(f"the key named {key_id!r} is not base64.") from error
    if not key_id.isalnum() or len(secret) != KEY_BYTES:
        raise KeysUnreadable(
            "each key must be name:base64 of 32 bytes, the name letters and digits."
        )
    return RootKey.from_secret(key_id, secret)


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)
