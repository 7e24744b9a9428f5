"""Changes by whoever keeps a listing: most act at once, delicate ones are looked at first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE, PRIVATE, ConfirmedHow, FactOf
from waypost.directory.models import FieldFact, Location, Organization, Proposal, ProposalStatus
from waypost.directory.models.base import Listed
from waypost.directory.rules.schedule import Hours
from waypost.directory.services.facts import say_field
from waypost.directory.services.listings import as_schedule
from waypost.directory.services.own import own_row, owner_of
from waypost.directory.services.place_hours import hours_hold_everywhere
from waypost.directory.services.private import show_places
from waypost.directory.services.upkeep import own_service, record
from waypost.directory.values import MODELS, item_of, value_of
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.events import emit
from waypost.kernel.ids import reference, uuid7
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations

# What others could be misled or endangered by: who it is, how it is reached, whom it serves, where it is.
DELICATE: Mapping[str, frozenset[str]] = {
    FactOf.ORGANIZATION: frozenset({"name", "phones", "website", "email"}),
    FactOf.SERVICE: frozenset(
        {"name", "phones", "url", "eligibility_description", "minimum_age", "maximum_age"}
    ),
    FactOf.LOCATION: frozenset({"addresses", "phones"}),
}
PAGES: Mapping[str, str] = {
    FactOf.ORGANIZATION: "/listing/organizations/{}/",
    FactOf.SERVICE: "/listing/{}/",
    FactOf.LOCATION: "/listing/places/{}/",
}
SHOWN_OF_A_VICTIM_SERVICE = frozenset({"name"})  # among its numbers are some that nobody may read


@dataclass(frozen=True, slots=True)
class Changed:
    """Which fields say something else now, and which wait."""

    at_once: tuple[str, ...]
    waiting: tuple[str, ...]


def change_own_service(*, actor: Actor, service_id: UUID, values: Mapping[str, Any]) -> Changed:
    """Let fields of a service say what its keeper says; ``values`` by field, as facts hold them."""
    return change_own(actor=actor, entity=FactOf.SERVICE, row_id=service_id, values=values)


def change_own(*, actor: Actor, entity: str, row_id: UUID, values: Mapping[str, Any]) -> Changed:
    """Let fields of an organization, a service or a place say what its keeper says.

    Delicate fields become proposals, one for each; the network's own staff need none. Of a victim service
    or a private place only what anybody may read is proposed: the rest acts at once, so that no copy of it
    is kept.
    """
    row = own_row(actor, entity, row_id)
    owner = owner_of(row)
    if owner is None:
        raise NotVisible
    reviewed = _reviewed(actor, entity, row, owner)
    at_once, waiting = [], []
    for field, value in values.items():
        old = value_of(entity, row, field)
        if old == value:
            continue
        if field in reviewed:
            propose(actor, row, owner, Wish(field, old, value))
            waiting.append(field)
        else:
            say_field(
                actor=actor, entity=entity, row_id=row.id, field=field, value=value, how=ConfirmedHow.WEB
            )
            at_once.append(field)
    if entity == FactOf.SERVICE and "schedules" in at_once:
        hours_hold_everywhere(row.id)
    if waiting:
        tell_staff(actor, row.id)
    return Changed(tuple(at_once), tuple(waiting))


def _reviewed(actor: Actor, entity: str, row: Listed, owner: Organization) -> frozenset[str]:
    if may(actor.role, Action.KEEP_DIRECTORY) or (isinstance(row, Location) and row.confidential):
        return frozenset()
    if owner.is_victim_service:
        return SHOWN_OF_A_VICTIM_SERVICE if entity != FactOf.LOCATION else frozenset()
    return DELICATE[entity]


def hours_item(entry: Hours) -> dict[str, Any]:
    """Hours as a fact of the field "schedules" holds them."""
    return item_of(FactOf.SERVICE, "schedules", as_schedule(uuid7(), entry))


def set_own_needs(*, actor: Actor, service_id: UUID, need_categories: tuple[str, ...]) -> None:
    """What the service helps with, chosen by its keeper: neither words nor an import change it any more."""
    row = own_service(actor, service_id)
    row.need_categories, row.needs_by_hand = list(need_categories), True
    row.save(update_fields=["need_categories", "needs_by_hand"])
    record("directory.needs", actor, service_id)


def retire_service(*, actor: Actor, service_id: UUID, offered: bool = False) -> None:
    """Say that the service is not offered any more; searches leave it out. ``offered``: it is again."""
    row = own_service(actor, service_id)
    say_field(
        actor=actor,
        entity=FactOf.SERVICE,
        row_id=row.id,
        field="status",
        value="active" if offered else "inactive",
        how=ConfirmedHow.WEB,
    )


def decide_proposal(*, actor: Actor, proposal_id: UUID, approve: bool, words: str = "") -> None:
    """The network's staff let the change through, as the keeper's own word, or say why not."""
    if not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))
    row = _waiting(proposal_id)
    if not approve and not words.strip():
        raise Refused(_("Say why not, in a few words: the keeper reads it."), field="words")
    if approve:
        _write(actor, row)
    row.status = ProposalStatus.APPROVED if approve else ProposalStatus.REFUSED
    row.decided_at, row.decided_by, row.decision_words = now(), actor.name, words.strip()
    row.save()
    record("directory.proposal", actor, row.row_id, decision=row.status, field=row.field)
    _tell(
        "proposal.decided",
        actor,
        row.id,
        to=row.participant_id,
        url=PAGES[row.entity].format(row.row_id),
        number=row.reference,
    )


def withdraw_proposal(*, actor: Actor, proposal_id: UUID) -> str:
    """The keeper takes a change back before anybody looked at it; the page of what it was about."""
    row = _waiting(proposal_id)
    if row.participant_id != actor.organization or not may(actor.role, Action.EDIT_LISTING):
        raise NotVisible
    row.status, row.decided_at, row.decided_by = ProposalStatus.WITHDRAWN, now(), actor.name
    row.save()
    return PAGES[row.entity].format(row.row_id)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a field says, and what its keeper wants it to say."""

    field: str
    old: Any
    new: Any


def propose(actor: Actor, row: Listed, owner: Organization, wish: Wish) -> None:
    """Ask the network's staff; the newest wish for a field takes the place of an earlier one."""
    asked = {
        "organization_id": owner.id,
        "old": wish.old,
        "new": wish.new,
        "participant_id": actor.organization,
        "asked_by_id": actor.user_id,
        "asked_name": actor.name,
    }
    Proposal.objects.update_or_create(
        entity=_kind(row),
        row_id=row.id,
        field=wish.field,
        status=ProposalStatus.WAITING,
        defaults=asked | {"asked_at": now()},
        create_defaults=asked | {"reference": reference("L", today())},
    )


def _kind(row: Listed) -> FactOf:
    return next(FactOf(kind) for kind, model in MODELS.items() if isinstance(row, model))


def tell_staff(actor: Actor, row_id: UUID) -> None:
    """A change waits for the network's staff."""
    for each in organizations(kind="integrator"):
        _tell("proposal.waiting", actor, row_id, to=each.id, url="/upkeep/reviews/")


def _write(actor: Actor, row: Proposal) -> None:
    """As the keeper's own word: confirmed by whoever asked."""
    keeper = Organization.objects.values_list("claimed_by_id", flat=True).get(pk=row.organization_id)
    if keeper != row.participant_id or not MODELS[row.entity]._default_manager.filter(pk=row.row_id).exists():
        raise Refused(_("This organization does not keep the listing any more. Refuse the change."))
    if row.field == PRIVATE:
        show_places([row.row_id])
        return
    say_field(
        actor=actor,
        entity=row.entity,
        row_id=row.row_id,
        field=row.field,
        value=row.new,
        how=ConfirmedHow.WEB,
    )
    FieldFact.objects.filter(
        entity=row.entity, row_id=row.row_id, field=row.field, source=LOCAL_SOURCE
    ).update(confirmed_by_id=row.asked_by_id)


def _waiting(proposal_id: UUID) -> Proposal:
    row = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if row is None:
        raise NotVisible
    if row.status != ProposalStatus.WAITING:
        raise Refused(_("This change was decided or taken back in the meantime."))
    return row


def _tell(event: str, actor: Actor, subject: UUID, *, to: UUID, url: str, number: str = "") -> None:
    emit(event, actor=actor, to_organization=to, subject_id=subject, reference=number, url=url)
