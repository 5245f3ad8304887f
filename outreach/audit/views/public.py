"""What anybody may fetch of the log: signed heads, tiles and proofs. Hashes only, no event.

Whoever keeps what was served here can show later that the log was rewritten, if it was.
"""

from base64 import b64encode
from collections.abc import Iterable

from flask import Response, abort, request

from outreach.audit import cosigning, signing, tree
from outreach.audit.views.common import blueprint
from outreach.domain.errors import OutreachError
from outreach.domain.merkle import HASH_SIZE
from outreach.domain.tiles import WIDTH, read_tile_path
from outreach.transaction import transaction
from outreach.web.permissions import machine

PROOF_TYPE = "c2sp.org/tlog-proof@v1"
FOR_EVER = "public, max-age=31536000, immutable"
NOTHING_SEALED = "Nothing has been sealed yet.\n"
LONGEST_COSIGNATURE = 4_096


@blueprint.get("/checkpoint")
@machine
def checkpoint() -> Response:
    """The newest signed head (C2SP tlog-checkpoint), with every second body's line under it."""
    head = tree.newest()
    return _text(tree.with_cosignatures(head)) if head else _text(NOTHING_SEALED, 404)


@blueprint.get("/checkpoint/cosigned")
@machine
def cosigned_checkpoint() -> Response:
    """The newest signed head that a second body has signed too."""
    head = tree.newest_cosigned()
    return _text(tree.with_cosignatures(head)) if head else _text("None is cosigned yet.\n", 404)


@blueprint.get("/key")
@machine
def key() -> Response:
    """The log's verifier keys, the newest first. Compare them with what you were given."""
    keys = signing.verifiers()
    return _lines(one.text() for one in keys) if keys else _text(NOTHING_SEALED, 404)


@blueprint.get("/tile/<path:path>")
@machine
def tile(path: str) -> Response:
    """A tile of hashes, whole or the part of it that is there (C2SP tlog-tiles)."""
    level, index, width = read_tile_path(path) or abort(404)
    head = tree.newest()
    if head is None or (index * WIDTH + width) << (8 * level) > head.tree_size:
        abort(404)
    hashes = tree.read_tile(level, index)[: width * HASH_SIZE]
    answer = Response(hashes, mimetype="application/octet-stream")
    answer.headers["Cache-Control"] = FOR_EVER
    return answer


@blueprint.get("/proof/<int:index>")
@machine
def proof(index: int) -> Response:
    """That an entry stands at its place under a signed head (C2SP tlog-proof); `size` asks for an
    older head than the newest."""
    size = request.args.get("size", type=int)
    head = tree.newest() if size is None else tree.at_size(size)
    if head is None or index >= head.tree_size:
        return _text("There is no such entry under that signed head.\n", 404)
    hashes = tree.prove_inclusion(index, head.tree_size)
    lines = [PROOF_TYPE, f"index {index}", *_base64(hashes), "", tree.with_cosignatures(head)]
    return _text("\n".join(lines))


@blueprint.get("/consistency/<int:old_size>/<int:size>")
@machine
def consistency(old_size: int, size: int) -> Response:
    """That the log of `old_size` entries is the beginning of that of `size` (RFC 6962 2.1.2):
    base64 hashes, one a line, none where it needs no proof."""
    head = tree.newest()
    if head is None or not old_size <= size <= head.tree_size:
        return _text("The log has not had these sizes.\n", 404)
    return _lines(_base64(tree.prove_consistency(old_size, size)))


@blueprint.post("/cosignature")
@machine
def cosign() -> Response:
    """A second body's signature under one of our heads: the note with its line, as plain text."""
    if (request.content_length or 0) > LONGEST_COSIGNATURE:
        abort(413)
    note = request.get_data(as_text=True)
    try:
        with transaction():
            cosigning.accept(note)
    except OutreachError as refusal:
        return _text(f"{refusal}\n", 403)
    return _text("Thank you. The signature is kept.\n")


def _base64(hashes: Iterable[bytes]) -> list[str]:
    return [b64encode(each).decode() for each in hashes]


def _lines(lines: Iterable[str]) -> Response:
    return _text("".join(f"{line}\n" for line in lines))


def _text(body: str, status: int = 200) -> Response:
    return Response(body, status, mimetype="text/plain")
