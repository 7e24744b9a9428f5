"""Moves that want a reason, and words to the other side."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from waypost.referrals.choices import Reason
from waypost.web.staff.forms_referrals.handoff import WORDS_LIMIT

_ANSWERS = (
    Reason.NO_ROOM,
    Reason.FUNDS_GONE,
    Reason.NOT_ELIGIBLE,
    Reason.OUT_OF_AREA,
    Reason.DUPLICATE,
    Reason.OTHER,
)
REASONS: dict[str, tuple[Reason, ...]] = {
    "reject": _ANSWERS,
    "pause": (Reason.NO_ROOM, Reason.FUNDS_GONE, Reason.COULD_NOT_REACH, Reason.OTHER),
    "fail": (Reason.COULD_NOT_REACH, Reason.PERSON_DECLINED, *_ANSWERS),
    "cancel": (Reason.PERSON_DECLINED, Reason.COULD_NOT_REACH, Reason.DUPLICATE, Reason.OTHER),
}


class MoveForm(forms.Form):
    """A move of the machine; with a reason where its table wants one."""

    move = forms.CharField(widget=forms.HiddenInput, max_length=20)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose a reason.")},
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, move: str, words_label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["move"].initial = move
        reason = self.fields["reason"]
        if move not in REASONS:
            del self.fields["reason"]
        elif isinstance(reason, forms.ChoiceField):
            reason.choices = [(each.value, each.label) for each in REASONS[move]]
        if words_label:
            self.fields["words"].label = words_label


class NoteForm(forms.Form):
    """Words to the other side of a referral."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They will read this."),
        error_messages={"required": gettext_lazy("Please write something first.")},
    )
