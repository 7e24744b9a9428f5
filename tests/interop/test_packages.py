"""Tabular packages, clean and broken: rows are kept or set aside with a reason, and the sums are right."""

from pathlib import Path

import pytest

from tests.interop.packages import ORGANIZATIONS, SERVICES, Tables, folder, zipped
from waypost.directory.models import (
    Address,
    Attribute,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
)
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.report import Report

pytestmark = pytest.mark.django_db


def run(tmp_path: Path, tables: Tables, *, source: str = "feed", dry_run: bool = False) -> Report:
    report = import_feed([folder(tmp_path / "package", tables)], source=source, dry_run=dry_run)
    for counts in report.tables.values():
        assert counts["read"] == sum(value for name, value in counts.items() if name != "read")
    return report


def rules(report: Report) -> list[tuple[str, int, str]]:
    return [(each.table, each.row, each.rule) for each in report.quarantine]


def test_a_clean_package_goes_in_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    tables: Tables = {"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES}
    first = run(tmp_path, tables)
    assert first.tables["services"] == {
        "read": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "quarantined": 0,
    }
    ids = set(Service.objects.values_list("id", flat=True))
    second = run(tmp_path, tables)
    assert second.tables["services"]["unchanged"] == 2
    assert second.tables["organizations"]["unchanged"] == 2
    assert set(Service.objects.values_list("id", flat=True)) == ids


def test_a_changed_row_is_updated_in_place(tmp_path: Path) -> None:
    run(tmp_path, {"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES})
    before = Service.objects.get(source_id="s1")
    Service.objects.filter(pk=before.pk).update(capacity_status="full")
    changed = SERVICES.replace("Groceries", "Weekly groceries")
    report = run(tmp_path, {"organizations.csv": ORGANIZATIONS, "services.csv": changed})
    assert report.tables["services"]["updated"] == 1
    after = Service.objects.get(pk=before.pk)
    assert after.name == "Weekly groceries"
    assert after.capacity_status == "full", "what people wrote here stays"


def test_a_dry_run_counts_the_same_and_writes_nothing(tmp_path: Path) -> None:
    tables: Tables = {"organizations.csv": ORGANIZATIONS, "services.csv": SERVICES}
    dry = run(tmp_path, tables, dry_run=True)
    assert Organization.objects.count() == 0
    assert dry.tables == run(tmp_path, tables).tables


def test_two_feeds_with_the_same_ids_do_not_meet(tmp_path: Path) -> None:
    run(tmp_path, {"organizations.csv": ORGANIZATIONS}, source="a")
    run(tmp_path, {"organizations.csv": ORGANIZATIONS.replace("Cedar", "Elm")}, source="b")
    assert Organization.objects.filter(source_id="o1").count() == 2


def test_orphans_are_set_aside_with_what_belongs_to_them(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        {
            "organizations.csv": ORGANIZATIONS,
            "services.csv": SERVICES + "s3,gone,Lost,active\ns4,,Nobody's,active\n",
            "locations.csv": "id,organization_id,name\nl1,o1,Hall\nl2,gone,Barn\n",
            "services_at_location.csv": "id,service_id,location_id\n1,s1,l1\n2,s3,l1\n3,s1,l9\n",
            "phones.csv": "id,service_id,location_id,number\n1,s3,,555-0100\n2,s1,l9,555-0101\n3,,,1\n",
            "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,s4,Monday,9am,5pm\n",
        },
    )
    assert rules(report) == [
        ("services", 4, "missing_reference"),
        ("services", 5, "missing_reference"),
        ("service_at_locations", 3, "missing_reference"),
        ("service_at_locations", 4, "missing_reference"),
        ("phones", 2, "missing_reference"),
        ("phones", 4, "missing_reference"),
        ("schedules", 2, "missing_reference"),
    ]
    barn = Location.objects.get(source_id="l2")
    assert barn.organization_id is None
    assert barn.extra["broken_references"] == {"organization_id": "gone"}
    assert Phone.objects.get().extra["broken_references"] == {"location_id": "l9"}


def test_a_later_file_may_refer_to_what_an_earlier_one_brought(tmp_path: Path) -> None:
    run(tmp_path, {"organizations.csv": ORGANIZATIONS})
    (tmp_path / "package" / "organizations.csv").unlink()
    report = run(tmp_path, {"services.csv": SERVICES})
    assert report.tables["services"]["created"] == 2


def test_a_double_id_is_unchanged_or_set_aside(tmp_path: Path) -> None:
    report = run(
        tmp_path, {"organizations.csv": ORGANIZATIONS + "o1,Cedar Pantry,Food\no1,Cedar Bank,Money\n"}
    )
    assert report.tables["organizations"] == {
        "read": 4,
        "created": 2,
        "updated": 0,
        "unchanged": 1,
        "quarantined": 1,
    }
    assert rules(report) == [("organizations", 5, "duplicate_id")]
    assert Organization.objects.get(source_id="o1").name == "Cedar Pantry"


def test_rows_without_an_id_are_known_by_their_content(tmp_path: Path) -> None:
    tables: Tables = {
        "organizations.csv": ORGANIZATIONS,
        "phones.csv": "id,organization_id,number\n,o1,1\n,o1,1\n,o2,1\n",
    }
    assert run(tmp_path, tables).tables["phones"]["created"] == 3
    reordered: Tables = {**tables, "phones.csv": "id,organization_id,number\n,o2,1\n,o1,1\n,o1,1\n"}
    assert run(tmp_path, reordered).tables["phones"]["unchanged"] == 3


def test_older_tables_become_those_of_3_2(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        {
            "organizations.csv": "id,name,url\no1,Cedar,http://cedar.example\n",
            "services.csv": "id,organization_id,name\ns1,o1,Meals\n",
            "locations.csv": "id,organization_id,latitude,longitude\nl1,o1,0,0\nl2,o1,47.6,-122.3\n",
            "postal_addresses.csv": "id,location_id,address_1\n1,l1,PO Box 1\n",
            "physical_addresses.csv": "id,location_id,address_1\n1,l1,1 Main St\n",
            "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,s1,Monday,9am,noon\n",
            "holiday_schedules.csv": "id,service_id,closed,start_date,end_date\n1,s1,y,12/24/2026,12/26/26\n",
            "eligibility.csv": "id,service_id,eligibility\n1,s1,Adults\n2,s1,Residents\n",
            "languages.csv": "id,service_id,language\n1,s1,Spanish\n",
            "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt1,Food Pantry,,,Open Eligibility\n",
            "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\n1,s1,t1,\n2,s1,t9,\n",
            "payments_accepted.csv": "id,service_id,payment\n1,s1,Cash\n",
        },
    )
    assert rules(report) == [("attributes", 3, "missing_reference")]
    assert Organization.objects.get().website == "http://cedar.example"
    assert sorted(Address.objects.values_list("address_type", "address_1")) == [
        ("physical", "1 Main St"),
        ("postal", "PO Box 1"),
    ]
    regular = Schedule.objects.get(holiday=False)
    assert (regular.freq, regular.byday, str(regular.opens_at), str(regular.closes_at)) == (
        "WEEKLY",
        "MO",
        "09:00:00",
        "12:00:00",
    )
    holiday = Schedule.objects.get(holiday=True)
    assert (holiday.closed, str(holiday.valid_from), str(holiday.valid_to)) == (
        True,
        "2026-12-24",
        "2026-12-26",
    )
    service = Service.objects.get()
    assert service.eligibility_description == "Adults\nResidents"
    assert service.need_categories == ["food-insecurity"]
    assert Attribute.objects.filter(link_id=service.id).count() == 4
    assert Language.objects.get().name == "Spanish"
    assert sorted(Location.objects.values_list("source_id", "coordinates_status", "latitude")) == [
        ("l1", "implausible", None),
        ("l2", "given", 47.6),
    ]
    assert Location.objects.get(source_id="l1").extra["as_given"] == {"latitude": "0", "longitude": "0"}


def test_nothing_vanishes_and_nothing_is_invented(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        {
            "organizations.csv": "id,name,county,description,description\no1,Cedar,King,Food,Beds\n",
            "services.csv": "id,organization_id,name,minimum_age\ns1,o1,Meals,young\n",
            "schedules.csv": "id,service_id,byday,opens_at,closes_at\n1,s1,every other Monday,nine,5pm\n",
        },
    )
    assert Organization.objects.get().extra == {"county": "King", "description_2": "Beds"}
    assert Service.objects.get().minimum_age is None
    assert Service.objects.get().extra["as_given"] == {"minimum_age": "young"}
    hours = Schedule.objects.get()
    assert (hours.byday, hours.opens_at) == ("", None)
    assert hours.extra["as_given"] == {"opens_at": "nine", "byday": "every other Monday"}
    assert {each.rule for each in report.marked} == {"unread_value"}


def test_mojibake_is_repaired_and_the_given_text_kept(tmp_path: Path) -> None:
    report = run(tmp_path, {"organizations.csv": "id,name\no1,Centro NiÃ±os\n"})
    row = Organization.objects.get()
    assert row.name == "Centro Niños"
    assert row.extra["as_given"] == {"name": "Centro NiÃ±os"}
    assert [each.rule for each in report.marked] == ["repaired_text"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"id,name\no1,Cedar,Food,More\n", [("organizations", 2, "wrong_number_of_columns")]),
        (b"id,name\no1,\n", [("organizations", 2, "missing_value")]),
        (b"a,b\n1,2\n", [("organizations", 2, "unknown_columns")]),
        (b"o1,Cedar\no2,Elm\n", [("organizations", 2, "unknown_columns")]),
        (b"id,id,name\no1,o2,Cedar\no3,o3,Elm\n", [("organizations", 2, "duplicate_column")]),
        (
            b'id,name,description\no1,Cedar,"never closed\no2,Elm,fine\n',
            [("organizations", 2, "unreadable_row")],
        ),
        (b"id,name\n" + b"x" * 400 + b",Cedar\n", [("organizations", 2, "bad_id")]),
        (b"id,name\no1," + b"x" * 1_100_000 + b"\n", [("organizations", 2, "unreadable_row")]),
    ],
)
def test_broken_rows_are_set_aside_with_the_row_they_stand_in(
    tmp_path: Path, body: bytes, expected: list[tuple[str, int, str]]
) -> None:
    path = tmp_path / "organizations.csv"
    path.write_bytes(body)
    report = import_feed([path], source="feed")
    assert rules(report) == expected


def test_a_quote_that_never_closes_costs_one_row_only(tmp_path: Path) -> None:
    body = 'id,name,description\no1,Cedar,"open\no2,Elm,"fine, ""really"""\no3,Fir,x\n'
    report = run(tmp_path, {"organizations.csv": body})
    assert sorted(Organization.objects.values_list("source_id", flat=True)) == ["o2", "o3"]
    assert rules(report) == [("organizations", 2, "unreadable_row")]


@pytest.mark.parametrize(
    "body",
    [
        "\ufefforganization id;name\n".replace("organization id", "id").encode() + "o1;Peña\n".encode(),
        "id\tname\no1\tPeña\n".encode("cp1252"),
        "ID , Name\r\no1,Peña\r\n".encode("utf-16"),
        "id,name\no1,Pe\x00ña\n".encode(),
    ],
)
def test_delimiters_encodings_and_spellings_of_the_header(tmp_path: Path, body: bytes) -> None:
    run(tmp_path, {"organizations.csv": body})
    assert Organization.objects.get(source_id="o1").name == "Peña"


def test_a_zip_with_a_folder_inside_and_a_mac_beside(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "feed.zip",
        {"my feed/organizations.csv": ORGANIZATIONS, "__MACOSX/._organizations.csv": b"\x00\x05"},
    )
    assert import_feed([path], source="feed").tables["organizations"]["created"] == 2
