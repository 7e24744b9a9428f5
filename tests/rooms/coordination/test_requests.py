"""Asking for a coordinator, taking and closing; as the web role."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.community import FOOD, Community, rosa
from waypost.coordination import selectors
from waypost.coordination.cards import RequestRow
from waypost.coordination.services import (
    Ask,
    close_episode,
    close_request,
    open_episode,
    request_coordination,
    take_request,
)
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.network.selectors import teams

pytestmark = pytest.mark.django_db

# Thursday 3 December 2026, 10:00 in Los Angeles and later in the day everywhere east of it
THURSDAY = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
ROSA = Ask(
    person_name="Rosa Delgado",
    phone="206-555-0143",
    language="es",
    reason=FOOD,
    channel="warm_handoff",
    referrer_role="provider",
    expects_call=True,
)


@pytest.fixture(autouse=True)
def _web(community: Community, as_web: Callable[[], None]) -> None:
    as_web()


def ask(actor: Actor, request: Ask = ROSA) -> UUID:
    with acting(actor):
        return request_coordination(actor=actor, ask=request)


def look(actor: Actor, request_id: UUID) -> RequestRow:
    with acting(actor):
        return selectors.request(actor, request_id)


def test_a_provider_asks_and_sees_what_became_of_it(community: Community) -> None:
    ito, ana = community.ito, community.ana
    with clock.at(THURSDAY):
        request_id = ask(ito)
        with acting(ito):
            [mine], count = selectors.my_requests(ito)
        assert (count, mine.outcome, mine.warm, mine.channel) == (
            1,
            "Nobody has taken it yet.",
            True,
            "warm_handoff",
        )
        person = rosa(ana)
        with acting(ana):
            [new] = selectors.open_requests(ana)
            assert (new.referrer_name, new.referrer_role, new.reason_name) == ("Dr. Ito", "provider", "Food")
            take_request(actor=ana, request_id=request_id, person_id=person)
            assert selectors.open_requests(ana) == []
        assert look(ito, request_id).outcome == "Ana Reyes took it on Thu 3 Dec."
        with acting(ana):
            close_request(actor=ana, request_id=request_id, reason="connected")
        assert look(ito, request_id).outcome == "Ana Reyes closed it on Thu 3 Dec: connected."


def test_a_reference_names_nobody(community: Community) -> None:
    with clock.at(THURSDAY):
        row = look(community.ito, ask(community.ito))
    assert row.reference.startswith("Q-2612-")
    assert len(row.reference) == len("Q-2612-XXXXX")


@pytest.mark.parametrize(
    "request_",
    [
        Ask(person_name="Rosa", reason=FOOD),
        Ask(phone="206-555-0143", reason=FOOD),
        Ask(phone="206-555-0143", reason="other", reason_words="Wants to talk"),
    ],
)
def test_a_name_or_a_phone_number_and_a_reason_are_enough(community: Community, request_: Ask) -> None:
    assert look(community.ito, ask(community.ito, request_)).status == "new"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Ask(), "person_name"),
        (Ask(person_name="  ", reason=FOOD), "person_name"),
        (Ask(person_name="Rosa"), "reason"),
        (Ask(person_name="Rosa", reason="hunger"), "reason"),
        (Ask(person_name="Rosa", reason="protective-factor"), "reason"),
        (Ask(person_name="Rosa", reason="other"), "reason_words"),
        (Ask(person_name="Rosa", reason=FOOD, channel="pigeon"), "channel"),
        (Ask(person_name="Rosa", reason=FOOD, referrer_role="king"), "referrer_role"),
        (Ask(person_name="Rosa", reason=FOOD, team_id=uuid4()), "team_id"),
        (Ask(person_name="x" * 10_000_000, reason=FOOD), "person_name"),
        (Ask(person_name="Rosa", phone="x" * 61, reason=FOOD), "phone"),
        (Ask(person_name="Rosa", reason=FOOD, reason_words="x" * 10_000_000), "reason_words"),
    ],
)
def test_what_cannot_be_worked_on_is_refused_at_its_field(
    community: Community, request_: Ask, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(community.ito, request_)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("channel", "warm", "expected"),
    [
        ("warm_handoff", None, True),
        ("ehr", None, False),
        ("ehr", True, True),
        ("warm_handoff", False, False),
    ],
)
def test_warm_means_that_the_person_was_there(
    community: Community, channel: str, warm: bool | None, expected: bool
) -> None:
    request_id = ask(community.ito, Ask(person_name="Rosa", reason=FOOD, channel=channel, warm=warm))
    assert look(community.ito, request_id).warm is expected


def test_a_team_of_ones_own_may_be_named(community: Community) -> None:
    [north] = teams(community.clinic)
    request_id = ask(community.ito, Ask(person_name="Rosa", reason=FOOD, team_id=north.id))
    assert look(community.ito, request_id).team_name == "North"


def test_urgent_ones_come_first_then_who_has_waited_longest(community: Community) -> None:
    for name, urgent in [("First", False), ("Second", False), ("Third", True)]:
        ask(community.ito, Ask(person_name=name, reason=FOOD, urgent=urgent))
    with acting(community.ana):
        assert [each.person_name for each in selectors.open_requests(community.ana)] == [
            "Third",
            "First",
            "Second",
        ]


@pytest.mark.parametrize(
    ("request_", "due", "move"),
    [
        (ROSA, date(2026, 12, 3), "meet"),
        (Ask(person_name="Rosa", reason=FOOD, urgent=True), date(2026, 12, 3), "call"),
        (Ask(person_name="Rosa", reason=FOOD, expects_call=True), date(2026, 12, 3), "call"),
        (Ask(person_name="Rosa", reason=FOOD), date(2026, 12, 4), "call"),
    ],
)
def test_taking_puts_the_person_into_the_caseload_with_a_first_move(
    community: Community, request_: Ask, due: date, move: str
) -> None:
    ana = community.ana
    with clock.at(THURSDAY):
        request_id, person = ask(community.ito, request_), rosa(ana)
        with acting(ana):
            episode_id = take_request(actor=ana, request_id=request_id, person_id=person)
            card = selectors.episode(ana, person)
            assert selectors.requests_of(ana, person)[0].id == request_id
    assert card is not None
    assert (card.id, card.lead_name, card.whose_move) == (episode_id, "Ana Reyes", "us")
    assert (card.next_move, card.check_back_on, card.phase) == (move, due, "outreach")


def test_who_is_in_a_caseload_already_stays_with_the_same_lead(community: Community) -> None:
    ana, lee = community.ana, community.lee
    person = rosa(ana)
    with acting(lee):
        standing = open_episode(actor=lee, person_id=person)
    request_id = ask(community.ito, Ask(person_name="Rosa", reason=FOOD, urgent=True))
    with acting(ana):
        assert take_request(actor=ana, request_id=request_id, person_id=person) == standing
        card = selectors.episode(ana, person)
    assert card is not None
    assert (card.lead_name, card.urgent) == ("Lee Park", True)


def test_nobody_takes_twice(community: Community) -> None:
    request_id, person = ask(community.ito), rosa(community.ana)
    with acting(community.ana):
        take_request(actor=community.ana, request_id=request_id, person_id=person)
    with acting(community.lee), pytest.raises(Refused, match="Ana Reyes took it on"):
        take_request(actor=community.lee, request_id=request_id, person_id=person)


def test_a_closed_request_is_not_closed_again_nor_taken(community: Community) -> None:
    ana = community.ana
    request_id, person = ask(community.ito), rosa(ana)
    with acting(ana):
        close_request(actor=ana, request_id=request_id, reason="declined", words="Will call when ready")
        with pytest.raises(Refused, match="Ana Reyes closed this request"):
            close_request(actor=ana, request_id=request_id, reason="connected")
        with pytest.raises(Refused, match="did not want it"):
            take_request(actor=ana, request_id=request_id, person_id=person)
        assert selectors.request(ana, request_id).closed_reason == "declined"


def test_closing_needs_a_reason_of_the_list(community: Community) -> None:
    request_id = ask(community.ito)
    with acting(community.ana), pytest.raises(Refused) as refusal:
        close_request(actor=community.ana, request_id=request_id, reason="whatever")
    assert refusal.value.field == "reason"


def test_a_person_may_be_asked_for_by_her_own_record(community: Community) -> None:
    person = rosa(community.ana)
    row = look(community.ana, ask(community.ana, Ask(person_id=person, reason=FOOD, channel="screening")))
    assert (row.person_id, row.person_name) == (person, "Rosa Delgado")


def test_other_organizations_see_nothing_and_cannot_take_or_name_our_people(community: Community) -> None:
    person = rosa(community.ana)
    request_id = ask(community.ito)
    olga = community.olga
    with acting(olga):
        assert selectors.open_requests(olga) == []
        assert selectors.my_requests(olga) == ([], 0)
        for attempt in (
            lambda: selectors.request(olga, request_id),
            lambda: close_request(actor=olga, request_id=request_id, reason="connected"),
            lambda: take_request(actor=olga, request_id=request_id, person_id=person),
            lambda: request_coordination(actor=olga, ask=Ask(person_id=person, reason=FOOD)),
            lambda: open_episode(actor=olga, person_id=person),
        ):
            with pytest.raises(NotVisible):
                attempt()


def test_in_sql_nobody_else_sees_a_request(community: Community) -> None:
    ask(community.ito)
    for actor, expected in [(community.ana, 1), (community.sam, 0), (None, 0)]:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM coordination_request")
            assert cursor.fetchone() == (expected,)


def test_events_hold_ids_only(community: Community) -> None:
    ana = community.ana
    request_id, person = ask(community.ito), rosa(ana)
    with acting(ana):
        episode_id = take_request(actor=ana, request_id=request_id, person_id=person)
        close_request(actor=ana, request_id=request_id, reason="connected")
        close_episode(actor=ana, episode_id=episode_id, reason="needs_met")
        found = {row.name: row.payload for row in Event.objects.filter(name__startswith="coordination.")}
    ids = {"request_id": str(request_id), "person_id": str(person)}
    assert found == {
        "coordination.requested": {"request_id": str(request_id)},
        "coordination.taken": {**ids, "episode_id": str(episode_id)},
        "coordination.closed": ids,
    }


def test_figures_count_requests_by_the_day_in_the_networks_own_zone(community: Community) -> None:
    [north] = teams(community.clinic)
    late = datetime(2026, 12, 1, 4, 30, tzinfo=UTC)  # still 30 November in every zone of the United States
    with clock.at(late):
        ask(community.ito, Ask(person_name="Rosa", reason=FOOD, team_id=north.id, channel="warm_handoff"))
    with clock.at(THURSDAY):
        ask(community.ito, Ask(person_name="Minh", reason=FOOD, channel="ehr", referrer_role="nurse"))
    with acting(community.ana):
        november = selectors.request_facts(since=date(2026, 11, 1), until=date(2026, 11, 30))
        both = selectors.request_facts(
            since=date(2026, 11, 1), until=date(2026, 12, 31), organization_id=community.clinic
        )
        none = selectors.request_facts(
            since=date(2026, 11, 1), until=date(2026, 12, 31), organization_id=community.bank
        )
    assert [(each.asked_on, each.team_name, each.channel, each.warm) for each in november] == [
        (date(2026, 11, 30), "North", "warm_handoff", True)
    ]
    assert [(each.role, each.warm, each.status) for each in both] == [
        ("other", True, "new"),
        ("nurse", False, "new"),
    ]
    assert none == []
