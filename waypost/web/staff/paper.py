"""A list to take along: services on paper, for somebody who goes alone or would rather not share."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.consent.minors import ADULT
from waypost.directory.cards import ListingCard
from waypost.directory.selectors import SearchQuery, listings, search
from waypost.disclosure import gate
from waypost.disclosure.rules.facts import MINOR_CONSENTED
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action, may
from waypost.network.selectors import organization
from waypost.people import selectors as people
from waypost.people.cards import PersonCard, PersonRow
from waypost.referrals import selectors as referrals
from waypost.referrals.basis import told_by
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.paging import words_of
from waypost.web.paper.pdf import pdf_answer
from waypost.web.paper.sheets import sheets
from waypost.web.staff.people import own_person
from waypost.web.staff.seen import for_parent

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
    """Choose services for one of one's own people, then print them."""
    card = own_person(request, person_id)
    chosen = ids(request.GET.getlist("service"))
    if not chosen or "change" in request.GET:
        context = {"person": card, "offered": _offered(request, card), "chosen": chosen}
        return render(request, "web/staff/people/list_choose.html", context)
    return printed(request, chosen, zip_code=card.postal_code, person=card)


@require_GET
@wants(Action.NOTE_LISTING)
def services_paper(request: StaffRequest) -> HttpResponse:
    """The same without a record: nothing is stored about whom it is for."""
    chosen = ids(request.GET.getlist("service"))
    if not chosen:
        messages.info(request, _("Tick at least one service first."))
        return redirect("directory")
    return printed(request, chosen, zip_code=words_of(request, "zip")[:10])


def printed(
    request: StaffRequest, chosen: list[UUID], *, zip_code: str = "", person: PersonCard | None = None
) -> HttpResponse:
    """The list in English or Spanish: to look at and print, or as a PDF (``format=pdf``)."""
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else translation.get_language() or "en"
    found = _people(request) if person is None else None
    parent = person is not None and for_parent(request, person)
    shown = _but_private(request, chosen, person) if parent and person else chosen
    with translation.override(language):
        context = {
            "person": person,
            "sheets": sheets(shown, zip_code),
            "language": language,
            "languages": settings.LANGUAGES,
            "ours": organization(request.actor.organization),
            "printed_on": now(),
            "chosen": chosen,
            "query": urlencode([("service", str(each)) for each in chosen]),
            "people": found,
            "minor": person is not None and person.age is not None and person.age < ADULT,
            "for_parent": parent,
        }
        if request.GET.get("format") == "pdf":
            return pdf_answer(render_to_string("web/paper/services.html", context, request), "services")
        return render(request, "web/staff/people/list_paper.html", context)


def _but_private(request: StaffRequest, chosen: list[UUID], person: PersonCard) -> list[UUID]:
    """What a minor's parent may read: nothing asked for alone, no place that tells of a private matter."""
    rows = referrals.of_person(request.actor, person.id)
    cards = referrals.referrals(request.actor, [each.id for each in rows])
    alone = {each.service_id for each in cards if MINOR_CONSENTED in each.sensitivities}
    return [each for each in chosen if each not in alone and not _tells(each)]


def _tells(service_id: UUID) -> bool:
    try:
        return bool(told_by([], service_id))
    except NotVisible:  # taken out of the directory since it was chosen
        return False


def _people(request: StaffRequest) -> list[PersonRow] | None:
    """Own people of the name typed; None where nobody was asked for, or may be."""
    words = words_of(request, "person")
    if not may(request.actor.role, Action.SEE_PEOPLE):
        return None
    if not words:
        return []
    rows, _count = people.find(request.actor, words=words)
    gate.scope(request.actor, {row.id for row in rows[:A_NEED]})
    return rows[:A_NEED]


def ids(typed: Iterable[str]) -> list[UUID]:
    """Ids that are ids, each once, as many as fit on paper."""
    found: dict[UUID, None] = {}
    for each in typed:
        try:
            found[UUID(each)] = None
        except ValueError:
            continue
    return list(found)[:MOST]


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
