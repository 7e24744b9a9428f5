"""The tables match the standard; the need categories match the value set."""

import json
from pathlib import Path

import pytest

from waypost.directory.hsds import TABLES
from waypost.directory.needs import need_categories, need_words
from waypost.directory.tables import field_name, model_of

RENAMED = {"service_capacity": "service_capacities", "url": "urls"}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_has_a_field(table: object) -> None:
    spec = TABLES[table.name]  # type: ignore[attr-defined]
    columns = {*spec.columns, *(reference.column for reference in spec.references), *(spec.link or ())}
    names = {name for each in model_of(spec.name)._meta.concrete_fields for name in (each.name, each.attname)}
    assert {
        field_name(spec.name, column) for column in columns - {spec.link[0] if spec.link else ""}
    } <= names


def test_every_column_of_the_standard_is_there(shared_data: Path) -> None:
    package = json.loads((shared_data / "hsds" / "examples-3.2.3" / "csv" / "datapackage.json").read_text())
    for resource in package["resources"]:
        table = next(each for each in TABLES.values() if each.singular == resource["name"])
        ours = {
            "id",
            *table.columns,
            *(reference.column for reference in table.references),
            *(table.link[:1] if table.link else ()),
        }
        assert {field["name"] for field in resource["schema"]["fields"]} <= ours, table.name
    assert len(package["resources"]) == len(TABLES)


def test_the_need_categories_are_those_of_the_value_set(shared_data: Path) -> None:
    path = shared_data / "fhir" / "sdohcc" / "ValueSet-SDOHCC-ValueSetSDOHCategory.json"
    concepts = json.loads(path.read_text())["compose"]["include"][0]["concept"]
    assert [(each.code, each.display) for each in need_categories()] == [
        (concept["code"], concept["display"]) for concept in concepts
    ]
    assert len(concepts) == 24


@pytest.mark.django_db
def test_words_lead_to_every_category_but_the_catch_all() -> None:
    codes = {each.code for each in need_categories()}
    assert codes - {each.code for each in need_words()} == {"sdoh-category-unspecified"}
