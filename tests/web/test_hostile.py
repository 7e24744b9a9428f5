"""Attacks over HTTP: ids of others in forms and addresses, roles, addresses that lead away, odd input."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.logs import discreet
from tests.community import FOOD, PASSWORD, Community, agree, food_need, rosa, sent_referral
from tests.web.meddling import as_owner, count, memberships
from tests.web.reading import BAD, FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.consent import services as consents
from waypost.coordination import selectors as coordination
from waypost.coordination import services as coordinating
from waypost.coordination.services import Ask
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.services import end_membership
from waypost.people import selectors as people
from waypost.people.services import Identity, register
from waypost.referrals import selectors as referrals

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


# ids of others, where a form or an address names one


def test_a_request_is_never_taken_for_somebody_elses_person(community: Community, olga: Client) -> None:
    hers = rosa(community.ana)
    lead = Actor(**{**_fields(community.olga), "role": "supervisor"})
    with acting(lead):
        request = coordinating.request_coordination(
            actor=lead, ask=Ask(person_name="Rosa Delgado", reason="food-insecurity")
        )
    address = f"{reverse('person_new')}?request={request}"
    known, unknown = (olga.post(address, {"same": str(each)}) for each in (hers, uuid4()))
    assert (known.status_code, unknown.status_code) == (NOT_FOUND, NOT_FOUND)
    with acting(community.olga):
        assert coordination.request(community.olga, request).status == "new"


def _fields(actor: Actor) -> dict[str, object]:
    return {name: getattr(actor, name) for name in actor.__slots__}


def test_registering_takes_no_more_than_its_form_asks(community: Community, olga: Client) -> None:
    more = {"held_by": community.clinic, "held_by_id": community.clinic, "id": uuid4(), "topic": "notes"}
    answer = olga.post(reverse("person_new"), {"given_name": "Rosa", "family_name": "Delgado", **more})
    own = UUID(answer.headers["Location"].split("/")[2])
    with acting(community.olga):
        assert people.holder_of(own) == community.stranger
    assert count(community.ana) == 0


def test_taking_into_records_offers_and_takes_likely_people_only(community: Community, sam: Client) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        other = register(actor=community.sam, identity=Identity(given_name="Minh", family_name="Tran"))
    for each in (person, other, uuid4()):
        answer = sam.post(reverse("referral_take", args=[referral]), {"record": str(each)})
        assert answer.status_code == REFUSED
    with acting(community.sam):
        assert referrals.referral(community.sam, referral).recipient_person_id is None


def test_a_follower_of_somebody_elses_referral_is_not_begun(community: Community, olga: Client) -> None:
    _, referral, _ = sent_referral(community)
    own = rosa(community.olga)
    need = food_need(community.olga, own)
    answers = {
        olga.post(
            f"{reverse('choose', args=[need])}?parent={each}", {"service": community.groceries}
        ).status_code
        for each in (referral, uuid4())
    }
    assert answers == {NOT_FOUND}


def test_a_victim_service_or_nobody_cannot_be_named_in_an_agreement(
    community: Community, ana: Client
) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    as_owner(lambda: _make_victim_service(community.stranger))
    for each in (community.stranger, community.clinic, uuid4()):
        answer = ana.post(
            reverse("agree", args=[person]),
            {
                "step": "agrees",
                "topics": [FOOD, "identity", "contact"],
                "recipient_class": "named",
                "recipients": [str(each)],
                "ends_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
                "captured": "spoken",
                "language": "en",
            },
        )
        assert answer.status_code == REFUSED


def _make_victim_service(organization: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = 'victim_service' WHERE id = %s", [organization]
        )


@pytest.mark.parametrize("page", ["listing_service", "listing_room", "listing_confirm"])
def test_nobody_changes_another_organizations_listing(community: Community, olga: Client, page: str) -> None:
    for service in (community.groceries, community.pantry):
        answer = olga.post(reverse(page, args=[service]), {"status": "full", "name": "Closed"})
        assert answer.status_code == NOT_FOUND


@pytest.mark.parametrize("organization", ["clinic", "bank", "integrator"])
def test_nobody_acts_for_an_organization_he_is_not_in(
    community: Community, olga: Client, organization: str
) -> None:
    assert olga.post(reverse("act_for", args=[getattr(community, organization)])).status_code == NOT_FOUND
    assert "Alder Shelter Fund" in text(olga.get("/people/"))


@pytest.mark.parametrize(
    "address",
    ["/search/?q=%s", "/referrals/?q=%s&tab=all", "/referrals/?format=csv&tab=all&q=%s", "/people/?q=%s"],
)
def test_no_search_list_or_export_tells_of_a_stranger(
    community: Community, olga: Client, address: str
) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.ana):
        reference = referrals.referral(community.ana, referral).row.reference
    for words in (reference, "Rosa", "Delgado", "206-555-0143", "1972-03-14"):
        found, nothing = (_plain(text(olga.get(address % each)), words) for each in (words, "Zzyzx"))
        assert found == nothing, words


def _plain(page: str, words: str) -> str:
    """A page without what was looked for and the one-time form tokens."""
    same = page.replace(words, "").replace("Zzyzx", "")
    return "\n".join(line for line in same.splitlines() if "csrfmiddlewaretoken" not in line)


ROLE_LIMITS = [
    ("ito", "person_new"), ("ito", "people"), ("ito", "my_day"), ("ito", "referrals"), ("ito", "inbox"),
    ("ito", "figures"), ("ito", "team"), ("ivy", "person_new"), ("ivy", "people"), ("ivy", "ask"),
    ("ivy", "referrals"), ("ivy", "listing"), ("ana", "team"), ("ana", "listing"), ("ana", "network"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "page"), ROLE_LIMITS)
def test_a_role_stays_within_its_pages(
    community: Community, client: Client, sign_in: SignIn, who: str, page: str
) -> None:
    sign_in(client, getattr(community, who))
    for method in (client.get, client.post):
        assert method(reverse(page), {"given_name": "x"}).status_code in {FORBIDDEN, 405}
    assert count(community.ana) == 0


# after the end of something


def test_whoever_left_is_out_with_the_next_request(community: Community, sam: Client) -> None:
    person = rosa(community.sam)
    assert sam.get(f"/people/{person}/").status_code == OK
    (membership,) = memberships(community.sam)
    as_owner(lambda: end_membership(membership_id=membership.id))
    answer = sam.get(f"/people/{person}/")
    assert (answer.status_code, "Rosa" in text(answer)) == (FORBIDDEN, False)


def test_a_partners_open_page_after_taking_back_says_so_and_tells_nothing(
    community: Community, sam: Client
) -> None:
    person, referral, consent = sent_referral(community)
    with acting(community.ana):
        consents.revoke(actor=community.ana, consent_id=consent, these_referrals_too=True)
    for name in ("referral_move", "referral_report", "referral_note", "referral_undo", "referral_take"):
        answer = sam.post(reverse(name, args=[referral]), {"move": "accept", "words": "x"}, follow=True)
        assert (answer.status_code, "withdrew referral" in text(answer)) == (410, True), name
        assert "Rosa" not in text(answer)
    assert sam.get(f"/people/{person}/").status_code == NOT_FOUND
    with acting(community.ana):
        assert [each.name for each in referrals.referral(community.ana, referral).timeline] == [
            "cancel",
            "send",
        ]


# addresses and input


ELSEWHERE = (
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "people",
    "a\x00b",
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_leads_away_from_the_site(community: Community, target: str) -> None:
    answer = Client().post("/i18n/setlang/", {"language": "es", "next": target})
    assert answer.status_code == FOUND
    assert "evil" not in answer.headers["Location"] and ":" not in answer.headers["Location"]
    answer = Client().post(
        "/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD, "next": target}
    )
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("target", ELSEWHERE)
def test_an_agreement_leads_back_within_the_site(community: Community, ana: Client, target: str) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    answer = ana.post(
        f"{reverse('agree', args=[person])}?next={target}".replace("\x00", "%00"),
        {
            "step": "agrees",
            "topics": [FOOD, "identity", "contact"],
            "recipient_class": "partners",
            "ends_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
            "captured": "spoken",
            "language": "en",
        },
    )
    assert answer.status_code == FOUND
    assert "evil" not in answer.headers["Location"] and "javascript" not in answer.headers["Location"]


ODD = ("１２３４５", "😀😀😀", "٩٨١٤٤", "98144\x00", "x" * 100_000, "-1", "9" * 40, "%", "'--", "\u202e98144")


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_in_every_filter_is_no_error(community: Community, ana: Client, odd: str) -> None:
    need = food_need(community.ana, rosa(community.ana))
    names = ("q", "zip", "page", "day", "language", "miles", "need", "show", "months", "tab", "accepting")
    for address in ("/", "/people/", "/referrals/", "/figures/", "/search/", f"/needs/{need}/services/"):
        assert ana.get(address, dict.fromkeys(names, odd)).status_code in {OK, NOT_FOUND}, address


def test_ten_megabytes_are_refused_and_nothing_is_written(community: Community, ana: Client) -> None:
    answer = ana.post(reverse("person_new"), {"given_name": "x" * 10_000_000})
    assert (answer.status_code, count(community.ana)) == (BAD, 0)


def test_a_foreign_host_name_is_not_answered(community: Community) -> None:
    assert Client(headers={"host": "evil.example"}).get("/accounts/password/reset/").status_code == BAD


def test_markup_in_a_name_stays_text_and_a_formula_stays_a_word(community: Community, ana: Client) -> None:
    with acting(community.ana):
        person = register(
            actor=community.ana,
            identity=Identity(given_name="=HYPERLINK(1)", family_name="<script>alert(1)</script>"),
        )
    need = food_need(community.ana, person)
    agree(community.ana, person)
    ana.post(reverse("choose", args=[need]), {"service": community.groceries})
    for address in (f"/people/{person}/", "/people/", "/referrals/?tab=draft", "/search/?q=HYPERLINK"):
        page = text(ana.get(address))
        assert "<script>alert" not in page
        assert "HYPERLINK" in page
    sheet = text(ana.get("/referrals/?tab=draft&format=csv"))
    assert "'=HYPERLINK(1)" in sheet


def test_both_answers_to_a_forgotten_password_are_alike(community: Community) -> None:
    known, unknown = (
        Client().post("/accounts/password/reset/", {"email": f"{name}@cedar.example"})
        for name in ("ana", "nobody")
    )
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )


def test_the_log_names_no_value_of_a_row_that_could_not_be_written() -> None:
    failed = 'IntegrityError: new row for "people_person" violates "people_person_topic"'
    values = "\nDETAIL:  Failing row contains (01a2, Rosa,\n\nDelgado, 206-555-0143).\n"
    after = "\n\nThe above exception was the direct cause of the following exception:\n\nTraceback"
    assert discreet(None, "", {"exception": failed + values})["exception"] == failed
    chained = f"{failed}{values}{after} {failed}{values}"
    assert discreet(None, "", {"exception": chained})["exception"] == f"{failed}{after} {failed}"


@pytest.mark.parametrize(
    "day", ["0001-01-01T00:00", "0202-12-03T10:00", "9999-12-31T23:59", "2026-13-45T10:00"]
)
def test_a_date_that_cannot_be_right_spoils_no_page(community: Community, sam: Client, day: str) -> None:
    _, referral, _ = sent_referral(community)
    answer = sam.post(
        reverse("referral_report", args=[referral]), {"fact": "scheduled", "scheduled_for": day, "words": ""}
    )
    assert answer.status_code == REFUSED
    assert sam.get(reverse("referral", args=[referral])).status_code == OK


def test_a_need_of_somebody_else_cannot_be_read_by_the_address_of_its_services(
    community: Community, sam: Client
) -> None:
    _, referral, _ = sent_referral(community)
    with acting(community.sam):
        need = referrals.referral(community.sam, referral).need_id
    assert sam.get(reverse("choose", args=[need])).status_code == NOT_FOUND
    assert sam.post(reverse("need_status", args=[need]), {"status": "met"}).status_code == NOT_FOUND
