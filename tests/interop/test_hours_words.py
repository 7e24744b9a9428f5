# ruff: noqa: E501 - a row a case
"""Hours of real listings in words, lists and objects. Words are of HAARRRvest unless it says otherwise."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest

from waypost.directory.models import Schedule
from waypost.interop.hsds.hours import are_weekdays, expand_hours, read_as_weekday, start_of, week_of
from waypost.interop.hsds.hours_words import read_hours
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.rows import RawRow


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Wednesday: 10:30 AM - 12:30 PM", [("WEEKLY", "WE", "10:30", "12:30")]),
        ("Tuesday distribution from 12:30 PM to 2:30 PM.", [("WEEKLY", "TU", "12:30", "14:30")]),
        ("Saturday pickup from 8 AM until 11 AM.", [("WEEKLY", "SA", "08:00", "11:00")]),
        ("Tuesdays 9 AM-12 PM", [("WEEKLY", "TU", "09:00", "12:00")]),
        ("Regular Hours - Monday thru Friday from 9-12pm", [("WEEKLY", "MO,TU,WE,TH,FR", "09:00", "12:00")]),
        ("2nd and 4th Thursday from 12-1pm", [("MONTHLY", "2TH,4TH", "12:00", "13:00")]),
        ("Last Saturday from 10 AM to 12 PM", [("MONTHLY", "-1SA", "10:00", "12:00")]),
        ("3rd Saturday from 9-10:30am", [("MONTHLY", "3SA", "09:00", "10:30")]),
        ("Wednesday from 5:30-6pm", [("WEEKLY", "WE", "17:30", "18:00")]),
        ("Pantry open 2nd Wednesday from 9-11am", [("MONTHLY", "2WE", "09:00", "11:00")]),
        ("Tuesdays and Thursdays from 10 AM to 2 PM", [("WEEKLY", "TU,TH", "10:00", "14:00")]),
        (
            "Open Wednesdays and Fridays 1-3pm, Mondays 4-6pm",
            [("WEEKLY", "WE,FR", "13:00", "15:00"), ("WEEKLY", "MO", "16:00", "18:00")],
        ),
        ("4th Saturday of the month", [("MONTHLY", "4SA", "", "")]),
        ("Friday", [("WEEKLY", "FR", "", "")]),
    ],
)  # fmt: skip
def test_words_that_have_one_reading(words: str, expected: list[tuple[str, ...]]) -> None:
    found = read_hours(words)
    keys = ("freq", "byday", "opens_at", "closes_at")
    assert [tuple(row.get(key, "") for key in keys) for row in found] == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Weekly pantry hours",
        "Bi-weekly distribution",
        "By appointment any weekday",
        "Friday before 4th Saturday",
        "Following the last Tuesday of the month",
        "Last three Sundays from 1-2pm",
        "Holiday periods in November and December",
        "Regular Hours - 1st Thursday from 5-7",
        "1st and 3rd Tuesday from 12-1pm | Appointment Required",
        "Sept-April: 3rd Sat 9am-10:30am; May-Aug: 3rd Thurs 6pm-7:30pm",
        "2nd Thursday from 3-4pm, must register first week of the month",
        "Weekly distribution dates between August 11, 2025 and September 9, 2025, from 2 PM to 4 PM.",
        "Monday 13-15pm",
        "Monday 9:75am-10am",
        "Call church the Wednesday before for appointment.",
        "x" * 500,
    ],
)
def test_words_that_are_not_understood_give_nothing(words: str) -> None:
    assert read_hours(words) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"freq": "WEEKLY", "days": ["TH", "FR"], "times": [{"start_time": "10:30", "end_time": "14:00"}]},
            [("TH,FR", "10:30", "14:00")],
        ),
        (
            {"days": [{"day": "WE", "open_time": "10:30", "close_time": "12:30"}, {"day": "TH", "open_time": None}]},
            [("WE", "10:30", "12:30")],
        ),
        ({"days": ["TH"], "opens": {"time": "16:00"}, "closes": {"time": "16:45"}}, [("TH", "16:00", "16:45")]),
        ({"days": "W", "time_start": "10:30", "time_end": "13:00"}, [("WE", "10:30", "13:00")]),
        (
            {"days": ["MO"], "times": [{"start_time": "9:00", "end_time": "12:00"}, {"start_time": "13:00", "end_time": "15:00"}]},
            [("MO", "9:00", "12:00"), ("MO", "13:00", "15:00")],
        ),
        (
            {"freq": "MONTHLY", "days": ["WE"], "times": [{"start_time": "09:00", "end_time": "11:00"}],
             "description": "2nd Wednesday from 9-11am"},
            [("2WE", "09:00", "11:00")],
        ),
        ({"description": "Friday", "opens_at": "9:00", "closes_at": "12:00"}, [("FR", "9:00", "12:00")]),
    ],
)  # fmt: skip
def test_openings_in_lists_become_rows(values: dict[str, Any], expected: list[tuple[str, ...]]) -> None:
    found = list(expand_hours(RawRow("schedules", values, 1, "feed")))
    assert [(r.values["byday"], r.values["opens_at"], r.values["closes_at"]) for r in found] == expected


@pytest.mark.parametrize(
    "values",
    [
        {"days": ["MO"], "times": [{"start_time": "morning", "end_time": "noonish"}]},
        {"days": ["MO"], "times": [{"day": "TU", "start_time": "9:00", "end_time": "10:00"}]},
        {"times": [{"start_time": "9:00", "end_time": "10:00"}], "slots": [{"start": "1:00", "end": "2:00"}]},
        {"byday": "MO", "opens_at": "9:00", "closes_at": "10:00", "description": "Tuesday 9am-10am"},
        {"opens_at": "9:00", "closes_at": "10:00", "description": "Tuesday 9am-11am"},
        {"freq": "WEEKLY", "wkst": "MO", "opens_at": "9:00", "closes_at": "10:00"},
    ],
)
def test_what_is_not_understood_stays_as_it_was(values: dict[str, Any]) -> None:
    found = list(expand_hours(RawRow("schedules", dict(values), 1, "feed")))
    assert [row.values for row in found] == [values]


def test_a_date_alone_is_that_day_alone() -> None:
    values = {"freq": "WEEKLY", "date": "2025-08-11", "times": [{"start_time": "10:00", "end_time": "12:00"}]}
    (row,) = expand_hours(RawRow("schedules", values, 1, "feed"))
    assert (row.values["freq"], row.values["valid_from"], row.values["valid_to"]) == ("", "2025-08-11", "2025-08-11")  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "days"),
    [(["MO", "TU", "TH"], ["MO", "TU", "TH"]), (["TH"], ["TH"]), (["MO", "MO"], [None, None]), (["SU"], [None])],
)  # fmt: skip
def test_different_starts_of_the_week_are_weekdays(starts: list[str], days: list[str | None]) -> None:
    """ACTS Food Pantry: wkst MO, MO, TU, TU, TH …, each with hours."""
    place = RawRow("locations", {}, 1, "feed")
    rows = [RawRow("schedules", {"wkst": each}, 1, "feed", parents={"location_id": place}) for each in starts]
    assert len({week_of(row) for row in rows}) == 1
    if are_weekdays({start_of(row) for row in rows}):
        for row in rows:
            read_as_weekday(row)
    assert [row.values.get("byday") for row in rows] == days


@pytest.mark.django_db
def test_a_feed_with_hours_in_lists_is_stored(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_text(
        '{"id": "o", "name": "Elm", "services": [{"id": "s", "name": "Pantry", "schedules": [{"id": "h", "freq":'
        ' "WEEKLY", "wkst": "MO", "days": ["MO", "WE"], "times": [{"start_time": "9:00", "end_time": "12:00"},'
        ' {"start_time": "13:00", "end_time": "15:00"}]}]}]}',
        encoding="utf-8",
    )
    for _time in range(2):
        import_feed([path], source="elm")
    rows = Schedule.objects.order_by("opens_at").values_list("byday", "opens_at", "closes_at")
    assert list(rows) == [("MO,WE", time(9), time(12)), ("MO,WE", time(13), time(15))]
