"""A copy of the whole record over the pages: the clock, the making, the files, who may take them."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from tests.community import PASSWORD, Community, rosa, sent_referral
from tests.guards import officer
from tests.web.meddling import as_owner, audited, still_me
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.guarding.record.build import build_record
from waypost.guarding.rules.clocks import ACCESS, AMENDMENT, BREACH
from waypost.kernel.actors import Actor
from waypost.web.jobs import make_copy
from waypost.web.paper.record import record_html

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


@pytest.mark.parametrize(
    ("clock", "asked", "due", "extended"),
    [
        (ACCESS, date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 1)),  # 164.524(b)(2): 30, 30 more
        (AMENDMENT, date(2026, 1, 31), date(2026, 4, 1), date(2026, 5, 1)),  # 164.526(b)(2): 60, 30 more
        (BREACH, date(2026, 1, 31), date(2026, 4, 1), date(2026, 4, 1)),  # 164.404(b): 60
    ],
)
def test_clocks_by_a_pencil(clock: object, asked: date, due: date, extended: date) -> None:
    assert (clock.due(asked), clock.due(asked, extended=True)) == (due, extended)  # type: ignore[attr-defined]


def asked(client: Client, person: object, **changes: str) -> str:
    typed = {"asked_on": timezone.localdate().isoformat(), "who": "person", "language": "es", **changes}
    answer = client.post(f"/privacy/people/{person}/copy/", typed)
    assert answer.status_code == FOUND, text(answer)
    return answer.headers["Location"]


def test_from_the_request_to_the_hand(community: Community, ana: Client, sign_in: SignIn) -> None:
    person, _, _ = sent_referral(community)
    assert f"/privacy/people/{person}/copy/" in text(ana.get(f"/people/{person}/seen/"))
    page = asked(ana, person)
    assert "To be made" in text(ana.get(page))
    still_me(ana)
    assert ana.get(f"{page}pdf/").status_code == NOT_FOUND
    assert ana.post(f"{page}make/").status_code == FOUND
    assert "The copy is being made." in text(ana.get(page))
    as_owner(lambda: make_copy(page.split("/")[3]))
    assert "Download the PDF" in text(ana.get(page))
    made = ana.get(f"{page}json/")
    assert json.loads(made.content)["format"] == "waypost-record"
    assert made["Content-Disposition"].startswith("attachment")
    paper = ana.get(f"{page}pdf/")
    assert paper.content.startswith(b"%PDF-")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT content FROM guarding_copyfile WHERE form = 'json'")
        assert b"Delgado" not in bytes(cursor.fetchone()[0]), "sealed at rest"
        cursor.execute("SELECT count(*) FROM kernel_auditentry WHERE action = 'copy.download'")
        assert cursor.fetchone() == (2,)
        cursor.execute("SET LOCAL ROLE waypost_web")
    assert ana.post(page, {"do": "hand_over", "words": ""}).status_code == REFUSED
    assert ana.post(page, {"do": "hand_over", "words": "By hand, today"}).status_code == FOUND
    lee = sign_in(Client(), community.lee)
    assert "Nobody waits for a copy." in text(lee.get("/privacy/copies/"))
    assert "By hand, today" in text(lee.get(page))


def test_on_paper_it_speaks_the_persons_language_and_leaves_out_keys(community: Community) -> None:
    person, _, _ = sent_referral(community)
    with override("es"):
        page = record_html(build_record(community.clinic, person), "C-2611-K7QXB")
    assert '<html lang="es">' in page
    words = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "Todo lo que guardamos sobre Rosa Delgado" in words
    assert "14 mar 1972" in words
    assert str(person) not in page


def test_one_extension_with_a_reason(community: Community, ana: Client) -> None:
    start = timezone.localdate() - timedelta(days=20)
    page = asked(ana, rosa(community.ana), asked_on=start.isoformat())
    assert ana.post(page, {"do": "extend", "words": " "}).status_code == REFUSED
    assert ana.post(page, {"do": "extend", "words": "Old paper files"}).status_code == FOUND
    shown = text(ana.get(page))
    assert "Old paper files" in shown
    assert "We need 30 more days" not in shown
    assert ana.post(page, {"do": "extend", "words": "Again"}).status_code == REFUSED
    due = start + timedelta(days=60)
    assert due.strftime("%-d %b") in shown


def test_what_is_late_is_said_and_cannot_be_extended(community: Community, ana: Client) -> None:
    start = timezone.localdate() - timedelta(days=31)
    page = asked(ana, rosa(community.ana), asked_on=start.isoformat())
    assert "Late" in text(ana.get(page))
    assert ana.post(page, {"do": "extend", "words": "Too late"}).status_code == REFUSED


@pytest.mark.parametrize(
    "changes",
    [{"who": "parent"}, {"who": "acting"}, {"asked_on": "2999-01-01"}, {"who": "curious"}, {"asked_on": ""}],
)
def test_what_a_request_needs(community: Community, ana: Client, changes: dict[str, str]) -> None:
    person = rosa(community.ana)
    typed = {"asked_on": timezone.localdate().isoformat(), "who": "person", "language": "en", **changes}
    assert ana.post(f"/privacy/people/{person}/copy/", typed).status_code == REFUSED


def test_nobody_else_takes_it(community: Community, sign_in: SignIn) -> None:
    pia, mo = officer(community.clinic), officer(community.clinic, "Mo Diaz", role="coordinator")
    ana, person = sign_in(Client(), community.ana), rosa(community.ana)
    page = asked(ana, person)
    still_me(ana)
    ana.post(f"{page}make/")
    as_owner(lambda: make_copy(page.split("/")[3]))
    colleague = sign_in(Client(), mo)
    for who in (sign_in(Client(), community.sam), colleague):
        for address in (page, f"{page}json/", f"{page}pdf/"):
            assert who.get(address).status_code == NOT_FOUND
        assert who.post(f"{page}make/").status_code == NOT_FOUND
    assert sign_in(Client(), community.sam).get(f"/privacy/people/{person}/copy/").status_code == NOT_FOUND
    for who in (community.ito, community.ivy):
        assert sign_in(Client(), who).get(page).status_code == FORBIDDEN
    guard = sign_in(Client(), pia)
    still_me(guard, "a long password for guards")
    assert guard.get(f"{page}json/").status_code == OK


def test_before_a_record_is_made_or_taken_away_it_asks_who_it_is_and_then_goes_on(
    community: Community, ana: Client
) -> None:
    page = asked(ana, rosa(community.ana))
    door = "/accounts/reauthenticate/"
    answer = ana.post(f"{page}make/")
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (FOUND, door)
    assert "To be made" in text(ana.get(page))
    to_password = answer.headers["Location"]
    assert ana.post(to_password, {"password": "not this one"}).status_code == OK
    assert "To be made" in text(ana.get(page))
    answer = ana.post(to_password, {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, page)
    assert "The copy is being made." in text(ana.get(page))
    as_owner(lambda: make_copy(page.split("/")[3]))
    assert ana.get(f"{page}json/").status_code == OK
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        for form in ("json", "pdf"):
            answer = ana.get(f"{page}{form}/")
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (FOUND, door)
        answer = ana.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
        assert answer.content.startswith(b"%PDF-")
    assert len(audited("copy.download")) == 2


def test_a_move_that_nobody_knows_is_no_error(community: Community, ana: Client) -> None:
    page = asked(ana, rosa(community.ana))
    assert ana.post(page, {"do": "burn", "words": "x"}).status_code == NOT_FOUND
    assert "To be made" in text(ana.get(page))
