"""Leaving in a hurry: which pages speak of violence, and so carry the button that leads away from here."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.directory.cards import ListingCard
from waypost.directory.rules.sensitive import tells_of
from waypost.web.access import open_to_all

VIOLENT_NEEDS = frozenset({"intimate-partner-violence", "elder-abuse"})
_SAID = re.compile(
    r"violen|abus|rape|assault|stalk|batter|traffick|hits? me|hurts? me|beats? me|afraid of|unsafe at home"
    r"|restraining order|protective order|maltrat|golpe|pega|violac|acos|tengo miedo|orden de protecci",
    re.IGNORECASE,
)


def speaks_of_violence(words: str, need: str = "") -> bool:
    """Whether a search is about violence, by its need or its words (English, Spanish); rather too often."""
    return need in VIOLENT_NEEDS or bool(_SAID.search(words))


def is_about_violence(listing: ListingCard) -> bool:
    """Whether a listing is: a victim service, or one whose needs or names tell of violence."""
    names = (listing.service_name, listing.organization_name)
    told = tells_of(
        need_categories=listing.need_categories, names=names, is_victim_service=listing.is_victim_service
    )
    return "violence" in told or speaks_of_violence(" ".join(names))


@open_to_all
@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    """What the button does, what it cannot hide, and what helps."""
    return render(request, "web/public/leaving.html")
