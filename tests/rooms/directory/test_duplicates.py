"""Duplicates are found, kept for a decision, and a decision is remembered."""

from uuid import UUID

import pytest

from waypost.directory.models import Likeness, Location, Organization, Phone, Service
from waypost.directory.services import PlaceEntry, create_location, create_organization, find_duplicates

pytestmark = pytest.mark.django_db

PLACE = PlaceEntry(name="Hall", address_1="12 Cedar Street", city="Seattle", postal_code="98144")
SAME_PLACE = PlaceEntry(name="Hall", address_1="12 CEDAR ST.", city="Seattle", postal_code="98144-2000")


def twins() -> tuple[UUID, UUID]:
    one = create_organization(name="Cedar Food Bank", phone="(206) 555-0143")
    other = create_organization(name="Cedar Foodbank Inc.", phone="206.555.0143")
    create_location(organization_id=one, place=PLACE)
    create_location(organization_id=other, place=SAME_PLACE)
    return one, other


def found(kind: str = "organization") -> list[Likeness]:
    find_duplicates()
    return list(Likeness.objects.filter(kind=kind))


def test_two_spellings_of_one_are_found_once_with_their_reasons() -> None:
    one, other = twins()
    create_organization(name="Elder Circle", phone="206-555-0199")
    (row,) = found()
    assert {row.a, row.b} == {one, other}
    assert {part["code"] for part in row.parts} == {"name_same", "phone_same", "address_same"}
    assert [each.id for each in found()] == [row.id]
    (place,) = Likeness.objects.filter(kind="location")
    assert {place.a, place.b} == set(Location.objects.values_list("id", flat=True))


def test_a_second_run_compares_nothing() -> None:
    twins()
    first, second = find_duplicates(), find_duplicates()
    assert (first["organization"].changed, second["organization"].changed) == (2, 0)


def test_what_is_different_is_not_proposed_again_until_something_compared_changes() -> None:
    one, _other = twins()
    (row,) = found()
    Likeness.objects.filter(pk=row.pk).update(status="different")
    Organization.objects.filter(pk=one).update(description="We moved the shelves")
    assert [each.status for each in found()] == ["different"]
    Organization.objects.filter(pk=one).update(website="https://cedar.example")
    assert [each.status for each in found()] == ["different"]  # the other has no website: nothing to compare
    Organization.objects.filter(pk=one).update(name="Cedar Food Banks")
    assert [each.status for each in found()] == ["open"]


def test_an_undecided_pair_that_is_no_longer_alike_goes() -> None:
    one, _other = twins()
    assert len(found()) == 1
    Organization.objects.filter(pk=one).update(name="Elder Circle")
    Phone.objects.filter(organization_id=one).delete()
    assert found() == []


def test_what_is_hidden_is_not_compared() -> None:
    one, _other = twins()
    assert len(found()) == 1
    Organization.objects.filter(pk=one).update(hidden_why="do_not_list")
    assert found() == []
    assert found("location") == []


def test_confidential_places_and_those_of_victim_services_are_no_places_to_compare() -> None:
    one, other = twins()
    Location.objects.filter(organization_id=one).update(confidential=True)
    Organization.objects.filter(pk=other).update(is_victim_service=True)
    (row,) = found()
    assert {part["code"] for part in row.parts} == {"name_same", "phone_same"}
    assert found("location") == []


def test_a_hotline_of_fifty_makes_no_thousand_pairs() -> None:
    for number in range(50):
        create_organization(name=f"Shelf{number * 7919} Hall", phone="206-555-0143")
    counts = find_duplicates(kinds=["organization"])["organization"]
    assert (counts.compared, counts.proposed) == (0, 0)


def test_services_are_compared_with_their_organizations_words() -> None:
    one, other = twins()
    for organization in (one, other):
        Service.objects.create(organization_id=organization, name="Pantry")
    (row,) = found("service")
    assert {part["code"] for part in row.parts} >= {"organization_close", "phone_same", "name_same"}
