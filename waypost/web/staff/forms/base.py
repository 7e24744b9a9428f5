"""What all forms share: days that can be right."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from waypost.kernel.clock import today

ISO = "%Y-%m-%d"
FEWEST_DIGITS = 7
ZIP = RegexValidator(r"^\d{5}(-\d{4})?$", later("A ZIP code has five digits, such as 98144."))


def check_text_only(form: forms.Form) -> None:
    """Where nobody may call, a text has to be fine, or the number is of no use."""
    typed = form.cleaned_data
    if typed.get("text_only") and not typed.get("may_text"):
        form.add_error("text_only", _("Say too that a text message is fine, or that the phone is not safe."))


class Day(forms.DateField):
    """A calendar day. ``past``/``future``: how many days from today it may lie; None where it may not."""

    def __init__(self, *, past: int | None = None, future: int | None = None, **kwargs: Any) -> None:
        self.past, self.future = past, future
        kwargs.setdefault("widget", forms.DateInput(format=ISO, attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {}).setdefault("invalid", _no_day())
        super().__init__(input_formats=[ISO, "%m/%d/%Y", "%d.%m.%Y"], **kwargs)

    def clean(self, value: Any) -> date | None:
        """The day, if it lies where it may."""
        found: date | None = super().clean(value)
        if found is None:
            return None
        earliest = today() - timedelta(days=self.past or 0)
        latest = today() + timedelta(days=self.future or 0)
        if found < earliest:
            raise forms.ValidationError(_in_the_past() if not self.past else _no_day(), code="early")
        if found > latest:
            raise forms.ValidationError(_in_the_future() if not self.future else _too_far(), code="late")
        return found


def _no_day() -> str:
    return _("This is not a date that can be right. Write it like 2026-12-31.")


def _in_the_past() -> str:
    return _("This day is in the past. Choose today or a later day.")


def _in_the_future() -> str:
    return _("This day has not come yet. Choose today or an earlier day.")


def _too_far() -> str:
    return _("This day is too far away. Choose an earlier one.")
