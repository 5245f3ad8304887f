"""Why a question to Notify got no answer. Each says what to do."""

from outreach.domain.errors import OutreachError


class NotifyError(OutreachError):
    """A question to Notify got no answer."""


class NotifyUnavailable(NotifyError):
    """Notify could not be reached, or failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"GOV.UK Notify did not answer ({reason}). Wait a minute and try again; "
            "if it goes on, look at https://status.notifications.service.gov.uk."
        )
        self.reason = reason


class NotifyKeyRefused(NotifyError):
    """Notify refused the API key."""

    def __init__(self, message: str) -> None:
        super().__init__(
            f"GOV.UK Notify refused the API key ({message}). Check OUTREACH_NOTIFY_API_KEY, "
            "OUTREACH_NOTIFY_BASE_URL and this machine's clock."
        )
        self.message = message


class NotifyKeyMalformed(NotifyError):
    """The setting does not hold an API key."""

    def __init__(self) -> None:
        super().__init__(
            "The Notify API key is not a name, a service id and a secret joined by hyphens. "
            "Copy the whole key from Notify's API integration page."
        )


class TemplateMissing(NotifyError):
    """Notify does not have this template."""

    def __init__(self, template_id: str) -> None:
        super().__init__(
            f"GOV.UK Notify has no template {template_id}. It may have been deleted there; "
            "choose another template."
        )
        self.template_id = template_id


class PreviewRefused(NotifyError):
    """Notify would not preview the template with these values."""

    def __init__(self, message: str) -> None:
        super().__init__(f"GOV.UK Notify could not fill in the template: {message}")
        self.message = message
