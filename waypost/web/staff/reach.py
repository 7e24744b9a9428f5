"""How a person may be reached, on their own page: every way with what to mind before using it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.people.cards import ContactCard, PersonCard
from waypost.people.words import instructions

US_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach somebody, with what to mind. ``href`` empty: no link; ``unsafe``: not to be used."""

    value: str
    rules: str
    href: str
    unsafe: bool


def reach(card: PersonCard) -> list[Reach]:
    """Every way to reach somebody: what may be used first, what is not safe last, each with its words.

    A first address without words is left to the details.
    """
    found = [each for each in card.contacts if each.kind != "address" or instructions(each)]
    found.sort(key=lambda each: (not each.usable, each.kind != "phone"))
    return [_reach(each) for each in found]


def _reach(each: ContactCard) -> Reach:
    href = ""
    if each.kind == "email" and each.usable:
        href = f"mailto:{each.value}"
    elif each.callable:
        href = f"tel:{dialed(each.value)}"
    elif each.kind == "phone" and each.usable:
        href = f"sms:{dialed(each.value)}"
    rules = phone_rules(each) if each.kind == "phone" else instructions(each)
    value = each.value or _("ZIP %(code)s") % {"code": each.postal_code}
    return Reach(value, rules, href, unsafe=each.safety == "not_safe")


def phone_rules(contact: ContactCard) -> str:
    """What to mind when calling: "text ok, no voicemail"."""
    if contact.safety == "not_safe" or not contact.may_call:
        return instructions(contact)
    words = [
        _("text ok") if contact.may_text else _("no texts"),
        _("voicemail ok") if contact.may_leave_message else _("no voicemail"),
        instructions(contact),
    ]
    return ", ".join(each for each in words if each)


def dialed(number: str) -> str:
    """A number as a phone dials it: "+12065550143" for ten digits, else its digits."""
    digits = "".join(each for each in number if each.isdigit())
    return f"+1{digits}" if len(digits) == US_DIGITS else digits
