"""From a need to a closed loop, through the pages of both sides."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import FOOD, ROSA, Community, agree, food_need, rosa, sent_referral
from tests.web.listed import kitchen
from tests.web.referral_pages import (
    FORBIDDEN,
    FOUND,
    NOT_FOUND,
    OK,
    REFUSED,
    SignIn,
    plan,
    seen,
    started,
    text,
)
from waypost.consent.services import revoke
from waypost.directory import services as directory
from waypost.kernel.clock import now, today
from waypost.kernel.transaction import acting
from waypost.people.services import register
from waypost.screening.services import add_need


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
    assert "Rosa is here and asks" in page
    ana.post(reverse("handoff", args=[draft]), plan())
    refused = ana.post(reverse("referral_send", args=[draft]))
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
    assert "Nothing may be shared yet." in page
    assert "Is Rosa here?" in page
    answer = ana.post(reverse("referral_send", args=[draft]))
    assert answer.status_code == REFUSED
    assert "Mark this only if Rosa is here and asks." in text(answer)
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


def test_a_language_that_no_service_speaks_empties_no_page(community: Community, ana: Client) -> None:
    """The language is only proposed; chosen on purpose it filters, and may leave nothing."""
    with acting(community.ana):
        person = register(actor=community.ana, identity=replace(ROSA, language="ko"))
        need = add_need(actor=community.ana, person_id=person, category="veteran-status", wants_help="yes")
    outside = directory.create_organization(name="Veterans' Table")
    directory.create_service(
        organization_id=outside,
        name="Help with papers",
        need_categories=["veteran-status"],
        languages=["English"],
    )
    page = text(ana.get(reverse("choose", args=[need])))
    assert "No service for this need is known to speak Korean." in page
    assert "Help with papers" in page
    chosen = text(ana.get(reverse("choose", args=[need]), {"language": "ko"}))
    assert "No service fits these filters." in chosen


def test_the_page_of_choosing_counts_beside_what_is_known_of_the_person(
    community: Community, ana: Client
) -> None:
    """Her ZIP, language and age are filters to remove; others are offered with how many are known to fit."""
    kitchen()
    need = food_need(community.ana, rosa(community.ana))
    page = text(ana.get(reverse("choose", args=[need])))
    for tag in ("Near 98144", "Speaks Spanish", "Age "):
        assert re.search(rf'class="chip on"[^>]*asked=1">{tag}', page), tag
    free = re.search(r'<a class="chip" href="(\?[^"]*cost=free[^"]*)">Free <span class="soft">1<', page)
    assert free is not None
    chosen = text(ana.get(reverse("choose", args=[need]) + free[1].replace("&amp;", "&")))
    assert "Hope Kitchen" in chosen
    assert "Free" in chosen
