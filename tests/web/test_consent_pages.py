"""Asking about sharing, saying no, taking back, and who has seen what."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community, agree, food_need, rosa, sent_referral
from tests.web.reading import FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.consent.cards import ConsentCard
from waypost.consent.selectors import consents
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, now, today
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db

ASKED = {
    "topics": ["identity", "contact", FOOD],
    "recipient_class": "partners",
    "reply": "on",
}


def asked(**changes: object) -> dict[str, object]:
    """What the first page asks, for a year, with changes."""
    return {**ASKED, "ends_on": (today() + timedelta(days=365)).isoformat(), **changes}


def answered(**changes: object) -> dict[str, object]:
    """Both pages, with a spoken yes."""
    given = {"step": "agrees", "captured": "spoken", "language": "es", "witness": "M. Soto"}
    return asked(**{**given, **changes})


def recorded(actor: Actor, person: UUID) -> list[ConsentCard]:
    with acting(actor):
        return consents(actor, person)


@pytest.fixture
def person(community: Community) -> UUID:
    """Rosa, who wants help with food."""
    found = rosa(community.ana)
    food_need(community.ana, found)
    return found


def test_the_needs_and_how_to_reach_them_are_chosen_beforehand(person: UUID, ana: Client) -> None:
    page = text(ana.get(f"/people/{person}/agree/"))
    for code in (FOOD, "identity", "contact"):
        assert f'value="{code}"' in page
    assert page.count("checked") == 6, "three topics, any partner, may answer, to arrange help"
    assert (today() + timedelta(days=365)).isoformat() in page


def test_the_words_are_shown_before_anything_is_recorded(
    community: Community, person: UUID, ana: Client
) -> None:
    answer = ana.post(f"/people/{person}/agree/", asked(step="read"))
    page = text(answer)
    assert answer.status_code == OK
    assert "Cedar Clinic would like to tell community partners who could help you" in page
    assert 'lang="es"' in page
    assert recorded(community.ana, person) == []


def test_a_spoken_yes_is_kept_with_the_words_that_were_read(
    community: Community, person: UUID, ana: Client
) -> None:
    assert ana.post(f"/people/{person}/agree/", answered(language="en")).status_code == FOUND
    [consent] = recorded(community.ana, person)
    assert consent.topics == {"identity", "contact", FOOD}
    assert (consent.captured, consent.language, consent.witness) == ("spoken", "en", "M. Soto")
    assert consent.recipient_class == "partners"
    assert consent.reply
    assert "what you need: food." in consent.words_shown
    assert consent.words_shown.endswith("Do you agree?")
    assert consent.ends_at is not None
    assert consent.ends_at.astimezone(now().tzinfo).date() >= today() + timedelta(days=365)


def test_words_from_the_browser_are_not_believed(community: Community, person: UUID, ana: Client) -> None:
    ana.post(f"/people/{person}/agree/", answered(language="en", words_shown="Everything to everybody"))
    [consent] = recorded(community.ana, person)
    assert "Everything" not in consent.words_shown


def test_only_named_organizations(community: Community, person: UUID, ana: Client) -> None:
    named = answered(recipient_class="named", recipients=[str(community.bank)])
    assert ana.post(f"/people/{person}/agree/", named).status_code == FOUND
    [consent] = recorded(community.ana, person)
    assert consent.recipient_ids == {community.bank}
    assert "may tell Cedar Food Bank about food," in text(ana.get(f"/people/{person}/"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"topics": []}, "Choose at least one thing"),
        ({"topics": ["identity", "contact"]}, "Choose at least one need"),
        ({"topics": ["everything"]}, "valid choice"),
        ({"recipient_class": "named"}, "Name at least one organization"),
        ({"recipient_class": "named", "recipients": ["01a2"]}, "valid choice"),
        ({"recipient_class": "everybody"}, "valid choice"),
        ({"ends_on": ""}, "required"),
        ({"ends_on": "2020-01-01"}, "in the past"),
        ({"ends_on": "9999-12-31"}, "too far away"),
        ({"ends_on": "soon"}, "not a date that can be right"),
    ],
)
def test_what_cannot_be_asked_is_said(
    community: Community, person: UUID, ana: Client, changes: dict[str, object], words: str
) -> None:
    for step in ("read", "agrees"):
        answer = ana.post(f"/people/{person}/agree/", answered(**changes) | {"step": step})
        assert answer.status_code == REFUSED
        assert words in text(answer)
    assert recorded(community.ana, person) == []


def test_an_answer_without_how_it_was_given_asks_again(
    community: Community, person: UUID, ana: Client
) -> None:
    answer = ana.post(f"/people/{person}/agree/", asked(step="agrees"))
    assert answer.status_code == REFUSED
    assert "Read this aloud" in text(answer)
    assert recorded(community.ana, person) == []


def test_going_back_loses_nothing(person: UUID, ana: Client) -> None:
    answer = ana.post(f"/people/{person}/agree/", asked(step="choose", ends_on="2027-02-03", reply=""))
    assert answer.status_code == OK
    assert 'value="2027-02-03"' in text(answer)


@pytest.mark.parametrize(("step", "topics"), [("declines_all", set()), ("declines", {FOOD})])
def test_a_no_is_recorded_and_leads_on(
    community: Community, person: UUID, ana: Client, step: str, topics: set[str]
) -> None:
    answer = ana.post(f"/people/{person}/agree/", asked(step=step), follow=True)
    [wish] = recorded(community.ana, person)
    assert (wish.agreed, wish.topics) == (False, topics)
    page = text(answer)
    assert "A list to take along" in page
    assert "A call made together" in page
    assert f"/people/{person}/list/" in page


def test_after_a_no_the_record_says_so(community: Community, person: UUID, ana: Client) -> None:
    ana.post(f"/people/{person}/agree/", {"step": "declines_all"})
    assert "Rosa would rather not share anything." in text(ana.get(f"/people/{person}/"))


def test_sensitive_matters_want_a_signature(community: Community, person: UUID, ana: Client) -> None:
    violence = "intimate-partner-violence"
    with acting(community.ana):
        add_need(actor=community.ana, person_id=person, category=violence)
    page = text(ana.get(f"/people/{person}/agree/"))
    assert page.count("checked") == 6, "offered to tell, and never proposed"
    both = answered(topics=["identity", "contact", FOOD, violence], sensitive=["violence"])
    assert "This needs a signature." in text(ana.post(f"/people/{person}/agree/", both | {"step": "read"}))
    ana.post(f"/people/{person}/agree/", both)
    ana.post(f"/people/{person}/agree/", both | {"captured": "typed", "signed_by": "Rosa Delgado"})
    signed, spoken = recorded(community.ana, person)
    assert spoken.covers_sensitivities == frozenset()
    assert signed.covers_sensitivities == {"violence"}


def test_a_wider_agreement_stands_alone_on_the_record(
    community: Community, person: UUID, ana: Client
) -> None:
    agree(community.ana, person)
    agree(community.ana, person, topics=["identity", "contact", FOOD, "utility-insecurity"])
    page = text(ana.get(f"/people/{person}/"))
    assert page.count("Rosa agreed that") == 1
    assert text(ana.get(f"/people/{person}/agreements/")).count("Rosa agreed that") >= 2


def test_taking_back_names_the_consequence_first(community: Community, ana: Client) -> None:
    person, _referral, consent = sent_referral(community)
    page = text(ana.get(f"/agreements/{consent}/take-back/"))
    assert "nothing new is told to anybody" in page
    assert "What others received stays with them" in page
    assert "Cedar Food Bank" in page
    assert recorded(community.ana, person)[0].revoked_at is None


def test_stopping_to_share_lets_referrals_go_on(community: Community, ana: Client) -> None:
    person, referral, consent = sent_referral(community)
    assert ana.post(f"/agreements/{consent}/take-back/", {}).status_code == REFUSED
    assert ana.post(f"/agreements/{consent}/take-back/", {"reach": "sharing"}).status_code == FOUND
    assert recorded(community.ana, person)[0].revoked_at is not None
    with acting(community.ana):
        assert referrals.referral(community.ana, referral).withdrawn_at is None
    assert "Taken back on" in text(ana.get(f"/people/{person}/agreements/"))
    assert "Nothing that Rosa agreed to is in force now." in text(ana.get(f"/people/{person}/"))


def test_these_referrals_too(community: Community, ana: Client) -> None:
    _person, referral, consent = sent_referral(community)
    assert ana.post(f"/agreements/{consent}/take-back/", {"reach": "referrals"}).status_code == FOUND
    with acting(community.ana):
        assert referrals.referral(community.ana, referral).withdrawn_at is not None


def test_after_taking_back_the_partner_finds_nobody(
    community: Community,
    sign_in,
    as_web,  # type: ignore[no-untyped-def]
) -> None:
    person, _referral, consent = sent_referral(community)
    ana, sam = sign_in(Client(), community.ana), sign_in(Client(), community.sam)
    as_web()
    assert sam.get(f"/people/{person}/").status_code == OK
    ana.post(f"/agreements/{consent}/take-back/", {"reach": "referrals"})
    assert sam.get(f"/people/{person}/").status_code == NOT_FOUND


def test_nobody_else_takes_back(community: Community, olga: Client) -> None:
    _person, _referral, consent = sent_referral(community)
    assert olga.get(f"/agreements/{consent}/take-back/").status_code == NOT_FOUND
    assert olga.post(f"/agreements/{consent}/take-back/", {"reach": "sharing"}).status_code == NOT_FOUND


def test_who_has_seen_what(community: Community, ana: Client) -> None:
    person, _referral, _consent = sent_referral(community)
    ana.get(f"/people/{person}/")
    page = text(ana.get(f"/people/{person}/seen/"))
    told = page[page.index("Told to others") : page.index("May look now")]
    assert "Cedar Food Bank" in told
    assert "the person agreed" in told
    assert "Food, name, age, language and household, phone and ZIP code" in told
    assert "Ana Reyes" in page[page.index("looked") :]


def test_an_agreement_ends_by_itself(community: Community, person: UUID, ana: Client) -> None:
    with at(now() - timedelta(days=9)):
        agree(community.ana, person, ends_at=now() + timedelta(days=2))
    page = text(ana.get(f"/people/{person}/agreements/"))
    assert "Nothing is in force." in page
    assert "Ended on" in page


def test_days_read_as_people_say_them() -> None:
    from waypost.web.presenting import day  # noqa: PLC0415

    assert day(date(2031, 5, 3)) == "3 May 2031"
