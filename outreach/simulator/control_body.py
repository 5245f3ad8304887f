"""Reading the small JSON bodies of the control API, with errors that say what is wrong."""

from typing import Any, TypeVar

from flask import request

T = TypeVar("T")


class ControlRefusedError(Exception):
    """A control request that makes no sense; `args[0]` says why."""


class Body:
    """A JSON object whose every member has to be understood."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = dict(values)

    @classmethod
    def of_request(cls) -> "Body":
        """The body of the current request; none at all counts as an empty object."""
        if not request.get_data():
            return cls({})
        values = request.get_json(force=True, silent=True)
        if not isinstance(values, dict):
            raise ControlRefusedError("The body must be a JSON object.")
        return cls(values)

    def has(self, name: str) -> bool:
        return name in self._values

    def take(self, name: str, kind: type[T], default: T | None = None) -> T | None:
        """A member of one type, or the default when it is absent or null."""
        value = self._values.pop(name, None)
        if value is None:
            return default
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ControlRefusedError(f"{name} must be of type {kind.__name__}.")
        return value

    def need(self, name: str, kind: type[T]) -> T:
        """A member that must be there."""
        value = self.take(name, kind)
        if value is None:
            raise ControlRefusedError(f"{name} is missing.")
        return value

    def done(self) -> None:
        """Refuse members nobody took, so that a misspelt one is noticed; nulls do not matter."""
        left = sorted(name for name, value in self._values.items() if value is not None)
        if left:
            raise ControlRefusedError(f"Not understood: {', '.join(left)}.")
