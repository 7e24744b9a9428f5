"""The loop, whose move it is, and undo, on cases written by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from waypost.referrals.rules import Evidence, Turn, loop, may_undo, need_met, turn

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def said(fact: str, source: str, hours: int) -> Evidence:
    return Evidence(fact, source, NOON + timedelta(hours=hours))


LOOPS = {
    "nothing said": ([], "", False),
    "contact and a date close nothing": (
        [said("contacted", "partner", 0), said("scheduled", "partner", 1)],
        "",
        False,
    ),
    "coming is not receiving": ([said("attended", "partner", 0)], "", False),
    "the partner says received": ([said("received", "partner", 0)], "received", False),
    "the person alone can close it": ([said("received", "person", 0)], "received", False),
    "not received closes it too": ([said("not_received", "partner", 0)], "not_received", False),
    "partner and person agree": (
        [said("received", "partner", 0), said("received", "person", 5)],
        "received",
        False,
    ),
    "received and partly are no contradiction": (
        [said("received", "partner", 0), said("partly_received", "person", 5)],
        "partly_received",
        False,
    ),
    "partner and person contradict each other": (
        [said("received", "partner", 0), said("not_received", "person", 5)],
        "not_received",
        True,
    ),
    "the coordinator settles it": (
        [
            said("received", "partner", 0),
            said("not_received", "person", 5),
            said("received", "coordinator", 6),
        ],
        "received",
        False,
    ),
    "a new contradiction after the settling": (
        [
            said("not_received", "person", 5),
            said("received", "coordinator", 6),
            said("not_received", "person", 9),
        ],
        "not_received",
        True,
    ),
    "whether the need is met is another question": (
        [said("received", "partner", 0), said("need_open", "person", 5)],
        "received",
        False,
    ),
}


@pytest.mark.parametrize("name", LOOPS)
def test_the_loop_is_read_from_its_evidence(name: str) -> None:
    reports, outcome, contradictory = LOOPS[name]
    found = loop(reports)
    assert (found.outcome, found.closed, found.contradictory) == (outcome, bool(outcome), contradictory)


def test_the_order_in_which_evidence_is_stored_does_not_matter() -> None:
    reports = LOOPS["the coordinator settles it"][0]
    assert loop(list(reversed(reports))) == loop(reports)


def test_need_met_is_the_persons_last_word() -> None:
    assert need_met([]) is None
    assert need_met([said("need_met", "person", 0)]) is True
    assert need_met([said("need_met", "person", 0), said("need_open", "person", 9)]) is False


TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
TURNS = {
    "a draft waits for us": (("draft", "", None, None, False), Turn("us", "finish", None, False)),
    "they are to answer": (
        ("requested", "they_call", TOMORROW, None, False),
        Turn("them", "answer", TOMORROW, False),
    ),
    "they are late": (
        ("requested", "they_call", YESTERDAY, None, False),
        Turn("them", "answer", YESTERDAY, True),
    ),
    "the person goes there, whatever was answered": (
        ("requested", "person_goes", TOMORROW, None, False),
        Turn("person", "person_goes", TOMORROW, False),
    ),
    "we call": (("accepted", "we_call", TOMORROW, None, False), Turn("us", "we_call", TOMORROW, False)),
    "time to ask the person": (
        ("accepted", "they_call", None, TODAY, False),
        Turn("us", "ask_person", TODAY, False),
    ),
    "past the time to ask": (
        ("in-progress", "they_call", None, YESTERDAY, False),
        Turn("us", "ask_person", YESTERDAY, True),
    ),
    "rejected: choose another": (
        ("rejected", "they_call", None, None, False),
        Turn("us", "choose_another", None, False),
    ),
    "paused": (("on-hold", "they_call", None, TOMORROW, False), Turn("them", "resume", TOMORROW, False)),
    "done, outcome known": (
        ("completed", "they_call", None, YESTERDAY, True),
        Turn("nobody", "closed", None, False),
    ),
    "done, but nobody said what happened": (
        ("completed", "they_call", None, TOMORROW, False),
        Turn("us", "ask_person", TOMORROW, False),
    ),
    "called off": (("cancelled", "they_call", None, None, False), Turn("nobody", "closed", None, False)),
}


@pytest.mark.parametrize("name", TURNS)
def test_whose_move_it_is(name: str) -> None:
    (status, next_move, by, check_back, known), expected = TURNS[name]
    assert (
        turn(
            status=status,
            next_move=next_move,
            next_move_by=by,
            check_back_on=check_back,
            outcome_known=known,
            today=TODAY,
        )
        == expected
    )


@pytest.mark.parametrize(
    ("seconds", "mine", "last", "name", "expected"),
    [
        (9, True, True, "accept", True),
        (11, True, True, "accept", False),
        (1, False, True, "accept", False),
        (1, True, False, "accept", False),
        (1, True, True, "mistake", False),
        (1, True, True, "undo", False),
    ],
)
def test_undo_is_for_ones_own_last_move_within_ten_seconds(
    seconds: int, mine: bool, last: bool, name: str, expected: bool
) -> None:
    at = NOON - timedelta(seconds=seconds)
    assert may_undo(name=name, at=at, by_same_user=mine, is_last=last, now=NOON) is expected
