"""Pages about violence carry the way out; it works without scripts, and says what it cannot hide."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import FOOD, Community
from tests.web.reading import OK, text
from waypost.directory import services as directory
from waypost.directory.findings import make_all_anew
from waypost.web.quick_exit import speaks_of_violence

pytestmark = pytest.mark.django_db

WAY_OUT = re.compile(r'<a class="btn stop" href="https://www\.weather\.gov/"[^>]*data-exit>')


def _service(name: str, *, victim: bool = False, needs: tuple[str, ...] = (FOOD,)) -> str:
    organization = directory.create_organization(name=f"{name} House", is_victim_service=victim)
    service = directory.create_service(organization_id=organization, name=name, need_categories=list(needs))
    make_all_anew()
    return str(service)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("page", ["service", "check_service", "report_fault"])
def test_pages_of_such_a_service_have_it(
    community: Community, client: Client, page: str, language: str
) -> None:
    client.cookies["django_language"] = language
    plain = _service("Groceries")
    by_need = _service("Safe nights", needs=("intimate-partner-violence",))
    by_name = _service("Domestic violence counseling")
    assert WAY_OUT.search(text(client.get(reverse(page, args=[plain])))) is None
    for each in (by_need, by_name):
        answer = client.get(reverse(page, args=[each]))
        assert answer.status_code == OK
        assert WAY_OUT.search(text(answer)), page
        assert reverse("leaving") in text(answer)


def test_a_victim_services_page_has_it(community: Community, client: Client) -> None:
    assert WAY_OUT.search(text(client.get(reverse("service", args=[_service("Help line", victim=True)]))))


SEARCHES = [
    ("?need=intimate-partner-violence", True),
    ("?need=elder-abuse", True),
    ("?q=he+hits+me", True),
    ("?q=domestic+violence+shelter", True),
    ("?q=mi+esposo+me+pega", True),
    ("?q=violencia", True),
    ("?q=restraining+order", True),
    ("?q=groceries", False),
    ("?need=food-insecurity", False),
]


@pytest.mark.parametrize(("question", "expected"), SEARCHES)
def test_searches_for_such_help_have_it(
    community: Community, client: Client, question: str, expected: bool
) -> None:
    page = text(client.get(reverse("find_help") + question))
    assert bool(WAY_OUT.search(page)) is expected
    if expected:
        (title,) = re.findall(r"<title>(.*?)</title>", page)
        assert title.strip() == "Find help · Waypost", "the history of the browser says no more"


def test_a_part_of_a_search_brings_it_along(community: Community, client: Client) -> None:
    answer = client.get(reverse("find_help") + "?need=elder-abuse", headers={"HX-Request": "true"})
    assert WAY_OUT.search(text(answer))


def test_it_is_said_what_it_cannot_hide(client: Client) -> None:
    page = text(client.get(reverse("leaving")))
    assert "stay in the history of the browser" in page
    assert WAY_OUT.search(page)


def test_words_in_both_languages_are_known() -> None:
    for words in ("my partner beats me", "abused", "me golpea", "tengo miedo de él", "he was violent"):
        assert speaks_of_violence(words), words
    for words in ("food", "rent", "comida", "dentist"):
        assert not speaks_of_violence(words), words
