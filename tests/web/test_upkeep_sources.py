"""The pages on which duplicates, conflicts and hidden listings are decided."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.rooms.directory.feeds import bring, organization, phone, row_id, service
from tests.web.meddling import as_owner
from tests.web.reading import FORBIDDEN, NOT_FOUND, OK, REFUSED, text
from waypost.directory import services
from waypost.directory.models import (
    Conflict,
    DoNotList,
    DoNotListMatch,
    Likeness,
    Location,
    Merge,
    Organization,
    Precedence,
    Service,
)
from waypost.directory.services import PlaceEntry
from waypost.kernel.actors import SYSTEM, Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]

SERVICE = row_id("alpha", "services", "s")
PLACE = PlaceEntry(name="Hall", address_1="12 Cedar Street", city="Seattle", postal_code="98144")
MOVED = 301


@pytest.fixture
def twins() -> Likeness:
    """Two organizations that look alike."""
    for name in ("Elm Food Bank", "Elm Foodbank Inc."):
        row = services.create_organization(name=name, phone="206-555-0143")
        services.create_location(organization_id=row, place=PLACE)
    services.find_duplicates()
    return Likeness.objects.get(kind="organization")


@pytest.fixture
def differing() -> Conflict:
    """A feed that says another e-mail address than the one confirmed."""
    bring("alpha", organizations=[organization()], services=[service(email="a@cedar.example")])
    services.confirm_field(actor=SYSTEM, entity="service", row_id=SERVICE, field="email", how="phone")
    bring("alpha", services=[service(email="b@cedar.example")])
    return Conflict.objects.get()


@pytest.fixture
def ivy(client: Client, community: Community, sign_in: SignIn) -> Client:
    return sign_in(client, community.ivy)


# duplicates


def test_two_that_look_alike_are_listed_with_score_and_reasons(twins: Likeness, ivy: Client) -> None:
    page = text(ivy.get("/upkeep/duplicates/"))
    for words in ("Elm Food Bank", "Elm Foodbank Inc.", "95 of 100", "Same phone: (206) 555-0143"):
        assert words in page
    assert "Elm Food Bank" not in text(ivy.get("/upkeep/duplicates/?kind=service"))
    assert "No pairs here." in text(ivy.get("/upkeep/duplicates/?status=merged"))


@pytest.mark.parametrize("keep", ["a", "b"])
def test_one_is_kept_and_the_way_back_is_found(twins: Likeness, ivy: Client, keep: str) -> None:
    address = f"/upkeep/duplicates/{twins.id}/"
    page = text(ivy.get(address))
    assert "12 Cedar Street, Seattle, 98144" in page and "They are different" in page
    page = text(ivy.post(f"{address}merge/", {"keep": keep}, follow=True))
    kept = twins.a if keep == "a" else twins.b
    assert "from now on" in page
    assert Organization.objects.get(hidden_why="merged").merged_into_id == kept
    hidden = text(ivy.get("/upkeep/hidden/?why=merged"))
    assert "Merged into another listing" in hidden and "Ivy Chen" in hidden
    answer = ivy.post(f"/upkeep/hidden/merges/{Merge.objects.get().id}/undo/", follow=True)
    assert "The merge is taken back." in text(answer)
    assert not Organization.objects.exclude(hidden_why="").exists()


def test_different_and_later_are_remembered_and_may_be_decided_again(twins: Likeness, ivy: Client) -> None:
    address = f"/upkeep/duplicates/{twins.id}/"
    for status, words in (
        ("later", "wait under"),
        ("different", "not asked again"),
        ("open", "decided again"),
    ):
        assert words in text(ivy.post(f"{address}decide/", {"status": status}, follow=True))
        assert Likeness.objects.get(pk=twins.pk).status == status
        assert ivy.get(address).status_code == OK
    assert "Choose what these two are." in text(ivy.post(f"{address}decide/", {"status": "x"}, follow=True))


def test_after_a_decision_the_next_pair_of_the_same_filter_follows(twins: Likeness, ivy: Client) -> None:
    place = Likeness.objects.get(kind="location")
    answer = ivy.post(f"/upkeep/duplicates/{twins.id}/decide/", {"status": "different"})
    assert answer.headers["Location"].startswith(f"/upkeep/duplicates/{place.id}/")
    answer = ivy.post(f"/upkeep/duplicates/{place.id}/decide/?kind=location", {"status": "different"})
    assert answer.headers["Location"] == "/upkeep/duplicates/?kind=location"


def test_a_claimed_listing_is_not_merged_away(community: Community, twins: Likeness, ivy: Client) -> None:
    as_owner(lambda: Organization.objects.filter(pk=twins.a).update(claimed_by_id=community.bank))
    page = text(ivy.post(f"/upkeep/duplicates/{twins.id}/merge/", {"keep": "b"}, follow=True))
    assert "keep that one" in page
    assert not Merge.objects.exists()


def test_what_is_secret_is_compared_by_name_and_number_alone(twins: Likeness, ivy: Client) -> None:
    as_owner(lambda: Organization.objects.filter(pk=twins.a).update(is_victim_service=True))
    as_owner(lambda: Location.objects.update(confidential=True))
    pages = [ivy.get("/upkeep/duplicates/"), ivy.get(f"/upkeep/duplicates/{twins.id}/")]
    for each in Likeness.objects.all():
        pages.append(ivy.get(f"/upkeep/duplicates/{each.id}/"))
    for answer in pages:
        assert (
            "edar St" not in text(answer) and "cedar st" not in text(answer) and "98144" not in text(answer)
        )
    assert "Kept private." in text(pages[1])


def test_a_merged_services_page_leads_to_the_kept_one(community: Community, ivy: Client) -> None:
    services.merge_listings(actor=SYSTEM, kind="service", keep=community.groceries, other=community.pantry)
    for client in (Client(), ivy):
        answer = client.get(f"/services/{community.pantry}/")
        assert (answer.status_code, answer.headers["Location"]) == (
            MOVED,
            f"/services/{community.groceries}/",
        )


# conflicts


def test_a_conflict_shows_both_with_who_says_so_and_ours_is_kept(differing: Conflict, ivy: Client) -> None:
    page = text(ivy.get("/upkeep/conflicts/"))
    for words in ("a@cedar.example", "b@cedar.example", "by phone", "from alpha", "E-mail", "Pantry"):
        assert words in page
    page = text(ivy.post(f"/upkeep/conflicts/{differing.id}/", {"choice": "keep"}, follow=True))
    assert "ours stays" in page and "Nothing to decide." in page
    assert "b@cedar.example" in text(ivy.get("/upkeep/conflicts/?status=kept"))


def test_theirs_is_taken(differing: Conflict, ivy: Client) -> None:
    ivy.post(f"/upkeep/conflicts/{differing.id}/", {"choice": "take"})
    assert Service.objects.get(pk=SERVICE).email == "b@cedar.example"


def test_a_trusted_feed_is_named_and_the_trust_ends(differing: Conflict, ivy: Client) -> None:
    page = text(ivy.post(f"/upkeep/conflicts/{differing.id}/", {"choice": "trust"}, follow=True))
    assert "goes first from now on" in page and "alpha" in page
    assert Service.objects.get(pk=SERVICE).email == "b@cedar.example"
    trust = Precedence.objects.get()
    page = text(ivy.post(f"/upkeep/conflicts/trusted/{trust.id}/", follow=True))
    assert "a@cedar.example" in page  # the question is open again
    assert Service.objects.get(pk=SERVICE).email == "a@cedar.example"


def test_one_feed_is_answered_at_once(differing: Conflict, ivy: Client) -> None:
    assert "Take theirs in all" in text(ivy.get("/upkeep/conflicts/?source=alpha"))
    page = text(ivy.post("/upkeep/conflicts/all/?source=alpha", {"choice": "take"}, follow=True))
    assert "1 conflict is decided." in page
    page = text(ivy.post("/upkeep/conflicts/all/?source=nobody", {"choice": "take"}, follow=True))
    assert "0 conflicts are decided." in page
    page = text(ivy.post("/upkeep/conflicts/all/?source=alpha", {"choice": "x"}, follow=True))
    assert "Choose one of the two." in page


# hidden listings


ASKED = {"reason": "Strangers came", "asked_by": "Ruth", "asked_on": "2026-01-05"}


def test_a_listing_is_hidden_for_who_asked_and_comes_back(community: Community, ivy: Client) -> None:
    address = f"/upkeep/hidden/service/{community.pantry}/"
    assert "Do not list “St. Luke pantry”" in text(ivy.get(address))
    assert ivy.post(address, {**ASKED, "reason": ""}).status_code == REFUSED
    page = text(ivy.post(address, ASKED, follow=True))
    for words in ("is not shown anywhere from now on", "Strangers came", "Ruth asked for it on", "Ivy Chen"):
        assert words in page
    for client in (Client(), ivy):
        assert client.get(f"/services/{community.pantry}/").status_code == NOT_FOUND
        assert "St. Luke pantry" not in text(client.get("/?q=pantry"))
    entry = DoNotList.objects.get()
    ivy.post(f"/upkeep/hidden/asked/{entry.id}/lift/")
    assert Client().get(f"/services/{community.pantry}/").status_code == OK


def test_somebody_like_them_waits_for_a_look(ivy: Client) -> None:
    answer = ivy.post(
        "/upkeep/hidden/new/",
        {**ASKED, "kind": "organization", "name": "Elm House", "phone": "206-555-0143"},
        follow=True,
    )
    assert "it stays hidden" in text(answer) and "Elm House" in text(answer)
    bring(
        "alpha",
        organizations=[organization("Elm House Inc")],
        services=[service("Rooms at Elm")],
        phones=[phone("(206) 555-0143", organization_id="o")],
    )
    page = text(ivy.get("/upkeep/hidden/"))
    assert "Did they ask not to be listed?" in page and "Elm House Inc" in page
    assert Client().get(f"/services/{SERVICE}/").status_code == NOT_FOUND
    match = DoNotListMatch.objects.get()
    page = text(ivy.post(f"/upkeep/hidden/asked/matches/{match.id}/", {"same": "no"}, follow=True))
    assert "It is another one" in page
    assert Client().get(f"/services/{SERVICE}/").status_code == OK


def test_too_little_to_know_somebody_by_is_said_at_the_field(ivy: Client) -> None:
    answer = ivy.post("/upkeep/hidden/new/", {**ASKED, "kind": "location", "address_1": "Elm"})
    assert answer.status_code == REFUSED
    assert "Give the street with its number" in text(answer)


def test_what_is_gone_is_shown_again(ivy: Client) -> None:
    more = [service(f"Help {number}", id=f"s{number}") for number in range(5)]
    bring("alpha", organizations=[organization()], services=[*more, service("Rides")], complete=True)
    bring("alpha", organizations=[organization()], services=more, complete=True)
    assert "No longer in its feed" in text(ivy.get("/upkeep/hidden/?why=gone&q=rides"))
    page = text(ivy.post(f"/upkeep/hidden/service/{SERVICE}/show/", follow=True))
    assert "It is shown again" in page
    assert Client().get(f"/services/{SERVICE}/").status_code == OK
    page = text(ivy.post(f"/upkeep/hidden/service/{SERVICE}/show/", follow=True))
    assert "This listing is not gone from its feed." in page


# doors


PAGES = [
    "upkeep_duplicates",
    "upkeep_conflicts",
    "upkeep_hidden",
    "upkeep_never_list",
    "upkeep_conflicts_all",
]
OF_AN_ID = [
    ("upkeep_duplicate", {}),
    ("upkeep_duplicate_merge", {"keep": "a"}),
    ("upkeep_duplicate_decide", {"status": "different"}),
    ("upkeep_conflict", {"choice": "take"}),
    ("upkeep_stop_trusting", {}),
    ("upkeep_unmerge", {}),
    ("upkeep_list_again", {}),
    ("upkeep_match", {"same": "no"}),
]
OF_A_LISTING = ["upkeep_do_not_list", "upkeep_show_again"]


@pytest.mark.parametrize("who", ["ana", "ito", "lee", "sam", "olga"])
def test_other_roles_stay_outside(
    community: Community, twins: Likeness, client: Client, sign_in: SignIn, who: str
) -> None:
    sign_in(client, getattr(community, who))
    addresses = [reverse(name) for name in PAGES]
    addresses += [reverse(name, args=[twins.id]) for name, _form in OF_AN_ID]
    addresses += [reverse(name, args=["service", community.pantry]) for name in OF_A_LISTING]
    for address in addresses:
        for method in (client.get, client.post):
            assert method(address, {"keep": "a", "choice": "take", **ASKED}).status_code in {
                FORBIDDEN,
                405,
            }, address
    assert not Merge.objects.exists() and not DoNotList.objects.exists()


def test_ids_of_nothing_are_not_found(ivy: Client) -> None:
    for name, form in OF_AN_ID[1:]:
        assert ivy.post(reverse(name, args=[uuid4()]), form).status_code == NOT_FOUND, name
    for name in OF_A_LISTING:
        for kind in ("service", "organization", "location", "planet"):
            assert ivy.post(reverse(name, args=[kind, uuid4()]), ASKED).status_code == NOT_FOUND, name
    assert ivy.get(reverse("upkeep_duplicate", args=[uuid4()])).status_code == NOT_FOUND


@pytest.mark.parametrize("odd", ["１２３", "a\x00b", "x" * 5000, "-1", "%", "'--", "9" * 40])
def test_odd_filters_are_no_error(twins: Likeness, differing: Conflict, ivy: Client, odd: str) -> None:
    names = ("q", "kind", "status", "source", "field", "least", "page", "why")
    for page in ("upkeep_duplicates", "upkeep_conflicts", "upkeep_hidden"):
        for name in names:
            assert ivy.get(reverse(page), {name: odd}).status_code == OK, (page, name)


# every way out


def test_who_asked_not_to_be_listed_leaves_by_no_path(
    community: Community, ivy: Client, tmp_path: Path
) -> None:
    secret = services.create_organization(name="Quillhaven Home", phone="206-555-0177")
    place = services.create_location(organization_id=secret, place=PLACE)
    hidden = services.create_service(
        organization_id=secret,
        name="Quillhaven rooms",
        need_categories=["food-insecurity"],
        location_id=place,
    )
    ways = [
        "/?q=rooms", f"/services/{hidden}/", "/hsds/v3/services?per_page=100", "/hsds/v3/organizations",
        "/hsds/v3/service_at_locations", f"/hsds/v3/services/{hidden}", f"/hsds/v3/organizations/{secret}",
        "/hsds/v3/tombstones", "/sitemap.xml",
    ]  # fmt: skip
    seen = [address for address in ways if "uillhaven" in text(Client().get(address))]
    assert len(seen) >= 4, seen
    services.ask_not_to_list(
        actor=SYSTEM, kind="organization", row_id=secret, asked=services.Asked("Asked for it", "Ruth")
    )
    for address in ways:
        for client in (Client(), ivy):
            page = text(client.get(address))
            assert "uillhaven" not in page, address
            assert "206-555-0177" not in page, address
    for form in ("tabular", "json", "ndjson"):
        out = tmp_path / form
        as_owner(lambda form=form, out=out: call_command("export_directory", format=form, out=out))
    written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert b"uillhaven" not in written
