"""Agreements that are missing: two participants refer to one another and no sharing agreement is in force."""

from dataclasses import dataclass
from uuid import UUID

from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.selectors import organizations, terms
from waypost.web.staff.figures_period import Period, grown_facts

MONTHS = 12
SHARING = "data_sharing"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two participants without an agreement."""

    one_id: UUID
    one: str
    other_id: UUID
    other: str


def missing_pairs(actor: Actor) -> list[Pair]:
    """By name. Victim-service providers refer to nobody here, and need none."""
    on = today()
    names = {each.id: each.name for each in organizations() if not each.is_victim_service}
    agreed = [each.party_ids for each in terms(on=on) if each.kind == SHARING]
    seen = set()
    for fact in grown_facts(actor, Period.of_months(MONTHS, on)):
        one, other = fact.sender_id, fact.recipient_id
        if one in names and other in names and one != other:
            seen.add(frozenset({one, other}))
    found = []
    for pair in seen:
        if not any(pair <= parties for parties in agreed):
            one, other = sorted((each for each in pair if each is not None), key=lambda each: names[each])
            found.append(Pair(one, names[one], other, names[other]))
    return sorted(found, key=lambda each: (each.one, each.other))
