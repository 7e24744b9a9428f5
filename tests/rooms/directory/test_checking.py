"""The phone check: what it confirms, mends, logs, and the time that counts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.community import Community
from waypost.directory.models import CheckDue, Contacted, Fault, Organization, Service
from waypost.directory.selectors import (
    contact_log,
    contacted,
    field_states,
    listing_for_referral,
    time_spent,
)
from waypost.directory.services import (
    CheckEntry,
    FieldKey,
    PlaceEntry,
    ServiceEntry,
    add_ad_hoc,
    create_location,
    expire_listings,
    extend_ad_hoc,
    log_contact,
    record_check,
    report_fault,
    say_field,
    set_time,
)
from waypost.kernel import clock
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.network.services import add_team

pytestmark = pytest.mark.django_db


def key(service_id: UUID, field: str) -> FieldKey:
    state = next(each for each in field_states(service_id) if each.field == field)
    return FieldKey(field, state.entity, state.row_id, state.column)


def entry(**given: Any) -> CheckEntry:
    return CheckEntry(how="phone", **given)


def test_a_check_confirms_and_mends_and_the_listing_is_confirmed(community: Community) -> None:
    keys = tuple(key(community.pantry, each) for each in ("name", "description"))
    phones = (key(community.pantry, "phones"), [{"number": "206-555-0143"}], "Phone: 206-555-0143")
    made = record_check(
        actor=community.ana,
        service_id=community.pantry,
        entry=entry(confirmed=keys, said=(phones,), seconds=95, with_whom="Pat"),
    )
    service = Service.objects.get(pk=community.pantry)
    assert (service.confirmed_on, service.confirmed_how) == (today(), "phone")
    assert service.contact_confirmed_on == today()
    card = contacted(community.ana, made)
    assert (card.confirmed, card.changed, card.seconds) == (("name", "description"), ("phones",), 95)
    assert (card.with_whom, card.user_name, card.mine) == ("Pat", "Ana Reyes", True)


def test_a_listing_of_which_something_was_left_out_stays_due(community: Community) -> None:
    record_check(
        actor=community.ana,
        service_id=community.pantry,
        entry=entry(confirmed=(key(community.pantry, "name"),), not_asked=("description",)),
    )
    assert Service.objects.get(pk=community.pantry).confirmed_on is None


def test_nobody_was_reached(community: Community) -> None:
    again = now() + timedelta(days=2)
    made = record_check(
        actor=community.ana,
        service_id=community.pantry,
        entry=entry(result="nobody", again_at=again, seconds=40),
    )
    assert CheckDue.objects.get(pk=community.pantry).again_at == again
    assert contacted(community.ana, made).result == "nobody"
    assert Service.objects.get(pk=community.pantry).confirmed_on is None
    for wrong in (now() - timedelta(days=1), now() + timedelta(days=90)):
        with pytest.raises(Refused):
            record_check(
                actor=community.ana, service_id=community.pantry, entry=entry(result="nobody", again_at=wrong)
            )


def test_closed_for_good_leaves_the_search_and_answers_the_reports(community: Community) -> None:
    _reference, _key = report_fault(
        service_id=community.pantry, kind="closed", words="", address="203.0.113.7"
    )
    record_check(actor=community.ana, service_id=community.pantry, entry=entry(result="closed"))
    assert Service.objects.get(pk=community.pantry).status == "defunct"
    assert Fault.objects.get().outcome == "mended"


def test_what_another_organization_looks_after_is_told_to_it(community: Community) -> None:
    said = ((key(community.groceries, "description"), "Two boxes", "What it is: Two boxes"),)
    record_check(actor=community.ana, service_id=community.groceries, entry=entry(said=said))
    assert listing_for_referral(community.groceries).description == "A box of groceries each week"
    told = Fault.objects.get()
    assert (told.kind, told.words, told.said_by_id) == (
        "other",
        "What it is: Two boxes",
        community.ana.user_id,
    )
    assert Service.objects.get(pk=community.groceries).confirmed_on is None


@pytest.mark.parametrize(
    "wrong",
    [{"how": "dream"}, {"result": "maybe"}, {"confirmed": ()}],
)
def test_what_makes_no_sense_is_refused(community: Community, wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"how": "phone", "confirmed": (key(community.pantry, "name"),), **wrong}
    with pytest.raises(Refused):
        record_check(actor=community.ana, service_id=community.pantry, entry=CheckEntry(**given))


def test_time_counts_up_to_half_an_hour_and_can_be_put_right(community: Community) -> None:
    team = add_team(organization_id=community.clinic, name="South")
    confirmed = (key(community.pantry, "name"),)
    made = record_check(
        actor=community.ana,
        service_id=community.pantry,
        entry=entry(confirmed=confirmed, seconds=9 * 3600, team_id=team),
    )
    assert contacted(community.ana, made).seconds == 1800
    set_time(actor=community.ana, contacted_id=made, minutes=4)
    assert contacted(community.ana, made).seconds == 240
    for actor in (community.lee, community.olga):
        with pytest.raises(NotVisible):
            set_time(actor=actor, contacted_id=made, minutes=1)
    for minutes in (-1, 721):
        with pytest.raises(Refused):
            set_time(actor=community.ana, contacted_id=made, minutes=minutes)


def test_time_by_team_and_month(community: Community) -> None:
    church = Organization.objects.get(name="St. Luke Church").id
    team = add_team(organization_id=community.clinic, name="South")
    for moment, minutes, of in (
        (datetime(2026, 9, 3, 18, tzinfo=UTC), 30, team),
        (datetime(2026, 9, 30, 18, tzinfo=UTC), 15, team),
        (datetime(2026, 10, 1, 18, tzinfo=UTC), 5, team),
        (datetime(2026, 10, 2, 18, tzinfo=UTC), 7, None),
    ):
        log_contact(
            actor=community.ana, organization_id=church, how="visit", minutes=minutes, team_id=of, at=moment
        )
    found = [
        (each.month.isoformat(), each.team, each.seconds // 60, each.contacts)
        for each in time_spent(community.ana, since=datetime(2026, 9, 1, tzinfo=UTC).date())
    ]
    assert found == [("2026-10-01", "South", 5, 1), ("2026-10-01", "", 7, 1), ("2026-09-01", "South", 45, 2)]


def test_the_log_is_the_organizations_own(community: Community, as_web: Any) -> None:
    church = Organization.objects.get(name="St. Luke Church").id
    log_contact(actor=community.ana, organization_id=church, how="meeting", minutes=20, words="Met the board")
    as_web()
    with acting(community.olga):
        assert contact_log(community.olga) == ([], 0)
        assert Contacted.objects.count() == 0
    with acting(community.lee):
        rows, count = contact_log(community.lee)
        assert (count, rows[0].organization_name, rows[0].words) == (1, "St. Luke Church", "Met the board")


def test_capacity_that_was_said_up_to_a_day_is_not_known_after_it(community: Community) -> None:
    for field, value in (("capacity_status", "waitlist"), ("capacity_until", today().isoformat())):
        say_field(
            actor=community.ana,
            entity="service",
            row_id=community.pantry,
            field=field,
            value=value,
            how="phone",
        )
    assert listing_for_referral(community.pantry).capacity_status == "waitlist"
    with clock.at(now() + timedelta(days=1)):
        assert listing_for_referral(community.pantry).capacity_status == "unknown"


def test_a_place_with_another_address_leaves_its_point_on_the_map(community: Community) -> None:
    church = Organization.objects.get(name="St. Luke Church").id
    place = create_location(
        organization_id=church,
        place=PlaceEntry(address_1="1 A St", city="Seattle", latitude=47.6, longitude=-122.3),
    )
    fields: dict[str, Any] = {"entity": "location", "row_id": place, "field": "addresses", "how": "visit"}
    same = [{"address_1": "1 A St", "city": "Seattle", "country": "US", "address_type": "physical"}]
    organization = Organization.objects.get(pk=church)
    say_field(actor=community.ana, value=same, **fields)
    assert organization.locations.get().latitude == 47.6
    say_field(actor=community.ana, value=[{**same[0], "address_1": "2 B St"}], **fields)
    assert (organization.locations.get().latitude, organization.locations.get().coordinates_status) == (
        None,
        "missing",
    )


def test_a_listing_for_a_while_expires_and_tells_who_added_it(community: Community) -> None:
    made = add_ad_hoc(
        actor=community.ana,
        entry=ServiceEntry(name="Elm Court waiting list", need_categories=("housing-instability",)),
        expires_on=today() + timedelta(days=2),
        how="web",
        organization_name="Elm Court Homes",
    )
    with clock.at(now() + timedelta(days=2)):
        assert expire_listings() == 0
    with clock.at(now() + timedelta(days=3)):
        assert expire_listings() == 1
        assert expire_listings() == 0
        assert Service.objects.get(pk=made).hidden_why == "expired"
        event = Event.objects.get(name="directory.expired")
        assert event.payload == {
            "listing_id": str(made),
            "told_organization": str(community.clinic),
            "told_user": str(community.ana.user_id),
        }
        with pytest.raises(NotVisible):
            listing_for_referral(made)
        extend_ad_hoc(actor=community.lee, service_id=made, expires_on=today() + timedelta(days=5))
        assert listing_for_referral(made).service_name == "Elm Court waiting list"


def test_who_adds_for_whom_and_until_when(community: Community) -> None:
    def add(actor: Any, name: str = "Elm Court Homes", days: int = 5) -> UUID:
        return add_ad_hoc(
            actor=actor,
            entry=ServiceEntry(name="Turkeys", need_categories=("food-insecurity",)),
            expires_on=today() + timedelta(days=days),
            how="web",
            organization_name=name,
        )

    for actor, name, days in (
        (community.ito, "Elm", 5),
        (community.ana, " ", 5),
        (community.ana, "Elm", -1),
        (community.ana, "Elm", 400),
        (community.ana, "cedar food bank", 5),
    ):
        with pytest.raises(Refused):
            add(actor, name, days)
    first, second = add(community.ana), add(community.ana, "elm court homes")
    assert len({Service.objects.get(pk=each).organization_id for each in (first, second)}) == 1
