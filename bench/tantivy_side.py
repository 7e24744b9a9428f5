"""The same findings in a tantivy index, asked the same: what the search is compared with."""

import re
import tempfile
from collections.abc import Iterator
from typing import Any

import psycopg
import tantivy

from waypost.directory.facets import NOWHERE, SAMPLES
from waypost.directory.rules.cells import rings
from waypost.directory.selectors.understood import Understood
from waypost.directory.zips import zip_place

_LEXEME = re.compile(r"'((?:[^']|'')*)'")
ROWS = 20


class Beside:
    """An index on disk with the lexemes and keys of every finding."""

    def __init__(self, superuser: str) -> None:
        builder = tantivy.SchemaBuilder()
        for name in ("head", "body"):
            builder.add_text_field(name, tokenizer_name="whitespace")
        builder.add_text_field("keys", tokenizer_name="whitespace", fast=True)
        builder.add_integer_field("id", stored=True)
        self.folder = tempfile.TemporaryDirectory()
        self.index = tantivy.Index(builder.build(), self.folder.name)
        writer = self.index.writer(300_000_000, 1)
        for number, head, body, keys in _findings(superuser):
            writer.add_document(tantivy.Document(id=number, head=head, body=body, keys=keys))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(
        self,
        said: Understood,
        zip_code: str,
        filters: tuple[tuple[str, ...], ...],
        radius: float,
        counts: bool,
    ) -> int:
        """The best twenty with their number; with ``counts``, how many of each key as well.

        As the search does: of a filter, what it asks for or what says nothing about it; and the other
        choices of a filter that is on are counted as if it were off, for which it is asked once more.
        """
        parts: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for each in said.meanings:
            words = sorted(set(_LEXEME.findall(each.found_by)))
            parts.append(
                (tantivy.Occur.Must, self._any([("head", w) for w in words] + [("body", w) for w in words]))
            )
        place = zip_place(zip_code)
        if place and place.latitude is not None and place.longitude is not None:
            near = [each for ring in rings(place.latitude, place.longitude, radius) for each in ring]
            nowhere = [f"{NOWHERE}:{state}:{n}" for state in ("", place.state) for n in range(len(SAMPLES))]
            parts.append((tantivy.Occur.Must, self._any([("keys", each) for each in (*near, *nowhere)])))
        each_filter = [(tantivy.Occur.Must, self._any([("keys", each) for each in keys])) for keys in filters]
        query = tantivy.Query.boolean_query([*parts, *each_filter])
        found = self.searcher.search(query, ROWS, count=True)
        if counts:
            self._count(query)
            for left_out in each_filter:
                others = [*parts, *(each for each in each_filter if each is not left_out)]
                self._count(tantivy.Query.boolean_query(others) if others else tantivy.Query.all_query())
        for _score, address in found.hits:
            self.searcher.doc(address)
        return int(found.count or 0)

    def _count(self, query: tantivy.Query) -> None:
        self.searcher.aggregate(query, {"keys": {"terms": {"field": "keys", "size": 100}}})

    def _any(self, terms: list[tuple[str, str]]) -> tantivy.Query:
        schema = self.index.schema
        one = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, field, word)) for field, word in terms]
        return tantivy.Query.boolean_query(one)


def _findings(superuser: str) -> Iterator[tuple[Any, ...]]:
    with psycopg.connect(superuser) as db, db.cursor(name="findings") as cursor:
        cursor.itersize = 5000
        cursor.execute(
            "SELECT id, array_to_string(tsvector_to_array(head), ' '),"
            " array_to_string(tsvector_to_array(document), ' '), array_to_string(keys, ' ')"
            " FROM directory_finding"
        )
        yield from cursor
