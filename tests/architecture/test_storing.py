"""Tests that store for good run apart from all others: they leave tables without what migrations brought."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARK = "django_db(" + "transaction=True"


def test_every_file_that_stores_for_good_runs_in_a_process_of_its_own() -> None:
    line = next(
        each
        for each in (ROOT / "scripts" / "test.sh").read_text().splitlines()
        if each.startswith("STORING=")
    )
    apart = set(line.partition("=")[2].strip('"').split())
    storing = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "tests").rglob("test_*.py")
        if MARK in file.read_text()
    }
    assert storing == apart
