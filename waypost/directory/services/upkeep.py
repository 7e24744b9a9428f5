"""Looking after listings: who may, claims, capacity, confirmation, changes."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.choices import ConfirmedHow, HowToReach
from waypost.directory.models import Organization, Phone, Service
from waypost.directory.rules.reach import WITHOUT_KEEPER
from waypost.directory.services.entries import ServiceEntry
from waypost.directory.services.listings import replace_service
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may

MOST_REFERRALS = 10_000


def can_edit(*, actor: Actor, claimed_by: UUID | None) -> bool:
    """The participant that claimed a listing edits it; the integrator looks after the whole directory."""
    if actor == SYSTEM or may(actor.role, Action.SEE_NETWORK):
        return True
    return (
        claimed_by is not None
        and claimed_by == actor.organization_id
        and may(actor.role, Action.EDIT_LISTING)
    )


def claim_listing(*, actor: Actor, organization_id: UUID, participant_id: UUID) -> None:
    """Hand a listing over without proof, as the network's staff may; others use ``ask_claim``."""
    if actor != SYSTEM and not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the network's staff can do this."))
    row = Organization.objects.select_for_update().filter(pk=organization_id).first()
    if row is None:
        raise NotVisible
    if row.claimed_by_id is not None and row.claimed_by_id != participant_id:
        raise Refused(_("Another organization looks after this listing already."))
    row.claimed_by_id = participant_id
    row.save(update_fields=["claimed_by"])
    record("directory.claim", actor, organization_id)


def set_how_to_reach(
    *,
    actor: Actor,
    service_id: UUID,
    how: str,
    referrals_a_week: int | None = None,
    referral_words: str = "",
) -> None:
    """Say how people come to the service. Anything but walking in or calling is for the keeper to say.

    ``referrals_a_week``: how many electronic referrals it wants at most; ``referral_words``: in which form.
    """
    row = own_service(actor, service_id)
    if how not in HowToReach.values:
        raise Refused(_("Choose how people reach this service."), field="how_to_reach")
    if row.organization.claimed_by_id is None and how not in WITHOUT_KEEPER:
        raise Refused(
            _("Only an organization that takes part in the network and keeps its listing can say this."),
            field="how_to_reach",
        )
    if referrals_a_week is not None and not 0 <= referrals_a_week <= MOST_REFERRALS:
        raise Refused(_("Say how many referrals you want a week."), field="referrals_a_week")
    row.how_to_reach, row.referrals_a_week = how, referrals_a_week
    row.referral_words = referral_words.strip()
    row.save(update_fields=["how_to_reach", "referrals_a_week", "referral_words"])
    record("directory.how_to_reach", actor, service_id, how=how)


def confirm_listing(*, actor: Actor, service_id: UUID, how: str, on: date | None = None) -> None:
    """A human made sure that the whole listing is right, its contact with it. Any worker may have called.

    Who doubted that it is open is answered by that.
    """
    rows = Service.objects.select_for_update(of=("self",)).select_related("organization")
    row = rows.filter(pk=service_id).first()
    if row is None:
        raise NotVisible
    if how not in ConfirmedHow.values:
        raise Refused(_("Say how you made sure: on the web, by phone or by a visit."), field="confirmed_how")
    day = on or today()
    if day > today():
        raise Refused(_("This day has not come yet."), field="confirmed_on")
    row.confirmed_on, row.confirmed_how, row.doubted_at = day, how, None
    if _has_contact(row) and (row.contact_confirmed_on is None or row.contact_confirmed_on < day):
        row.contact_confirmed_on = day
    row.save(update_fields=["confirmed_on", "confirmed_how", "doubted_at", "contact_confirmed_on"])
    record("directory.confirm", actor, service_id, how=how)


def _has_contact(row: Service) -> bool:
    """Whether there is anything by which it can be reached: its own, its place's or its organization's."""
    if row.email or row.url or row.organization.email or row.organization.website:
        return True
    numbers = Phone.objects.filter(
        Q(service=row)
        | Q(organization=row.organization_id)
        | Q(service_at_location__service=row)
        | Q(location__at_services__service=row)
    )
    return numbers.exists()


def update_listing(*, actor: Actor, service_id: UUID, entry: ServiceEntry) -> None:
    """Replace what the listing says; for the organization that looks after it."""
    own_service(actor, service_id)
    replace_service(service_id=service_id, entry=entry)
    record("directory.update", actor, service_id)


def own_service(actor: Actor, service_id: UUID) -> Service:
    """The service, locked, for whoever may change it."""
    row = Service.objects.select_for_update(of=("self",)).select_related("organization").filter(pk=service_id)
    found = row.first()
    if found is None:
        raise NotVisible
    if not can_edit(actor=actor, claimed_by=found.organization.claimed_by_id):
        raise Refused(_("Only the organization that looks after this listing can change it."))
    return found


def record(action: str, actor: Actor, subject: UUID, **detail: str) -> None:
    """A line of the audit about a listing."""
    audit.record(action, actor=actor, subject_type="listing", subject_ids=[subject], **detail)
