"""Team, network, figures, messages and search, as the web role serves them."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.community import Community, rosa, sent_referral
from tests.rooms.messaging.told import deliver_all
from waypost.accounts.services import create_user
from waypost.coordination.services import Ask, open_episode, request_coordination
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.messaging.models import Notice
from waypost.network.services import add_member, add_organization, record_agreement
from waypost.referrals import services as referrals
from waypost.referrals.selectors import by_reference
from waypost.reporting.services import rebuild_facts

pytestmark = pytest.mark.django_db


def words(answer: HttpResponse) -> str:
    """The page as one line of text."""
    return " ".join(answer.content.decode().split())


@pytest.fixture
def page(client: Client, sign_in: Any, as_web: Any) -> Any:
    """``page(actor, address)``: the page as this actor gets it, by the web role."""

    def get(actor: Actor, address: str) -> HttpResponse:
        sign_in(client, actor)
        as_web()
        return client.get(address)

    return get


@pytest.mark.parametrize("address", ["/team/", "/network/", "/figures/", "/notices/", "/search/"])
def test_every_page_wants_a_sign_in(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


ALLOWED = {
    "/team/": {"lee"},
    "/network/": {"ivy"},
    "/figures/": {"ana", "lee", "sam", "ivy"},
    "/notices/": {"ana", "lee", "sam", "ivy", "ito"},
    "/search/": {"ana", "lee", "sam", "ivy", "ito"},
}


@pytest.mark.parametrize("address", ALLOWED)
def test_who_may_open_what(
    community: Community, client: Client, sign_in: Any, as_web: Any, address: str
) -> None:
    for name in ("ana", "lee", "sam", "ivy", "ito"):
        sign_in(client, getattr(community, name))
    as_web()
    for name in ("ana", "lee", "sam", "ivy", "ito"):
        _switch(client, getattr(community, name))
        assert client.get(address).status_code == (200 if name in ALLOWED[address] else 403), name


def _switch(client: Client, actor: Actor) -> None:
    """Be this user in the session, without writing to the user's row."""
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from waypost.accounts.models import User  # noqa: PLC0415

    user = User.objects.get(pk=actor.user_id)
    session = client.session
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session.pop("organization_id", None)
    session.save()


def test_messages_are_listed_opened_and_marked(
    community: Community, client: Client, sign_in: Any, as_web: Any
) -> None:
    sent_referral(community)
    deliver_all()
    notice = Notice.objects.get()
    sign_in(client, community.sam)
    as_web()
    listed = words(client.get("/notices/"))
    assert f"Cedar Clinic sent you referral {notice.reference}." in listed
    assert "Mark all as read" in listed
    assert "Rosa" not in listed
    opened = client.get(f"/notices/{notice.id}/")
    assert opened["Location"] == f"/referrals/{notice.subject_id}/"
    assert "Mark all as read" not in words(client.get("/notices/"))


def test_all_messages_are_marked_as_read_by_a_post(
    community: Community, client: Client, sign_in: Any, as_web: Any
) -> None:
    sent_referral(community)
    deliver_all()
    sign_in(client, community.sam)
    as_web()
    assert client.get("/notices/read/").status_code == 405
    answer = client.post("/notices/read/", follow=True)
    assert "You marked 1 message as read." in words(answer)


def test_a_message_of_another_organization_answers_404(community: Community, page: Any) -> None:
    sent_referral(community)
    deliver_all()
    assert page(community.olga, f"/notices/{Notice.objects.get().id}/").status_code == 404


def test_an_exact_reference_leads_to_the_referral(community: Community, page: Any) -> None:
    _person, referral, _consent = sent_referral(community)
    deliver_all()
    reference = Notice.objects.get().reference
    assert by_reference(community.ana, reference) == referral
    assert page(community.ana, f"/search/?q={reference.lower()}")["Location"] == f"/referrals/{referral}/"


def test_a_reference_of_others_finds_nothing(community: Community, page: Any) -> None:
    sent_referral(community)
    deliver_all()
    answer = page(community.olga, f"/search/?q={Notice.objects.get().reference}")
    assert answer.status_code == 200
    assert "Nothing matches this." in words(answer)


def test_search_finds_own_people_and_services(community: Community, page: Any) -> None:
    person = rosa(community.ana)
    assert f"/people/{person}/" in words(page(community.ana, "/search/?q=rosa"))


def test_search_by_phone(community: Community, page: Any) -> None:
    person = rosa(community.ana)
    assert f"/people/{person}/" in words(page(community.ana, "/search/?q=555-0143"))


def test_search_finds_services_for_everybody(community: Community, page: Any) -> None:
    rosa(community.ana)
    found = words(page(community.ito, "/search/?q=groceries"))
    assert f"/services/{community.groceries}/" in found


def test_a_referrer_does_not_find_people(community: Community, page: Any) -> None:
    rosa(community.ana)
    assert "Delgado" not in words(page(community.ito, "/search/?q=rosa"))


def test_somebody_elses_people_are_not_found(community: Community, page: Any) -> None:
    rosa(community.ana)
    assert "Delgado" not in words(page(community.olga, "/search/?q=delgado"))


def test_the_team_page_shows_who_has_what(community: Community, page: Any) -> None:
    person = rosa(community.ana)
    with clock.at(clock.now() - timedelta(days=3)), acting(community.ana):
        open_episode(actor=community.ana, person_id=person, check_back_on=clock.today() + timedelta(days=1))
    with acting(community.ito):
        ask = Ask(person_name="Minh Tran", reason="food-insecurity", urgent=True)
        request_coordination(actor=community.ito, ask=ask)
    found = words(page(community.lee, "/team/"))
    assert "Ana Reyes" in found and "1 overdue" in found
    assert "Minh Tran" in found and "Urgent" in found


def test_the_network_page_names_participants_and_missing_agreements_and_nobody_else(
    community: Community, page: Any
) -> None:
    today = clock.today()
    record_agreement(
        kind="data_sharing",
        party_ids=[community.clinic, community.bank],
        valid_from=today,
        valid_to=today + timedelta(days=30),
        signed_on=today,
    )
    sent_referral(community)
    rebuild_facts()
    found = words(page(community.ivy, "/network/"))
    assert found.count("No sharing agreement") == 2  # the fund and the plan
    assert "Ends " in found
    assert "Rosa" not in found and "Delgado" not in found


def test_figures_of_ones_own_organization_are_exact(community: Community, page: Any) -> None:
    with clock.at(clock.now() - timedelta(days=75)):
        _person, referral, _consent = sent_referral(community)
        with acting(community.sam):
            referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    rebuild_facts()
    found = words(page(community.ana, "/figures/"))
    assert "1 of 1 needs with a known outcome" in found
    assert "100 %" in found
    assert "Cedar Clinic" in found


def test_figures_younger_than_thirty_days_are_called_too_early(community: Community, page: Any) -> None:
    sent_referral(community)
    rebuild_facts()
    assert "Too early to say" in words(page(community.ana, "/figures/"))


def test_the_whole_network_does_not_show_a_group_of_one(community: Community, page: Any) -> None:
    with clock.at(clock.now() - timedelta(days=75)):
        _person, referral, _consent = sent_referral(community)
        with acting(community.sam):
            referrals.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
    rebuild_facts()
    found = words(page(community.ivy, "/figures/"))
    assert "not shown" in found
    assert "100 %" not in found
    assert "Groups under 11 people are not shown" in found


def test_a_food_bank_sees_first_what_was_sent_to_it(community: Community, page: Any) -> None:
    with clock.at(clock.now() - timedelta(days=75)):
        sent_referral(community)
    rebuild_facts()
    assert "0 of 1 needs where a service was asked" in words(page(community.sam, "/figures/"))


def test_the_download_says_the_same(community: Community, page: Any) -> None:
    with clock.at(clock.now() - timedelta(days=75)):
        sent_referral(community)
        sent = clock.today().strftime("%Y-%m")
    rebuild_facts()
    answer = page(community.ana, "/figures/?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    chosen = [each for each in lines if each["Month"] == sent and each["Counted by"] == "need"]
    assert [(each["Measure"], each["Count"], each["Out of"]) for each in chosen] == [
        ("Sent", "1", ""),
        ("Answered by a partner", "0", "1"),
        ("Outcome known", "0", "1"),
        ("Service received", "0", "0"),
        ("Need met, says the person", "0", "0"),
    ]


def test_a_team_whose_name_is_a_formula_does_no_harm(community: Community, page: Any) -> None:
    from waypost.network.services import add_team  # noqa: PLC0415

    team = add_team(organization_id=community.clinic, name="=2+5")
    with acting(community.ito):
        ask = Ask(person_name="Minh Tran", reason="food-insecurity", team_id=team)
        request_coordination(actor=community.ito, ask=ask)
    answer = page(community.ana, "/figures/?format=csv&table=requests")
    assert "'=2+5" in answer.content.decode("utf-8-sig")


STRANGE = ["months=999", "months=x", "side=network", "per=%00", "page=-1", "table=no"]


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_address_shows_the_usual_page(community: Community, page: Any, query: str) -> None:
    assert page(community.ana, f"/figures/?{query}").status_code == 200


def test_another_role_elsewhere_sees_only_that_organization(community: Community, page: Any) -> None:
    other = add_organization(name="Other Clinic", kind="clinic")
    user = create_user(email="una@other.example", name="Una", password="a long password for tests")
    add_member(user_id=user, organization_id=other, role="supervisor")
    una = Actor(user, "Una", other, "Other Clinic", "supervisor")
    with clock.at(clock.now() - timedelta(days=75)):
        sent_referral(community)
    rebuild_facts()
    assert "Nothing sent yet" in words(page(una, "/figures/"))
