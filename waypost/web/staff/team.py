"""The supervisor's home: who has how much in hand, what nobody has taken, what is late."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waypost.coordination import selectors as coordination
from waypost.coordination.cards import CaseRow, RequestRow, Workload
from waypost.coordination.services import left_with_work
from waypost.coordination.words import channel_name, next_move_name, role_name
from waypost.disclosure import gate
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, Role
from waypost.network.selectors import members
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.referrals.selectors import Filter
from waypost.web.access import StaffRequest, wants
from waypost.web.presenting import move_words, near_day, when
from waypost.web.referral_words import first_name

AT_ONCE = 6
ALL = 50
LEADS = (Role.COORDINATOR, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Worker:
    """A line of the team's table."""

    name: str
    team: str
    here: bool
    leads: bool
    load: Workload


@dataclass(frozen=True, slots=True)
class Line:
    """A request, a person or a referral that waits for somebody."""

    title: str
    url_name: str
    id: UUID
    text: str
    urgent: bool = False


@require_GET
@wants(Action.SEE_TEAM)
def team(request: StaffRequest) -> HttpResponse:
    """Unassigned, by worker, overdue."""
    actor, more = request.actor, request.GET.get("show", "")
    some = {name: ALL if more == name else AT_ONCE for name in ("waiting", "late")}
    waiting = coordination.open_requests(actor)
    late, late_count = coordination.caseload(actor, due="overdue")
    due, due_count = referrals.sent(actor, Filter(tab="due"))
    workers = _workers(actor)
    waiting_rows, late_rows = waiting[: some["waiting"]], late[: some["late"]]
    seen = {each.person_id for each in late_rows} | {each.person_id for each in due[:AT_ONCE]}
    gate.scope(actor, seen)
    context = {
        "waiting": [_request(each) for each in waiting_rows],
        "waiting_more": len(waiting) - len(waiting_rows),
        "waiting_count": len(waiting),
        "workers": workers,
        "late": [_case(each) for each in late_rows],
        "late_more": late_count - len(late_rows),
        "late_count": late_count,
        "due": [_referral(each) for each in due[:AT_ONCE]],
        "due_count": due_count,
        "counts": referrals.counts(actor),
        "active": sum(each.load.active for each in workers),
    }
    return render(request, "web/staff/team.html", context)


def _workers(actor: Actor) -> list[Worker]:
    """Everybody who leads, with or without people in hand, and whoever left with any work."""
    loads = {each.lead_id: each for each in coordination.workloads(actor)}
    left = left_with_work(actor)
    here = members(actor.organization, roles=LEADS)
    team_of = {each.user_id: each for each in here}
    late = [Workload(each, left[each], 0, 0, 0, 0) for each in sorted(left, key=left.__getitem__)]
    idle = [
        Workload(each.user_id, each.user_name, 0, 0, 0, 0)
        for each in here
        if each.user_id not in loads and each.role == Role.COORDINATOR
    ]
    return [
        Worker(
            name=each.lead_name,
            team=team_of[each.lead_id].team_name if each.lead_id in team_of else "",
            here=each.lead_id not in left,
            leads=each.lead_id in team_of,
            load=each,
        )
        for each in [*loads.values(), *(each for each in late if each.lead_id not in loads), *idle]
    ]


def _request(row: RequestRow) -> Line:
    parts = (row.reason_name, role_name(row.referrer_role), row.team_name, channel_name(row.channel))
    asked = " · ".join(part for part in parts if part)
    return Line(
        title=row.person_name or row.phone,
        url_name="request_take",
        id=row.id,
        text=f"{asked} · {when(row.asked_at)}",
        urgent=row.urgent,
    )


def _case(row: CaseRow) -> Line:
    words = row.next_words or next_move_name(row.next_move)
    return Line(
        title=row.person_name,
        url_name="person",
        id=row.person_id,
        text=f"{row.lead_name} · {words} · {near_day(row.check_back_on)}",
        urgent=row.urgent,
    )


def _referral(row: ReferralRow) -> Line:
    move = move_words(row.turn, first_name(row.person_name), row.service_organization)
    return Line(
        title=row.person_name,
        url_name="referral",
        id=row.id,
        text=f"{row.service_organization} · {row.sender_name} · {move}",
        urgent=row.urgency == "urgent",
    )
