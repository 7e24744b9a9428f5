"""Decisions of the directory as pure functions: hours, fit, areas, needs. No database, no clock."""

from waypost.directory.rules.area import Place, ServesAnswer, serves
from waypost.directory.rules.fit import Facts, Fit, FitReason, Listing, Verdict, fit
from waypost.directory.rules.hours import Hours, OpenKind, OpenState, open_state, opens_on
from waypost.directory.rules.needs import NeedWords, classify_service, needs_in

__all__ = [
    "Facts",
    "Fit",
    "FitReason",
    "Hours",
    "Listing",
    "NeedWords",
    "OpenKind",
    "OpenState",
    "Place",
    "ServesAnswer",
    "Verdict",
    "classify_service",
    "fit",
    "needs_in",
    "open_state",
    "opens_on",
    "serves",
]
