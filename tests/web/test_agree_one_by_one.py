"""One form, answered for each organization: what it is told, what for, and whether it may tell us back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community, food_need, rosa
from tests.web.reading import FOUND, OK, REFUSED, text
from waypost.consent.cards import ConsentCard
from waypost.consent.selectors import consents
from waypost.disclosure import gate
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db

RIDE = "transportation-insecurity"


@pytest.fixture
def person(community: Community) -> UUID:
    """Rosa, who wants help with food and a ride."""
    found = rosa(community.ana)
    food_need(community.ana, found)
    with acting(community.ana):
        add_need(actor=community.ana, person_id=found, category=RIDE)
    return found


def both(community: Community, **changes: Any) -> dict[str, Any]:
    """Two organizations, named, of whom it is not the same."""
    return {
        "topics": ["identity", "contact", FOOD, RIDE],
        "recipient_class": "named",
        "recipients": [str(community.bank), str(community.stranger)],
        "reply": "on",
        "differs": "on",
        "ends_on": (today() + timedelta(days=365)).isoformat(),
        **changes,
    }


def each(
    community: Community, bank: list[str], stranger: list[str], *, answers: bool = False
) -> dict[str, Any]:
    """The food bank may answer; the other one only with ``answers``."""
    found: dict[str, Any] = {
        f"each-{community.bank}-sent": "yes",
        f"each-{community.bank}-topics": bank,
        f"each-{community.bank}-reply": "on",
        f"each-{community.stranger}-sent": "yes",
        f"each-{community.stranger}-topics": stranger,
    }
    return {**found, **({f"each-{community.stranger}-reply": "on"} if answers else {})}


def said(community: Community, person: UUID) -> dict[frozenset[UUID], ConsentCard]:
    with acting(community.ana):
        return {one.recipient_ids: one for one in consents(community.ana, person)}


def test_one_page_more_asks_of_each(community: Community, person: UUID, ana: Client) -> None:
    page = ana.post(f"/people/{person}/agree/", both(community, step="read"))
    shown = text(page)
    assert page.status_code == OK and "What each may be told" in shown
    assert "Cedar Food Bank" in shown and f'name="each-{community.stranger}-topics"' in shown
    assert 'name="differs" value="on"' in shown, "what was chosen before is carried along"


@pytest.mark.parametrize("changes", [{"differs": ""}, {"recipients": "one"}, {"recipient_class": "partners"}])
def test_the_simple_case_stays_two_pages(
    community: Community, person: UUID, ana: Client, changes: dict[str, Any]
) -> None:
    if changes.get("recipients"):
        changes = {"recipients": [str(community.bank)]}
    shown = text(ana.post(f"/people/{person}/agree/", both(community, step="read", **changes)))
    assert "Read this aloud" in shown and "What each may be told" not in shown


def test_each_is_kept_read_and_decided_on_its_own(community: Community, person: UUID, ana: Client) -> None:
    asked = both(community, **each(community, [FOOD], [FOOD, RIDE]))
    shown = text(ana.post(f"/people/{person}/agree/", {**asked, "step": "read"}))
    assert "We would tell Cedar Food Bank what you need: food." in shown
    assert "Cedar Food Bank may tell Cedar Clinic how it went." in shown
    assert "may not tell Cedar Clinic how it went." in shown and "no puede saber por" in shown
    yes = {**asked, "step": "agrees", "captured": "spoken", "language": "en"}
    assert ana.post(f"/people/{person}/agree/", yes).status_code == FOUND
    kept = said(community, person)
    bank, stranger = kept[frozenset({community.bank})], kept[frozenset({community.stranger})]
    assert (bank.topics, bank.reply) == ({"identity", "contact", FOOD}, True)
    assert (stranger.topics, stranger.reply) == ({"identity", "contact", FOOD, RIDE}, False)
    assert bank.form_id == stranger.form_id, "one form"
    with acting(community.ana):
        for who, topics, back in ((community.bank, [FOOD], True), (community.stranger, [FOOD, RIDE], False)):
            party = gate.party(who)
            told = gate.may_tell(community.ana, person, party, topics=["identity", "contact", *topics])
            ours = gate.may_tell_us(community.ana, person, party, topics=["identity", "contact", FOOD])
            assert (told.permit, ours.permit) == (True, back)
        assert not gate.may_tell(community.ana, person, gate.party(community.bank), topics=[RIDE]).permit


def test_who_gets_the_same_answer_stands_in_one_sentence(
    community: Community, person: UUID, ana: Client
) -> None:
    asked = both(community, **each(community, [FOOD], [FOOD], answers=True))
    yes = {**asked, "step": "agrees", "captured": "spoken", "language": "en"}
    assert ana.post(f"/people/{person}/agree/", yes).status_code == FOUND
    [one] = said(community, person).values()
    assert one.recipient_ids == {community.bank, community.stranger} and one.topics == {
        "identity",
        "contact",
        FOOD,
    }


def test_what_was_not_offered_is_refused(community: Community, person: UUID, ana: Client) -> None:
    for wrong in ([], ["homelessness"], ["identity"]):
        asked = both(
            community, step="agrees", captured="spoken", language="en", **each(community, [FOOD], wrong)
        )
        assert ana.post(f"/people/{person}/agree/", asked).status_code == REFUSED
    assert said(community, person) == {}


def test_one_purpose_for_one_of_them_alone(community: Community, person: UUID, ana: Client) -> None:
    asked = both(community, purposes=["care_coordination", "research"], **each(community, [FOOD], [FOOD]))
    asked[f"each-{community.bank}-purposes"] = ["care_coordination"]
    asked[f"each-{community.stranger}-purposes"] = ["care_coordination", "research"]
    yes = {**asked, "step": "agrees", "captured": "typed", "signed_by": "Rosa Delgado", "language": "en"}
    assert ana.post(f"/people/{person}/agree/", yes).status_code == FOUND
    with acting(community.ana):
        found = {(one.recipient_ids, one.purposes) for one in consents(community.ana, person)}
    assert found == {
        (frozenset({community.bank}), frozenset({"care_coordination"})),
        (frozenset({community.stranger}), frozenset({"care_coordination"})),
        (frozenset({community.stranger}), frozenset({"research"})),
    }
