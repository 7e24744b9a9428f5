"""The person is there and asks: a basis for this once, kept with its time, and for nothing beyond.

45 CFR 164.510(b)(2)(i); 42 CFR 2.31 and 34 CFR 99.30 want a signed form, which this never is.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.community import Community, food_need, plan_inbox, rosa
from tests.web.referral_pages import OK, REFUSED, SignIn, plan, seen, started, text
from waypost.consent.services import block, record_preference_not_to_share
from waypost.disclosure import selectors as disclosure
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.referrals import services
from waypost.referrals.models import Referral

pytestmark = pytest.mark.django_db


def make_status(organization: object, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = %s WHERE id = %s", [status, organization]
        )


def told(community: Community, person: object) -> list[tuple[str, str]]:
    with acting(community.ana):
        return [
            (each.basis, each.recipient_name)
            for each in disclosure.disclosures(community.ana, person)  # type: ignore[arg-type]
        ]


def test_nothing_goes_until_it_is_said_that_the_person_asks(
    community: Community, ana: Client, sam: Client
) -> None:
    draft = started(community, ana, agreed=False)
    assert "Rosa is here and asks" in text(ana.get(reverse("handoff", args=[draft])))
    ana.post(reverse("handoff", args=[draft]), plan())
    page = text(ana.get(reverse("check", args=[draft])))
    assert "Is Rosa here?" in page
    assert "45 CFR 164.510(b)(2)" in page
    assert "206-555-0143" in page
    answer = ana.post(reverse("referral_send", args=[draft]))
    assert answer.status_code == REFUSED
    assert "Mark this only if Rosa is here and asks." in text(answer)
    person = seen(community.ana, draft).row.person_id
    assert told(community, person) == []

    before = now()
    page = text(ana.post(reverse("referral_send", args=[draft]), {"asks": "on"}, follow=True))
    assert "and asked us to tell Cedar Food Bank" in page
    card = seen(community.ana, draft)
    assert (card.basis, card.may_reply, card.consent_id) == ("own_request", False, None)
    assert card.asked_at is not None
    assert before <= card.asked_at <= before + timedelta(minutes=1)
    assert told(community, person) == [("own_request", "Cedar Food Bank")]
    page = text(ana.get(reverse("seen", args=[person])))
    assert "the person was there and asked" in page
    assert "206-555-0143" in text(sam.get(reverse("referral", args=[draft])))
    with acting(community.ana):
        assert disclosure.open_access(community.ana, person) == [], "it tells once, and opens nothing"


def test_what_was_asked_for_is_not_added_to(community: Community, ana: Client) -> None:
    draft = started(community, ana, agreed=False)
    ana.post(reverse("handoff", args=[draft]), plan())
    ana.post(reverse("referral_send", args=[draft]), {"asks": "on"})
    with acting(community.ana), pytest.raises(Refused, match="for nothing more"):
        services.note(actor=community.ana, referral_id=draft, words="She also has a cough.")


def test_taken_back_at_once_it_has_to_be_said_again(community: Community, ana: Client) -> None:
    draft = started(community, ana, agreed=False)
    ana.post(reverse("handoff", args=[draft]), plan())
    ana.post(reverse("referral_send", args=[draft]), {"asks": "on"})
    ana.post(reverse("referral_undo", args=[draft]))
    card = seen(community.ana, draft)
    assert (card.row.status, card.basis, card.asked_at) == ("draft", "", None)
    assert ana.post(reverse("referral_send", args=[draft])).status_code == REFUSED


def test_on_a_call_together_it_may_be_said_or_not(community: Community, ana: Client) -> None:
    draft = started(community, ana, agreed=False)
    ana.post(reverse("handoff", args=[draft]), plan(handoff="together", next_move="together"))
    assert "Does Rosa ask us to speak?" in text(ana.get(reverse("check", args=[draft])))
    ana.post(reverse("referral_send", args=[draft]), {"asks": "on"})
    card = seen(community.ana, draft)
    assert (card.basis, card.recipient_id, card.shared) == ("own_request", None, {})
    assert told(community, card.row.person_id) == [("own_request", "Cedar Food Bank")]


def test_a_call_together_without_it_tells_nothing(community: Community, ana: Client) -> None:
    draft = started(community, ana, agreed=False)
    ana.post(reverse("handoff", args=[draft]), plan(handoff="together", next_move="together"))
    ana.post(reverse("referral_send", args=[draft]))
    card = seen(community.ana, draft)
    assert (card.basis, card.asked_at) == ("nothing_shared", None)
    assert told(community, card.row.person_id) == []


@pytest.mark.parametrize("status", ["part2_program", "school"])
def test_it_never_serves_a_program_or_a_school(community: Community, sign_in: SignIn, status: str) -> None:
    make_status(community.clinic, status)
    ana = sign_in(Client(), community.ana)
    draft = started(community, ana, agreed=False)
    assert 'value="inbox"' not in text(ana.get(reverse("handoff", args=[draft])))
    with acting(community.ana):
        services.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
    page = ana.get(reverse("check", args=[draft]))
    assert page.status_code == OK
    assert "Is Rosa here?" not in text(page)
    with acting(community.ana), pytest.raises(Refused, match="may not be shared now"):
        services.send(actor=community.ana, referral_id=draft, asked=True)


def test_it_never_serves_an_especially_sensitive_matter(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    with acting(community.ana):
        draft = services.draft(
            actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
        )
        services.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
        Referral.objects.filter(pk=draft).update(sensitivities=["violence"])
        with pytest.raises(Refused, match="may not be shared now"):
            services.send(actor=community.ana, referral_id=draft, asked=True)
    assert "Is Rosa here?" not in text(ana.get(reverse("check", args=[draft])))


def test_it_goes_past_a_wish_to_keep_out_and_not_past_a_refusal(community: Community) -> None:
    ana, person = community.ana, rosa(community.ana)
    need = food_need(ana, person)
    with acting(ana):
        block(actor=ana, person_id=person, organization_ids=[community.bank])
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
        with pytest.raises(Refused, match="may not be shared now"):
            services.send(actor=ana, referral_id=draft)
        services.send(actor=ana, referral_id=draft, asked=True)
    assert told(community, person) == [("own_request", "Cedar Food Bank")]

    other = food_need(ana, person)
    with acting(ana):
        record_preference_not_to_share(actor=ana, person_id=person)
        draft = services.draft(actor=ana, person_id=person, need_id=other, service_id=community.groceries)
        services.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
        with pytest.raises(Refused, match="may not be shared now"):
            services.send(actor=ana, referral_id=draft, asked=True)


def test_where_the_person_agreed_the_agreement_is_the_basis(community: Community, ana: Client) -> None:
    draft = started(community, ana)
    ana.post(reverse("handoff", args=[draft]), plan())
    assert "Is Rosa here?" not in text(ana.get(reverse("check", args=[draft])))
    ana.post(reverse("referral_send", args=[draft]), {"asks": "on"})
    card = seen(community.ana, draft)
    assert (card.basis, card.asked_at) == ("consent", None)


RIGHT = {
    "asked_at": "now()",
    "may_reply": "false",
    "sensitivities": "'{}'",
    "topics": "'{identity,contact}'",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"asked_at": "NULL"},
        {"may_reply": "true"},
        {"sensitivities": "'{violence}'"},
        {"topics": "'{identity,health}'"},
    ],
)
def test_the_database_asks_for_the_same(
    community: Community, ana: Client, as_web: Callable[[], None], wrong: dict[str, str]
) -> None:
    draft = started(community, ana, agreed=False)
    columns = ", ".join(f"{column} = {value}" for column, value in {**RIGHT, **wrong}.items())
    as_web()
    with acting(community.ana):
        services.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
        with pytest.raises(DatabaseError, match="own request"), transaction.atomic():
            connection.cursor().execute(
                "UPDATE referrals_referral SET status = 'requested', basis = 'own_request', sent_at = now(),"
                f" {columns} WHERE id = %s",
                [draft],
            )
