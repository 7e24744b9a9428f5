"""Every other way to reach somebody, each with what to mind: a second phone, an e-mail, another address."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from waypost.people.cards import ContactCard, PersonCard
from waypost.people.choices import BelongsTo, Safety
from waypost.people.services import Contact
from waypost.web.staff.forms.base import FEWEST_DIGITS, ZIP, check_text_only

KINDS = [("phone", _("Phone")), ("email", _("E-mail")), ("address", _("Address"))]
MOST = 12  # of one person; more would be a mistake


class WayForm(forms.Form):
    """One way; empty or marked as ended: it is not kept. What was there before stays in the past."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, required=False)
    value = forms.CharField(label=_("Number or address"), max_length=300, required=False)
    postal_code = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        required=False,
        validators=[ZIP],
        help_text=_("For an address."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    may_text = forms.BooleanField(label=_("A text message is fine"), required=False)
    may_leave_message = forms.BooleanField(label=_("A voice message is fine"), required=False)
    text_only = forms.BooleanField(label=_("Do not call: text only"), required=False)
    safety = forms.ChoiceField(label=_("Is it safe?"), choices=Safety.choices, required=False)
    belongs_to = forms.ChoiceField(label=_("Whose is it?"), choices=BelongsTo.choices, required=False)
    safe_hours = forms.CharField(label=_("Safe hours"), max_length=100, required=False)
    code_word = forms.CharField(label=_("Code word"), max_length=60, required=False)
    note = forms.CharField(label=_("Good to know before using it"), max_length=200, required=False)
    ended = forms.BooleanField(label=_("This is not theirs any more: take it out"), required=False)

    def clean(self) -> dict[str, Any]:
        """A number that can be dialed, an address of a mailbox."""
        typed = super().clean() or {}
        value, kind = typed.get("value", "").strip(), typed.get("kind") or "phone"
        if typed.get("ended") or not value:
            return typed
        if kind == "phone" and sum(each.isdigit() for each in value) < FEWEST_DIGITS:
            self.add_error("value", _("A phone number has at least seven digits."))
        if kind == "phone":
            check_text_only(self)
        if kind == "email":
            try:
                forms.EmailField().clean(value)
            except forms.ValidationError as wrong:
                self.add_error("value", wrong)
        return typed

    @property
    def old(self) -> bool:
        """Whether it stood in the record before."""
        return bool(self.initial.get("value") or self.initial.get("postal_code"))

    @property
    def title(self) -> str:
        """What it is, for the line that opens it."""
        kind = str(dict(KINDS).get(self.initial.get("kind", "phone"), ""))
        return f"{kind}: {self.initial.get('value') or self.initial.get('postal_code', '')}"

    def contact(self) -> Contact | None:
        """What was typed; None where it is empty or not theirs any more."""
        typed = {**self.cleaned_data}
        empty = not (typed["value"].strip() or typed["postal_code"].strip())
        if typed.pop("ended") or empty:
            return None
        return _as_given(typed)


def way_forms(data: Mapping[str, Any] | None, others: Iterable[ContactCard]) -> list[WayForm]:
    """A form for each way that is there, and an empty one for another."""
    known = [*(_initial(each) for each in others), {}][:MOST]
    forms_ = []
    for number, initial in enumerate(known):
        prefix = f"way{number}"
        sent = data if data is not None and f"{prefix}-kind" in data else None
        forms_.append(WayForm(sent, prefix=prefix, initial=initial))
    return forms_


def ways_are_valid(found: Iterable[WayForm], whole: forms.Form) -> bool:
    """Whether everything that was sent will do; else ``whole``, the form above them, says where to look."""
    fine = all([each.is_valid() for each in found if each.is_bound])
    if not fine:
        whole.add_error(None, now("Look below at the other ways to reach them."))
    return fine


def ways_of(found: Iterable[WayForm]) -> list[Contact]:
    """What is kept: as typed, or as it was where the page did not send it."""
    kept = [each.contact() if each.is_bound else _as_it_was(each) for each in found]
    return [each for each in kept if each is not None]


def shown_apart(card: PersonCard) -> list[ContactCard]:
    """All but the first phone and the first address, which have fields of their own."""
    firsts = [
        next((each for each in card.contacts if each.kind == kind), None) for kind in ("phone", "address")
    ]
    return [each for each in card.contacts if not any(each is first for first in firsts)]


def _as_it_was(form: WayForm) -> Contact | None:
    return _as_given(form.initial) if form.old else None


def _as_given(said: Mapping[str, Any]) -> Contact:
    given = {**said, "kind": said["kind"] or "phone"}
    return Contact(may_call=not given.pop("text_only"), **given)


def _initial(each: ContactCard) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "value": each.value,
        "postal_code": each.postal_code,
        "text_only": not each.may_call,
        "may_text": each.may_text,
        "may_leave_message": each.may_leave_message,
        "note": each.note,
        "safety": each.safety,
        "safe_hours": each.safe_hours,
        "code_word": each.code_word,
        "belongs_to": each.belongs_to,
    }
