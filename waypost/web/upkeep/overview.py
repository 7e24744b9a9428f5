"""The first page of the directory's upkeep: what waits for somebody, and how true the listings are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.directory.selectors import overview
from waypost.directory.selectors.claims import claims
from waypost.directory.selectors.disputes import dispute_counts
from waypost.directory.selectors.due import DueAsked, due_counts
from waypost.directory.selectors.faults import faults
from waypost.directory.selectors.gaps import gaps_waiting
from waypost.directory.selectors.newcomers import waiting_newcomers
from waypost.directory.selectors.pairs import pair_counts
from waypost.directory.selectors.proposals import proposals
from waypost.directory.selectors.safety import waiting_holds
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, wants
from waypost.web.upkeep.tabs import groups
from waypost.web.upkeep.team import team_of


@require_safe
@wants(Action.CHECK_LISTING)
def upkeep(request: StaffRequest) -> HttpResponse:
    """Every page of the upkeep with what waits there; how long ago a human made sure of the listings."""
    context = {"groups": groups(request.actor.role, _waiting(request)), "directory": overview()}
    return render(request, "web/upkeep/overview.html", context)


def _waiting(request: StaffRequest) -> dict[str, int]:
    actor = request.actor
    found = {
        "upkeep_due": due_counts(actor=actor, asked=DueAsked(), team_id=team_of(request))[""],
        "upkeep_faults": faults(actor, open_ones=True, size=0)[1],
    }
    if may(actor.role, Action.KEEP_DIRECTORY):
        found |= {
            "upkeep_claims": claims(waiting=True, size=0)[1] + waiting_newcomers(),
            "upkeep_reviews": proposals(waiting=True, size=0)[1],
            "upkeep_conflicts": sum(dispute_counts().values()),
            "upkeep_duplicates": sum(pair_counts().values()),
            "upkeep_safety": waiting_holds(),
            "upkeep_unmet": gaps_waiting(actor),
        }
    return found
