"""Digests in tables while keys are changed: each row says under how many keys it stands.

In Python a digest is always in its newest form, so that two of one number are equal. In a table
it may still be in an older one: 32 bytes under the first key alone, and one byte more, the count
of keys, under several. What is compared is every form that is known, so that rows of before and
after are both found. Only `rekeying/service.py` brings rows on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, Dialect, LargeBinary, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import operators
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from outreach.keys import Digest, KeyRing

BYTES = 32


class DigestUse(StrEnum):
    """Standing: what keeps a number from being texted. Campaign: all the rest.

    The standing ones are brought on first and to the end: a digest read from a campaign's row is
    known in its own form and later ones only, and must find whatever stands against it.
    """

    STANDING = "standing"
    CAMPAIGN = "campaign"


@dataclass
class _InUse:
    """This process's ring, and under how many of its keys new rows are written."""

    ring: KeyRing | None = None
    standing: int = 1
    campaign: int = 1


_in_use = _InUse()


def use(ring: KeyRing, *, standing: int | None = None, campaign: int | None = None) -> None:
    """From now on. Without counts, new rows are written under all keys of the ring."""
    _in_use.ring = ring
    _in_use.standing = standing or ring.generations
    _in_use.campaign = campaign or ring.generations


def stored_forms(digest: bytes) -> list[bytes]:
    """Every form under which a row of this digest may be found, for a statement of one's own."""
    ring = _in_use.ring
    if ring is None or ring.generations == 1:
        return [bytes(digest)]
    older = digest.older if isinstance(digest, Digest) else ()
    first = ring.generations - len(older)
    forms = [*older, bytes(digest)]
    return [_tagged(form, first + place) for place, form in enumerate(forms)]


def read_stored(stored: bytes) -> bytes:
    """A row's digest in its newest form, with the forms it may have elsewhere."""
    ring = _in_use.ring
    if ring is None or ring.generations == 1:
        return stored
    forms = ring.later_forms(stored[-BYTES:], _generation(stored))
    return Digest(forms[-1], forms[:-1])


def _generation(stored: bytes) -> int:
    return stored[0] if len(stored) > BYTES else 1


def _tagged(form: bytes, generation: int) -> bytes:
    return form if generation == 1 else bytes([generation]) + form


class _DigestList(TypeDecorator[list[bytes]]):
    """Many stored digests as one parameter: an array, or hexadecimal in JSON for SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(LargeBinary))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return value
        return json.dumps([form.hex() for form in value])


class _Listed(FunctionElement[bytes]):
    """What stands to the right of IN. A parameter for each of thousands costs more than the
    look-up itself."""

    inherit_cache = True
    type = LargeBinary()

    def __init__(self, digests: list[bytes]) -> None:
        super().__init__(bindparam(None, digests, type_=_DigestList()))


@compiles(_Listed)
def _as_rows_of_json(element: _Listed, compiler: SQLCompiler, **kwargs: Any) -> str:
    """`unhexed` is ours: see `transaction.set_up_engine`. SQLite has its own from 3.41 on."""
    listed = compiler.process(element.clauses, **kwargs)
    return f"(SELECT unhexed(value) FROM json_each({listed}))"  # noqa: S608 a parameter  # nosec B608


@compiles(_Listed, "postgresql")
def _as_rows_of_array(element: _Listed, compiler: SQLCompiler, **kwargs: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **kwargs)}))"


class _Comparing(TypeDecorator.Comparator[bytes]):
    """Equality with every known form."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        if op is operators.eq and isinstance(other[0], bytes):
            forms = stored_forms(other[0])
            if len(forms) > 1:
                return super().operate(operators.in_op, [_Stored(form) for form in forms])
        if op is operators.in_op and isinstance(other[0], Sequence | set | frozenset):
            every = [form for each in other[0] for form in stored_forms(each)]
            return self.expr.op("IN", is_comparison=True)(_Listed(every))
        return super().operate(op, *other, **kwargs)


class _Stored(bytes):
    """Already as a row has it."""


def as_stored(digest: bytes) -> bytes:
    """A digest in its newest form as a row has it, to be written so whatever the stage."""
    return _Stored(stored_forms(bytes(digest))[-1])


class KeyedDigest(TypeDecorator[bytes]):
    """A digest column. `use` says when its rows are brought under a new key."""

    impl = LargeBinary(BYTES + 1)
    cache_ok = True
    comparator_factory = _Comparing

    def __init__(self, use: DigestUse) -> None:
        super().__init__()
        self.use = use

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        if value is None or isinstance(value, _Stored):
            return value
        forms = stored_forms(value)
        if len(forms) == 1:
            return forms[0]
        ring = _in_use.ring
        newest = ring.generations if ring else 1
        wanted = _in_use.standing if self.use is DigestUse.STANDING else _in_use.campaign
        return forms[max(len(forms) - 1 - (newest - wanted), 0)]

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else read_stored(bytes(value))
