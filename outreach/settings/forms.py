"""The form of the settings page, made from the definitions."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import StringField, TextAreaField, ValidationError

from outreach.domain.settings import (
    SETTINGS,
    Definition,
    Group,
    Kind,
    SettingRefused,
    Value,
)


class _Read:
    """A validator: what was typed has to be a value of the setting."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    def __call__(self, form: FlaskForm, field: StringField) -> None:
        try:
            self._definition.read(field.data or "")
        except SettingRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


def _field(definition: Definition) -> StringField:
    is_long = definition.kind is Kind.TEXT
    make, widget = (TextAreaField, GovTextArea()) if is_long else (StringField, GovTextInput())
    return make(
        definition.label,
        widget=widget,
        description=definition.hint,
        validators=[_Read(definition)],
    )


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """A field for each definition, by its name."""

    @classmethod
    def showing(cls, stored: Mapping[str, Any]) -> "SettingsForm":
        """The values as they are, or as they were sent."""
        data = {each.name: each.shown(stored.get(each.name)) for each in SETTINGS}
        form: SettingsForm = cls(data=data)
        return form

    def fields_of(self, group: Group) -> list[tuple[Definition, StringField]]:
        return [(each, self[each.name]) for each in SETTINGS if each.group is group]

    @property
    def values(self) -> dict[str, Value]:
        """What to store, by name. Call after the form was found valid."""
        return {each.name: each.read(self[each.name].data or "") for each in SETTINGS}


for _definition in SETTINGS:
    setattr(SettingsForm, _definition.name, _field(_definition))
