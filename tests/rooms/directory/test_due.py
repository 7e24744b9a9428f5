"""What is due to be checked: cadences by need, reasons, order, who has it in hand."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from tests.community import Community
from waypost.directory.models import (
    Address,
    Cadence,
    CheckDue,
    Location,
    Organization,
    Service,
    ServiceAtLocation,
)
from waypost.directory.selectors import DueAsked, DueRow, cadences, due_counts, due_list, service_outcomes
from waypost.directory.services import (
    UseCount,
    confirm_listing,
    create_service,
    keep_use,
    leave_check,
    report_fault,
    take_check,
)
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.network.services import add_team

pytestmark = pytest.mark.django_db


def due(actor: Actor, who: str = "", **asked: str) -> list[UUID]:
    found = due_list(actor=actor, asked=DueAsked(who=who, **asked), team_id=None, page=1, size=50)
    return [row.listing.id for row in found.rows]


def row_of(actor: Actor, service_id: UUID) -> DueRow:
    found = due_list(actor=actor, asked=DueAsked(), team_id=None, page=1, size=50)
    return next(row for row in found.rows if row.listing.id == service_id)


def confirmed(service_id: UUID, days_ago: int) -> None:
    Service.objects.filter(pk=service_id).update(
        confirmed_on=today() - timedelta(days=days_ago), confirmed_how="phone"
    )


def test_the_cadences_that_come_with_the_directory() -> None:
    known = {row.category: row.days for row in cadences()}
    assert known["food-insecurity"] == 45
    assert max(known.values()) <= 366
    assert "" in known


def test_a_cadence_is_a_year_at_most() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Cadence.objects.create(category="stress", days=367, valid_from=date(2026, 1, 1))


def test_what_nobody_has_confirmed_is_due_at_once(community: Community) -> None:
    assert set(due(community.ana)) == {community.pantry, community.groceries}
    assert row_of(community.ana, community.pantry).reasons == ("never",)


@pytest.mark.parametrize(("days_ago", "is_due"), [(44, False), (45, True), (46, True)])
def test_food_is_due_after_45_days(community: Community, days_ago: int, is_due: bool) -> None:
    confirmed(community.pantry, days_ago)
    assert (community.pantry in due(community.ana)) is is_due


def test_the_shortest_cadence_of_several_needs_counts_and_a_new_one_from_its_day(
    community: Community,
) -> None:
    Service.objects.filter(pk=community.pantry).update(need_categories=["food-insecurity", "homelessness"])
    confirmed(community.pantry, 31)
    assert row_of(community.ana, community.pantry).days == 30
    Cadence.objects.filter(category="homelessness").update(valid_to=today() - timedelta(days=1))
    Cadence.objects.create(category="homelessness", days=10, valid_from=today())
    confirmed(community.pantry, 30)
    assert row_of(community.ana, community.pantry).days == 10


def test_what_the_feed_was_assured_of_counts_but_not_a_day_to_come(community: Community) -> None:
    Service.objects.filter(pk=community.pantry).update(assured_date=today() - timedelta(days=3))
    assert community.pantry not in due(community.ana)
    Service.objects.filter(pk=community.pantry).update(assured_date=today() + timedelta(days=3))
    assert community.pantry in due(community.ana)


def test_a_report_makes_due_what_was_confirmed_lately(community: Community) -> None:
    confirm_listing(actor=community.ivy, service_id=community.pantry, how="phone")
    assert community.pantry not in due(community.ana)
    report_fault(service_id=community.pantry, kind="hours", words="", address="203.0.113.7")
    assert row_of(community.ana, community.pantry).reasons == ("faults",)


def test_the_day_is_the_networks_own_and_not_that_of_greenwich(community: Community) -> None:
    evening = datetime(2026, 11, 24, 20, 30, tzinfo=ZoneInfo("America/Los_Angeles"))  # 04:30 UTC, 25 November
    with clock.at(evening):
        confirm_listing(actor=community.ivy, service_id=community.pantry, how="phone")
        report_fault(service_id=community.pantry, kind="hours", words="", address="203.0.113.7")
        assert row_of(community.ana, community.pantry).due_on == date(2026, 11, 24)


def test_unanswered_referrals_make_due_and_a_check_settles_it(community: Community) -> None:
    confirmed(community.pantry, 40)
    with clock.at(now()):
        keep_use(
            counts=[UseCount(community.pantry, 12, 2, 5, 3, 2), UseCount(community.groceries, 12, 9, 3, 3, 2)]
        )
    assert row_of(community.ana, community.pantry).reasons == ("unanswered",)
    assert "unanswered" not in row_of(community.ana, community.groceries).reasons
    confirm_listing(actor=community.ivy, service_id=community.pantry, how="phone")
    assert community.pantry not in due(community.ana)


def test_outcomes_are_told_from_eleven_known_ones_on_with_the_unknown_beside(community: Community) -> None:
    keep_use(
        counts=[
            UseCount(community.pantry, 120, 90, 5, 97, 82),
            UseCount(community.groceries, 30, 20, 5, 10, 9),
        ]
    )
    found = service_outcomes(community.pantry)
    assert found is not None
    assert (found.received, found.outcome_known, found.outcome_unknown) == (82, 97, 23)
    few = service_outcomes(community.groceries)
    assert few is not None
    assert (few.sent, few.received, few.outcome_known, few.outcome_unknown) == (30, None, None, None)


def test_a_victim_service_is_in_no_response_figure(community: Community) -> None:
    Organization.objects.filter(services=community.pantry).update(is_victim_service=True)
    keep_use(counts=[UseCount(community.pantry, 120, 90, 50, 97, 82)])
    assert service_outcomes(community.pantry) is None
    assert "unanswered" not in row_of(community.ana, community.pantry).reasons
    keep_use(counts=[])
    assert service_outcomes(community.pantry) is None


def test_the_most_urgent_comes_first(community: Community) -> None:
    confirmed(community.pantry, 90)  # twice its cadence
    confirmed(community.groceries, 50)
    assert due(community.ana) == [community.pantry, community.groceries]
    keep_use(counts=[UseCount(community.groceries, 40, 40, 0, 0, 0)])
    assert due(community.ana) == [community.groceries, community.pantry]


def test_filters_by_need_and_place(community: Community) -> None:
    church = Service.objects.get(pk=community.pantry).organization
    place = Location.objects.create(organization=church, name="Hall")
    Address.objects.create(location=place, city="Seattle", postal_code="98144-1234")
    ServiceAtLocation.objects.create(service_id=community.pantry, location=place)
    ride = create_service(
        organization_id=church.id, name="Rides", need_categories=["transportation-insecurity"]
    )
    assert due(community.ana, category="transportation-insecurity") == [ride]
    Service.objects.filter(pk=ride).update(hidden_why="gone")
    assert due(community.ana, town="98144") == due(community.ana, town="seattle") == [community.pantry]
    Location.objects.filter(pk=place.id).update(confidential=True)
    assert due(community.ana, town="seattle") == []


def test_hidden_closed_and_expired_listings_are_not_due(community: Community) -> None:
    Service.objects.filter(pk=community.pantry).update(hidden_why="gone")
    Service.objects.filter(pk=community.groceries).update(status="defunct")
    assert due(community.ana) == []
    assert CheckDue.objects.count() == 0


def test_taken_in_hand_and_given_back(community: Community) -> None:
    due(community.ana)
    team = add_team(organization_id=community.clinic, name="South")
    with acting(community.ana):
        take_check(
            actor=community.ana, service_id=community.pantry, team_id=team, user_id=community.ana.user_id
        )
    assert due(community.ana, "me") == [community.pantry]
    assert due(community.lee, "me") == []
    row = row_of(community.lee, community.pantry)
    assert (row.in_hand_user, row.in_hand_team, row.ours, row.mine) == ("Ana Reyes", "South", True, False)
    assert due(community.ana, "nobody") == [community.groceries]
    assert due(community.olga) == [community.groceries]
    with pytest.raises(Refused, match="Another organization"):
        take_check(actor=community.olga, service_id=community.pantry)
    assert due_counts(actor=community.ana, asked=DueAsked(), team_id=team) == {
        "": 2, "me": 1, "team": 1, "nobody": 1, "ours": 0, "later": 0,
    }  # fmt: skip
    leave_check(actor=community.olga, service_id=community.pantry)
    assert due(community.ana, "me") == [community.pantry]
    leave_check(actor=community.lee, service_id=community.pantry)
    assert due(community.ana, "me") == []


def test_what_was_taken_is_free_again_after_two_weeks(community: Community) -> None:
    due(community.ana)
    with clock.at(now() - timedelta(days=15)):
        take_check(actor=community.ana, service_id=community.pantry, user_id=community.ana.user_id)
    assert community.pantry in due(community.olga)
    take_check(actor=community.olga, service_id=community.pantry, user_id=community.olga.user_id)
    assert due(community.olga, "me") == [community.pantry]
