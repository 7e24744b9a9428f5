"""Open or not: a table worked out by hand. Recurrence words are those of RFC 5545 § 3.3.10."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from waypost.directory.rules import Hours, OpenKind, open_state
from waypost.directory.words import hours_lines, open_words

LA = "America/Los_Angeles"
NINE, NOON, FIVE = time(9), time(12), time(17)


def la(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in Los Angeles; 16 November 2026 is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(LA))


WEEKDAYS = Hours(NINE, FIVE, freq="WEEKLY", byday="MO,TU,WE,TH,FR")


@pytest.mark.parametrize(
    ("lines", "at", "kind", "then"),
    [
        ([WEEKDAYS], la(16, 8, 59), OpenKind.CLOSED, la(16, 9)),
        ([WEEKDAYS], la(16, 9), OpenKind.OPEN, la(16, 17)),
        ([WEEKDAYS], la(16, 16, 59), OpenKind.OPEN, la(16, 17)),
        ([WEEKDAYS], la(16, 17), OpenKind.CLOSED, la(17, 9)),
        ([WEEKDAYS], la(20, 18), OpenKind.CLOSED, la(23, 9)),
        # split hours, and two that touch
        (
            [Hours(NINE, NOON, byday="MO"), Hours(time(13), FIVE, byday="MO")],
            la(16, 12, 30),
            "closed",
            la(16, 13),
        ),
        ([Hours(NINE, NOON, byday="MO"), Hours(NOON, FIVE, byday="MO")], la(16, 10), "open", la(16, 17)),
        # past midnight
        ([Hours(time(20), time(2), byday="FR")], la(20, 23), "open", la(21, 2)),
        ([Hours(time(20), time(2), byday="FR")], la(21, 1), "open", la(21, 2)),
        ([Hours(time(20), time(2), byday="FR")], la(21, 2), "closed", la(27, 20)),
        # round the clock on one day
        ([Hours(time(0), time(0), byday="MO")], la(16, 23), "open", la(17, 0)),
        # the second Tuesday, the last Friday, the 15th
        ([Hours(NINE, FIVE, freq="MONTHLY", byday="2TU")], la(1, 10), "closed", la(10, 9)),
        ([Hours(NINE, FIVE, freq="MONTHLY", byday="-1FR")], la(1, 10), "closed", la(27, 9)),
        ([Hours(NINE, FIVE, freq="MONTHLY", bymonthday="15")], la(16, 10), "closed", la(15, 9, month=12)),
        ([Hours(NINE, FIVE, freq="MONTHLY", bymonthday="-1")], la(16, 10), "closed", la(30, 9)),
        # every second week, known and not known since when
        (
            [Hours(NINE, FIVE, freq="WEEKLY", byday="MO", interval=2, dtstart=date(2026, 11, 9))],
            la(16, 10),
            "closed",
            la(23, 9),
        ),
        ([Hours(NINE, FIVE, freq="WEEKLY", byday="MO", interval=2)], la(16, 10), "not_known", None),
        # by the week's first day alone nothing is known
        ([Hours(NINE, FIVE, freq="WEEKLY", wkst="MO")], la(16, 10), "not_known", None),
        ([Hours(NINE, FIVE, freq="WEEKLY", dtstart=date(2026, 11, 2))], la(16, 10), "open", la(16, 17)),
        ([Hours(NINE, FIVE, freq="DAILY")], la(21, 10), "open", la(21, 17)),
        ([Hours(NINE, FIVE, dtstart=date(2026, 11, 21))], la(21, 10), "open", la(21, 17)),
        # season not begun, season over
        ([Hours(NINE, FIVE, byday="MO", valid_from=date(2026, 11, 20))], la(16, 10), "closed", la(23, 9)),
        ([Hours(NINE, FIVE, byday="MO", valid_to=date(2026, 11, 10))], la(16, 10), "closed", None),
        ([Hours(NINE, FIVE, byday="MO", until=date(2026, 11, 10))], la(16, 10), "closed", None),
        # three times only, from 2 November
        (
            [Hours(NINE, FIVE, freq="WEEKLY", byday="MO", count=3, dtstart=date(2026, 11, 2))],
            la(16, 10),
            "open",
            la(16, 17),
        ),
        (
            [Hours(NINE, FIVE, freq="WEEKLY", byday="MO", count=2, dtstart=date(2026, 11, 2))],
            la(16, 10),
            "closed",
            None,
        ),
        # a holiday: closed, other hours, every year
        (
            [
                WEEKDAYS,
                Hours(holiday=True, closed=True, valid_from=date(2026, 11, 16), valid_to=date(2026, 11, 17)),
            ],
            la(16, 10),
            "closed",
            la(18, 9),
        ),
        (
            [WEEKDAYS, Hours(NINE, NOON, holiday=True, valid_from=date(2026, 11, 16))],
            la(16, 13),
            "closed",
            la(17, 9),
        ),
        (
            [WEEKDAYS, Hours(holiday=True, closed=True, yearly=("11-16", "11-16"))],
            la(16, 10),
            "closed",
            la(17, 9),
        ),
        # only one of the hours, no hours, words
        ([Hours(NINE, None, byday="MO")], la(16, 10), "not_known", None),
        ([Hours(byday="MO")], la(16, 10), "not_known", None),
        ([], la(16, 10), "not_known", None),
        ([Hours(words="By appointment only")], la(16, 10), "by_appointment", None),
        ([Hours(words="Con cita")], la(16, 10), "by_appointment", None),
        ([Hours(words="Call for hours")], la(16, 10), "not_known", None),
        # another zone than the reader's: 9 in New York is 6 in Los Angeles
        ([Hours(NINE, FIVE, byday="MO", timezone="America/New_York")], la(16, 7), "open", la(16, 14)),
        ([Hours(NINE, FIVE, byday="MO", timezone="-5")], la(16, 7), "open", la(16, 14)),
        ([Hours(NINE, FIVE, byday="MO", timezone="-05:00")], la(16, 7), "open", la(16, 14)),
        ([Hours(NINE, FIVE, byday="MO", timezone="Nowhere/Town")], la(16, 10), "open", la(16, 17)),
    ],
)
def test_open_state(lines: list[Hours], at: datetime, kind: str, then: datetime | None) -> None:
    state = open_state(lines, at, LA)
    assert state.kind == kind
    assert (state.until or state.opens) == then


def test_the_night_of_the_clock_change_is_an_hour_longer() -> None:
    """On 1 November 2026 clocks in Los Angeles go back at 2:00."""
    line = Hours(time(22), time(6), byday="SA")
    state = open_state([line], datetime(2026, 11, 1, 5, 30, tzinfo=UTC), LA)
    assert state.until == datetime(2026, 11, 1, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([WEEKDAYS], ("Mon to Fri 9 am – 5 pm",)),
        ([Hours(NINE, NOON, byday="MO"), Hours(NINE, NOON, byday="WE")], ("Mon, Wed 9 am – 12 pm",)),
        ([Hours(NINE, NOON, byday="SA,SU")], ("Sat, Sun 9 am – 12 pm",)),
        ([Hours(NINE, FIVE, freq="MONTHLY", byday="2TU")], ("2nd Tue of the month 9 am – 5 pm",)),
        ([Hours(NINE, FIVE, freq="WEEKLY")], ("weekly, day not given 9 am – 5 pm",)),
        ([Hours(NINE, FIVE, freq="WEEKLY", byday="MO", interval=2)], ("every 2 weeks Mon 9 am – 5 pm",)),
        ([Hours(byday="MO", freq="WEEKLY")], ("Mon, hours not given",)),
        ([Hours(words="Call first")], ("Call first",)),
        (
            [Hours(holiday=True, closed=True, valid_from=date(2026, 12, 25), valid_to=date(2026, 12, 25))],
            ("Fri 25 Dec 2026: closed",),
        ),
    ],
)
def test_hours_in_words(lines: list[Hours], expected: tuple[str, ...]) -> None:
    with translation.override("en"):
        assert hours_lines(lines) == expected


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (la(16, 8), "Opens today at 9 am"),
        (la(16, 10), "Open until 5 pm"),
        (la(20, 18), "Opens Mon at 9 am"),
    ],
)
def test_openings_in_words(at: datetime, words: str) -> None:
    with translation.override("en"):
        assert open_words(open_state([WEEKDAYS], at, LA), at, ZoneInfo(LA)) == words


def test_a_day_that_ends_one_minute_early_goes_on_without_a_gap() -> None:
    """Feeds write 23:59 for midnight: a line that is always open never closes for a minute."""
    always = Hours(time(0), time(23, 59), freq="DAILY")
    at = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)
    state = open_state([always], at, LA)
    assert state.until is not None
    assert state.until - at > timedelta(days=1)
