"""C2SP signed-note v1: a text, a blank line, and signatures by named keys.

Two kinds of Ed25519 key: one signs the text itself, the other is a witness's and signs the text
with the time it did so (C2SP tlog-cosignature, `cosignature/v1`). Signatures by keys the reader
does not know are ignored; one by a known key that fails condemns the whole note.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Fault
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from secrets import token_bytes

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from outreach.domain.errors import OutreachError

NOTE_LIMIT = 1 << 20
"""Bytes of the longest note that is read. Sixteen signatures, which must be accepted, need 2 kB."""
_SIGNER_PREFIX = "PRIVATE+KEY+"
_NAME = re.compile(r"[^\s+]+")
_SIGNATURE_LINE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)\n")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class NoteMalformed(OutreachError):
    """Not a signed note."""


class KeyMalformed(OutreachError):
    """Not a key in the text form of C2SP signed-note."""


class SignatureForged(OutreachError):
    """A signature in the name of a known key is not by that key."""


class SignerUnknown(OutreachError):
    """No known key signed the note."""


class KeyType(IntEnum):
    """The signature type identifier bytes of C2SP signed-note that are understood here."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: who says it is theirs, and the signature's bytes."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        return f"\u2014 {self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name. Its text form is what is printed, mailed and given to others."""

    name: str
    type: KeyType
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, type and key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def text(self) -> str:
        material = b64encode(bytes([self.type]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"

    def check(self, text: str, signature: Signature) -> int | None:
        """Raises SignatureForged. Gives a cosignature's time in seconds since 1970, else None."""
        try:
            if self.type is KeyType.ED25519:
                self._verify(signature.value, text.encode())
                return None
            seconds = int.from_bytes(signature.value[:8])
            self._verify(signature.value[8:], _cosigned(text, seconds))
        except InvalidSignature:
            raise SignatureForged(f"The signature in the name of {self.name} is forged.") from None
        return seconds

    def _verify(self, signature: bytes, message: bytes) -> None:
        Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A private key with its name. Only its text form, which is a secret, shows the seed."""

    name: str
    type: KeyType
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.type, self.private.public_key().public_bytes_raw())

    def secret_text(self) -> str:
        """The form Go's sumdb/note uses: `PRIVATE+KEY+name+id+base64 of type and seed`."""
        material = b64encode(bytes([self.type]) + self.private.private_bytes_raw()).decode()
        return f"{_SIGNER_PREFIX}{self.name}+{self.verifier.key_id.hex()}+{material}"

    def sign(self, text: str) -> Signature:
        """For a key of type ED25519: signs a note's text."""
        if self.type is not KeyType.ED25519:
            raise ValueError("a witness's key only cosigns")
        return self._signature(self.private.sign(text.encode()))

    def cosign(self, text: str, seconds: int) -> Signature:
        """For a key of type COSIGNATURE: signs a checkpoint's text as seen at a time since 1970."""
        if self.type is not KeyType.COSIGNATURE:
            raise ValueError("only a witness's key cosigns")
        signature = self.private.sign(_cosigned(text, seconds))
        return self._signature(seconds.to_bytes(8) + signature)

    def _signature(self, value: bytes) -> Signature:
        return Signature(self.name, self.verifier.key_id, value)


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was read. Nothing in it may be believed before `open_note`."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> str:
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class Signed:
    """That a known key did sign; `seconds` since 1970 where it is a cosignature."""

    key: VerifierKey
    seconds: int | None


def new_signer(name: str, key_type: KeyType = KeyType.ED25519) -> SignerKey:
    """A fresh key. The name should be an address without its scheme, such as the log's origin."""
    _refuse_name(name)
    return SignerKey(name, key_type, Ed25519PrivateKey.from_private_bytes(token_bytes(32)))


def read_verifier(text: str) -> VerifierKey:
    """Raises KeyMalformed."""
    name, key_id, key_type, public = _key_parts(text)
    key = VerifierKey(name, key_type, public)
    if key.key_id != key_id:
        raise KeyMalformed("The key is damaged: its name, number and key do not belong together.")
    return key


def read_signer(text: str) -> SignerKey:
    """Raises KeyMalformed. The message never holds the text."""
    if not text.startswith(_SIGNER_PREFIX):
        raise KeyMalformed(f"A signing key begins with {_SIGNER_PREFIX}.")
    name, key_id, key_type, seed = _key_parts(text.removeprefix(_SIGNER_PREFIX))
    key = SignerKey(name, key_type, Ed25519PrivateKey.from_private_bytes(seed))
    if key.verifier.key_id != key_id:
        raise KeyMalformed("The key is damaged: its name, number and key do not belong together.")
    return key


def read_note(encoded: str) -> Note:
    """Takes a note apart without believing it. Raises NoteMalformed."""
    if len(encoded) > NOTE_LIMIT or _CONTROL.search(encoded):
        raise NoteMalformed("The signed note is too long or has control characters.")
    body, blank, lines = encoded.rpartition("\n\n")
    signatures = tuple(_read_signature(line) for line in lines.splitlines(keepends=True))
    if not blank or not signatures:
        raise NoteMalformed("The note has no signature.")
    return Note(body + "\n", signatures)


def open_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signed, ...]:
    """Which of the known keys signed. Raises SignatureForged, and SignerUnknown where none did."""
    known = {(key.name, key.key_id): key for key in keys}
    found = [(known.get((s.name, s.key_id)), s) for s in note.signatures]
    signed = tuple(Signed(key, key.check(note.text, s)) for key, s in found if key)
    if not signed:
        raise SignerUnknown("None of the keys you trust signed this.")
    return signed


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _read_signature(line: str) -> Signature:
    found = _SIGNATURE_LINE.fullmatch(line)
    value = strict_base64(found[2]) if found else None
    if not found or value is None or len(value) < 5:
        raise NoteMalformed("A signature line of the note cannot be read.")
    return Signature(found[1], value[:4], value[4:])


def _key_parts(text: str) -> tuple[str, bytes, KeyType, bytes]:
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    material = strict_base64(encoded) or b""
    if len(material) != 33 or not re.fullmatch("[0-9a-f]{8}", key_id):
        raise KeyMalformed("A key looks like name+12345678+base64.")
    _refuse_name(name)
    try:
        return name, bytes.fromhex(key_id), KeyType(material[0]), material[1:]
    except ValueError:
        raise KeyMalformed("The key is of a kind that is not understood here.") from None


def _refuse_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise KeyMalformed("A key's name has no spaces and no plus sign, and is not empty.")


def strict_base64(text: str) -> bytes | None:
    """Decodes only the one proper spelling: nothing skipped, no stray bits at the end."""
    try:
        value = b64decode(text, validate=True)
    except (Base64Fault, ValueError):
        return None
    return value if b64encode(value).decode() == text else None
