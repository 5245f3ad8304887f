"""People at the pages of the suppression list."""

from tests.replies.conftest import ade, notify, reader_as, rosa, texted

__all__ = ["ade", "notify", "reader_as", "rosa", "texted"]
