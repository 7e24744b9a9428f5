"""Six months in which one thing leads to another: steps in the order of their moments."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from waypost.demo.seeding.data import SEED
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, now
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import set_actor

Step = Callable[[], object]
OPENS, CLOSES = time(8, 30), time(16, 45)
SATURDAY = 5


def dice(*subject: object) -> random.Random:
    """Chance that falls the same way each time, for one thing of the community."""
    return random.Random("/".join(str(part) for part in (SEED, *subject)))  # noqa: S311 - must be repeatable


def local(day: date, clock: time) -> datetime:
    """A moment in the network's own time zone."""
    return timezone.make_aware(datetime.combine(day, clock))


def at_work(moment: datetime) -> datetime:
    """The moment itself in office hours, otherwise soon after the next opening."""
    here = timezone.localtime(moment)
    day, early = here.date(), timedelta(minutes=here.minute, seconds=here.second)
    if here.time() > CLOSES:
        day += timedelta(days=1)
    elif here.time() >= OPENS and day.weekday() < SATURDAY:
        return moment
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return local(day, OPENS) + early


class World:
    """A queue of steps; those that lie before ``until`` are lived through, the others never happen.

    A step may plan further ones. What a service refuses (two things that crossed each other) is counted
    and left out, as it would be at a desk.
    """

    def __init__(self, *, begin: datetime, until: datetime) -> None:
        self.begin, self.until = begin, until
        self.refused: list[str] = []
        self.steps = 0
        self._queue: list[tuple[datetime, int, Actor, Step]] = []
        self._count = itertools.count()

    def in_time(self, moment: datetime, chance: random.Random) -> datetime:
        """The moment, or where it lies beyond the end, some office hour of the last working day before."""
        if moment < self.until:
            return moment
        day = timezone.localtime(self.until).date() - timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        wanted = local(day, CLOSES) - timedelta(minutes=chance.randint(5, 400))
        return max(wanted, now() + timedelta(minutes=chance.randint(3, 9)))

    def plan(self, moment: datetime, actor: Actor, step: Step) -> None:
        """Let ``actor`` do this at that moment."""
        heapq.heappush(self._queue, (moment, next(self._count), actor, step))

    def live(self) -> None:
        """Live through everything planned before ``until``."""
        while self._queue and self._queue[0][0] < self.until:
            moment, _number, actor, step = heapq.heappop(self._queue)
            self.do(moment, actor, step)

    def do(self, moment: datetime, actor: Actor, step: Step) -> None:
        """One step at its moment, whole or not at all."""
        self.steps += 1
        try:
            with at(moment), transaction.atomic():
                set_actor(actor)
                step()
        except Refused as refused:
            self.refused.append(refused.message)
