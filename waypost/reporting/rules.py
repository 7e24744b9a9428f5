"""How referrals and requests are counted: pure functions over facts. Definitions: ``definitions.py``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median
from uuid import UUID

from waypost.coordination.cards import RequestFact
from waypost.referrals.cards import LoopFact

RECEIVED = frozenset({"received", "partly_received"})
ASKS_FOR_AN_ANSWER = frozenset({"inbox", "phone"})  # the other handoffs tell the service nothing
MATURE_AFTER = timedelta(days=30)
FEWEST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted once: a referral, or a need with all its referrals."""

    sent_on: date
    asked: bool
    answered: bool
    known: bool
    received: bool
    met: bool | None


@dataclass(frozen=True, slots=True)
class Fraction:
    """A count and what it is out of. Both None: withheld, because the group is small."""

    count: int | None
    of: int | None

    @property
    def percent(self) -> int | None:
        """Rounded half up; None out of nothing."""
        if self.count is None or not self.of:
            return None
        return (200 * self.count + self.of) // (2 * self.of)

    @property
    def withheld(self) -> bool:
        """Not shown."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one group of lines."""

    sent: int | None
    answered: Fraction
    known: Fraction
    received: Fraction
    met: Fraction


@dataclass(frozen=True, slots=True)
class Cohort:
    """What was sent in one month. ``early``: rates say nothing yet."""

    month: date
    early: bool
    measures: Measures


def by_referral(facts: Iterable[LoopFact], zone: tzinfo) -> list[Line]:
    """Each referral counts once."""
    return [_line([fact], zone) for fact in facts]


def by_need(facts: Iterable[LoopFact], zone: tzinfo, *, begun_before: Iterable[UUID] = ()) -> list[Line]:
    """Each need counts once, in the month of its first referral, however many referrals it took.

    ``begun_before``: needs whose first referral lies before these facts; they belong to earlier months.
    """
    earlier = frozenset(begun_before)
    needs: dict[tuple[UUID, UUID], list[LoopFact]] = defaultdict(list)
    for fact in facts:
        if fact.need_id not in earlier:
            needs[fact.sender_id, fact.need_id].append(fact)
    return [_line(sorted(group, key=lambda each: each.sent_at), zone) for group in needs.values()]


def _line(group: Sequence[LoopFact], zone: tzinfo) -> Line:
    words = [fact.need_met for fact in group if fact.need_met is not None]
    asked = [fact for fact in group if fact.handoff in ASKS_FOR_AN_ANSWER]
    return Line(
        sent_on=group[0].sent_at.astimezone(zone).date(),
        asked=bool(asked),
        answered=any(fact.answered_at is not None for fact in asked),
        known=any(fact.outcome for fact in group),
        received=any(fact.outcome in RECEIVED for fact in group),
        met=words[-1] if words else None,
    )


def measure(lines: Sequence[Line]) -> Measures:
    """Numerators and denominators of a group."""
    known = sum(line.known for line in lines)
    told = [line.met for line in lines if line.met is not None]
    return Measures(
        sent=len(lines),
        answered=Fraction(sum(line.answered for line in lines), sum(line.asked for line in lines)),
        known=Fraction(known, len(lines)),
        received=Fraction(sum(line.received for line in lines), known),
        met=Fraction(sum(told), len(told)),
    )


def cohorts(lines: Iterable[Line], months: Sequence[date], today: date) -> list[Cohort]:
    """A cohort for each month (given by its first day), empty ones too."""
    groups: dict[date, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.sent_on.replace(day=1)].append(line)
    return [
        Cohort(month=month, early=is_early(month, today), measures=measure(groups[month])) for month in months
    ]


def mature(lines: Iterable[Line], months: Sequence[date], today: date) -> Measures:
    """All cohorts that are old enough, together."""
    counted = {month for month in months if not is_early(month, today)}
    return measure([line for line in lines if line.sent_on.replace(day=1) in counted])


def is_early(month: date, today: date) -> bool:
    """Whether some of what was sent in this month is younger than 30 days."""
    return next_month(month) - timedelta(days=1) + MATURE_AFTER > today


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_months(today: date, number: int) -> list[date]:
    """The first days of the last ``number`` months, this one included, oldest first."""
    index = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(index - number + 1, index + 1)]


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How long a recipient's answers took: half of them came within this many hours."""

    recipient_id: UUID
    hours: float
    answers: int


def slowest(facts: Iterable[LoopFact], *, fewest: int = FEWEST_ANSWERS) -> list[AnswerTime]:
    """Recipients by the median time to their answer, slowest first; from ``fewest`` answers on."""
    hours: dict[UUID, list[float]] = defaultdict(list)
    for fact in facts:
        if fact.recipient_id is not None and fact.answered_at is not None:
            hours[fact.recipient_id].append(_hours(fact.sent_at, fact.answered_at))
    times = [
        AnswerTime(recipient_id=key, hours=median(found), answers=len(found))
        for key, found in hours.items()
        if len(found) >= fewest
    ]
    return sorted(times, key=lambda each: (-each.hours, str(each.recipient_id)))


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class TeamFigures:
    """Requests for coordination of one team."""

    team_id: UUID | None
    team_name: str
    requests: int
    by_channel: dict[str, int]
    by_month: dict[date, int]
    warm: Fraction
    fte: float | None

    @property
    def per_fte(self) -> float | None:
        """Requests in the period for each full-time coordinator of the team."""
        return self.requests / self.fte if self.fte else None


def by_team(facts: Iterable[RequestFact], fte: dict[UUID, float]) -> list[TeamFigures]:
    """Most requests first; requests of no team come last."""
    groups: dict[UUID | None, list[RequestFact]] = defaultdict(list)
    for fact in facts:
        groups[fact.team_id].append(fact)
    found = [_team(key, group, fte.get(key) if key else None) for key, group in groups.items()]
    return sorted(found, key=lambda each: (each.team_id is None, -each.requests, each.team_name))


def all_teams(facts: Sequence[RequestFact], fte: dict[UUID, float]) -> TeamFigures:
    """All requests together, over all full-time coordinators."""
    return _team(None, facts, sum(fte.values()) or None)


def _team(key: UUID | None, group: Sequence[RequestFact], fte: float | None) -> TeamFigures:
    channels: dict[str, int] = defaultdict(int)
    months: dict[date, int] = defaultdict(int)
    for fact in group:
        channels[fact.channel] += 1
        months[fact.asked_on.replace(day=1)] += 1
    return TeamFigures(
        team_id=key,
        team_name=group[0].team_name if group and key else "",
        requests=len(group),
        by_channel=dict(channels),
        by_month=dict(months),
        warm=Fraction(sum(fact.warm for fact in group), len(group)),
        fte=fte,
    )
