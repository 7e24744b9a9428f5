"""What stays behind in a browser: pages, cookies, forms left open or kept, sessions."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.community import PASSWORD, Community, rosa
from tests.web.meddling import as_owner, count, memberships
from tests.web.reading import FORBIDDEN, FOUND, OK, text
from waypost.accounts.services import create_user
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at
from waypost.kernel.jobs import clear_sessions
from waypost.network.services import add_member, end_membership
from waypost.web.doors import LAST_SEEN
from waypost.web.parked import PARKED

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


def test_pages_for_somebody_signed_in_are_kept_by_nobody(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    for address in (f"/people/{person}/", "/people/", "/search/?q=rosa", f"/people/{uuid4()}/", "/"):
        assert ana.get(address).headers["Cache-Control"] == "no-store, private", address


def test_no_cookie_holds_a_name(community: Community, ana: Client) -> None:
    ana.post(reverse("person_new"), {"given_name": "Rosa", "family_name": "Delgado"})
    assert set(ana.cookies) <= {"sessionid", "csrftoken"}
    for cookie in ana.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert "You registered Rosa Delgado." in text(ana.get("/people/"))


def _fall_silent(client: Client) -> None:
    session = client.session
    session[LAST_SEEN] = int(timezone.now().timestamp()) - settings.IDLE_MINUTES * 60 - 60
    session.save()


def _enter(client: Client, email: str) -> None:
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer.status_code == FOUND


def test_a_kept_form_is_for_its_own_user_and_gone_for_the_next(community: Community, ana: Client) -> None:
    _fall_silent(ana)
    ana.post(reverse("person_new"), {"given_name": "Rosa", "family_name": "Delgado"})
    _enter(ana, "olga@alder.example")
    answer = ana.get("/resume/")
    assert (answer.status_code, "Rosa" in text(answer)) == (FOUND, False)
    assert "Rosa" not in str({**Session.objects.get(pk=ana.session.session_key).get_decoded()})
    assert count(community.ana) == 0


def test_a_kept_form_waits_for_its_own_user(community: Community, ana: Client) -> None:
    _fall_silent(ana)
    ana.post(reverse("person_new"), {"given_name": "Rosa", "family_name": "Delgado"})
    assert not ana.session.get("_auth_user_id")
    _enter(ana, "ana@cedar.example")
    assert "Rosa" in text(ana.get("/resume/"))
    ana.post("/resume/")
    assert ana.get("/resume/").status_code == FOUND


def test_nobody_reads_a_kept_form_or_what_was_said_in_the_table_of_sessions(
    community: Community, ana: Client
) -> None:
    ana.post(reverse("person_new"), {"given_name": "Quokka", "family_name": "Delgado"})
    assert "Quokka" not in str(Session.objects.get(pk=ana.session.session_key).get_decoded())
    _fall_silent(ana)
    ana.post(reverse("person_new"), {"given_name": "Quokka", "family_name": "Delgado"})
    kept = Session.objects.get(pk=ana.session.session_key).get_decoded()
    assert PARKED in kept
    assert "Quokka" not in str(kept)


def test_a_kept_form_copied_into_another_session_opens_for_nobody_else(
    community: Community, ana: Client
) -> None:
    _fall_silent(ana)
    ana.post(reverse("person_new"), {"given_name": "Quokka", "family_name": "Delgado"})
    taken = ana.session[PARKED]
    thief = Client()
    _enter(thief, "olga@alder.example")
    session = thief.session
    session[PARKED] = taken
    session.save()
    assert thief.get("/resume/").status_code == FOUND
    assert PARKED not in thief.session


def test_a_kept_form_waits_twelve_hours(community: Community, ana: Client) -> None:
    with at(timezone.now() - timedelta(hours=13)):
        _fall_silent(ana)
        ana.post(reverse("person_new"), {"given_name": "Quokka", "family_name": "Delgado"})
    _enter(ana, "ana@cedar.example")
    assert ana.get("/resume/").status_code == FOUND
    assert PARKED not in ana.session


def test_sessions_that_are_over_are_cleared_with_what_they_kept(community: Community, ana: Client) -> None:
    _fall_silent(ana)
    ana.post(reverse("person_new"), {"given_name": "Quokka", "family_name": "Delgado"})
    key = ana.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(minutes=1))
    clear_sessions(timestamp=0)
    assert not Session.objects.filter(pk=key).exists()


@pytest.fixture
def rita(community: Community) -> Actor:
    """A worker of two organizations; "Alder Shelter Fund" comes first by name."""
    user = create_user(email="rita@both.example", name="Rita Gomez", password=PASSWORD)
    for organization in (community.stranger, community.bank):
        add_member(user_id=user, organization_id=organization, role="intake_worker")
    return Actor(user, "Rita Gomez", community.bank, "Cedar Food Bank", "intake_worker")


def _token(client: Client) -> str:
    return text(client.get("/people/new/")).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_a_form_left_open_for_one_organization_is_not_saved_for_another(
    community: Community, rita: Actor, sign_in: SignIn
) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), rita)
    open_form = _token(client)  # for the shelter
    switch = {"csrfmiddlewaretoken": open_form}
    assert client.post(f"/act-for/{community.bank}/", switch).status_code == FOUND
    late = {"given_name": "Rosa", "family_name": "Delgado", "csrfmiddlewaretoken": open_form}
    assert client.post("/people/new/", late).status_code == FORBIDDEN
    assert (count(community.sam), count(community.olga)) == (0, 0)
    late["csrfmiddlewaretoken"] = _token(client)
    assert client.post("/people/new/", late).status_code == FOUND
    assert (count(community.sam), count(community.olga)) == (1, 0)


def test_leaving_an_organization_does_not_turn_its_open_form_into_anothers(
    community: Community, rita: Actor, sign_in: SignIn
) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), rita)
    client.post(f"/act-for/{community.bank}/", {"csrfmiddlewaretoken": _token(client)})
    open_form = _token(client)
    bank = next(each for each in memberships(rita) if each.organization_id == community.bank)
    as_owner(lambda: end_membership(membership_id=bank.id))
    late = {"given_name": "Rosa", "family_name": "Delgado", "csrfmiddlewaretoken": open_form}
    assert client.post("/people/new/", late).status_code == FORBIDDEN
    assert (count(community.sam), count(community.olga)) == (0, 0)


def test_a_kept_form_goes_back_to_the_organization_it_was_filled_in_for(
    community: Community, rita: Actor, sign_in: SignIn
) -> None:
    client = sign_in(Client(), rita)
    client.post(f"/act-for/{community.bank}/")
    _fall_silent(client)
    client.post("/people/new/", {"given_name": "Rosa", "family_name": "Delgado"})
    _enter(client, "rita@both.example")
    page = text(client.get("/resume/", follow=True))
    assert "Rosa" in page
    client.post("/people/new/", {"given_name": "Rosa", "family_name": "Delgado"})
    assert (count(community.sam), count(community.olga)) == (1, 0)


def test_signing_out_ends_the_session_everywhere(community: Community, ana: Client) -> None:
    thief = Client()
    thief.cookies["sessionid"] = ana.session.session_key
    assert thief.get("/people/").status_code == OK
    ana.post("/accounts/logout/")
    assert thief.get("/people/").status_code == FOUND
