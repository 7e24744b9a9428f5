"""Our own short screener, and the command that loads questionnaires."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.interop.questionnaires import (
    CODES,
    SHIPPED,
    item,
    questionnaire,
)
from waypost.interop.fhir.questionnaire import read_questionnaire
from waypost.screening.categories import NEEDS
from waypost.screening.mapping import check_mapping, read_mapping
from waypost.screening.rules import needs_from
from waypost.screening.selectors import instrument, instruments


# Our own screener
def test_the_short_screener_asks_about_every_category_and_codes_them_as_gravity_does(
    shared_data: Path,
) -> None:
    value_set = json.loads(
        (shared_data / "fhir" / "sdohcc" / "ValueSet-SDOHCC-ValueSetSDOHCategory.json").read_text()
    )
    gravity = {each["code"] for each in value_set["compose"]["include"][0]["concept"]}
    body = json.loads((SHIPPED / "short_screener.questionnaire.json").read_text())

    def codes(items: list[dict[str, Any]]) -> list[str]:
        own = [each["code"] for node in items for each in node.get("code", []) if each["system"] == CODES]
        return own + [code for node in items for code in codes(node.get("item", []))]

    found = codes(body["item"])
    assert (set(found), len(found)) == (gravity, 24)


def test_the_short_screener_maps_every_need_with_leaf_codes_only(shared_data: Path) -> None:
    mapping = read_mapping(json.loads((SHIPPED / "short_screener.mapping.json").read_text()))
    leaves = {
        line.split(",")[0]
        for line in (shared_data / "codes" / "icd10cm_z55_z65.csv").read_text().splitlines()
        if line.endswith(",True")
    }
    assert {each.category for each in mapping.rules} == set(NEEDS)
    assert {each.z_code for each in mapping.rules} - {""} <= leaves
    assert mapping.alone_only == {"partner", "partner-help", "caregiver", "caregiver-help"}


def test_the_short_screener_is_whole_in_spanish() -> None:
    file = read_questionnaire((SHIPPED / "short_screener.questionnaire.json").read_bytes())
    english, spanish = file.forms["en"], file.forms["es"]
    for one, other in zip(english.questions, spanish.questions, strict=True):
        assert one.text != other.text
    for one_section, other_section in zip(english.sections, spanish.sections, strict=True):
        assert one_section.title != other_section.title


def test_the_example_in_the_guide_fits_the_hunger_vital_sign(shared_data: Path) -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "load-a-questionnaire.md"
    example = guide.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    for name in (
        "Questionnaire-SDOHCC-QuestionnaireHungerVitalSign.json",
        "uscore-hunger-vital-sign-example.json",
    ):
        file = read_questionnaire((shared_data / "questionnaires" / name).read_bytes())
        mapping = read_mapping(json.loads(example))
        check_mapping(mapping, file.forms["en"], NEEDS)
        # "often true" or "sometimes true" to either statement is a risk (Hager 2010)
        sometimes, never = ["LA6729-3"], ["LA28398-8"]
        [found] = needs_from({"/88122-7": never, "/88123-5": sometimes}, mapping)
        assert (found.category, found.z_code) == ("food-insecurity", "Z59.41")
        assert needs_from({"/88122-7": never, "/88123-5": never}, mapping) == ()


# The command
@pytest.fixture
def load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def run(content: bytes, mapping: bytes | None = None) -> str:
        file, beside = tmp_path / "q.json", tmp_path / "m.json"
        file.write_bytes(content)
        more = []
        if mapping is not None:
            beside.write_bytes(mapping)
            more = ["--mapping", str(beside)]
        call_command("load_questionnaire", str(file), *more)
        return capsys.readouterr().out

    return run


@pytest.mark.django_db
def test_the_command_loads_a_file_and_says_what_it_does_not_use(load: Callable[..., str]) -> None:
    said = load(questionnaire(item("1"), item("2", text="Score", readOnly=True)))
    assert "Try (version 1) loaded: 1 questions, in en." in said
    assert "Score: calculated" in said
    assert "No mapping was given" in said
    [row] = instruments()
    assert [each.link_id for each in instrument(row.id).questions] == ["1"]


@pytest.mark.django_db
def test_the_same_file_again_is_no_news_and_a_changed_one_needs_a_new_version(
    load: Callable[..., str],
) -> None:
    load(questionnaire(item()))
    assert "was loaded before" in load(questionnaire(item()))
    with pytest.raises(CommandError, match="Give the changed file a new version"):
        load(questionnaire(item(text="Something else?")))
    load(questionnaire(item(text="Something else?"), version="2"))
    assert [each.version for each in instruments()] == ["2"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        (b"not json", "not a JSON file"),
        (b"[]", "not a mapping"),
        (b'{"needs": [{"category": "hunger", "question": "1"}]}', "hunger is not a category"),
        (b'{"needs": [{"category": "stress", "question": "9"}]}', "no question 9"),
    ],
)
def test_a_bad_mapping_is_refused_and_nothing_is_loaded(
    load: Callable[..., str], mapping: bytes, why: str
) -> None:
    with pytest.raises(CommandError, match=why):
        load(questionnaire(item()), mapping)
    assert instruments() == []


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_questionnaire", str(tmp_path / "none.json"))
