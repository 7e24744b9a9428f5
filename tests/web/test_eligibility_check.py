"""Could I get this? Anybody may ask, and nothing is kept."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import NOT_FOUND, OK, REFUSED, text
from waypost.directory import services
from waypost.directory.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def lunch(community: Community) -> UUID:
    """A service with rules: in words, in columns and in papers."""
    organization = services.create_organization(name="Elm Center")
    return services.create_service(
        organization_id=organization,
        name="Senior lunch",
        eligibility="Income at or below 200% of the federal poverty level",
        minimum_age=Decimal(60),
        areas=["98144"],
        required_documents=["Photo ID"],
    )


def ask(client: Client, service: UUID, **answers: object) -> str:
    return text(client.post(reverse("check_service", args=[service]), answers))


def test_each_rule_is_answered(client: Client, lunch: UUID) -> None:
    known = {"zip": "98144", "household_size": "1", "income": "12000", "documents": ["photo_id"]}
    page = ask(client, lunch, age="70", **known)
    assert page.count('class="tag good') == 4
    assert "the income is within the limit" in page.lower()
    page = ask(client, lunch, age="40", zip="98101", household_size="1", income="90000")
    assert page.count('class="tag stop') == 3


def test_what_was_not_told_is_not_known_and_not_no(client: Client, lunch: UUID) -> None:
    page = ask(client, lunch, age="70")
    assert "has rules to check" in page.lower()
    assert 'class="tag stop' not in page


def test_nothing_stands_in_the_address_and_nothing_is_stored(client: Client, lunch: UUID) -> None:
    address = reverse("check_service", args=[lunch])
    answer = client.post(address, {"age": "70", "income": "12000"})
    assert (answer.status_code, answer.headers.get("Location")) == (OK, None)
    assert 'value="12000"' not in text(client.get(address))
    assert "Could I get this" in text(client.get(reverse("service", args=[lunch])))


@pytest.mark.parametrize(
    "wrong", [{"age": "200"}, {"age": "x"}, {"income": "-1"}, {"sex": "z"}, {"documents": ["z"]}]
)
def test_answers_that_make_no_sense_come_back(client: Client, lunch: UUID, wrong: dict[str, object]) -> None:
    assert client.post(reverse("check_service", args=[lunch]), wrong).status_code == REFUSED


def test_a_victim_service_is_called_and_not_checked(client: Client, lunch: UUID) -> None:
    Organization.objects.filter(services__id=lunch).update(is_victim_service=True)
    assert client.get(reverse("check_service", args=[lunch])).status_code == NOT_FOUND
    assert client.get(reverse("check_service", args=[uuid4()])).status_code == NOT_FOUND


def test_it_speaks_spanish(client: Client, lunch: UUID) -> None:
    client.post(reverse("set_language"), {"language": "es"})
    assert "¿Podría recibir esto?" in text(client.get(reverse("check_service", args=[lunch])))
