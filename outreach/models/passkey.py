"""Passkeys: public keys only, nothing here is secret (WebAuthn Level 2)."""

from datetime import datetime

from flask_security import AsaList, WebAuthnMixin
from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime


class Passkey(Base, WebAuthnMixin):
    """A credential of one person; the names of the columns are those Flask-Security asks for."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(Text)
    lastuse_datetime: Mapped[datetime] = mapped_column(UtcDateTime)
    usage: Mapped[str] = mapped_column(String(20))
    """`first` signs in by itself; `secondary` takes the place of a code after the password."""
