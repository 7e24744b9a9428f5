"""Forms of holds."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = 1000


class HoldForm(forms.Form):
    """Why, and which legal demand is behind it."""

    reason = forms.CharField(
        label=_("Why is it held?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write why it is held.")},
    )
    demand = forms.ChoiceField(label=_("Because of a legal demand?"), required=False)

    def __init__(self, data: Any = None, *, demands: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["demand"].choices = [("", _("No, for another reason")), *demands]  # type: ignore[attr-defined]

    @property
    def demand_id(self) -> UUID | None:
        """The demand behind it."""
        chosen = self.cleaned_data.get("demand")
        return UUID(chosen) if chosen else None
