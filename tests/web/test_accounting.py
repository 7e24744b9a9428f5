"""The accounting of disclosures (45 CFR 164.528): what left, each way, as page, CSV and PDF."""

import csv
from collections.abc import Callable
from io import StringIO
from uuid import UUID

import pytest
from django.test import Client

from tests.community import Community, sent_referral
from tests.web.reading import text
from waypost.disclosure.rules.accounting import exemption
from waypost.disclosure.selectors import disclosures
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.referrals import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(community: Community, sign_in: Callable[[Client, Actor], Client]) -> Client:
    return sign_in(Client(), community.ana)


def said(community: Community) -> tuple[UUID, list[str], list[str]]:
    """A referral with an answer, a message each way and a report: the person, and what each side logged."""
    person, referral, _ = sent_referral(community)
    with acting(community.sam):
        services.move(actor=community.sam, referral_id=referral, name="accept")
        services.note(actor=community.sam, referral_id=referral, words="Is Friday good?")
    with acting(community.ana):
        services.note(actor=community.ana, referral_id=referral, words="Friday is good.")
    with acting(community.sam):
        own = services.take_into_records(actor=community.sam, referral_id=referral)
        services.report(actor=community.sam, referral_id=referral, fact="received", source="partner")
        theirs = disclosures(community.sam, own, referral_ids=[referral])
    with acting(community.ana):
        ours = disclosures(community.ana, person)
    assert {each.recipient_name for each in ours} == {"Cedar Food Bank"}
    assert {each.recipient_name for each in theirs} == {"Cedar Clinic"}
    return person, [each.source for each in ours], [each.source for each in theirs]


def test_each_direction_is_written_down(community: Community, web_role: None) -> None:
    _person, ours, theirs = said(community)
    assert ours == ["referral_message", "referral"]
    assert theirs == ["referral_answer"] * 3, "the answer, the message and the report"


def test_a_stranger_has_nothing_of_it(community: Community, web_role: None) -> None:
    person, _ours, _theirs = said(community)
    with acting(community.olga):
        assert disclosures(community.olga, person) == []


def test_the_page_the_spreadsheet_and_the_pdf(community: Community, ana: Client) -> None:
    person, _ours, _theirs = said(community)
    page = text(ana.get(f"/people/{person}/seen/"))
    assert "Message about a referral" in page
    assert "arranging help" in page
    answer = ana.get(f"/people/{person}/seen/?format=csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["When", "To whom"]
    assert [row[1:3] for row in rows[1:]] == [
        ["Cedar Food Bank", "Message about a referral"],
        ["Cedar Food Bank", "Referral"],
    ]
    assert {row[-1] for row in rows[1:]} == {"tpo"}
    paper = ana.get(f"/people/{person}/seen/?format=pdf")
    assert paper.content.startswith(b"%PDF-")
    assert paper["Cache-Control"] == "no-store, private"


def test_only_for_own_people(community: Community, sign_in: Callable[[Client, Actor], Client]) -> None:
    person, _ours, _theirs = said(community)
    for who in (community.olga, community.sam):
        assert sign_in(Client(), who).get(f"/people/{person}/seen/?format=csv").status_code == 404


@pytest.mark.parametrize(
    ("basis", "purpose", "expected"),
    [
        ("consent", "care_coordination", "tpo"),  # 164.528(a)(1)(i)
        ("treatment", "treatment", "tpo"),
        ("agreement", "payment", "tpo"),
        ("own_request", "own_request", "individual"),  # (ii)
        ("consent", "research", ""),
        ("emergency", "emergency", ""),
        ("own", "care_coordination", "own"),
    ],
)
def test_what_need_not_be_listed(basis: str, purpose: str, expected: str) -> None:
    assert exemption(basis, purpose) == expected
