"""Which questions count, which answers are refused, and which needs they tell of. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.screening.cards import Condition, Form, Gate, Option, Question, Section
from waypost.screening.mapping import NeedMapping, NeedRule
from waypost.screening.rules import Fault, FoundNeed, cleaned, counted, counts, faults, needs_from, number

YES_NO = (Option("yes", "Yes"), Option("no", "No"))


def only_if(question: str, operator: str, answer: str) -> tuple[Gate, ...]:
    return (Gate((Condition(question, operator, answer),), every=True),)


def ask(link_id: str, kind: str = "choice", **more: object) -> Question:
    more.setdefault("options", YES_NO if kind in ("choice", "choices", "open_choice") else ())
    return Question(link_id=link_id, kind=kind, text=link_id, **more)  # type: ignore[arg-type]


def form(*questions: Question) -> Form:
    return Form(title="Form", sections=(Section("s", "", "", questions),))


FOOD = form(ask("food"), ask("help", under="food", gates=only_if("food", "=", "yes")))


# FHIR R4 questionnaire.html#2.39.5.2: enableWhen operators
@pytest.mark.parametrize(
    ("operator", "answer", "said", "expected"),
    [
        ("=", "yes", ["yes"], True),
        ("=", "yes", ["no"], False),
        ("=", "yes", [], False),
        ("=", "yes", ["no", "yes"], True),
        ("!=", "yes", ["no"], True),
        ("!=", "yes", ["yes"], False),
        ("!=", "yes", [], False),
        ("exists", "true", ["no"], True),
        ("exists", "true", [], False),
        ("exists", "false", [], True),
        ("exists", "false", ["yes"], False),
        (">", "9", ["10"], True),
        (">", "10", ["10"], False),
        (">=", "10", ["10"], True),
        ("<", "10", ["9.5"], True),
        ("<=", "10", ["11"], False),
        (">", "2026-01-31", ["2026-02-01"], True),
    ],
)
def test_a_question_counts_when_its_condition_holds(
    operator: str, answer: str, said: list[str], expected: bool
) -> None:
    question = ask("q", gates=only_if("other", operator, answer))
    assert counts(question, {"other": said}) is expected


@pytest.mark.parametrize(("every", "expected"), [(True, False), (False, True)])
def test_conditions_are_joined_by_all_or_any(every: bool, expected: bool) -> None:
    gate = Gate((Condition("a", "=", "yes"), Condition("b", "=", "yes")), every=every)
    assert counts(ask("q", gates=(gate,)), {"a": ["yes"], "b": ["no"]}) is expected


def test_what_stands_under_a_question_that_does_not_count_falls_away_too() -> None:
    chain = form(
        ask("a"), ask("b", gates=only_if("a", "=", "yes")), ask("c", gates=only_if("b", "exists", "true"))
    )
    assert counted(chain, {"a": ["no"], "b": ["yes"], "c": ["yes"]}) == {"a": ["no"]}


def test_two_questions_that_wait_for_one_another_do_not_hang() -> None:
    knot = form(ask("a", gates=only_if("b", "=", "yes")), ask("b", gates=only_if("a", "=", "yes")))
    assert counted(knot, {"a": ["yes"], "b": ["no"]}) == {}


def test_empty_answers_and_null_characters_are_dropped() -> None:
    assert cleaned({"a": ["", "  "], "b": [" yes\x00 "], "c": []}) == {"b": ["yes"]}


@pytest.mark.parametrize(
    ("question", "said", "code"),
    [
        (ask("q"), ["yes"], None),
        (ask("q"), ["maybe"], "option"),
        (ask("q"), ["yes", "no"], "one_only"),
        (ask("q", "choices", options=YES_NO), ["yes", "no"], None),
        (ask("q", "open_choice"), ["something of my own"], None),
        (ask("q", "boolean", options=(Option("true", "Yes"), Option("false", "No"))), ["true"], None),
        (ask("q", "boolean", options=(Option("true", "Yes"), Option("false", "No"))), ["1"], "option"),
        (ask("q", "integer"), ["4"], None),
        (ask("q", "integer"), ["4.5"], "whole_number"),
        (ask("q", "integer"), ["four"], "whole_number"),
        (ask("q", "integer"), ["1e400"], "whole_number"),
        (ask("q", "decimal"), ["4,5"], None),
        (ask("q", "decimal"), ["NaN"], "number"),
        (ask("q", "date"), ["2026-12-03"], None),
        (ask("q", "date"), ["2026-02-30"], "date"),
        (ask("q", "date"), ["3 Dec"], "date"),
        (ask("q", "text"), ["x" * 500], None),
        (ask("q", "text"), ["x" * 501], "too_long"),
        (ask("q", "text", max_length=10), ["x" * 11], "too_long"),
        (ask("q", "long_text"), ["x" * 10_000_000], "too_long"),
        (ask("q", "open_choice"), ["x" * 501], "too_long"),
    ],
)
def test_an_answer_fits_its_question_or_is_refused(
    question: Question, said: list[str], code: str | None
) -> None:
    assert [each.code for each in faults(form(question), {"q": said})] == ([code] if code else [])


def test_an_empty_form_is_refused() -> None:
    assert faults(FOOD, {}) == (Fault("", "empty"),)


def test_a_question_from_elsewhere_is_refused() -> None:
    assert Fault("stranger", "unknown") in faults(FOOD, {"food": ["yes"], "stranger": ["yes"]})


@pytest.mark.parametrize(("food", "missing"), [("yes", True), ("no", False)])
def test_what_is_required_is_required_only_while_it_counts(food: str, missing: bool) -> None:
    needed = form(ask("food"), ask("help", required=True, gates=only_if("food", "=", "yes")))
    assert (Fault("help", "required") in faults(needed, {"food": [food]})) is missing


def test_what_is_not_asked_in_this_way_may_not_be_answered_and_is_not_required() -> None:
    safety = form(ask("food"), ask("safety", required=True))
    assert faults(safety, {"food": ["yes"]}, never=frozenset({"safety"})) == ()
    assert faults(safety, {"safety": ["no"]}, never=frozenset({"safety"})) == (Fault("safety", "alone_only"),)


MAPPING = NeedMapping(
    first_priority="first",
    priority_words="words",
    rules=(
        NeedRule("food-insecurity", "food", frozenset({"yes"}), wants_help="help", z_code="Z59.41"),
        NeedRule("food-insecurity", "lasted", frozenset({"often"})),
        NeedRule("utility-insecurity", "shutoffs", at_least=number("2")),
        NeedRule("sdoh-category-unspecified", "other", words="what"),
    ),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"food": ["no"]}, []),
        ({"food": ["yes"]}, [FoundNeed("food-insecurity", z_code="Z59.41")]),
        # a need and the wish for help are two answers: 53 % of those with a need want help (JAMA 2020)
        (
            {"food": ["yes"], "help": ["no"]},
            [FoundNeed("food-insecurity", wants_help="no", z_code="Z59.41")],
        ),
        ({"food": ["yes"], "lasted": ["often"]}, [FoundNeed("food-insecurity", z_code="Z59.41")]),
        ({"lasted": ["often"]}, [FoundNeed("food-insecurity")]),
        ({"shutoffs": ["1"]}, []),
        ({"shutoffs": ["2"]}, [FoundNeed("utility-insecurity")]),
        ({"other": ["yes"], "what": ["a bed"]}, [FoundNeed("sdoh-category-unspecified", words="a bed")]),
        # what she puts first is a need, whatever stands below
        (
            {"first": ["utility-insecurity"], "words": ["The lights"], "food": ["yes"], "help": ["yes"]},
            [
                FoundNeed("utility-insecurity", rank=1, words="The lights"),
                FoundNeed("food-insecurity", wants_help="yes", z_code="Z59.41"),
            ],
        ),
    ],
)
def test_answers_tell_of_needs(answers: dict[str, list[str]], expected: list[FoundNeed]) -> None:
    assert list(needs_from(answers, MAPPING)) == expected


def test_other_words_for_wishes_are_translated() -> None:
    mapping = NeedMapping(
        rules=(NeedRule("stress", "q", wants_help="wish"),), wishes={"LA33-6": "yes", "LA32-8": "no"}
    )
    assert needs_from({"q": ["any"], "wish": ["LA32-8"]}, mapping) == (FoundNeed("stress", wants_help="no"),)


@given(
    st.dictionaries(
        st.sampled_from(["food", "help", "first", "words", "other", "what", "shutoffs", "?"]),
        st.lists(st.sampled_from(["yes", "no", "food-insecurity", "3", "", " ñ\x00", "x" * 600]), max_size=3),
    )
)
def test_whatever_is_answered_each_category_is_found_once_and_one_comes_first_at_most(
    answers: dict[str, list[str]],
) -> None:
    found = needs_from(cleaned(answers), MAPPING)
    assert len({each.category for each in found}) == len(found)
    assert {each.wants_help for each in found} <= {"yes", "no", "later", "unknown"}


@given(st.text("0123456789.,-+eE_ NaInfity%²٣\x00", max_size=40))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    value = number(text)
    assert value is None or value.is_finite()
