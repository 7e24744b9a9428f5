"""What is due to be checked: the queue of a team, the most urgent first."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.selectors import (
    DueAsked,
    DueRow,
    due_counts,
    due_list,
    faults,
    listing_for_referral,
    need_categories,
)
from waypost.kernel.clock import today
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.presenting import day_time
from waypost.web.service_words import confirmed_words, full_name
from waypost.web.upkeep.tabs import tabs
from waypost.web.upkeep.team import given_to, team_of

SIZE = 12  # as many as somebody calls in a morning; a phone shows them without end otherwise
WHO = (
    ("", gettext_lazy("All that we can take")),
    ("me", gettext_lazy("Mine")),
    ("team", gettext_lazy("My team's")),
    ("nobody", gettext_lazy("Nobody's")),
    ("ours", gettext_lazy("Our own listings")),
    ("later", gettext_lazy("To call again later")),
)
REASONS = {
    "doubted": ("stop", gettext_lazy("Several people say it has closed")),
    "faults": ("wait", gettext_lazy("Somebody reported a fault")),
    "unanswered": ("wait", gettext_lazy("Referrals stay unanswered")),
    "never": ("info", gettext_lazy("Never confirmed")),
    "overdue": ("plain", gettext_lazy("Confirmed too long ago")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the queue in words."""

    row: DueRow
    name: str
    town: str
    reasons: list[tuple[str, object]]
    confirmed: str
    due: str
    hand: str


@require_safe
@wants(Action.CHECK_LISTING)
def due(request: StaffRequest) -> HttpResponse:
    """The queue with its filters in the address."""
    asked = DueAsked(
        who=_chosen(request.GET.get("who", ""), dict(WHO)),
        category=_chosen(request.GET.get("need", ""), {each.code for each in need_categories()}),
        town=words_of(request, "town")[:60],
    )
    team = team_of(request)

    def read(number: int) -> tuple[list[DueRow], int]:
        found = due_list(actor=request.actor, asked=asked, team_id=team, page=number, size=SIZE)
        return list(found.rows), found.total

    page = paged(read, number_of(request), size=SIZE)
    counts = due_counts(actor=request.actor, asked=asked, team_id=team)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_due", {"upkeep_faults": faults(request.actor, size=1)[1]}),
        "page": page,
        "lines": [line(row) for row in page.object_list],
        "asked": asked,
        "views": [
            (code, words, counts[code], code == asked.who) for code, words in WHO if _offered(code, team)
        ],
        "needs": [(each.code, each.name) for each in need_categories()[1:]],
        "need_name": next((each.name for each in need_categories() if each.code == asked.category), ""),
        "filtered": bool(asked.category or asked.town),
    }
    return render(request, "web/upkeep/due.html", context)


def _offered(code: str, team: UUID | None) -> bool:
    return code != "team" or team is not None


def _chosen(value: str, known: object) -> str:
    return value if value in known else ""  # type: ignore[operator]


def line(row: DueRow) -> Line:
    """A row in words."""
    place = row.listing.place
    return Line(
        row=row,
        name=full_name(row.listing),
        town=place.city if place else "",
        reasons=[REASONS[each] for each in row.reasons if each in REASONS],
        confirmed=confirmed_words(row.listing),
        due=due_words(row),
        hand=hand_words(row),
    )


def due_words(row: DueRow) -> str:
    """ "due for 12 days", "due today"."""
    days = (today() - row.due_on).days
    if days < 0:
        return ngettext("due in %(days)s day", "due in %(days)s days", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("due for %(days)s day", "due for %(days)s days", days) % {"days": days}


def hand_words(row: DueRow) -> str:
    """Who has it in hand, and when to call again."""
    if row.mine:
        who = _("You have it in hand")
    elif row.ours:
        who = _("In hand: %(who)s") % {
            "who": row.in_hand_user or row.in_hand_team or row.in_hand_organization
        }
    elif row.in_hand_organization:
        who = _("In hand: %(who)s") % {"who": row.in_hand_organization}
    else:
        who = ""
    again = _("call again %(when)s") % {"when": day_time(row.again_at)} if row.again_at else ""
    return " · ".join(each for each in (who, again) if each)


@require_POST
@wants(Action.CHECK_LISTING)
def take(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Take it, or give it to a colleague or a team (``to``)."""
    name = full_name(listing_for_referral(service_id))
    to = request.POST.get("to", "")
    team, user = given_to(request.actor, to) or (team_of(request), request.actor.user_id)
    with attempt() as done:
        services.take_check(actor=request.actor, service_id=service_id, team_id=team, user_id=user)
    if not done.worked:
        messages.error(request, done.refusal)
    elif user == request.actor.user_id:
        messages.success(request, _("You took %(name)s in hand, for two weeks.") % {"name": name})
    else:
        messages.success(request, _("You gave away %(name)s.") % {"name": name})
    return redirect(f"{reverse('upkeep_due')}?who=me" if user == request.actor.user_id else "upkeep_due")


@require_POST
@wants(Action.CHECK_LISTING)
def leave(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Give it back to all."""
    name = full_name(listing_for_referral(service_id))
    services.leave_check(actor=request.actor, service_id=service_id)
    messages.success(request, _("%(name)s is free for others again.") % {"name": name})
    return redirect("upkeep_due")
