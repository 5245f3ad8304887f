"""The few errors a rule may raise. Each says a fact; the edges turn them into pages."""


class OutreachError(Exception):
    """A rule refused. The message is a full sentence fit for the person who asked."""


class NotAllowed(OutreachError):
    """This person may not do this, here or now."""


class MoveRefused(OutreachError):
    """A status cannot move that way from where it is."""


class Incomplete(OutreachError):
    """Something has to be filled in first."""


class ChangedMeanwhile(OutreachError):
    """What was looked at is no longer what is there."""
