"""What happened: as the service reports it, and as the sender hears it from the person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.referrals.choices import Fact, Reason, Source
from waypost.web.staff.forms_referrals.handoff import WORDS_LIMIT

WHYS = [each for each in Reason if each != Reason.AGREEMENT_ENDED]


@dataclass(frozen=True, slots=True)
class Said:
    """One report to be written."""

    fact: str
    source: str
    why: str = ""
    words: str = ""
    scheduled_for: datetime | None = None


class OutcomeForm(forms.Form):
    """What both sides share: a fact, why not, a few words."""

    fact = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please say what happened.")},
    )
    why = forms.ChoiceField(
        label=gettext_lazy("If it was not received: why?"),
        required=False,
        choices=[("", gettext_lazy("Choose why")), *((each.value, each.label) for each in WHYS)],
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Not received wants a reason."""
        data = super().clean() or {}
        if data.get("fact") == Fact.NOT_RECEIVED and not data.get("why"):
            self.add_error("why", _("Please choose why."))
        return data

    def _why(self) -> str:
        data = self.cleaned_data
        return str(data["why"]) if data["fact"] == Fact.NOT_RECEIVED else ""


class PartnerForm(OutcomeForm):
    """The service reports. A date makes it "set a date"."""

    scheduled_for = forms.DateTimeField(
        label=gettext_lazy("If a date was set: when?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    field_order = ("fact", "why", "scheduled_for", "words")

    def __init__(self, *args: Any, person: str, only: str = "", sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["fact"], _partner_facts(person))
        if sender:
            self.fields["words"].label = _("Words to %(name)s") % {"name": sender}
            self.fields["words"].help_text = _("They will read this.")
        if only == Fact.SCHEDULED:
            self.fields["fact"] = forms.CharField(widget=forms.HiddenInput, initial=only)
            self.fields["scheduled_for"].label = _("Day and time")
            self.fields["scheduled_for"].required = True
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """A date that was set wants its day and time."""
        data = super().clean()
        if data.get("fact") == Fact.SCHEDULED and not data.get("scheduled_for"):
            self.add_error("scheduled_for", _("Please give the day and time."))
        return data

    def reports(self) -> list[Said]:
        """What was entered, for the referrals room."""
        data = self.cleaned_data
        dated = data["fact"] == Fact.SCHEDULED
        return [
            Said(
                fact=data["fact"],
                source=Source.PARTNER.value,
                why=self._why() if "why" in self.fields else "",
                words=data["words"],
                scheduled_for=data["scheduled_for"] if dated else None,
            )
        ]


class PersonForm(OutcomeForm):
    """The sender writes down what the person says, or what was found out; and whether the need is met."""

    source = forms.ChoiceField(label=gettext_lazy("Who says so?"), widget=forms.RadioSelect)
    need = forms.ChoiceField(
        label=gettext_lazy("And the need?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", gettext_lazy("Did not ask")),
            (Fact.NEED_MET.value, Fact.NEED_MET.label),
            (Fact.NEED_OPEN.value, Fact.NEED_OPEN.label),
        ],
        initial="",
    )
    field_order = ("source", "fact", "why", "need", "words")

    def __init__(
        self, *args: Any, person: str, service: str, outside: bool, contradictory: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = {"person": person, "service": service}
        sources = [(Source.PERSON.value, _("%(person)s told us") % names)]
        if outside:
            sources.append((Source.PARTNER.value, _("%(service)s told us") % names))
        sources.append((Source.COORDINATOR.value, _("We asked both: this is how it was")))
        _offer(self.fields["source"], sources)
        self.fields["source"].initial = (Source.COORDINATOR if contradictory else Source.PERSON).value
        _offer(self.fields["fact"], _person_facts(names))

    def clean(self) -> dict[str, Any]:
        """Whether the need is met is the person's word."""
        data = super().clean()
        if data.get("need") and data.get("source") != Source.PERSON:
            self.add_error("need", _("Whether the need is met is the person's word."))
        return data

    def reports(self) -> list[Said]:
        """One report, and a second one on the need where it was asked."""
        data = self.cleaned_data
        found = [Said(fact=data["fact"], source=data["source"], why=self._why(), words=data["words"])]
        if data["need"]:
            found.append(Said(fact=data["need"], source=Source.PERSON.value))
        return found


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _partner_facts(person: str) -> list[tuple[str, str]]:
    names = {"person": person}
    return [
        (Fact.RECEIVED.value, _("%(person)s received the service") % names),
        (Fact.PARTLY.value, _("%(person)s received part of it") % names),
        (Fact.NOT_RECEIVED.value, _("%(person)s did not receive it") % names),
        (Fact.SCHEDULED.value, _("We set a date")),
        (Fact.CONTACTED.value, _("We got in touch with %(person)s") % names),
        (Fact.MISSED.value, _("%(person)s didn't make it to the date") % names),
    ]


def _person_facts(names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (Fact.RECEIVED.value, _("%(person)s received the service") % names),
        (Fact.PARTLY.value, _("%(person)s received part of it") % names),
        (Fact.NOT_RECEIVED.value, _("%(person)s did not receive it") % names),
        (Fact.CONTACTED.value, _("Nothing yet, but they are in touch")),
        (Fact.MISSED.value, _("%(person)s didn't make it to the date") % names),
    ]
