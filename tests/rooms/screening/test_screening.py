"""Asking with our own short screener, and what becomes of the answers; as the web role."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.community import FOOD, Community, rosa, sent_referral
from waypost.disclosure import gate
from waypost.interop.fhir.shipped import load_shipped
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.screening import selectors, services
from waypost.screening.cards import NeedCard, SavedScreening
from waypost.screening.words import AnswersRefused

pytestmark = pytest.mark.django_db

UTILITIES = "utility-insecurity"
VIOLENCE = "intimate-partner-violence"


@pytest.fixture
def screener(community: Community, as_web: Callable[[], None]) -> UUID:
    """The short screener, loaded; from here on as the web role."""
    [instrument_id] = load_shipped()
    as_web()
    return instrument_id


@pytest.fixture
def person(community: Community, screener: UUID) -> UUID:
    return rosa(community.ana)


def screen(actor: Actor, person: UUID, mode: str = "interview", **answers: str) -> SavedScreening:
    given = {key.replace("_", "-"): [value] for key, value in answers.items()}
    with acting(actor):
        return services.save_response(
            actor=actor,
            person_id=person,
            instrument_id=selectors.short_screener().id,
            answers=given,
            mode=mode,
            language="es",
        )


def needs(actor: Actor, person: UUID) -> list[NeedCard]:
    with acting(actor):
        return selectors.needs(actor, person)


def test_the_persons_own_priority_is_asked_first(screener: UUID) -> None:
    card = selectors.short_screener()
    assert card.first == "first-priority"
    assert [each.link_id for each in card.questions[:2]] == ["first-words", "first-priority"]


def test_each_need_has_a_second_question_beside_it_whether_help_is_wanted(screener: UUID) -> None:
    card = selectors.short_screener(language="es")
    beside = {each.under: each for each in card.questions if each.under and each.link_id.endswith("-help")}
    assert len(beside) == 23
    assert beside["food"].text == "¿Quiere ayuda con eso?"
    assert [each.text for each in beside["food"].options] == ["Sí", "No", "Quizás después"]


def test_loading_again_changes_nothing(community: Community) -> None:
    assert load_shipped() == load_shipped()
    assert [each.is_short_screener for each in selectors.instruments()] == [True]


def test_answers_become_needs_with_her_words_her_order_and_her_wish(
    community: Community, person: UUID
) -> None:
    saved = screen(
        community.ana,
        person,
        first_words="La luz, me la van a cortar",
        first_priority=UTILITIES,
        food="yes",
        food_help="later",
        utilities="yes",
        utilities_help="yes",
        rides="no",
        work="skip",
    )
    first, second = needs(community.ana, person)
    assert (first.category, first.rank, first.wants_help, first.z_code) == (UTILITIES, 1, "yes", "Z59.861")
    assert first.words == "La luz, me la van a cortar"
    assert (second.category, second.rank, second.wants_help, second.z_code) == (FOOD, None, "later", "Z59.41")
    assert set(saved.found) == {first.id, second.id}
    assert {(each.source, each.status, each.found_on) for each in (first, second)} == {
        ("screening", "open", today())
    }


def test_no_help_wanted_with_a_need_is_kept_as_that(community: Community, person: UUID) -> None:
    screen(community.ana, person, food="yes", food_help="no")
    [need] = needs(community.ana, person)
    assert (need.status, need.wants_help) == ("open", "no")


def test_a_wish_for_help_without_a_need_is_no_need(community: Community, person: UUID) -> None:
    assert screen(community.ana, person, food="no", food_help="yes").found == ()
    assert needs(community.ana, person) == []


def test_an_open_need_is_kept_and_brought_up_to_date_not_doubled(community: Community, person: UUID) -> None:
    before = screen(community.ana, person, food="yes").found
    again = screen(community.ana, person, food="yes", food_help="yes", first_priority=FOOD)
    assert (again.found, again.kept) == ((), before)
    [need] = needs(community.ana, person)
    assert (need.wants_help, need.rank) == ("yes", 1)


def test_a_need_that_was_met_and_comes_back_is_a_new_one(community: Community, person: UUID) -> None:
    [first] = screen(community.ana, person, food="yes").found
    with acting(community.ana):
        services.set_need_status(actor=community.ana, need_id=first, status="met")
    [second] = screen(community.ana, person, food="yes").found
    assert second != first
    with acting(community.ana), pytest.raises(Refused, match="open need of this kind already"):
        services.set_need_status(actor=community.ana, need_id=first, status="open")


def test_what_was_answered_can_be_read_again_in_the_words_of_the_form(
    community: Community, person: UUID
) -> None:
    saved = screen(community.ana, person, first_words="Comida", food="yes", food_help="yes")
    with acting(community.ana):
        card = selectors.response(community.ana, saved.response_id)
        [row] = selectors.responses(community.ana, person)
    assert (row.mode, row.language, row.asked_by_name, row.needs_found) == ("interview", "es", "Ana Reyes", 1)
    assert row.priority_words == "Comida"
    assert [each.answers for each in card.answers] == [("Comida",), ("Sí",), ("Sí",)]
    assert card.answers[2].question.endswith("· ¿Quiere ayuda con eso?")


@pytest.mark.parametrize("mode", ["self_paper", "self_screen"])
def test_safety_questions_are_asked_only_in_a_conversation(
    community: Community, person: UUID, mode: str
) -> None:
    with pytest.raises(AnswersRefused) as refusal:
        screen(community.ana, person, mode=mode, partner="yes")
    assert refusal.value.field == "partner"


def test_a_need_for_safety_carries_its_sensitivity(community: Community, person: UUID) -> None:
    screen(community.ana, person, partner="yes", partner_help="yes")
    [need] = needs(community.ana, person)
    assert (need.category, need.sensitivities) == (VIOLENCE, frozenset({"violence"}))


def test_events_hold_ids_only(community: Community, person: UUID) -> None:
    saved = screen(community.ana, person, partner="yes")
    with acting(community.ana):
        found = {
            row.name: row.payload
            for row in Event.objects.filter(name__in=["screening.answered", "need.found"])
        }
    assert found == {
        "screening.answered": {"person_id": str(person), "response_id": str(saved.response_id)},
        "need.found": {"person_id": str(person), "need_id": str(saved.found[0])},
    }


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        ({}, None, "Nothing was answered"),
        ({"food": "perhaps"}, "food", "answers of the list"),
        ({"first_words": "x" * 10_000_000}, "first-words", "Up to 2000 characters"),
        ({"nothing": "yes"}, "nothing", "does not belong to the form"),
    ],
)
def test_bad_answers_are_refused_in_plain_words_and_nothing_is_kept(
    community: Community, person: UUID, answers: dict[str, str], field: str | None, message: str
) -> None:
    with pytest.raises(AnswersRefused, match=message) as refusal:
        screen(community.ana, person, **answers)
    assert refusal.value.field == field
    with acting(community.ana):
        assert selectors.responses(community.ana, person) == []


def test_all_faults_are_told_at_once(community: Community, person: UUID) -> None:
    with pytest.raises(AnswersRefused) as refusal:
        screen(community.ana, person, food="perhaps", rides="perhaps")
    assert [link_id for link_id, _ in refusal.value.faults] == ["food", "rides"]


def test_a_need_may_be_told_without_a_screening(community: Community, person: UUID) -> None:
    with acting(community.ana):
        need = services.add_need(actor=community.ana, person_id=person, category=FOOD, words="Nothing left")
        same = services.add_need(actor=community.ana, person_id=person, category=FOOD, wants_help="later")
        card = selectors.need(community.ana, need)
    assert same == need
    assert (card.words, card.wants_help, card.source) == ("Nothing left", "later", "told_us")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"category": "hunger"}, "category"),
        ({"category": "protective-factor"}, "category"),
        ({"wants_help": "perhaps"}, "wants_help"),
        ({"words": "x" * 10_000_000}, "words"),
    ],
)
def test_a_need_that_makes_no_sense_is_refused(
    community: Community, person: UUID, change: dict[str, str], field: str
) -> None:
    with acting(community.ana), pytest.raises(Refused) as refusal:
        services.add_need(actor=community.ana, person_id=person, **{"category": FOOD, **change})  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_met_is_for_now_with_a_day_to_ask_again_and_a_line_for_each_move(
    community: Community, person: UUID
) -> None:
    ana = community.ana
    [need] = screen(ana, person, food="yes", first_priority=FOOD).found
    again = today() + timedelta(days=30)
    with acting(ana):
        services.set_need_status(actor=ana, need_id=need, status="met", words="For now", ask_again_on=again)
        card = selectors.need(ana, need)
        assert (card.status, card.ask_again_on, card.rank, card.moves) == ("met", again, None, ("open",))
        services.set_need_status(actor=ana, need_id=need, status="open")
        with pytest.raises(Refused):
            services.set_need_status(actor=ana, need_id=need, status="open")
        events = selectors.need_events(ana, person)
    assert [(each.move, each.words) for each in events] == [("reopen", ""), ("meet", "For now"), ("find", "")]


def test_a_day_to_ask_again_lies_ahead(community: Community, person: UUID) -> None:
    [need] = screen(community.ana, person, food="yes").found
    with acting(community.ana), pytest.raises(Refused, match="past"):
        services.set_need_status(
            actor=community.ana, need_id=need, status="met", ask_again_on=today() - timedelta(days=1)
        )


def test_she_puts_her_needs_in_her_own_order(community: Community, person: UUID) -> None:
    ana = community.ana
    screen(ana, person, food="yes", utilities="yes", rides="yes", first_priority=FOOD)
    by_category = {each.category: each.id for each in needs(ana, person)}
    with acting(ana):
        services.rank_needs(
            actor=ana,
            person_id=person,
            need_ids=[by_category["transportation-insecurity"], by_category[UTILITIES]],
        )
        assert selectors.first_needs(ana, [person]) == {person: "Rides"}
        assert selectors.open_counts(ana, [person, uuid4()]) == {person: 3}
    assert [(each.category, each.rank) for each in needs(ana, person)] == [
        ("transportation-insecurity", 1),
        (UTILITIES, 2),
        (FOOD, None),
    ]


def test_a_new_first_priority_moves_the_others_down(community: Community, person: UUID) -> None:
    screen(community.ana, person, first_priority=FOOD)
    screen(community.ana, person, first_priority=UTILITIES)
    assert [(each.category, each.rank) for each in needs(community.ana, person)] == [
        (UTILITIES, 1),
        (FOOD, 2),
    ]


def test_a_stranger_sees_and_writes_nothing(community: Community, person: UUID) -> None:
    saved = screen(community.ana, person, food="yes")
    [need] = saved.found
    olga = community.olga
    with acting(olga):
        assert selectors.needs(olga, person) == []
        assert selectors.responses(olga, person) == []
        for look in (
            lambda: selectors.need(olga, need),
            lambda: selectors.response(olga, saved.response_id),
            lambda: gate.open_record(olga, person),
            lambda: services.add_need(actor=olga, person_id=person, category=FOOD),
            lambda: services.set_need_status(actor=olga, need_id=need, status="met"),
            lambda: services.rank_needs(actor=olga, person_id=person, need_ids=[need]),
        ):
            with pytest.raises(NotVisible):
                look()
    with pytest.raises(NotVisible):
        screen(olga, person, food="yes")


def test_a_recipient_sees_the_need_it_was_told_of_without_her_words_and_no_other(
    community: Community, screener: UUID
) -> None:
    ana, sam = community.ana, community.sam
    person, _, _ = sent_referral(community)
    screen(ana, person, first_priority=FOOD, first_words="Nothing left", utilities="yes", partner="yes")
    with acting(sam):
        assert selectors.needs(sam, person) == []
        grant = gate.open_record(sam, person)
        [need] = selectors.needs(sam, person, grant=grant)
        assert selectors.need(sam, need.id, grant=grant) == need
        with pytest.raises(NotVisible):
            selectors.need(sam, need.id)
        with pytest.raises(NotVisible):
            services.set_need_status(actor=sam, need_id=need.id, status="met")
        assert selectors.responses(sam, person) == []
    assert (need.category, need.own, need.words, need.response_id, need.moves) == (FOOD, False, "", None, ())


@pytest.mark.parametrize("table", ["screening_response", "screening_need", "screening_needevent"])
def test_in_sql_nobody_else_sees_a_row(community: Community, person: UUID, table: str) -> None:
    screen(community.ana, person, food="yes")
    for actor, expected in [(community.ana, 1), (community.sam, 0), (None, 0)]:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (expected,)


def test_what_happened_to_a_need_cannot_be_rewritten(community: Community, person: UUID) -> None:
    screen(community.ana, person, food="yes")
    with (
        acting(community.ana),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE screening_needevent SET actor_name = 'Somebody else'")
