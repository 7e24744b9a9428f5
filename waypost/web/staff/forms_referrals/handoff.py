"""How a referral is handed over."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kernel.clock import today
from waypost.referrals.cards import ReferralCard
from waypost.referrals.choices import Handoff, NextMove, Urgency
from waypost.referrals.services.sending import Plan
from waypost.web.staff.forms.base import Day

WORDS_LIMIT = 4000
CHECK_BACK_AFTER = timedelta(days=7)
FAR = 366  # days


class HandoffForm(forms.Form):
    """Way, next move, dates, words to the service. Offers only what is open for this referral."""

    handoff = forms.ChoiceField(label=gettext_lazy("How is it handed over?"), widget=forms.RadioSelect)
    next_move = forms.ChoiceField(label=gettext_lazy("Who moves first?"), widget=forms.RadioSelect)
    next_move_by = Day(
        label=gettext_lazy("By when?"),
        required=False,
        future=FAR,
        help_text=gettext_lazy("If there is a day for it."),
    )
    check_back_on = Day(future=FAR)
    person_knows = forms.BooleanField(required=False)
    urgency = forms.ChoiceField(
        label=gettext_lazy("How fast?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        initial=Urgency.ROUTINE,
    )
    words_to_recipient = forms.CharField(
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("They will read this. Leave out what they do not need to know."),
    )

    def __init__(
        self, *args: Any, person: str, service: str, may_tell: bool, has_inbox: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        names = {"person": person, "service": service}
        self.choices_of("handoff", _ways(names, may_tell=may_tell, has_inbox=has_inbox))
        self.choices_of("next_move", _first_moves(names))
        self.fields["check_back_on"].label = _("When do we ask %(person)s how it went?") % names
        self.fields["check_back_on"].help_text = _("As %(person)s asked.") % names
        self.fields["person_knows"].label = _("%(person)s knows what happens next") % names
        self.fields["words_to_recipient"].label = _("Words to %(service)s") % names
        if not may_tell:
            del self.fields["words_to_recipient"]

    def choices_of(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Give a choice field what it offers."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def plan(self) -> Plan:
        """What was entered, for the referrals room."""
        data = self.cleaned_data
        return Plan(
            handoff=data["handoff"],
            next_move=data["next_move"],
            next_move_by=data["next_move_by"],
            check_back_on=data["check_back_on"],
            person_knows=data["person_knows"],
            urgency=data["urgency"],
            words_to_recipient=data.get("words_to_recipient", ""),
        )


def _ways(names: dict[str, str], *, may_tell: bool, has_inbox: bool) -> list[tuple[str, str]]:
    ways = []
    if may_tell and has_inbox:
        ways.append((Handoff.INBOX.value, _("Send it to the Waypost inbox of %(service)s") % names))
    if may_tell:
        ways.append((Handoff.PHONE.value, _("We tell %(service)s by phone") % names))
    ways.append((Handoff.TOGETHER.value, _("We call %(service)s together with %(person)s") % names))
    ways.append((Handoff.TAKE_ALONG.value, _("%(person)s gets a list to take along") % names))
    return ways


def _first_moves(names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (NextMove.THEY_CALL.value, _("%(service)s calls %(person)s") % names),
        (NextMove.WE_CALL.value, _("We call %(service)s") % names),
        (NextMove.PERSON_GOES.value, _("%(person)s goes there") % names),
        (NextMove.TOGETHER.value, _("We call or go together") % names),
    ]


def first_values(card: ReferralCard, *, may_tell: bool, has_inbox: bool) -> dict[str, object]:
    """What the form starts with: what was kept with the draft, or else what is usual."""
    way = Handoff.INBOX if may_tell and has_inbox else Handoff.PHONE if may_tell else Handoff.TOGETHER
    move = NextMove.THEY_CALL if may_tell else NextMove.TOGETHER
    return {
        "handoff": card.handoff or way.value,
        "next_move": card.next_move or move.value,
        "next_move_by": card.next_move_by,
        "check_back_on": card.row.check_back_on or today() + CHECK_BACK_AFTER,
        "person_knows": card.person_knows,
        "urgency": card.row.urgency or Urgency.ROUTINE.value,
        "words_to_recipient": card.words_to_recipient,
    }
