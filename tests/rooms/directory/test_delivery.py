"""Complete deliveries: what is no longer named is hidden, comes back with its facts, and is followed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from tests.rooms.directory.feeds import bring, organization, phone, row_id, service
from waypost.directory import services
from waypost.directory.models import Conflict, FieldFact, Location, Organization, Phone, Seen, Service
from waypost.directory.selectors import SearchQuery, count, listing_for_referral, service_page
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import NotVisible

pytestmark = pytest.mark.django_db


def deliver(*names: str, even_if_many: bool = False, **more: list[Mapping[str, Any]]) -> services.Gone:
    """All that the feed has: one organization and a service of each name."""
    rows = [service(each, id=f"s-{each}") for each in names]
    return bring(
        "alpha",
        organizations=[organization()],
        services=rows,
        complete=True,
        even_if_many=even_if_many,
        **more,
    )


def of(name: str) -> Service:
    return Service.objects.get(pk=row_id("alpha", "services", f"s-{name}"))


SIX = ("Pantry", "Soup", "Rent", "Rides", "Jobs", "Law")


def test_what_is_no_longer_named_is_hidden_and_comes_back_with_its_facts() -> None:
    deliver(*SIX)
    soup = of("Soup").id
    services.say_field(
        actor=SYSTEM, entity="service", row_id=soup, field="email", value="soup@cedar.example", how="phone"
    )
    found = deliver("Pantry", "Rent", "Rides", "Jobs", "Law")
    assert found.hidden["service"] == 1
    assert (of("Soup").hidden_why, of("Soup").gone_at is None) == ("gone", False)
    assert count(SearchQuery(words="soup")) == 0
    with pytest.raises(NotVisible):
        service_page(soup)
    bring("alpha", services=[service("Soup", id="s-Soup")])
    assert (of("Soup").hidden_why, of("Soup").gone_at, of("Soup").email) == ("", None, "soup@cedar.example")
    assert count(SearchQuery(words="soup")) == 1


def test_a_delivery_that_is_not_complete_hides_nothing() -> None:
    deliver(*SIX)
    bring("alpha", organizations=[organization()], services=[service("Pantry", id="s-Pantry")])
    assert not Service.objects.exclude(hidden_why="").exists()
    assert not Seen.objects.exists()


def test_when_more_than_a_fifth_would_go_nothing_goes_unless_told_so() -> None:
    deliver(*SIX)
    found = deliver("Pantry", "Soup", "Rent", "Rides")  # two of six
    assert found.too_many == ("service",)
    assert not Service.objects.exclude(hidden_why="").exists()
    found = deliver("Pantry", "Soup", "Rent", "Rides", even_if_many=True)
    assert found.hidden["service"] == 2
    assert Service.objects.filter(hidden_why="gone").count() == 2


def test_exactly_a_fifth_may_go() -> None:
    deliver(*SIX[:5])
    assert deliver(*SIX[:4]).hidden["service"] == 1


def test_another_feed_is_not_touched() -> None:
    bring("beta", organizations=[organization()], services=[service("Pantry")])
    deliver(*SIX)
    assert not Service.objects.exclude(hidden_why="").exists()
    assert not Organization.objects.exclude(hidden_why="").exists()


def test_numbers_that_are_no_longer_named_go_but_not_those_a_human_stands_for() -> None:
    both = [
        phone("206-555-0101", "p1", service_id="s-Pantry"),
        phone("206-555-0102", "p2", service_id="s-Pantry"),
        phone("206-555-0103", "p3", service_id="s-Soup"),
    ]
    deliver(*SIX, phones=both)
    services.confirm_field(actor=SYSTEM, entity="service", row_id=of("Soup").id, field="phones", how="phone")
    deliver(*SIX, phones=both[:1])
    assert set(Phone.objects.values_list("number", flat=True)) == {"206-555-0101", "206-555-0103"}


def test_what_belongs_to_a_listing_that_is_gone_stays_with_it() -> None:
    number = phone("206-555-0101", "p1", service_id="s-Soup")
    deliver(*SIX, phones=[number])
    deliver("Pantry", "Rent", "Rides", "Jobs", "Law")
    assert Phone.objects.get().service_id == of("Soup").id


def test_a_merged_listing_stands_for_itself_when_the_kept_one_is_gone() -> None:
    bring("beta", organizations=[organization()], services=[service("Soup kitchen")])
    deliver(*SIX)
    other = row_id("beta", "services", "s")
    services.merge_listings(actor=SYSTEM, kind="service", keep=of("Soup").id, other=other)
    deliver("Pantry", "Rent", "Rides", "Jobs", "Law")
    assert Service.objects.get(pk=other).hidden_why == ""
    assert listing_for_referral(other).service_name == "Soup kitchen"


# rows without an id


def unnamed(description: str, number: int) -> dict[str, Any]:
    """A row that its feed gives no id: known by what it says."""
    return service("Cedar soup kitchen", id="", key=f"{number}{description}", description=description)


def deliver_unnamed(description: str, version: int) -> UUID:
    others = [service(each, id=f"s-{each}") for each in SIX]
    row = unnamed(description, version)
    bring(
        "alpha",
        organizations=[organization()],
        services=[*others, row],
        phones=[phone("206-555-0101", f"p{version}", service_id=row["key"])],
        complete=True,
    )
    return row_id("alpha", "services", row["key"])


def test_a_row_without_an_id_whose_words_change_is_followed() -> None:
    first = deliver_unnamed("Tuesdays", 1)
    services.confirm_listing(actor=SYSTEM, service_id=first, how="phone")
    services.say_field(
        actor=SYSTEM, entity="service", row_id=first, field="email", value="soup@cedar.example", how="phone"
    )
    second = deliver_unnamed("Tuesdays and Fridays", 2)
    assert first != second
    former, latter = Service.objects.get(pk=first), Service.objects.get(pk=second)
    assert (former.hidden_why, former.merged_into_id) == ("merged", second)
    assert (latter.description, latter.email) == ("Tuesdays and Fridays", "soup@cedar.example")
    assert latter.confirmed_on is not None
    assert listing_for_referral(first).id == second
    assert [each.number for each in listing_for_referral(second).phones] == ["206-555-0101"]
    assert FieldFact.objects.filter(source="local", row_id=second).exists()


def test_and_when_its_words_change_back_the_first_one_stands_again() -> None:
    first = deliver_unnamed("Tuesdays", 1)
    second = deliver_unnamed("Tuesdays and Fridays", 2)
    deliver_unnamed("Tuesdays", 1)
    assert Service.objects.get(pk=first).hidden_why == ""
    assert Service.objects.get(pk=second).hidden_why == "gone"


def test_what_is_kept_secret_stays_so_under_other_words() -> None:
    place = {"id": "", "name": "House", "organization_id": "o", "key": "one", "url": "https://cedar.example"}
    more = [{"id": f"l{n}", "name": f"Hall {n}", "organization_id": "o"} for n in range(6)]
    bring("alpha", organizations=[organization()], locations=[place, *more], complete=True)
    Location.objects.filter(name="House").update(confidential=True)
    changed = {**place, "key": "two", "description": "Ring twice"}
    bring("alpha", organizations=[organization()], locations=[changed, *more], complete=True)
    latter = Location.objects.get(description="Ring twice")
    assert (latter.confidential, latter.hidden_why) == (True, "")


def test_a_confirmed_list_that_the_feed_empties_is_asked_about() -> None:
    """The phone stays, because a human stands for it; somebody decides, and is not asked twice."""
    deliver(*SIX, phones=[phone("206-555-0100", service_id="s-Soup")])
    soup = of("Soup").id
    services.confirm_field(actor=SYSTEM, entity="service", row_id=soup, field="phones", how="phone")
    deliver(*SIX, phones=[phone("206-555-0100", service_id="s-Soup")])
    assert not Conflict.objects.exists()
    deliver(*SIX)
    conflict = Conflict.objects.get()
    assert (conflict.row_id, conflict.field, conflict.theirs, conflict.status) == (soup, "phones", [], "open")
    assert [each.number for each in Phone.objects.filter(service_id=soup)] == ["206-555-0100"]
    Conflict.objects.update(status="kept")
    deliver(*SIX)
    assert Conflict.objects.get().status == "kept"


def test_what_a_delivery_would_hide_is_known_before() -> None:
    deliver(*SIX, phones=[phone("206-555-0100", service_id="s-Pantry")])
    services.begin_delivery("alpha")
    services.note_seen("alpha", "organizations", [row_id("alpha", "organizations", "o")])
    services.note_seen("alpha", "services", [of(each).id for each in SIX[:5]])
    found = services.foresee_end("alpha")
    assert (found.hidden["service"], found.removed, found.too_many) == (1, 1, ())
    assert not Seen.objects.exists()
    assert not Service.objects.exclude(hidden_why="").exists()
