"""Fields of a listing in words: their names, what they say, who made sure of them and how."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.choices import PRIVATE, Capacity, ConfirmedHow
from waypost.directory.selectors import FieldState, hours_of
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.web.hours_words import hours_table
from waypost.web.presenting import day, listed_language, local
from waypost.web.service_words import ages_words

NAMES = {
    "name": gettext_lazy("Name"),
    "phones": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "url": gettext_lazy("Website"),
    "website": gettext_lazy("Website"),
    "alternate_name": gettext_lazy("Other name"),
    "transportation": gettext_lazy("How to get there"),
    "accessibility": gettext_lazy("What helps people with disabilities"),
    PRIVATE: gettext_lazy("Address kept private"),
    "addresses": gettext_lazy("Address"),
    "schedules": gettext_lazy("Hours"),
    "status": gettext_lazy("Status"),
    "capacity_status": gettext_lazy("Room for new people"),
    "capacity_until": gettext_lazy("Room for new people, until"),
    "eligibility_description": gettext_lazy("Who may come"),
    "ages": gettext_lazy("Age"),
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
}
CHECKS = {
    "ok": gettext_lazy("looks right"),
    "answers": gettext_lazy("answers"),
    "not_dialable": gettext_lazy("cannot be dialed"),
    "not_in_plan": gettext_lazy("is no number of North America"),
    "not_an_address": gettext_lazy("cannot be an address"),
    "not_public": gettext_lazy("leads to no public place"),
    "not_found": gettext_lazy("the page is gone"),
    "no_answer": gettext_lazy("does not answer"),
}
WRONG = frozenset(CHECKS) - {"ok", "answers"}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One line of the table "how sure we are"."""

    name: str
    human: str
    machine: str
    machine_wrong: bool
    source: str
    others: tuple[tuple[str, str], ...]


def field_name(field: str) -> str:
    """The name of a field on the screen; one that has none is not shown."""
    return str(NAMES.get(field, ""))


def field_names(fields: Iterable[str]) -> str:
    """Several fields in one line."""
    return ", ".join(dict.fromkeys(name for name in map(field_name, fields) if name))


def field_lines(states: Iterable[FieldState]) -> list[FieldLine]:
    """A line for each field that says something."""
    return [
        FieldLine(
            name=field_name(state.field),
            human=human_words(state),
            machine=machine_words(state),
            machine_wrong=state.check_result in WRONG,
            source=source_words(state),
            others=tuple(
                (source, value_words(state.field, {state.field: value})) for source, value in state.others
            ),
        )
        for state in states
        if field_name(state.field) and value_words(state.field, {state.field: state.value})
    ]


def human_words(state: FieldState) -> str:
    """ "confirmed by Ana by phone 3 days ago"; nothing where no human has."""
    if state.confirmed_on is None:
        return ""
    facts = {
        "who": state.confirmed_by or _("somebody"),
        "how": ConfirmedHow(state.confirmed_how).label,
        "when": days_ago(state.confirmed_on),
    }
    return _("confirmed by %(who)s %(how)s, %(when)s") % facts


def machine_words(state: FieldState) -> str:
    """ "looks right, checked by Waypost 3 days ago"."""
    if state.checked_at is None or state.check_result not in CHECKS:
        return ""
    facts = {"what": CHECKS[state.check_result], "when": days_ago(local(state.checked_at))}
    return _("%(what)s (checked by machine %(when)s)") % facts


def source_words(state: FieldState) -> str:
    """ "imported from ilao 3 May 2026", "written in Waypost"."""
    if state.imported_at is None:
        return _("written in Waypost")
    return _("imported from %(source)s, %(day)s") % {"source": state.source, "day": day(state.imported_at)}


def days_ago(then: date) -> str:
    """ "today", "yesterday", "3 days ago", from three months on the day itself."""
    days = (today() - then).days
    if days <= 1:
        return _("today") if days <= 0 else _("yesterday")
    if days <= 90:  # noqa: PLR2004
        return _("%(days)s days ago") % {"days": days}
    return day(then)


def value_words(field: str, values: dict[str, Any]) -> str:
    """What a field says, in words; empty where it says nothing."""
    if field == "ages":
        low, high = (values.get(name) for name in ("minimum_age", "maximum_age"))
        return ages_words(Decimal(low) if low else None, Decimal(high) if high else None)
    value = values.get(field)
    if field == PRIVATE:
        return _("The address is kept private") if value else _("Everybody can read the address")
    if value in (None, "", []):
        return ""
    known = _WORDS.get(field)
    try:
        return known(value) if known else str(value)
    except (Refused, KeyError, TypeError, ValueError, AttributeError):  # another source may say anything
        return str(value)


def _phones(items: list[dict[str, str]]) -> str:
    lines = []
    for item in items:
        extension = _("ext. %(number)s") % {"number": item["extension"]} if item.get("extension") else ""
        description = f"({item['description']})" if item.get("description") else ""
        lines.append(" ".join(part for part in (item["number"], extension, description) if part))
    return "; ".join(lines)


def _addresses(items: list[dict[str, str]]) -> str:
    names = ("address_1", "address_2", "city")
    lines = []
    for item in items:
        town = " ".join(item[name] for name in ("state_province", "postal_code") if item.get(name))
        lines.append(
            ", ".join([*(item[name] for name in names if item.get(name)), *([town] if town else [])])
        )
    return "; ".join(line for line in lines if line)


def _hours(items: list[dict[str, Any]]) -> str:
    table = hours_table([hours_of(item) for item in items])
    rows = [f"{row.days}: {', '.join(row.times)}{f' ({row.note})' if row.note else ''}" for row in table.rows]
    return "; ".join([*rows, *table.as_given])


def _named(column: str) -> Callable[[list[dict[str, str]]], str]:
    return lambda items: "; ".join(item[column] for item in items if item.get(column))


def _prices(items: list[dict[str, str]]) -> str:
    names = ("option", "amount", "currency", "amount_description")
    return "; ".join(" ".join(str(item[name]) for name in names if item.get(name)) for item in items)


def _room(value: str) -> str:
    return "" if value == Capacity.UNKNOWN else str(Capacity(value).label)


_WORDS: dict[str, Callable[[Any], str]] = {
    "phones": _phones,
    "accessibility": _named("description"),
    "addresses": _addresses,
    "schedules": _hours,
    "capacity_status": _room,
    "capacity_until": lambda value: day(date.fromisoformat(value)),
    "required_documents": _named("document"),
    "service_areas": _named("name"),
    "languages": lambda items: ", ".join(listed_language(item["name"]) for item in items if item.get("name")),
    "cost_options": _prices,
}
