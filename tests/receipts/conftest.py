"""Fixtures for whatever sends."""

from tests.sending.stage import notify, released, settings, threads_end

__all__ = ["notify", "released", "settings", "threads_end"]
