from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.signed_note import (
    KeyMalformed,
    KeyType,
    Note,
    NoteMalformed,
    Signature,
    SignatureForged,
    SignerUnknown,
    new_signer,
    open_note,
    read_note,
    read_signer,
    read_verifier,
)
from tests.sealed_log import signer

# The example of C2SP signed-note v1.0.0, section "Example".
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXm"
    "RKuwHjG1Yu72IneyaQM=\n"
)
TEXT = "First line.\n\nAfter an empty one: é\n"


def test_the_specification_s_example_opens() -> None:
    note = read_note(EXAMPLE_NOTE)
    (signed,) = open_note(note, [read_verifier(EXAMPLE_KEY)])
    assert note.text == "This is an example message.\n"
    assert (signed.key.name, signed.seconds) == ("example.com/foo", None)
    assert note.encode() == EXAMPLE_NOTE
    assert signed.key.text() == EXAMPLE_KEY


def test_the_example_with_one_word_changed_is_forged() -> None:
    note = read_note(EXAMPLE_NOTE.replace("example message", "ex ample message"))
    with pytest.raises(SignatureForged, match=r"in the name of example\.com/foo"):
        open_note(note, [read_verifier(EXAMPLE_KEY)])


def test_a_note_signed_here_opens_here() -> None:
    key = new_signer("outreach.example/audit")
    note = read_note(Note(TEXT, (key.sign(TEXT),)).encode())
    assert note.text == TEXT
    assert [one.key for one in open_note(note, [key.verifier])] == [key.verifier]


def test_unknown_keys_are_ignored_even_under_a_known_name() -> None:
    known, namesake, other = signer(1), signer(2), signer(3, "other.example")
    note = Note(TEXT, tuple(key.sign(TEXT) for key in (namesake, known, other)))
    assert [one.key for one in open_note(note, [known.verifier])] == [known.verifier]


def test_a_note_by_unknown_keys_alone_is_refused() -> None:
    note = Note(TEXT, (signer(2).sign(TEXT),))
    with pytest.raises(SignerUnknown):
        open_note(note, [signer(1).verifier])


def test_one_failing_signature_of_a_known_key_condemns_the_note() -> None:
    good, bad = signer(1), signer(2, "other.example")
    note = Note(TEXT, (good.sign(TEXT), bad.sign("another text\n")))
    with pytest.raises(SignatureForged, match=r"other\.example"):
        open_note(note, [good.verifier, bad.verifier])


def test_a_cosignature_is_bound_to_its_time() -> None:
    witness = signer(4, "witness.example", KeyType.COSIGNATURE)
    signature = witness.cosign(TEXT, 1_767_225_600)
    (signed,) = open_note(Note(TEXT, (signature,)), [witness.verifier])
    assert signed.seconds == 1_767_225_600
    moved = Signature(
        signature.name, signature.key_id, (1_767_225_601).to_bytes(8) + signature.value[8:]
    )
    with pytest.raises(SignatureForged):
        open_note(Note(TEXT, (moved,)), [witness.verifier])


def test_one_pair_of_keys_has_different_numbers_for_different_uses() -> None:
    log, witness = signer(1), signer(1, kind=KeyType.COSIGNATURE)
    assert log.verifier.public == witness.verifier.public
    assert log.verifier.key_id != witness.verifier.key_id
    with pytest.raises(ValueError, match="only a witness's key"):
        log.cosign(TEXT, 1)
    with pytest.raises(ValueError, match="only cosigns"):
        witness.sign(TEXT)


def test_sixteen_signatures_and_more_are_read() -> None:
    keys = [signer(number, f"key{number}.example") for number in range(1, 41)]
    note = read_note(Note(TEXT, tuple(key.sign(TEXT) for key in keys)).encode())
    assert len(open_note(note, [key.verifier for key in keys])) == 40


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "\n",
        "text only\n",
        "text\n\n",
        "text\n— name AAAAAAA=\n",
        "text\n\n— name AAAAAAAA",
        "text\n\n— name AAAA\n",
        "text\n\n— name AAAAAAB=\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n—  AAAAAAAA\n",
        "text\n\n— na+me AAAAAAAA\n",
        "text\n\n— name\u00a0x AAAAAAAA\n",
        "text\r\n\n— name AAAAAAAA\n",
        "te\x00xt\n\n— name AAAAAAAA\n",
        "text\n\n— name AAAA AAAA\n",
        "text\n\n— name AAAAAAAA\nmore\n",
        "x" * (1 << 20) + "\n\n— name AAAAAAAA\n",
    ],
)
def test_what_is_no_note_is_refused(encoded: str) -> None:
    with pytest.raises(NoteMalformed):
        read_note(encoded)


@settings(deadline=None)
@given(st.binary(min_size=1, max_size=80))
def test_any_bytes_as_a_signature_are_forged_and_never_an_accident(value: bytes) -> None:
    for kind in KeyType:
        key = signer(1, kind=kind).verifier
        with pytest.raises(SignatureForged):
            open_note(Note(TEXT, (Signature(key.name, key.key_id, value),)), [key])


def test_keys_survive_their_text_form() -> None:
    for kind in KeyType:
        key = new_signer("outreach.example/audit", kind)
        again = read_signer(key.secret_text())
        assert again.verifier == key.verifier == read_verifier(f" {key.verifier.text()}\n")
        assert key.secret_text().startswith("PRIVATE+KEY+outreach.example/audit+")


def test_a_signing_key_shows_no_secret_when_printed() -> None:
    key = signer(7)
    seed = key.private.private_bytes_raw()
    assert seed.hex() not in repr(key)
    assert b64encode(seed).decode()[:20] not in repr(key)
    assert key.secret_text() not in repr(key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "example.com/foo+530d903a+not base64 at all, and yet of such a length",
        "example com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_damaged_key_is_refused(text: str) -> None:
    with pytest.raises(KeyMalformed):
        read_verifier(text)


@pytest.mark.parametrize("text", ["", EXAMPLE_KEY, "PRIVATE+KEY+a+00000000+AQID"])
def test_a_damaged_signing_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(KeyMalformed) as refusal:
        read_signer(text)
    assert "AQID" not in str(refusal.value)


def test_a_key_under_another_name_than_it_was_made_for_is_refused() -> None:
    swapped = signer(1).secret_text().replace("outreach.example", "another.example")
    with pytest.raises(KeyMalformed, match="do not belong together"):
        read_signer(swapped)


@pytest.mark.parametrize("name", ["", "two words", "plus+sign", "line\nend", "no\u00a0break"])
def test_a_key_needs_a_proper_name(name: str) -> None:
    with pytest.raises(KeyMalformed):
        new_signer(name)
