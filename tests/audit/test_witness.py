"""A second body signs the log with its own key, over the wire, after checking that it only grew."""

import struct
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint
from werkzeug.serving import make_server

from outreach.audit import signing, tree
from outreach.cli.audit import audit
from outreach.domain.checkpoint import cosign_checkpoint, open_checkpoint, sign_checkpoint
from outreach.domain.signed_note import KeyType, read_verifier
from outreach.extensions import db
from outreach.factory import create_app
from outreach.models import AuditCosignature, AuditEvent
from tests.audit.attacks import BATCHES, EDITS, edit, make_anew
from tests.audit.log import as_superuser, make_log
from tests.databases import free_port
from tests.sealed_log import signer
from tests.settings import make_settings

NAME = "charity.example/witness"


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site, answering on loopback at its public address."""
    port = free_port()
    settings = make_settings(
        database_url=database_url,
        instance_path=tmp_path,
        public_url=f"http://127.0.0.1:{port}",
        staff_url=f"http://localhost:{port}",
    )
    app = create_app(settings)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with app.app_context():
        yield app
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["outreach_engine"].close()
        db.session.remove()
        db.engine.dispose()


class Charity:
    """The second body's machine: its key, and what it remembers."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.url = app.extensions["outreach_settings"].public_url
        self.key_file, self.state = folder / "witness.key", folder / "last-head"

    def make_key(self) -> str:
        made = self.call("--new-key", NAME)
        assert made.exit_code == 0, made.output
        return made.output.splitlines()[-1]

    def sign(self, log_key: str) -> Result:
        return self.call(self.url, "--log-key", log_key, "--state", str(self.state))

    def call(self, *arguments: str) -> Result:
        db.session.rollback()
        command = ["witness", "--key-file", str(self.key_file), *arguments]
        return CliRunner().invoke(audit, command)


@pytest.fixture
def charity(app: Flask, tmp_path: Path) -> Charity:
    return Charity(app, tmp_path)


def trust(key: str) -> None:
    db.session.rollback()
    assert CliRunner().invoke(audit, ["trust-witness", key]).exit_code == 0


def log_key() -> str:
    return signing.verifiers()[0].text()


def test_a_second_body_signs_and_its_line_stands_under_the_head(
    app: Flask, charity: Charity
) -> None:
    make_log(300)
    key = charity.make_key()
    trust(key)
    assert (charity.key_file.stat().st_mode & 0o777) == 0o600
    done = charity.sign(log_key())
    assert done.output.startswith("SIGNED help.test/audit at 301 entries"), done.output
    db.session.rollback()
    head = open_checkpoint(
        tree.with_cosignatures(tree.newest_cosigned()), signing.verifiers(), [read_verifier(key)]
    )
    assert [one.key.name for one in head.cosigners()] == [NAME]
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.object_id) == ("audit.cosigned", "301")


def test_what_it_signed_is_read_by_the_specification_and_by_another_program(
    app: Flask, charity: Charity, anonymous: FlaskClient
) -> None:
    """C2SP tlog-cosignature, read here by hand: the key's number, the time within what is signed.

    What is read is what the public address gives to anybody.
    """
    make_log(300)
    key = charity.make_key()
    trust(key)
    before = int(time.time())
    assert charity.sign(log_key()).exit_code == 0
    url = app.extensions["outreach_settings"].public_url
    note = anonymous.get("/audit/checkpoint/cosigned", base_url=url).text
    body, _, lines = note.rpartition("\n\n")
    _, name, value = lines.splitlines()[-1].split(" ")
    number, seconds, signature = struct.unpack(">4sQ64s", b64decode(value))
    public = b64decode(key.split("+", 2)[2])
    assert (name, public[0]) == (NAME, 4)
    assert number == sha256(f"{NAME}\n".encode() + public).digest()[:4]
    assert number.hex() == key.split("+")[1]
    assert before <= seconds <= time.time()
    signed = f"cosignature/v1\ntime {seconds}\n{body}\n".encode()
    verifier = Ed25519PublicKey.from_public_bytes(public[1:])
    verifier.verify(signature, signed)
    for bent in (signed.replace(b"301", b"302"), signed.replace(b"time ", b"time 1")):
        with pytest.raises(InvalidSignature):
            verifier.verify(signature, bent)
    theirs = Checkpoint.from_text(note)
    assert theirs.size == 301
    for vkey in (key, log_key()):
        theirs.verify(Vkey.from_string(vkey))


def test_it_signs_again_as_the_log_grows(app: Flask, charity: Charity) -> None:
    make_log(30)
    trust(charity.make_key())
    for size in (300, 1, 900, 2):
        charity.sign(log_key())
        make_log(size)
        assert charity.sign(log_key()).exit_code == 0
    assert charity.sign(log_key()).exit_code == 0  # nothing new is no fault


def test_it_does_not_sign_a_log_that_was_rewritten(app: Flask, charity: Charity) -> None:
    make_log(*BATCHES)
    trust(charity.make_key())
    assert charity.sign(log_key()).exit_code == 0
    own = signing.signer()
    with as_superuser() as connection:
        edit(connection, EDITS[0])
        make_anew(connection, lambda head: sign_checkpoint(head, own))
    refused = charity.sign(log_key())
    assert refused.exit_code == 1
    assert refused.output.startswith("NOT SIGNED split view. Its first 320 entries")
    make_log(50)
    assert charity.sign(log_key()).output.startswith("NOT SIGNED split view.")


def test_it_does_not_sign_a_log_that_was_rolled_back(app: Flask, charity: Charity) -> None:
    make_log(30, 20)
    trust(charity.make_key())
    assert charity.sign(log_key()).exit_code == 0
    with as_superuser() as connection:
        connection.execute(text("DELETE FROM audit_cosignature"))
        connection.execute(text("DELETE FROM audit_checkpoint WHERE tree_size = 51"))
    refused = charity.sign(log_key())
    assert refused.exit_code == 1
    assert "cut off. It has 31 entries; it had 51 when last signed" in refused.output


def test_it_does_not_sign_under_another_key(app: Flask, charity: Charity) -> None:
    make_log(30)
    trust(charity.make_key())
    refused = charity.sign(signer(5, signing.origin()).verifier.text())
    assert refused.output.startswith("NOT SIGNED forged signature.")
    assert not charity.state.exists()


def test_a_body_that_the_log_does_not_know_is_turned_away(app: Flask, charity: Charity) -> None:
    make_log(30)
    charity.make_key()
    refused = charity.sign(log_key())
    assert refused.exit_code == 1
    assert "answered 403. No second body that this log knows has signed this." in refused.output
    assert db.session.scalars(select(AuditCosignature)).all() == []


def test_a_log_that_does_not_answer_is_said_in_a_sentence(app: Flask, charity: Charity) -> None:
    charity.make_key()
    charity.url = f"http://127.0.0.1:{free_port()}"
    refused = charity.sign(signer(5, "log.example").verifier.text())
    assert refused.exit_code == 1
    assert "does not answer (ConnectionError)." in refused.output


def test_a_key_is_never_written_over_and_a_wrong_one_is_refused(
    app: Flask, charity: Charity
) -> None:
    missing = charity.sign(signer(5, "log.example").verifier.text())
    assert "make one with --new-key" in missing.output
    charity.make_key()
    assert "is there already" in charity.call("--new-key", NAME).output
    charity.key_file.write_text(signer(5, "log.example").secret_text())
    assert "This key does not cosign" in charity.sign(signer(5, "x").verifier.text()).output
    assert "PRIVATE" not in charity.sign(signer(5, "x").verifier.text()).output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda note: note.replace("\n31\n", "\n30\n"), "not one of the log's signed heads"),
        (lambda note: "x", "cannot be read"),
        (lambda note: note[:-30] + "AAAAAAAAAA" + note[-20:], "forged"),
        (lambda note: "\u2014".join(note.split("\u2014")[:-1]), "No second body"),
    ],
)
def test_what_is_posted_is_checked(app: Flask, charity: Charity, change, said: str) -> None:
    make_log(30)
    witness = signer(9, NAME, KeyType.COSIGNATURE)
    trust(witness.verifier.text())
    note = cosign_checkpoint(tree.newest().note, witness, 1_767_225_600)
    answer = _client(app).post("/audit/cosignature", data=change(note))
    assert (answer.status_code, said in answer.text) == (403, True), answer.text
    db.session.rollback()
    assert db.session.scalars(select(AuditCosignature)).all() == []


def test_a_signature_from_the_future_is_refused_and_a_large_body_too(app: Flask) -> None:
    make_log(30)
    witness = signer(9, NAME, KeyType.COSIGNATURE)
    trust(witness.verifier.text())
    note = cosign_checkpoint(tree.newest().note, witness, 4_000_000_000)
    assert "future" in _client(app).post("/audit/cosignature", data=note).text
    assert _client(app).post("/audit/cosignature", data="x" * 5000).status_code == 413


def test_a_second_body_can_be_let_go(app: Flask) -> None:
    make_log(30)
    witness = signer(9, NAME, KeyType.COSIGNATURE)
    trust(witness.verifier.text())
    again = CliRunner().invoke(audit, ["trust-witness", witness.verifier.text()])
    assert "There is already a key of the name" in again.output
    gone = CliRunner().invoke(audit, ["trust-witness", "--remove", NAME])
    assert (gone.exit_code, gone.output) == (0, "")
    assert (
        "no key of the name"
        in CliRunner().invoke(audit, ["trust-witness", "--remove", NAME]).output
    )
    actions = db.session.scalars(select(AuditEvent.action)).all()
    assert actions.count("setting.changed") >= 2


def _client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_HOST"] = app.config["PUBLIC_HOST"]
    return client
