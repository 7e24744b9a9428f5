"""Forms of emergency access and its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.guarding.services.emergency import Facts
from waypost.guarding.words import emergency_reason_choices
from waypost.web.staff.forms.base import Day

WORDS = 2000


class EmergencyForm(forms.Form):
    """Exact facts, what is at stake, what happened."""

    reference = forms.CharField(
        label=_("Number of a referral"), required=False, max_length=20, help_text=_("Such as R-2611-K7QXB.")
    )
    given_name = forms.CharField(label=_("First name"), required=False, max_length=120)
    family_name = forms.CharField(label=_("Last name"), required=False, max_length=120)
    birth_date = Day(label=_("Birth date"), required=False, past=130 * 366)
    phone = forms.CharField(
        label=_("Phone number"), required=False, max_length=40, help_text=_("All ten digits.")
    )
    reason = forms.ChoiceField(
        label=_("What is at stake?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is at stake.")},
    )
    words = forms.CharField(
        label=_("What happened, and what do you need to know?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both privacy officers read this."),
        error_messages={"required": _("Please say in words what happened.")},
    )
    sure = forms.BooleanField(
        label=_("It is an emergency now, and I cannot get this another way in time."),
        error_messages={"required": _("Please confirm this, or go back.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = emergency_reason_choices()  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return Facts(
            reference=typed["reference"],
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            birth_date=typed["birth_date"],
            phone=typed["phone"],
        )


class ReviewForm(forms.Form):
    """Justified or not, and how one knows."""

    words = forms.CharField(
        label=_("How do you know?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: whom you asked, and what they said."),
        error_messages={"required": _("Please say in a few words how you know.")},
    )
