"""The integrator's home: who takes part, which agreements hold, how much goes on. Nobody's data."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.directory.selectors import overview
from waypost.kernel.clock import today
from waypost.network.cards import OrganizationCard, Term
from waypost.network.roles import Action
from waypost.network.selectors import kind_name, organizations, terms
from waypost.referrals.cards import LoopFact
from waypost.reporting.suppression import suppress
from waypost.web.access import StaffRequest, wants
from waypost.web.staff.figures_loop import network_total
from waypost.web.staff.figures_period import Period, grown_facts

SOON = timedelta(days=60)
SHARING = "data_sharing"
INTEGRATOR = "integrator"
MONTHS = 6


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant with its agreements and counts; None: a small group that is not shown."""

    name: str
    kind: str
    phone: str
    victim_service: bool
    agreement: Term | None
    ends_soon: bool
    missing: bool
    sent: int | None
    received: int | None


@require_GET
@wants(Action.SEE_NETWORK)
def network(request: StaffRequest) -> HttpResponse:
    """Participants, agreements, referral totals, the directory."""
    on = today()
    period = Period.of_months(MONTHS, on)
    everybody, facts = organizations(), grown_facts(request.actor, period)
    total = network_total(request.actor, period)
    rows = _participants(everybody, terms(on=on), _counts(facts, everybody), on)
    context = {
        "period": period,
        "rows": rows,
        "kinds": sorted(Counter(each.kind for each in rows).items()),
        "missing": [each for each in rows if each.missing],
        "ending": [each for each in rows if each.ends_soon],
        "total": _("not shown") if total is None else str(total),
        "directory": overview(),
    }
    return render(request, "web/staff/network.html", context)


def _participants(
    everybody: list[OrganizationCard],
    agreements: list[Term],
    counts: dict[UUID, tuple[int | None, int | None]],
    on: date,
) -> list[Participant]:
    found = []
    for each in everybody:
        term = _sharing(each.id, agreements)
        sent, received = counts[each.id]
        found.append(
            Participant(
                name=each.name,
                kind=kind_name(each.kind),
                phone=each.phone,
                victim_service=each.is_victim_service,
                agreement=term,
                ends_soon=bool(term and term.valid_to and term.valid_to <= on + SOON),
                missing=term is None and each.kind != INTEGRATOR and not each.is_victim_service,
                sent=sent,
                received=received,
            )
        )
    return found


def _sharing(organization_id: UUID, agreements: list[Term]) -> Term | None:
    """The sharing agreement that lasts longest."""
    own = [each for each in agreements if each.kind == SHARING and organization_id in each.party_ids]
    return max(own, key=lambda each: each.valid_to or date.max, default=None)


def _counts(
    facts: list[LoopFact], everybody: list[OrganizationCard]
) -> dict[UUID, tuple[int | None, int | None]]:
    """Sent and received by participant, small groups withheld so that the total does not give them away."""
    sent = _withheld([each.sender_id for each in facts], everybody)
    received = _withheld([each.recipient_id for each in facts], everybody)
    return {each.id: (sent[each.id], received[each.id]) for each in everybody}


def _withheld(parties: list[UUID | None], everybody: list[OrganizationCard]) -> dict[UUID | None, int | None]:
    """Counts by participant; services outside (None) and participants that have left are rows too."""
    counted = Counter(parties)
    listed: list[UUID | None] = [each.id for each in everybody]
    keys = [*listed, *(key for key in counted if key not in set(listed))]
    hidden = suppress([(counted[key],) for key in keys]).rows
    return {key: None if number in hidden else counted[key] for number, key in enumerate(keys)}
