"""The filters in words: their names, what a listing has when one holds, what is not known of it else."""

from collections.abc import Callable, Iterable
from datetime import time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from waypost.directory.cards import SearchHit
from waypost.directory.rules import Verdict
from waypost.directory.words import clock, reason_words
from waypost.web.finding.looking import TODAY, Looking
from waypost.web.presenting import language_name

SITUATION_WORDS = {
    "veterans": gettext_lazy("Veterans"),
    "seniors": gettext_lazy("Older adults"),
    "families": gettext_lazy("Families"),
    "children": gettext_lazy("Children and teens"),
    "pregnant": gettext_lazy("Pregnant people"),
    "disability": gettext_lazy("People with a disability"),
    "homeless": gettext_lazy("People without a home"),
    "immigrants": gettext_lazy("Immigrants and refugees"),
    "lgbtq": gettext_lazy("LGBTQ people"),
    "reentry": gettext_lazy("People coming from jail or prison"),
    "low_income": gettext_lazy("People with a low income"),
}
ACCESS_WORDS = {
    "wheelchair": gettext_lazy("Wheelchair access"),
    "deaf": gettext_lazy("For deaf people"),
    "blind": gettext_lazy("For blind people"),
    "parking": gettext_lazy("Parking"),
    "restroom": gettext_lazy("Restroom"),
}
COST_WORDS = {"free": gettext_lazy("Free"), "low": gettext_lazy("Free or low cost")}
SWITCH_WORDS = {
    "open_now": gettext_lazy("Open now"),
    "walk_in": gettext_lazy("Walk in, no referral needed"),
    "accepting": gettext_lazy("Taking new people"),
    "no_documents": gettext_lazy("No papers needed"),
    "transit": gettext_lazy("Bus or train nearby"),
}


def when_words(looking: Looking) -> str:
    """ "Open today", "Open on Saturday at 10 am", "Open at 10 am"."""
    at = clock(time(int(looking.hour))) if looking.hour else ""
    if not looking.day:
        return _("Open at %(time)s") % {"time": at} if at else ""
    if looking.day == TODAY:
        return _("Open today at %(time)s") % {"time": at} if at else _("Open today")
    day = {"day": WEEKDAYS[int(looking.day)], "time": at}
    return _("Open on %(day)s at %(time)s") % day if at else _("Open on %(day)s") % day


def speaks(language: str) -> str:
    """ "Speaks Spanish"."""
    return _("Speaks %(language)s") % {"language": language_name(language)}


def _holds(name: str, looking: Looking) -> str:
    """What a listing has of which this filter holds; nothing where other words of the card say it."""
    said: dict[str, Callable[[], str]] = {
        "open_now": lambda: pgettext("the service is", "open now"),
        "weekday": lambda: _lower(when_words(looking)),
        "at_hour": lambda: "" if looking.day else _lower(when_words(looking)),
        "cost": lambda: _lower(str(COST_WORDS[looking.cost])),
        "no_documents": lambda: _("no papers needed"),
        "walk_in": lambda: _("walk in"),
        "transit": lambda: _("bus or train nearby"),
        "situations": lambda: _list(SITUATION_WORDS[each] for each in looking.situations),
        "accessibility": lambda: _list(ACCESS_WORDS[each] for each in looking.accessibility),
    }
    return said[name]() if name in said else ""


def _unknown(name: str, looking: Looking) -> str:
    """What is not known of a listing that is silent about this filter."""
    return {
        "language": language_name(looking.language),
        "weekday": _("hours"),
        "at_hour": _("hours"),
        "open_now": _("hours"),
        "accepting": _("room for new people"),
        "age": _("ages"),
        "situations": _("whom it is for"),
        "accessibility": _list(ACCESS_WORDS[each] for each in looking.accessibility),
        "cost": _("cost"),
        "no_documents": _("papers needed"),
        "walk_in": _("whether one may walk in"),
        "transit": _("bus or train"),
        "serves_only": _("whether it serves your address"),
    }.get(name, "")


ON: dict[str, Callable[[Looking], object]] = {
    "open_now": lambda looking: looking.open_now,
    "weekday": lambda looking: looking.day,
    "at_hour": lambda looking: looking.hour,
    "cost": lambda looking: looking.cost,
    "no_documents": lambda looking: looking.no_documents,
    "walk_in": lambda looking: looking.walk_in,
    "transit": lambda looking: looking.transit,
    "situations": lambda looking: looking.situations,
    "accessibility": lambda looking: looking.accessibility,
}
# The reasons of the rules of fit that say the same as a filter.
SAME = {"language": "language", "age": "age", "area": "serves_only", "capacity": "accepting"}


def fits_words(hit: SearchHit, looking: Looking) -> str:
    """Why it fits: the filters that are known to hold, then what the rules of fit say beside the card."""
    filters = [_holds(name, looking) for name, on in ON.items() if on(looking) and name not in hit.unsaid]
    rules = [
        reason_words(each)
        for each in hit.fit.with_verdict(Verdict.FITS)
        if each.about not in ("need", "area", "capacity")
    ]
    return _list([*filters, *rules])


def unknown_words(hit: SearchHit, looking: Looking) -> str:
    """What is not known of it that matters here."""
    filters = [_unknown(name, looking) for name in hit.unsaid]
    rules = [
        reason_words(each)
        for each in hit.fit.with_verdict(Verdict.NOT_KNOWN)
        if SAME.get(each.about) not in hit.unsaid and (each.about != "area" or looking.serves)
    ]
    return _list([*filters, *rules])


def may_not_words(hit: SearchHit) -> str:
    """What may stand in the way; that it is full is a tag of its own."""
    reasons = hit.fit.with_verdict(Verdict.MAY_NOT)
    return _list(reason_words(each) for each in reasons if each.about != "capacity")


def _list(words: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(str(each) for each in words if each))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
