"""A keeper says when a service is open: split days, seasons, holidays, nights, words, nothing known."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.community import Community
from waypost.directory.models import FieldFact, Schedule
from waypost.directory.rules.hours import open_state
from waypost.directory.selectors import listing_for_referral
from waypost.directory.words import clock
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
EMPTY = {
    "week-TOTAL_FORMS": "0",
    "week-INITIAL_FORMS": "0",
    "special-TOTAL_FORMS": "0",
    "special-INITIAL_FORMS": "0",
}
Lines = list[dict[str, Any]]
NEXT_YEAR = today().year + 1


@pytest.fixture
def sam(client: Client, community: Community, sign_in: SignIn) -> Client:
    return sign_in(client, community.sam)


def sent(
    week: list[dict[str, Any]], special: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    """As a browser sends it."""
    found: dict[str, Any] = EMPTY | more
    for prefix, lines in (("week", week), ("special", special or [])):
        found[f"{prefix}-TOTAL_FORMS"] = str(len(lines))
        for number, line in enumerate(lines):
            found |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return found


def line(days: str, opens: str, closes: str, **more: Any) -> dict[str, Any]:
    return {"days": days.split(), "opens": opens, "closes": closes, **more}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def save(sam: Client, community: Community, data: dict[str, Any]) -> str:
    answer = sam.post(f"/listing/{community.groceries}/hours/", data, follow=True)
    page = text(answer)
    assert "You changed the hours of Weekly groceries." in page, page
    return page


def at(community: Community, day: date, hour: str) -> str:
    """open, closed …: at this moment on the wall clock of the listing."""
    moment = time.fromisoformat(hour)
    lines = listing_for_referral(community.groceries).hours
    return str(open_state(lines, datetime.combine(day, moment, tzinfo=UTC), "UTC").kind)


MONDAY = today() + timedelta(days=(0 - today().weekday()) % 7 or 7)
SPLIT = [line("MO TU WE TH FR", "09:00", "12:00"), line("MO TU WE TH FR", "13:00", "17:00")]


def test_a_split_day_and_a_night(sam: Client, community: Community) -> None:
    page = save(sam, community, sent([*SPLIT, line("SA", "20:00", "02:00")]))
    assert f"{clock(time(9))} to {clock(time(12))}, {clock(time(13))} to {clock(time(17))}" in page
    wanted = {"08:59": "closed", "09:00": "open", "12:30": "closed", "13:00": "open", "17:00": "closed"}
    assert {hour: at(community, MONDAY, hour) for hour in wanted} == wanted
    assert at(community, MONDAY + timedelta(days=6), "01:30") == "open"  # the night from Saturday to Sunday
    assert at(community, MONDAY + timedelta(days=6), "02:30") == "closed"
    fact = FieldFact.objects.get(row_id=community.groceries, field="schedules", source="local")
    assert fact.confirmed_by_id == community.sam.user_id


def test_a_season_a_rhythm_and_a_day_of_the_month(sam: Client, community: Community) -> None:
    first = MONDAY + timedelta(days=14)
    season = line(
        "SU", "09:00", "12:00", starts=f"{NEXT_YEAR}-06-01", ends=f"{NEXT_YEAR}-08-31", note="Garden"
    )
    second = line("MO", "18:00", "20:00", rhythm="2w", starts=first.isoformat())
    page = save(sam, community, sent([season, second, line("TU", "10:00", "11:00", rhythm="2")]))
    assert "Second Tuesday of the month" in page and "Every 2 weeks: Monday" in page
    rows = {row.byday: row for row in Schedule.objects.filter(service_id=community.groceries)}
    assert (rows["SU"].valid_from, rows["SU"].valid_to) == (date(NEXT_YEAR, 6, 1), date(NEXT_YEAR, 8, 31))
    assert (rows["MO"].interval, rows["MO"].dtstart) == (2, first)
    assert (rows["2TU"].freq, rows["SU"].description) == ("MONTHLY", "Garden")
    assert at(community, first, "19:00") == "open"
    assert at(community, first + timedelta(days=7), "19:00") == "closed"
    assert at(community, first + timedelta(days=14), "19:00") == "open"


def test_a_holiday_of_every_year_and_days_with_other_hours(sam: Client, community: Community) -> None:
    special = [
        {
            "first": f"{NEXT_YEAR}-12-24",
            "last": f"{NEXT_YEAR + 1}-01-02",
            "every_year": "on",
            "kind": "closed",
        },
        {"first": MONDAY.isoformat(), "kind": "open", "opens": "15:00", "closes": "16:00", "note": "Stock"},
    ]
    page = save(sam, community, sent(SPLIT, special))
    assert "24 Dec to 2 Jan" in page
    assert at(community, MONDAY, "10:00") == "closed" and at(community, MONDAY, "15:30") == "open"
    row = Schedule.objects.get(service_id=community.groceries, closed=True)
    assert row.extra == {"every_year": {"from": "12-24", "to": "01-02"}}
    monday = next(d for d in (date(NEXT_YEAR, 12, 24) + timedelta(n) for n in range(7)) if d.weekday() == 0)
    assert at(community, monday, "10:00") == "closed"
    # what was said comes back as it was said
    page = text(sam.get(f"/listing/{community.groceries}/hours/"))
    assert 'value="15:00"' in page and "Stock" in page and page.count("Days that differ ") == 2


def test_words_and_appointments_never_count_as_open(sam: Client, community: Community) -> None:
    Schedule.objects.create(service_id=community.groceries, description="Most evenings, ring twice")
    page = text(sam.get(f"/listing/{community.groceries}/hours/"))
    assert "Most evenings, ring twice" in page
    save(sam, community, sent([], words="Most evenings, ring twice", by_appointment="on"))
    hours = listing_for_referral(community.groceries).hours
    assert [each.words for each in hours] == ["by appointment", "Most evenings, ring twice"]
    assert at(community, MONDAY, "19:00") == "by_appointment"
    save(sam, community, sent([], words="Most evenings, ring twice"))
    assert at(community, MONDAY, "19:00") == "not_known"


def test_hours_that_are_not_known(sam: Client, community: Community) -> None:
    save(sam, community, sent(SPLIT, words="Ring twice"))
    answer = sam.post(
        f"/listing/{community.groceries}/hours/", sent([line("", "9", "")], unknown="on"), follow=True
    )
    assert "are listed as not known." in text(answer)
    assert listing_for_referral(community.groceries).hours == ()
    assert at(community, MONDAY, "10:00") == "not_known"


def test_another_line_keeps_what_was_typed(sam: Client, community: Community) -> None:
    address = f"/listing/{community.groceries}/hours/"
    half = [line("MO", "nine", "")]
    answer = sam.post(address, sent(half, more="week"))
    page = text(answer)
    assert answer.status_code == 200
    assert 'value="nine"' in page and 'name="week-1-opens"' in page and "Problem:" not in page
    page = text(sam.post(address, sent(half, more="special")))
    assert 'name="special-0-first"' in page
    assert listing_for_referral(community.groceries).hours == ()


@pytest.mark.parametrize(
    ("week", "special", "words"),
    [
        ([line("MO", "nine", "17:00")], [], "Write a time like 9:00 or 17:30."),
        ([line("MO", "9:00", "")], [], "Give both times."),
        ([line("", "9:00", "17:00")], [], "Choose at least one day."),
        ([line("MO", "9:00", "5:00")], [], "Write 17:00 for 5 in the afternoon."),
        ([line("MO", "9:00", "9:00")], [], "It closes when it opens."),
        ([line("MO", "9:00", "17:00", starts="2030-02-01", ends="2030-01-01")], [], "It ends before"),
        ([line("MO", "9:00", "17:00", rhythm="2w")], [], "which week it is"),
        ([line("XX", "9:00", "17:00")], [], "XX"),
        ([], [{"first": "", "kind": "closed", "note": "Easter"}], "Say which day."),
        ([], [{"first": "2030-02-01", "kind": "open"}], "Give both times."),
        ([], [{"first": "2030-02-30", "kind": "closed"}], "Write a day like 2026-12-24."),
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_in_words(
    sam: Client, community: Community, week: Lines, special: Lines, words: str
) -> None:
    answer = sam.post(f"/listing/{community.groceries}/hours/", sent(week, special))
    assert answer.status_code == 422
    assert words in text(answer)
    assert listing_for_referral(community.groceries).hours == ()


def test_day_and_night_and_lines_taken_out(sam: Client, community: Community) -> None:
    save(sam, community, sent([line("MO", "0:00", "0:00"), line("TU", "9:00", "10:00", remove="on"), {}]))
    (kept,) = listing_for_referral(community.groceries).hours
    assert (kept.byday, at(community, MONDAY, "03:00")) == ("MO", "open")


def test_meddled_counts_save_nothing(sam: Client, community: Community) -> None:
    for number in ("", "x", "99999999", "-3"):
        data = sent(SPLIT) | {"week-TOTAL_FORMS": number}
        assert sam.post(f"/listing/{community.groceries}/hours/", data).status_code in (302, 422)
        assert sam.post(f"/listing/{community.groceries}/hours/", data | {"more": "week"}).status_code == 200


def test_others_do_not_open_it(community: Community, sign_in: SignIn) -> None:
    address = f"/listing/{community.groceries}/hours/"
    assert sign_in(Client(), community.olga).post(address, EMPTY).status_code == 404
    assert sign_in(Client(), community.ana).get(address).status_code == 403
