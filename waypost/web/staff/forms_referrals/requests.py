"""Asking for a coordinator, and what the coordinator does with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from waypost.coordination import words
from waypost.coordination.services import Ask
from waypost.network.cards import TeamCard
from waypost.web.presenting import language_choices

NAME_LIMIT = 120
PHONE_LIMIT = 40
WORDS_LIMIT = 2000
WARM = "warm_handoff"  # a handoff in person, whether or not the box is ticked too


class AskForm(forms.Form):
    """The least that lets a coordinator begin: a name or a phone, and why."""

    person_name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=NAME_LIMIT)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=PHONE_LIMIT,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), initial="en")
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), error_messages={"required": gettext_lazy("Please choose a reason.")}
    )
    reason_words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Such as “cannot pay for insulin”."),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("How do you hand over?"), widget=forms.RadioSelect, initial="ehr"
    )
    warm = forms.BooleanField(label=gettext_lazy("I introduced them in person"), required=False)
    expects_call = forms.BooleanField(label=gettext_lazy("Knows about it and expects a call"), required=False)
    urgent = forms.BooleanField(label=gettext_lazy("This cannot wait until tomorrow"), required=False)
    referrer_role = forms.ChoiceField(label=gettext_lazy("You are"), initial="provider")
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)

    def __init__(self, *args: Any, teams: list[TeamCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "language", language_choices())
        _offer(self, "reason", [("", ""), *words.reason_choices()])
        _offer(self, "channel", words.channel_choices())
        _offer(self, "referrer_role", words.role_choices())
        _offer(self, "team", [("", ""), *((str(each.id), each.name) for each in teams)])
        if not teams:
            del self.fields["team"]

    def ask(self) -> Ask:
        """What was entered, for the coordination room."""
        data = self.cleaned_data
        team = data.get("team", "")
        return Ask(
            person_name=data["person_name"],
            phone=data["phone"],
            language=data["language"],
            reason=data["reason"],
            reason_words=data["reason_words"],
            channel=data["channel"],
            referrer_role=data["referrer_role"],
            team_id=UUID(team) if team else None,
            expects_call=data["expects_call"],
            warm=data["warm"] or data["channel"] == WARM,
            urgent=data["urgent"],
        )


class CloseForm(forms.Form):
    """Why a request is closed without being taken."""

    reason = forms.ChoiceField(label=gettext_lazy("Why is it closed?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Whoever asked will read this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reason", words.request_end_choices())


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
