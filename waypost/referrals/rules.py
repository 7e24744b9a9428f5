"""The loop, whose move it is, and what may be undone: pure functions over plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from waypost.referrals.machine import ACCEPTED, DRAFT, FINAL, IN_PROGRESS, ON_HOLD, REQUESTED

CLOSING = ("received", "partly_received", "not_received")
POSITIVE = frozenset({"received", "partly_received"})
UNDO_WINDOW = timedelta(seconds=10)


def inherited(of_needs: Iterable[str], of_service: Iterable[str], recipient_status: str) -> frozenset[str]:
    """The sensitivities of a referral: those of its needs, its service and its recipient (design § 3).

    That somebody is sent to a substance use program tells of substance use (42 CFR 2.11, "patient identifying
    information").
    """
    of_recipient = {"part2_program": {"substance_use"}, "victim_service": {"violence"}}
    return frozenset({*of_needs, *of_service, *of_recipient.get(recipient_status, set())})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One report: what, who says so, when."""

    fact: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Loop:
    """Whether the loop is closed and by what. ``outcome`` "" means unknown."""

    outcome: str
    source: str
    at: datetime | None
    contradictory: bool

    @property
    def closed(self) -> bool:
        """Closed by evidence, never by a flag."""
        return bool(self.outcome)


def loop(reports: Iterable[Evidence]) -> Loop:
    """Read the loop from its evidence.

    The latest word of the coordinator settles a contradiction; otherwise the latest report counts, and
    reports that disagree (received or partly against not received) are said to.
    """
    closing = sorted((each for each in reports if each.fact in CLOSING), key=lambda each: each.at)
    if not closing:
        return Loop(outcome="", source="", at=None, contradictory=False)
    settled = [each for each in closing if each.source == "coordinator"]
    start = closing.index(settled[-1]) if settled else 0
    counted = closing[start:]
    last = counted[-1]
    camps = {each.fact in POSITIVE for each in counted}
    return Loop(outcome=last.fact, source=last.source, at=last.at, contradictory=len(camps) > 1)


def need_met(reports: Iterable[Evidence]) -> bool | None:
    """The person's word on the need: met, still there, or not asked (None)."""
    words = sorted(
        (each for each in reports if each.fact in {"need_met", "need_open"}), key=lambda each: each.at
    )
    return words[-1].fact == "need_met" if words else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move it is: "us", "them", "person", "nobody"; what, by when, and whether it is late."""

    who: str
    what: str
    by: date | None
    late: bool


def turn(  # noqa: PLR0911 - one line for each answer
    *,
    status: str,
    next_move: str,
    next_move_by: date | None,
    check_back_on: date | None,
    outcome_known: bool,
    today: date,
) -> Turn:
    """Whose move it is, as the sender reads it."""
    due = check_back_on is not None and check_back_on <= today
    if status == DRAFT:
        return Turn("us", "finish", None, False)
    if status in FINAL and (outcome_known or status in {"cancelled", "entered-in-error"}):
        return Turn("nobody", "closed", None, False)
    if status == "rejected":
        return Turn("us", "choose_another", None, False)
    if outcome_known:
        return Turn("nobody", "closed", None, False)
    if due or status in FINAL:
        return Turn("us", "ask_person", check_back_on, bool(check_back_on and check_back_on < today))
    late = next_move_by is not None and next_move_by < today
    if status == REQUESTED and next_move not in {"person_goes", "together", "we_call"}:
        return Turn("them", "answer", next_move_by, late)
    if status == ON_HOLD:
        return Turn("them", "resume", check_back_on, False)
    who = {"they_call": "them", "we_call": "us", "person_goes": "person", "together": "us"}.get(
        next_move, "them"
    )
    if status in {ACCEPTED, IN_PROGRESS, REQUESTED}:
        return Turn(who, next_move or "serve", next_move_by, late)
    return Turn("them", "serve", next_move_by, late)


def may_undo(*, name: str, at: datetime, by_same_user: bool, is_last: bool, now: datetime) -> bool:
    """Only one's own last move, and only while its notices are held back."""
    reversible = name in {
        "send",
        "accept",
        "reject",
        "start",
        "pause",
        "resume",
        "complete",
        "fail",
        "cancel",
    }
    return reversible and by_same_user and is_last and now - at <= UNDO_WINDOW
