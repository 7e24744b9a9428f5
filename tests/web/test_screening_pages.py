"""Asking with a questionnaire, in two languages, and what the page says of the answers."""

from uuid import UUID

import pytest
from django.test import Client

from tests.community import FOOD, Community, rosa
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, said, text
from waypost.interop.fhir.shipped import load_shipped
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.screening import selectors
from waypost.screening.cards import (
    Condition,
    Gate,
    InstrumentCard,
    NeedCard,
    Option,
    Question,
    Section,
)
from waypost.web.staff.forms.screening import MODE, ScreeningForm, gate_words, laid_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def instrument(community: Community) -> UUID:
    """The short screener that comes with the software."""
    [loaded] = load_shipped()
    return loaded


@pytest.fixture
def address(community: Community, instrument: UUID) -> str:
    """Where Rosa is asked."""
    return f"/people/{rosa(community.ana)}/screen/{instrument}/"


def needs(actor: Actor, address: str) -> list[NeedCard]:
    with acting(actor):
        return selectors.needs(actor, UUID(address.split("/")[2]))


def answers(**given: str) -> dict[str, str]:
    return {MODE: "interview", **{key.replace("_", "-"): value for key, value in given.items()}}


def first_need_question() -> tuple[str, str]:
    """The linkIds of the food question and of the wish that stands under it."""
    card = selectors.short_screener()
    under = {each.under: each.link_id for each in card.questions if each.under}
    food = next(each for each in card.questions if each.link_id in under and "food" in each.text.lower())
    return food.link_id, under[food.link_id]


def test_the_short_screener_is_offered_first(instrument: UUID, community: Community, ana: Client) -> None:
    person = rosa(community.ana)
    page = text(ana.get(f"/people/{person}/screen/"))
    assert f"/people/{person}/screen/{instrument}/" in page
    assert "Nobody has to answer anything." in page


def test_before_questions_are_loaded_a_need_may_be_noted(community: Community, ana: Client) -> None:
    page = text(ana.get(f"/people/{rosa(community.ana)}/screen/"))
    assert "No questions are loaded." in page
    assert "Add a need" in page


def test_the_own_priority_is_asked_before_any_need(address: str, ana: Client) -> None:
    card = selectors.short_screener()
    page = text(ana.get(f"{address}?language=en"))
    food, _wish = first_need_question()
    assert page.index(f'name="{card.first}"') < page.index(f'name="{food}"')


def test_the_questions_come_in_the_persons_language(address: str, ana: Client) -> None:
    assert "¿" in text(ana.get(address)), "Rosa speaks Spanish"
    assert "¿" not in text(ana.get(f"{address}?language=en"))
    assert ana.get(f"{address}?language=xx").status_code == OK


def test_answers_become_needs(community: Community, address: str, ana: Client) -> None:
    food, wish = first_need_question()
    answer = ana.post(address, answers() | {food: "yes", wish: "yes"})
    assert answer.status_code == FOUND
    assert said(answer) == ["You found 1 need."]
    [need] = needs(community.ana, address)
    assert (need.category, need.wants_help) == (FOOD, "yes")
    again = ana.post(address, answers() | {food: "yes", wish: "yes"})
    assert said(again)[-1] == "The screening is saved. It found nothing new. 1 was known already."


def test_a_screening_is_on_the_record_and_can_be_read_again(
    community: Community, address: str, ana: Client
) -> None:
    food, wish = first_need_question()
    ana.post(f"{address}?language=en", answers() | {food: "yes", wish: "later"})
    person = address.split("/")[2]
    assert "screened Rosa: 1 need" in text(ana.get(f"/people/{person}/"))
    with acting(community.ana):
        [row] = selectors.responses(community.ana, UUID(person))
    page = text(ana.get(f"/screenings/{row.id}/"))
    assert "Maybe later" in page


def test_an_empty_form_is_refused_in_words(community: Community, address: str, ana: Client) -> None:
    answer = ana.post(address, answers())
    assert answer.status_code == REFUSED
    assert "Nothing was answered yet." in text(answer)


def test_a_wrong_answer_keeps_what_was_typed(community: Community, address: str, ana: Client) -> None:
    food, wish = first_need_question()
    card = selectors.short_screener()
    words = next(each.link_id for each in card.questions if each.kind in ("text", "long_text"))
    answer = ana.post(address, answers() | {food: "rubbish", wish: "yes", words: "No gas for the car"})
    assert answer.status_code == REFUSED
    assert "Choose one of the answers of the list." in text(answer)
    assert "No gas for the car" in text(answer)
    assert needs(community.ana, address) == []


def test_words_too_long_are_refused(community: Community, address: str, ana: Client) -> None:
    card = selectors.short_screener()
    words = next(each.link_id for each in card.questions if each.kind in ("text", "long_text"))
    answer = ana.post(address, answers() | {words: "x" * 6000})
    assert answer.status_code == REFUSED
    assert "too long" in text(answer)


def test_safety_questions_are_asked_only_in_a_conversation(
    community: Community, address: str, ana: Client
) -> None:
    [safety] = sorted(selectors.short_screener().alone_only)[:1]
    answer = ana.post(address, answers() | {MODE: "self_paper", safety: "yes"})
    assert answer.status_code == REFUSED
    assert "alone with the person" in text(answer)
    assert "Ask this only when you are alone with Rosa." in text(ana.get(address))


def test_how_it_was_asked_must_be_said(address: str, ana: Client) -> None:
    food, _wish = first_need_question()
    assert ana.post(address, {food: "yes"}).status_code == REFUSED
    assert ana.post(address, {MODE: "telepathy", food: "yes"}).status_code == REFUSED


def test_what_is_not_there_is_not_found(address: str, ana: Client) -> None:
    person = address.split("/")[2]
    assert ana.get(f"/people/{person}/screen/{person}/").status_code == NOT_FOUND
    assert ana.get(f"/screenings/{person}/").status_code == NOT_FOUND


def test_a_stranger_screens_nobody(community: Community, address: str, olga: Client) -> None:
    assert olga.get(address).status_code == NOT_FOUND
    assert olga.post(address, answers()).status_code == NOT_FOUND


def test_a_referrer_screens_nobody(community: Community, address: str, sign_in, as_web) -> None:  # type: ignore[no-untyped-def]
    ito = sign_in(Client(), community.ito)
    as_web()
    assert ito.get(address).status_code == FORBIDDEN


# a questionnaire with everything in it


def question(link_id: str, kind: str, **more: object) -> Question:
    return Question(link_id=link_id, kind=kind, text=f"Question {link_id}", **more)  # type: ignore[arg-type]


YES_NO = (Option("yes", "Yes"), Option("no", "No"))


@pytest.fixture
def everything() -> InstrumentCard:
    return InstrumentCard(
        id=UUID(int=1),
        title="Everything",
        url="urn:test",
        version="1",
        languages=("en",),
        language="en",
        alone_only=frozenset(),
        first="",
        sections=(
            Section(
                "s",
                "",
                "",
                (
                    question("/71802-3", "choice", options=YES_NO),
                    question("b", "choice", options=YES_NO, under="/71802-3"),
                    question(
                        "c",
                        "open_choices",
                        options=YES_NO,
                        gates=(Gate((Condition("/71802-3", "=", "yes"),), every=True),),
                    ),
                    question("d", "choice", options=tuple(Option(str(n), str(n)) for n in range(20))),
                    question("e", "integer"),
                    question("f", "date", required=True),
                ),
            ),
        ),
    )


def test_a_question_under_another_stands_beside_it(everything: InstrumentCard) -> None:
    [section] = laid_out(ScreeningForm(everything))
    assert [each.field.name for each in section.questions] == ["/71802-3", "c", "d", "e", "f"]
    assert [each.field.name for each in section.questions[0].beside] == ["b"]


def test_when_to_ask_is_said_in_words(everything: InstrumentCard) -> None:
    gates = everything.questions[2].gates
    assert gate_words(everything, gates) == "Only if “Question /71802-3” is “Yes”."
    either = (Gate((Condition("e", "exists", "true"), Condition("f", ">", "2")), every=False),)
    said_so = "Only if “Question e” is answered or “Question f” is more than 2."
    assert gate_words(everything, either) == said_so


def test_long_lists_are_chosen_from_and_other_words_are_kept(everything: InstrumentCard) -> None:
    from django.http import QueryDict  # noqa: PLC0415

    form = ScreeningForm(everything, QueryDict("c=yes&c=something+else&waypost-mode=interview"))
    assert "<select" in str(form["d"])
    shown = str(form["c"])
    assert 'value="something else"' in shown
    assert shown.count("checked") == 1
    assert form.is_valid(), "whether an answer is needed depends on other answers: the service says"
    assert form.answers()["c"] == ["yes", "something else"]
