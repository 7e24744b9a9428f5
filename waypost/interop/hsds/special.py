"""What single tables need besides typed columns: places, hours, status."""

from typing import Any

from waypost.interop.hsds.values import read_coordinate, read_days, read_yearly

MAX_LATITUDE, MAX_LONGITUDE = 90, 180
AGES, MAX_AGE = ("minimum_age", "maximum_age"), 9999
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
Marks = list[tuple[str, str]]


def finish(
    table: str, columns: dict[str, Any], extra: dict[str, Any], as_given: dict[str, Any], marks: Marks
) -> None:
    """Adjust one row in place."""
    if table == "locations":
        _place(columns, extra, as_given, marks)
    elif table == "schedules":
        _hours(columns, extra, as_given, marks)
    elif table == "services":
        columns["status"] = columns["status"].lower()
        _ages(columns, as_given, marks)
    elif table in ("attributes", "metadata"):
        _link(table, columns)


def _ages(columns: dict[str, Any], as_given: dict[str, Any], marks: Marks) -> None:
    """Ages that nobody has, and limits the wrong way round, keep nobody out."""
    low, high = columns["minimum_age"], columns["maximum_age"]
    wrong = [name for name in AGES if columns[name] is not None and not 0 <= columns[name] <= MAX_AGE]
    if not wrong and low is not None and high is not None and low > high:
        wrong = list(AGES)
    for name in wrong:
        as_given[name] = str(columns[name])
        columns[name] = None
    if wrong:
        words = ", ".join(f"{name} {as_given[name]}" for name in wrong)
        marks.append(("implausible_age", f"{words} cannot be right; kept as given."))


def _place(columns: dict[str, Any], extra: dict[str, Any], as_given: dict[str, Any], marks: Marks) -> None:
    """Coordinates stand only where they can be right: both there, on the globe, not 0,0 in the sea."""
    given = {name: columns.pop(name) for name in ("latitude", "longitude")}
    columns |= {"latitude": None, "longitude": None, "coordinates_status": "missing"}
    if str(extra.get("virtual", "")).lower() == "true" and not columns["location_type"]:
        columns["location_type"] = "virtual"
    if not any(given.values()):
        return
    latitude, longitude = (read_coordinate(words) for words in given.values())
    if latitude is None or longitude is None or not _on_the_map(latitude, longitude):
        columns["coordinates_status"] = "implausible"
        as_given |= given
        marks.append(
            (
                "implausible_coordinates",
                f"{given['latitude'] or '?'}, {given['longitude'] or '?'} cannot be right; kept as given.",
            )
        )
        return
    columns |= {"latitude": latitude, "longitude": longitude, "coordinates_status": "given"}


def _on_the_map(latitude: float, longitude: float) -> bool:
    return (
        abs(latitude) <= MAX_LATITUDE
        and abs(longitude) <= MAX_LONGITUDE
        and not (round(latitude, 2) == 0 and round(longitude, 2) == 0)
    )


def _hours(columns: dict[str, Any], extra: dict[str, Any], as_given: dict[str, Any], marks: Marks) -> None:
    """RFC 5545 words in their own spelling; what is not one of them is kept as given and never counts."""
    if columns["byday"]:
        _word(columns, "byday", read_days(columns["byday"]), as_given, marks)
    if columns["wkst"]:
        _word(columns, "wkst", read_days(columns["wkst"]), as_given, marks)
    if columns["freq"]:
        upper = columns["freq"].upper()
        _word(columns, "freq", upper if upper in FREQUENCIES else None, as_given, marks)
    for name in ("bymonthday", "byyearday", "byweekno"):
        if columns[name]:
            _word(columns, name, _numbers(columns[name]), as_given, marks)
    if columns["byday"] and not columns["freq"] and not columns["holiday"]:
        columns["freq"] = "WEEKLY"  # HSDS 1.1 and Ohana: a weekday is every such weekday
    if columns["holiday"]:
        _yearly(columns, extra, as_given)
    zone = extra.pop("offset", "")
    if zone and not columns["timezone"]:
        columns["timezone"] = zone


def _word(
    columns: dict[str, Any], name: str, value: str | None, as_given: dict[str, Any], marks: Marks
) -> None:
    if value is None:
        as_given[name] = columns[name]
        marks.append(("unread_value", f"{name} “{columns[name][:80]}” could not be read; kept as given."))
    columns[name] = value or ""


def _numbers(words: str) -> str | None:
    parts = [part.strip() for part in words.strip("[]").split(",") if part.strip()]
    return ",".join(parts) if parts and all(part.lstrip("+-").isdecimal() for part in parts) else None


def _yearly(columns: dict[str, Any], extra: dict[str, Any], as_given: dict[str, Any]) -> None:
    """Ohana writes a holiday of every year with the year 1: kept as month and day."""
    names = (("valid_from", "start_date"), ("valid_to", "end_date"))
    days = [read_yearly(str(as_given.get(name) or extra.get(older) or "")) for name, older in names]
    if all(days):
        extra["every_year"] = {"from": days[0], "to": days[1]}


def _link(table: str, columns: dict[str, Any]) -> None:
    name = "link_entity" if table == "attributes" else "resource_type"
    columns[name] = columns[name].lower()
