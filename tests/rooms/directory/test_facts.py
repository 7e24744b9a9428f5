"""Facts of single fields: what a human confirmed, what was said, and what is refused."""

from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from tests.community import Community
from waypost.directory.models import FieldFact, Location, Organization, Phone, Schedule, Service
from waypost.directory.selectors import FieldState, field_states, place_states
from waypost.directory.services import (
    PlaceEntry,
    confirm_field,
    confirm_listing,
    create_location,
    create_service,
    say_field,
)
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


def state(service_id: UUID, field: str) -> FieldState:
    return next(each for each in field_states(service_id) if each.field == field)


def church() -> Organization:
    return Organization.objects.get(name="St. Luke Church")


def test_a_field_that_nobody_touched_has_the_source_of_its_row(community: Community) -> None:
    moment = now() - timedelta(days=30)
    Service.objects.filter(pk=community.pantry).update(source="ilao", imported_at=moment)
    found = state(community.pantry, "name")
    assert (found.value, found.source, found.imported_at) == ("St. Luke pantry", "ilao", moment)
    assert (found.confirmed_on, found.confirmed_how, found.confirmed_by) == (None, "", "")
    assert FieldFact.objects.count() == 0


def test_a_human_confirms_a_field(community: Community) -> None:
    confirm_field(actor=community.ana, entity="service", row_id=community.pantry, field="name", how="visit")
    found = state(community.pantry, "name")
    assert (found.confirmed_on, found.confirmed_how, found.confirmed_by) == (today(), "visit", "Ana Reyes")
    service = Service.objects.get(pk=community.pantry)
    assert (service.confirmed_on, service.contact_confirmed_on) == (None, None)
    entry = AuditEntry.objects.get(action="directory.confirm_field")
    assert entry.detail == {"entity": "service", "field": "name", "how": "visit"}


def test_what_was_confirmed_is_not_confirmed_any_more_once_it_says_something_else(
    community: Community,
) -> None:
    confirm_field(actor=community.ana, entity="service", row_id=community.pantry, field="name", how="phone")
    Service.objects.filter(pk=community.pantry).update(name="Another pantry", source="ilao")
    found = state(community.pantry, "name")
    assert (found.value, found.source, found.confirmed_on) == ("Another pantry", "ilao", None)


def test_hours_are_said_as_a_list(community: Community) -> None:
    said = [
        {"freq": "WEEKLY", "byday": "SA", "opens_at": "09:00:00", "closes_at": "12:00:00"},
        {"description": "By appointment", "every_year": {"from": "12-24", "to": "12-26"}},
    ]
    say_field(
        actor=community.ana,
        entity="service",
        row_id=community.pantry,
        field="schedules",
        value=[*said, {}],
        how="phone",
    )
    first, second = Schedule.objects.filter(service_id=community.pantry).order_by("id")
    assert (first.byday, first.opens_at, first.closes_at) == ("SA", time(9), time(12))
    assert second.extra == {"every_year": {"from": "12-24", "to": "12-26"}}
    assert state(community.pantry, "schedules").value == said
    assert FieldFact.objects.get(field="schedules").value == said


def test_scalars_are_typed(community: Community) -> None:
    for field, value in (
        ("minimum_age", "18.50"),
        ("capacity_status", "waitlist"),
        ("assured_date", "2026-05-03"),
    ):
        say_field(
            actor=community.ana,
            entity="service",
            row_id=community.pantry,
            field=field,
            value=value,
            how="web",
        )
    service = Service.objects.get(pk=community.pantry)
    assert (service.minimum_age, service.assured_date) == (Decimal("18.5"), date(2026, 5, 3))
    assert service.capacity_status == "waitlist"
    assert service.capacity_changed_at is not None
    assert FieldFact.objects.get(field="minimum_age").value == "18.5"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("minimum_age", "old"),
        ("minimum_age", "-1"),
        ("minimum_age", "NaN"),
        ("assured_date", "2026-02-30"),
        ("capacity_status", "perhaps"),
        ("description", 7),
        ("description", "a\x00b"),
        ("phones", "206-555-0143"),
        ("phones", [{"type": "voice"}]),
        ("phones", [{"number": "206-555-0143", "colour": "red"}]),
        ("schedules", [{"opens_at": "25:00"}]),
        ("schedules", ["Monday"]),
        ("hidden_why", "gone"),
        ("claimed_by", "me"),
    ],
)
def test_what_cannot_be_is_refused_in_words(community: Community, field: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        say_field(
            actor=community.ana,
            entity="service",
            row_id=community.pantry,
            field=field,
            value=value,
            how="web",
        )
    assert refused.value.message
    assert refused.value.field == field


def test_who_may_say_and_of_what(community: Community) -> None:
    given = {"field": "name", "value": "Groceries", "how": "phone"}
    with pytest.raises(Refused, match="looks after"):
        say_field(actor=community.ana, entity="service", row_id=community.groceries, **given)  # type: ignore[arg-type]
    say_field(actor=community.sam, entity="service", row_id=community.groceries, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="cannot check"):
        say_field(actor=community.ito, entity="service", row_id=community.pantry, **given)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        say_field(actor=community.ana, entity="service", row_id=uuid4(), **given)  # type: ignore[arg-type]
    Service.objects.filter(pk=community.pantry).update(hidden_why="do_not_list")
    with pytest.raises(NotVisible):
        say_field(actor=community.ana, entity="service", row_id=community.pantry, **given)  # type: ignore[arg-type]
    with pytest.raises(NotVisible):
        field_states(community.pantry)


def test_a_contact_counts_as_confirmed_once_a_human_confirmed_it(community: Community) -> None:
    phone = [{"number": "206-555-0143", "type": "voice"}]
    say_field(
        actor=community.ana,
        entity="service",
        row_id=community.pantry,
        field="phones",
        value=phone,
        how="phone",
    )
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on == today()
    earlier = today() - timedelta(days=10)
    confirm_field(
        actor=community.ana, entity="service", row_id=community.pantry, field="phones", how="web", on=earlier
    )
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on == today()


def test_a_contact_of_the_organization_is_that_of_its_services_without_one(community: Community) -> None:
    Phone.objects.create(organization=church(), number="206-555-0199")
    own = create_service(organization_id=church().id, name="Shelter meals")
    Phone.objects.create(service_id=own, number="206-555-0100")
    found = state(community.pantry, "phones")
    assert (found.entity, found.row_id, found.column) == ("organization", church().id, "phones")
    assert found.value == [{"number": "206-555-0199"}]
    confirm_field(actor=community.ana, entity="organization", row_id=church().id, field="phones", how="phone")
    assert state(community.pantry, "phones").confirmed_by == "Ana Reyes"
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on == today()
    assert Service.objects.get(pk=own).contact_confirmed_on is None


def test_who_confirms_the_whole_listing_confirms_its_contact(community: Community) -> None:
    confirm_listing(actor=community.ana, service_id=community.pantry, how="phone")
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on is None  # it has none
    Phone.objects.create(organization=church(), number="206-555-0199")
    confirm_listing(actor=community.ana, service_id=community.pantry, how="phone")
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on == today()


def test_what_other_sources_say_stands_beside(community: Community) -> None:
    FieldFact.objects.create(
        entity="service",
        row_id=community.pantry,
        field="name",
        source="county",
        value="Saint Luke food pantry",
        imported_at=now(),
    )
    found = state(community.pantry, "name")
    assert (found.conflict, found.others) == (True, (("county", "Saint Luke food pantry"),))


def test_a_private_place_has_no_fields(community: Community) -> None:
    place = create_location(
        organization_id=church().id, place=PlaceEntry(name="House", address_1="1 A St", confidential=True)
    )
    with pytest.raises(NotVisible):
        place_states(place)
    Location.objects.filter(pk=place).update(confidential=False)
    fields = {each.field: each.value for each in place_states(place)}
    assert fields["addresses"] == [{"address_1": "1 A St", "country": "US", "address_type": "physical"}]


def test_of_a_victim_service_there_are_its_name_and_its_hotline(community: Community) -> None:
    Organization.objects.filter(pk=church().id).update(is_victim_service=True)
    assert [each.field for each in field_states(community.pantry)] == ["name"]
