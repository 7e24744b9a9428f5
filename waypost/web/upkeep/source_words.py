"""Duplicates, conflicts and hidden listings in words."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waypost.directory.choices import LOCAL_SOURCE, Capacity, FactOf
from waypost.directory.rules.hours import WEEK
from waypost.directory.selectors import need_category_name
from waypost.directory.sources_cards import Reason
from waypost.directory.words import clock, weekday

KINDS = {
    FactOf.ORGANIZATION.value: gettext_lazy("Organization"),
    FactOf.SERVICE.value: gettext_lazy("Service"),
    FactOf.LOCATION.value: gettext_lazy("Place"),
}
NAMES = {
    "name": gettext_lazy("Name"),
    "phones": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "url": gettext_lazy("Website"),
    "addresses": gettext_lazy("Address"),
    "schedules": gettext_lazy("Hours"),
    "status": gettext_lazy("Status"),
    "capacity_status": gettext_lazy("Room for new people"),
    "capacity_until": gettext_lazy("Room for new people, until"),
    "eligibility_description": gettext_lazy("Who may come"),
    "minimum_age": gettext_lazy("Youngest age"),
    "maximum_age": gettext_lazy("Oldest age"),
    "required_documents": gettext_lazy("What to bring"),
    "cost_options": gettext_lazy("Prices"),
    "fees_description": gettext_lazy("What it costs"),
    "application_process": gettext_lazy("How to get it"),
    "service_areas": gettext_lazy("Area"),
    "languages": gettext_lazy("Languages"),
    "interpretation_services": gettext_lazy("Interpreters"),
    "wait_time": gettext_lazy("How long it takes"),
    "description": gettext_lazy("What it is"),
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
        a, b = (_phone(each) if reason.code.startswith("phone") else each for each in (reason.a, reason.b))
        words = str(_REASONS[reason.code]) % {"a": a, "b": b} if reason.code in _REASONS else reason.code
    return ReasonLine(words, weight, reason.weight < 0)


def _apart(metres: float) -> str:
    feet = metres * 3.28084
    if feet < _KILOMETRE:
        count = round(feet)
        return ngettext("%(count)s foot apart", "%(count)s feet apart", count) % {"count": count}
    return _("%(count)s miles apart") % {"count": f"{metres / 1609.344:.1f}"}


def _phone(number: str) -> str:
    if number.startswith("+1") and len(number) == 12:  # noqa: PLR2004 - "+1" and ten digits
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def name_of_field(field: str) -> str:
    """The name of a field on the screen."""
    return str(NAMES.get(field, field.replace("_", " ").capitalize()))


def said(field: str, value: Any) -> str:
    """What a field says; "nothing" in words where it says nothing."""
    items = value if isinstance(value, list) else [value]
    words = dict.fromkeys(_item(field, each) for each in items if each not in (None, "", {}))
    return "; ".join(part for part in words if part) or _("nothing")


def _item(field: str, value: Any) -> str:
    if field == "capacity_status":
        return "" if value == Capacity.UNKNOWN else str(Capacity(value).label)
    if field == "need_categories":
        return need_category_name(str(value))
    if not isinstance(value, dict):
        return str(value)
    if field == "phones":
        return _number(value)
    if field == "schedules":
        return _hours(value)
    return ", ".join(str(each) for each in value.values() if each not in (None, "", True, False))


def _number(value: dict[str, Any]) -> str:
    extension = f"{_('ext.')} {value['extension']}" if value.get("extension") else ""
    about = f"({value['description']})" if value.get("description") else ""
    return " ".join(part for part in (str(value.get("number", "")), extension, about) if part)


def _hours(value: dict[str, Any]) -> str:
    """Days and times, and whatever else its feed says of them."""
    codes = [part.strip()[-2:] for part in str(value.get("byday", "")).split(",")]
    days = ", ".join(weekday(WEEK.index(code)) for code in codes if code in WEEK)
    opens, closes = (_time(value.get(name)) for name in ("opens_at", "closes_at"))
    span = f"{opens} – {closes}" if opens and closes else ""
    rest = [str(value[name]) for name in ("description", "notes") if value.get(name)]
    return " ".join(part for part in (days, span, *rest) if part)


def _time(value: Any) -> str:
    try:
        return clock(time.fromisoformat(str(value))) if value else ""
    except ValueError:
        return str(value)


def source_name(source: str) -> str:
    """A feed by its name; what is written here by ours."""
    return _("Waypost") if source == LOCAL_SOURCE else source
