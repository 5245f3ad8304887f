from collections.abc import Callable

import pytest

from outreach.domain.checkpoint import (
    Checkpoint,
    CheckpointMalformed,
    cosign_checkpoint,
    find_note,
    open_checkpoint,
    read_checkpoint,
    sign_checkpoint,
)
from outreach.domain.merkle import EMPTY_ROOT
from outreach.domain.signed_note import (
    KeyType,
    Note,
    NoteMalformed,
    SignatureForged,
    SignerUnknown,
    read_note,
)
from tests.sealed_log import ORIGIN, signer

# The example of C2SP tlog-checkpoint v1.0.0.
EXAMPLE = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
ROOT = bytes(range(32))


def test_the_specification_s_example_reads_and_writes_alike() -> None:
    checkpoint = read_checkpoint(EXAMPLE)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e1d90c808014aa89b")
    assert checkpoint.text() == EXAMPLE


def test_extension_lines_pass_and_are_covered_by_the_signature() -> None:
    key = signer()
    text = EXAMPLE + "an extension\n"
    assert read_checkpoint(text) == read_checkpoint(EXAMPLE)
    note = Note(text, (key.sign(text),)).encode()
    assert open_checkpoint(note, [key.verifier]).checkpoint.size == 20_852_163
    with pytest.raises(SignatureForged):
        open_checkpoint(note.replace("extension", "addition"), [key.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n1\n",
        f"\n1\n{'A' * 43}=\n",
        f"origin\n01\n{'A' * 43}=\n",
        f"origin\n-1\n{'A' * 43}=\n",
        f"origin\n1 \n{'A' * 43}=\n",
        f"origin\n١\n{'A' * 43}=\n",
        f"origin\n{'9' * 20}\n{'A' * 43}=\n",
        f"origin\n1\n{'A' * 44}\n",
        f"origin\n1\n{'A' * 42}B=\n",
        f"origin\n1\n{'A' * 43}=",
        f"origin\n1\n{'A' * 43}=\n\nextension\n",
        "origin\n1\nAAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(CheckpointMalformed):
        read_checkpoint(text)


def test_a_checkpoint_signed_here_opens_here() -> None:
    key = signer()
    checkpoint = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    opened = open_checkpoint(sign_checkpoint(checkpoint, key), [key.verifier])
    assert opened.checkpoint == checkpoint
    assert opened.cosigners() == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [("audit\n5", "audit\n6"), ("AAECAw", "AAECAx"), ("outreach.example/audit\n", "outreach\n")],
)
def test_no_line_can_be_changed(old: str, new: str) -> None:
    key = signer()
    note = sign_checkpoint(Checkpoint(ORIGIN, 5, ROOT), key)
    assert note.count(old) == 1
    with pytest.raises(SignatureForged):
        open_checkpoint(note.replace(old, new), [key.verifier])


def test_a_witness_signs_beside_the_log() -> None:
    key, witness = signer(), signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = sign_checkpoint(Checkpoint(ORIGIN, 5, ROOT), key)
    cosigned = cosign_checkpoint(note, witness, 1_767_225_600)
    assert cosigned.startswith(note)
    opened = open_checkpoint(cosigned, [key.verifier], [witness.verifier])
    (cosigner,) = opened.cosigners()
    assert (cosigner.key.name, cosigner.seconds) == ("charity.example/witness", 1_767_225_600)
    assert open_checkpoint(cosigned, [key.verifier]).cosigners() == ()


def test_a_witness_alone_does_not_stand_for_the_log() -> None:
    key, witness = signer(), signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    note = read_note(
        cosign_checkpoint(sign_checkpoint(Checkpoint(ORIGIN, 5, ROOT), key), witness, 1)
    )
    without_log = Note(note.text, note.signatures[1:]).encode()
    with pytest.raises(SignerUnknown):
        open_checkpoint(without_log, [key.verifier], [witness.verifier])


def test_a_cosignature_moved_to_another_checkpoint_is_forged() -> None:
    key, witness = signer(), signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    first, second = (sign_checkpoint(Checkpoint(ORIGIN, size, ROOT), key) for size in (5, 6))
    moved = second + cosign_checkpoint(first, witness, 1).removeprefix(first)
    with pytest.raises(SignatureForged, match=r"charity\.example"):
        open_checkpoint(moved, [key.verifier], [witness.verifier])


def test_only_a_checkpoint_is_cosigned() -> None:
    key, witness = signer(), signer(9, "charity.example/witness", KeyType.COSIGNATURE)
    text = "Pay the bearer one pound.\n"
    with pytest.raises(CheckpointMalformed):
        cosign_checkpoint(Note(text, (key.sign(text),)).encode(), witness, 1)
    with pytest.raises(NoteMalformed):
        cosign_checkpoint(text, witness, 1)


NOTE = sign_checkpoint(Checkpoint(ORIGIN, 7, ROOT), signer())


@pytest.mark.parametrize(
    "mangle",
    [
        lambda note: note,
        lambda note: note.replace("\n", "\r\n"),
        lambda note: f"Keep this message.\n\nIt proves much.\n{note}\nRegards,\n7\n",
        lambda note: "".join(f"> {line}\n" for line in note.split("\n")),
        lambda note: note.replace("\n", "\n\n"),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: "\n".join(f"  {line}\t" for line in note.split("\n")),
        lambda note: note.replace("\u2014 ", "\u2014\u00a0"),
        lambda note: note.rstrip("\n"),
    ],
)
def test_a_checkpoint_is_found_in_an_email_as_it_was_signed(mangle: Callable[[str], str]) -> None:
    found = find_note(mangle(NOTE))
    assert found == NOTE
    assert open_checkpoint(found, [signer().verifier]).checkpoint.size == 7


def test_cosignatures_are_kept_and_other_lines_are_not() -> None:
    witness = signer(3, "w", KeyType.COSIGNATURE)
    cosigned = cosign_checkpoint(NOTE, witness, 5)
    assert find_note(f"{cosigned}\nand more\n\u2014 not this\n") == cosigned


@pytest.mark.parametrize("text", ["", "7", "a\n7\nb\n\u2014 x y", EXAMPLE, "\n" * 50, NOTE[:40]])
def test_a_text_without_a_checkpoint_has_none(text: str) -> None:
    assert find_note(text) is None
