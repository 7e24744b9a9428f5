"""The period of a page of figures: whole months up to today, in the network's time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.referrals.cards import LoopFact
from waypost.reporting import rules, selectors
from waypost.reporting.suppression import whole_quarters

LENGTHS = (3, 6, 12, 24)
USUAL = 6


@dataclass(frozen=True)
class Period:
    """``months``: their first days, oldest first; the last one is not over yet."""

    months: tuple[date, ...]
    today: date

    @classmethod
    def of_months(cls, number: int, today: date) -> "Period":
        """The last so many whole months, and the present one as far as it goes."""
        return cls(tuple(rules.last_months(today, number + 1)), today)

    @property
    def length(self) -> int:
        """Whole months."""
        return len(self.months) - 1

    @property
    def first(self) -> date:
        """The first day."""
        return self.months[0]

    @cached_property
    def since(self) -> datetime:
        """The moment it begins."""
        return datetime.combine(self.first, time.min, tzinfo=zone())

    @property
    def old_enough(self) -> list[date]:
        """The months whose rates can be told."""
        return [each for each in self.months if not rules.is_early(each, self.today)]


def whole(period: Period) -> Period:
    """The period with the whole quarters that it touches: what is withheld is decided by quarter."""
    return Period(tuple(whole_quarters(period.months)), period.today)


def zone() -> ZoneInfo:
    """The network's time zone: months begin by its clocks."""
    return ZoneInfo(settings.TIME_ZONE)


def facts_of(actor: Actor, period: Period, side: str) -> selectors.Facts:
    """The facts of a period."""
    return selectors.facts(actor, since=period.since, until=now(), side=side)


def grown_facts(actor: Actor, period: Period) -> list[LoopFact]:
    """The network's facts from the months whose rates can be told: all network totals stand on these."""
    months = set(period.old_enough)
    return [
        each
        for each in facts_of(actor, period, selectors.NETWORK).rows
        if each.sent_at.astimezone(zone()).date().replace(day=1) in months
    ]
