"""Who somebody is and how to reach them: registering and changing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.people.cards import ContactCard, PersonCard
from waypost.people.choices import BelongsTo, Safety
from waypost.people.services import Contact, Identity
from waypost.web.presenting import language_choices
from waypost.web.staff.forms.base import FEWEST_DIGITS, ZIP, Day, check_text_only


class PersonForm(forms.Form):
    """A name is enough; everything else may come later."""

    given_name = forms.CharField(
        label=_("First name"),
        max_length=120,
        required=False,
    )
    family_name = forms.CharField(label=_("Last name"), max_length=120, required=False)
    called = forms.CharField(label=_("Likes to be called"), max_length=120, required=False)
    pronouns = forms.CharField(label=_("Pronouns"), max_length=40, required=False)
    birth_date = Day(label=_("Birth date"), required=False, past=366 * 130)
    language = forms.ChoiceField(label=_("Speaks best"), choices=language_choices, required=False)
    interpreter_needed = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    may_text = forms.BooleanField(label=_("A text message is fine"), required=False)
    may_leave_message = forms.BooleanField(label=_("A voice message is fine"), required=False)
    text_only = forms.BooleanField(label=_("Do not call: text only"), required=False)
    contact_note = forms.CharField(
        label=_("Good to know when calling"),
        max_length=200,
        required=False,
        help_text=_("Such as “after 4 pm” or “shared phone: say nothing about why”."),
    )
    safety = forms.ChoiceField(label=_("Is it safe?"), choices=Safety.choices, required=False)
    belongs_to = forms.ChoiceField(label=_("Whose phone is it?"), choices=BelongsTo.choices, required=False)
    safe_hours = forms.CharField(
        label=_("Safe hours"), max_length=100, required=False, help_text=_("Such as “weekdays 9 to 12”.")
    )
    code_word = forms.CharField(
        label=_("Code word"),
        max_length=60,
        required=False,
        help_text=_("A word that you agreed on, so that they know who calls."),
    )
    address = forms.CharField(label=_("Street address"), max_length=300, required=False)
    postal_code = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        required=False,
        validators=[ZIP],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    address_safety = forms.ChoiceField(
        label=_("Is it safe to write or visit?"), choices=Safety.choices, required=False
    )
    address_note = forms.CharField(
        label=_("Good to know before writing or visiting"), max_length=200, required=False
    )
    household_size = forms.IntegerField(
        label=_("People in the household"), min_value=1, max_value=30, required=False
    )
    usual_provider = forms.CharField(label=_("Usual doctor or provider"), max_length=120, required=False)

    def clean_phone(self) -> str:
        """Any way of writing a number, as long as it can be dialed."""
        typed: str = self.cleaned_data["phone"].strip()
        if typed and sum(each.isdigit() for each in typed) < FEWEST_DIGITS:
            raise forms.ValidationError(_("A phone number has at least seven digits."))
        return typed

    def clean(self) -> dict[str, Any]:
        """At least one name."""
        typed = super().clean() or {}
        names = ("given_name", "family_name")
        if not any(typed.get(each) for each in names) and not any(each in self.errors for each in names):
            self.add_error("given_name", _("A name is needed: a first or a last name will do."))
        check_text_only(self)
        return typed

    def identity(self) -> Identity:
        """What was typed about who somebody is."""
        typed = self.cleaned_data
        return Identity(
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            called=typed["called"],
            pronouns=typed["pronouns"],
            birth_date=typed["birth_date"],
            language=typed["language"],
            interpreter_needed=typed["interpreter_needed"],
            household_size=typed["household_size"],
            usual_provider=typed["usual_provider"],
        )

    def contacts(self, earlier: PersonCard | None = None) -> list[Contact]:
        """What was typed of the first phone and address; ``earlier``: what stood there before."""
        typed = self.cleaned_data
        found = []
        if typed["phone"]:
            found.append(
                Contact(
                    kind="phone",
                    value=typed["phone"],
                    may_call=not typed["text_only"],
                    may_text=typed["may_text"],
                    may_leave_message=typed["may_leave_message"],
                    note=typed["contact_note"],
                    safety=typed["safety"],
                    safe_hours=typed["safe_hours"],
                    code_word=typed["code_word"],
                    belongs_to=typed["belongs_to"],
                )
            )
        if typed["address"] or typed["postal_code"]:
            was = _first(earlier, "address")
            found.append(
                Contact(
                    kind="address",
                    value=typed["address"],
                    postal_code=typed["postal_code"],
                    safety=typed["address_safety"],
                    note=typed["address_note"],
                    safe_hours=was.safe_hours if was else "",
                    code_word=was.code_word if was else "",
                    belongs_to=was.belongs_to if was else "",
                )
            )
        return found


def _first(card: PersonCard | None, kind: str) -> ContactCard | None:
    return next((each for each in card.contacts if each.kind == kind), None) if card else None


def initial(card: PersonCard) -> dict[str, Any]:
    """A card as the form shows it."""
    phone, address = _first(card, "phone"), _first(card, "address")
    return {
        "given_name": card.given_name,
        "family_name": card.family_name,
        "called": card.called,
        "pronouns": card.pronouns,
        "birth_date": card.birth_date,
        "language": card.language,
        "interpreter_needed": card.interpreter_needed,
        "household_size": card.household_size,
        "usual_provider": card.usual_provider,
        "phone": phone.value if phone else "",
        "text_only": bool(phone and not phone.may_call),
        "may_text": bool(phone and phone.may_text),
        "may_leave_message": bool(phone and phone.may_leave_message),
        "contact_note": phone.note if phone else "",
        "safety": phone.safety if phone else "",
        "safe_hours": phone.safe_hours if phone else "",
        "code_word": phone.code_word if phone else "",
        "belongs_to": phone.belongs_to if phone else "",
        "address": address.value if address else "",
        "postal_code": address.postal_code if address else "",
        "address_safety": address.safety if address else "",
        "address_note": address.note if address else "",
    }


def initial_from_request(name: str, phone: str, language: str) -> dict[str, Any]:
    """What a request for coordination said, as a first draft: the last word is taken for the last name."""
    given, _space, family = name.strip().rpartition(" ")
    return {
        "given_name": given or family,
        "family_name": family if given else "",
        "phone": phone,
        "language": language or "en",
    }
