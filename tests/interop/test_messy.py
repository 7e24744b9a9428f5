# ruff: noqa: E501 - the cases are a table, one a line
"""Packages as people really send them: every one ends in words, and the sums add up."""

import base64
import gzip
import io
import json
import os
import random
import string
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from tests.community import Community
from waypost.directory.models import ImportRun, Location, Phone, Schedule, Service
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.report import Report
from waypost.interop.imports import asking
from waypost.interop.imports.running import BROKEN, carry_out

pytestmark = pytest.mark.django_db

ORGANIZATIONS = "id,name\no1,Cedar\no2,Ñandú Café\n"
SERVICES = 'id,organization_id,name,description\ns1,o1,Meals,"Hot, fresh\nand free"\ns2,o2,Rides,\n'
Made = Callable[[], bytes]


def named(files: dict[str, str | bytes]) -> bytes:
    """A zip with these very names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return held.getvalue()


def both(organizations: str | bytes, services: str | bytes) -> bytes:
    return named({"organizations.csv": organizations, "services.csv": services})


def book(fill: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    fill(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _hidden(made: Workbook) -> None:
    first = made.active
    assert first is not None
    first.title = "organizations"
    for row in (["id", "name"], ["o1", "Cedar"], ["o2", "=CONCATENATE(A1,B1)"]):
        first.append(row)
    second = made.create_sheet("services")
    for row in (
        ["id", "organization_id", "name", "assured_date", "last_modified"],
        ["s1", "o1", "Meals", date(2026, 3, 1), datetime(2026, 3, 1, 8, 30)],  # noqa: DTZ001 - as Excel has it
        [2, "o1", 7.0, time(9, 0), None],
    ):
        second.append(row)
    second.merge_cells("A5:C6")
    second["A5"] = "a remark over merged cells"
    secret = made.create_sheet("secret")
    secret.sheet_state = "hidden"
    secret.append(["what", "nobody should see"])


def deep(levels: int) -> bytes:
    return b'{"id":"o1","name":"Cedar","x":' + b"[" * levels + b"]" * levels + b"}"


WELL = {"organizations": 2, "services": 2}
JSON_FEED = {"id": "o1", "name": "Cedar", "services": [{"id": "s1", "name": "Meals"}]}

# name, file name, body, rows that are kept in these tables (None: it cannot be read at all)
CASES: list[tuple[str, str, Made, dict[str, int] | None]] = [
    ("plain", "f.zip", lambda: both(ORGANIZATIONS, SERVICES), WELL),
    ("UTF-8 with BOM", "f.zip", lambda: both(*(b"\xef\xbb\xbf" + x.encode() for x in (ORGANIZATIONS, SERVICES))), WELL),
    ("UTF-16 LE", "f.zip", lambda: both(*(b"\xff\xfe" + x.encode("utf-16-le") for x in (ORGANIZATIONS, SERVICES))), WELL),
    ("UTF-16 BE", "f.zip", lambda: both(*(b"\xfe\xff" + x.encode("utf-16-be") for x in (ORGANIZATIONS, SERVICES))), WELL),
    ("Windows-1252", "f.zip", lambda: both(*(x.encode("cp1252") for x in (ORGANIZATIONS, SERVICES))), WELL),
    ("mixed encodings", "f.zip", lambda: both(ORGANIZATIONS.encode() + "o3,Señal\n".encode("cp1252"), SERVICES), {"organizations": 3, "services": 2}),
    ("semicolons", "f.zip", lambda: both(ORGANIZATIONS.replace(",", ";"), SERVICES.replace(",", ";").replace("Hot;", "Hot,")), WELL),
    ("tabs", "f.zip", lambda: both(ORGANIZATIONS.replace(",", "\t"), SERVICES.replace(",", "\t")), WELL),
    ("bars", "f.zip", lambda: both(ORGANIZATIONS.replace(",", "|"), SERVICES.replace(",", "|")), WELL),
    ("old Mac line ends", "f.zip", lambda: both(ORGANIZATIONS.replace("\n", "\r"), SERVICES.replace("\n", "\r")), WELL),
    ("Windows line ends", "f.zip", lambda: both(ORGANIZATIONS.replace("\n", "\r\n"), SERVICES.replace("\n", "\r\n")), WELL),
    ("ragged rows", "f.zip", lambda: both(ORGANIZATIONS, "id,organization_id,name\ns1,o1\ns2,o1,Meals,x,y\ns3,o1,Rides\n"), {"services": 1}),
    ("a quote never closed", "f.zip", lambda: both(ORGANIZATIONS, 'id,organization_id,name\ns1,o1,"Meals\ns2,o1,Rides\n'), {"services": 1}),
    ("headings twice", "f.zip", lambda: both(ORGANIZATIONS, "id,organization_id,name,name\ns1,o1,Meals,Meals\ns2,o1,Rides,Bus\n"), {"services": 1}),
    ("headings in capitals", "f.zip", lambda: both(ORGANIZATIONS, "ID, Organization ID ,NAME\ns1,o1,Meals\n"), {"services": 1}),
    ("only headings", "f.zip", lambda: both(ORGANIZATIONS, "id,organization_id,name\n"), {"organizations": 2}),
    ("an empty table", "f.zip", lambda: both(ORGANIZATIONS, ""), {"organizations": 2}),
    ("nothing but headings", "f.zip", lambda: both("id,name\n", "id,organization_id,name\n"), None),
    ("zip of nothing", "f.zip", lambda: named({}), None),
    ("zip of empty files", "f.zip", lambda: both("", ""), None),
    ("0 bytes called zip", "f.zip", lambda: b"", None),
    ("half a zip", "f.zip", lambda: both(ORGANIZATIONS, SERVICES)[:150], None),
    ("zip in a zip", "f.zip", lambda: named({"inner.zip": both(ORGANIZATIONS, SERVICES)}), None),
    ("Mac resource forks", "f.zip", lambda: named({"x/organizations.csv": ORGANIZATIONS, "x/services.csv": SERVICES, "__MACOSX/x/._services.csv": b"\x00\x05\x16\x07" * 50, "x/.DS_Store": b"\x00" * 100}), WELL),
    ("Windows rubbish", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES, "Thumbs.db": b"\xd0\xcf", "desktop.ini": "[x]", "~$services.csv": b"\x05x"}), WELL),
    ("names that lead out", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES, "../../etc/phones.csv": "id\n", "/etc/contacts.csv": "id\n", "C:\\x\\urls.csv": "id\n"}), WELL),
    ("only names that lead out", "f.zip", lambda: named({"../services.csv": SERVICES}), None),
    ("one huge cell", "f.zip", lambda: both(ORGANIZATIONS, f'id,organization_id,name,description\ns1,o1,Meals,"{base64.b64encode(os.urandom(12_000_000)).decode()}"\ns2,o1,Rides,\n'), {"services": 1}),
    ("NaN and infinity", "f.zip", lambda: named({"locations.csv": "id,name,latitude,longitude\nl1,A,NaN,1\nl2,B,inf,-inf\nl3,C,1e999,2\nl4,D,91,0\nl5,E,,\nl6,F,0,0\n"}), {"locations": 6}),
    ("latitude and longitude swapped", "f.zip", lambda: named({"locations.csv": "id,name,latitude,longitude\nl1,A,-122.3,47.6\n"}), {"locations": 1}),
    ("dates and times in all spellings", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES, "schedules.csv": "id,service_id,byday,opens_at,closes_at,valid_from\nh1,s1,MO,9am-5pm,,31/12/2024\nh2,s1,lunes,9:00,17h30,12/31/2024\nh3,s1,Mon-Fri,noon,midnight,yesterday\nh4,s1,99,25:00,9,0000-00-00\n"}), {"schedules": 4}),
    ("phones with letters", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "phones.csv": "id,organization_id,number\np1,o1,1-800-GO-CEDAR\np2,o1,call us!\np3,o1,\n"}), {"phones": 2}),
    ("ids of every kind", "f.zip", lambda: both(ORGANIZATIONS, "id,organization_id,name\n1,o1,A\n1.0,o1,B\nhttps://x.example/s/1,o1,C\n,o1,D\n,o1,D\n1,o1,A\n1,o1,Z\n"), {"services": 5}),
    ("a very long id", "f.zip", lambda: both(ORGANIZATIONS, f"id,organization_id,name\n{'9' * 400},o1,A\ns2,o1,B\n"), {"services": 1}),
    ("parents in a ring", "f.zip", lambda: named({"organizations.csv": "id,name,parent_organization_id\no1,A,o2\no2,B,o1\no3,C,o3\no4,D,o9\n", "taxonomy_terms.csv": "id,name,parent_id\nt1,A,t2\nt2,B,t1\nt3,C,t3\n"}), {"organizations": 4, "taxonomy_terms": 3}),
    ("services without organization", "f.zip", lambda: both(ORGANIZATIONS, "id,organization_id,name\ns1,,Meals\ns2,o9,Rides\n"), {"organizations": 2}),
    ("services alone", "f.csv", lambda: b"id,name\ns1,Meals\n", None),
    ("HTML in descriptions", "f.zip", lambda: both(ORGANIZATIONS, 'id,organization_id,name,description\ns1,o1,Meals,"<script>alert(1)</script><p>Hot &amp; good</p>"\n'), {"services": 1}),
    ("1.1 and 3.1 mixed", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "services.csv": "id,organization_id,name,eligibility,languages\ns1,o1,Meals,Adults,\"English, Spanish\"\n", "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\nh1,s1,1,9:00,17:00\n", "schedules.csv": "id,service_id,byday,freq\nh1,s1,TU,WEEKLY\n", "physical_addresses.csv": "id,organization_id,address_1\na1,o1,1 Main St\n", "addresses.csv": "id,organization_id,address_1\na1,o1,2 Main St\n"}), {"schedules": 1, "addresses": 2, "languages": 2}),
    ("ndjson with a broken line", "f.ndjson", lambda: b"\n".join([json.dumps(JSON_FEED).encode(), b'{"id": "o2", "na', json.dumps({**JSON_FEED, "id": "o3", "services": []}).encode()]), {"organizations": 2}),
    ("JSON with rubbish behind", "f.json", lambda: json.dumps(JSON_FEED).encode() + b"\n--- end ---\n", {"organizations": 1}),
    ("JSON cut off", "f.json", lambda: json.dumps([JSON_FEED] * 3).encode()[:100], None),
    ("JSON with comments", "f.json", lambda: b"// ours\n" + json.dumps(JSON_FEED).encode(), {"organizations": 1}),
    ("JSON with NaN", "f.json", lambda: b'[{"id":"o1","name":"Cedar","locations":[{"id":"l1","latitude":NaN,"longitude":Infinity}]}]', {"organizations": 1, "locations": 1}),
    ("very deep JSON", "f.json", lambda: deep(100_000), None),
    ("deep JSON", "f.json", lambda: deep(150), {"organizations": 1}),
    ("JSON of the wrong things", "f.json", lambda: b'[1, "two", null, [], {}, {"id": 3}, true]', None),
    ("JSON: null everywhere", "f.json", lambda: b'{"id":"o1","name":"Cedar","services":null,"phones":[null,{}, 7, ""],"locations":{}}', {"organizations": 1}),
    ("JSON in UTF-16", "f.json", lambda: json.dumps(JSON_FEED).encode("utf-16"), {"organizations": 1, "services": 1}),
    ("an organization inline", "f.json", lambda: json.dumps([{"id": f"s{n}", "name": "Meals", "status": "active", "organization": {"id": "o1", "name": "Cedar"}} for n in range(3)]).encode(), {"organizations": 1, "services": 3}),
    ("a page of an API", "f.json", lambda: json.dumps({"total_pages": 1, "contents": [JSON_FEED]}).encode(), {"organizations": 1}),
    ("gzip", "f.json.gz", lambda: gzip.compress(json.dumps(JSON_FEED).encode()), {"organizations": 1}),
    ("half a gzip", "f.json.gz", lambda: gzip.compress(json.dumps([JSON_FEED] * 500).encode())[:60], None),
    ("gzip that is none", "f.csv.gz", lambda: b"id,name\n", None),
    ("a bomb in gzip", "f.json.gz", lambda: gzip.compress(b"[" + b" " * 300_000_000, 9), None),
    ("a bomb in zip", "f.zip", lambda: named({"services.csv": b"0" * 300_000_000}), None),
    ("a workbook", "f.xlsx", lambda: book(_hidden), {"organizations": 1, "services": 2}),
    ("an empty workbook", "f.xlsx", lambda: book(lambda made: None), None),
    ("a picture called CSV", "organizations.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, None),
    ("a web page called CSV", "organizations.csv", lambda: b"<!doctype html><html><body>Sign in", None),
    ("nothing but line ends", "organizations.csv", lambda: b"\n\r\n\n", None),
    ("nothing but zeros", "organizations.csv", lambda: b"\x00" * 5000, None),
]  # fmt: skip


def sums(report: Report) -> dict[str, int]:
    """What is kept of each table, having seen that every sum is right."""
    for counts in report.tables.values():
        assert counts["read"] == sum(number for name, number in counts.items() if name != "read")
    for each in (*report.quarantine, *report.marked):
        assert each.reason and "Traceback" not in each.reason
    return {
        table: counts["created"]
        for table, counts in report.tables.items()
        if counts["created"] and table != "unknown"
    }


@pytest.mark.parametrize(("name", "file", "body", "kept"), CASES, ids=[each[0] for each in CASES])
def test_a_messy_package_ends_in_words(
    name: str, file: str, body: Made, kept: dict[str, int] | None, tmp_path: Path
) -> None:
    path = tmp_path / file
    path.write_bytes(body())
    if kept is None:
        try:
            report = import_feed([path], source="messy")
        except Unreadable as error:
            assert len(str(error)) > 10 and "Traceback" not in str(error)
            return
        assert sums(report) == {}
        return
    found = sums(import_feed([path], source="messy"))
    assert {table: found.get(table, 0) for table in kept} == kept
    again = import_feed([path], source="messy")
    assert sums(again) == {} and sum(each["updated"] for each in again.tables.values()) == 0


@pytest.fixture
def _folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    yield


SMALL = [
    each for each in CASES if "bomb" not in each[0] and "huge" not in each[0] and "0 bytes" not in each[0]
]


@pytest.mark.usefixtures("_folder")
@pytest.mark.parametrize(("name", "file", "body", "kept"), SMALL, ids=[each[0] for each in SMALL])
def test_the_page_says_the_same(
    name: str, file: str, body: Made, kept: dict[str, int] | None, community: Community
) -> None:
    run_id = asking.upload(actor=community.ivy, files=[SimpleUploadedFile(file, body())], new_name="messy")
    carry_out(run_id)
    run = ImportRun.objects.get(pk=run_id)
    assert run.message != BROKEN
    for counts in run.counts.values():
        assert counts["read"] == sum(number for kind, number in counts.items() if kind != "read")
    if kept is None:
        assert run.state in ("failed", "columns", "ready")
        assert run.message or run.report
        return
    assert run.state == "ready"
    assert {table: run.counts.get(table, {}).get("created", 0) for table in kept} == kept


def test_what_was_written_is_never_taken_for_more_than_it_says(tmp_path: Path) -> None:
    bodies = {name: body for name, _file, body, _kept in CASES}
    for number, name in enumerate(
        ("dates and times in all spellings", "NaN and infinity", "phones with letters")
    ):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(bodies[name]())
        import_feed([path], source=str(number))
    hours = {row.source_id: row for row in Schedule.objects.all()}
    assert hours["h1"].opens_at is None and hours["h1"].extra["as_given"]["opens_at"] == "9am-5pm"
    assert hours["h1"].valid_from == date(2024, 12, 31) == hours["h2"].valid_from
    assert (hours["h2"].byday, hours["h2"].opens_at) == ("MO", time(9, 0))
    assert (hours["h3"].byday, hours["h3"].valid_from) == ("MO,TU,WE,TH,FR", None)
    assert (hours["h4"].byday, hours["h4"].opens_at, hours["h4"].closes_at) == ("", None, None)
    assert not Location.objects.filter(latitude__isnull=False).exists()
    assert set(Phone.objects.values_list("number", flat=True)) == {"1-800-GO-CEDAR", "call us!"}


# packages damaged at random: cells, rows, names, encodings

JUNK = [
    "",
    "null",
    "NaN",
    "=1+1",
    "'",
    '"',
    "\u202e",
    "😀" * 3,
    "<b>",
    "0001-01-01",
    "o1",
    "-0",
    "1e9",
    "Ã©",
    "\t",
]


def scrambled(dice: random.Random) -> bytes:
    """Tables whose cells, rows and headings are mixed up."""
    heads = {
        "organizations.csv": ["id", "name", "email", "parent_organization_id"],
        "services.csv": ["id", "organization_id", "name", "minimum_age", "last_modified"],
        "locations.csv": ["id", "organization_id", "latitude", "longitude"],
        "service_at_locations.csv": ["id", "service_id", "location_id"],
        "phones.csv": ["id", "service_id", "location_id", "number"],
        "schedules.csv": ["id", "service_id", "byday", "opens_at", "valid_from"],
        "attributes.csv": ["id", "link_id", "link_entity", "taxonomy_term_id", "value"],
    }
    files: dict[str, str | bytes] = {}
    for name, head in heads.items():
        if dice.random() < 0.1:
            continue
        rows = [head if dice.random() < 0.9 else dice.sample(head, len(head))]
        for _ in range(dice.randint(0, 12)):
            row = [dice.choice([*JUNK, *(f"{letter}{dice.randint(1, 3)}" for letter in "osl")]) for _ in head]
            row[0] = dice.choice([row[0], f"{name[0]}{dice.randint(1, 9)}"])
            rows.append(row[: dice.randint(1, len(row))] if dice.random() < 0.1 else row)
        quoted = dice.random() < 0.5
        sign = dice.choice(",;\t|")
        text = "\n".join(sign.join(f'"{cell}"' if quoted else cell for cell in row) for row in rows)
        encoding = dice.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
        files[dice.choice([name, name.upper(), f"x/{name}"])] = text.encode(encoding, "replace")
    if dice.random() < 0.3:
        files["".join(dice.choices(string.printable, k=8)) or "x"] = bytes(dice.choices(range(256), k=300))
    return named(files)


@pytest.mark.parametrize("seed", range(60))
def test_tables_mixed_up_at_random_are_never_a_crash(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(scrambled(random.Random(seed)))  # noqa: S311 - damage, not secrets
    try:
        first = import_feed([path], source="messy")
    except Unreadable as error:
        assert str(error)
        return
    sums(first)
    second = import_feed([path], source="messy")
    assert sum(each["created"] + each["updated"] for each in second.tables.values()) == 0
    assert Service.objects.filter(organization__isnull=True).count() == 0
