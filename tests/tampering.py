"""What the tests of tampering share: one sealed log, its lines, and what the verifier calls it."""

import pytest

from outreach.domain.audit_damage import AuditDamaged
from outreach.domain.audit_verify import Trust, verify_export
from tests.sealed_log import SealedLog

SIZE = 300
LOG = SealedLog(SIZE, sealed_at=range(50, SIZE, 50))
KEY = LOG.key.verifier
LINES = LOG.export()
Lines = list[bytes]


def damage_of(lines: Lines, trust: Trust | None = None) -> AuditDamaged:
    with pytest.raises(AuditDamaged) as found:
        verify_export(lines, trust or Trust([KEY]))
    return found.value


def place(index: int, lines: Lines = LINES) -> int:
    """Which line an entry has."""
    (found,) = [at for at, line in enumerate(lines) if b',"index":%d,' % index in line]
    return found


def forged_event(index: int) -> bytes:
    return LOG.events[index].replace(b'"approver"', b'"requester"')
