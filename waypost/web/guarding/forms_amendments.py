"""Forms of requests to correct a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.guarding.words import denial_choices
from waypost.kernel.clock import today
from waypost.web.guarding.forms_copies import WordsForm
from waypost.web.staff.forms.base import Day

WORDS = 4000


class AmendmentForm(forms.Form):
    """What is wrong, how it should read, since when it is asked."""

    what = forms.CharField(
        label=_("What is wrong, and how should it read?"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write what is wrong.")},
    )
    why = forms.CharField(
        label=_("Why?"), required=False, max_length=WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
    asked_on = Day(label=_("When was it asked?"), past=365, help_text=_("The 60 days run from this day."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"asked_on": today()})


class AcceptForm(WordsForm):
    """What was corrected, and who is told."""

    told = forms.CharField(
        label=_("Who is told that it was corrected?"),
        help_text=_("Those whom the person names, and those who were told the wrong thing. Or “nobody”."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please say who is told.")},
    )


class DenyForm(WordsForm):
    """Why not."""

    reason = forms.ChoiceField(
        label=_("Why is it denied?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose why it is denied.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = denial_choices()  # type: ignore[attr-defined]
