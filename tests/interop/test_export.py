"""Export, then import as another feed, which knows nothing of the first: table by table nothing is lost."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.interop.feeds import FEEDS, feed
from waypost.directory.hsds import ORDER, TABLES
from waypost.directory.selectors.open_rows import columns_of
from waypost.directory.tables import field_name, model_of
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db
FORMS = {"tabular": "export.zip", "json": "export.json", "ndjson": "export.ndjson.gz"}
COPY = "copy"
OURS = {"services": ("need_categories",), "locations": ("coordinates_status",)}
Tables = dict[str, dict[Any, dict[str, Any]]]


def analyzed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def rows_of(source: str, *, by_source_id: bool) -> Tables:
    """Every row of a feed: HSDS columns and what was beside them, by the id it had first."""
    first: dict[Any, Any] = {}
    for table in ORDER:
        for row in model_of(table.name).objects.filter(source=source).values("id", "source_id"):
            first[row["id"]] = row["source_id"] if by_source_id else str(row["id"])
    found: Tables = {}
    for table in ORDER:
        names = [*columns_of(table.name), *OURS.get(table.name, ())]
        fields = {name: field_name(table.name, name) for name in names}
        held = found.setdefault(table.name, {})
        for row in model_of(table.name).objects.filter(source=source):
            values = {name: getattr(row, field) for name, field in fields.items() if name != "id"}
            for name in {each.column for each in table.references} | set(
                table.link[:1] if table.link else ()
            ):
                values[name] = first.get(values[name], values[name])
            extra = dict(row.extra)
            extra.pop("waypost", None)
            held[first[row.id]] = values | {"extra": extra}
    return found


# Lines hold the same objects as one file does: the large community is tried once in either kind.
TRIED = [(name, form) for name in FEEDS for form in FORMS if (name, form) != ("haarrrvest", "ndjson")]


@pytest.mark.parametrize(("name", "form"), TRIED)
def test_nothing_is_lost(shared_data: Path, tmp_path: Path, name: str, form: str) -> None:
    import_feed([feed(shared_data, name)], source=name)
    analyzed()
    before = rows_of(name, by_source_id=False)
    out = tmp_path / FORMS[form]
    call_command("export_directory", format=form, out=out)
    report = import_feed([out], source=COPY)
    assert report.quarantine == [] and report.unreadable == []
    after = rows_of(COPY, by_source_id=True)
    for table in TABLES:
        assert set(after[table]) == set(before[table]), table
        different = {
            key: (row, after[table][key]) for key, row in before[table].items() if after[table][key] != row
        }
        assert different == {}, table
    again = import_feed([out], source=COPY)
    assert sum(each["created"] + each["updated"] for each in again.tables.values()) == 0
