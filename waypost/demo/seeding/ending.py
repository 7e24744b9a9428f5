"""How the caseloads stand on the morning of the seeding: whose move it is, and when to check back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from waypost.coordination.selectors import episode
from waypost.coordination.services import set_next_move
from waypost.demo.seeding.clinic import ClinicStory
from waypost.demo.seeding.world import OPENS, SATURDAY, World, local

EARLIER = 9  # days ago: when moves were planned that are overdue now
MOVES = {
    "us": ("call", "call", "text", "ask_person", "meet", "visit", "letter"),
    "person": ("she_goes", "she_goes", "other"),
    "partner": ("wait_for_partner",),
}
FEW_WEEKS = 30


def plan_next_moves(world: World, stories: Iterable[ClinicStory], today: date, *, quiet_lead: str) -> None:
    """A next move for every open episode.

    ``quiet_lead``: the name of the coordinator whose day shows the people of ``faces`` first: of hers only
    seven more come up this week. Of the others' some are overdue and some are due today.
    """
    standing = [each for each in stories if each.person_id is not None and each.open]
    turn: Counter[str] = Counter()
    for story in standing:
        lead = story.worker.name
        day = _quiet(turn[lead], today) if lead == quiet_lead else _ordinary(story, today)
        turn[lead] += 1
        planned_on = today - timedelta(days=EARLIER if day < today else 1)
        world.do(local(planned_on, OPENS), story.worker, partial(_set, story, day))


def _quiet(number: int, today: date) -> date:
    return _weekday(today + timedelta(days=1 + number % 6 if number < 7 else 8 + number % FEW_WEEKS))


def _ordinary(story: ClinicStory, today: date) -> date:
    luck = story.chance.random()
    if luck < 0.08:
        return today - timedelta(days=story.chance.randint(1, 5))
    if luck < 0.15:
        return today
    if luck < 0.5:
        return _weekday(today + timedelta(days=story.chance.randint(1, 6)))
    return _weekday(today + timedelta(days=story.chance.randint(8, FEW_WEEKS)))


def _weekday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _set(story: ClinicStory, day: date) -> None:
    found = episode(story.worker, story.person)
    if found is None:
        return
    whose = "partner" if story.waiting > 0 else story.chance.choice(["us", "us", "us", "person"])
    set_next_move(
        actor=story.worker,
        episode_id=found.id,
        whose_move=whose,
        next_move=story.chance.choice(MOVES[whose]),
        words=story.words("next_words"),
        check_back_on=day,
        urgent=False,
    )
