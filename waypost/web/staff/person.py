"""The page of one person: an own record, or what another organization shares with us."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waypost.consent.selectors import consents
from waypost.coordination import selectors as coordination
from waypost.disclosure import gate
from waypost.disclosure.rules.facts import EMERGENCY
from waypost.disclosure.selectors import emergency_topics, emergency_words
from waypost.guarding.selectors.amendments import disagreements
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.grants import Grant
from waypost.network.roles import Action, may
from waypost.network.selectors import organization
from waypost.people import selectors as people
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.screening import selectors as screening
from waypost.web.access import StaffRequest, wants
from waypost.web.staff import record, sharing, timeline
from waypost.web.staff.forms.contacts import ContactForm, soon
from waypost.web.staff.reach import reach

LINES = 12
REFERRALS_IN_TIMELINE = 15


@require_GET
@wants(Action.SEE_PEOPLE)
def person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One person. Somebody whom we may not see answers 404, whatever id is typed."""
    grant = gate.open_record(request.actor, person_id)
    card = people.person(request.actor, grant, person_id)
    if not card.own:
        return _shared_page(request, grant, card)
    rows = referrals.of_person(request.actor, person_id)
    context = {
        "person": card,
        "may": _allowed(request.actor),
        "referrals": record.referral_lines(rows, card.first),
        "others": record.told_by_others(request.actor, person_id),
        "disagreements": disagreements(request.actor, person_id),
        "services": coordination.services_given(request.actor, person_id=person_id)[0][:10],
        **_heading(request.actor, card),
        **_needs(request.actor, card, rows),
        **_timeline(request, card, rows),
    }
    return render(request, "web/staff/people/person.html", context)


@require_GET
@wants(Action.SEE_PEOPLE)
def happened(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Everything that happened with a person, with the filter."""
    grant = gate.open_record(request.actor, person_id)
    card = people.person(request.actor, grant, person_id)
    rows = referrals.of_person(request.actor, person_id)
    context = {"person": card, **_timeline(request, card, rows, limit=0)}
    return render(request, "web/staff/people/happened.html", context)


def _heading(actor: Actor, card: PersonCard) -> dict[str, Any]:
    episode = coordination.episode(actor, card.id)
    return {
        "facts": record.facts(card, episode.lead_name if episode else ""),
        "reach": reach(card),
        "follow_up": record.follow_up(episode, today()),
        "contact_form": ContactForm(initial={"check_back_on": soon() if episode else None}),
    }


def _needs(actor: Actor, card: PersonCard, rows: list[ReferralRow]) -> dict[str, Any]:
    """Needs, and what was said about telling others of them."""
    lines = record.need_lines(screening.needs(actor, card.id), rows)
    still = [each for each in lines if each.need.status == "open"]
    said = consents(actor, card.id)
    names = {"person": card.first, "discloser": actor.organization_name}
    categories = [each.need.category for each in still if each.need.wants_help != "no"]
    return {
        "open_needs": still,
        "earlier_needs": [each for each in lines if each.need.status != "open"],
        "first_to_do": next((each.need for each in still if each.to_do), None),
        "said": [sharing.sentence(each, at=now(), **names) for each in sharing.that_count(said, now())],
        "asked_before": bool(said),
        "not_asked": sharing.not_asked(said, categories, now()),
    }


def _timeline(
    request: StaffRequest, card: PersonCard, rows: list[ReferralRow], limit: int = LINES
) -> dict[str, Any]:
    actor = request.actor
    source = request.GET.get("show", "")
    source = source if source in timeline.SOURCES else ""
    cards = referrals.referrals(actor, [row.id for row in rows[:REFERRALS_IN_TIMELINE]])
    lines = [
        *timeline.of_referrals(cards, actor, card.first),
        *timeline.of_contacts(coordination.contacts(actor, card.id), actor),
        *timeline.of_needs(
            screening.need_events(actor, card.id), screening.responses(actor, card.id), actor, card.first
        ),
        *timeline.of_sharing(consents(actor, card.id), actor, card.first),
        *(timeline.of_registering(card) if card.own else ()),
    ]
    shown = timeline.newest(lines, source=source, limit=limit)
    return {"lines": shown, "show": source, "sources": timeline.source_names(), "more_lines": len(lines)}


def _provider(actor: Actor, grant: Grant, person_id: UUID) -> str:
    """Who treats somebody, where the emergency shows what belongs to health (45 CFR 164.512(j))."""
    told = "health" in emergency_topics(actor, person_id)
    return people.usual_provider(grant, person_id) if told else ""


def _shared_page(request: StaffRequest, grant: Grant, card: PersonCard) -> HttpResponse:
    holder = organization(card.holder_id)
    by_emergency = grant.purpose == EMERGENCY
    context = {
        "person": card,
        "source": holder.name,
        "holder": holder,
        "provider": _provider(request.actor, grant, card.id) if by_emergency else "",
        "facts": record.facts(card),
        "reach": reach(card),
        "needs": screening.needs(request.actor, card.id, grant=grant),
        "by_emergency": by_emergency,
        "carried": emergency_words(holder.legal_status) if by_emergency else [],
        "own_record": people.linked_own_record(request.actor, card.id),
        "referrals": record.referral_lines(referrals.of_person(request.actor, card.id), card.first),
    }
    return render(request, "web/staff/people/shared.html", context)


def _allowed(actor: Actor) -> dict[str, bool]:
    """What this role may do on the page."""
    return {
        "edit": may(actor.role, Action.EDIT_PEOPLE),
        "screen": may(actor.role, Action.SCREEN),
        "agree": may(actor.role, Action.RECORD_CONSENT),
        "refer": may(actor.role, Action.SEND_REFERRAL),
        "case": may(actor.role, Action.WORK_CASELOAD),
        "log_service": may(actor.role, Action.LOG_SERVICE),
    }
