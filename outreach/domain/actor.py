"""Who acts: a person under a role, or a named job."""

from dataclasses import dataclass

from outreach.domain.audit import ActorKind


@dataclass(frozen=True)
class Actor:
    """`name` is a user's id in text, or a job's name; `user_id` is set for people only."""

    kind: ActorKind
    name: str
    role: str | None = None
    user_id: int | None = None

    @classmethod
    def job(cls, name: str) -> "Actor":
        return cls(ActorKind.JOB, name)

    @classmethod
    def public(cls) -> "Actor":
        """Somebody on the landing page: nothing is known and nothing is kept."""
        return cls(ActorKind.PUBLIC, "public")
