"""What an administrator decides: the templates that may be used, and named settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from outreach.models.base import Base, UtcDateTime


class AllowedTemplate(Base):
    """A Notify template that requesters may choose."""

    __tablename__ = "allowed_template"

    template_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    allowed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Setting(Base):
    """One named setting, such as the price of a fragment; defaults are in `domain/settings.py`."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
