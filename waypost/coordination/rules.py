"""When something is due, and what a contact says about the phase of the work. Pure."""

from datetime import date, timedelta

OUTREACH, WORKING = "outreach", "working"
REACHED = frozenset({"reached", "came_by"})
WEEK = timedelta(days=7)
SATURDAY = 5


def first_check_back(asked_on: date, *, soon: bool) -> date:
    """When to be in touch at first: the same day where somebody waits, else the next weekday."""
    if soon:
        return asked_on
    day = asked_on + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def phase_after(phase: str, *, result: str, direction: str) -> str:
    """Outreach ends when the person was truly reached, or reached out herself."""
    if phase == OUTREACH and (result in REACHED or direction == "in"):
        return WORKING
    return phase


def is_overdue(check_back_on: date | None, on: date) -> bool:
    """Whether the day to check back has passed."""
    return check_back_on is not None and check_back_on < on


def is_now(check_back_on: date | None, *, urgent: bool, on: date) -> bool:
    """Whether this belongs under "now": urgent, or due today or before."""
    return urgent or (check_back_on is not None and check_back_on <= on)
