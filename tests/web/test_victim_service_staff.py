"""A victim-service provider writes nobody down here (28 CFR 90.4; design § 3): page, service, SQL."""

from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.community import Community
from tests.guards import officer
from waypost.coordination.services import Ask, request_coordination
from waypost.kernel.errors import Refused
from waypost.kernel.ids import uuid7
from waypost.kernel.transaction import acting
from waypost.network.services import add_organization
from waypost.people.services import Identity, register

pytestmark = pytest.mark.django_db
FORBIDDEN = 403


@pytest.fixture
def house() -> UUID:
    """A victim-service provider that takes part."""
    return add_organization(name="Harbor Line", kind="cbo", legal_status="victim_service")


def test_neither_person_nor_request_is_written_down(house: UUID) -> None:
    eve = officer(house, "Eve Lund", role="coordinator")
    with acting(eve), pytest.raises(Refused, match="writes nobody down"):
        register(actor=eve, identity=Identity(given_name="Rosa", family_name="Diaz"))
    with acting(eve), pytest.raises(Refused, match="writes nobody down"):
        request_coordination(actor=eve, ask=Ask(person_name="Rosa Diaz", reason="food-insecurity"))


@pytest.mark.parametrize("page", ["/people/new/", "/ask/"])
def test_instead_of_a_form_the_page_says_why(house: UUID, page: str) -> None:
    eve = officer(house, "Eve Lund", role="coordinator")
    client = Client()
    client.force_login(get_user_model().objects.get(pk=eve.user_id))
    answer = client.get(page)
    assert answer.status_code == FORBIDDEN
    assert "serves victims of violence" in answer.content.decode()
    assert b"<form class=" not in answer.content.split(b"<main")[1].split(b"</main>")[0]
    assert client.post(page, {"given_name": "Rosa"}).status_code == FORBIDDEN


@pytest.mark.parametrize(("status", "kept"), [("victim_service", False), ("none", True)])
def test_no_statement_of_the_site_writes_one_either(community: Community, status: str, kept: bool) -> None:
    there = add_organization(name="Another", kind="cbo", legal_status=status)
    row = (
        "INSERT INTO people_person SELECT (jsonb_populate_record(NULL::people_person, to_jsonb(p)"
        " || jsonb_build_object('id', %s::text, 'held_by_id', %s::text))).* FROM one p"
    )
    with acting(community.ana):
        register(actor=community.ana, identity=Identity(given_name="Rosa", family_name="Diaz"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE one ON COMMIT DROP AS SELECT * FROM people_person LIMIT 1")
        cursor.execute("GRANT SELECT ON one TO waypost_web")
        cursor.execute("SET LOCAL ROLE waypost_web")
        cursor.execute("SELECT set_config('waypost.organization', %s, true)", [str(there)])
        written = True
        try:
            with transaction.atomic():
                cursor.execute(row, [str(uuid7()), str(there)])
        except DatabaseError as refused:
            written = False
            assert "row-level security" in str(refused)
    assert written is kept
