"""One search box: own people, services, referrals by reference; an exact reference leads straight there."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.directory.selectors import SearchQuery
from waypost.directory.selectors import search as find_services
from waypost.disclosure import gate
from waypost.disclosure.words import topic_name
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, may
from waypost.people import selectors as people
from waypost.people.cards import PersonRow
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.referrals.selectors import Filter
from waypost.web.access import StaffRequest, wants
from waypost.web.paging import words_of
from waypost.web.presenting import Tag, outcome_tag
from waypost.web.service_words import ServiceRow, service_row

AT_ONCE = 8
REFERENCE_LENGTH = 12  # R-2611-K7QXB


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what matches, and how many do in all."""

    rows: list[object]
    count: int


NOTHING = Found([], 0)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral as a line of the results."""

    row: ReferralRow
    title: str
    tag: Tag


@require_GET
@wants(*Action)
def search(request: StaffRequest) -> HttpResponse:
    """Grouped results; what a role may not see is not looked for."""
    actor, words = request.actor, words_of(request)
    with_people, with_referrals = may(actor.role, Action.SEE_PEOPLE), may(actor.role, Action.SEND_REFERRAL)
    if with_referrals and len(words) == REFERENCE_LENGTH:
        exact = referrals.by_reference(actor, words)
        if exact:
            return redirect("referral", referral_id=exact)
    found = {
        "people": _people(actor, words) if words and with_people else NOTHING,
        "referrals": _referrals(actor, words) if words and with_referrals else NOTHING,
        "services": _services(words) if words else NOTHING,
    }
    nothing = not any(each.count for each in found.values())
    return render(request, "web/staff/search.html", {"words": words, "nothing": nothing, **found})


def _people(actor: Actor, words: str) -> Found:
    rows, count = people.find(actor, words=words)
    if not count:
        rows = people.find_near(actor, words=words)
        count = len(rows)
    shown: list[PersonRow] = rows[:AT_ONCE]
    gate.scope(actor, {each.id for each in shown})
    return Found(list(shown), count)


def _referrals(actor: Actor, words: str) -> Found:
    sent, sent_count = referrals.sent(actor, Filter(tab="all", words=words))
    received, received_count = referrals.inbox(actor, Filter(tab="all", words=words))
    rows = [*received, *sent][:AT_ONCE]
    gate.scope(actor, {each.person_id for each in rows if each.side == "sender"})
    return Found([_line(each) for each in rows], sent_count + received_count)


def _line(row: ReferralRow) -> ReferralLine:
    title = _("%(need)s for %(person)s") % {
        "need": topic_name(row.category),
        "person": row.person_name or _("a person"),
    }
    return ReferralLine(row=row, title=title, tag=outcome_tag(row))


def _services(words: str) -> Found:
    result = find_services(SearchQuery(words=words, per_page=AT_ONCE))
    rows: list[ServiceRow] = [service_row(hit) for hit in result.hits]
    return Found(list(rows), result.total)
