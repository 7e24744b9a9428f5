"""Step 2 of a referral: choose a service for a need, seeing why it fits."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.directory.selectors import listing_for_referral, search
from waypost.disclosure import gate
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action
from waypost.people import selectors as people
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.referrals import services
from waypost.screening.cards import NeedCard
from waypost.screening.selectors import need as need_of
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.presenting import language_name
from waypost.web.staff.choosing import ASKED, agreed_words, filters, options, tried_words, wanted
from waypost.web.staff.sending import steps

FIRST = 10
MOST = 100


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.SEND_REFERRAL)
def choose(request: StaffRequest, need_id: UUID) -> HttpResponse:
    """The services for a need, best first; choosing one starts a draft that tells nobody anything."""
    need = need_of(request.actor, need_id)
    if not need.own:
        raise NotVisible
    grant = gate.open_record(request.actor, need.person_id)
    person = people.person(request.actor, grant, need.person_id)
    refusal = ""
    if request.method == "POST":
        with attempt() as tried:
            draft_id = _draft(request, need)
        if tried.worked:
            return redirect("handoff", draft_id)
        refusal = tried.refusal
    return _page(request, need, person, refusal)


def _draft(request: StaffRequest, need: NeedCard) -> UUID:
    service_id = _uuid(request.POST.get("service", ""))
    if service_id is None:
        raise Refused(_("Choose a service first."))
    listing = listing_for_referral(service_id)
    if listing.is_victim_service:
        raise Refused(
            _("%(name)s takes no referrals through Waypost, to keep people safe. Call together.")
            % {"name": listing.organization_name}
        )
    return services.draft(
        actor=request.actor,
        person_id=need.person_id,
        need_id=need.id,
        service_id=service_id,
        parent_id=_parent(request, need),
    )


def _parent(request: StaffRequest, need: NeedCard) -> UUID | None:
    """The referral that this one follows: one of ours for the same need, or none."""
    parent_id = _uuid(request.GET.get("parent", ""))
    if parent_id is None:
        return None
    earlier = referrals.referral(request.actor, parent_id)
    return parent_id if earlier.row.side == "sender" and earlier.need_id == need.id else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(request: StaffRequest, need: NeedCard, person: PersonCard, refusal: str) -> HttpResponse:
    looking = wanted(request, person, need.category)
    shown = _shown(request)
    result = search(looking.query(per_page=shown), with_facets=True)
    unspoken = ""
    if not result.total and looking.language and not {"language", ASKED} & set(request.GET):
        unspoken = language_name(looking.language)  # only proposed: an empty page would help nobody
        looking = looking.without("language")
        result = search(looking.query(per_page=shown), with_facets=True)
    tried = [
        each
        for each in referrals.of_person(request.actor, person.id)
        if each.side == "sender" and each.category == need.category and each.status != "draft"
    ]
    context = {
        "need": need,
        "person": person,
        "looking": looking,
        "filters": filters(request, looking, result),
        "options": options(request.actor, result.hits, looking, tried, request.POST.get("service", "")),
        "result": result,
        "unspoken": unspoken if result.total else "",
        "more": min(shown + FIRST, MOST) if result.total > shown and shown < MOST else 0,
        "tried": tried_words(tried),
        "agreed": agreed_words(request.actor, person, need.category),
        "refusal": refusal,
        "steps": steps(),
        "step": 2,
    }
    return render(request, "web/staff/referrals/choose.html", context, status=REFUSED if refusal else None)


def _shown(request: StaffRequest) -> int:
    """How many services are listed: ten at first."""
    steps_offered = {str(number): number for number in range(FIRST, MOST + 1, FIRST)}
    return steps_offered.get(request.GET.get("show", ""), FIRST)
