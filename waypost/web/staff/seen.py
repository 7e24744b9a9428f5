"""Who has seen what of a person: the accounting of disclosures, and who looked, as page, CSV and PDF."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.consent.minors import ADULT
from waypost.disclosure import selectors as disclosure
from waypost.disclosure.selectors import DisclosureCard, LookCard
from waypost.disclosure.words import purpose_name, topic_names
from waypost.kernel import audit
from waypost.kernel.clock import now
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations
from waypost.people.cards import PersonCard
from waypost.referrals import selectors as referrals
from waypost.web.access import StaffRequest, wants
from waypost.web.exports import csv_file
from waypost.web.paper.pdf import pdf_answer
from waypost.web.presenting import basis_name, local
from waypost.web.staff.people import own_person


@require_GET
@wants(Action.SEE_PEOPLE)
def seen(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What left, who may look now, who looked here. ``format``: "csv" or "pdf" to hand to the person."""
    card = own_person(request, person_id)
    received = [each.id for each in referrals.of_person(request.actor, person_id) if each.side != "sender"]
    parent = for_parent(request, card)
    told = disclosure.disclosures(request.actor, person_id, referral_ids=received, for_parent=parent)
    form = request.GET.get("format", "")
    if form in ("csv", "pdf"):
        audit.record(
            "people.accounting",
            actor=request.actor,
            subject_type="person",
            subject_ids=[person_id],
            form=form,
            lines=len(told),
            for_parent=parent,
        )
    if form == "csv":
        return _csv(told)
    open_now = disclosure.open_access(request.actor, person_id, for_parent=parent)
    names = {each.id: each.name for each in organizations(ids=[row.recipient_id for row in open_now])}
    context = {
        "person": card,
        "told": [(row, happened(row), purpose_name(row.purpose)) for row in told],
        "open_now": [(names.get(row.recipient_id, _("another organization")), row) for row in open_now],
        "looks": _by_day(disclosure.looks(request.actor, person_id)),
        "minor": card.age is not None and card.age < ADULT,
        "for_parent": parent,
        "printed_on": now(),
        "actor": request.actor,
        "guards": may(request.actor.role, Action.GUARD_PRIVACY),
    }
    if form == "pdf":
        return pdf_answer(render_to_string("web/paper/seen.html", context, request), "who-has-seen-what")
    return render(request, "web/staff/people/seen.html", context)


def for_parent(request: StaffRequest, card: PersonCard) -> bool:
    """Whether this paper is for a minor's parent (``for=parent``): what was asked for alone stays out."""
    return request.GET.get("for") == "parent" and card.age is not None and card.age < ADULT


def happened(row: DisclosureCard) -> str:
    """What it was that told: a referral, an answer to one, a message about one."""
    return {
        "referral": _("Referral"),
        "referral_answer": _("Answer to a referral"),
        "referral_message": _("Message about a referral"),
        "emergency": _("Emergency access"),
    }.get(row.source, row.source)


def _csv(told: list[DisclosureCard]) -> HttpResponse:
    """The items of 45 CFR 164.528(b)(2): date, recipient, what, purpose; and what the law exempts."""
    head = [
        _("When"),
        _("To whom"),
        _("How"),
        _("What"),
        _("What for"),
        _("Why it was allowed"),
        _("By whom"),
    ]
    rows = [
        [
            local(row.at).isoformat(),
            row.recipient_name,
            happened(row),
            topic_names(row.topics),
            purpose_name(row.purpose),
            basis_name(row.basis),
            row.actor_name,
            row.exempt,
        ]
        for row in told
    ]
    return csv_file(
        "who-has-seen-what", [*head, _("By whom"), _("Need not be listed (45 CFR 164.528)")], rows
    )


def _by_day(looks: list[LookCard]) -> list[tuple[LookCard, int]]:
    """The last look of each day by each person for each purpose, and how many there were."""
    days: dict[tuple[Any, ...], list[LookCard]] = {}
    for each in looks:
        days.setdefault((local(each.at), each.actor_name, each.purpose), []).append(each)
    return [(found[0], len(found)) for found in days.values()]
