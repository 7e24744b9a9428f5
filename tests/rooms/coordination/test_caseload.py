"""The caseload: whose move it is, when to check back, contacts and services given; as the web role."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.community import FOOD, Community, rosa
from waypost.coordination import selectors
from waypost.coordination.cards import CaseRow, EpisodeCard
from waypost.coordination.models import Episode
from waypost.coordination.services import (
    Ask,
    close_episode,
    hand_over,
    log_contact,
    log_service,
    open_episode,
    request_coordination,
    set_next_move,
)
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.ids import uuid7
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _web(community: Community, as_web: Callable[[], None]) -> None:
    as_web()


@pytest.fixture
def person(community: Community) -> UUID:
    return rosa(community.ana)


def case(actor: Actor, name: str, *, due: date | None = None, **more: Any) -> UUID:
    """Somebody in this actor's caseload; returns the episode."""
    with acting(actor):
        who = register(actor=actor, identity=Identity(given_name=name))
        return open_episode(actor=actor, person_id=who, check_back_on=due, **more)


def names(rows: list[CaseRow] | tuple[CaseRow, ...]) -> list[str]:
    return [each.person_name for each in rows]


def episode_of(actor: Actor, person: UUID) -> EpisodeCard:
    with acting(actor):
        found = selectors.episode(actor, person)
    assert found is not None
    return found


def test_one_person_is_in_one_caseload_only(community: Community, person: UUID) -> None:
    with acting(community.ana):
        open_episode(actor=community.ana, person_id=person)
    with acting(community.lee), pytest.raises(Refused, match="Ana Reyes works with this person already"):
        open_episode(actor=community.lee, person_id=person)


def test_the_database_holds_that_too(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        open_episode(actor=ana, person_id=person)
        with pytest.raises(IntegrityError, match="coordination_episode_one_open"), transaction.atomic():
            Episode(
                id=uuid7(),
                held_by_id=community.clinic,
                topic="plan",
                person_id=person,
                lead_id=ana.user_id,
                lead_name=ana.name,
            ).save(force_insert=True)


def test_after_an_end_there_can_be_a_new_beginning(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        first = open_episode(actor=ana, person_id=person)
        close_episode(actor=ana, episode_id=first, reason="graduated")
        assert selectors.episode(ana, person) is None
        assert selectors.episode_by_id(ana, first).closed_reason == "graduated"
        with pytest.raises(Refused, match="closed in the meantime"):
            set_next_move(actor=ana, episode_id=first, whose_move="us", next_move="call")
        assert open_episode(actor=ana, person_id=person) != first


def test_it_is_always_plain_whose_move_it_is(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        episode_id = open_episode(actor=ana, person_id=person)
        set_next_move(
            actor=ana,
            episode_id=episode_id,
            whose_move="person",
            next_move="she_goes",
            words="Food bank, Fri 10:00",
            check_back_on=today() + DAY,
        )
        [row], count = selectors.caseload(ana, lead_id=ana.user_id)
    assert (count, row.person_name, row.whose_move, row.next_move) == (
        1,
        "Rosa Delgado",
        "person",
        "she_goes",
    )
    assert (row.next_words, row.check_back_on, row.overdue) == ("Food bank, Fri 10:00", today() + DAY, False)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"whose_move": "nobody"}, "whose_move"),
        ({"next_move": "dance"}, "next_move"),
        ({"words": "x" * 301}, "words"),
        ({"check_back_on": date(2000, 1, 1)}, "check_back_on"),
    ],
)
def test_a_next_move_that_makes_no_sense_is_refused(
    community: Community, person: UUID, change: dict[str, Any], field: str
) -> None:
    with acting(community.ana):
        episode_id = open_episode(actor=community.ana, person_id=person)
        with pytest.raises(Refused) as refusal:
            set_next_move(
                actor=community.ana,
                episode_id=episode_id,
                **{"whose_move": "us", "next_move": "call", **change},
            )
    assert refusal.value.field == field


def test_a_caseload_may_be_handed_to_a_colleague_but_not_outside_nor_to_a_referrer(
    community: Community, person: UUID
) -> None:
    with acting(community.ana):
        episode_id = open_episode(actor=community.ana, person_id=person)
        for lead in (community.sam, community.ito):
            assert lead.user_id is not None
            with pytest.raises(Refused, match="works here"):
                hand_over(actor=community.ana, episode_id=episode_id, lead_id=lead.user_id)
        assert community.lee.user_id is not None
        hand_over(actor=community.ana, episode_id=episode_id, lead_id=community.lee.user_id)
    assert episode_of(community.lee, person).lead_name == "Lee Park"


def test_a_contact_is_a_mode_and_a_result_and_nothing_more(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        open_episode(actor=ana, person_id=person)
        log_contact(actor=ana, person_id=person, mode="phone", result="no_answer")
        [contact] = selectors.contacts(ana, person)
        [row], _ = selectors.caseload(ana)
    assert (contact.mode_name, contact.result_name, contact.by_name) == ("Call", "No answer", "Ana Reyes")
    assert (row.last_contact_mode, row.last_contact_result, row.phase) == ("phone", "no_answer", "outreach")


def test_a_contact_moves_the_episode_along(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        open_episode(actor=ana, person_id=person, urgent=True)
        log_contact(
            actor=ana,
            person_id=person,
            mode="text",
            result="reached",
            note="Will go on Friday",
            minutes=5,
            check_back_on=today() + 3 * DAY,
            whose_move="person",
        )
    card = episode_of(ana, person)
    assert (card.phase, card.whose_move, card.check_back_on) == ("working", "person", today() + 3 * DAY)
    assert not card.urgent


def test_a_contact_without_a_plan_leaves_the_plan_as_it_was(community: Community, person: UUID) -> None:
    ana = community.ana
    with acting(ana):
        open_episode(actor=ana, person_id=person, urgent=True, check_back_on=today() + DAY)
        log_contact(actor=ana, person_id=person, mode="phone", result="left_message")
    card = episode_of(ana, person)
    assert (card.urgent, card.check_back_on, card.whose_move) == (True, today() + DAY, "us")


def test_a_contact_is_logged_without_an_episode_too(community: Community, person: UUID) -> None:
    with acting(community.lee):
        log_contact(actor=community.lee, person_id=person, mode="in_person", result="came_by", direction="in")
        assert selectors.contacts(community.lee, person)[0].direction == "in"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "pigeon"}, "mode"),
        ({"result": "fine"}, "result"),
        ({"direction": "up"}, "direction"),
        ({"note": "x" * 10_000_000}, "note"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"check_back_on": date(2000, 1, 1)}, "check_back_on"),
        ({"whose_move": "nobody"}, "whose_move"),
    ],
)
def test_a_contact_that_makes_no_sense_is_refused_and_nothing_is_kept(
    community: Community, person: UUID, change: dict[str, Any], field: str
) -> None:
    ana = community.ana
    with acting(ana), pytest.raises(Refused) as refusal:
        log_contact(actor=ana, person_id=person, **{"mode": "phone", "result": "reached", **change})
    assert refusal.value.field == field
    with acting(ana):
        assert selectors.contacts(ana, person) == []


def test_my_day_puts_first_what_is_urgent_or_due(community: Community) -> None:
    ana = community.ana
    with clock.at(THURSDAY):
        on = today()
        case(ana, "Urgent", due=on + 30 * DAY, urgent=True)
        case(ana, "Today", due=on)
        case(ana, "Friday", due=on + DAY)
        case(ana, "Week", due=on + 7 * DAY)
        case(ana, "Later", due=on + 8 * DAY)
        case(community.lee, "Of Lee", due=on)
    with clock.at(THURSDAY - DAY):
        case(ana, "Overdue", due=on - DAY)
    with clock.at(THURSDAY), acting(ana):
        request_coordination(actor=ana, ask=Ask(person_name="Grace Kim", reason=FOOD))
        mine = selectors.my_day(ana)
    assert names(mine.now) == ["Urgent", "Overdue", "Today"]
    assert [each.overdue for each in mine.now] == [False, True, False]
    assert [each.person_name for each in mine.new] == ["Grace Kim"]
    assert (mine.this_week, mine.later, mine.total) == (2, 1, 6)
    assert mine.by_move == {"us": 6, "person": 0, "partner": 0}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["Urgent", "Overdue", "Today", "Friday", "Later"]),
        ({"due": "now"}, ["Urgent", "Overdue", "Today"]),
        ({"due": "overdue"}, ["Overdue"]),
        ({"due": "today"}, ["Today"]),
        ({"due": "week"}, ["Today", "Friday"]),
        ({"whose_move": "us"}, ["Urgent", "Overdue", "Today", "Friday"]),
        ({"whose_move": "partner"}, ["Later"]),
        ({"whose_move": "partner", "due": "now"}, []),
    ],
)
def test_a_caseload_is_filtered_by_whose_move_and_by_what_is_due(
    community: Community, filters: dict[str, str], expected: list[str]
) -> None:
    ana = community.ana
    with clock.at(THURSDAY - DAY):
        on = today() + DAY
        case(ana, "Overdue", due=on - DAY)
    with clock.at(THURSDAY):
        case(ana, "Today", due=on)
        case(ana, "Friday", due=on + DAY)
        case(ana, "Urgent", due=on + 30 * DAY, urgent=True)
        late = case(ana, "Later", due=on + 20 * DAY)
        with acting(ana):
            set_next_move(
                actor=ana,
                episode_id=late,
                whose_move="partner",
                next_move="wait_for_partner",
                check_back_on=on + 20 * DAY,
            )
            rows, count = selectors.caseload(ana, **filters)  # type: ignore[arg-type]
    assert (names(rows), count) == (expected, len(expected))


def test_a_supervisor_sees_everybodys(community: Community) -> None:
    case(community.ana, "Of Ana")
    case(community.lee, "Of Lee")
    with acting(community.lee):
        all_of_them, count = selectors.caseload(community.lee)
        hers, _ = selectors.caseload(community.lee, lead_id=community.ana.user_id)
    assert (count, {each.lead_name for each in all_of_them}) == (2, {"Ana Reyes", "Lee Park"})
    assert names(hers) == ["Of Ana"]


def test_a_caseload_counts_open_needs_and_asks_the_database_no_more_for_more_people(
    community: Community,
) -> None:
    ana = community.ana
    for name in ("One", "Two", "Three"):
        case(ana, name)
    with acting(ana):
        rows, _ = selectors.caseload(ana)
        add_need(actor=ana, person_id=rows[0].person_id, category=FOOD)
        with CaptureQueriesContext(connection) as few:
            rows, _ = selectors.caseload(ana)
    assert sorted(each.open_needs for each in rows) == [0, 0, 1]
    assert {each.first_need for each in rows} == {"", "Food"}
    for name in ("Four", "Five", "Six", "Seven"):
        case(ana, name)
    with acting(ana), CaptureQueriesContext(connection) as many:
        selectors.caseload(ana)
    assert len(many) == len(few)


def test_an_organization_serves_its_own_clients_without_any_referral(community: Community) -> None:
    sam = community.sam
    client = rosa(sam)
    with acting(sam):
        log_service(
            actor=sam,
            person_id=client,
            what="Weekly groceries",
            listing_id=community.groceries,
            quantity="1 box for 4",
            on=today() - DAY,
        )
        log_service(actor=sam, person_id=client, what="Bus pass")
        rows, count = selectors.services_given(sam)
        yesterday, _ = selectors.services_given(sam, person_id=client, until=today() - DAY)
        nobody, _ = selectors.services_given(sam, person_id=uuid4())
        tomorrow, _ = selectors.services_given(sam, since=today() + DAY)
    assert (count, [each.what for each in rows]) == (2, ["Bus pass", "Weekly groceries"])
    [box] = yesterday
    assert (box.person_name, box.quantity, box.listing_id, box.by_name) == (
        "Rosa Delgado",
        "1 box for 4",
        community.groceries,
        "Sam Ortiz",
    )
    assert nobody == tomorrow == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"what": "  "}, "what"),
        ({"what": "x" * 301}, "what"),
        ({"on": date(2999, 1, 1)}, "on"),
        ({"quantity": "x" * 101}, "quantity"),
        ({"note": "x" * 10_000_000}, "note"),
    ],
)
def test_a_service_that_makes_no_sense_is_refused(
    community: Community, person: UUID, change: dict[str, Any], field: str
) -> None:
    with acting(community.ana), pytest.raises(Refused) as refusal:
        log_service(actor=community.ana, person_id=person, **{"what": "Bus pass", **change})
    assert refusal.value.field == field


def test_a_stranger_sees_and_writes_nothing(community: Community, person: UUID) -> None:
    ana, olga = community.ana, community.olga
    with acting(ana):
        episode_id = open_episode(actor=ana, person_id=person)
        log_contact(actor=ana, person_id=person, mode="phone", result="reached")
        log_service(actor=ana, person_id=person, what="Bus pass")
    with acting(olga):
        assert selectors.episode(olga, person) is None
        assert selectors.caseload(olga) == ([], 0)
        assert selectors.contacts(olga, person) == []
        assert selectors.services_given(olga) == ([], 0)
        for attempt in (
            lambda: selectors.episode_by_id(olga, episode_id),
            lambda: set_next_move(actor=olga, episode_id=episode_id, whose_move="us", next_move="call"),
            lambda: close_episode(actor=olga, episode_id=episode_id, reason="other"),
            lambda: log_contact(actor=olga, person_id=person, mode="phone", result="reached"),
            lambda: log_service(actor=olga, person_id=person, what="Bus pass"),
        ):
            with pytest.raises(NotVisible):
                attempt()


@pytest.mark.parametrize(
    "table", ["coordination_episode", "coordination_contactlog", "coordination_servicelog"]
)
def test_in_sql_nobody_else_sees_a_row(community: Community, person: UUID, table: str) -> None:
    ana = community.ana
    with acting(ana):
        open_episode(actor=ana, person_id=person)
        log_contact(actor=ana, person_id=person, mode="phone", result="reached")
        log_service(actor=ana, person_id=person, what="Bus pass")
    for actor, expected in [(ana, 1), (community.sam, 0), (None, 0)]:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (expected,)
