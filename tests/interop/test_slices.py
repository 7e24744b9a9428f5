"""A feed of any form goes in piece by piece, with the rows and the sums that it has at once."""

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
from tests.interop.packages import folder
from waypost.directory.hsds import ORDER
from waypost.directory.tables import model_of
from waypost.interop.hsds import json_stream, spill
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.mapping import parse_mapping
from waypost.interop.hsds.watching import Watcher

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
WHOLE = 1_000_000
Result = tuple[dict[str, Any], dict[str, list[Any]]]


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = spill.PIECE, json_stream.LARGE
    yield
    spill.PIECE, json_stream.LARGE = before


def directory() -> dict[str, list[Any]]:
    return {
        table.name: [
            repr(sorted(row.items())) for row in model_of(table.name).objects.order_by("pk").values()
        ]
        for table in ORDER
    }


def brought(path: Path, size: int, before: Path | None = None, **asked: Any) -> Result:
    """What the import of this does, in pieces of this size; nothing of it stays."""
    spill.PIECE = WHOLE
    with transaction.atomic():
        if before:
            import_feed([before], source="lines", at=AT, mapping=asked.get("mapping"))
        spill.PIECE = size
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


@how(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=lines_of_any_kind, size=some.sampled_from([1, 2, 7]), dice=some.randoms())
def test_slices_do_what_the_whole_does(
    tmp_path: Path, lines: list[str], size: int, dice: random.Random
) -> None:
    earlier = [lines[0], *dice.sample(lines[1:], 4)]
    path, before = written(tmp_path, lines), written(tmp_path, earlier, "before.ndjson")
    for asked in ({}, {"dry_run": True}, {"complete": True}):
        for first in (None, before):
            assert brought(path, size, first, **asked) == brought(path, WHOLE, first, **asked)


def table(**columns: Any) -> Any:
    """Rows of a table as CSV, with cells drawn from these."""
    row = some.tuples(*(some.sampled_from(cells) for cells in columns.values()))
    return some.lists(row, max_size=7).map(lambda rows: "\n".join(map(",".join, [tuple(columns), *rows])))


_IDS, _NONE = ["1", "2", "3"], [""]
tables = some.fixed_dictionaries(
    {
        "organizations.csv": table(id=_IDS, name=["Cedar", "Alder", ""], parent_organization_id=_NONE + _IDS),
        "services.csv": table(
            id=_IDS + _NONE, organization_id=_NONE + _IDS, name=["Meals", "Beds"], location_id=_NONE + _IDS,
            languages=["", "English", "Tagalog; Spanish"],
        ),
        "locations.csv": table(id=_IDS, organization_id=_NONE + _IDS, name=["Hall", "Barn"]),
        "eligibility.csv": table(id=_IDS, service_id=_IDS + _NONE, eligibility=["Adults", "Veterans"]),
        "phones.csv": table(id=_IDS + _NONE, service_id=_IDS + _NONE, location_id=_IDS, number=["1", "2"]),
        "schedules.csv": table(
            id=_NONE, service_id=_IDS, wkst=["MO", "TU", ""], opens_at=["9:00"], closes_at=["17:00"]
        ),
        "taxonomy_terms.csv": table(id=_IDS, name=["Food", "Housing"], parent_id=_NONE + _IDS),
        "services_taxonomy.csv": table(id=_IDS, service_id=_IDS, taxonomy_id=_IDS),
    }
)  # fmt: skip


@how(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(held=tables, size=some.sampled_from([1, 2, 7]))
def test_tables_in_pieces_are_the_whole(tmp_path: Path, held: dict[str, str], size: int) -> None:
    path = folder(tmp_path / "feed", {"organizations.csv": "", **held, "units.csv": "id,name\n1,Beds"})
    before = folder(tmp_path / "before", {**held, "services.csv": "id,organization_id,name\n1,1,Meals"})
    for asked in ({}, {"complete": True}):
        assert brought(path, size, before, **asked) == brought(path, WHOLE, before, **asked)


@how(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=lines_of_any_kind, size=some.sampled_from([1, 2, 7]), indent=some.sampled_from([None, 1]))
def test_a_list_and_a_large_object_are_the_lines(
    tmp_path: Path, lines: list[str], size: int, indent: int | None
) -> None:
    """The same things one a line, in a list, and in the page of an API that is read element by element."""
    things = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    bodies = {
        "lines": "\n".join(map(json.dumps, things)),
        "list": json.dumps(things, indent=indent),
        "page": json.dumps({"total_pages": 1, "contents": things, "empty": False}, indent=indent),
    }
    found = []
    for large in (json_stream.LARGE, 40):
        json_stream.LARGE = large
        for body in bodies.values():
            (tmp_path / "feed.json").write_text(body, encoding="utf-8")
            found.append(brought(tmp_path / "feed.json", size))
    assert all(each == found[0] for each in found[1:])


@pytest.mark.parametrize(
    "body",
    [
        {"organizations": [{"id": "o1", "name": "Cedar"}, {"id": "o2", "name": "Alder"}],
         "services": [{"id": "s1", "organization_id": "o2", "name": "Meals"}]},
        {"organization": {"id": "o1", "name": "Cedar"}, "services": [{"id": "s1", "name": "Meals"}]},
        {"organizations.csv": [{"id": "o1", "name": "Cedar"}],
         "services.csv": [{"id": "s1", "organization_id": "o1", "name": "Meals"}, 7]},
        {"hsds": {"organizations": [{"id": "o1", "name": "Cedar"}]}, "job": "a"},
        {"id": "o1", "name": "Cedar", "services": [{"id": "s1", "name": "Meals"}, {"id": "2", "name": "B"}]},
        {"services": [{"id": "s1", "name": "Meals", "organization": {"id": "o1", "name": "Cedar"}}]},
    ],
)  # fmt: skip
def test_objects_too_large_to_hold(tmp_path: Path, body: Any) -> None:
    path = written(tmp_path, [json.dumps(body)], "feed.json")
    whole = brought(path, WHOLE)
    assert whole[0]["tables"]["organizations"]["created"] > 0
    json_stream.LARGE = 20
    assert brought(path, 1) == whole


def test_flat_rows_in_pieces_are_the_whole(tmp_path: Path) -> None:
    rows = ["Agency,Program,Phone,Languages"] + [
        f"Agency {n % 3},Program {n % 4},{n}-555,{'English/Spanish' if n % 2 else ''}" for n in range(9)
    ]
    mapping = parse_mapping(
        b'{"*": {"Agency": {"model": "organizations", "field": "name"},'
        b' "Program": {"model": "services", "field": "name", "required": true},'
        b' "Phone": {"model": "phones", "field": "number"},'
        b' "Languages": {"model": "languages", "field": "name", "split": "/"}}}'
    )
    path = written(tmp_path, rows, "flat.csv")
    whole = brought(path, WHOLE, mapping=mapping)
    assert whole[0]["tables"]["services"]["created"] == 9
    assert brought(path, 1, mapping=mapping) == whole
    assert brought(path, 1, path, mapping=mapping)[0]["tables"]["services"]["unchanged"] == 9


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
    spill.PIECE = 1
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
    spill.PIECE = 2
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
    spill.PIECE = 10
    with pytest.raises(Unreadable):
        import_feed([path], source="lines")
    assert not any(directory().values())
