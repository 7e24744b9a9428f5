"""Merging shows one listing in place of another; taking it back leaves everything as it was."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction

from tests.community import Community, plan_inbox, sent_referral
from waypost.directory import selectors, services
from waypost.directory.models import Likeness, Location, Merge, Organization, Phone, Service
from waypost.directory.selectors import SearchQuery
from waypost.directory.services import PhoneEntry, PlaceEntry, ServiceEntry
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db

BOOKS = {"directory_merge", "directory_moved", "directory_finding", "directory_findingdue", "directory_word"}


def everything() -> list[dict[str, Any]]:
    """Every row of the directory's listings, as it stands."""
    models = [
        model
        for model in apps.get_app_config("directory").get_models()
        if model._meta.db_table not in BOOKS and "merged_into" not in model._meta.db_table
    ]
    rows = [each for model in models for each in model._default_manager.order_by("pk")]
    return serializers.serialize("python", rows)


def listed(name: str, *services_: str, phone: str = "") -> tuple[UUID, list[UUID]]:
    organization = services.create_organization(name=name, phone=phone)
    place = PlaceEntry(name=f"{name} hall", address_1="12 Cedar St", city="Seattle", postal_code="98144")
    services.create_location(organization_id=organization, place=place)
    return organization, [
        services.create_service(organization_id=organization, name=each) for each in services_
    ]


def merge(kind: str, keep: UUID, other: UUID) -> UUID:
    return services.merge_listings(actor=SYSTEM, kind=kind, keep=keep, other=other)


def undo(merge_id: UUID) -> None:
    services.undo_merge(actor=SYSTEM, merge_id=merge_id)


def names(words: str) -> set[str]:
    return {hit.listing.service_name for hit in selectors.search(SearchQuery(words=words)).hits}


def test_of_two_organizations_one_is_shown_with_the_services_of_both() -> None:
    one, (soup,) = listed("Cedar Food Bank", "Soup kitchen")
    other, (shelf,) = listed("Cedar Foodbank Inc", "Bread shelf", phone="206-555-0143")
    merge("organization", one, other)
    cards = selectors.listings([soup, shelf])
    assert {card.organization_name for card in cards.values()} == {"Cedar Food Bank"}
    assert {card.organization_id for card in cards.values()} == {one}
    assert [phone.number for phone in cards[soup].phones] == ["206-555-0143"]  # the kept one had none
    row = Organization.objects.get(pk=other)
    assert (row.hidden_why, row.merged_into_id, row.name) == ("merged", one, "Cedar Foodbank Inc")
    assert names("cedar") == {"Soup kitchen", "Bread shelf"}


@pytest.mark.parametrize("kind", ["organization", "service", "location"])
def test_taking_back_leaves_everything_as_it_was(kind: str) -> None:
    one, _ = listed("Cedar Food Bank", "Pantry")
    other, (theirs,) = listed("Cedar Foodbank Inc", "Food pantry", phone="206-555-0143")
    services.replace_service(
        service_id=theirs,
        entry=ServiceEntry(
            name="Food pantry", phones=(PhoneEntry("206-555-0144"),), languages=("Spanish",), areas=("King",)
        ),
    )
    before = everything()
    ids = {
        "organization": (one, other),
        "service": tuple(Service.objects.order_by("name").values_list("id", flat=True))[::-1],
        "location": tuple(Location.objects.values_list("id", flat=True)),
    }
    undo(merge(kind, *ids[kind]))
    assert everything() == before


def test_of_two_services_the_kept_one_says_its_own_and_borrows_what_it_lacks() -> None:
    _, (one,) = listed("Cedar Food Bank", "Pantry")
    _, (other,) = listed("Cedar Foodbank Inc", "Food pantry")
    Phone.objects.create(service_id=one, number="206-555-0101")
    services.replace_service(
        service_id=other,
        entry=ServiceEntry(name="Food pantry", phones=(PhoneEntry("206-555-0144"),), languages=("Spanish",)),
    )
    merge("service", one, other)
    card = selectors.listing_for_referral(one)
    assert [phone.number for phone in card.phones] == ["206-555-0101"]
    assert card.languages == ("Spanish",)
    assert names("pantry") == {"Pantry"}


def test_whatever_points_at_a_merged_service_finds_the_kept_one(community: Community) -> None:
    groceries, pantry = community.groceries, community.pantry
    merge("service", groceries, pantry)
    assert selectors.listing_for_referral(pantry).id == groceries
    assert set(selectors.listings([groceries, pantry])) == {groceries, pantry}
    assert selectors.referral_target(pantry).claimed_by == community.bank
    assert selectors.kept_service(pantry) == groceries
    with pytest.raises(NotVisible):
        selectors.service_page(pantry)


def test_a_referral_under_way_goes_on_when_its_service_is_merged(community: Community) -> None:
    sent_referral(community, plan=plan_inbox())
    twin = services.create_service(organization_id=listing_of(community.groceries), name="Groceries")
    merge("service", twin, community.groceries)
    assert selectors.referral_target(community.groceries).id == twin
    assert selectors.listing_for_referral(community.groceries).service_name == "Groceries"


def listing_of(service_id: UUID) -> UUID:
    return Service.objects.values_list("organization_id", flat=True).get(pk=service_id)


def test_what_was_merged_into_the_merged_one_comes_along_and_goes_back() -> None:
    (a, _), (b, _), (c, (last,)) = listed("A"), listed("B"), listed("C", "Pantry")
    first = merge("organization", b, c)
    second = merge("organization", a, b)
    assert set(Organization.objects.filter(merged_into_id=a).values_list("id", flat=True)) == {b, c}
    assert listing_of(last) == a
    undo(second)
    assert Organization.objects.get(pk=c).merged_into_id == b
    assert listing_of(last) == b
    undo(first)
    assert listing_of(last) == c
    assert not Organization.objects.exclude(hidden_why="").exists()


def test_the_inner_merge_may_be_taken_back_first() -> None:
    (a, _), (b, _), (c, (last,)) = listed("A"), listed("B"), listed("C", "Pantry")
    first = merge("organization", b, c)
    second = merge("organization", a, b)
    undo(first)
    assert (listing_of(last), Organization.objects.get(pk=c).merged_into_id) == (c, None)
    undo(second)
    assert (listing_of(last), Organization.objects.get(pk=c).merged_into_id) == (c, None)


@pytest.mark.parametrize("model", [Organization, Service, Location])
def test_the_database_knows_no_chains_and_no_rings(model: type[Organization | Service | Location]) -> None:
    for each in "ABC":
        listed(each, each)
    a, b, c = model._default_manager.order_by("id")
    model._default_manager.filter(pk=b.pk).update(merged_into_id=a.pk)
    for row, into in ((c, b), (a, c), (a, a), (c, c)):
        with pytest.raises(IntegrityError), transaction.atomic():
            model._default_manager.filter(pk=row.pk).update(merged_into_id=into.pk)


def claimed(community: Community, organization: UUID, by: UUID) -> None:
    Organization.objects.filter(pk=organization).update(claimed_by_id=by)


def test_a_claim_is_never_merged_away(community: Community) -> None:
    outside, kept = listing_of(community.pantry), listing_of(community.groceries)
    with pytest.raises(Refused, match="keep that one"):
        merge("organization", outside, kept)
    with pytest.raises(Refused, match="keep that one"):
        merge("service", community.pantry, community.groceries)
    claimed(community, outside, community.stranger)
    with pytest.raises(Refused, match="Two organizations"):
        merge("organization", kept, outside)
    claimed(community, outside, community.bank)
    merge("organization", kept, outside)
    assert {each[0] for each in selectors.services_of_participant(community.bank)} == {
        community.groceries,
        community.pantry,
    }


def make_confidential(_one: UUID, other: UUID) -> tuple[str, UUID, UUID]:
    places = dict(Location.objects.values_list("organization_id", "id"))
    Location.objects.filter(organization_id=other).update(confidential=True)
    return "location", places[_one], places[other]


def make_victim_service(one: UUID, other: UUID) -> tuple[str, UUID, UUID]:
    Organization.objects.filter(pk=other).update(is_victim_service=True)
    return "organization", one, other


@pytest.mark.parametrize("make", [make_confidential, make_victim_service])
def test_what_is_kept_secret_is_never_merged_with_what_is_not(
    make: Callable[[UUID, UUID], tuple[str, UUID, UUID]],
) -> None:
    (one, _), (other, _) = listed("A"), listed("B")
    kind, keep, away = make(one, other)
    for pair in ((keep, away), (away, keep)):
        with pytest.raises(Refused, match="stay apart"):
            merge(kind, *pair)


def test_only_who_looks_after_the_directory_merges(community: Community) -> None:
    one, other = community.groceries, community.pantry
    for actor in (community.ana, community.sam, community.olga, community.ito, community.lee):
        with pytest.raises(Refused):
            services.merge_listings(actor=actor, kind="service", keep=one, other=other)
    done = services.merge_listings(actor=community.ivy, kind="service", keep=one, other=other)
    for actor in (community.ana, community.sam):
        with pytest.raises(Refused):
            services.undo_merge(actor=actor, merge_id=done)
    assert Merge.objects.get(pk=done).by_name == "Ivy Chen"


def test_nothing_and_itself_and_the_merged_are_not_merged() -> None:
    (a, _), (b, _) = listed("A"), listed("B")
    for keep, other in ((a, a), (a, uuid4()), (uuid4(), b)):
        with pytest.raises(NotVisible):
            merge("organization", keep, other)
    done = merge("organization", a, b)
    with pytest.raises(Refused):
        merge("organization", a, b)
    undo(done)
    with pytest.raises(Refused):
        undo(done)
    with pytest.raises(NotVisible):
        undo(uuid4())


def test_a_decision_is_written_to_the_pair() -> None:
    (a, _), (b, _) = (
        listed("Cedar Food Bank", phone="206-555-0143"),
        listed("Cedar Foodbank", phone="206-555-0143"),
    )
    services.find_duplicates()
    pair = Likeness.objects.get(kind="organization")
    services.decide_likeness(actor=SYSTEM, likeness_id=pair.id, status="different")
    assert Likeness.objects.get(pk=pair.id).status == "different"
    with pytest.raises(Refused):
        services.decide_likeness(actor=SYSTEM, likeness_id=pair.id, status="merged")
    done = merge("organization", a, b)
    assert Likeness.objects.get(pk=pair.id).status == "merged"
    with pytest.raises(Refused):
        services.decide_likeness(actor=SYSTEM, likeness_id=pair.id, status="different")
    services.find_duplicates()
    assert Likeness.objects.get(pk=pair.id).status == "merged"
    undo(done)
    assert Likeness.objects.get(pk=pair.id).status == "open"
