"""What holds of every schedule, on the days of the clock changes too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from waypost.directory.rules import Hours, OpenKind, open_state
from waypost.directory.rules.openings import spans

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NINE_DAYS = timedelta(days=9)
# Two weeks round each clock change of 2026, and a plain fortnight over new year.
DATES = st.one_of(
    st.dates(date(2026, 3, 1), date(2026, 3, 15)),
    st.dates(date(2026, 10, 25), date(2026, 11, 8)),
    st.dates(date(2026, 12, 24), date(2027, 1, 6)),
)
CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
MINUTES = st.integers(0, int(NINE_DAYS.total_seconds() // 60) - 1)


@st.composite
def lines(draw: st.DrawFn) -> Hours:
    """A line of any kind that feeds have, a sensible one or not."""
    freq = draw(st.sampled_from(["WEEKLY", "DAILY", "MONTHLY", "YEARLY", ""]))
    ordinals = ["", "1", "2", "-1"] if freq in ("MONTHLY", "YEARLY") else [""]
    days = draw(st.lists(st.tuples(st.sampled_from(ordinals), st.sampled_from(DAYS)), max_size=3))
    holiday = draw(st.booleans()) and draw(st.booleans())
    maybe_date = st.none() | DATES
    return Hours(
        opens_at=draw(st.none() | CLOCK if holiday else CLOCK),
        closes_at=draw(st.none() | CLOCK if holiday else CLOCK),
        freq="" if holiday else freq,
        byday="" if holiday else ",".join(a + b for a, b in days),
        bymonthday=draw(st.sampled_from(["", "", "", "1", "15,-1"])),
        interval=draw(st.sampled_from([None, None, 1, 2])),
        count=draw(st.sampled_from([None, None, None, 1, 3])),
        dtstart=draw(maybe_date),
        until=draw(maybe_date),
        valid_from=draw(maybe_date),
        valid_to=draw(maybe_date),
        timezone=draw(st.sampled_from(["", "", "America/New_York", "-7", "CST"])),
        holiday=holiday,
        closed=draw(st.booleans()) and holiday,
        yearly=draw(st.sampled_from([None, None, ("12-24", "01-02")])) if holiday else None,
    )


SCHEDULES = st.lists(lines(), max_size=4)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, st.sampled_from(ZONES), DATES)
def test_openings_are_in_order_and_apart(schedule: list[Hours], zone: str, day: date) -> None:
    start = datetime.combine(day, time(), tzinfo=UTC)
    found = spans(schedule, zone, start, start + NINE_DAYS) or ()
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(start <= edge <= start + NINE_DAYS for edge in edges)


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, st.sampled_from(ZONES), DATES, st.lists(MINUTES, min_size=1, max_size=8))
@example(
    [Hours(time(23), time(3), byday="SA")], "America/Los_Angeles", date(2026, 10, 25), [10_080 + 8 * 60 + 90]
)
def test_the_state_and_the_spans_agree(
    schedule: list[Hours], zone: str, day: date, minutes: list[int]
) -> None:
    start = datetime.combine(day, time(), tzinfo=UTC)
    found = spans(schedule, zone, start, start + NINE_DAYS)
    for each in minutes:
        at = start + timedelta(minutes=each)
        inside = any(opens <= at < closes for opens, closes in found or ())
        assert (open_state(schedule, at, zone).kind == OpenKind.OPEN) == inside


@settings(max_examples=150, deadline=None)
@given(SCHEDULES, st.sampled_from(ZONES), DATES, MINUTES)
def test_the_hour_that_is_told_is_the_next_change(
    schedule: list[Hours], zone: str, day: date, minute: int
) -> None:
    at = datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minute)
    state = open_state(schedule, at, zone)
    change = state.until or state.opens
    if change is None or change - at > timedelta(days=60):
        return
    second = timedelta(seconds=1)
    assert change > at
    assert open_state(schedule, change - second, zone).kind == state.kind
    assert (open_state(schedule, change, zone).kind == OpenKind.OPEN) != (state.kind == OpenKind.OPEN)
    between = at + (change - at) / 2
    assert open_state(schedule, between, zone).kind == state.kind


@settings(max_examples=150, deadline=None)
@given(lines(), st.sampled_from(ZONES), DATES)
def test_nothing_opens_outside_its_season(line: Hours, zone: str, day: date) -> None:
    start = datetime.combine(day, time(), tzinfo=UTC)
    here = ZoneInfo({"America/New_York": "America/New_York"}.get(line.timezone, zone))
    for opens, _closes in spans([line], zone, start, start + NINE_DAYS) or ():
        if opens == start or line.timezone in ("-7", "CST") or line.holiday:
            continue
        local = opens.astimezone(here).date()
        for first in (line.valid_from, line.dtstart):
            assert first is None or local >= first
        for last in (line.valid_to, line.until):
            assert last is None or local <= last


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, st.text(max_size=60), st.sampled_from(ZONES), DATES)
def test_words_that_cannot_be_read_open_nothing(
    schedule: list[Hours], words: str, zone: str, day: date
) -> None:
    start = datetime.combine(day, time(), tzinfo=UTC)
    before = spans(schedule, zone, start, start + NINE_DAYS)
    after = spans([*schedule, Hours(words=words)], zone, start, start + NINE_DAYS)
    assert (after or ()) == (before or ())


@settings(max_examples=100, deadline=None)
@given(SCHEDULES, DATES, st.sampled_from(ZONES), DATES)
def test_a_closed_day_only_takes_away(schedule: list[Hours], holiday: date, zone: str, day: date) -> None:
    start = datetime.combine(day, time(), tzinfo=UTC)
    closed = Hours(holiday=True, closed=True, valid_from=holiday, valid_to=holiday)
    before = spans(schedule, zone, start, start + NINE_DAYS) or ()
    for opens, closes in spans([*schedule, closed], zone, start, start + NINE_DAYS) or ():
        assert any(a <= opens and closes <= b for a, b in before)
