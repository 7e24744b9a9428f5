"""Duplicates, conflicts and hidden listings in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waypost.directory.choices import LOCAL_SOURCE, FactOf
from waypost.directory.selectors import need_category_name
from waypost.directory.sources_cards import Reason
from waypost.web.upkeep.field_words import field_name, value_words

KINDS = {
    FactOf.ORGANIZATION.value: gettext_lazy("Organization"),
    FactOf.SERVICE.value: gettext_lazy("Service"),
    FactOf.LOCATION.value: gettext_lazy("Place"),
}
SAID_THERE = frozenset(
    "phones addresses schedules languages service_areas required_documents cost_options capacity_status"
    " capacity_until".split()
)
MORE_NAMES = {
    "website": gettext_lazy("Website"),
    "alternate_name": gettext_lazy("Other name"),
    "accessibility": gettext_lazy("Accessibility"),
    "transportation": gettext_lazy("How to get there"),
    "alert": gettext_lazy("Notice"),
    "fees": gettext_lazy("Fees"),
    "legal_status": gettext_lazy("Legal form"),
    "tax_id": gettext_lazy("Tax number"),
    "tax_status": gettext_lazy("Tax status"),
    "year_incorporated": gettext_lazy("Founded in"),
    "logo": gettext_lazy("Logo"),
    "uri": gettext_lazy("Identifier on the web"),
    "licenses": gettext_lazy("Licenses"),
    "accreditations": gettext_lazy("Accreditations"),
    "assured_date": gettext_lazy("Assured on"),
    "assurer_email": gettext_lazy("Assured by"),
    "location_type": gettext_lazy("Kind of place"),
    "external_identifier": gettext_lazy("Number elsewhere"),
    "external_identifier_type": gettext_lazy("Kind of that number"),
    "need_categories": gettext_lazy("Kinds of need"),
}
_REASONS = {
    "name_same": gettext_lazy("Same name: “%(a)s” and “%(b)s”"),
    "name_close": gettext_lazy("Names much alike: “%(a)s” and “%(b)s”"),
    "name_alike": gettext_lazy("Names alike: “%(a)s” and “%(b)s”"),
    "name_other": gettext_lazy("Different names"),
    "name_unlike": gettext_lazy("Names that are not much alike"),
    "numbers_other": gettext_lazy("Different numbers in the names: “%(a)s” and “%(b)s”"),
    "organization_same": gettext_lazy("Same organization: %(a)s"),
    "organization_close": gettext_lazy("Organizations much alike: “%(a)s” and “%(b)s”"),
    "organization_alike": gettext_lazy("Organizations alike: “%(a)s” and “%(b)s”"),
    "organization_other": gettext_lazy("Different organizations: “%(a)s” and “%(b)s”"),
    "own_names": gettext_lazy("Two names within one organization: “%(a)s” and “%(b)s”"),
    "tax_id_same": gettext_lazy("Same tax number: %(a)s"),
    "tax_id_other": gettext_lazy("Different tax numbers: %(a)s and %(b)s"),
    "phone_same": gettext_lazy("Same phone: %(a)s"),
    "phone_of_many": gettext_lazy("Same phone, which many listings have: %(a)s"),
    "phone_other": gettext_lazy("Different phones: %(a)s and %(b)s"),
    "link_same": gettext_lazy("Same website: %(a)s"),
    "address_same": gettext_lazy("Same address: %(a)s"),
    "house_same": gettext_lazy("Same house: %(a)s"),
    "unit_other": gettext_lazy("Same house, another door: %(a)s and %(b)s"),
    "address_other": gettext_lazy("Different addresses: %(a)s and %(b)s"),
    "zip_same": gettext_lazy("Same ZIP code: %(a)s"),
    "zip_other": gettext_lazy("Different ZIP codes: %(a)s and %(b)s"),
    "kind_other": gettext_lazy("Different kinds of help: “%(a)s” and “%(b)s”"),
    "needs_other": gettext_lazy("Different kinds of need"),
    "program_other": gettext_lazy("Different programs: “%(a)s” and “%(b)s”"),
}
_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason in words, and its weight with its sign: "+30", "−15"."""

    words: str
    weight: str
    against: bool


def reason_line(reason: Reason) -> ReasonLine:
    """One part of a score."""
    weight = f"+{reason.weight}" if reason.weight > 0 else f"−{abs(reason.weight)}"
    if reason.code in ("near", "far"):
        words = _apart(float(reason.a))
    else:
        a, b = (_written(reason.code, each) for each in (reason.a, reason.b))
        words = str(_REASONS[reason.code]) % {"a": a, "b": b} if reason.code in _REASONS else reason.code
    return ReasonLine(words, weight, reason.weight < 0)


def _apart(metres: float) -> str:
    feet = metres * 3.28084
    if feet < _KILOMETRE:
        count = round(feet)
        return ngettext("%(count)s foot apart", "%(count)s feet apart", count) % {"count": count}
    return _("%(count)s miles apart") % {"count": f"{metres / 1609.344:.1f}"}


def _written(code: str, value: str) -> str:
    """A number or an address as people write it; other values as they are."""
    if code.startswith("phone"):
        return _phone(value)
    return value.title() if code in ("address_same", "house_same", "unit_other", "address_other") else value


def _phone(number: str) -> str:
    if number.startswith("+1") and len(number) == 12:  # noqa: PLR2004 - "+1" and ten digits
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def name_of_field(field: str) -> str:
    """The name of a field on the screen."""
    return field_name(field) or str(MORE_NAMES.get(field, field.replace("_", " ").capitalize()))


def said(field: str, value: Any) -> str:
    """What a field says; "nothing" in words where it says nothing."""
    if field in SAID_THERE:
        return value_words(field, {field: value}) or _("nothing")
    items = value if isinstance(value, list) else [value]
    words = dict.fromkeys(_item(field, each) for each in items if each not in (None, "", {}))
    return "; ".join(part for part in words if part) or _("nothing")


def _item(field: str, value: Any) -> str:
    if field == "need_categories":
        return need_category_name(str(value))
    if not isinstance(value, dict):
        return str(value)
    return ", ".join(str(each) for each in value.values() if each not in (None, "", True, False))


def source_name(source: str) -> str:
    """A feed by its name; what is written here by ours."""
    return _("Waypost") if source == LOCAL_SOURCE else source
