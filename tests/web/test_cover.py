"""Standing in for a colleague, and one's own sign-ins."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.community import PASSWORD, Community, rosa, trained
from tests.web.meddling import as_owner
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.accounts.services import create_user
from waypost.coordination import selectors as coordination
from waypost.coordination import services as coordinating
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.network.selectors import organization
from waypost.network.services import add_member

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


@pytest.fixture
def ben(community: Community) -> Actor:
    """A second coordinator of the clinic."""
    user = create_user(email="ben@cedar.example", name="Ben Alba", password=PASSWORD)
    add_member(user_id=user, organization_id=community.clinic, role="coordinator")
    trained(user)
    return Actor(user, "Ben Alba", community.clinic, organization(community.clinic).name, "coordinator")


def days(first: int, last: int) -> dict[str, str]:
    return {
        "starts_on": (today() + timedelta(days=first)).isoformat(),
        "ends_on": (today() + timedelta(days=last)).isoformat(),
    }


def covered(ana: Client, community: Community, ben: Actor, first: int = 0, last: int = 3) -> str:
    """Ana lets Ben stand in; the id of the cover."""
    given = {"covered": str(community.ana.user_id), "by": str(ben.user_id), **days(first, last)}
    assert ana.post(reverse("covers"), given).status_code == FOUND
    (found,) = re.findall(r"/account/cover/([0-9a-f-]+)/end/", text(ana.get(reverse("covers"))))
    return str(found)


def logged() -> list[tuple[str, str]]:
    """Names and what stands beside them, in the log."""
    found: list[tuple[str, str]] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT actor_name, detail::text FROM kernel_auditentry ORDER BY id")
            found.extend(cursor.fetchall())

    as_owner(look)
    return found


def test_a_colleague_sees_the_day_and_everything_is_written_under_both_names(
    community: Community, ben: Actor, ana: Client, sign_in: SignIn
) -> None:
    person = rosa(community.ana)
    with acting(community.ana):
        episode = coordinating.open_episode(actor=community.ana, person_id=person, check_back_on=today())
    cover, client = covered(ana, community, ben), sign_in(Client(), ben)
    assert "Rosa" not in text(client.get("/my-day/"))
    client.post(reverse("cover_begin", args=[cover]))
    page = text(client.get("/my-day/"))
    assert "Rosa" in page and "You work for Ana Reyes." in page
    client.get(f"/people/{person}/")
    assert ("Ben Alba for Ana Reyes", str(community.ana.user_id)) in [
        (name, re.search(r'"covers": "([^"]+)"', detail).group(1))  # type: ignore[union-attr]
        for name, detail in logged()
        if "covers" in detail
    ]
    with acting(community.ana):
        assert coordination.episode_by_id(community.ana, episode).lead_id == community.ana.user_id
    client.post(reverse("cover_stop"))
    assert "Rosa" not in text(client.get("/my-day/"))


def test_it_ends_by_itself(community: Community, ben: Actor, ana: Client, sign_in: SignIn) -> None:
    cover, client = covered(ana, community, ben, 0, 1), sign_in(Client(), ben)
    client.post(reverse("cover_begin", args=[cover]))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        client = sign_in(Client(), ben)
        assert client.post(reverse("cover_begin", args=[cover])).status_code == NOT_FOUND


def test_ending_it_takes_the_colleagues_day_away_at_once(
    community: Community, ben: Actor, ana: Client, sign_in: SignIn
) -> None:
    cover, client = covered(ana, community, ben), sign_in(Client(), ben)
    client.post(reverse("cover_begin", args=[cover]))
    assert "You work for Ana Reyes." in text(client.get("/my-day/"))
    assert ana.post(reverse("cover_end", args=[cover])).status_code == FOUND
    assert "You work for Ana Reyes." not in text(client.get("/my-day/"))


def test_before_its_first_day_nothing_begins(
    community: Community, ben: Actor, ana: Client, sign_in: SignIn
) -> None:
    cover = covered(ana, community, ben, 2, 5)
    assert sign_in(Client(), ben).post(reverse("cover_begin", args=[cover])).status_code == NOT_FOUND


def test_nobody_else_takes_a_cover_or_sets_one_for_a_colleague(
    community: Community, ben: Actor, ana: Client, olga: Client, sign_in: SignIn
) -> None:
    cover = covered(ana, community, ben)
    for client in (ana, olga):
        assert client.post(reverse("cover_begin", args=[cover])).status_code == NOT_FOUND
    assert olga.post(reverse("cover_end", args=[cover])).status_code == NOT_FOUND
    given = {"covered": str(community.lee.user_id), "by": str(community.ana.user_id), **days(0, 3)}
    assert ana.post(reverse("covers"), given).status_code == REFUSED
    lee = sign_in(Client(), community.lee)
    given = {"covered": str(ben.user_id), "by": str(community.ana.user_id), **days(0, 3)}
    assert lee.post(reverse("covers"), given).status_code == FOUND
    stranger = {"covered": str(ben.user_id), "by": str(community.olga.user_id), **days(0, 3)}
    assert lee.post(reverse("covers"), stranger).status_code == REFUSED


def test_the_role_stays_ones_own(community: Community, ben: Actor, ana: Client, sign_in: SignIn) -> None:
    lee = sign_in(Client(), community.lee)
    given = {"covered": str(community.lee.user_id), "by": str(ben.user_id), **days(0, 3)}
    lee.post(reverse("covers"), given)
    (cover,) = re.findall(r"/account/cover/([0-9a-f-]+)/end/", text(lee.get(reverse("covers"))))
    client = sign_in(Client(), ben)
    client.post(reverse("cover_begin", args=[cover]))
    assert client.get("/team/").status_code == FORBIDDEN
    assert client.get(reverse("members")).status_code == FORBIDDEN


# one's own sign-ins


PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def test_sign_ins_are_listed_in_words_and_ended_from_elsewhere(community: Community, sign_in: SignIn) -> None:
    phone = sign_in(Client(headers={"user-agent": PHONE}), community.ana)
    laptop = sign_in(Client(headers={"user-agent": LAPTOP}), community.ana)
    for client in (phone, laptop):
        assert client.get("/my-day/").status_code == OK
    page = text(laptop.get(reverse("sessions")))
    assert "Safari · iPhone" in page and "Firefox · Windows" in page
    (door,) = re.findall(r"/account/sessions/([0-9a-f-]{36})/end/", page)
    assert laptop.post(reverse("session_end", args=[door])).status_code == FOUND
    answer = phone.get("/my-day/")
    assert (answer.status_code, "/accounts/login/" in answer.headers["Location"]) == (FOUND, True)
    assert laptop.get("/my-day/").status_code == OK


def test_all_others_end_at_once(community: Community, sign_in: SignIn) -> None:
    clients = [sign_in(Client(), community.ana) for _ in range(3)]
    for client in clients:
        client.get("/my-day/")
    clients[0].post(reverse("sessions_end_others"))
    assert [client.get("/my-day/").status_code for client in clients] == [OK, FOUND, FOUND]


def test_signing_out_takes_it_off_the_list(community: Community, sign_in: SignIn) -> None:
    one, other = (sign_in(Client(), community.ana) for _ in range(2))
    for client in (one, other):
        client.get("/my-day/")
    other.post("/accounts/logout/")
    assert "/account/sessions/others/" not in text(one.get(reverse("sessions")))


def test_nobody_ends_a_strangers_sign_in(community: Community, ana: Client, olga: Client) -> None:
    ana.get("/my-day/")
    door = ana.session["door"]
    assert olga.post(reverse("session_end", args=[door])).status_code == NOT_FOUND
    assert ana.get("/my-day/").status_code == OK


def test_a_sign_in_ends_after_twelve_hours_however_busy(community: Community, ana: Client) -> None:
    start = timezone.now()
    for quarter in range(1, 49):
        with time_machine.travel(start + timedelta(minutes=15 * quarter - 1), tick=True):
            assert ana.get("/my-day/").status_code == OK, quarter
    with time_machine.travel(start + timedelta(hours=12, minutes=20), tick=True):
        assert ana.get("/my-day/").status_code == FOUND
