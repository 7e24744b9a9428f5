"""Too many wrong passwords: the account is locked for some minutes, and its owner hears of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.community import PASSWORD, Community
from tests.web.meddling import as_owner
from tests.web.reading import text
from waypost.accounts import jobs
from waypost.accounts.services import choose_language

pytestmark = pytest.mark.django_db

ANA = "ana@cedar.example"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The jobs that were asked for, by user id; each is done at once, as the worker would."""
    found: list[str] = []

    def at_once(user_id: str, at: str) -> None:
        found.append(user_id)
        as_owner(lambda: jobs.tell_of_lock(user_id=user_id, at=at))

    cache.clear()
    monkeypatch.setattr(jobs.tell_of_lock, "defer", at_once)
    return found


def wrong(email: str, times: int) -> None:
    for number in range(times):
        machine = Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Mozilla/5.0")
        machine.post("/accounts/login/", {"login": email, "password": f"wrong {number}"})


def test_at_the_fifth_wrong_password_the_owner_gets_one_letter(community: Community, told: list[str]) -> None:
    wrong(ANA, 4)
    assert (told, mail.outbox) == ([], [])
    moment = datetime.fromisoformat("2030-03-05T17:42:00+00:00")
    with time_machine.travel(moment, tick=True):
        wrong(ANA.upper(), 7)
        locked = Client().post("/accounts/login/", {"login": ANA, "password": PASSWORD})
        assert "Too many failed login attempts" in text(locked)
    [letter] = mail.outbox
    assert letter.to == [ANA]
    assert "locked for some minutes" in letter.subject
    body = str(letter.body)
    assert "March 5, 2030" in body
    for detail in ("203.0.113.9", "wrong 4", "5 times", "Mozilla", ANA):
        assert detail not in body


def test_nobodys_address_gets_no_letter_and_the_same_work(community: Community, told: list[str]) -> None:
    wrong("nobody@cedar.example", 6)
    assert (told, mail.outbox) == ([""], [])


def test_a_lock_made_anew_within_the_hour_writes_no_second_letter(
    community: Community, told: list[str]
) -> None:
    start = datetime.fromisoformat("2030-03-05T17:42:00+00:00")
    for minutes, letters in ((0, 1), (20, 1), (90, 2)):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            wrong(ANA, 5)
        assert len(mail.outbox) == letters


def test_wrong_passwords_for_many_accounts_lock_none_of_them(community: Community, told: list[str]) -> None:
    for email in (ANA, "lee@cedar.example", "sam@bank.example", "olga@alder.example", "ivy@hub.example"):
        wrong(email, 3)
    assert (told, mail.outbox) == ([], [])


def test_it_is_written_in_the_owners_language(community: Community) -> None:
    assert community.ana.user_id is not None
    choose_language(user_id=community.ana.user_id, language="es")
    jobs.tell_of_lock(user_id=str(community.ana.user_id), at="2030-03-05T17:42:00+00:00")
    [letter] = mail.outbox
    assert "bloqueado" in letter.subject


def test_the_sites_own_role_hands_the_letter_to_the_worker(
    community: Community, as_web: Callable[[], None]
) -> None:
    cache.clear()
    as_web()
    wrong(ANA, 5)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'accounts.tell_of_lock'")
        [(given,)] = cursor.fetchall()
    assert str(community.ana.user_id) in str(given)
