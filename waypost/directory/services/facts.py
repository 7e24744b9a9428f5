"""What a human says of a single field: that it is right, or what it ought to say."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from waypost.directory.choices import LOCAL_SOURCE, ConfirmedHow, CoordinatesStatus, FactOf
from waypost.directory.fields import CONTACT, LISTS, is_field, items_from_json, scalar_from_json
from waypost.directory.models import FieldFact, Location, Organization, Phone, Service
from waypost.directory.models.base import Listed, Row
from waypost.directory.rules.safety import hotlines
from waypost.directory.services.guarding import COORDINATES
from waypost.directory.services.known import remember_feed
from waypost.directory.services.listings import add_rows
from waypost.directory.services.own import owner_of
from waypost.directory.services.upkeep import can_edit
from waypost.directory.tables import model_of
from waypost.directory.values import MODELS, children, item_of, value_of
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may

UNCHANGED = object()


def confirm_field(
    *,
    actor: Actor,
    entity: str,
    row_id: UUID,
    field: str,
    how: str,
    on: date | None = None,
) -> None:
    """A human made sure that this field is right as it stands; ``on``: the day, today if not given."""
    row = _row(actor, entity, row_id, field)
    day = _day(how, on)
    if not _leaves_no_copy(row):
        keep_fact(
            actor=actor,
            entity=entity,
            row_id=row_id,
            field=field,
            value=value_of(entity, row, field),
            how=how,
            on=day,
        )
    _record("directory.confirm_field", actor, row_id, entity=entity, field=field, how=how)


def say_field(*, actor: Actor, entity: str, row_id: UUID, field: str, value: Any, how: str) -> None:
    """Write what a human found out into the listing, and remember who said so and how.

    ``value`` as a fact holds it: a scalar (dates in ISO 8601, decimals as text) or a list of plain objects.
    A listing that an organization looks after is changed by that organization and the integrator alone.
    """
    row = _row(actor, entity, row_id, field)
    day = _day(how, None)
    if not may_change(actor=actor, claimed_by=_claimed_by(row)):
        raise Refused(_("Only the organization that looks after this listing can change it."), field=field)
    before, imported_at = value_of(entity, row, field), row.imported_at
    if field == "phones" and isinstance(value, list):
        value = [*value, *(each for each in _not_told(actor, row, before) if each not in value)]
    if field in LISTS[entity]:
        write_list(entity, row_id, field, items_from_json(entity, field, value))
        if isinstance(row, Location) and field == "addresses" and value_of(entity, row, field) != before:
            _off_the_map(row)
    else:
        _write_scalar(entity, row, field, value)
    after = value_of(entity, row, field)
    if not _leaves_no_copy(row):
        remember_feed(
            actor=actor,
            entity=entity,
            row_id=row_id,
            source=row.source,
            imported_at=imported_at,
            field=field,
            before=before,
            after=after,
        )
        keep_fact(
            actor=actor,
            entity=entity,
            row_id=row_id,
            field=field,
            value=after,
            how=how,
            on=day,
            before=before,
        )
    _record("directory.say_field", actor, row_id, entity=entity, field=field, how=how)


def _leaves_no_copy(row: Listed) -> bool:
    """What a private place, or one of a victim service, says stands there alone: a fact would be a copy."""
    if not isinstance(row, Location):
        return False
    owner = owner_of(row)
    return row.confidential or (owner is not None and owner.is_victim_service)


def _not_told(actor: Actor, row: Listed, numbers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers that only a victim service itself may read: whoever mends the hotline keeps them."""
    owner = row if isinstance(row, Organization) else getattr(row, "organization", None)
    if not isinstance(owner, Organization) or not owner.is_victim_service:
        return []
    if owner.claimed_by_id is not None and owner.claimed_by_id == actor.organization_id:
        return []
    told = hotlines(numbers)
    return [each for each in numbers if each not in told]


def may_change(*, actor: Actor, claimed_by: UUID | None) -> bool:
    """Whoever looks after the listing; where nobody does, whoever checks listings."""
    if can_edit(actor=actor, claimed_by=claimed_by):
        return True
    return claimed_by is None and may(actor.role, Action.CHECK_LISTING)


def keep_mark(*, actor: Actor, entity: str, row_id: UUID, field: str) -> None:
    """Remember what no feed may undo: that somebody said in a page, today, that this holds."""
    keep_fact(
        actor=actor,
        entity=entity,
        row_id=row_id,
        field=field,
        value=True,
        how=ConfirmedHow.WEB,
        on=today(),
    )


def keep_fact(
    *,
    actor: Actor,
    entity: str,
    row_id: UUID,
    field: str,
    value: Any,
    how: str,
    on: date,
    before: Any = UNCHANGED,
) -> None:
    """Remember that a human stands behind this value; the listing itself is not touched.

    ``before``: what the field said until now, where that may have been something else. Who changed it is
    remembered until somebody else confirms it.
    """
    said: dict[str, Any] = {
        "value": value,
        "confirmed_on": on,
        "confirmed_how": how,
        "confirmed_by_id": actor.user_id,
    }
    known = FieldFact.objects.filter(entity=entity, row_id=row_id, field=field, source=LOCAL_SOURCE).first()
    if before is not UNCHANGED and before != value:
        said |= {"changed_on": on, "changed_by_id": actor.user_id}
    elif known is not None and known.changed_by_id != actor.user_id:
        said |= {"changed_on": None, "changed_by_id": None}
    FieldFact.objects.update_or_create(
        entity=entity, row_id=row_id, field=field, source=LOCAL_SOURCE, defaults=said
    )
    if field in CONTACT and value:
        _contact_confirmed(entity, row_id, field, on)


def _contact_confirmed(entity: str, row_id: UUID, field: str, on: date) -> None:
    """The services reached by this contact: its own, or its organization's where it has none."""
    rows = Service.objects.filter(pk=row_id)
    if entity == FactOf.ORGANIZATION:
        rows = Service.objects.filter(organization_id=row_id)
        if field == "phones":
            rows = rows.exclude(Exists(Phone.objects.filter(service_id=OuterRef("pk"))))
        else:
            rows = rows.filter(**{"url" if field == "website" else field: ""})
    elif entity == FactOf.LOCATION:
        rows = Service.objects.filter(at_locations__location_id=row_id).exclude(
            Exists(Phone.objects.filter(service_id=OuterRef("pk")))
        )
    newer = rows.filter(Q(contact_confirmed_on__isnull=True) | Q(contact_confirmed_on__lt=on))
    ids = list(newer.values_list("pk", flat=True))
    if ids:
        Service.objects.filter(pk__in=ids).update(contact_confirmed_on=on)


def _row(actor: Actor, entity: str, row_id: UUID, field: str) -> Listed:
    allowed = actor == SYSTEM or may(actor.role, Action.CHECK_LISTING) or may(actor.role, Action.EDIT_LISTING)
    if not allowed:
        raise Refused(_("You cannot check listings."))
    if entity not in MODELS or not is_field(entity, field):
        raise Refused(_("%(name)s is not a field of a listing.") % {"name": field}, field=field)
    row = MODELS[entity]._default_manager.select_for_update().filter(pk=row_id, hidden_why="").first()
    if row is None:
        raise NotVisible
    return row


def _claimed_by(row: Listed) -> UUID | None:
    owner = owner_of(row)
    return owner.claimed_by_id if owner else None


def _day(how: str, on: date | None) -> date:
    if how not in ConfirmedHow.values:
        raise Refused(_("Say how you made sure: on the web, by phone or by a visit."), field="confirmed_how")
    day = on or today()
    if day > today():
        raise Refused(_("This day has not come yet."), field="confirmed_on")
    return day


def _write_scalar(entity: str, row: Listed, field: str, value: Any) -> None:
    typed = scalar_from_json(entity, field, value)
    if field == "maximum_age" and typed is not None and typed < (getattr(row, "minimum_age", None) or 0):
        raise Refused(_("The lowest age is above the highest."), field=field)
    setattr(row, field, typed)
    written = [field]
    if field == "capacity_status" and isinstance(row, Service):
        row.capacity_changed_at = now()
        written.append("capacity_changed_at")
    row.save(update_fields=written)


def write_list(entity: str, row_id: UUID, field: str, items: list[dict[str, Any]]) -> None:
    """The rows of the list are replaced; where they say the same already, they stay with their source."""
    kept = [item_of(entity, field, each) for each in children(entity, row_id, field)]
    model: type[Row] = model_of(LISTS[entity][field].table)  # type: ignore[assignment]
    rows = [model(**{f"{entity}_id": row_id}, **item) for item in items]
    if kept == [item_of(entity, field, each) for each in rows]:
        return
    children(entity, row_id, field).delete()
    add_rows(model, rows)


def _off_the_map(place: Location) -> None:
    """A place with another address is no longer where its coordinates say; it is listed without them."""
    place.latitude = place.longitude = None
    place.coordinates_status = CoordinatesStatus.MISSING
    place.save(update_fields=["latitude", "longitude", "coordinates_status"])
    FieldFact.objects.update_or_create(
        entity=FactOf.LOCATION,
        row_id=place.id,
        field=COORDINATES,
        source=LOCAL_SOURCE,
        defaults={"value": None},
    )


def _record(action: str, actor: Actor, subject: UUID, **detail: str) -> None:
    audit.record(action, actor=actor, subject_type="listing", subject_ids=[subject], **detail)
