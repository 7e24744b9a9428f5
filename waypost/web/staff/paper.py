"""A list to take along: services on paper, for somebody who goes alone or would rather not share."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from waypost.directory.cards import ListingCard, ServicePage
from waypost.directory.selectors import SearchQuery, listings, search, service_page, zip_place
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.network.selectors import organization
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.staff.people import own_person

MOST = 20
A_NEED = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """Services to choose from, under the need that they are for."""

    title: str
    services: list[ListingCard]


@require_GET
@wants(Action.SEE_PEOPLE)
def list_paper(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Choose services, then print them: address, hours, phone, what to bring."""
    card = own_person(request, person_id)
    chosen = _ids(request.GET.getlist("service"))
    if not chosen or "change" in request.GET:
        context = {"person": card, "offered": _offered(request, card), "chosen": chosen}
        return render(request, "web/staff/people/list_choose.html", context)
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else translation.get_language() or "en"
    with translation.override(language):
        context = {
            "person": card,
            "pages": _pages(chosen, card),
            "language": language,
            "languages": settings.LANGUAGES,
            "ours": organization(request.actor.organization),
            "printed_on": now(),
            "chosen": chosen,
        }
        return render(request, "web/staff/people/list_paper.html", context)


def _ids(typed: Iterable[str]) -> list[UUID]:
    """Ids that are ids, each once, as many as fit on paper."""
    found: dict[UUID, None] = {}
    for each in typed:
        try:
            found[UUID(each)] = None
        except ValueError:
            continue
    return list(found)[:MOST]


def _pages(chosen: list[UUID], card: PersonCard) -> list[ServicePage]:
    near = zip_place(card.postal_code) if card.postal_code else None
    pages = []
    for each in chosen:
        try:
            pages.append(service_page(each, near=near))
        except NotVisible:  # taken out of the directory since it was chosen
            continue
    return pages


def _offered(request: StaffRequest, card: PersonCard) -> list[Offered]:
    """Services already chosen in referrals, then what fits each open need best."""
    rows = [
        each
        for each in referrals.of_person(request.actor, card.id)
        if each.side == "sender" and not each.loop.closed and each.status != "rejected"
    ]
    cards = referrals.referrals(request.actor, [each.id for each in rows[:MOST]])
    known = listings([each.service_id for each in cards])
    groups = [Offered("", list(known.values()))] if known else []
    for need in screening.needs(request.actor, card.id, statuses=["open"]):
        if need.wants_help == "no":
            continue
        query = SearchQuery(need=need.category, zip=card.postal_code[:5], age=card.age, per_page=A_NEED)
        hits = [each.listing for each in search(query).hits if each.listing.id not in known]
        if hits:
            groups.append(Offered(need.name, hits))
    return groups
