"""Words of feeds as typed values; the expected values are read off by hand."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from waypost.interop.hsds import values as read


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("9 a.m.", time(9)),
        ("3pm", time(15)),
        ("4:00 PM", time(16)),
        ("12am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("24:00", time(0)),
        ("14:00:00", time(14)),
        ("9:00", time(9)),
        ("0930", time(9, 30)),
        ("10:00:00Z", time(10)),
        ("10:00+01:00", time(10)),
        ("14:00 PM", time(14)),
        ("9", None),
        ("14:00 AM", None),
        ("25:00", None),
        ("9:75", None),
        ("by appointment", None),
        ("9-5", None),
        ("", None),
    ],
)
def test_times(words: str, expected: time | None) -> None:
    assert read.read_time(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2015-12-24", date(2015, 12, 24)),
        ("12/24/2015", date(2015, 12, 24)),
        ("12/24/15", date(2015, 12, 24)),
        ("24/12/2015", date(2015, 12, 24)),
        ("Jan 5, 2020", date(2020, 1, 5)),
        ("January 05 2020", date(2020, 1, 5)),
        ("5 May 2020", date(2020, 5, 5)),
        ("3rd of May 2020", date(2020, 5, 3)),
        ("20200131", date(2020, 1, 31)),
        ("2025-08-08T10:00:00Z", date(2025, 8, 8)),
        ("2020-02-30", None),
        ("January 01, 0001", None),
        ("13/13/2020", None),
        ("soon", None),
    ],
)
def test_dates(words: str, expected: date | None) -> None:
    assert read.read_date(words) == expected


def test_a_date_of_the_year_one_means_every_year() -> None:
    assert read.read_yearly("January 01, 0001") == "01-01"
    assert read.read_yearly("12/24/2015") == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Monday", "MO"),
        ("Mondays", "MO"),
        ("Mon, Wed", "MO,WE"),
        ("Mon-Fri", "MO,TU,WE,TH,FR"),
        ("Monday to Wednesday", "MO,TU,WE"),
        ("Sat - Sun", "SA,SU"),
        ("Sun-Tue", "SU,MO,TU"),
        ("TH,FR", "TH,FR"),
        ("2TU", "2TU"),
        ("-1FR", "-1FR"),
        ("['MON', 'TUE']", "MO,TU"),
        ("lunes y martes", "MO,TU"),
        ("every other Monday", None),
        ("by appointment", None),
        ("1", None),
    ],
)
def test_weekdays(words: str, expected: str | None) -> None:
    assert read.read_days(words) == expected


def test_numbers() -> None:
    assert read.read_number("$1,250.50") == Decimal("1250.50")
    assert read.read_number("12 to 18") is None
    assert read.read_number("1e400") is None
    assert read.read_integer("2011.0") == 2011
    assert read.read_integer("99999999999") is None
    assert read.read_coordinate("-122.3") == -122.3
    assert read.read_coordinate("NaN") is None


def test_moments_have_a_zone() -> None:
    assert read.read_moment("2023-03-15T10:30:45") == datetime(2023, 3, 15, 10, 30, 45, tzinfo=UTC)
    assert read.read_moment("2023-03-15") == datetime(2023, 3, 15, tzinfo=UTC)
    assert read.read_moment("0001-01-01T00:00:00") is None
