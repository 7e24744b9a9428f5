"""A long feed goes in slice by slice, with the rows and the sums that it has at once."""

import gzip
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as some

from tests.interop.feeds import feed
from waypost.directory.hsds import ORDER
from waypost.directory.tables import model_of
from waypost.interop.hsds import slices
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.watching import Watcher

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
WHOLE = 1_000_000
Result = tuple[dict[str, Any], dict[str, list[Any]]]


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = slices.SLICE
    yield
    slices.SLICE = before


def directory() -> dict[str, list[Any]]:
    return {
        table.name: [
            repr(sorted(row.items())) for row in model_of(table.name).objects.order_by("pk").values()
        ]
        for table in ORDER
    }


def brought(path: Path, size: int, before: Path | None = None, **asked: Any) -> Result:
    """What the import of these lines does, in slices of this size; nothing of it stays."""
    slices.SLICE = WHOLE
    with transaction.atomic():
        if before:
            import_feed([before], source="lines", at=AT)
        slices.SLICE = size
        report = import_feed([path], source="lines", at=AT, **asked)
        found = report.as_json() | {
            name: sorted(json.dumps(asdict(each)) for each in getattr(report, name))
            for name in ("quarantine", "marked")
        }
        rows = directory()
        transaction.set_rollback(True)
    return found, rows


def written(folder: Path, lines: list[str], name: str = "feed.ndjson") -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


names = some.sampled_from(["", "Cedar", "Alder"])
ids = some.sampled_from(["1", "2", "3"])
things = some.fixed_dictionaries({"id": ids, "name": names}, optional={"description": names})
places = some.fixed_dictionaries(
    {"id": ids, "name": names}, optional={"addresses": some.lists(things, max_size=1), "description": names}
)
terms = some.fixed_dictionaries(
    {"id": ids, "name": some.sampled_from(["Food", "Housing"])},
    optional={"parent_id": ids, "description": names},
)
services = some.fixed_dictionaries(
    {"id": ids, "name": names, "status": some.just("active")},
    optional={
        "organization": things,
        "organization_id": ids,
        "description": names,
        "phones": some.lists(some.fixed_dictionaries({"number": some.just("206-555-0100")}), max_size=2),
        "service_at_locations": some.lists(
            some.fixed_dictionaries({"id": ids}, optional={"location": places, "location_id": ids}),
            max_size=2,
        ),
        "attributes": some.lists(
            some.fixed_dictionaries({"id": ids}, optional={"taxonomy_term": terms, "taxonomy_term_id": ids}),
            max_size=2,
        ),
    },
)
owners = some.fixed_dictionaries(
    {"id": ids, "name": names},
    optional={
        "services": some.lists(services, max_size=2),
        "locations": some.lists(places, max_size=2),
        "parent_organization_id": ids,
        "website": some.just("https://cedar.example"),
    },
)
broken = some.sampled_from(['{"id": "1", "na', "[]", '"word"', '{"a": 1}'])
lines_of_any_kind = some.lists(
    some.one_of(services.map(json.dumps), owners.map(json.dumps), broken), min_size=8, max_size=16
).map(lambda lines: [json.dumps({"id": "0", "name": "First"}), *lines])


@how(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=lines_of_any_kind, size=some.sampled_from([1, 2, 7]), dice=some.randoms())
def test_slices_do_what_the_whole_does(
    tmp_path: Path, lines: list[str], size: int, dice: random.Random
) -> None:
    earlier = [lines[0], *dice.sample(lines[1:], 4)]
    path, before = written(tmp_path, lines), written(tmp_path, earlier, "before.ndjson")
    for asked in ({}, {"dry_run": True}, {"complete": True}):
        for first in (None, before):
            assert brought(path, size, first, **asked) == brought(path, WHOLE, first, **asked)


@how(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(dice=some.randoms(), size=some.sampled_from([1, 2, 7]))
def test_a_real_feed_in_any_order(shared_data: Path, tmp_path: Path, dice: random.Random, size: int) -> None:
    lines = feed(shared_data, "haarrrvest").read_text(encoding="utf-8").splitlines()
    dice.shuffle(lines)
    path = written(tmp_path, lines[:40])
    assert brought(path, size) == brought(path, WHOLE)


def test_what_is_named_before_it_comes_is_found(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [
            '{"id": "s1", "name": "Meals", "status": "active", "organization_id": "o1"}',
            '{"id": "o2", "name": "Alder", "website": "", "parent_organization_id": "o1"}',
            '{"id": "o1", "name": "Cedar", "website": ""}',
        ],
        "feed.jsonl",
    )
    report, rows = brought(path, 1)
    assert report["tables"]["services"]["created"] == 1
    assert report["tables"]["organizations"] == {
        "read": 2, "created": 2, "updated": 0, "unchanged": 0, "quarantined": 0,
    }  # fmt: skip
    assert (report, rows) == brought(path, WHOLE)


def test_the_first_wins_and_the_report_says_where_it_came(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        [
            '{"id": "o1", "name": "Cedar", "website": ""}',
            '{"id": "o2", "name": "Birch", "website": ""}',
            '{"id": "o1", "name": "Alder", "website": ""}',
            '{"id": "o1", "name": "Cedar", "description": "Filled in", "website": ""}',
        ],
    )
    slices.SLICE = 1
    report = import_feed([path], source="lines")
    assert report.tables["organizations"] == {
        "read": 4, "created": 2, "updated": 0, "unchanged": 1, "quarantined": 1,
    }  # fmt: skip
    (aside,) = report.quarantine
    assert (aside.row, aside.rule) == (3, "duplicate_id")
    assert aside.reason.endswith("(row 1).")
    cedar = model_of("organizations").objects.get(source_id="o1")
    assert (cedar.name, cedar.description) == ("Cedar", "Filled in")
    again = import_feed([path], source="lines")
    assert again.rows_written == 0


@pytest.mark.parametrize("form", ["gz", "zip", "folder"])
def test_packed_lines_and_several_files(tmp_path: Path, form: str) -> None:
    lines = [json.dumps({"id": f"o{n}", "name": f"Agency {n}", "website": ""}) for n in range(5)]
    if form == "gz":
        path = tmp_path / "feed.ndjson.gz"
        path.write_bytes(gzip.compress("\n".join(lines).encode()))
    elif form == "zip":
        path = tmp_path / "feed.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.ndjson", "\n".join(lines[:3]))
            archive.writestr("b.jsonl", "\n".join(lines[3:]))
    else:
        path = tmp_path / "feed"
        path.mkdir()
        written(path, lines[:3], "a.ndjson")
        written(path, lines[3:], "b.ndjson")
    report, rows = brought(path, 2)
    assert report["tables"]["organizations"]["created"] == 5
    assert (report, rows) == brought(path, WHOLE)


def test_an_import_that_ends_half_way_changes_nothing(tmp_path: Path) -> None:
    class Killed(Exception):  # noqa: N818 - it stands for a kill
        pass

    class Ends(Watcher):
        def at(self, phase: str, done: int, total: int = 0) -> None:
            if phase == "writing" and done > 3:
                raise Killed

    lines = [
        json.dumps(
            {"id": f"s{n}", "name": "Meals", "status": "active", "organization": {"id": "o", "name": "C"}}
        )
        for n in range(9)
    ]
    slices.SLICE = 2
    with pytest.raises(Killed):
        import_feed([written(tmp_path, lines)], source="lines", watcher=Ends())
    assert not any(directory().values())


def test_a_file_that_is_damaged_further_on_brings_nothing(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"o{sha256(bytes([n % 256, n // 256])).hexdigest()}", "name": "Cedar"})
        for n in range(3000)
    ]
    path = tmp_path / "feed.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-2000])
    slices.SLICE = 10
    with pytest.raises(Unreadable):
        import_feed([path], source="lines")
    assert not any(directory().values())
