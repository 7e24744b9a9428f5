"""Needs that somebody told us of, and how it stands with them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.screening.cards import NeedCard
from waypost.screening.words import category_choices, status_name, wants_help_choices
from waypost.web.staff.forms.base import Day

WORDS = 2000


class NeedForm(forms.Form):
    """A need without a screening."""

    category = forms.ChoiceField(label=_("What is needed?"))
    wants_help = forms.ChoiceField(
        label=_("Is help wanted with it?"),
        widget=forms.RadioSelect,
        initial="yes",
        help_text=_("Having a need and wanting help with it are two answers."),
    )
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("This stays with you. A referral tells others only what you write for them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("Choose one")), *category_choices()]  # type: ignore[attr-defined]
        self.fields["wants_help"].choices = wants_help_choices()  # type: ignore[attr-defined]


class NeedStatusForm(forms.Form):
    """How it stands with a need now, as the person says."""

    status = forms.ChoiceField(label=_("How does it stand now?"), widget=forms.RadioSelect)
    wants_help = forms.ChoiceField(
        label=_("Is help wanted with it?"), widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        label=_("In their own words"),
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ask_again_on = Day(
        label=_("Ask again on"),
        required=False,
        future=730,
        help_text=_("Needs come back. Leave it empty if there is nothing to ask."),
    )

    def __init__(self, need: NeedCard, data: Mapping[str, Any] | None = None) -> None:
        first = {"status": need.status, "wants_help": need.wants_help, "words": need.words}
        super().__init__(data, initial=first)
        own = {"open": _("Still there"), "met": _("Met, for now")}
        ways = dict.fromkeys((need.status, *need.moves))
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (code, own.get(code) or status_name(code)) for code in ways
        ]
        self.fields["wants_help"].choices = wants_help_choices()  # type: ignore[attr-defined]
