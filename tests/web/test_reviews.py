"""A keeper changes its listing: most acts at once, delicate fields wait for the network's staff."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community
from tests.rooms.messaging.told import deliver_all
from waypost.directory import services
from waypost.directory.models import FieldFact, Organization, Proposal, Service
from waypost.directory.selectors import listing_for_referral
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.messaging.models import Notice

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]

AS_IT_IS = {
    "name": "Weekly groceries",
    "description": "A box of groceries each week",
    "need_categories": [FOOD],
    "how_to_reach": "phone",
}


@pytest.fixture
def browsers(community: Community, sign_in: SignIn) -> dict[str, Client]:
    return {name: sign_in(Client(), getattr(community, name)) for name in ("sam", "ivy", "olga", "ana")}


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def asked(browsers: dict[str, Client], community: Community, **changes: object) -> str:
    address = f"/listing/{community.groceries}/"
    return text(browsers["sam"].post(address, AS_IT_IS | changes, follow=True))


def test_what_is_not_delicate_shows_at_once_as_the_keepers_own_word(
    browsers: dict[str, Client], community: Community
) -> None:
    page = asked(browsers, community, description="Boxes for all.", cost="Free", languages="Spanish")
    assert "You changed Weekly groceries." in page
    card = listing_for_referral(community.groceries)
    assert (card.description, card.cost, card.languages) == ("Boxes for all.", "Free", ("Spanish",))
    facts = FieldFact.objects.filter(row_id=community.groceries, source="local")
    said = {each.field: (each.confirmed_how, each.confirmed_by_id) for each in facts}
    assert said == dict.fromkeys(
        ("description", "fees_description", "languages"), ("web", community.sam.user_id)
    )
    assert not Proposal.objects.exists()


def test_a_form_sent_as_it_is_says_nothing_new(browsers: dict[str, Client], community: Community) -> None:
    asked(browsers, community)
    assert not FieldFact.objects.exists()
    assert listing_for_referral(community.groceries).confirmed_on is not None


def test_a_listing_is_not_confirmed_while_its_keeper_waits_for_a_change(
    browsers: dict[str, Client], community: Community
) -> None:
    page = asked(browsers, community, phone="206-555-0166")
    assert "look at this before everybody reads it: Phone." in page
    assert "You changed Weekly groceries." not in page
    assert listing_for_referral(community.groceries).confirmed_on is None
    overview = text(browsers["ivy"].get("/upkeep/"))
    row = overview[overview.index('href="/upkeep/reviews/"') :]
    assert "<b>1</b>" in row[: row.index("</li>")]


@pytest.mark.parametrize(
    ("change", "field", "shown"),
    [
        (("name", "Groceries on Tuesdays"), "name", "Groceries on Tuesdays"),
        (("phone", "206-555-0166"), "phones", "206-555-0166"),
        (("website", "https://bank.example/new"), "url", "bank.example/new"),
        (("eligibility", "Residents only"), "eligibility_description", "Residents only"),
        (("minimum_age", "18"), "minimum_age", "18 years and over"),
        (("maximum_age", "60"), "maximum_age", "up to 60 years"),
    ],
)
def test_delicate_fields_wait_and_are_shown_once_they_are_let_through(
    browsers: dict[str, Client], community: Community, change: tuple[str, str], field: str, shown: str
) -> None:
    page = asked(browsers, community, **{change[0]: change[1]})
    assert "The network&#x27;s staff look at this before everybody reads it" in page
    assert shown not in text(Client().get(f"/services/{community.groceries}/"))
    proposal = Proposal.objects.get()
    assert proposal.field == field
    queue = text(browsers["ivy"].get("/upkeep/reviews/"))
    assert change[1] in queue and "Sam Ortiz of Cedar Food Bank" in queue
    answer = browsers["ivy"].post(f"/upkeep/reviews/{proposal.pk}/", {"decision": "approve"}, follow=True)
    assert "The listing says it now" in text(answer)
    assert shown in text(Client().get(f"/services/{community.groceries}/"))
    fact = FieldFact.objects.get(row_id=community.groceries, field=field, source="local")
    assert (fact.confirmed_how, fact.confirmed_by_id) == ("web", community.sam.user_id)


def test_a_refusal_has_words_and_the_keeper_reads_them(
    browsers: dict[str, Client], community: Community
) -> None:
    asked(browsers, community, name="Best groceries in town")
    address = f"/upkeep/reviews/{Proposal.objects.get().pk}/"
    assert "Say why not" in text(browsers["ivy"].post(address, {"decision": "refuse"}, follow=True))
    browsers["ivy"].post(address, {"decision": "refuse", "words": "A name, not an advertisement."})
    page = text(browsers["sam"].get(f"/listing/{community.groceries}/"))
    assert "A name, not an advertisement." in page
    assert listing_for_referral(community.groceries).service_name == "Weekly groceries"
    again = text(browsers["ivy"].post(address, {"decision": "approve"}, follow=True))
    assert "in the meantime" in again
    assert "Best groceries in town" in text(browsers["ivy"].get("/upkeep/reviews/?show=decided"))


def test_both_sides_are_told(community: Community) -> None:
    services.change_own_service(
        actor=community.sam, service_id=community.groceries, values={"name": "Groceries on Tuesdays"}
    )
    services.decide_proposal(actor=community.ivy, proposal_id=Proposal.objects.get().pk, approve=True)
    deliver_all()
    assert {(each.held_by_id, each.kind, each.url) for each in Notice.objects.all()} == {
        (community.integrator, "proposal.waiting", "/upkeep/reviews/"),
        (community.bank, "proposal.decided", f"/listing/{community.groceries}/"),
    }


def test_the_newest_wish_counts_and_may_be_taken_back(
    browsers: dict[str, Client], community: Community
) -> None:
    asked(browsers, community, name="First")
    asked(browsers, community, name="Second")
    proposal = Proposal.objects.get()
    assert proposal.new == "Second"
    page = text(browsers["sam"].post(f"/listing/changes/{proposal.pk}/withdraw/", follow=True))
    assert "You took the change back." in page
    with pytest.raises(Refused):
        services.decide_proposal(actor=community.ivy, proposal_id=proposal.pk, approve=True)


def test_who_may_decide_and_take_back(browsers: dict[str, Client], community: Community) -> None:
    asked(browsers, community, name="Other")
    proposal: UUID = Proposal.objects.get().pk
    for name in ("sam", "olga", "ana"):
        assert browsers[name].get("/upkeep/reviews/").status_code == 403
        assert browsers[name].post(f"/upkeep/reviews/{proposal}/", {"decision": "approve"}).status_code == 403
    with pytest.raises(NotVisible):
        services.withdraw_proposal(actor=community.olga, proposal_id=proposal)
    with pytest.raises(Refused):
        services.decide_proposal(actor=community.sam, proposal_id=proposal, approve=True)
    assert listing_for_referral(community.groceries).service_name == "Weekly groceries"


def test_a_change_by_somebody_who_lost_the_listing_is_not_let_through(
    browsers: dict[str, Client], community: Community
) -> None:
    asked(browsers, community, name="Other")
    Organization.objects.filter(services=community.groceries).update(claimed_by=community.stranger)
    with pytest.raises(Refused, match="any more"):
        services.decide_proposal(actor=community.ivy, proposal_id=Proposal.objects.get().pk, approve=True)


def test_nothing_private_of_a_victim_service_is_copied_into_a_proposal(community: Community) -> None:
    Organization.objects.filter(services=community.groceries).update(is_victim_service=True)
    changed = services.change_own_service(
        actor=community.sam,
        service_id=community.groceries,
        values={"url": "https://quokka.example", "eligibility_description": "quokka", "name": "Line"},
    )
    assert (set(changed.at_once), changed.waiting) == ({"url", "eligibility_description"}, ("name",))
    assert "quokka" not in repr(list(Proposal.objects.values()))


def test_retired_and_taken_up_again(browsers: dict[str, Client], community: Community) -> None:
    sam, address = browsers["sam"], f"/listing/{community.groceries}/retire/"
    assert "is not offered any more" in text(sam.post(address, follow=True))
    assert "Weekly groceries" not in text(Client().get("/?q=groceries+weekly"))
    sam.post(address, {"offered": "yes"})
    assert Service.objects.get(pk=community.groceries).status == "active"
    assert browsers["olga"].post(address).status_code == 404
