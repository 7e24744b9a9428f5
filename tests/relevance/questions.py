"""The judged questions, the communities they are asked in, and the search's mark for each."""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
from uuid import UUID

from django.db import connection

from tests.relevance.ndcg import ndcg
from waypost.directory.models import Service
from waypost.directory.selectors import SearchQuery, search
from waypost.directory.selectors.words import frequencies
from waypost.interop.hsds.importer import import_feed

JUDGMENTS = Path(__file__).parent / "judgments.json"
DEPTH = 10
FEEDS = {
    "ohana": "ohana-sample",
    "ilao": "illinois-ilao",
    "haarrrvest": "haarrrvest-food-cc0/hsds_jobs.ndjson",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, and the grade (1 to 3) of each service that answers it, by feed and its id there.

    3: just what was asked for. 2: helps with it. 1: related, worth a call. What is not named here is 0.
    """

    words: str
    zip: str
    language: str
    community: str
    grades: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one question, with the grades of the first results."""

    question: Question
    value: float
    found: tuple[int, ...]


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the file's order."""
    body = json.loads(JUDGMENTS.read_text(encoding="utf-8"))
    return tuple(Question(**each) for each in body)


def import_communities(shared_data: Path) -> None:
    """The three communities into one directory, and the statistics that a real database has by itself."""
    for source, path in FEEDS.items():
        import_feed([shared_data / "communities" / path], source=source)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    frequencies.cache_clear()


def marks() -> list[Mark]:
    """Ask every question."""
    known: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    rows = Service.objects.values_list("source", "source_scope", "source_id", "id")
    for source, scope, source_id, service_id in rows:
        known[source, f"{scope}/{source_id}" if scope else source_id].append(service_id)
    return [_mark(each, known) for each in questions()]


def _mark(question: Question, known: dict[tuple[str, str], list[UUID]]) -> Mark:
    grades = {
        service_id: grade
        for feed, given in question.grades.items()
        for key, grade in given.items()
        for service_id in known[feed, key]
    }
    result = search(SearchQuery(words=question.words, zip=question.zip, per_page=DEPTH))
    found = tuple(grades.get(hit.listing.id, 0) for hit in result.hits)
    return Mark(question, ndcg(found, grades.values(), DEPTH), found)


def average(given: list[Mark], **wanted: str) -> float:
    """The mean of the marks whose question has these values (``language="es"``)."""
    return mean(
        each.value
        for each in given
        if all(getattr(each.question, name) == value for name, value in wanted.items())
    )
