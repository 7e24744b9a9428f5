"""The check against the standard: its own examples, Open Referral UK's mocks, our own files."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.interop.packages import ORGANIZATIONS, folder
from waypost.directory.hsds import TABLES
from waypost.interop.hsds.checking import check_feed
from waypost.interop.hsds.importer import import_feed
from waypost.interop.hsds.standard import ENUMS, FORMATS, REQUIRED, REQUIRED_IN_TABLES, is_number

MOCKS = "hsds/oruk-mocks/OpenReferralApi/Mocks"
# The mocks marked Fail that break a rule of HSDS itself, and which.
REFUSED = {
    "api_details": {"not_a_uri"},
    "service_full": {"not_a_uri", "not_an_email"},
    "service_list": {"missing_value", "not_a_uri", "not_an_email", "wrong_type"},
    "taxonomy_term": {"missing_value", "not_a_uri"},
}
# Those that break Open Referral UK's own rules alone. HSDS asks for none of these.
ORUKS_OWN = {
    "organization_full": "the same as the mock that passes, byte for byte",
    "organization_list": "fields that the UK profile wants; the standard asks for id, name and description",
    "service_at_location_full": "another id than the one in the list that was asked before",
    "service_at_location_list": "a page count that the UK's validator follows to pages that are not there",
    "taxonomy": "the same as the mock that passes",
    "taxonomy_list": "the same as the mock that passes",
    "taxonomy_term_list": "a term with the id of another mock's parent",
}
# What breaks HSDS in mocks that Open Referral UK lets pass.
LET_PASS = {
    ("Default", "organization_list"): {"not_a_uuid", "missing_value"},
    ("Warn", "taxonomy_term"): {"missing_value", "not_a_uri"},
}


def rules(path: Path) -> set[str]:
    return {fault.rule for fault in check_feed([path]).faults}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mock_that_breaks_the_standard_is_refused(shared_data: Path, name: str) -> None:
    assert rules(shared_data / MOCKS / "V3.0-UK-Fail" / f"{name}.json") == REFUSED[name]


@pytest.mark.parametrize("name", ORUKS_OWN)
def test_a_mock_that_breaks_the_uks_rules_alone_is_not(shared_data: Path, name: str) -> None:
    assert rules(shared_data / MOCKS / "V3.0-UK-Fail" / f"{name}.json") == set()


def test_every_mock_marked_fail_is_named_here(shared_data: Path) -> None:
    there = {path.stem for path in (shared_data / MOCKS / "V3.0-UK-Fail").glob("*.json")}
    assert there == REFUSED.keys() | ORUKS_OWN.keys()


@pytest.mark.parametrize("kind", ["Default", "Warn", "Test"])
def test_mocks_that_pass(shared_data: Path, kind: str) -> None:
    found = {}
    for path in sorted((shared_data / MOCKS / f"V3.0-UK-{kind}").glob("*.json")):
        if not path.stem.startswith("dashboard") and path.stem != "service_list_data":
            found[kind, path.stem] = rules(path)
    assert {key: value for key, value in found.items() if value} == {
        key: value for key, value in LET_PASS.items() if key[0] == kind
    }


@pytest.mark.django_db
def test_the_importer_sets_a_service_without_a_name_aside(shared_data: Path) -> None:
    report = import_feed([shared_data / MOCKS / "V3.0-UK-Fail" / "service_list.json"], source="mock")
    assert report.tables["services"]["created"] == 0
    assert {each.rule for each in report.quarantine if each.table == "services"} == {"missing_value"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["Default", "Warn"])
def test_the_importer_takes_what_passes(shared_data: Path, kind: str) -> None:
    for name in ("service_full", "service_list", "organization_list", "taxonomy_term_list"):
        path = shared_data / MOCKS / f"V3.0-UK-{kind}" / f"{name}.json"
        assert import_feed([path], source=f"{kind}-{name}").quarantine == []


def test_the_standards_own_examples(shared_data: Path) -> None:
    """The tables name rows that they do not hold; as JSON they hold two texts as numbers. Nothing else."""
    examples = shared_data / "hsds" / "examples-3.2.3"
    found = {path.stem: rules(path) for path in examples.glob("*.json")}
    assert {name: broken for name, broken in found.items() if broken} == {
        "tabular": {"missing_reference", "wrong_type"}
    }
    assert rules(examples / "csv") == {"missing_reference"}


def test_it_says_so_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = folder(
        tmp_path / "feed",
        {
            "organizations.csv": ORGANIZATIONS + "o1,Twice,,\n",
            "services.csv": "id,organization_id,name,status\nx,o9,,open\n",
        },
    )
    with pytest.raises(CommandError):
        call_command("check_feed", package, report=tmp_path / "report.json")
    said = capsys.readouterr().out
    for words in ('id "o1" is not a UUID', "came before", 'organization_id "o9" is not in organizations',
                  "name is missing", 'status "open" is none of active'):  # fmt: skip
        assert words in said
    assert {"file", "table", "row", "rule", "words"} == set(
        json.loads((tmp_path / "report.json").read_text())[0]
    )


def test_what_we_check_is_what_the_schemas_ask(shared_data: Path) -> None:
    for table in TABLES.values():
        schema = json.loads(
            (shared_data / "hsds" / "schema" / f"{table.singular}.json").read_text(encoding="utf-8")
        )
        properties = schema["properties"]
        required = set(schema.get("required", ())) - {"id", "unit"}
        assert set(REQUIRED.get(table.name, ())) == required, table.name
        assert set(REQUIRED_IN_TABLES.get(table.name, ())) == set(schema.get("tabular_required", ())), (
            table.name
        )
        for column in table.columns:
            if column not in properties:
                assert (table.name, column) in {("schedules", "holiday"), ("schedules", "closed")}
                continue
            given, key = properties[column], (table.name, column)
            assert is_number(*key) == (given.get("type") == "number"), key
            assert list(ENUMS.get(key, ())) == given.get("enum", []), key
            kind = given.get("format") if given.get("format") != "date-time" else None
            assert FORMATS.get(key) == kind, key
