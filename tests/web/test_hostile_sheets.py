"""What people open in a spreadsheet never begins a cell or heading with a formula."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.web.access.world import World
from tests.web.meddling import as_owner
from tests.web.test_access_table import filled, routes
from waypost.interop.hsds.rows import RawRow
from waypost.interop.imports.setaside import SetAside, error_file
from waypost.web.exports import csv_file

pytestmark = pytest.mark.django_db
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1")
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")
ROOT = Path(__file__).parents[2] / "waypost"
# Whoever writes tables: for people with the sign before a formula, for programs exactly.
FOR_PEOPLE = {"web/exports.py", "interop/imports/setaside.py"}
FOR_PROGRAMS = {"interop/hsds/export_tables.py", "interop/hsds/workbook.py"}


def _risky(sheet: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline=""))
    return [cell for row in rows for cell in row if cell.startswith(BEGINS)]


def test_tables_are_written_in_these_places_alone() -> None:
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if re.search(r"csv\.writer|DictWriter|openpyxl|xlsxwriter", path.read_text())
    }
    assert found == FOR_PEOPLE | FOR_PROGRAMS


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_and_no_heading_is_a_formula(formula: str) -> None:
    sheet = csv_file("x", [formula, "plain"], [[formula, 1], ["a", formula]]).content
    assert _risky(sheet) == []
    assert sheet.decode("utf-8").count("'" + formula) == 3  # noqa: PLR2004 - nothing of it is lost


@pytest.mark.parametrize("formula", FORMULAS)
def test_rows_that_were_set_aside_hold_no_formula(formula: str) -> None:
    kept = SetAside()
    row = RawRow(table="organizations", values={}, file="organizations.csv", number=2)
    row.record = (["id", formula, "name"], ["1", formula, formula])
    row.problem = ("bad", formula)
    kept.add(row)
    packed = kept.packed()
    assert packed is not None
    _name, _kind, sheet = error_file(packed)
    assert formula.strip() in sheet.decode("utf-8-sig")
    assert _risky(sheet) == []


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(1)"])
def test_names_of_organizations_are_words_in_every_download(world: World, formula: str) -> None:
    """Every address is asked for a table, with a formula for every organization's name."""

    def rename() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE network_organization SET name = %s || name", [formula])

    risky, sheets = [], 0
    with transaction.atomic():
        as_owner(rename)
        for relation, role in (("own", "S"), ("none", "N"), ("own", "P")):
            client = world.browsers[relation, role]
            for name, route in routes().items():
                with transaction.atomic():
                    answer = client.get(filled(route, world.given("own")), {"format": "csv"})
                    sheet = b"" if answer.streaming else answer.content
                    transaction.set_rollback(True)
                if answer.headers.get("Content-Type", "").startswith("text/csv"):
                    sheets += 1
                    risky += [(name, each) for each in _risky(sheet)]
            cache.clear()
        transaction.set_rollback(True)
    assert risky == []
    assert sheets > 5  # noqa: PLR2004 - figures, lists and accountings are among them
