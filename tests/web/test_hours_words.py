"""Hours as a table in words."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from waypost.directory.rules import Hours
from waypost.kernel.clock import at
from waypost.web.hours_words import hours_table

THURSDAY_TEN = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


def rows(*lines: Hours) -> list[tuple[str, tuple[str, ...], str]]:
    with at(THURSDAY_TEN):
        return [(row.days, row.times, row.note) for row in hours_table(lines).rows]


def days(*lines: Hours) -> list[str]:
    return [each[0] for each in rows(*lines)]


def test_split_hours_share_a_line_and_other_days_are_closed() -> None:
    found = rows(Hours(time(9), time(12), "WEEKLY", "MO,TU"), Hours(time(13), time(17), "WEEKLY", "MO,TU"))
    assert [(day, len(times)) for day, times, _note in found] == [
        ("Monday and Tuesday", 2),
        ("Wednesday to Sunday", 1),
    ]
    assert found[1][1] == ("Closed",)


def test_day_and_night_every_day() -> None:
    assert rows(Hours(time(0), time(0), "DAILY")) == [("Every day", ("Day and night",), "")]


def test_hours_by_the_month_are_told_and_nothing_is_called_closed() -> None:
    assert days(Hours(time(9), time(12), "MONTHLY", "2TU")) == ["Second Tuesday of the month"]
    assert days(Hours(time(9), time(12), "MONTHLY", "-1FR")) == ["Last Friday of the month"]
    assert days(Hours(time(9), time(12), "WEEKLY", "MO", interval=2)) == ["Every 2 weeks: Monday"]


def test_what_is_over_is_left_out_and_an_end_is_told() -> None:
    assert rows(Hours(time(9), time(12), "WEEKLY", "MO", valid_to=datetime(2026, 12, 2).date())) == []  # noqa: DTZ001
    found = rows(Hours(time(9), time(12), "WEEKLY", "MO", valid_to=datetime(2026, 12, 24).date()))  # noqa: DTZ001
    assert [(day, note) for day, _times, note in found] == [("Monday", "until Thu 24 Dec")]


def test_holidays_of_every_year() -> None:
    assert rows(Hours(holiday=True, closed=True, yearly=("12-25", "12-25"))) == [
        ("25 Dec", ("Closed",), "holiday")
    ]


def test_words_that_could_not_be_read_are_shown_as_given() -> None:
    with at(THURSDAY_TEN):
        table = hours_table([Hours(words="Tuesdays, sometimes"), Hours(time(9), time(12), "WEEKLY", "MO")])
    assert table.as_given == ("Tuesdays, sometimes",)
    assert [row.days for row in table.rows] == ["Monday"]  # no day is called closed when something is unclear
