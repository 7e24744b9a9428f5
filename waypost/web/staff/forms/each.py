"""One form, not the same for every organization named: what each is told, what for, whether it may answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.disclosure.words import matter_name, purpose_name, topic_name
from waypost.network.cards import OrganizationCard
from waypost.web.staff.forms.consents import ALWAYS, AgreementForm


class EachForm(forms.Form):
    """What the person says of one organization, within what was chosen for all."""

    topics = forms.MultipleChoiceField(
        label=_("What may they be told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing, or go back and leave this one out.")},
    )
    purposes = forms.MultipleChoiceField(
        label=_("What for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what they may use it for.")},
    )
    sensitive = forms.MultipleChoiceField(
        label=_("Especially sensitive matters"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reply = forms.BooleanField(label=_("They may tell us how it went"), required=False)
    sent = forms.CharField(widget=forms.HiddenInput, initial="yes", required=False)

    def __init__(self, card: OrganizationCard, whole: AgreementForm, data: Mapping[str, Any] | None) -> None:
        prefix = f"each-{card.id}"
        needs = [code for code in whole.chosen_topics() if code not in ALWAYS]
        aims = whole.chosen_purposes()
        super().__init__(
            data if data is not None and f"{prefix}-sent" in data else None,
            prefix=prefix,
            initial={
                "sensitive": whole.covered(),
                "topics": needs,
                "purposes": aims,
                "reply": whole.cleaned_data["reply"],
            },
        )
        self.card = card
        self.offered = tuple(aims)
        self.fields["topics"].choices = [(code, _start(topic_name(code))) for code in needs]  # type: ignore[attr-defined]
        self.fields["purposes"].choices = [(code, _start(purpose_name(code))) for code in aims]  # type: ignore[attr-defined]
        matters = [(code, _start(matter_name(code))) for code in whole.covered()]
        self.fields["sensitive"].choices = matters  # type: ignore[attr-defined]
        if not matters:
            del self.fields["sensitive"]
        if len(aims) == 1:
            del self.fields["purposes"]

    def needs(self) -> tuple[str, ...]:
        """Which needs this organization may be told of."""
        return tuple(self.cleaned_data["topics"])

    def aims(self) -> tuple[str, ...]:
        """What it may use this for."""
        return tuple(self.cleaned_data.get("purposes") or self.offered)

    def covered(self) -> frozenset[str]:
        """The sensitive matters that it may be told of."""
        return frozenset(self.cleaned_data.get("sensitive", []))

    def may_answer(self) -> bool:
        """Whether it may tell us how it went."""
        return bool(self.cleaned_data["reply"])


def each_form(
    whole: AgreementForm, cards: Iterable[OrganizationCard], data: Mapping[str, Any]
) -> list[EachForm]:
    """One for every organization named; none where the answer is the same for all."""
    named = list(cards)
    if not whole.cleaned_data["differs"] or len(named) <= 1:
        return []
    return [EachForm(card, whole, data) for card in named]


def hidden(found: Iterable[EachForm], data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was said, to be carried by the next page."""
    return [
        (each.add_prefix(name), value)
        for each in found
        for name in each.fields
        for value in data.getlist(each.add_prefix(name))  # type: ignore[attr-defined]
    ]


def _start(name: str) -> str:
    return name[:1].upper() + name[1:]
