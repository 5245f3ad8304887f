"""Recovery codes: ten, each for one sign-in, kept as Argon2 hashes only (ASVS 5.0, 6.5.2)."""

import secrets

from flask_security import MfRecoveryCodesUtil, UserMixin, hash_password, verify_password

from outreach.accounts import sign_ins
from outreach.audit import service as audit
from outreach.domain.audit import AuditAction
from outreach.extensions import db

HOW_MANY = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32, without I, L, O and U: sixteen of them are 80 bits."""


class HashedRecoveryCodes(MfRecoveryCodesUtil):
    """In the place of Flask-Security's own, which keeps codes so that they can be read again."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """New codes in the place of the old; the only time they can be seen."""
        codes = [new_recovery_code() for _ in range(HOW_MANY)]
        user.mf_recovery_codes = [hash_password(_plain(code)) for code in codes]
        audit.record(AuditAction.USER_RECOVERY_CODES_MADE, sign_ins.own(user.id), "user", user.id)
        return codes

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """None: nobody can read them again."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """As they are now, and locked: the same code sent twice at once opens once."""
        db.session.refresh(user, ["mf_recovery_codes"], with_for_update=True)
        return self._place_of(user, code) is not None

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Each opens once (ASVS 6.5.1)."""
        place = self._place_of(user, code)
        if place is None:
            return False
        kept = list(user.mf_recovery_codes or [])
        user.mf_recovery_codes = kept[:place] + kept[place + 1 :]
        return True

    def _place_of(self, user: UserMixin, code: str) -> int | None:
        hashes = user.mf_recovery_codes or []
        given = _plain(code)
        found = [verify_password(given, each) for each in hashes]
        return found.index(True) if True in found else None


def new_recovery_code() -> str:
    """Such as `7KQ2-M0ZD-XW4T-9BHC`."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(16))
    return "-".join(drawn[start : start + 4] for start in range(0, 16, 4))


def _plain(code: str) -> str:
    """As it was meant, however it was typed."""
    return "".join(c for c in code[:40].upper() if c.isalnum()).translate(
        str.maketrans("OIL", "011")
    )
