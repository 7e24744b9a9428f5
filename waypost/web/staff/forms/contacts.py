"""Contacts, whose move it is, the end of a follow-up, services given."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.coordination import words
from waypost.kernel.clock import today
from waypost.web.staff.forms.base import Day

NOTE = 2000


def _note(**words: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(required=False, max_length=NOTE, widget=area, **words)


class ContactForm(forms.Form):
    """A contact, logged in ten seconds: how, what came of it, when to ask again."""

    mode = forms.ChoiceField(label=_("How"), initial="phone", required=False)
    result = forms.ChoiceField(label=_("What came of it"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=NOTE)
    check_back_on = Day(label=_("Check back on"), required=False, future=730)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = words.contact_mode_choices()  # type: ignore[attr-defined]
        self.fields["result"].choices = words.contact_result_choices()  # type: ignore[attr-defined]


class NextMoveForm(forms.Form):
    """Who does what next, and when we ask again."""

    whose_move = forms.ChoiceField(label=_("Whose move is it?"), widget=forms.RadioSelect)
    next_move = forms.ChoiceField(label=_("What comes next?"))
    words = forms.CharField(label=_("In a few words"), required=False, max_length=200)
    check_back_on = Day(
        label=_("Check back on"), required=False, future=730, help_text=_("It comes up on your day then.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose_move"].choices = words.whose_move_choices()  # type: ignore[attr-defined]
        self.fields["next_move"].choices = words.next_move_choices()  # type: ignore[attr-defined]


class FollowUpEndForm(forms.Form):
    """Why the follow-up ends."""

    reason = forms.ChoiceField(label=_("Why does the follow-up end?"), widget=forms.RadioSelect)
    words = _note(label=_("In a few words"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = words.episode_end_choices()  # type: ignore[attr-defined]


class ServiceForm(forms.Form):
    """Something that was given to one's own client; no referral is needed."""

    what = forms.CharField(
        label=_("What was given?"),
        max_length=200,
        help_text=_("Such as “groceries for a week”."),
        error_messages={"required": _("Please say what was given.")},
    )
    on = Day(label=_("On"), past=366 * 2, initial=today)
    quantity = forms.CharField(
        label=_("How much"), max_length=60, required=False, help_text=_("Such as “2 bags” or “$80”.")
    )
    note = _note(label=_("Note"), help_text=_("Stays with you and your team."))


def soon(days: int = 7) -> str:
    """The day that a form proposes for asking again, as a date field writes it."""
    return (today() + timedelta(days=days)).isoformat()
