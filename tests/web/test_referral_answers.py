"""After sending: answers, reasons, evidence that differs, agreements that end, strangers."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community, rosa, sent_referral
from tests.web.referral_pages import FOUND, NOT_FOUND, REFUSED, plan, seen, started, text
from waypost.consent.services import revoke
from waypost.kernel.transaction import acting


def test_no_needs_a_reason_and_the_sender_chooses_again(
    community: Community, ana: Client, sam: Client
) -> None:
    _person, referral, _consent = sent_referral(community)
    asked = text(sam.get(reverse("referral_move", args=[referral]), {"move": "reject"}))
    assert "Why can&#x27;t you help right now?" in asked
    refused = sam.post(reverse("referral_move", args=[referral]), {"move": "reject", "words": "Until May."})
    assert refused.status_code == REFUSED
    assert "Until May." in text(refused)
    done = {"move": "reject", "reason": "no_room", "words": "Until May."}
    sam.post(reverse("referral_move", args=[referral]), done)
    page = text(ana.get(reverse("referral", args=[referral])))
    assert "No room right now" in page
    assert "Until May." in page
    need = seen(community.ana, referral).need_id
    again = f"{reverse('choose', args=[need])}?parent={referral}"
    assert again in page
    choosing = text(ana.get(again))
    assert "Already tried" in choosing
    answer = ana.post(again, {"service": community.pantry})
    follower = UUID(answer.headers["Location"].split("/")[2])
    assert seen(community.ana, follower).parent_id == referral


def test_somebody_was_quicker(community: Community, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    sam.post(reverse("referral_move", args=[referral]), {"move": "accept"})
    late = {"move": "reject", "reason": "no_room", "words": "We are full until May."}
    answer = sam.post(reverse("referral_move", args=[referral]), late)
    assert answer.status_code == REFUSED
    assert "somebody may have been quicker" in text(answer)
    assert "We are full until May." in text(answer)
    assert seen(community.sam, referral).row.status == "accepted"


def test_calling_off_tells_the_other_side(community: Community, ana: Client, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    ana.post(reverse("referral_move", args=[referral]), {"move": "cancel", "reason": "person_declined"})
    page = text(sam.get(reverse("referral", args=[referral])))
    assert "called it off" in page
    assert "We can help" not in page


def test_a_mistake_is_no_longer_seen_by_the_other_side(community: Community, ana: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    asked = ana.get(reverse("referral_move", args=[referral]), {"move": "mistake"})
    assert "cannot be undone" in text(asked)
    answer = ana.post(reverse("referral_move", args=[referral]), {"move": "mistake"}, follow=True)
    assert "made by mistake" in text(answer)


def test_reports_that_differ_are_said_and_settled(community: Community, ana: Client, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    sam.post(reverse("referral_report", args=[referral]), {"fact": "received"})
    told = {"source": "person", "fact": "not_received", "why": "other", "words": "Nobody was there."}
    ana.post(reverse("referral_report", args=[referral]), told)
    page = text(ana.get(reverse("referral", args=[referral])))
    assert "The reports differ." in page
    ana.post(reverse("referral_report", args=[referral]), {"source": "coordinator", "fact": "received"})
    assert "The reports differ." not in text(ana.get(reverse("referral", args=[referral])))


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"fact": "not_received"},
        {"fact": "scheduled"},
        {"fact": "scheduled", "scheduled_for": "soon"},
        {"fact": "need_met"},
        {"fact": "received", "words": "x" * 4001},
    ],
)
def test_a_report_that_says_too_little_comes_back(
    community: Community, sam: Client, typed: dict[str, str]
) -> None:
    _person, referral, _consent = sent_referral(community)
    assert sam.post(reverse("referral_report", args=[referral]), typed).status_code == REFUSED
    assert not seen(community.sam, referral).row.loop.closed


def test_messages_go_both_ways(community: Community, ana: Client, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    ana.post(reverse("referral_note", args=[referral]), {"words": "She moved to 5 Elm St."})
    assert "She moved to 5 Elm St." in text(sam.get(reverse("referral", args=[referral])))
    sam.post(reverse("referral_note", args=[referral]), {"words": "Thank you!"})
    assert "Thank you!" in text(ana.get(reverse("referral", args=[referral])))
    empty = ana.post(reverse("referral_note", args=[referral]), {"words": " "})
    assert empty.status_code == REFUSED


def test_the_person_is_taken_into_own_records_once(community: Community, sam: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    assert "Nobody like Rosa Delgado" in text(sam.get(reverse("referral_take", args=[referral])))
    sam.post(reverse("referral_take", args=[referral]), {"record": "new"})
    own = seen(community.sam, referral).recipient_person_id
    assert own is not None
    assert reverse("person", args=[own]) in text(sam.get(reverse("referral", args=[referral])))
    assert sam.get(reverse("referral_take", args=[referral])).status_code == FOUND


def test_a_likely_own_person_is_offered(community: Community, sam: Client) -> None:
    known = rosa(community.sam)
    _person, referral, _consent = sent_referral(community)
    assert f'value="{known}"' in text(sam.get(reverse("referral_take", args=[referral])))
    sam.post(reverse("referral_take", args=[referral]), {"record": str(known)})
    assert seen(community.sam, referral).recipient_person_id == known


def test_after_the_agreement_is_taken_back_no_action_remains(community: Community, sam: Client) -> None:
    _person, referral, consent = sent_referral(community)
    with acting(community.ana):
        revoke(actor=community.ana, consent_id=consent)
    page = text(sam.get(reverse("referral", args=[referral])))
    assert "What you received stays with you." in page
    assert "206-555-0143" in page
    assert "We can help" not in page
    assert reverse("referral_note", args=[referral]) not in page
    ended = text(sam.get(reverse("inbox"), {"tab": "ended"}))
    assert "No longer shared" in ended
    assert "Your move:" not in ended
    answer = sam.post(reverse("referral_move", args=[referral]), {"move": "accept"})
    assert answer.status_code == REFUSED


def test_a_recalled_referral_leaves_a_tombstone(community: Community, sam: Client) -> None:
    _person, referral, consent = sent_referral(community)
    reference = seen(community.ana, referral).row.reference
    with acting(community.ana):
        revoke(actor=community.ana, consent_id=consent, these_referrals_too=True)
    answer = sam.get(reverse("referral", args=[referral]))
    assert answer.status_code == 410
    assert reference in text(answer)
    page = text(sam.get(reverse("inbox"), {"tab": "ended"}))
    assert reference in page
    assert "Withdrawn" in page
    answer = sam.post(reverse("referral_move", args=[referral]), {"move": "accept"}, follow=True)
    assert "withdrew referral" in text(answer)


def test_what_a_service_outside_says_is_written_down(community: Community, ana: Client) -> None:
    draft = started(community, ana, service=community.pantry)
    ana.post(reverse("handoff", args=[draft]), plan(handoff="phone", next_move="we_call"))
    ana.post(reverse("referral_send", args=[draft]))
    page = text(ana.get(reverse("referral", args=[draft])))
    assert "has no inbox here" in page
    ana.post(reverse("referral_move", args=[draft]), {"move": "accept"})
    assert "wrote down for St. Luke Church" in text(ana.get(reverse("referral", args=[draft])))


@pytest.mark.parametrize(
    "name",
    [
        "referral",
        "handoff",
        "check",
        "referral_another",
        "referral_take",
        "referral_move",
        "referral_report",
    ],
)
def test_strangers_find_nothing(community: Community, olga: Client, name: str) -> None:
    _person, referral, _consent = sent_referral(community)
    assert olga.get(reverse(name, args=[referral])).status_code == NOT_FOUND


@pytest.mark.parametrize("name", ["referral_send", "referral_note", "referral_undo", "referral_discard"])
def test_strangers_can_do_nothing(community: Community, olga: Client, name: str) -> None:
    _person, referral, _consent = sent_referral(community)
    assert olga.post(reverse(name, args=[referral]), {"words": "x"}).status_code == NOT_FOUND
