"""Schedules of loose feeds as rows of HSDS: hours in lists and objects, in words, weekdays in ``wkst``."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waypost.interop.hsds.hours_words import read_hours, spoken
from waypost.interop.hsds.publish import PROFILE_KEY
from waypost.interop.hsds.rows import RawRow
from waypost.interop.hsds.values import read_days, read_time

OPENS = ("opens_at", "open_time", "start_time", "time_open", "time_start", "opens", "open", "start")
CLOSES = ("closes_at", "close_time", "end_time", "time_close", "time_end", "closes", "close", "end")
DAYS = (
    "byday", "days", "day", "day_of_week", "days_of_week", "weekday", "weekdays", "open_days", "valid_days",
    "wkday",
)  # fmt: skip
MOST_ROWS = 50


def expand_hours(row: RawRow) -> Iterator[RawRow]:
    """The schedule itself, or one row for each opening that it lists; what is not understood stays."""
    found = _listed(row.values) or _single(row.values) or _in_words(row.values)
    if not found:
        row.values |= _which_week(row.values)
        yield row
        return
    kept = {name: value for name, value in row.values.items() if name not in found.used}
    for number, opening in enumerate(found.rows):
        values = kept | opening
        values |= _which_week(values)
        if number == 0:
            row.values = values
            yield row
        else:
            values.pop("id", None)
            yield RawRow(
                row.table, values, row.number, row.file, row.scope, row.origin, dict(row.parents), nested=True
            )


class _Openings:
    """Rows to be made, and the cells that they stand for."""

    def __init__(self, rows: list[dict[str, str]], used: set[str]) -> None:
        self.rows, self.used = rows, used


def _listed(values: Mapping[str, Any]) -> _Openings | None:
    """``times: [{start_time, end_time}]``, ``days: [{day, open_time, close_time}]`` and their likes."""
    lists = [name for name, value in values.items() if _objects(value)]
    if len(lists) != 1 or _text(values, OPENS):
        return None
    around = {name for name in DAYS if name != lists[0] and values.get(name) not in (None, "", [])}
    byday = _byday(values, around)
    if byday is None:
        return None
    rows: list[dict[str, str]] = []
    for item in values[lists[0]]:
        opening = _opening(item, byday)
        if opening is None:
            return None
        rows += [opening] if opening else []
    if not rows or len(rows) > MOST_ROWS:
        return None
    return _Openings([row | _one_day(values, row) for row in rows], {lists[0], *around})


def _objects(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _opening(item: Mapping[str, Any], around: str) -> dict[str, str] | None:
    """{} for a day without hours, None for what is not understood."""
    own = _byday(item, {name for name in DAYS if item.get(name) not in (None, "", [])})
    opens, closes = _text(item, OPENS), _text(item, CLOSES)
    if own is None or (own and around and own != around):
        return None
    if not opens and not closes:
        return {}
    if read_time(opens) is None or read_time(closes) is None:
        return None
    return {"byday": own or around, "opens_at": opens, "closes_at": closes}


def _byday(values: Mapping[str, Any], names: set[str]) -> str | None:
    """RFC 5545 days of one cell; '' for none, None when they cannot be read, or two cells disagree."""
    said = set()
    for name in names:
        value = values[name]
        words = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        said.add(read_days(words))
    if not said:
        return ""
    return said.pop() if len(said) == 1 else None


def _text(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """The one time that stands under these names, also inside ``{"time": …}`` or a list of one."""
    found = set()
    for name in names:
        value = values.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("time")
        if isinstance(value, str) and value.strip():
            found.add(value.strip())
    return found.pop() if len(found) == 1 else ""


def _single(values: Mapping[str, Any]) -> _Openings | None:
    """One opening under other names: ``time_start``, ``opens: {"time": …}``."""
    if values.get("opens_at") or values.get("closes_at"):
        return None
    opens, closes = _text(values, OPENS), _text(values, CLOSES)
    if read_time(opens) is None or read_time(closes) is None:
        return None
    around = {name for name in DAYS if values.get(name) not in (None, "", [])}
    byday = _byday(values, around)
    if byday is None:
        return None
    row = {"byday": byday, "opens_at": opens, "closes_at": closes}
    return _Openings([row | _one_day(values, row)], {*OPENS, *CLOSES, *around})


def _one_day(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, str]:
    """A date without weekdays is that day alone, whatever frequency a feed writes into every row."""
    first = values.get("date") or values.get("start_date") or values.get("valid_from")
    last = values.get("date") or values.get("end_date") or values.get("valid_to")
    if row.get("byday") or not isinstance(first, str) or first != last:
        return {}
    return {"valid_from": first, "valid_to": first, "freq": ""}


def _in_words(values: Mapping[str, Any]) -> _Openings | None:
    """Words fill in what the cells leave out, and never contradict them."""
    held = {name for name in DAYS if values.get(name) not in (None, "", [])}
    byday = _byday(values, held)
    opens, closes = _text(values, OPENS), _text(values, CLOSES)
    if byday is None or (byday and opens and closes) or values.get("holiday"):
        return None
    for words in spoken(values):
        rows = read_hours(words)
        if rows and all(_agrees(row, byday, opens, closes) for row in rows):
            made = [{"opens_at": opens, "closes_at": closes, "byday": byday} | row for row in rows]
            if all(row["byday"] and row["opens_at"] for row in made):
                return _Openings(made, held | ({*OPENS, *CLOSES} if opens else set()))
    return None


def _which_week(values: Mapping[str, Any]) -> dict[str, str]:
    """'MONTHLY' with a weekday alone: which one of the month may stand in the words ('2nd Thursday')."""
    days = _byday(values, {name for name in DAYS if values.get(name) not in (None, "", [])})
    if str(values.get("freq", "")).upper() != "MONTHLY" or not days or any(each.isdigit() for each in days):
        return {}
    for words in spoken(values):
        rows = read_hours(words)
        if len(rows) == 1 and re.sub(r"-?\d", "", rows[0].get("byday", "")).split(",")[0] == days:
            return {"byday": rows[0]["byday"]} if rows[0].get("freq") == "MONTHLY" else {}
    return {}


def _agrees(row: Mapping[str, str], byday: str, opens: str, closes: str) -> bool:
    said = (row.get("opens_at", ""), row.get("closes_at", ""))
    same_hours = (
        not said[0]
        or not opens
        or (read_time(said[0]), read_time(said[1]))
        == (
            read_time(opens),
            read_time(closes),
        )
    )
    return same_hours and (not byday or not row.get("byday") or row["byday"] == byday)


def week_of(row: RawRow) -> tuple[Any, ...] | None:
    """What all lines of the same place share, of a line that has a ``wkst`` and no day; None for others."""
    given = row.values
    if row.table != "schedules" or row.problem or not given.get("wkst"):
        return None
    if given.get(PROFILE_KEY) or _has_days(row):  # one of our own files: read already
        return None
    return _owner(row)


def start_of(row: RawRow) -> str:
    """The day on which a line begins its week."""
    return str(row.values["wkst"]).strip().upper()[:2]


def are_weekdays(starts: set[str]) -> bool:
    """Where the lines of one place begin their weeks on different days, ``wkst`` means the weekday.

    A week begins on Monday or Sunday, and on the same day for all lines (RFC 5545 § 3.3.10); a Monday alone
    says nothing.
    """
    return len(starts) > 1 or bool(starts - {"MO", "SU"})


def read_as_weekday(row: RawRow) -> None:
    """Take the line's ``wkst`` for its day."""
    row.values["byday"] = row.values.pop("wkst")
    row.marks.append(("weekday_in_wkst", "wkst differs between lines, so it is read as the weekday."))


def _has_days(row: RawRow) -> bool:
    names = (*DAYS, "bymonthday", "byyearday", "dtstart", "date")
    return any(row.values.get(name) not in (None, "", []) for name in names)


def _owner(row: RawRow) -> tuple[Any, ...]:
    held = [(name, parent.seq) for name, parent in sorted(row.parents.items(), key=lambda each: each[0])]
    named = [(name, row.values.get(name)) for name in ("service_id", "location_id", "service_at_location_id")]
    return (row.scope, *held, *named)
