"""Requests to correct a record (45 CFR 164.526), who looked, and what goes by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.community import Community, rosa, sent_referral
from tests.guards import officer
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.coordination.services import open_episode
from waypost.guarding.jobs import sweep
from waypost.guarding.rules.retention import kept_for
from waypost.guarding.selectors.looks import looks_by_worker
from waypost.guarding.services.copies import begin_copy, store_copy, take_in_copy
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.transaction import acting

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


def asked(client: Client, person: object, **changes: str) -> str:
    typed = {
        "what": "I never was homeless.",
        "why": "",
        "asked_on": timezone.localdate().isoformat(),
        **changes,
    }
    answer = client.post(f"/privacy/people/{person}/amendment/", typed)
    assert answer.status_code == FOUND, text(answer)
    return answer.headers["Location"]


def test_a_denial_says_why_and_the_persons_words_stand_with_the_record(
    community: Community, sign_in: SignIn
) -> None:
    person = rosa(community.ana)
    lee = sign_in(Client(), community.lee)
    page = asked(lee, person)
    due = timezone.localdate() + timedelta(days=60)
    assert due.strftime("%-d %b") in text(lee.get(page))
    assert lee.post(page, {"do": "disagree", "words": "No"}).status_code == REFUSED, "not denied yet"
    assert lee.post(page, {"do": "deny", "words": "It is right."}).status_code == REFUSED
    assert lee.post(page, {"do": "deny", "words": " ", "reason": "accurate"}).status_code == REFUSED
    assert lee.post(page, {"do": "deny", "words": "It is right.", "reason": "accurate"}).status_code == FOUND
    assert "disagrees with this record" not in text(lee.get(f"/people/{person}/"))
    assert lee.post(page, {"do": "disagree", "words": "That was my sister."}).status_code == FOUND
    assert lee.post(page, {"do": "rebut", "words": "Two workers noted it."}).status_code == FOUND
    record = text(lee.get(f"/people/{person}/"))
    assert "That was my sister." in record and "Two workers noted it." in record


def test_a_correction_names_who_is_told(community: Community, sign_in: SignIn) -> None:
    person, _, _ = sent_referral(community)
    lee = sign_in(Client(), community.lee)
    page = asked(lee, person)
    assert "Cedar Food Bank" in text(lee.get(f"{page}?do=accept")), "they were told before"
    assert lee.post(page, {"do": "accept", "words": "Mended"}).status_code == REFUSED
    answer = lee.post(page, {"do": "accept", "words": "Mended", "told": "Cedar Food Bank"})
    assert answer.status_code == FOUND
    assert "Nobody waits for an answer." in text(lee.get("/privacy/amendments/"))


def test_one_extension_of_thirty_days(community: Community, sign_in: SignIn) -> None:
    start = timezone.localdate() - timedelta(days=50)
    lee = sign_in(Client(), community.lee)
    page = asked(lee, rosa(community.ana), asked_on=start.isoformat())
    assert lee.post(page, {"do": "extend", "words": "The files are old."}).status_code == FOUND
    assert (start + timedelta(days=90)).strftime("%-d %b") in text(lee.get(page))
    assert lee.post(page, {"do": "extend", "words": "Again"}).status_code == REFUSED


def test_workers_take_in_and_officers_answer(community: Community, sign_in: SignIn) -> None:
    person = rosa(community.ana)
    pia = officer(community.clinic)
    ana = sign_in(Client(), community.ana)
    assert asked(ana, person) == f"/people/{person}/"
    assert ana.get("/privacy/amendments/").status_code == FORBIDDEN
    assert (
        sign_in(Client(), community.sam).get(f"/privacy/people/{person}/amendment/").status_code == NOT_FOUND
    )
    assert "I never was homeless." in text(sign_in(Client(), pia).get("/privacy/amendments/"))


def test_looks_outside_of_ones_own_caseload_are_counted(community: Community, sign_in: SignIn) -> None:
    led, other = rosa(community.ana), rosa(community.ana)
    with acting(community.ana):
        open_episode(actor=community.ana, person_id=led)
    ana = sign_in(Client(), community.ana)
    for person in (led, led, other):
        assert ana.get(f"/people/{person}/").status_code == OK
    ana.get("/people/")
    with acting(community.lee):
        (row,) = looks_by_worker(community.lee, since=now() - timedelta(days=1))
    assert (row.name, row.people, row.looks, row.outside, row.emergencies) == ("Ana Reyes", 2, 3, 1, 0)
    page = text(sign_in(Client(), community.lee).get("/privacy/looks/?days=7"))
    assert "People outside the own caseload" in page
    assert ana.get("/privacy/looks/").status_code == FORBIDDEN


def test_the_people_of_a_covered_colleague_are_own_work_while_one_stands_in(community: Community) -> None:
    lee, ana = community.lee, community.ana
    person = rosa(ana)
    with acting(ana):
        open_episode(actor=ana, person_id=person)
    covering = replace(lee, name="Lee Park for Ana Reyes", covers=ana.user_id, covered_name=ana.name)
    outside = []
    for actor in (covering, lee):
        with acting(actor):
            audit.record("people.look", actor=actor, subject_type="person", subject_ids=[person])
            rows = looks_by_worker(lee, since=now() - timedelta(days=1))
        outside.append([(row.name, row.looks, row.outside) for row in rows])
    assert outside == [[("Lee Park for Ana Reyes", 1, 0)], [("Lee Park", 2, 1)]]


def test_printing_is_a_look_too(community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    ana.get(f"/people/{person}/seen/?format=csv")
    assert "printing who has seen what" in text(ana.get(f"/people/{person}/seen/"))


def test_files_of_copies_go_after_a_month_and_the_request_stays(community: Community) -> None:
    assert kept_for("record_copy_file", date(2026, 11, 25)) == timedelta(days=30)
    with pytest.raises(KeyError):
        kept_for("record_copy_file", date(2025, 1, 1))
    with acting(community.ana):
        made = take_in_copy(
            actor=community.ana, person_id=rosa(community.ana), asked_on=timezone.localdate(), asked_by=""
        )
        begin_copy(actor=community.ana, copy_id=made)

    def age(days: int) -> int:
        store_copy(copy_id=made, files={"json": b"{}"})
        with connection.cursor() as cursor:
            cursor.execute("UPDATE guarding_copyfile SET made_at = now() - %s * interval '1 day'", [days])
            sweep(0)
            cursor.execute("SELECT count(*) FROM guarding_copyfile")
            return int(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert (age(29), age(31)) == (1, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM guarding_copy")
        assert cursor.fetchone() == (1,)
