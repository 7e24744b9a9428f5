"""Delicate changes by keepers, side by side with what the listing says: let through, or refused in words."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import FactOf
from waypost.directory.selectors import ProposalCard, proposals
from waypost.network.roles import Action
from waypost.network.selectors import organization as participant
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep.field_words import field_name, value_words
from waypost.web.upkeep.tabs import tabs

SIZE = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words. ``page``: where what it is about can be looked at."""

    card: ProposalCard
    title: str
    page: str
    field: str
    now: str
    new: str
    keeper: str


def change(card: ProposalCard) -> Change:
    """The words of one change."""
    name = card.row_name or _("A private place")
    elsewhere = card.entity == FactOf.LOCATION and name != card.organization_name
    title = f"{name} ({card.organization_name})" if elsewhere else name
    return Change(
        card=card,
        title=title,
        page=reverse("service", args=[card.row_id])
        if card.entity == FactOf.SERVICE
        else reverse("upkeep_organization", args=[card.organization_id]),
        field=field_name(card.field),
        now=value_words(card.field, {card.field: card.now}),
        new=value_words(card.field, {card.field: card.new}),
        keeper=participant(card.participant_id).name,
    )


@require_safe
@wants(Action.KEEP_DIRECTORY)
def queue(request: StaffRequest) -> HttpResponse:
    """Those that wait, the oldest first; or those that are decided."""
    waiting = request.GET.get("show") != "decided"

    def read(number: int) -> tuple[list[ProposalCard], int]:
        return proposals(waiting=waiting, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    number = proposals(waiting=True, size=0)[1]
    context = {
        "tabs": tabs(request.actor.role, "upkeep_reviews", {"upkeep_reviews": number}),
        "page": page,
        "rows": [change(each) for each in page.object_list],
        "waiting": waiting,
        "number": number,
    }
    return render(request, "web/upkeep/reviews.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide(request: StaffRequest, proposal_id: UUID) -> HttpResponse:
    """Let it through, or refuse it with words."""
    approve = request.POST.get("decision") == "approve"
    with attempt() as done:
        services.decide_proposal(
            actor=request.actor,
            proposal_id=proposal_id,
            approve=approve,
            words=request.POST.get("words", "")[:2000],
        )
    if done.worked:
        said = (
            _("The listing says it now; its keeper is told.")
            if approve
            else _("Refused; its keeper reads why.")
        )
        messages.success(request, said)
    else:
        messages.error(request, done.refusal)
    return redirect("upkeep_reviews")
