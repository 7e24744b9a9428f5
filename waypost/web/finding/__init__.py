"""Looking for services: what stands in the URL, the filters with their counts, what was found, what else."""

from waypost.web.finding.active import Choice, active
from waypost.web.finding.filters import Group, counts, groups, quick
from waypost.web.finding.found import Found, find
from waypost.web.finding.looking import Looking, looking_for

__all__ = [
    "Choice",
    "Found",
    "Group",
    "Looking",
    "active",
    "counts",
    "find",
    "groups",
    "looking_for",
    "quick",
]
