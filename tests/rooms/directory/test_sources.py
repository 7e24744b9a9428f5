"""Several sources for one listing: whose word stands, what is asked, and what is never written over."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.community import Community
from tests.rooms.directory.feeds import bring, organization, phone, row_id, service
from waypost.directory import services
from waypost.directory.models import Conflict, FieldFact, Location, Organization, Phone, Precedence, Service
from waypost.directory.selectors import listing_for_referral
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.errors import NotVisible, Refused

pytestmark = pytest.mark.django_db

SERVICE = row_id("alpha", "services", "s")
ALPHA = row_id("alpha", "organizations", "o")
BETA = row_id("beta", "organizations", "o")


def say(field: str, value: Any, row: UUID = SERVICE, entity: str = "service") -> None:
    services.say_field(actor=SYSTEM, entity=entity, row_id=row, field=field, value=value, how="phone")


def confirm(field: str, row: UUID = SERVICE, entity: str = "service") -> None:
    services.confirm_field(actor=SYSTEM, entity=entity, row_id=row, field=field, how="phone")


def numbers(row: UUID = SERVICE) -> list[str]:
    return sorted(Phone.objects.filter(service_id=row).values_list("number", flat=True))


def open_conflicts() -> list[tuple[str, Any, Any]]:
    rows = Conflict.objects.filter(status="open").order_by("field")
    return [(row.field, row.ours, row.theirs) for row in rows]


def of(row: UUID = SERVICE) -> Service:
    return Service.objects.get(pk=row)


def decide(choice: str, actor: Actor = SYSTEM) -> None:
    for row in Conflict.objects.filter(status="open"):
        services.decide_conflict(actor=actor, conflict_id=row.id, choice=choice)


# a human's word beside the feed's


def test_a_confirmed_field_is_not_written_over_and_the_difference_is_shown() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@cedar.example")])
    confirm("email")
    bring("alpha", services=[service(email="b@cedar.example", description="New")])
    assert (of().email, of().description) == ("a@cedar.example", "New")
    assert open_conflicts() == [("email", "a@cedar.example", "b@cedar.example")]
    bring("alpha", services=[service(email="a@cedar.example")])
    assert open_conflicts() == []


def test_what_a_human_mended_is_asked_about_only_when_the_feed_says_something_new() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="old@cedar.example")])
    say("email", "right@cedar.example")
    bring("alpha", services=[service(email="old@cedar.example", description="Other words")])
    assert (of().email, open_conflicts()) == ("right@cedar.example", [])
    bring("alpha", services=[service(email="new@cedar.example")])
    assert open_conflicts() == [("email", "right@cedar.example", "new@cedar.example")]
    assert of().email == "right@cedar.example"


def test_that_there_is_nothing_is_a_word_too() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="old@cedar.example")])
    say("email", "")
    bring("alpha", services=[service(email="new@cedar.example")])
    assert of().email == ""


def test_kept_ours_comes_back_only_when_theirs_changes() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@cedar.example")])
    confirm("email")
    bring("alpha", services=[service(email="b@cedar.example")])
    decide("keep")
    bring("alpha", services=[service(email="b@cedar.example", description="More")])
    assert (of().email, open_conflicts()) == ("a@cedar.example", [])
    bring("alpha", services=[service(email="c@cedar.example")])
    assert open_conflicts() == [("email", "a@cedar.example", "c@cedar.example")]


def test_taking_theirs_follows_the_feed_again() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@cedar.example")])
    confirm("email")
    bring("alpha", services=[service(email="b@cedar.example")])
    decide("take")
    assert of().email == "b@cedar.example"
    bring("alpha", services=[service(email="c@cedar.example")])
    assert (of().email, open_conflicts()) == ("c@cedar.example", [])
    assert not FieldFact.objects.exists()


def test_a_trusted_source_goes_before_people_for_that_field_until_the_trust_ends() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@cedar.example", alert="x")])
    confirm("email")
    confirm("alert")
    bring("alpha", services=[service(email="b@cedar.example", alert="y")])
    Conflict.objects.filter(field="alert").update(status="kept")
    decide("trust")
    assert (of().email, of().alert, open_conflicts()) == ("b@cedar.example", "x", [])
    bring("alpha", services=[service(email="c@cedar.example", alert="y")])
    assert of().email == "c@cedar.example"
    services.stop_trusting(actor=SYSTEM, precedence_id=Precedence.objects.get().id)
    assert (of().email, open_conflicts()) == (
        "a@cedar.example",
        [("email", "a@cedar.example", "c@cedar.example")],
    )


# lists


def test_a_mended_list_of_phones_is_not_added_to_by_the_feed() -> None:
    bring(
        "alpha",
        organizations=[organization()],
        services=[service()],
        phones=[phone("206-555-0101", "p1"), phone("206-555-0102", "p2")],
    )
    say("phones", [{"number": "206-555-0109"}])
    assert numbers() == ["206-555-0109"]
    both = [phone("206-555-0101", "p1"), phone("206-555-0102", "p2")]
    bring("alpha", services=[service()], phones=both)
    assert (numbers(), open_conflicts()) == (["206-555-0109"], [])
    bring("alpha", phones=[phone("206-555-0101", "p1"), phone("206-555-0103", "p2")])
    assert numbers() == ["206-555-0109"]
    ((field, ours, theirs),) = open_conflicts()
    assert (field, ours) == ("phones", [{"number": "206-555-0109"}])
    assert sorted(each["number"] for each in theirs) == ["206-555-0101", "206-555-0103"]
    decide("take")
    assert numbers() == ["206-555-0101", "206-555-0103"]
    bring("alpha", phones=[phone("206-555-0104", "p1"), phone("206-555-0103", "p2")])
    assert (numbers(), open_conflicts()) == (["206-555-0103", "206-555-0104"], [])


def test_the_same_number_in_other_writing_is_no_conflict() -> None:
    bring("alpha", organizations=[organization()], services=[service()], phones=[phone("206-555-0101")])
    confirm("phones")
    bring("alpha", phones=[phone("(206) 555-0101")])
    assert (numbers(), open_conflicts()) == (["206-555-0101"], [])


# two feeds, one listing


def two_feeds(**of_beta: Any) -> UUID:
    bring("alpha", organizations=[organization()])
    bring("beta", organizations=[organization("Cedar Foodbank Inc", **of_beta)])
    return services.merge_listings(actor=SYSTEM, kind="organization", keep=ALPHA, other=BETA)


def kept() -> Organization:
    return Organization.objects.get(pk=ALPHA)


def test_what_the_kept_listing_does_not_say_comes_from_the_other_and_goes_with_it() -> None:
    merge = two_feeds(website="https://cedar.example", description="Food for all")
    assert (kept().name, kept().website) == ("Cedar Food Bank", "https://cedar.example")
    bring("beta", organizations=[organization("Cedar Foodbank", website="https://new.example")])
    assert (kept().website, kept().description) == ("https://new.example", "")
    bring("alpha", organizations=[organization(legal_status="nonprofit")])
    assert (kept().website, kept().legal_status) == ("https://new.example", "nonprofit")
    bring("alpha", organizations=[organization(website="https://own.example")])
    assert kept().website == "https://own.example"
    services.undo_merge(actor=SYSTEM, merge_id=merge)
    assert kept().website == "https://own.example"
    assert Organization.objects.get(pk=BETA).website == "https://new.example"
    assert not FieldFact.objects.exists() and open_conflicts() == []


def test_taking_a_merge_back_takes_back_what_was_filled_in() -> None:
    merge = two_feeds(website="https://cedar.example")
    services.undo_merge(actor=SYSTEM, merge_id=merge)
    assert kept().website == ""
    assert not FieldFact.objects.exists()


def test_two_feeds_that_differ_in_how_to_come_are_put_before_somebody() -> None:
    bring("alpha", organizations=[organization(website="https://a.example", description="One")])
    bring("beta", organizations=[organization(website="https://b.example", description="Two")])
    services.merge_listings(actor=SYSTEM, kind="organization", keep=ALPHA, other=BETA)
    assert open_conflicts() == [("website", "https://a.example", "https://b.example")]
    decide("take")
    assert kept().website == "https://b.example"
    bring("alpha", organizations=[organization(website="https://c.example", description="One")])
    assert kept().website == "https://b.example"


def test_a_feed_ranked_before_another_goes_first() -> None:
    bring("alpha", organizations=[organization(website="https://a.example")])
    bring("beta", organizations=[organization(website="https://b.example")])
    services.trust_source(actor=SYSTEM, source="beta", field="website")
    services.merge_listings(actor=SYSTEM, kind="organization", keep=ALPHA, other=BETA)
    assert (kept().website, open_conflicts()) == ("https://b.example", [])


def test_what_a_feed_brings_to_a_merged_listing_hangs_on_the_kept_one_and_goes_back() -> None:
    merge = two_feeds()
    beta_service = row_id("beta", "services", "s")
    bring("beta", services=[service("Shelf")], phones=[phone("206-555-0101", organization_id="o")])
    assert of(beta_service).organization_id == ALPHA
    bring("beta", services=[service("Bread shelf")])
    assert (of(beta_service).organization_id, of(beta_service).name) == (ALPHA, "Bread shelf")
    assert [each.number for each in listing_for_referral(beta_service).phones] == ["206-555-0101"]
    services.undo_merge(actor=SYSTEM, merge_id=merge)
    assert of(beta_service).organization_id == BETA
    assert Phone.objects.get().organization_id == BETA
    bring("beta", services=[service("Shelf")])
    assert of(beta_service).organization_id == BETA


def test_a_point_on_the_map_is_borrowed_and_given_back() -> None:
    place = {"id": "l", "name": "Hall", "organization_id": "o"}
    bring("alpha", organizations=[organization()], locations=[place])
    bring(
        "beta", organizations=[organization()], locations=[{**place, "latitude": 47.6, "longitude": -122.3}]
    )
    one, other = (row_id(each, "locations", "l") for each in ("alpha", "beta"))
    merge = services.merge_listings(actor=SYSTEM, kind="location", keep=one, other=other)
    assert Location.objects.get(pk=one).latitude == 47.6
    services.undo_merge(actor=SYSTEM, merge_id=merge)
    found = Location.objects.get(pk=one)
    assert (found.latitude, found.coordinates_status) == (None, "missing")


# who may, and in bulk


def test_one_feed_is_decided_at_once() -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@c.example", alert="x")])
    confirm("email")
    confirm("alert")
    bring("alpha", services=[service(email="b@c.example", alert="y")])
    assert services.decide_feed(actor=SYSTEM, source="beta", choice="take") == 0
    assert services.decide_feed(actor=SYSTEM, source="alpha", choice="take", field="alert") == 1
    assert (of().alert, of().email) == ("y", "a@c.example")
    assert services.decide_feed(actor=SYSTEM, source="alpha", choice="keep") == 1
    assert open_conflicts() == []


def test_only_who_looks_after_the_directory_decides(community: Community) -> None:
    bring("alpha", organizations=[organization()], services=[service(email="a@c.example")])
    confirm("email")
    bring("alpha", services=[service(email="b@c.example")])
    conflict = Conflict.objects.get(status="open").id
    for actor in (community.ana, community.lee, community.sam, community.ito):
        for write in (
            lambda actor=actor: services.decide_conflict(actor=actor, conflict_id=conflict, choice="take"),
            lambda actor=actor: services.decide_feed(actor=actor, source="alpha", choice="take"),
            lambda actor=actor: services.trust_source(actor=actor, source="alpha"),
            lambda actor=actor: services.stop_trusting(actor=actor, precedence_id=uuid4()),
        ):
            with pytest.raises(Refused):
                write()
    with pytest.raises(Refused):
        services.decide_conflict(actor=community.ivy, conflict_id=conflict, choice="burn")
    with pytest.raises(NotVisible):
        services.decide_conflict(actor=community.ivy, conflict_id=uuid4(), choice="keep")
    services.decide_conflict(actor=community.ivy, conflict_id=conflict, choice="keep")
    with pytest.raises(Refused):
        services.decide_conflict(actor=community.ivy, conflict_id=conflict, choice="take")
    row = Conflict.objects.get(pk=conflict)
    assert (row.decided_by_name, row.status) == ("Ivy Chen", "kept")
