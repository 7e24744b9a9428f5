"""What a young person asked for alone is on no paper that a parent or guardian is given."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.community import Community, agree, plan_inbox
from tests.web.reading import text
from waypost.disclosure import selectors as disclosure
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.people.services import Contact, Identity, register
from waypost.referrals import selectors as referrals
from waypost.referrals import services as referring
from waypost.screening import selectors as screening
from waypost.screening import services as needs

pytestmark = pytest.mark.django_db

PRIVATE = "intimate-partner-violence"


def leo(community: Community) -> UUID:
    with acting(community.ana):
        who = Identity(given_name="Leo", family_name="Vega", birth_date=today() - timedelta(days=365 * 16))
        return register(
            actor=community.ana, identity=who, contacts=[Contact(kind="phone", value="206-555-0142")]
        )


def asked_alone(community: Community, person: UUID) -> UUID:
    """A referral that stands on what Leo, 16, agreed to alone in Washington."""
    with acting(community.ana):
        need = needs.add_need(
            actor=community.ana,
            person_id=person,
            category="food-insecurity",
        )
    with override_settings(JURISDICTION="US-WA"):
        agree(community.ana, person, captured="written", covers_sensitivities=["mental_health"])
        with acting(community.ana):
            draft = referring.draft(
                actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
            )
            referring.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
            referring.send(actor=community.ana, referral_id=draft)
    return draft


def test_a_referral_that_was_agreed_to_alone_says_so(community: Community) -> None:
    person = leo(community)
    sent = asked_alone(community, person)
    with acting(community.ana):
        assert "minor_consented" in referrals.referral(community.ana, sent).sensitivities
        assert len(disclosure.disclosures(community.ana, person)) == 1
        assert disclosure.disclosures(community.ana, person, for_parent=True) == []
        assert disclosure.open_access(community.ana, person, for_parent=True) == []


def test_a_private_need_that_was_agreed_to_alone_is_marked_and_an_ordinary_one_is_not(
    community: Community,
) -> None:
    person = leo(community)
    with acting(community.ana):
        for category in (PRIVATE, "food-insecurity"):
            needs.add_need(actor=community.ana, person_id=person, category=category)
    agree(
        community.ana,
        person,
        topics=["identity", "contact", PRIVATE, "food-insecurity"],
        captured="written",
        covers_sensitivities=["violence", "minor_consented"],
        representative="Luz Vega",
        authority="parent",
        minor_signed_by="Leo Vega",
    )
    with acting(community.ana):
        found = screening.needs(community.ana, person)
    marked = {each.category for each in found if "minor_consented" in each.sensitivities}
    assert marked == {PRIVATE}


def test_the_accounting_for_a_parent_leaves_it_out(community: Community, ana: Client) -> None:
    person = leo(community)
    asked_alone(community, person)
    page = reverse("seen", args=[person])
    whole, parents = text(ana.get(page)), text(ana.get(page, {"for": "parent"}))
    assert "Cedar Food Bank" in whole and "For a parent or guardian" in whole
    assert "Cedar Food Bank" not in parents and "asked for alone is left out" in parents
    for form in ("csv", "pdf"):
        assert ana.get(page, {"format": form, "for": "parent"}).status_code == 200
    assert b"Cedar Food Bank" not in ana.get(page, {"format": "csv", "for": "parent"}).content
    assert b"Cedar Food Bank" in ana.get(page, {"format": "csv"}).content


def test_the_list_for_a_parent_leaves_it_out(community: Community, ana: Client) -> None:
    person = leo(community)
    asked_alone(community, person)
    page = reverse("list_paper", args=[person])
    chosen = {"service": [str(community.groceries), str(community.pantry)]}
    whole, parents = text(ana.get(page, chosen)), text(ana.get(page, {**chosen, "for": "parent"}))
    assert whole.count("sheet") > parents.count("sheet") >= 1
    pdf = {**chosen, "format": "pdf", "for": "parent"}
    assert len(ana.get(page, pdf).content) < len(ana.get(page, {**chosen, "format": "pdf"}).content)


def test_of_an_adult_there_is_one_paper(community: Community, ana: Client) -> None:
    with acting(community.ana):
        person = register(
            actor=community.ana,
            identity=Identity(given_name="Rosa", birth_date=today() - timedelta(days=365 * 40)),
        )
    assert "For a parent or guardian" not in text(ana.get(reverse("seen", args=[person])))
