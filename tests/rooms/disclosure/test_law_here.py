"""Rules of one's own state: switched with dates, in that state alone, and never against the person."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.rooms.disclosure.test_table import ask
from waypost.disclosure.law_here import SWITCHES, law_with
from waypost.disclosure.rules import decide, law_as_shipped

ROW = {"citation": "RCW 1.1", "title": "A state's own", "checked": "unchecked", "where": "US-WA"}
OFF = {**ROW, "code": "part2.tpo", "on": False, "valid_from": "2025-01-01"}
STILL = {**ROW, "code": "part2.tpo", "on": True, "valid_from": "2024-04-16", "valid_to": "2025-01-01"}


def written(folder: Path, *rows: dict[str, Any]) -> str:
    path = folder / "law.json"
    path.write_text(json.dumps({"rules": rows}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("where", "day", "holds"),
    [
        ("US", "2026-01-01", True),
        ("US-CA", "2026-01-01", True),
        ("US-WA", "2026-01-01", False),
        ("US-WA", "2024-12-31", True),
        ("US-WA", "2025-01-01", False),
        ("US-WA", "2024-04-15", False),
    ],
)
def test_a_row_for_a_state_goes_before_that_for_the_country(
    tmp_path: Path, where: str, day: str, holds: bool
) -> None:
    law = law_with(written(tmp_path, OFF, STILL))
    assert law.holds("part2.tpo", datetime.fromisoformat(day).date(), where) is holds


def test_what_is_switched_on_permits_in_that_state_alone(tmp_path: Path) -> None:

    on = {**ROW, "code": "hipaa.social_care", "on": True, "valid_from": "2026-01-01"}
    law = law_with(written(tmp_path, on))
    asked = replace(ask(at=datetime(2026, 6, 1, tzinfo=UTC)), where="US-WA")
    assert decide(asked, [], [], law).permit
    assert not decide(replace(asked, where="US-CA"), [], [], law).permit
    assert not decide(replace(asked, at=datetime(2025, 6, 1, tzinfo=UTC)), [], [], law).permit


@pytest.mark.parametrize("code", ["part2.consent", "house.refusal", "victim.no_sharing", "nonsense"])
def test_what_protects_the_person_cannot_be_switched(tmp_path: Path, code: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=code):
        law_with(written(tmp_path, {**OFF, "code": code}))


@pytest.mark.parametrize("text", ["", "[]", '{"rules": [{}]}', '{"rules": 7}', "{"])
def test_a_file_that_holds_no_rules_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        law_with(str(tmp_path / "bad.json"))


def test_without_a_file_the_law_is_as_shipped_and_every_switch_is_there() -> None:
    assert law_with("") is law_as_shipped()
    assert {each.code for each in law_as_shipped().rules} >= SWITCHES
