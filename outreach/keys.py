"""Keys: a ring of root keys, and the sealing and digests made from them.

Root keys come from the environment and are never stored. From each, HKDF (RFC 5869) derives a
wrapping key, which encrypts data keys, and a digest key. Data keys live wrapped in the database,
one a campaign, and are destroyed to erase (design section 10).

A root key may leave the ring when nothing is wrapped under it any more. Its digest key stays,
sealed under the newest root: a digest can only be brought on and never made anew.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence
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
class DigestKey:
    """What is left of a root key that left the ring, and one link of the chain of digests."""

    key_id: str
    key: bytes


@dataclass(frozen=True)
class KeyRing:
    """Root keys, newest first. One of them wraps, the newest as a rule; every one unwraps.

    Digests go through every key that was ever used, the oldest first, so that a stored digest can
    be brought under a new key without knowing the number it stands for. `chain` has those links
    where some of their roots are gone; without it the roots are all there ever were.

    `sealing` names the root that wraps, where a newer one is not known to every process yet.
    """

    roots: tuple[RootKey, ...]
    chain: tuple[DigestKey, ...] = ()
    sealing: str = ""

    def __post_init__(self) -> None:
        links = tuple(DigestKey(root.key_id, root.digest) for root in reversed(self.roots))
        object.__setattr__(self, "chain", self.chain or links)

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

    @property
    def sealer(self) -> RootKey:
        return self.root(self.sealing) or self.newest

    def wrap(self, data_key: bytes, purpose: str, share: bytes = b"") -> tuple[str, bytes]:
        """The wrapping root's name, and `data_key` sealed under it for `purpose`; with a share it
        takes both to open it."""
        root = self.sealer
        return root.key_id, seal(_wrapping(root, share), data_key, purpose.encode())

    def unwrap(self, key_id: str, wrapped: bytes, purpose: str, share: bytes = b"") -> bytes:
        """Raises SealBroken where the named root is not in the ring, the share is not the one it
        was wrapped with, or the bytes were changed."""
        root = self.root(key_id)
        if root is None:
            raise SealBroken(f"the key {key_id} is not in OUTREACH_DATA_KEYS")
        return open_sealed(_wrapping(root, share), wrapped, purpose.encode())

    def root(self, key_id: str) -> RootKey | None:
        return next((root for root in self.roots if root.key_id == key_id), None)

    def totp_secrets(self) -> dict[str, str]:
        """Keys for second-step secrets, by name; `sealing_totp` is the one that encrypts.

        Those of before were named by their place in the ring, and open until they are sealed anew.
        """
        oldest_first = self.roots[::-1]
        by_place = {str(place): root for place, root in enumerate(oldest_first, start=1)}
        by_name = {totp_name(root.key_id): root for root in oldest_first}
        return {
            name: base64.b64encode(root.totp).decode()
            for name, root in {**by_place, **by_name}.items()
        }

    @property
    def sealing_totp(self) -> str:
        return totp_name(self.sealer.key_id)

    @property
    def generations(self) -> int:
        """How many keys a digest of the newest form has gone through."""
        return len(self.chain)

    def digest(self, value: str) -> bytes:
        """A keyed, one-way stand-in for a number or a code: HMAC-SHA256, 32 bytes.

        A `Digest` where the ring has several keys; plain bytes, a third of the memory, where not.
        """
        chain = [value.encode()]
        for link in self.chain:
            chain.append(hmac.digest(link.key, chain[-1], "sha256"))
        older = chain[1:-1]
        return Digest(chain[-1], older) if older else chain[-1]

    def later_forms(self, digest: bytes, generation: int) -> list[bytes]:
        """A digest that went through `generation` keys, and every form it has under more of them,
        without knowing what it stands for."""
        forms = [digest]
        for link in self.chain[generation:]:
            forms.append(hmac.digest(link.key, forms[-1], "sha256"))
        return forms

    def generation_of(self, key_id: str) -> int | None:
        """How many keys a digest went through whose last was this one."""
        names = [link.key_id for link in self.chain]
        return names.index(key_id) + 1 if key_id in names else None


class Digest(bytes):
    """A digest in its newest form. `older` are the forms it had under fewer keys, oldest first;
    whoever knows only a later form, read from a table, knows no earlier one."""

    older: tuple[bytes, ...]

    def __new__(cls, newest: bytes, older: Sequence[bytes] = ()) -> "Digest":
        made = super().__new__(cls, newest)
        made.older = tuple(older)
        return made


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
    is_name = key_id.isascii() and key_id.isalnum()
    if not is_name or len(secret) != KEY_BYTES:
        raise KeysUnreadable(
            "each key must be name:base64 of 32 bytes, the name letters and digits."
        )
    return RootKey.from_secret(key_id, secret)


def totp_name(key_id: str) -> str:
    return f"root-{key_id}"


def _wrapping(root: RootKey, share: bytes) -> bytes:
    """Neither the root nor the share alone says anything about it."""
    return _derive(root.wrapping, b"outreach shared wrapping", share) if share else root.wrapping


def _derive(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)
