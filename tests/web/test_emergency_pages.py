"""Emergency access in the pages: the warning, the clock, the review; no oracle in what is answered."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.community import Community, rosa
from tests.guards import officer
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, said, text
from waypost.disclosure.selectors import disclosures
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
ASK = {
    "given_name": "Rosa", "family_name": "Delgado", "birth_date": "1972-03-14", "reason": "medical",
    "words": "She fell and does not speak.", "sure": "on",
}  # fmt: skip
OPEN = "/privacy/emergencies/open/"


def test_the_warning_comes_first_and_the_people_page_leads_to_it(community: Community, sam: Client) -> None:
    assert OPEN in text(sam.get("/people/"))
    page = text(sam.get(OPEN))
    assert "Stop and read this first." in page
    assert "It is open for 60 minutes, to you alone" in page


def test_opening_shows_the_clock_on_every_page_until_it_is_ended(community: Community, sam: Client) -> None:
    person = rosa(community.ana)
    answer = sam.post(OPEN, ASK)
    assert answer.status_code == FOUND
    own = answer.headers["Location"]
    assert "Rosa Delgado" in text(sam.get(own))
    record = text(sam.get(f"/people/{person}/"))
    assert "opened in an emergency" in record
    assert "Mar" not in record and "1972" not in record
    for address in (f"/people/{person}/", "/inbox/", "/people/"):
        assert re.search(r"5\d minutes are left", text(sam.get(address))), address
    assert sam.post(f"{own}end/").status_code == FOUND
    assert sam.get(f"/people/{person}/").status_code == NOT_FOUND
    assert "minutes are left" not in text(sam.get("/inbox/"))
    assert "Rosa" not in text(sam.get(own))


def test_the_record_says_what_is_not_there_and_whom_to_call(community: Community, sign_in: SignIn) -> None:
    """The doctor stands there where health is at stake, and not for somebody who is missing."""
    person = rosa(community.ana)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET usual_provider = 'Dr. Okoro' WHERE id = %s", [person])
        cursor.execute(
            "UPDATE network_organization SET phone = '206-555-0177' WHERE id = %s", [community.clinic]
        )
    sam = sign_in(Client(), community.sam)
    for reason, told in (("medical", True), ("missing", False)):
        own = sam.post(OPEN, ASK | {"reason": reason}).headers["Location"]
        record = text(sam.get(f"/people/{person}/"))
        assert "keeps no diagnoses, medicines, allergies" in record
        assert "tel:+12065550177" in record and "988" in record
        assert ("Dr. Okoro" in record) is told
        sam.post(f"{own}end/")


def test_a_miss_and_a_forbidden_hit_answer_with_the_same_page(community: Community, sign_in: SignIn) -> None:
    rosa(community.ana)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = 'part2_program' WHERE id = %s", [community.clinic]
        )
    client = sign_in(Client(), community.sam)
    pages = []
    for born in ("1972-03-14", "1972-03-15"):
        answer = client.post(OPEN, ASK | {"birth_date": born})
        assert answer.status_code == REFUSED
        page = re.sub(r"E-\d{4}-\w{5}|csrfmiddlewaretoken\S* value=\S+", "", text(answer))
        pages.append(page.replace(born, ""))
    assert "These facts open nothing." in pages[0]
    assert pages[0] == pages[1]


@pytest.mark.parametrize(("holder", "carries"), [("part2_program", ["part2_notice"]), ("none", [])])
def test_a_record_of_a_part_2_program_carries_the_notice_and_says_that_no_consent_is_behind_it(
    community: Community, sign_in: SignIn, holder: str, carries: list[str]
) -> None:
    person = rosa(community.ana)
    with connection.cursor() as cursor:
        for status, organization in ((holder, community.clinic), ("covered_entity", community.bank)):
            cursor.execute(
                "UPDATE network_organization SET legal_status = %s WHERE id = %s", [status, organization]
            )
    client = sign_in(Client(), community.sam)
    assert client.post(OPEN, ASK).status_code == FOUND
    record = text(client.get(f"/people/{person}/"))
    for words in (
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
        "No consent stands behind this",
    ):
        assert (words in record) == bool(carries)
    with acting(community.ana):
        (row,) = disclosures(community.ana, person)
    assert list(row.carries) == carries


@pytest.mark.parametrize("left", ["words", "reason", "sure", "birth_date"])
def test_nothing_may_be_left_out(community: Community, sam: Client, left: str) -> None:
    rosa(community.ana)
    answer = sam.post(OPEN, ASK | {left: ""})
    assert (answer.status_code, "Rosa" in text(answer)) == (REFUSED, True), "what was typed is still there"


def test_the_officer_of_each_side_and_nobody_else(community: Community, sign_in: SignIn) -> None:
    rosa(community.ana)
    pia, max_ = officer(community.bank), officer(community.clinic, "Max Roy")
    sam = sign_in(Client(), community.sam)
    own = sam.post(OPEN, ASK).headers["Location"]
    assert sam.post(f"{own}review/", {"words": "x", "verdict": "justified"}).status_code == FORBIDDEN
    ours, theirs = sign_in(Client(), pia), sign_in(Client(), max_)
    assert "She fell and does not speak." in text(theirs.get(own))
    assert theirs.post(f"{own}review/", {"words": "x", "verdict": "justified"}).status_code == NOT_FOUND
    assert "Emergency access" in text(ours.get("/privacy/"))
    queue = text(ours.get("/privacy/emergencies/"))
    assert own in queue
    assert "Rosa" not in text(ours.get(own)), "the reviewer judges the words, not the record"
    for who in (community.olga, community.ana, community.ito):
        assert sign_in(Client(), who).get(own).status_code in {NOT_FOUND, FORBIDDEN}
    assert ours.post(f"{own}review/", {"words": "", "verdict": "not"}).status_code == REFUSED
    answer = ours.post(f"{own}review/", {"words": "The crew confirmed it.", "verdict": "justified"})
    assert answer.status_code == FOUND
    assert said(answer) == ["You found it justified."]
    assert "Nothing waits for review." in text(ours.get("/privacy/emergencies/"))
    assert sign_in(Client(), community.sam).get(own).status_code == OK
