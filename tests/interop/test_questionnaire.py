"""FHIR R4 Questionnaires: real ones load, and what is not one is refused in plain words."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from waypost import screening
from waypost.interop.fhir.questionnaire import read_questionnaire
from waypost.kernel.errors import Refused
from waypost.screening.cards import Condition, Form, Gate, InstrumentFile, Question
from waypost.screening.categories import NEEDS
from waypost.screening.mapping import check_mapping, read_mapping
from waypost.screening.rules import needs_from
from waypost.screening.selectors import instrument, instruments

SHIPPED = Path(screening.__file__).parent / "data"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CODES = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"


def questionnaire(*items: dict[str, Any], **more: Any) -> bytes:
    body = {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "http://example.org/q",
        "version": "1",
        "title": "Try",
        "item": list(items),
        **more,
    }
    return json.dumps({key: value for key, value in body.items() if value is not None}).encode()


def item(link_id: str = "1", kind: str = "string", text: str = "What?", **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": text, **more}


def read(*items: dict[str, Any], **more: Any) -> Form:
    file = read_questionnaire(questionnaire(*items, **more))
    return file.forms[file.language]


def only(*items: dict[str, Any], **more: Any) -> Question:
    [question] = read(*items, **more).questions
    return question


def coding(code: str, display: str = "") -> dict[str, Any]:
    return {"valueCoding": {"system": "http://loinc.org", "code": code, "display": display or code}}


def translated(text: str, language: str = "es-US") -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"extension": [{"url": TRANSLATION, "extension": parts}]}


# Real instruments. Numbers of questions counted by hand in what was published: AHC core 10;
# PRAPARE 21, the one on refugees is never asked; Hunger Vital Sign 2, and a risk that is calculated.
@pytest.mark.parametrize(
    ("name", "title", "count"),
    [
        ("ahc-hrsn-96777-8-core10.json", "AHC Health Related Social Needs Screening", 10),
        ("Questionnaire-SDOHCC-QuestionnairePRAPARE.json", "SDOHCC Questionnaire PRAPARE", 20),
        (
            "Questionnaire-SDOHCC-QuestionnaireHungerVitalSign.json",
            "SDOHCC Questionnaire Hunger Vital Sign",
            2,
        ),
        ("uscore-hunger-vital-sign-example.json", "Hunger Vital Sign Example", 3),
        ("uscore-phq-9-example.json", "PHQ-9 Example", 11),
        ("uscore-TAPS.json", None, 5),
        ("uscore-AUDIT-C.json", None, 4),
        ("uscore-exercise-vital-sign.json", "Exercise Vital Sign (EVS)", 2),
    ],
)
def test_known_instruments_load_whole(shared_data: Path, name: str, title: str | None, count: int) -> None:
    file = read_questionnaire((shared_data / "questionnaires" / name).read_bytes())
    assert title in (None, file.title)
    assert len(file.forms[file.language].questions) == count


def test_every_questionnaire_of_the_shared_data_loads(shared_data: Path) -> None:
    files = [
        path
        for path in (shared_data / "questionnaires").glob("*.json")
        if not path.name.startswith("QuestionnaireResponse")
    ]
    assert files
    for path in files:
        file = read_questionnaire(path.read_bytes())
        assert file.url, path.name
        assert all(each.text for each in file.forms[file.language].questions), path.name


def test_answers_of_prapare_are_as_published(shared_data: Path) -> None:
    file = read_questionnaire(
        (shared_data / "questionnaires" / "Questionnaire-SDOHCC-QuestionnairePRAPARE.json").read_bytes()
    )
    questions = {each.link_id: each for each in file.forms["en"].questions}
    housing = questions["/93042-0/71802-3"]
    assert housing.hint == "Describes patients living arrangement"
    assert [each.code for each in housing.options][:2] == ["LA30189-7", "LA30190-5"]
    assert questions["/93041-2/93031-3"].kind == "choices"
    assert questions["/93042-0/63512-8"].kind == "integer"


def test_immigration_status_is_never_asked(shared_data: Path) -> None:
    file = read_questionnaire(
        (shared_data / "questionnaires" / "Questionnaire-SDOHCC-QuestionnairePRAPARE.json").read_bytes()
    )
    assert not any("refugee" in each.text for each in file.forms["en"].questions)
    assert file.notes == ("Are you a refugee?: not asked. Immigration status is never stored.",)


# What is not a Questionnaire
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "zip"),
        (b"<!doctype html><html>", "web page"),
        (b'<?xml version="1.0"?><Questionnaire/>', "web page or XML"),
        (b"\xff\xfe{\x00}\x00", "UTF-8"),
        ('{"resourceType": "Questionnaire", "title": "Año"}'.encode("latin-1"), "UTF-8"),
        (b'{"resourceType": "Questionnaire", "item": [', "cut off"),
        (b"hello", "not whole JSON"),
        (b"[]", "not a FHIR resource"),
        (b"42", "not a FHIR resource"),
        (b"{}", "not a FHIR resource"),
        (b'{"resourceType": 7}', "not a FHIR resource"),
        (b'{"resourceType": "Patient"}', "FHIR Patient"),
        (b'{"resourceType": "QuestionnaireResponse"}', "FHIR QuestionnaireResponse"),
        (b"x" * 10_000_000, "too large"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"resourceType": "Questionnaire", "n": 1e999}', "cannot be kept"),
        (b'{"resourceType": "Questionnaire", "n": NaN}', "cannot be kept"),
        (b'{"resourceType": "Questionnaire", "n": "\\ud800"}', "cannot be kept"),
        (b'{"resourceType": "Questionnaire", "n": "\\u0000"}', "cannot be kept"),
    ],
)
def test_what_is_not_a_questionnaire_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_questionnaire(content)


def deep(levels: int) -> dict[str, Any]:
    node = item("leaf")
    for level in range(levels):
        node = item(f"g{level}", "group", item=[node])
    return node


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (questionnaire(item(), status="retired"), "retired"),
        (questionnaire(item(), status=None), "status"),
        (questionnaire(item(), status="whatever"), "status"),
        (questionnaire(item(), url=None), "url"),
        (questionnaire(item(), url="x" * 301), "cannot be right"),
        (questionnaire(item(), version=7), "cannot be right"),
        (questionnaire(), "no questions"),
        (questionnaire(item=None), "no questions"),
        (questionnaire(item={}), "no questions"),
        (questionnaire(item=["1"]), "list of items"),
        (questionnaire(item(kind="group"), item(kind="display")), "same linkId: 1"),
        (questionnaire(item("a", "group"), item("b", "display")), "no questions that a person could answer"),
        (questionnaire(item("")), "no linkId"),
        (questionnaire(item(link_id=None)), "no linkId"),  # type: ignore[arg-type]
        (questionnaire({"text": "What?", "type": "string"}), "no linkId"),
        (questionnaire(item("a"), item("g", "group", item=[item("a")])), "same linkId: a"),
        (questionnaire(item(kind="coding")), "type that FHIR R4 does not have: coding"),
        (questionnaire(item(kind="choice", answerOption=[{"valueReference": {}}])), "cannot be read"),
        (questionnaire(item(kind="choice", answerOption=[coding("a"), coding("a")])), "same answer twice"),
        (
            questionnaire(item(enableWhen=[{"question": "2", "operator": "=", "answerString": "x"}])),
            "not in the file",
        ),
        (
            questionnaire(item(enableWhen=[{"question": "1", "operator": "~", "answerString": "x"}])),
            "when question 1",
        ),
        (questionnaire(item(enableWhen=[{"question": "1", "operator": "="}])), "when question 1"),
        (questionnaire(item(enableWhen="always")), "when question 1"),
        (questionnaire(deep(12)), "nested too deeply"),
        (questionnaire(*[item(str(number)) for number in range(601)]), "more than 600"),
    ],
)
def test_a_questionnaire_that_cannot_be_asked_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_questionnaire(content)


# What is read
@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("string", {}, "text"),
        ("text", {}, "long_text"),
        ("integer", {}, "integer"),
        ("decimal", {}, "decimal"),
        ("quantity", {}, "decimal"),
        ("date", {}, "date"),
        ("dateTime", {}, "date"),
        ("boolean", {}, "boolean"),
        ("choice", {"answerOption": [coding("a")]}, "choice"),
        ("choice", {"answerOption": [coding("a")], "repeats": True}, "choices"),
        ("open-choice", {"answerOption": [coding("a")]}, "open_choice"),
        ("open-choice", {"answerOption": [coding("a")], "repeats": True}, "open_choices"),
        ("choice", {"answerValueSet": "http://loinc.org/vs/LL358-3"}, "text"),
    ],
)
def test_types_are_asked_in_their_own_way(kind: str, more: dict[str, Any], expected: str) -> None:
    assert only(item(kind=kind, **more)).kind == expected


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        (coding("LA33-6", "Yes"), ("LA33-6", "Yes")),
        ({"valueCoding": {"display": "Only words"}}, ("Only words", "Only words")),
        ({"valueString": "Red"}, ("Red", "Red")),
        ({"valueInteger": 3}, ("3", "3")),
    ],
)
def test_answers_to_choose_from(offered: dict[str, Any], expected: tuple[str, str]) -> None:
    [option] = only(item(kind="choice", answerOption=[offered])).options
    assert (option.code, option.text) == expected


def test_answers_may_stand_in_a_value_set_inside_the_file() -> None:
    value_set = {
        "resourceType": "ValueSet",
        "id": "yn",
        "compose": {
            "include": [{"concept": [{"code": "Y", "display": "Yes"}, {"code": "N", "display": "No"}]}]
        },
    }
    question = only(item(kind="choice", answerValueSet="#yn"), contained=[value_set])
    assert [(each.code, each.text) for each in question.options] == [("Y", "Yes"), ("N", "No")]


def test_groups_become_sections_and_what_is_said_becomes_their_text() -> None:
    form = read(
        item("a", text="Before"),
        item(
            "g",
            "group",
            "Food",
            item=[
                item("d", "display", "About food."),
                item("b"),
                item("h", "group", "More", item=[item("c")]),
                item("e"),
            ],
        ),
    )
    assert [(each.title, each.text, [q.link_id for q in each.questions]) for each in form.sections] == [
        ("", "", ["a"]),
        ("Food", "About food.", ["b"]),
        ("More", "", ["c"]),
        ("", "", ["e"]),
    ]


def test_a_question_below_a_question_stands_beside_it_and_waits_for_the_same_condition() -> None:
    below = item("help", item=[])
    parent = item(
        "food", enableWhen=[{"question": "first", "operator": "=", "answerBoolean": True}], item=[below]
    )
    first, food, under = read(item("first", "boolean"), parent).questions
    gate = Gate((Condition("first", "=", "true"),), every=False)
    assert (first.under, food.under, under.under) == ("", "", "food")
    assert food.gates == under.gates == (gate,)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"answerBoolean": False}, "false"),
        ({"answerCoding": {"code": "LA33-6"}}, "LA33-6"),
        ({"answerInteger": 3}, "3"),
        ({"answerString": "x"}, "x"),
        ({"answerDate": "2026-12-03"}, "2026-12-03"),
        ({"answerQuantity": {"value": 2.5}}, "2.5"),
    ],
)
def test_conditions_are_read_with_every_kind_of_answer(answer: dict[str, Any], expected: str) -> None:
    _, second = read(
        item("1"), item("2", enableWhen=[{"question": "1", "operator": "=", **answer}])
    ).questions
    assert second.gates[0].conditions[0].answer == expected


@pytest.mark.parametrize(("behavior", "left"), [("all", 1), ("any", 0)])
def test_a_condition_on_something_that_is_not_asked_falls_away(behavior: str, left: int) -> None:
    hidden = item("score", "integer", readOnly=True)
    conditions = [
        {"question": "score", "operator": ">", "answerInteger": 3},
        {"question": "1", "operator": "exists", "answerBoolean": True},
    ]
    _, waiting = read(hidden, item("1"), item("2", enableWhen=conditions, enableBehavior=behavior)).questions
    assert sum(len(gate.conditions) for gate in waiting.gates) == left


@pytest.mark.parametrize(
    "more",
    [
        {"readOnly": True},
        {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
                }
            ]
        },
        {
            "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": True}
            ]
        },
        {"type": "attachment"},
        {"type": "reference"},
        {"code": [{"system": "http://loinc.org", "code": "93027-1"}]},
        {"text": "What is your immigration status?"},
    ],
)
def test_what_is_calculated_hidden_or_never_asked_is_left_out_with_a_note(more: dict[str, Any]) -> None:
    file = read_questionnaire(questionnaire(item("1"), {**item("2", item=[item("3")]), **more}))
    assert [each.link_id for each in file.forms["en"].questions] == ["1"]
    assert len(file.notes) == 1


def test_translations_give_a_form_for_each_language() -> None:
    option = {"valueCoding": {"code": "y", "display": "Yes", "_display": translated("Sí")}}
    content = questionnaire(
        item(kind="choice", text="Food?", _text=translated("¿Comida?"), answerOption=[option]),
        item("2", text="Only English"),
        _title=translated("Prueba"),
    )
    file: InstrumentFile = read_questionnaire(content)
    spanish = file.forms["es"]
    assert (list(file.forms), spanish.title) == (["en", "es"], "Prueba")
    assert [each.text for each in spanish.questions] == ["¿Comida?", "Only English"]
    assert spanish.questions[0].options[0].text == "Sí"
    assert file.forms["en"].questions[0].options[0].text == "Yes"


def test_a_version_is_taken_from_the_date_where_there_is_none() -> None:
    assert (
        read_questionnaire(questionnaire(item(), version=None, date="2021-04-01T10:00")).version
        == "2021-04-01"
    )
    assert read_questionnaire(questionnaire(item(), version=None)).version == "1"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_questionnaire(b"\xef\xbb\xbf" + questionnaire(item())).title == "Try"


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
