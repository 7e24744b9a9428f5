"""What a person says about sharing: first what is asked, then the words read aloud and the answer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.disclosure.words import matter_name, purpose_name, topic_name
from waypost.kernel.clock import today
from waypost.network.cards import OrganizationCard
from waypost.screening.cards import NeedCard
from waypost.screening.categories import NEEDS
from waypost.web.staff.forms.base import Day

ALWAYS = ("identity", "contact")
ONLY_IF_SAID = ("intimate-partner-violence", "elder-abuse")  # telling the wrong one endangers: never proposed
PARTNERS, NAMED = "partners", "named"
TEN_YEARS = 3652
CARE = "care_coordination"
PURPOSES = (CARE, "payment", "operations", "research")


def in_a_year() -> date:
    """What is proposed as the end: a year from today."""
    return today() + timedelta(days=365)


class AgreementForm(forms.Form):
    """What the person is asked to agree to."""

    topics = forms.MultipleChoiceField(
        label=_("What may be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that may be told.")},
    )
    more_topics = forms.MultipleChoiceField(
        label=_("Other needs"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sensitive = forms.MultipleChoiceField(
        label=_("Especially sensitive matters"),
        help_text=_("A need, or where somebody is sent, may tell of these. They want a signed agreement."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    recipient_class = forms.ChoiceField(
        label=_("To whom?"),
        widget=forms.RadioSelect,
        choices=[
            (PARTNERS, _("Any community partner that could help")),
            (NAMED, _("Only the organizations named below")),
        ],
        initial=PARTNERS,
    )
    recipients = forms.MultipleChoiceField(
        label=_("Named organizations"), widget=forms.CheckboxSelectMultiple, required=False
    )
    differs = forms.BooleanField(label=_("Not the same for each of them: ask me one by one"), required=False)
    tellers = forms.MultipleChoiceField(
        label=_("Who else may tell us"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A school, or a program for alcohol or drugs, tells only if it is named and signed for."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What for?"), widget=forms.CheckboxSelectMultiple, required=False, initial=[CARE]
    )
    ends_on = Day(label=_("Until"), future=TEN_YEARS, initial=in_a_year, help_text=_("Proposed: one year."))
    reply = forms.BooleanField(label=_("They may tell us how it went"), required=False, initial=True)

    def __init__(
        self,
        needs: Iterable[NeedCard],
        organizations: Iterable[OrganizationCard],
        *args: Any,
        told_by_service: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        near = list(dict.fromkeys(each.category for each in needs))
        self.fields["topics"].choices = [  # type: ignore[attr-defined]
            (code, _start(topic_name(code))) for code in (*near, *ALWAYS)
        ]
        self.fields["topics"].initial = [*(code for code in near if code not in ONLY_IF_SAID), *ALWAYS]
        self.fields["more_topics"].choices = [  # type: ignore[attr-defined]
            (code, topic_name(code)) for code in NEEDS if code not in near
        ]
        named = [(str(each.id), each.name) for each in organizations]
        for name in ("recipients", "tellers"):
            self.fields[name].choices = named  # type: ignore[attr-defined]
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (code, _start(purpose_name(code))) for code in PURPOSES
        ]
        matters = sorted({*told_by_service, *(code for need in needs for code in need.sensitivities)})
        self.fields["sensitive"].choices = [  # type: ignore[attr-defined]
            (code, _start(matter_name(code))) for code in matters
        ]
        if not matters:
            del self.fields["sensitive"]

    def clean(self) -> dict[str, Any]:
        """A referral needs to say who and how to reach them; named means that somebody is named."""
        typed = super().clean() or {}
        needs = set(typed.get("topics", [])) | set(typed.get("more_topics", []))
        if needs and not needs - set(ALWAYS) and "topics" not in self.errors:
            self.add_error("topics", _("Choose at least one need that may be told."))
        if typed.get("recipient_class") == NAMED and not typed.get("recipients"):
            self.add_error("recipients", _("Name at least one organization, or choose any partner above."))
        return typed

    def chosen_topics(self) -> list[str]:
        """Everything that may be told."""
        return [*self.cleaned_data["topics"], *self.cleaned_data["more_topics"]]

    def chosen_recipients(self) -> list[UUID]:
        """The organizations named, if only those."""
        if self.cleaned_data["recipient_class"] != NAMED:
            return []
        return [UUID(each) for each in self.cleaned_data["recipients"]]

    def chosen_tellers(self) -> list[UUID]:
        """Others who may tell us."""
        return [UUID(each) for each in self.cleaned_data["tellers"]]

    def chosen_purposes(self) -> list[str]:
        """What it may be used for; to arrange help where nothing was marked."""
        return list(self.cleaned_data["purposes"]) or [CARE]

    def covered(self) -> list[str]:
        """The sensitive matters that the agreement names."""
        return list(self.cleaned_data.get("sensitive", []))


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]
