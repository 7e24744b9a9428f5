"""The recipient takes the person into its own records."""

from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible, Refused
from waypost.people import selectors as people
from waypost.people import services as people_services
from waypost.people.services import Contact, Identity
from waypost.referrals.machine import RECIPIENT
from waypost.referrals.models import Referral
from waypost.referrals.services import rows
from waypost.screening import services as screening


def take_into_records(*, actor: Actor, referral_id: UUID, person_id: UUID | None = None) -> UUID:
    """An own record of the person who was referred: a new one, or ``person_id`` among one's own people.

    The record is linked to the sender's; it stays when the sharing ends.
    """
    row = rows.locked(actor, referral_id)
    if row.recipient_id != actor.organization:
        raise NotVisible
    if row.recipient_person_id is not None:
        return row.recipient_person_id
    if not row.shared:
        raise Refused(_("This referral tells nothing about the person."))
    own = person_id or _register(actor, row)
    if people.holder_of(own) != actor.organization:
        raise NotVisible
    row.recipient_person_id = own
    row.save()
    if row.ended_at is None:
        people_services.link(
            actor=actor, person_id=own, other_person_id=row.person_id, other_holder_id=row.held_by_id
        )
    screening.add_need(actor=actor, person_id=own, category=row.category, wants_help="yes", source="referral")
    if row.ended_at is None and row.answers:  # whether they know the person is news to the sender
        rows.append(actor, row, "taken", side=RECIPIENT)
    return own


def _register(actor: Actor, row: Referral) -> UUID:
    told = row.shared
    phone = Contact(
        kind="phone",
        value=told.get("phone", ""),
        may_call=bool(told.get("may_call", True)),
        may_text=bool(told.get("may_text")),
        may_leave_message=bool(told.get("may_leave_message")),
        note=told.get("contact_note", ""),
    )
    address = Contact(kind="address", value="", postal_code=told.get("postal_code", ""))
    return people_services.register(
        actor=actor,
        identity=Identity(
            given_name=told.get("given_name", ""),
            family_name=told.get("family_name", ""),
            pronouns=told.get("pronouns", ""),
            language=told.get("language", "en"),
            interpreter_needed=bool(told.get("interpreter_needed")),
            household_size=told.get("household_size"),
        ),
        contacts=[phone, address],
        source="referral",
    )
