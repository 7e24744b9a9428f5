# ruff: noqa: E501 - the cases are a table, one a line
"""Tables with something above, beside or instead of their headings, and cells as spreadsheets write them."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.community import Community
from tests.interop.test_messy import ORGANIZATIONS, SERVICES, book, both, named, sums
from waypost.directory.models import Address, ImportRun, Organization, Phone, Schedule, Service
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed
from waypost.interop.imports import asking
from waypost.interop.imports.running import carry_out

pytestmark = pytest.mark.django_db
Sheets = list[tuple[str, list[list[Any]], list[str]]]
WELL = {"Cedar", "Ñandú Café", "Meals", "Rides"}


def workbook(sheets: Sheets) -> bytes:
    """Sheets by name, with their rows and their merged cells."""

    def fill(made: Any) -> None:
        made.remove(made.active)
        for name, rows, merged in sheets:
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for cells in merged:
                sheet.merge_cells(cells)

    return book(fill)


def described(resources: object) -> str:
    return json.dumps({"name": "cedar", "profile": "tabular-data-package", "resources": resources})


def packed(method: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        archive.writestr("organizations.csv", ORGANIZATIONS)
        archive.writestr("services.csv", SERVICES)
    return held.getvalue()


def linked() -> bytes:
    """A zip in which one member is a link to a file of the machine."""
    held = io.BytesIO(both(ORGANIZATIONS, SERVICES))
    with zipfile.ZipFile(held, "a") as archive:
        link = zipfile.ZipInfo("phones.csv")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return held.getvalue()


MEALS: Sheets = [("services", [["id", "organization_id", "name"], ["s1", "o1", "Meals"]], [])]
HALF = {"Cedar", "Meals"}
# what is odd, the file's name, its bytes, and the names that are kept (none: it is refused in words)
CASES: list[tuple[str, str, Callable[[], bytes], set[str]]] = [
    ("a title above the headings", "f.zip", lambda: both("Cedar County export 2026\n\n" + ORGANIZATIONS, "All services, 3 March 2026,,,\n" + SERVICES), WELL),
    ("two lines of notes with commas above", "f.zip", lambda: both("Export of organizations,,\nMade by: Ann, on 3 March\n" + ORGANIZATIONS, SERVICES), WELL),
    ("Excel's word about its divider", "f.zip", lambda: both("sep=;\n" + ORGANIZATIONS.replace(",", ";"), "sep=,\n" + SERVICES), WELL),
    ("a title in UTF-16", "f.zip", lambda: both(("Export\n" + ORGANIZATIONS).encode("utf-16"), SERVICES), WELL),
    ("empty columns and rows at the end", "f.zip", lambda: both("id,name,,,\no1,Cedar,,,\n,,,,\n,,,,\n", "id,organization_id,name\ns1,o1,Meals\n"), HALF),
    ("blanks before quotation marks", "f.zip", lambda: both('id, name\no1, "Cedar, Inc."\n', "id,organization_id,name\ns1,o1,Meals\n"), {"Cedar, Inc.", "Meals"}),
    ("ids called after the table", "f.zip", lambda: both("organization_id,organization_name\no1,Cedar\n", "service_id,organization_id,service_name\ns1,o1,Meals\n"), HALF),
    ("headings for people", "f.zip", lambda: both("ID#,Name:\no1,Cedar\n", "Service ID,Organization ID,Service Name\ns1,o1,Meals\n"), HALF),
    ("a merged title in a workbook", "f.xlsx", lambda: workbook([("organizations", [["Our organizations", None], [None], ["id", "name"], ["o1", "Cedar"]], ["A1:B1"]), *MEALS]), HALF),
    ("two rows of headings in a workbook", "f.xlsx", lambda: workbook([("organizations", [["Basics", None], ["id", "name"], ["o1", "Cedar"]], ["A1:B1"]), *MEALS]), HALF),
    ("Sheet1 beside notes", "organizations.xlsx", lambda: workbook([("Notes", [["hello"]], []), ("Sheet1", [["id", "name"], ["o1", "Cedar"]], [])]), {"Cedar"}),
    ("sheets with blanks in their names", "f.xlsx", lambda: workbook([("Organizations ", [["id", "name"], ["o1", "Cedar"]], []), ("SERVICES", MEALS[0][1], [])]), HALF),
    ("a workbook called CSV", "organizations.csv", lambda: workbook([("Sheet1", [["id", "name"], ["o1", "Cedar"]], [])]), {"Cedar"}),
    ("names that datapackage.json explains", "f.zip", lambda: named({"datapackage.json": described([{"name": "organizations", "path": "data/orgs_2026.csv"}, {"name": "services", "path": "data/svc.csv"}, {"name": "phones", "path": "data/missing.csv"}]), "data/orgs_2026.csv": ORGANIZATIONS, "data/svc.csv": SERVICES}), WELL),
    ("a datapackage.json that contradicts the files", "f.zip", lambda: named({"datapackage.json": described([{"name": "services", "path": "organizations.csv"}, {"name": "organizations", "path": "../services.csv"}]), "organizations.csv": ORGANIZATIONS, "services.csv": SERVICES}), WELL),
    ("a datapackage.json of other things", "f.zip", lambda: named({"datapackage.json": described([1, None, {"path": ["a", "b"]}, {"name": 3, "path": "../x"}]), "organizations.csv": ORGANIZATIONS, "services.csv": SERVICES}), WELL),
    ("a broken datapackage.json", "f.zip", lambda: named({"datapackage.json": "{oops", "organizations.csv": ORGANIZATIONS, "services.csv": SERVICES}), WELL),
    ("a zip packed with LZMA", "f.zip", lambda: packed(zipfile.ZIP_LZMA), WELL),
    ("a zip packed with bzip2", "f.zip", lambda: packed(zipfile.ZIP_BZIP2), WELL),
    ("a zip with folders in Windows's way", "f.zip", lambda: named({"data\\organizations.csv": ORGANIZATIONS, "data\\services.csv": SERVICES}), WELL),
    ("a zip with a link in it", "f.zip", linked, WELL),
    ("a zip called JSON", "f.json", lambda: both(ORGANIZATIONS, SERVICES), WELL),
    ("JSON called CSV", "organizations.csv", lambda: b'[{"id": "o1", "name": "Cedar"}]', {"Cedar"}),
    ("lines of JSON with BOM, commas and Windows line ends", "f.ndjson", lambda: b'\xef\xbb\xbf{"id": "o1", "name": "Cedar"},\r\n{"id": "o2", "name": "Alder"}', {"Cedar", "Alder"}),
    ("a key twice in one object", "f.json", lambda: b'[{"id": "o1", "name": "Alder", "name": "Cedar"}]', {"Cedar"}),
    ("half a letter and a zero in JSON", "f.json", lambda: b'[{"id": "o1", "name": "Ce\\u0000dar", "description": "\\ud800"}]', {"Cedar"}),
    ("JSON in a call", "f.json", lambda: b'callback([{"id": "o1", "name": "Cedar"}]);', set()),
    ("JSON with single quotes", "f.json", lambda: b"[{'id': 'o1', 'name': 'Cedar'}]", set()),
    ("an error of another server", "f.json", lambda: b'{"error": "rate limited", "status": 429}', set()),
    ("an error page", "f.json", lambda: b"<html><body>502 Bad Gateway</body></html>", set()),
    ("a map", "f.json", lambda: b'{"type": "FeatureCollection", "features": []}', set()),
    ("a workbook of twenty years ago", "f.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), set()),
    ("a text document", "f.ods", lambda: named({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), set()),
    ("another packer", "f.7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100), set()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "body", "kept"), CASES, ids=[each[0] for each in CASES])
def test_a_table_of_an_odd_form_comes_in_or_is_refused_in_words(
    name: str, file: str, body: Callable[[], bytes], kept: set[str], tmp_path: Path
) -> None:
    path = tmp_path / file
    path.write_bytes(body())
    if not kept:
        with pytest.raises(Unreadable) as refused:
            import_feed([path], source="odd")
        assert len(str(refused.value)) > 10 and "Traceback" not in str(refused.value)
        return
    sums(import_feed([path], source="odd"))
    found = {
        *Organization.objects.values_list("name", flat=True),
        *Service.objects.values_list("name", flat=True),
    }
    assert found == kept
    again = import_feed([path], source="odd")
    assert sums(again) == {} and sum(each["updated"] for each in again.tables.values()) == 0


def test_the_page_takes_a_title_above_the_headings_as_well(
    settings: object, tmp_path: Path, community: Community
) -> None:
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    files = [
        SimpleUploadedFile("organizations.csv", b"Cedar County, 2026\n" + ORGANIZATIONS.encode()),
        SimpleUploadedFile("services.csv", b"Cedar County, 2026\n" + SERVICES.encode()),
    ]
    run_id = asking.upload(actor=community.ivy, files=files, new_name="odd")
    carry_out(run_id)
    run = ImportRun.objects.get(pk=run_id)
    assert run.state == "ready"
    assert (run.counts["organizations"]["created"], run.counts["services"]["created"]) == (2, 2)


def test_a_row_is_named_by_its_line_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(both("Export\n\n" + ORGANIZATIONS + "o3,\n", SERVICES))
    assert [each.row for each in import_feed([path], source="odd").quarantine] == [6]


def test_cells_as_spreadsheets_write_them(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(
        named(
            {
                "organizations.csv": ORGANIZATIONS,
                "services.csv": SERVICES,
                "locations.csv": "id,organization_id,name\nl1,o1,Hall\n",
                "phones.csv": "id,organization_id,number,extension\np1,o1,2065551234.0,12.0\np2,o1,206.555.1235,\n",
                "addresses.csv": "id,location_id,address_1,postal_code\na1,l1,7.0 Elm St,98104.0\n",
                "schedules.csv": "id,service_id,freq,byday,opens_at,closes_at,valid_from\nh1,s1,WEEKLY,MO,0.375,0.7083333333,46086\n",
            }
        )
    )
    import_feed([path], source="odd")
    assert set(Phone.objects.values_list("number", "extension")) == {
        ("2065551234", "12"),
        ("206.555.1235", ""),
    }
    assert Address.objects.values_list("address_1", "postal_code").get() == ("7.0 Elm St", "98104")
    row = Schedule.objects.get()  # 46086 days after 30 December 1899; 0.7083333333 of a day is 17 hours
    assert (row.opens_at, row.closes_at, row.valid_from) == (time(9), time(17), date(2026, 3, 5))


def test_ages_that_nobody_has_keep_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(
        both(
            ORGANIZATIONS,
            "id,organization_id,name,minimum_age,maximum_age\ns1,o1,A,-5,18\ns2,o1,B,99,5\ns3,o1,C,5,99\n",
        )
    )
    report = import_feed([path], source="odd")
    assert set(Service.objects.values_list("name", "minimum_age", "maximum_age")) == {
        ("A", None, 18),
        ("B", None, None),
        ("C", 5, 99),
    }
    assert [each.rule for each in report.marked] == ["implausible_age"] * 2
    assert Service.objects.get(name="B").extra["as_given"] == {"minimum_age": "99.00", "maximum_age": "5.00"}


def test_what_stands_inside_a_contradicting_copy_is_kept(tmp_path: Path) -> None:
    """Services of an API each tell their organization anew, and it was renamed in between."""
    path = tmp_path / "f.json"
    told = [
        {
            "id": f"s{n}",
            "name": f"Meals {n}",
            "status": "active",
            "organization": {"id": "o1", "name": f"Cedar {n}"},
        }
        for n in range(3)
    ]
    path.write_text(json.dumps(told))
    report = import_feed([path], source="odd")
    assert sums(report) == {"organizations": 1, "services": 3}
    assert [(each.table, each.rule) for each in report.quarantine] == [("organizations", "duplicate_id")] * 2
    owner = Organization.objects.get()
    assert owner.name == "Cedar 0" and Service.objects.filter(organization=owner).count() == 3
