"""The fields of a listing of which facts may be kept, and their values as JSON has them.

Names are the columns of HSDS 3.2. What HSDS keeps in tables of its own (phones, schedules, …) is one field
each: a list of plain objects with the columns of that table, those that are empty left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from waypost.directory.choices import Capacity, FactOf
from waypost.directory.hsds import DATE, FLAG, INTEGER, NUMBER, TABLES, TEXT, TIME
from waypost.kernel.errors import Refused

MOST_ITEMS = 200
LONGEST = 50_000
WHOLE_MOST = 2**31 - 1
NUMBER_MOST = {"minimum_age": 9999, "maximum_age": 9999}
ANY_NUMBER_MOST = 10**11
NEEDED = ("name",)
# How a year's holiday comes back is no column of HSDS; without it hours would lose a part.
KEPT_BESIDE = {"schedules": ("every_year",)}


@dataclass(frozen=True, slots=True)
class ListField:
    """A field whose values are rows of another table of HSDS."""

    table: str
    columns: Mapping[str, str]
    needed: str = ""

    @property
    def beside(self) -> tuple[str, ...]:
        """What is kept of a row besides its columns."""
        return KEPT_BESIDE.get(self.table, ())


def _scalars(table: str, *, without: str = "", **more: str) -> dict[str, str]:
    kinds = {name: kind for name, kind in TABLES[table].columns.items() if name not in without.split()}
    return kinds | more


def _lists(**tables: str) -> dict[str, ListField]:
    return {
        name: ListField(table, TABLES[table].columns, next(iter(TABLES[table].required), ""))
        for name, table in tables.items()
    }


SCALARS: dict[str, dict[str, str]] = {
    FactOf.ORGANIZATION: _scalars("organizations"),
    FactOf.SERVICE: _scalars("services", without="last_modified", capacity_status=TEXT, capacity_until=DATE),
    FactOf.LOCATION: _scalars("locations", without="latitude longitude"),
}
LISTS: dict[str, dict[str, ListField]] = {
    FactOf.ORGANIZATION: _lists(phones="phones"),
    FactOf.SERVICE: _lists(
        phones="phones",
        schedules="schedules",
        languages="languages",
        service_areas="service_areas",
        required_documents="required_documents",
        cost_options="cost_options",
    ),
    FactOf.LOCATION: _lists(
        phones="phones",
        schedules="schedules",
        languages="languages",
        addresses="addresses",
        accessibility="accessibility",
    ),
}
CONTACT = ("phones", "email", "url", "website")  # by which somebody can be reached


def is_field(entity: str, field: str) -> bool:
    """Whether facts of this field may be kept."""
    return field in SCALARS.get(entity, {}) or field in LISTS.get(entity, {})


def as_json(value: Any) -> Any:
    """A value of a row as a fact holds it: dates and times in ISO 8601, decimals as text without zeros."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def from_json(kind: str, value: Any, *, field: str) -> Any:
    """The typed value for a column of this kind; words of refusal where it cannot be one."""
    if value is None or value == "":
        return {TEXT: "", FLAG: False}.get(kind)
    try:
        return _READ[kind](value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise Refused(_("%(value)s is not right here.") % {"value": str(value)[:60]}, field=field) from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
        raise ValueError
    return value.strip()


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise TypeError
    if abs(number := int(value)) > WHOLE_MOST:
        raise ValueError
    return number


def _number(value: Any) -> Decimal:
    number = Decimal(str(value))
    if not number.is_finite() or abs(number) > ANY_NUMBER_MOST:
        raise ValueError
    return number


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _hour(value: Any) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)


_READ: dict[str, Callable[[Any], Any]] = {
    TEXT: _text,
    INTEGER: _whole,
    NUMBER: _number,
    DATE: _day,
    TIME: _hour,
    FLAG: _flag,
}


def scalar_from_json(entity: str, field: str, value: Any) -> Any:
    """A scalar, typed and fit for its column."""
    known = from_json(SCALARS[entity][field], value, field=field)
    if field in NEEDED and not known and entity != FactOf.LOCATION:
        raise Refused(_("Give it a name."), field=field)
    if field in NUMBER_MOST and known is not None and not 0 <= known <= NUMBER_MOST[field]:
        raise Refused(_("This age cannot be right."), field=field)
    if field == "capacity_status" and known not in Capacity.values:
        raise Refused(_("Choose whether it takes new people."), field=field)
    return known


def items_from_json(entity: str, field: str, value: Any) -> list[dict[str, Any]]:
    """Typed columns of each row of a list; items that say nothing are left out."""
    shape = LISTS[entity][field]
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise Refused(_("This is not a list that can be kept."), field=field)
    items = [_item(shape, each, field) for each in value]
    return [item for item in items if any(item.values())]


def _item(shape: ListField, given: Any, field: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Refused(_("This is not a list that can be kept."), field=field)
    unknown = set(given) - set(shape.columns) - set(shape.beside)
    if unknown:
        raise Refused(_("%(name)s is not a field of a listing.") % {"name": min(unknown)}, field=field)
    columns = {
        name: from_json(kind, given.get(name), field=field)
        for name, kind in shape.columns.items()
        if name in given
    }
    if any(columns.values()) and shape.needed and not columns.get(shape.needed):
        raise Refused(_("Something is missing here."), field=field)
    extra = {name: given[name] for name in shape.beside if given.get(name)}
    return columns | ({"extra": extra} if extra else {})
