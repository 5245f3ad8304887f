"""Notify's two error envelopes (contract section 3)."""

from collections.abc import Sequence
from typing import Any


class ApiError(Exception):
    """A refusal in the v2 envelope: one status, one or several (class, message) pairs."""

    def __init__(self, status: int, *errors: tuple[str, str]) -> None:
        super().__init__(status, errors)
        self.status = status
        self.errors: Sequence[tuple[str, str]] = errors

    def as_dict(self) -> dict[str, Any]:
        listed = [{"error": name, "message": message} for name, message in self.errors]
        return {"status_code": self.status, "errors": listed}


def bad_request(message: str) -> ApiError:
    return ApiError(400, ("BadRequestError", message))


def validation_error(*messages: str) -> ApiError:
    """Schema failures; duplicates are removed, the order is not promised."""
    unique = list(dict.fromkeys(messages))
    return ApiError(400, *(("ValidationError", message) for message in unique))


def auth_error(status: int, message: str) -> ApiError:
    return ApiError(status, ("AuthError", message))


def not_found() -> ApiError:
    return ApiError(404, ("NoResultFound", "No result found"))


def unhandled(exception_class: str) -> ApiError:
    return ApiError(500, (exception_class, "Internal server error"))


def legacy(message: str) -> dict[str, str]:
    """The old envelope, used for unmatched paths, wrong methods and admin-only paths."""
    return {"result": "error", "message": message}
