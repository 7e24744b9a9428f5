"""A whole record on paper: each section with its rows in words."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from waypost.disclosure.words import matter_name, topic_name
from waypost.guarding.record.build import Record
from waypost.web.paper.record_words import column_name, section_name
from waypost.web.presenting import basis_name, day, day_time, language_name

EMPTY: tuple[Any, ...] = (None, "", [], {})
KEYS = ("id",)
DATE = len("2026-12-31")


def record_html(record: Record, reference: str) -> str:
    """The page that becomes the PDF; empty fields and keys are left out, the JSON has them all."""
    sections = [
        (section_name(each.name), [list(_facts(row)) for row in each.rows]) for each in record.sections
    ]
    context = {
        "record": record,
        "reference": reference,
        "made_at": datetime.fromisoformat(record.made_at),
        "sections": [each for each in sections if each[1]],
        "empty": [name for name, rows in sections if not rows],
        "person": _person_name(record),
    }
    return render_to_string("web/paper/record.html", context)


def _person_name(record: Record) -> str:
    rows = record.section("identity").rows
    known = rows[0] if rows else {}
    return " ".join(str(known[key]) for key in ("given_name", "family_name") if known.get(key))


def _facts(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if value not in EMPTY and name not in KEYS and not name.endswith("_id"):
            yield column_name(name), _words(name, value)


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_words(name, each) for each in value)
    if isinstance(value, dict):
        parts = [(key, each) for key, each in value.items() if each not in EMPTY]
        return "; ".join(f"{column_name(key)}: {_words(key, each)}" for key, each in parts)
    return NAMES.get(name, _moment)(str(value))


def _moment(text: str) -> str:
    """Dates and times as read; everything else as it stands."""
    if len(text) < DATE or text[4:5] != "-" or text[7:8] != "-":
        return text
    try:
        if len(text) == DATE:
            return day(date.fromisoformat(text))
        return day_time(datetime.fromisoformat(text))
    except ValueError:
        return text


NAMES: dict[str, Callable[[str], str]] = {
    "topic": topic_name,
    "topics": topic_name,
    "category": topic_name,
    "sensitivities": matter_name,
    "covers_sensitivities": matter_name,
    "basis": basis_name,
    "language": language_name,
}
