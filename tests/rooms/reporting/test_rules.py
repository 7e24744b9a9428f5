"""Figures over the table in ``table.py``, worked out with a pencil beside each expectation."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.rooms.reporting.table import BANK, RIDE, ZONE, facts
from waypost.coordination.cards import RequestFact
from waypost.reporting import rules
from waypost.reporting.rules import Fraction, Measures

TODAY = date(2026, 12, 3)
MONTHS = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]


def measures(sent: int, answered: str, known: str, received: str, met: str) -> Measures:
    """``measures(6, "4/4", …)``."""
    pairs = [Fraction(*(int(part) for part in each.split("/"))) for each in (answered, known, received, met)]
    return Measures(sent, *pairs)


def test_each_referral_counts_once_in_the_month_it_was_sent() -> None:
    found = rules.cohorts(rules.by_referral(facts(), ZONE), MONTHS, TODAY)
    assert [each.measures for each in found] == [
        # September: 1 2 3 4 5 7 8. Asked: all but 7 (a list) and 8 (a call together). Answered: 1 2 3 4.
        # Outcome known: 1 2 3 4 7. Received: 1, 3 (partly), 7. The person's word: 1 yes, 3 no, 7 yes.
        measures(7, "4/5", "5/7", "3/5", "2/3"),
        # October: 6 9 10 11 12 13 14 15. Not answered: 12. Known: 6 9 10 11 15. Received: these but 10.
        # The person's word: 6 yes, 10 no, 11 yes, 15 yes.
        measures(8, "7/8", "5/8", "4/5", "3/4"),
        # November: 16 17 18 19. Answered: 16 18. Known, received and met: 16.
        measures(4, "2/4", "1/4", "1/1", "1/1"),
        # December: 20.
        measures(1, "0/1", "0/1", "0/0", "0/0"),
    ]


def test_a_need_counts_once_in_the_month_of_its_first_referral() -> None:
    found = rules.cohorts(rules.by_need(facts(), ZONE), MONTHS, TODAY)
    assert [each.measures for each in found] == [
        # Needs 1 to 6. Asked: 1 2 3 4. Answered: all four, 4 by its October referral. Known: 1 2 3 4 5.
        # Received: 1, 2 (partly), 4, 5; need 3 was not. The person's word: 1 yes, 2 no, 4 yes, 5 yes.
        measures(6, "4/4", "5/6", "4/5", "3/4"),
        # Needs 7 to 12. Not answered: 9. Known: 7 8 12, and all three received. The last word on 8 is yes,
        # 12 yes.
        measures(6, "5/6", "3/6", "3/3", "2/2"),
        # Needs 13 to 15. Answered: 13, and 14 by its second referral. Known: 13.
        measures(3, "2/3", "1/3", "1/1", "1/1"),
        measures(1, "0/1", "0/1", "0/0", "0/0"),
    ]


def test_totals_leave_out_what_is_too_early_to_say() -> None:
    by_need = rules.mature(rules.by_need(facts(), ZONE), MONTHS, TODAY)
    # September and October: 6 + 6 needs; 4 + 5 of 4 + 6; 5 + 3 of 12; 4 + 3 of 8; 3 + 2 of 4 + 2.
    assert by_need == measures(12, "9/10", "8/12", "7/8", "5/6")
    by_referral = rules.mature(rules.by_referral(facts(), ZONE), MONTHS, TODAY)
    # 7 + 8 referrals; 4 + 7 of 5 + 8; 5 + 5 of 15; 3 + 4 of 10; 2 + 3 of 3 + 4.
    assert by_referral == measures(15, "11/13", "10/15", "7/10", "5/7")


def test_a_need_begun_before_the_period_is_not_counted_in_it() -> None:
    later = [each for each in facts() if each.sent_at.astimezone(ZONE).month >= 10]
    # Need 4's second referral is of 5 October, its first of September: October still has 6 needs.
    lines = rules.by_need(later, ZONE, begun_before=[UUID(int=2004)])
    assert rules.cohorts(lines, MONTHS[1:2], TODAY)[0].measures.sent == 6


@pytest.mark.parametrize(
    ("month", "today", "early"),
    [
        # What was sent on 31 October is 30 days old on 30 November.
        (date(2026, 10, 1), date(2026, 11, 29), True),
        (date(2026, 10, 1), date(2026, 11, 30), False),
        # What was sent on 31 December is 30 days old on 30 January.
        (date(2026, 12, 1), date(2027, 1, 29), True),
        (date(2026, 12, 1), date(2027, 1, 30), False),
    ],
)
def test_a_month_is_early_until_its_last_day_is_thirty_days_ago(
    month: date, today: date, early: bool
) -> None:
    assert rules.is_early(month, today) is early


def test_percentages_are_rounded_half_up() -> None:
    assert Fraction(522, 600).percent == 87  # 87.0
    assert Fraction(7, 8).percent == 88  # 87.5
    assert Fraction(1, 3).percent == 33
    assert Fraction(0, 0).percent is None
    assert Fraction(None, None).percent is None


def test_months_go_back_over_the_turn_of_the_year() -> None:
    assert rules.last_months(date(2027, 2, 14), 4) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
        date(2027, 2, 1),
    ]


def test_the_slowest_answers_come_first_and_few_answers_are_left_out() -> None:
    found = rules.slowest(facts())
    # Ride: 48 72 96 hours. Bank: 2 3 4 5 6 8 10. Energy answered once; services outside are not listed.
    assert [(each.recipient_id, each.hours, each.answers) for each in found] == [(RIDE, 72, 3), (BANK, 5, 7)]


NORTH, SOUTH = UUID(int=11), UUID(int=12)


def asked(team: UUID | None, name: str, channel: str, warm: bool, day: int) -> RequestFact:
    """A request of November."""
    return RequestFact(
        asked_on=date(2026, 11, 1) + timedelta(days=day - 1),
        team_id=team,
        team_name=name,
        role="provider",
        channel=channel,
        warm=warm,
        status="taken",
        closed_reason="",
    )


def test_requests_by_team_and_channel_with_the_warm_share_and_per_coordinator() -> None:
    found = [
        asked(NORTH, "North", "warm_handoff", True, 2),
        asked(NORTH, "North", "warm_handoff", True, 3),
        asked(NORTH, "North", "ehr", False, 4),
        asked(SOUTH, "South", "message", False, 5),
        asked(None, "", "self", False, 6),
        asked(None, "", "self", False, 7),
    ]
    north, south, none = rules.by_team(found, {NORTH: 1.5})
    assert (north.team_name, north.requests, north.by_channel) == ("North", 3, {"warm_handoff": 2, "ehr": 1})
    assert north.warm == Fraction(2, 3)
    assert north.per_fte == 2.0  # 3 requests over 1.5 coordinators
    assert south.per_fte is None
    assert (none.team_id, none.requests) == (None, 2)  # of no team: last, though they are more than South's
    everything = rules.all_teams(found, {NORTH: 1.5, SOUTH: 0.5})
    assert (everything.requests, everything.warm, everything.per_fte) == (6, Fraction(2, 6), 3.0)
