"""Figures: was the loop closed, who asked for a coordinator, who answers slowly. Each with its definition."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from waypost.kernel.clock import today
from waypost.network.roles import Action, may
from waypost.network.selectors import organization, organizations
from waypost.reporting import definitions, rules
from waypost.reporting.selectors import NETWORK, RECEIVED, SENT
from waypost.reporting.suppression import LEAST
from waypost.web.access import StaffRequest, wants
from waypost.web.exports import csv_file
from waypost.web.staff import figures_loop, figures_requests
from waypost.web.staff.figures_period import LENGTHS, USUAL, Period

CBO = "cbo"
SLOWEST = 5
TWO_DAYS = 48
A_DAY = 24


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader wants to see, as the address says."""

    period: Period
    side: str
    per: str

    def address(self, **changes: str) -> str:
        """The same page with something changed."""
        now = {"months": str(self.period.length), "side": self.side, "per": self.per}
        return "?" + urlencode(now | changes)


@require_GET
@wants(Action.SEE_FIGURES)
def figures(request: StaffRequest) -> HttpResponse:
    """The page, or one of its tables as CSV."""
    chosen = _chosen(request)
    loop = figures_loop.loop(request.actor, chosen.period, chosen.side)
    requests = None if chosen.side == NETWORK else figures_requests.requests(request.actor, chosen.period)
    if request.GET.get("format") == "csv":
        if request.GET.get("table") == "requests" and requests:
            return csv_file("requests", *figures_requests.csv_rows(requests))
        return csv_file("referrals", *figures_loop.csv_rows(loop))
    count = loop.counted(chosen.per)
    context = {
        "chosen": chosen,
        "period": chosen.period,
        "lengths": LENGTHS,
        "network": chosen.side == NETWORK,
        "sides": _sides(chosen),
        "units": _units(chosen),
        "kpis": figures_loop.kpis(loop),
        "rows": figures_loop.rows(count),
        "total": figures_loop.total_row(count),
        "chart": figures_loop.loop_chart(count, chosen.per),
        "counted_at": loop.facts.counted_at,
        "slowest": _slowest(loop, chosen) if chosen.side != RECEIVED else None,
        "answer_words": _definition("answer_time", chosen),
        "definitions": [
            (each.name, _definition(code, chosen)) for code, each in definitions.DEFINITIONS.items()
        ],
        "rules": _rules(chosen),
        "download": chosen.address(format="csv"),
    }
    return render(request, "web/staff/figures.html", context | _requests(requests, chosen))


def _chosen(request: StaffRequest) -> Chosen:
    typed = request.GET.get("months", "")
    number = int(typed) if typed in {str(each) for each in LENGTHS} else USUAL
    per = "referral" if request.GET.get("per") == "referral" else "need"
    return Chosen(Period.of_months(number, today()), _side(request), per)


def _side(request: StaffRequest) -> str:
    """The integrator sees the network; others what they sent, or what was sent to them (CBOs: this first)."""
    if may(request.actor.role, Action.SEE_NETWORK):
        return NETWORK
    typed = request.GET.get("side", "")
    if typed in {SENT, RECEIVED}:
        return typed
    return RECEIVED if organization(request.actor.organization).kind == CBO else SENT


def _sides(chosen: Chosen) -> list[tuple[str, str, bool]]:
    if chosen.side == NETWORK:
        return []
    names = {SENT: _("Sent by us"), RECEIVED: _("Sent to us")}
    return [(chosen.address(side=side), name, side == chosen.side) for side, name in names.items()]


def _units(chosen: Chosen) -> list[tuple[str, str, bool]]:
    names = {"need": _("Count needs"), "referral": _("Count referrals")}
    return [(chosen.address(per=per), name, per == chosen.per) for per, name in names.items()]


def _definition(code: str, chosen: Chosen) -> str:
    """The words of a definition; fewer answers are told of the own organization than of the network."""
    found = definitions.DEFINITIONS[code]
    if code == "answer_time" and chosen.side == NETWORK:
        return f"{found.counts} {definitions.FEW_RULE}"
    return found.words


def _rules(chosen: Chosen) -> list[object]:
    found: list[object] = [definitions.NEED_RULE, definitions.EARLY_RULE, definitions.VICTIM_RULE]
    return [*found, definitions.SMALL_RULE] if chosen.side == NETWORK else found


def _slowest(loop: figures_loop.Loop, chosen: Chosen) -> list[tuple[str, str, str]]:
    """Name, time and number of answers; for the network, from eleven answers on."""
    fewest = LEAST if chosen.side == NETWORK else rules.FEWEST_ANSWERS
    times = rules.slowest(loop.facts.rows, fewest=fewest)[:SLOWEST]
    names = {each.id: each.name for each in organizations(ids=[each.recipient_id for each in times])}
    return [
        (
            names[each.recipient_id],
            duration_words(each.hours),
            _answers(each.answers, chosen),
        )
        for each in times
        if each.recipient_id in names
    ]


def _answers(number: int, chosen: Chosen) -> str:
    """Of the network no exact number: two periods laid beside one another would tell of a few."""
    if chosen.side == NETWORK:
        return _("%(count)d answers or more") % {"count": LEAST}
    return ngettext("%(count)d answer", "%(count)d answers", number) % {"count": number}


def duration_words(hours: float) -> str:
    """ "5 hours" below two days, "4.1 days" from there on."""
    if hours < TWO_DAYS:
        count = round(hours)
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    return _("%(number)s days") % {"number": f"{hours / A_DAY:.1f}"}


def _requests(found: figures_requests.Requests | None, chosen: Chosen) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "team_rows": figures_requests.team_rows(found),
        "team_all": figures_requests.all_row(found),
        "team_chart": figures_requests.team_chart(found, chosen.period),
        "team_download": chosen.address(format="csv", table="requests"),
    }
