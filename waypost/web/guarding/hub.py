"""What waits for the privacy officer; for the network's staff its own side, without anybody's data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from waypost.guarding.selectors import emergency
from waypost.guarding.selectors.amendments import amendments_waiting
from waypost.guarding.selectors.copies import copies_waiting
from waypost.guarding.selectors.incidents import demands_waiting, incidents_waiting
from waypost.guarding.selectors.retention import disposals_waiting
from waypost.kernel import chain
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, wants


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the hub leads to; ``waiting`` counts what waits there, for those who may know."""

    label: object
    name: str
    about: object
    actions: tuple[Action, ...]
    waiting: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A place as this reader sees it."""

    label: object
    url: str
    about: object
    count: int


def _broken(actor: Actor) -> int:
    found = chain.last_check()
    return 0 if found is None or found.holds else 1


GUARDS = (Action.GUARD_PRIVACY, Action.SET_UP_NETWORK)
PLACES: tuple[Place, ...] = (
    Place(
        _("Legal demands"),
        "demands",
        _("Subpoenas, orders, warrants, officers at the door: you alone answer."),
        GUARDS,
        demands_waiting,
    ),
    Place(
        _("Privacy incidents"),
        "incidents",
        _("What may have been seen or told that should not have been."),
        GUARDS,
        incidents_waiting,
    ),
    Place(
        _("Emergency access"),
        "emergencies",
        _("Who opened a record in an emergency, and whether that was right."),
        (Action.GUARD_PRIVACY,),
        emergency.waiting,
    ),
    Place(
        _("Copies of records"),
        "copies",
        _("People who asked for everything that is kept about them: 30 days to give it."),
        (Action.GUARD_PRIVACY,),
        copies_waiting,
    ),
    Place(
        _("Corrections"),
        "amendments",
        _("People who say that something in their record is wrong: 60 days to answer."),
        (Action.GUARD_PRIVACY,),
        amendments_waiting,
    ),
    Place(
        _("Records to destroy or hold"),
        "retention",
        _("Records whose time is over, and those that must not go."),
        (Action.GUARD_PRIVACY,),
        disposals_waiting,
    ),
    Place(
        _("Who looked"),
        "privacy_looks",
        _("How often each worker looked, and how often outside of their own work."),
        (Action.GUARD_PRIVACY,),
    ),
    Place(
        _("The audit"),
        "privacy_audit",
        _("Proof that nobody changed the log of who did and saw what."),
        GUARDS,
        _broken,
    ),
    Place(
        _("Our agreements"),
        "our_agreements",
        _("What we have agreed on with others, and the signed copies."),
        (Action.GUARD_PRIVACY,),
    ),
)


@require_GET
@wants(*GUARDS)
def hub(request: StaffRequest) -> HttpResponse:
    """Every place that this role may open, with what waits there."""
    actor = request.actor
    lines = [
        Line(each.label, reverse(each.name), each.about, each.waiting(actor) if each.waiting else 0)
        for each in PLACES
        if any(may(actor.role, action) for action in each.actions)
    ]
    context = {
        "waits": [each for each in lines if each.count],
        "places": [each for each in lines if not each.count],
        "waiting": sum(each.count for each in lines),
        "check": chain.last_check(),
    }
    return render(request, "web/guarding/hub.html", context)
