"""Forms of privacy incidents and legal demands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.guarding.services.incidents import Factors
from waypost.guarding.words import demand_kind_choices, incident_source_choices
from waypost.web.staff.forms.base import Day

WORDS = 4000


def _area(label: object, help_text: object = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        required=required,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write a few words.")},
    )


class IncidentForm(forms.Form):
    """Short, so that it is used."""

    words = _area(
        _("What happened?"), _("Leave out names where you can: the privacy officer asks for what is needed.")
    )
    source = forms.ChoiceField(label=_("Who noticed?"), widget=forms.RadioSelect, initial="worker")
    happened_on = Day(label=_("On which day, if you know?"), required=False, past=3650)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = incident_source_choices()  # type: ignore[attr-defined]


class AssessForm(forms.Form):
    """The four factors of 45 CFR 164.402(2)."""

    nature = _area(_("What was seen or told?"), _("Which facts, and how easily somebody is known by them."))
    who = _area(_("Who saw it or got it?"), _("And are they bound to keep it to themselves?"))
    acquired = _area(_("Was it really seen or taken, or only within reach?"))
    mitigated = _area(_("What lessened the harm?"), _("For example: got back, deleted, promised in writing."))
    people = forms.IntegerField(
        label=_("How many people does it concern, if known?"), required=False, min_value=1, max_value=10**7
    )
    low_risk = forms.ChoiceField(
        label=_("What follows?"),
        widget=forms.RadioSelect,
        choices=[
            ("no", _("A breach: the people have to be told.")),
            ("yes", _("The risk is low, and the words above show why.")),
        ],
        error_messages={"required": _("Please choose what follows.")},
    )

    def factors(self) -> Factors:
        """What was typed, as the service takes it."""
        typed = self.cleaned_data
        return Factors(
            nature=typed["nature"],
            who=typed["who"],
            acquired=typed["acquired"],
            mitigated=typed["mitigated"],
            low_risk=typed["low_risk"] == "yes",
            people=typed["people"],
        )


class ToldForm(forms.Form):
    """Who was told, and when."""

    told_on = Day(label=_("When were they told?"), past=365)
    words = _area(_("Who was told, and how?"), _("The people; from 500 on the press; the Secretary of HHS."))


class DemandForm(forms.Form):
    """Who asks, for what, until when."""

    kind = forms.ChoiceField(
        label=_("What came?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what came.")},
    )
    at_the_door = forms.BooleanField(label=_("They are here now"), required=False)
    asked_by = forms.CharField(
        label=_("Who asks?"),
        help_text=_("Name, office, badge number, phone: copy their card or paper."),
        max_length=300,
        error_messages={"required": _("Please write who asks.")},
    )
    asked_for = _area(_("What do they ask for?"), _("In their words. Do not look it up."))
    answer_by = Day(label=_("By which day, if they say?"), required=False, past=30, future=730)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = demand_kind_choices()  # type: ignore[attr-defined]
