"""What anybody may fetch: heads, tiles and proofs that other tools understand, and no event."""

from base64 import b64decode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from outreach.audit import signing, tree
from outreach.domain.audit_witness import tile_width
from outreach.domain.checkpoint import open_checkpoint
from outreach.domain.merkle import root_of, verify_consistency, verify_inclusion
from outreach.domain.signed_note import read_verifier
from outreach.domain.tiles import TiledTree, tile_path
from outreach.extensions import db
from outreach.models import AuditEvent, AuditLeaf
from tests.audit.log import make_log, write
from tests.conftest import both_databases

OPEN = ("/audit/checkpoint", "/audit/key", "/audit/tile/0/000", "/audit/proof/3",
        "/audit/consistency/1/3", "/audit/checkpoint/cosigned")  # fmt: skip


@both_databases
def test_anybody_may_fetch_the_newest_head_on_either_host(
    app: Flask, anonymous: FlaskClient, recipient: FlaskClient
) -> None:
    make_log(40, 5)
    for client in (anonymous, recipient):
        answer = client.get("/audit/checkpoint")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "Set-Cookie" not in answer.headers
        assert open_checkpoint(answer.text, signing.verifiers()).checkpoint.size == 46
        keys = client.get("/audit/key").text.splitlines()
        assert [read_verifier(key) for key in keys] == list(signing.verifiers())


def test_before_anything_is_sealed_every_address_says_so_or_is_not_there(
    app: Flask, anonymous: FlaskClient
) -> None:
    for path in OPEN:
        assert anonymous.get(path).status_code == 404, path
    assert anonymous.get("/audit/checkpoint").text == "Nothing has been sealed yet.\n"


@both_databases
def test_the_whole_tree_can_be_rebuilt_from_the_tiles(app: Flask, recipient: FlaskClient) -> None:
    make_log(700, 20)
    note = recipient.get("/audit/checkpoint").text
    head = open_checkpoint(note, signing.verifiers()).checkpoint

    def read(level: int, index: int) -> bytes:
        width = tile_width(level, index, head.size)
        answer = recipient.get(f"/audit/tile/{tile_path(level, index, width)}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(answer.data) == 32 * width
        return answer.data

    nodes = TiledTree(read)
    assert root_of(nodes(0, index) for index in range(head.size)) == head.root
    assert nodes(8, 1) == root_of(nodes(0, index) for index in range(256, 512))


@pytest.mark.parametrize(
    "path",
    ["0/000.p/42", "0/001", "1/000", "1/000.p/1", "0/0", "0/x000/000", "64/000", "0/000.p/0",
     "0/000.p/256", "0/000.p/300", "entries/000", "../checkpoint", ""],
)  # fmt: skip
def test_a_tile_that_is_not_there_or_spelt_wrongly_is_not_found(
    app: Flask, anonymous: FlaskClient, path: str
) -> None:
    make_log(40)
    assert anonymous.get("/audit/tile/0/000.p/41").status_code == 200
    assert anonymous.get(f"/audit/tile/{path}").status_code == 404


@both_databases
def test_a_proof_is_a_whole_tlog_proof(app: Flask, recipient: FlaskClient) -> None:
    make_log(300, 200)
    leaves = list(db.session.scalars(select(AuditLeaf.leaf_hash).order_by(AuditLeaf.leaf_index)))
    for index, path in ((0, "0"), (299, "299?size=301"), (500, "500")):
        kind, number, *hashes = (
            (text := recipient.get(f"/audit/proof/{path}").text).split("\n\n")[0].split("\n")
        )
        assert (kind, number) == ("c2sp.org/tlog-proof@v1", f"index {index}")
        head = open_checkpoint(text.split("\n\n", 1)[1], signing.verifiers()).checkpoint
        proof = [b64decode(one, validate=True) for one in hashes]
        verify_inclusion(index, head.size, leaves[index], proof, head.root)
    assert head.size == 501


@both_databases
def test_growth_between_any_two_sizes_is_proven(app: Flask, recipient: FlaskClient) -> None:
    make_log(300, 200)
    leaves = list(db.session.scalars(select(AuditLeaf.leaf_hash).order_by(AuditLeaf.leaf_index)))
    for old, new in ((0, 501), (1, 2), (37, 256), (256, 257), (300, 501), (501, 501)):
        lines = recipient.get(f"/audit/consistency/{old}/{new}").text.splitlines()
        proof = [b64decode(line, validate=True) for line in lines]
        verify_consistency(old, new, root_of(leaves[:old]), root_of(leaves[:new]), proof)


@pytest.mark.parametrize(
    "path",
    ["proof/41", "proof/3?size=7", "proof/999999999999999999999", "proof/-1", "proof/x",
     "consistency/5/42", "consistency/3/2", "consistency/1/99999999999999999999999"],
)  # fmt: skip
def test_what_cannot_be_proven_is_not_found(app: Flask, anonymous: FlaskClient, path: str) -> None:
    make_log(40)
    assert anonymous.get(f"/audit/{path}").status_code == 404


def test_nothing_public_tells_what_an_event_says(app: Flask, recipient: FlaskClient) -> None:
    make_log(300)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).first()
    for path in (*OPEN[:5], "/audit/tile/0/000", "/audit/tile/1/000.p/1"):
        answer = recipient.get(path)
        assert answer.status_code == 200, path
        for word in (str(event.event_id), event.action, event.object_id, "quoted", "reason"):
            assert word.encode() not in answer.data or word.isdecimal()


def test_the_pages_of_auditors_are_not_on_the_public_host(
    app: Flask, recipient: FlaskClient
) -> None:
    for path in ("/audit", "/audit/events/00000000-0000-0000-0000-000000000000"):
        assert recipient.get(path).status_code == 404


def test_reading_what_is_public_writes_nothing(app: Flask, anonymous: FlaskClient) -> None:
    make_log(40)
    write(1)
    for path in OPEN:
        anonymous.get(path)
    db.session.rollback()
    assert len(db.session.scalars(select(AuditEvent.id)).all()) == 42
    assert tree.newest().tree_size == 41
