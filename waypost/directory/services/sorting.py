"""Sorting listings into needs again after their words have changed."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from procrastinate.exceptions import AlreadyEnqueued

from waypost.directory.choices import LOCAL_SOURCE
from waypost.directory.findings import catch_up
from waypost.directory.models import Service, WordsState
from waypost.directory.rules.needs import classify_service
from waypost.directory.vocabulary import vocabulary
from waypost.kernel.clock import now

BATCH = 1000
TEXTS = """
WITH RECURSIVE named AS (
  SELECT a.link_id, t.id, t.name, t.parent_id, 1 AS steps
    FROM directory_attribute a JOIN directory_taxonomyterm t ON t.id = a.taxonomy_term_id
   WHERE a.link_id = ANY(%(ids)s)
  UNION ALL
  SELECT n.link_id, t.id, t.name, t.parent_id, n.steps + 1
    FROM named n JOIN directory_taxonomyterm t ON t.id = n.parent_id WHERE n.steps < 10
)
SELECT s.id, s.name, s.alternate_name, s.extra->>'keywords', s.description, s.need_categories,
  coalesce((SELECT array_agg(n.name ORDER BY n.steps, n.name) FROM named n WHERE n.link_id = s.id), '{}')
  || coalesce((SELECT array_agg(a.value ORDER BY a.value) FROM directory_attribute a
                WHERE a.link_id = s.id AND a.taxonomy_term_id IS NULL AND a.link_type <> 'eligibility'), '{}')
  FROM directory_service s WHERE s.id = ANY(%(ids)s) ORDER BY s.id FOR UPDATE OF s
"""


def sort_later() -> None:
    """Have every listing whose needs follow from words sorted anew, in the background."""
    from waypost.directory.jobs import sort_anew  # noqa: PLC0415 - jobs import this module

    WordsState.objects.update_or_create(
        id=1, defaults={"sort_due_at": now()}, create_defaults={"token": uuid4(), "sort_due_at": now()}
    )
    try:
        with transaction.atomic():
            sort_anew.defer()
    except AlreadyEnqueued:
        return


def sort_into_needs() -> int:
    """Sort every imported listing by the words of now; how many have other needs than before.

    A listing written here, or one whose needs a human chose, keeps them.
    """
    begun, changed = now(), 0
    rows = Service.objects.exclude(source=LOCAL_SOURCE).filter(needs_by_hand=False).order_by("id")
    ids = list(rows.values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        changed += _sort(ids[start : start + BATCH])
        catch_up()
    due = WordsState.objects.filter(id=1, sort_due_at__lte=begun)
    due.update(sort_due_at=None)
    WordsState.objects.filter(id=1).update(sorted_at=now(), sorted_changed=changed)
    return changed


@transaction.atomic
def _sort(ids: Sequence[UUID]) -> int:
    words = vocabulary().needs
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, {"ids": list(ids)})
        rows = cursor.fetchall()
    changed = [Service(id=row[0], need_categories=list(found)) for row, found in _other_needs(words, rows)]
    Service.objects.bulk_update(changed, ["need_categories"])
    return len(changed)


def _other_needs(words: Any, rows: list[Any]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    for row in rows:
        _id, name, alternate, keywords, description, before, terms = row
        found = classify_service(
            words, terms=terms, name=f"{name} {alternate} {keywords or ''}", description=description
        )
        if list(found) != before:
            yield row, found
