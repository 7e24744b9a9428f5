"""From a need to a closed loop, through the pages of both sides."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import FOOD, Community, agree, food_need, rosa, sent_referral
from waypost.consent.services import revoke
from waypost.directory import services as directory
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralCard

SignIn = Callable[[Client, Actor], Client]
OK, FOUND, FORBIDDEN, NOT_FOUND, REFUSED = 200, 302, 403, 404, 422


@pytest.fixture
def harbor(community: Community) -> UUID:
    """A food service of a victim-service provider."""
    shelter = directory.create_organization(name="Safe Harbor", is_victim_service=True)
    return directory.create_service(
        organization_id=shelter, name="Food and a bed", description="", need_categories=[FOOD]
    )


@pytest.fixture
def formula(community: Community) -> UUID:
    """A service whose names a spreadsheet would run."""
    outside = directory.create_organization(name="=HYPERLINK(1)")
    return directory.create_service(
        organization_id=outside, name="+1", description="", need_categories=[FOOD]
    )


@pytest.fixture
def ana(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """Signed in as the coordinator of the clinic; from here on policies count."""
    client = sign_in(Client(), community.ana)
    as_web()
    return client


@pytest.fixture
def sam(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """Signed in as the intake worker of the food bank; from here on policies count."""
    client = sign_in(Client(), community.sam)
    as_web()
    return client


@pytest.fixture
def olga(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """Signed in as a worker of an organization that has nothing to do with it."""
    client = sign_in(Client(), community.olga)
    as_web()
    return client


def seen(actor: Actor, referral_id: UUID) -> ReferralCard:
    with acting(actor):
        return referrals.referral(actor, referral_id)


def started(
    community: Community, client: Client, *, agreed: bool = True, service: UUID | None = None
) -> UUID:
    """Rosa's food need, with a service chosen on the page; the draft."""
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    if agreed:
        agree(community.ana, person)
    answer = client.post(reverse("choose", args=[need]), {"service": service or community.groceries})
    assert answer.status_code == FOUND
    return UUID(answer.headers["Location"].split("/")[2])


def plan(**changes: object) -> dict[str, object]:
    return {
        "handoff": "inbox",
        "next_move": "they_call",
        "check_back_on": (today() + timedelta(days=7)).isoformat(),
        "person_knows": "on",
        "urgency": "routine",
        "words_to_recipient": "She can come on Fridays.",
        **changes,
    }


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_list_says_why_a_service_fits_and_what_may_be_shared(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    agree(community.ana, person)
    answer = ana.get(reverse("choose", args=[need]))
    assert answer.status_code == OK
    page = text(answer)
    assert "Cedar Food Bank" in page
    assert "St. Luke pantry" in page
    assert "Near 98144" in page
    assert "May be shared:" in page


def test_choosing_nothing_is_said_and_nothing_begins(community: Community, ana: Client) -> None:
    need = food_need(community.ana, rosa(community.ana))
    answer = ana.post(reverse("choose", args=[need]), {})
    assert answer.status_code == REFUSED
    assert "Choose a service first." in text(answer)


@pytest.mark.parametrize("wrong", ["", "1", "not-an-id", "\x00"])
def test_a_service_that_is_not_an_id_is_no_error(community: Community, ana: Client, wrong: str) -> None:
    need = food_need(community.ana, rosa(community.ana))
    assert ana.post(reverse("choose", args=[need]), {"service": wrong}).status_code == REFUSED


def test_a_victim_service_is_called_together_and_never_chosen(
    community: Community, harbor: UUID, ana: Client
) -> None:
    need = food_need(community.ana, rosa(community.ana))
    page = text(ana.get(reverse("choose", args=[need]), {"zip": "", "language": ""}))
    assert "Safe Harbor" in page
    assert f'value="{harbor}"' not in page
    answer = ana.post(reverse("choose", args=[need]), {"service": harbor})
    assert answer.status_code == REFUSED
    assert "Call together" in text(answer)


def test_from_need_to_sent_and_answered_and_closed(community: Community, ana: Client, sam: Client) -> None:
    draft = started(community, ana)
    assert ana.get(reverse("handoff", args=[draft])).status_code == OK
    answer = ana.post(reverse("handoff", args=[draft]), plan())
    assert answer.headers["Location"] == reverse("check", args=[draft])
    page = text(ana.get(reverse("check", args=[draft])))
    assert "Rosa Delgado" in page
    assert "206-555-0143" in page
    assert "She can come on Fridays." in page
    assert "Send referral" in page

    answer = ana.post(reverse("referral_send", args=[draft]), follow=True)
    assert "You sent the referral to Cedar Food Bank." in text(answer)
    assert f'action="{reverse("referral_undo", args=[draft])}"' in text(answer)

    page = text(sam.get(reverse("inbox")))
    assert "Rosa Delgado" in page
    assert "household of 4" in page
    page = text(sam.get(reverse("referral", args=[draft])))
    assert "We can help" in page
    assert "She can come on Fridays." in page
    answer = sam.post(reverse("referral_move", args=[draft]), {"move": "accept"}, follow=True)
    assert "You told Cedar Clinic that you can help." in text(answer)

    when = (now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = sam.post(reverse("referral_report", args=[draft]), {"fact": "scheduled", "scheduled_for": when})
    assert answer.status_code == FOUND
    assert seen(community.ana, draft).row.status == "in-progress"
    sam.post(reverse("referral_report", args=[draft]), {"fact": "received", "words": "A box for four."})
    page = text(ana.get(reverse("referral", args=[draft])))
    assert "Sam Ortiz at Cedar Food Bank" in page
    assert "A box for four." in page

    said = {"source": "person", "fact": "received", "need": "need_met"}
    answer = ana.post(reverse("referral_report", args=[draft]), said, follow=True)
    assert "You wrote down what happened." in text(answer)
    card = seen(community.ana, draft)
    assert card.row.loop.closed
    assert card.row.need_met is True


def test_sending_twice_sends_once(community: Community, ana: Client) -> None:
    draft = started(community, ana)
    ana.post(reverse("handoff", args=[draft]), plan())
    for _press in range(2):
        assert ana.post(reverse("referral_send", args=[draft])).status_code == FOUND
    moves = [each.name for each in seen(community.ana, draft).timeline]
    assert moves == ["send"]


def test_sending_can_be_taken_back_at_once(community: Community, ana: Client, sam: Client) -> None:
    draft = started(community, ana)
    ana.post(reverse("handoff", args=[draft]), plan())
    ana.post(reverse("referral_send", args=[draft]))
    answer = ana.post(reverse("referral_undo", args=[draft]), follow=True)
    assert "Taken back." in text(answer)
    assert seen(community.ana, draft).row.status == "draft"
    assert sam.get(reverse("referral", args=[draft])).status_code == NOT_FOUND


def test_without_an_agreement_there_is_a_way_on(community: Community, ana: Client, sam: Client) -> None:
    draft = started(community, ana, agreed=False)
    page = text(ana.get(reverse("handoff", args=[draft])))
    assert "Nothing may be shared yet." in page
    assert "has not been asked yet" in page
    assert reverse("agree", args=[seen(community.ana, draft).row.person_id]) in page
    assert 'value="inbox"' not in page
    refused = ana.post(reverse("handoff", args=[draft]), plan())
    assert refused.status_code == REFUSED
    ana.post(reverse("handoff", args=[draft]), plan(handoff="take_along", next_move="person_goes"))
    answer = ana.post(reverse("referral_send", args=[draft]), follow=True)
    assert "Print the list for Rosa" in text(answer)
    card = seen(community.ana, draft)
    assert card.shared == {}
    assert sam.get(reverse("referral", args=[draft])).status_code == NOT_FOUND


@pytest.mark.parametrize("inside", [True, False])
def test_asking_now_leads_back_to_the_referral_and_nowhere_else(
    community: Community, ana: Client, inside: bool
) -> None:
    draft = started(community, ana, agreed=False)
    person = seen(community.ana, draft).row.person_id
    handoff = reverse("handoff", args=[draft])
    target = handoff if inside else "https://elsewhere.example/"
    asking = {
        "step": "agrees",
        "topics": ["identity", "contact", FOOD],
        "recipient_class": "partners",
        "reply": "on",
        "ends_on": (today() + timedelta(days=365)).isoformat(),
        "captured": "spoken",
        "language": "es",
    }
    answer = ana.post(f"{reverse('agree', args=[person])}?next={target}", asking)
    assert answer.status_code == FOUND, text(answer)
    assert (answer.headers["Location"] == handoff) is inside
    assert "elsewhere" not in answer.headers["Location"]


def test_an_agreement_that_ends_before_sending_stops_it(community: Community, ana: Client) -> None:
    draft = started(community, ana, agreed=False)
    consent = agree(community.ana, seen(community.ana, draft).row.person_id)
    ana.post(reverse("handoff", args=[draft]), plan())
    with acting(community.ana):
        revoke(actor=community.ana, consent_id=consent)
    page = text(ana.get(reverse("check", args=[draft])))
    assert "Send referral" not in page
    answer = ana.post(reverse("referral_send", args=[draft]))
    assert answer.status_code == REFUSED
    assert "may not be shared now" in text(answer)
    assert seen(community.ana, draft).row.status == "draft"


@pytest.mark.parametrize(
    "changes",
    [
        {"check_back_on": ""},
        {"check_back_on": "2020-01-01"},
        {"check_back_on": "yesterday"},
        {"handoff": ""},
        {"next_move": "nobody"},
        {"next_move_by": "2020-01-01"},
        {"words_to_recipient": "x" * 4001},
    ],
)
def test_a_wrong_plan_comes_back_with_what_was_typed(
    community: Community, ana: Client, changes: dict[str, object]
) -> None:
    draft = started(community, ana)
    answer = ana.post(reverse("handoff", args=[draft]), plan(words_to_recipient="Rings twice.") | changes)
    assert answer.status_code == REFUSED
    if "words_to_recipient" not in changes:
        assert "Rings twice." in text(answer)


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
    assert answer.status_code == NOT_FOUND
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


def test_a_draft_can_be_thrown_away(community: Community, ana: Client) -> None:
    draft = started(community, ana)
    answer = ana.post(reverse("referral_discard", args=[draft]), follow=True)
    assert "threw the draft" in text(answer)
    assert ana.get(reverse("check", args=[draft])).status_code == NOT_FOUND


def test_the_work_list_filters_and_exports(community: Community, ana: Client) -> None:
    _person, referral, _consent = sent_referral(community)
    page = text(ana.get(reverse("referrals")))
    assert reverse("referral", args=[referral]) in page
    assert reverse("referral", args=[referral]) not in text(ana.get(reverse("referrals"), {"tab": "draft"}))
    nonsense = {"tab": "no", "page": "-1", "need": "x", "q": "\x00%"}
    assert ana.get(reverse("referrals"), nonsense).status_code == OK
    answer = ana.get(reverse("referrals"), {"format": "csv"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "Rosa Delgado" in text(answer)


def test_a_cell_of_the_export_is_never_a_formula(community: Community, formula: UUID, ana: Client) -> None:
    started(community, ana, service=formula)
    lines = text(ana.get(reverse("referrals"), {"format": "csv", "tab": "draft"})).splitlines()
    assert "'=HYPERLINK(1),'+1" in lines[1]


@pytest.mark.parametrize("name", ["referrals", "inbox", "my_day"])
def test_a_referrer_has_no_caseload_and_no_inbox(community: Community, sign_in: SignIn, name: str) -> None:
    assert sign_in(Client(), community.ito).get(reverse(name)).status_code == FORBIDDEN
