"""What a listing itself offers as proof: its phone and its domains, as others said them."""

import json
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Q

from waypost.directory.models import FieldFact, Organization, Phone, Service
from waypost.directory.rules.proof import SETTLES, can_be_called, own_domains
from waypost.directory.vocabulary import DATA
from waypost.kernel.clock import today
from waypost.network.selectors import members


@dataclass(frozen=True, slots=True)
class Offered:
    """``phone``: the number that is called, or nothing; ``domains``: where an e-mail address has to be."""

    phone: str
    domains: tuple[str, ...]


@cache
def shared_domains() -> frozenset[str]:
    """Domains at which anybody can have an address or a page."""
    body = json.loads((DATA / "shared_domains.json").read_text(encoding="utf-8"))
    return frozenset(each for domains in body.values() for each in domains)


def proof_offered(organization_id: UUID, claimant_id: UUID | None) -> Offered:
    """What may prove a claim. What members of the claimant wrote into the listing themselves proves nothing,

    nor what anybody here changed in the last thirty days, unless somebody else confirmed it since: two who
    help each other could change a number and then be called on it. ``claimant_id``: None for strangers.
    Of a victim service the hotline alone is offered: its domain is not told to anybody.
    """
    row = Organization.objects.get(pk=organization_id)
    services = list(Service.objects.filter(organization_id=organization_id, hidden_why="").order_by("id"))
    own = _said_by(claimant_id, [row.id, *(each.id for each in services)])
    if row.is_victim_service:
        return Offered(_phone(row.id, services, own, hotline=True), ())
    websites = [row.website] if (row.id, "website") not in own else []
    emails = [row.email] if (row.id, "email") not in own else []
    for each in services:
        websites += [each.url] if (each.id, "url") not in own else []
        emails += [each.email] if (each.id, "email") not in own else []
    domains = own_domains(websites=websites, emails=emails, shared=shared_domains())
    return Offered(_phone(row.id, services, own, hotline=False), domains)


def _said_by(participant_id: UUID | None, rows: list[UUID]) -> set[tuple[UUID, str]]:
    """Fields that prove nothing: the claimant's own words, and what was changed lately."""
    users = [each.user_id for each in members(participant_id)] if participant_id else []
    weak = Q(confirmed_by_id__in=users) | Q(changed_by_id__in=users) | Q(changed_on__gt=today() - SETTLES)
    facts = FieldFact.objects.filter(weak, row_id__in=rows)
    return set(facts.values_list("row_id", "field"))


def _phone(
    organization_id: UUID, services: list[Service], own: set[tuple[UUID, str]], *, hotline: bool
) -> str:
    """The organization's own number, else that of a service; never one of a place that is private."""
    wanted = Q(organization_id=organization_id) | Q(service__in=services)
    rows = Phone.objects.filter(wanted, contact__isnull=True).order_by("organization_id", "id")
    for each in rows:
        holder = each.organization_id or each.service_id
        if holder is None or (holder, "phones") in own or not can_be_called(each.number, each.type):
            continue
        if not hotline or "hotline" in f"{each.type} {each.description}".lower():
            return each.number
    return ""
