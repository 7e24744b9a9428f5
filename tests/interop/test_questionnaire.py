"""FHIR R4 Questionnaires: real ones load, and what is not one is refused in plain words."""

from pathlib import Path
from typing import Any

import pytest

from tests.interop.questionnaires import coding, item, only, questionnaire, read, translated
from waypost.interop.fhir.questionnaire import read_questionnaire
from waypost.kernel.errors import Refused
from waypost.screening.cards import Condition, Gate, InstrumentFile


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
