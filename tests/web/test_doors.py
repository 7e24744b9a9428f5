"""Nobody comes in by an address: strangers get 404, whatever id is typed."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.community import Community, sent_referral
from tests.web.addresses import filled, patterns
from waypost.consent.selectors import consent as consent_of
from waypost.coordination import services as coordination
from waypost.coordination.services.requests import Ask
from waypost.directory.selectors import kept
from waypost.directory.services import gaps, keeping, lists
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.referrals import selectors as referrals

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
PERSONAL = {
    "contacted_id",
    "fault_id",
    "person_id",
    "need_id",
    "referral_id",
    "consent_id",
    "form_id",
    "file_id",
    "request_id",
    "emergency_id",
    "incident_id",
    "demand_id",
    "copy_id",
    "amendment_id",
    "disposal_id",
    "hold_id",
    "contact_id",
    "link_id",
    "notice_id",
    "response_id",
    "search_id",
    "list_id",
    "item_id",
    "note_id",
    "gap_id",
}
PUBLIC = {
    "key",
    "service_id",
    "instrument_id",
    "organization_id",
    "location_id",
    "code",
    "id",
    "anything",
    "run_id",
    "feed_id",
    "kind",
    "row_id",
    "likeness_id",
    "conflict_id",
    "precedence_id",
    "merge_id",
    "entry_id",
    "match_id",
    "export_id",
}
PUBLIC |= {"claim_id", "newcomer_id", "token", "proposal_id", "membership_id", "invitation_id"}
PUBLIC |= {"agreement_id", "duty_key", "cover_id", "door_id", "worker_id"}


@pytest.fixture
def ids(community: Community) -> dict[str, UUID]:
    """Ids of the clinic's own things, as a stranger might get hold of them."""
    person, referral, consent = sent_referral(community)
    with acting(community.ana):
        request = coordination.request_coordination(
            actor=community.ito,
            ask=Ask(
                person_name="Grace Kim",
                phone="206-555-0150",
                reason="other",
                reason_words="cannot pay for insulin",
                channel="message",
                referrer_role="provider",
            ),
        )
        need = referrals.referral(community.ana, referral).need_id
        form = consent_of(community.ana, consent).form_id or uuid4()
        assert people.exists(person)
    return {
        **dict.fromkeys(("emergency_id", "incident_id", "demand_id", "copy_id"), uuid4()),
        **dict.fromkeys(("amendment_id", "hold_id", "disposal_id"), uuid4()),
        "contacted_id": uuid4(),
        "fault_id": uuid4(),
        "person_id": person,
        "referral_id": referral,
        "consent_id": consent,
        "form_id": form,
        "file_id": uuid4(),
        "need_id": need,
        "request_id": request,
        "service_id": community.groceries,
        "run_id": community.groceries,
        **dict.fromkeys(("kind", "row_id", "likeness_id", "conflict_id", "precedence_id"), uuid4()),
        **dict.fromkeys(("merge_id", "entry_id", "match_id"), uuid4()),
        "feed_id": community.groceries,
        "export_id": community.groceries,
        "organization_id": community.clinic,
        "instrument_id": uuid4(),
        "location_id": uuid4(),
        "claim_id": uuid4(),
        "newcomer_id": uuid4(),
        "token": uuid4(),
        "proposal_id": uuid4(),
        "membership_id": uuid4(),
        "invitation_id": uuid4(),
        "agreement_id": uuid4(),
        "cover_id": uuid4(),
        "door_id": uuid4(),
        "duty_key": uuid4(),
        "worker_id": uuid4(),
        "contact_id": uuid4(),
        "link_id": uuid4(),
        "notice_id": uuid4(),
        "response_id": uuid4(),
        **_kept(community),
    }


def _kept(community: Community) -> dict[str, UUID]:
    """What the clinic keeps about a service."""
    ana = community.ana
    with acting(ana):
        made = lists.make_list(actor=ana, name="Grace's list", shared_with="everybody")
        lists.put_on_list(actor=ana, list_id=made, service_id=community.groceries)
        return {
            "search_id": keeping.save_search(
                actor=ana, name="For Grace", query="q=x", shared_with="everybody"
            ),
            "list_id": made,
            "item_id": kept.service_list(ana, made)[1][0].id,
            "note_id": keeping.note_service(actor=ana, service_id=community.groceries, words="Ask Grace"),
            "gap_id": gaps.ask_to_find(actor=ana, gap=gaps.Gap(words="Grace asks")),
        }


def routes() -> list[tuple[str, object]]:
    return [(route, entry.callback) for route, entry in patterns() if not route.startswith("accounts/")]


def without_what_differs(page: bytes) -> bytes:
    """The page without its own address and the one-time form tokens."""
    without_ids = re.sub(rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"", page)
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", without_ids)


def test_every_parameter_of_an_address_is_known_here() -> None:
    named = {
        part[1:-1].split(":")[-1]
        for route, _ in routes()
        for part in route.split("/")
        if part.startswith("<")
    }
    assert named <= PERSONAL | PUBLIC


def test_nobody_gets_in_without_signing_in(client: Client, ids: dict[str, UUID]) -> None:
    for route, view in routes():
        if getattr(view, "open_to_all", False):
            continue
        answer = client.get(filled(route, ids))
        assert (answer.status_code, "/accounts/login/" in answer.headers.get("Location", "")) == (
            302,
            True,
        ), route


def test_what_is_open_to_all_is_a_short_list() -> None:
    opened = {route for route, view in routes() if getattr(view, "open_to_all", False)}
    assert all(route.startswith("hsds/v3/") for route in opened if route.startswith("hsds"))
    opened = {
        route for route in opened if not route.startswith("hsds/v3/")
    }  # for programs: HSDS, reading only
    engines = {"robots.txt", "sitemap.xml", "sitemap/<uuid:service_id>/"}
    pages = {"", "about/", "services/<uuid:service_id>/", "services/<uuid:service_id>/check/"}
    reports = {"services/<uuid:service_id>/wrong/", "reported/<str:key>/"}
    # how an organization comes to keep its listing: asked, and proved by a link
    keepers = {"services/<uuid:service_id>/ours/", "ours/<str:token>/"}
    joining = {"members/join/<str:token>/"}
    words = {"leaving/", "your-rights/"}  # nothing but words
    assert opened == {"healthz", "i18n/setlang/", *engines, *pages, *reports, *keepers, *joining, *words}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_gets_404_on_everything_of_the_person(
    community: Community, client: Client, sign_in: SignIn, ids: dict[str, UUID], method: str
) -> None:
    sign_in(client, community.olga)
    leaks = {}
    for route, _ in routes():
        if not any(name in route for name in PERSONAL):
            continue
        answer = getattr(client, method)(filled(route, ids))
        if answer.status_code not in {404, 405, 403}:
            leaks[route] = answer.status_code
        assert b"Delgado" not in answer.content, route
        assert b"Grace" not in answer.content, route
    assert leaks == {}


def test_a_404_of_a_stranger_looks_like_a_404_of_nothing(
    community: Community, client: Client, sign_in: SignIn, ids: dict[str, UUID]
) -> None:
    sign_in(client, community.olga)
    hidden = client.get(f"/people/{ids['person_id']}/")
    missing = client.get(f"/people/{uuid4()}/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_what_differs(hidden.content) == without_what_differs(missing.content)


@pytest.mark.parametrize("who", ["ito", "ivy"])
def test_roles_without_people_see_no_person(
    community: Community, client: Client, sign_in: SignIn, ids: dict[str, UUID], who: str
) -> None:
    sign_in(client, getattr(community, who))
    for route, _ in routes():
        if "person_id" in route or "referral_id" in route or "need_id" in route or "consent_id" in route:
            answer = client.get(filled(route, ids))
            assert answer.status_code in {403, 404, 405}, route


def test_a_cross_site_post_is_refused(community: Community, ids: dict[str, UUID]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/referrals/{ids['referral_id']}/send/")
    assert answer.status_code == 403


def test_the_pages_forbid_inline_code(client: Client) -> None:
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'self'" in policy
