"""Privacy incidents and legal demands over the pages: anybody reports, officers follow the law's steps."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.community import Community, rosa
from tests.guards import officer
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.guarding.machine import CLOSED, DEMAND, INCIDENT, OFFICER, TOLD
from waypost.guarding.services.emergency import Facts, open_emergency, review_emergency
from waypost.kernel.actors import Actor
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
REPORT = "/privacy/incidents/report/"
FACTORS = {
    "do": "assess", "nature": "Names and phone numbers", "who": "A clinic that is bound by HIPAA",
    "acquired": "The list was opened", "mitigated": "Deleted, said so in writing", "people": "12",
}  # fmt: skip


@pytest.mark.parametrize("who", ["ana", "ito", "sam", "lee", "ivy", "olga"])
def test_anybody_reports_and_officers_alone_read(community: Community, sign_in: SignIn, who: str) -> None:
    pia = officer(community.clinic)
    client = sign_in(Client(), getattr(community, who))
    assert "Report a privacy problem" in text(client.get(REPORT))
    assert client.post(REPORT, {"words": " ", "source": "worker"}).status_code == REFUSED
    answer = client.post(REPORT, {"words": "I faxed a list to a wrong number.", "source": "worker"})
    assert answer.status_code == FOUND
    listed = "I faxed a list" in text(sign_in(Client(), pia).get("/privacy/incidents/"))
    assert listed == (who in {"ana", "ito", "lee"})
    assert sign_in(Client(), community.ana).get("/privacy/incidents/").status_code == FORBIDDEN


def first(client: Client) -> str:
    client.post(REPORT, {"words": "I faxed a list to a wrong number.", "source": "worker"})
    found = re.search(r"/privacy/incidents/[0-9a-f-]{36}/", text(client.get("/privacy/incidents/")))
    assert found
    return found[0]


def test_a_breach_closes_only_after_the_people_were_told(community: Community, sign_in: SignIn) -> None:
    lee = sign_in(Client(), community.lee)
    page = first(lee)
    due = timezone.localdate() + timedelta(days=60)
    assert due.strftime("%-d %b") in text(lee.get(page)), "45 CFR 164.404(b)"
    assert lee.post(page, FACTORS | {"low_risk": "no"}).status_code == REFUSED, "it was not taken up yet"
    assert lee.post(page, {"do": "look_into", "words": "I called them."}).status_code == FOUND
    for left in ("nature", "who", "acquired", "mitigated", "low_risk"):
        assert lee.post(page, FACTORS | {"low_risk": "no", left: ""}).status_code == REFUSED, left
    assert lee.post(page, FACTORS | {"low_risk": "no"}).status_code == FOUND
    assert lee.post(page, {"do": "close", "words": "Done"}).status_code == REFUSED
    future = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert lee.post(page, {"do": "tell", "told_on": future, "words": "By mail"}).status_code == REFUSED
    today = timezone.localdate().isoformat()
    assert lee.post(page, {"do": "tell", "told_on": today, "words": "By mail"}).status_code == FOUND
    assert lee.post(page, {"do": "close", "words": "Done"}).status_code == FOUND
    shown = text(lee.get(page))
    assert "Closed" in shown and "I called them." in shown and "Open it again" in shown


def test_a_low_risk_closes_with_words_that_show_why(community: Community, sign_in: SignIn) -> None:
    lee = sign_in(Client(), community.lee)
    page = first(lee)
    lee.post(page, {"do": "look_into", "words": "I called them."})
    assert lee.post(page, FACTORS | {"low_risk": "yes"}).status_code == FOUND
    assert "Low risk: no breach." in text(lee.get(page))
    assert lee.post(page, {"do": "close", "words": "No breach"}).status_code == FOUND


def test_an_emergency_that_was_not_justified_is_an_incident(community: Community, sign_in: SignIn) -> None:
    rosa(community.ana)
    pia = officer(community.bank)
    client = sign_in(Client(), pia)
    with acting(community.sam):
        opened = open_emergency(
            actor=community.sam, facts=Facts(phone="206-555-0143"), reason="harm", words="Somebody called."
        )
    with acting(pia):
        review_emergency(actor=pia, emergency_id=opened, justified=False, words="Nobody was in danger.")
    page = text(client.get("/privacy/incidents/"))
    assert "found not justified" in page
    assert "Privacy incidents" in text(client.get("/privacy/"))


# Legal demands

DEMANDED = {"kind": "subpoena", "asked_by": "J. Doe, law firm, 206-555-0199", "asked_for": "All records"}


def test_the_form_stops_first_and_releases_nothing(community: Community, sign_in: SignIn) -> None:
    officer(community.clinic, "Pia Berg")
    ito = sign_in(Client(), community.ito)
    page = text(ito.get("/privacy/demands/new/"))
    assert page.index("Stop. Give nothing") < page.index("What came?")
    assert "Pia Berg" in page
    assert "subpart E is needed" not in page
    for left in DEMANDED:
        assert ito.post("/privacy/demands/new/", DEMANDED | {left: ""}).status_code == REFUSED
    answer = ito.post("/privacy/demands/new/", DEMANDED)
    assert answer.status_code == OK
    assert "Now call, and wait." in text(answer)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    told = Event.objects.get(name="demand.taken_in").payload
    assert told["to_organization"] == str(community.clinic)
    assert "law firm" not in str(told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM disclosure_disclosure")
        assert cursor.fetchone() == (0,)


def test_a_program_reads_that_a_subpoena_is_not_enough(community: Community, sign_in: SignIn) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = 'part2_program' WHERE id = %s", [community.bank]
        )
    page = text(sign_in(Client(), community.sam).get("/privacy/demands/new/"))
    assert "a court order under 42 CFR part 2, subpart E is needed, with a subpoena" in page


def test_officers_answer_and_every_step_stays(community: Community, sign_in: SignIn) -> None:
    lee = sign_in(Client(), community.lee)
    page = lee.post("/privacy/demands/new/", DEMANDED).headers["Location"]
    assert lee.post(page, {"do": "reopen", "words": "x"}).status_code == REFUSED
    assert lee.post(page, {"do": "take", "words": " "}).status_code == REFUSED
    assert lee.post(page, {"do": "take", "words": "Called our lawyer"}).status_code == FOUND
    assert lee.post(page, {"do": "close", "words": "Quashed"}).status_code == FOUND
    assert "Called our lawyer" in text(lee.get(page))
    for who in (community.olga, community.sam):
        assert sign_in(Client(), who).get(page).status_code in {NOT_FOUND, FORBIDDEN}
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE guarding_step SET words = 'x'")


def test_the_public_page_says_how_to_complain_and_names_no_victim_service(
    community: Community, client: Client
) -> None:
    with connection.cursor() as cursor:
        change = "UPDATE network_organization SET phone = %s, legal_status = %s WHERE id = %s"
        cursor.execute(change, ["206-555-0111", "covered_entity", community.clinic])
        cursor.execute(change, ["206-555-0112", "victim_service", community.stranger])
    page = text(client.get("/your-rights/"))
    assert "Cedar Clinic" in page and "1-800-368-1019" in page
    assert "Alder" not in page and "206-555-0112" not in page
    assert "/your-rights/" in text(client.get("/about/"))


def test_the_tables_of_moves_lead_to_an_end_from_everywhere() -> None:
    for table in (INCIDENT, DEMAND):
        for state in table.states:
            reached, todo = set(), [state]
            while todo:
                here = todo.pop()
                reached.add(here)
                todo += [each.target for each in table.moves(here, OFFICER) if each.target not in reached]
            assert CLOSED in reached, (table.name, state)
    assert TOLD not in {each.target for each in INCIDENT.moves("looked_into", OFFICER)}, "weighed first"
