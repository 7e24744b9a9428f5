# ruff: noqa: E501 - the cases are a table, one a line
"""More packages as people send them: odd names, odd versions, odd sizes; each comes in or is refused in words."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.interop.test_messy import ORGANIZATIONS, SERVICES, Made, book, both, named, sums
from waypost.directory.models import Organization, Service
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db

MEAL = {"id": "s1", "name": "Meals", "status": "active", "organization": {"id": "o1", "name": "Cedar"}}
TREE = {
    "id": "o1", "name": "Cedar", "website": "https://cedar.example",
    "services": [{"id": "s1", "name": "Meals", "service_at_locations": [{"id": "j1", "location": {"id": "l1", "name": "Hall", "addresses": [{"id": "a1", "address_1": "1 Main St"}]}}]}],
    "locations": [{"id": "l1", "name": "Hall"}],
}  # fmt: skip
ANCIENT = {  # HSDS 1.1 as Open Referral published it
    "organizations.csv": "id,name,alternate_name,description,email,url,tax_status,tax_id,year_incorporated,legal_status\no1,Cedar,,Food,,,,,,\n",
    "programs.csv": "id,organization_id,name,alternate_name\np1,o1,Kitchen,\n",
    "services.csv": "id,organization_id,program_id,name,alternate_name,description,url,email,status,interpretation_services,application_process,wait_time,fees,accreditations,licenses\ns1,o1,p1,Meals,,,,,active,,Walk in,,Free,,\n",
    "locations.csv": "id,organization_id,name,alternate_name,description,transportation,latitude,longitude\nl1,o1,Hall,,,,47.6,-122.3\n",
    "services_at_location.csv": "id,service_id,location_id,description\nj1,s1,l1,\n",
    "physical_addresses.csv": "id,location_id,attention,address_1,city,region,state_province,postal_code,country\na1,l1,,1 Main St,Seattle,,WA,98101,US\n",
    "phones.csv": "id,location_id,service_id,organization_id,contact_id,service_at_location_id,number,extension,type,language,description\nt1,,s1,,,,206-555-0100,,voice,en,\n",
    "regular_schedules.csv": "id,service_id,location_id,service_at_location_id,weekday,opens_at,closes_at\nr1,s1,,,1,09:00,17:00\n",
    "eligibilities.csv": "id,service_id,eligibility\ne1,s1,Adults\n",
    "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\nx1,l1,ramp,\n",
}  # fmt: skip
TWO = {  # HSDS 2.0: schedules as RFC 5545, taxonomy terms, attributes of anything
    "organizations.csv": "id,name,description\no1,Cedar,Food\n",
    "services.csv": "id,organization_id,program_id,name,status\ns1,o1,,Meals,active\n",
    "schedules.csv": "id,service_id,valid_from,valid_to,dtstart,freq,interval,byday,opens_at,closes_at\nh1,s1,2026-01-01,2026-12-31,2026-01-05,WEEKLY,1,MO,09:00:00Z,17:00:00Z\n",
    "taxonomy_terms.csv": "id,term,name,description,parent_id,taxonomy,language\nt1,food,Food pantry,,,AIRS,en\n",
    "service_attributes.csv": "id,service_id,taxonomy_term_id\nb1,s1,t1\n",
}  # fmt: skip


def _dates(made: Workbook) -> None:
    sheet = made.active
    assert sheet is not None
    sheet.title = "organizations"
    for row in (
        ["id", "name", "name", None, "year_incorporated"],
        [1, "Cedar", "Cedar", "x", 46086],
        [2.0, 7, 7, None, "=1+1"],
    ):
        sheet.append(row)


def _many() -> bytes:
    services = [{"id": n, "name": f"Service {n}", "status": "active"} for n in range(1500)]
    return json.dumps({"id": 7, "name": "Cedar", "services": services}).encode()


def _lines() -> bytes:
    held = [json.dumps(MEAL | {"id": f"s{n}"}) for n in range(4)]
    return "\n".join([held[0], "", "   ", held[1], held[2][:40], held[3], "", ""]).encode()


# name, file name, body, rows that are kept in these tables (None: it cannot be read at all)
CASES: list[tuple[str, str, Made, dict[str, int] | None]] = [
    ("no datapackage.json, two folders down", "f.zip", lambda: named({"export/2026/organizations.csv": ORGANIZATIONS, "export/2026/services.csv": SERVICES, "readme.txt": "ours"}), {"organizations": 2, "services": 2}),
    ("names in capitals", "f.zip", lambda: named({"ORGANIZATIONS.CSV": ORGANIZATIONS, "Services.Csv": SERVICES}), {"organizations": 2, "services": 2}),
    ("names of single things", "f.zip", lambda: named({"organization.csv": ORGANIZATIONS, "service.csv": SERVICES}), {"organizations": 2, "services": 2}),
    ("a browser's second copy", "f.zip", lambda: named({"organizations (1).csv": ORGANIZATIONS, "services (1).csv": SERVICES}), {"organizations": 2, "services": 2}),
    ("HSDS 1.1", "f.zip", lambda: named({**ANCIENT}), {"services": 1, "locations": 1, "service_at_locations": 1, "addresses": 1, "phones": 1, "schedules": 1, "accessibility": 1, "programs": 1, "languages": 1}),
    ("HSDS 2.0", "f.zip", lambda: named({**TWO}), {"services": 1, "schedules": 1, "taxonomy_terms": 1, "attributes": 1}),
    ("semicolons and quotes in Latin-1", "f.zip", lambda: both("id;name\no1;\"Peña; Hijos\"\n".encode("latin-1"), "id;organization_id;name\ns1;o1;Comidas\n"), {"organizations": 1, "services": 1}),
    ("UTF-16 without its mark", "f.zip", lambda: both(ORGANIZATIONS.encode("utf-16-le"), SERVICES.encode("utf-16-be")), {"organizations": 2, "services": 2}),
    ("NUL bytes in cells", "f.zip", lambda: both(ORGANIZATIONS.replace("Cedar", "Ce\x00dar"), SERVICES), {"organizations": 2, "services": 2}),
    ("no ids at all", "f.zip", lambda: both("name,description\nCedar,Food\nCedar,Food\n", "name\nMeals\n"), {"organizations": 2}),
    ("numbers for ids in JSON, text in references", "f.json", lambda: json.dumps({"organizations": [{"id": 1, "name": "Cedar"}, {"id": 2, "name": "Alder"}], "services": [{"id": 1, "organization_id": "1", "name": "Meals"}, {"id": 2, "organization_id": 2, "name": "Rides"}]}).encode(), {"organizations": 2, "services": 2}),
    ("services alone, with the organization's name", "services.csv", lambda: b"id,name,organization\ns1,Meals,Cedar\n", None),
    ("a JSON of one service", "service.json", lambda: json.dumps(MEAL).encode(), {"organizations": 1, "services": 1}),
    ("whole trees of organizations", "organizations.json", lambda: json.dumps([TREE, TREE | {"id": "o2", "services": [], "locations": []}]).encode(), {"organizations": 2, "services": 1, "locations": 1, "service_at_locations": 1, "addresses": 1}),
    ("one organization with 1,500 services", "f.json", _many, {"organizations": 1, "services": 1500}),
    ("lines with blanks and one cut", "f.ndjson", _lines, {"organizations": 1, "services": 3}),
    ("a list that was cut off", "f.json", lambda: json.dumps([MEAL, MEAL | {"id": "s2"}]).encode()[:-20], None),
    ("a list with one bad element a line", "f.json", lambda: b"[\n" + json.dumps(MEAL).encode() + b",\n{bad},\n" + json.dumps(MEAL | {"id": "s2"}).encode() + b"\n]", {"organizations": 1, "services": 2}),
    ("a page within a page", "f.json", lambda: json.dumps({"data": {"services": [MEAL]}}).encode(), {"organizations": 1, "services": 1}),
    ("a line of 20 million letters", "f.zip", lambda: both(ORGANIZATIONS, f"id,organization_id,name\ns1,o1,{'x' * 20_000_000}\ns2,o1,Rides\n"), {"organizations": 2, "services": 1}),
    ("one cell of 20 million letters over many lines", "f.zip", lambda: both(ORGANIZATIONS, f'id,organization_id,name,description\ns2,o1,Rides,\ns1,o1,Meals,"{("y" * 999_999 + chr(10)) * 20}"\n'), {"organizations": 2, "services": 1}),
    ("a workbook with dates as numbers and headings twice", "organizations.xlsx", lambda: book(_dates), {"organizations": 2}),
    ("tables and lines side by side", "f.zip", lambda: named({"organizations.csv": ORGANIZATIONS, "services.ndjson": json.dumps({"id": "s9", "organization_id": "o1", "name": "Beds", "status": "active"})}), {"organizations": 2, "services": 1}),
    ("two packages in one", "f.zip", lambda: named({"a/organizations.csv": ORGANIZATIONS, "b/organizations.csv": ORGANIZATIONS}), None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "file", "body", "kept"), CASES, ids=[each[0] for each in CASES])
def test_a_package_of_an_odd_shape_ends_in_words(
    name: str, file: str, body: Made, kept: dict[str, int] | None, tmp_path: Path
) -> None:
    path = tmp_path / file
    path.write_bytes(body())
    if kept is None:
        try:
            report = import_feed([path], source="odd")
        except Unreadable as error:
            assert len(str(error)) > 10 and "Traceback" not in str(error)
            return
        assert sums(report) == {} and report.quarantine
        return
    found = sums(import_feed([path], source="odd"))
    assert {table: found.get(table, 0) for table in kept} == kept
    again = import_feed([path], source="odd")
    assert sums(again) == {} and sum(each["updated"] for each in again.tables.values()) == 0


def test_entities_far_inside_a_workbook_are_found(tmp_path: Path) -> None:
    """They may stand behind a comment of any length."""
    import zipfile  # noqa: PLC0415

    path, held = tmp_path / "f.xlsx", io.BytesIO()
    plain = book(_dates)
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(held, "w") as after:
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "xl/workbook.xml":
                comment = b"<!--" + b" " * 300_000 + b'--><!DOCTYPE x [<!ENTITY a "b">]>'
                data = (
                    b'<?xml version="1.0"?>' + comment + data.partition(b"?>")[2]
                    if b"?>" in data
                    else comment + data
                )
            after.writestr(member.filename, data)
    path.write_bytes(held.getvalue())
    with pytest.raises(Unreadable, match="no spreadsheet program writes"):
        import_feed([path], source="odd")


def test_what_an_odd_shape_says_is_kept_as_it_was(tmp_path: Path) -> None:
    bodies = {name: body for name, _file, body, _kept in CASES}
    (tmp_path / "a.zip").write_bytes(bodies["UTF-16 without its mark"]())
    (tmp_path / "b.zip").write_bytes(bodies["HSDS 1.1"]())
    import_feed([tmp_path / "a.zip"], source="a")
    import_feed([tmp_path / "b.zip"], source="b")
    assert Organization.objects.filter(source="a", name="Ñandú Café").exists()
    service = Service.objects.get(source="b")
    assert (service.eligibility_description, service.application_process) == ("Adults", "Walk in")
