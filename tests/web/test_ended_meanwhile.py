"""A partner's page was left open, and meanwhile it ended: each next action is answered with words.

Every action that a partner has on a referral, after each way in which it can end. Nothing is written at the
sender's, nothing new is read, nothing that was typed is lost.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.community import FOOD, Community, agree, sent_referral
from tests.web.meddling import as_owner, memberships
from tests.web.reading import FORBIDDEN, FOUND, OK, REFUSED, text
from waypost.consent import services as consents
from waypost.kernel.clock import at, now
from waypost.kernel.transaction import acting
from waypost.network.services import end_membership
from waypost.referrals import selectors as referrals
from waypost.referrals import services

pytestmark = pytest.mark.django_db

GONE = 410
WORDS = "Quagga: he can come on Friday at ten"
FACTS = {"fact": "received", "words": WORDS}
ACTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "accept": ("referral_move", {"move": "accept", "words": WORDS}),
    "decline": ("referral_move", {"move": "reject", "reason": "no_room", "words": WORDS}),
    "ask": ("referral_note", {"words": WORDS}),
    "report": ("referral_report", FACTS),
    "set a date": (
        "referral_report",
        {"fact": "scheduled", "scheduled_for": "2027-01-05T10:00", "words": WORDS},
    ),
    "undo": ("referral_undo", {"words": WORDS}),
}
PAGES = ("referral", "referral_move", "referral_report", "referral_take")


def taken_back(community: Community, referral: UUID, consent: UUID) -> None:
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent)


def recalled(community: Community, referral: UUID, consent: UUID) -> None:
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent, these_referrals_too=True)


def a_mistake(community: Community, referral: UUID, consent: UUID) -> None:
    with acting(community.ana):
        services.move(actor=community.ana, referral_id=referral, name="mistake")


def organization_refused(community: Community, referral: UUID, consent: UUID) -> None:
    with acting(community.ana):
        person = referrals.referral(community.ana, referral).row.person_id
        consents.record_preference_not_to_share(
            actor=community.ana, person_id=person, recipient_ids=[community.bank]
        )


def topic_refused(community: Community, referral: UUID, consent: UUID) -> None:
    with acting(community.ana):
        person = referrals.referral(community.ana, referral).row.person_id
        consents.record_preference_not_to_share(actor=community.ana, person_id=person, topics=[FOOD])


def left(community: Community, referral: UUID, consent: UUID) -> None:
    (membership,) = memberships(community.sam)
    as_owner(lambda: end_membership(membership_id=membership.id))


def organization_out(community: Community, referral: UUID, consent: UUID) -> None:
    as_owner(lambda: _switch_off(community.bank))


def _switch_off(organization: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE network_organization SET active = false WHERE id = %s", [organization])


End = Callable[[Community, UUID, UUID], None]
WITHDRAWN: tuple[End, ...] = (recalled, a_mistake)
OVER: tuple[End, ...] = (taken_back, organization_refused, topic_refused)
OUT: tuple[End, ...] = (left, organization_out)


def post(client: Client, action: str, referral: UUID, *, part: bool = False) -> object:
    name, fields = ACTIONS[action]
    headers = {"HX-Request": "true", "HX-Target": "main"} if part else {}
    return client.post(reverse(name, args=[referral]), fields, headers=headers)


def written(community: Community, referral: UUID) -> list[str]:
    with acting(community.ana):
        card = referrals.referral(community.ana, referral)
    return [each.name for each in card.timeline if each.organization == "Cedar Food Bank"]


@pytest.mark.parametrize("part", [False, True])
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("end", WITHDRAWN)
def test_what_was_withdrawn_answers_with_its_tombstone(
    community: Community, sam: Client, end: End, action: str, part: bool
) -> None:
    person, referral, consent = sent_referral(community)
    with acting(community.ana):
        reference = referrals.referral(community.ana, referral).row.reference
    sam.get(reverse("referral", args=[referral]))
    end(community, referral, consent)
    answer = post(sam, action, referral, part=part)
    page = text(answer)  # type: ignore[arg-type]
    assert answer.status_code == GONE  # type: ignore[attr-defined]
    assert answer.headers["Cache-Control"] == "no-store, private"  # type: ignore[attr-defined]
    assert f"Cedar Clinic withdrew referral {reference}" in page
    assert "This was not done." in page
    assert WORDS in page
    for told in ("Rosa", "Delgado", "206-555-0143", "98144", "Food", str(person)):
        assert told not in page.replace("Cedar Food Bank", ""), told
    assert written(community, referral) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("end", WITHDRAWN)
def test_its_pages_are_gone_too(community: Community, sam: Client, end: End, name: str) -> None:
    _, referral, consent = sent_referral(community)
    end(community, referral, consent)
    answer = sam.get(reverse(name, args=[referral]) + "?move=reject")
    assert (answer.status_code, "Rosa" in text(answer)) == (GONE, False)
    assert "It is no longer here." in text(answer)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("end", OVER)
def test_what_is_taken_back_answers_with_words_and_what_was_typed(
    community: Community, sam: Client, end: End, action: str
) -> None:
    _, referral, consent = sent_referral(community)
    end(community, referral, consent)
    answer = post(sam, action, referral)
    page = text(answer)  # type: ignore[arg-type]
    assert answer.status_code == REFUSED  # type: ignore[attr-defined]
    assert "The person took back the agreement to share." in page
    assert WORDS in page
    assert written(community, referral) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_what_ran_out_says_so(community: Community, sam: Client, action: str) -> None:
    with at(now() - timedelta(days=40)):
        _, referral, _consent = sent_referral(community, ends_at=now() + timedelta(days=30))
    answer = post(sam, action, referral)
    page = text(answer)  # type: ignore[arg-type]
    assert answer.status_code == REFUSED  # type: ignore[attr-defined]
    assert "The agreement to share has run out." in page
    assert "took back" not in page
    assert WORDS in page
    assert written(community, referral) == []


@pytest.mark.parametrize("end", OVER)
def test_what_was_received_may_still_be_taken_into_ones_own_records(
    community: Community, sam: Client, end: End
) -> None:
    _, referral, consent = sent_referral(community)
    end(community, referral, consent)
    assert sam.get(reverse("referral", args=[referral])).status_code == OK
    assert sam.get(reverse("referral_report", args=[referral])).status_code == OK
    answer = sam.post(reverse("referral_take", args=[referral]), {"record": "new"})
    assert answer.status_code == FOUND
    assert written(community, referral) == [], "whether they know the person is news to the sender"


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("end", OUT)
def test_whoever_is_out_reads_nothing_but_the_own_words(
    community: Community, sam: Client, end: End, action: str
) -> None:
    _, referral, consent = sent_referral(community)
    end(community, referral, consent)
    answer = post(sam, action, referral)
    page = text(answer)  # type: ignore[arg-type]
    assert answer.status_code == FORBIDDEN  # type: ignore[attr-defined]
    assert WORDS in page
    assert "Rosa" not in page
    assert answer.headers["Cache-Control"] == "no-store, private"  # type: ignore[attr-defined]
    assert written(community, referral) == []


def test_agreeing_anew_brings_the_old_page_back_for_nobody(community: Community, sam: Client) -> None:
    person, referral, consent = sent_referral(community)
    recalled(community, referral, consent)
    agree(community.ana, person)
    assert post(sam, "accept", referral).status_code == GONE  # type: ignore[attr-defined]


def test_what_was_typed_is_shown_as_text(community: Community, sam: Client) -> None:
    _, referral, consent = sent_referral(community)
    recalled(community, referral, consent)
    answer = sam.post(reverse("referral_note", args=[referral]), {"words": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in text(answer)
    assert "&lt;script&gt;alert(1)" in text(answer)
