"""What is sensitive is told by no list, notice, export, search hit or log to whoever may not see it.

And to nobody by what travels or stays behind: titles, files, mail.

A need, a service and a recipient with unmistakable words are planted; the listing itself is then renamed, so
that only the referral holds them. Every address of the site is opened: one added later is opened here too.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.community import PASSWORD, Community, _member, agree, plan_inbox, rosa
from tests.rooms.messaging.told import deliver_all, send_all
from tests.web.addresses import patterns
from tests.web.meddling import as_owner
from tests.web.reading import OK, text
from waypost.directory import models as tables
from waypost.directory import services as directory
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.models import Organization
from waypost.network.services import add_organization
from waypost.referrals import selectors as referrals
from waypost.referrals import services
from waypost.screening import selectors as screening
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
ORGANIZATION, SERVICE, WORDS = "Numbat Recovery Program", "Numbat detox nights", "numbat words to them"
VIOLENCE = "intimate-partner-violence"
SECRETS = ("numbat", "partner violence", VIOLENCE)
MATTERS = ["substance_use", "violence"]


@pytest.fixture
def program(community: Community) -> Actor:
    """A program whose name alone tells."""
    at = add_organization(name=ORGANIZATION, kind="clinic", legal_status="part2_program")
    return _member("Uma Berg", "uma@numbat.example", at, "intake_worker")


@pytest.fixture
def officer(community: Community) -> Actor:
    """Sees the clinic's people, and nothing especially sensitive."""
    return _member("Pat Quinn", "pat@cedar.example", community.clinic, "privacy_officer")


@pytest.fixture
def sent(community: Community, program: Actor) -> dict[str, UUID]:
    """Rosa's referral for a sensitive need to a telling service, answered, with a message each way."""
    ana = community.ana
    person = rosa(ana)
    listed = directory.create_organization(name=ORGANIZATION, claimed_by=program.organization_id)
    service = directory.create_service(
        organization_id=listed, name=SERVICE, description="Beds", need_categories=[VIOLENCE]
    )
    with acting(ana):
        need = add_need(actor=ana, person_id=person, category=VIOLENCE, wants_help="yes", source="told_us")
    agree(
        ana,
        person,
        topics=["identity", "contact", VIOLENCE],
        captured="written",
        covers_sensitivities=MATTERS,
        recipient_class="named",
        recipient_ids=[program.organization],
        discloser_ids=[ana.organization, program.organization],
    )
    with acting(ana):
        referral = services.draft(actor=ana, person_id=person, need_id=need, service_id=service)
        services.plan_handoff(
            actor=ana, referral_id=referral, plan=plan_inbox(words_to_recipient=WORDS, urgency="urgent")
        )
        services.send(actor=ana, referral_id=referral)
        services.note(actor=ana, referral_id=referral, words=WORDS)
    with acting(program):
        services.move(actor=program, referral_id=referral, name="accept")
    with acting(ana):
        draft = services.draft(actor=ana, person_id=person, need_id=need, service_id=service)
    as_owner(lambda: tables.Organization.objects.filter(pk=listed).update(name="Elm House"))
    as_owner(lambda: tables.Service.objects.filter(pk=service).update(name="Nights"))
    as_owner(lambda: Organization.objects.filter(pk=program.organization).update(name="Elm House"))
    return {"person_id": person, "need_id": need, "referral_id": referral, "draft": draft}


def test_it_carries_what_its_need_its_service_and_its_recipient_tell(
    community: Community, sent: dict[str, UUID]
) -> None:
    with acting(community.ana):
        card = referrals.referral(community.ana, sent["referral_id"])
    assert sorted(card.sensitivities) == MATTERS
    assert (card.row.sensitive, card.row.hidden) == (True, False)


def told(page: str) -> list[str]:
    return [each for each in SECRETS if each in page.lower()]


def addresses(ids: dict[str, UUID]) -> Iterator[str]:
    """Every address; parameters not planted take the person's id, which fits nothing else."""
    for route, _entry in patterns():
        if route.startswith(("accounts/", "static")):
            continue
        parts = route.split("/")
        yield "/" + "/".join(_part(part, ids) for part in parts)


def _part(part: str, ids: dict[str, UUID]) -> str:
    found = re.fullmatch(r"(.*)<(?:\w+:)?(\w+)>(.*)", part)
    return f"{found[1]}{ids.get(found[2], ids['person_id'])}{found[3]}" if found else part


QUESTIONS = ("", "?q=numbat&tab=all", "?format=csv&tab=all")
ACCOUNTING = ("/seen/", "/privacy/")  # names every recipient, by law: 45 CFR 164.528(b)(2)(ii)


@pytest.mark.parametrize("who", ["nobody", "officer", "ito", "olga", "sam", "ivy"])
def test_no_page_tells_it_to_whoever_may_not_see_it(  # noqa: PLR0913, PLR0917 - fixtures
    community: Community,
    program: Actor,
    officer: Actor,
    sent: dict[str, UUID],
    sign_in: SignIn,
    caplog: pytest.LogCaptureFixture,
    who: str,
) -> None:
    caplog.set_level(logging.INFO)
    as_owner(deliver_all)
    client = Client(raise_request_exception=False)
    if who != "nobody":
        sign_in(client, officer if who == "officer" else getattr(community, who))
    leaks = {}
    for address in addresses(sent):
        for question in QUESTIONS:
            answer = client.get(address + question)
            body = answer.getvalue().decode("utf-8", "replace")
            echoed = body.lower().replace("q=numbat", "").replace("“numbat”", "").replace('"numbat"', "")
            found = [each for each in SECRETS[:1] if each in _unsaid(echoed)]
            if address.startswith(("/people/", "/referrals/", "/notices/", "/my-")):
                found = [each for each in SECRETS if each in _unsaid(echoed)]
            if who == "officer" and any(each in address for each in ACCOUNTING):
                continue
            if found or told(str(answer.headers).replace("q=numbat", "")):
                leaks[address + question] = found
            if answer.status_code != OK:
                break
    assert leaks == {}
    assert told(" ".join(each.getMessage() for each in caplog.records).replace("q=numbat", "")) == []


def _unsaid(page: str) -> str:
    """Without what the reader typed, and without the choices of the search, which name every need."""
    page = re.sub(r"<(select|nav|fieldset)\b.*?</\1>", "", page, flags=re.S)
    return re.sub(r">\s*numbat\s*<", "><", page)


def test_the_list_says_that_there_is_something_private(
    community: Community, officer: Actor, sent: dict[str, UUID], sign_in: SignIn
) -> None:
    with acting(officer):
        (row,) = [
            each for each in referrals.of_person(officer, sent["person_id"]) if each.id == sent["referral_id"]
        ]
        assert (row.hidden, row.category, row.service_name) == (True, "private", "")
        assert screening.needs(officer, sent["person_id"]) == []
        assert referrals.referrals(officer, [row.id]) == []
        for words in ("numbat", ORGANIZATION, row.reference):
            assert referrals.sent(officer, referrals.Filter(tab="all", words=words))[1] == 0
    page = text(sign_in(Client(), officer).get(reverse("person", args=[sent["person_id"]])))
    assert "Private need" in page


def test_every_role_that_may_not_see_it_sees_it_nowhere(community: Community, sent: dict[str, UUID]) -> None:
    for role in ("privacy_officer", "referrer", "integrator", "unknown"):
        actor = replace(community.ana, role=role)
        with acting(actor):
            assert told(repr(referrals.sent(actor, referrals.Filter(tab="all")))) == [], role
            assert told(repr(referrals.of_person(actor, sent["person_id"]))) == [], role
            assert told(repr(screening.need_events(actor, sent["person_id"]))) == [], role
            assert screening.first_needs(actor, [sent["person_id"]]) == {}
            assert screening.open_counts(actor, [sent["person_id"]]) == {}


def test_no_title_tells_it_even_to_whoever_may(
    community: Community, program: Actor, sent: dict[str, UUID], sign_in: SignIn
) -> None:
    """Titles stay behind in the history of a browser, and are read over a shoulder."""
    for actor in (community.ana, program):
        client = sign_in(Client(raise_request_exception=False), actor)
        for ids in (sent, {**sent, "referral_id": sent["draft"]}):
            for address in addresses(ids):
                for question in ("", "?move=cancel", "?move=pause") if "/referrals/" in address else ("",):
                    answer = client.get(address + question)
                    if answer.status_code != OK or "html" not in answer.headers["Content-Type"]:
                        break
                    titles = re.findall(r"<title>(.*?)</title>", text(answer), flags=re.S)
                    assert told(" ".join(titles)) == [], address


def test_a_file_names_it_only_when_asked(community: Community, sent: dict[str, UUID], ana: Client) -> None:
    plain = text(ana.get("/referrals/?format=csv&tab=all"))
    assert told(plain) == []
    assert "Private need" in plain
    assert "2 referrals hold private needs" in plain
    whole = text(ana.get("/referrals/?format=csv&tab=all&private=yes"))
    assert ORGANIZATION in whole


def test_mail_tells_nothing_of_it(community: Community, program: Actor, sent: dict[str, UUID]) -> None:
    as_owner(deliver_all)
    as_owner(send_all)
    assert {address for each in mail.outbox for address in each.to} == {
        "uma@numbat.example",
        "ana@cedar.example",
    }
    for each in mail.outbox:
        raw = each.message().as_string().replace("uma@numbat.example", "")
        assert told(raw + each.subject + each.body) == []
        for name in ("Rosa", "Delgado", "Cedar Clinic", "urgent", "detox", "violence", PASSWORD):
            assert name.lower() not in f"{each.subject}\n{each.body}".lower(), name
