"""The 18th birthday: what others did for a young person ends, and the person is asked anew."""

from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.transaction import acting
from waypost.people.models import BelongsTo, ContactPoint, Person
from waypost.people.rules import of_age_if_born_by

AT_ONCE = 200


def come_of_age() -> int:
    """Everybody registered as a minor who is 18 now, once: a parent's contacts end, other rooms hear of it.

    For the worker; returns how many. What hangs on a parent's word ends with the event (consent), and the
    organization's workers get a notice (messaging).
    """
    limit = of_age_if_born_by(today())
    rows = (
        Person.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("held_by")
        .filter(birth_date__lte=limit, of_age_at__isnull=True)
        .order_by("id")
    )
    found = [row for row in rows.filter(birth_date__gt=of_age_if_born_by(limit))[:AT_ONCE] if _was_minor(row)]
    for row in found:
        actor = Actor(None, "Waypost", row.held_by_id, row.held_by.name, "system")
        with acting(actor):
            _ends(actor, row)
    return len(found)


def _ends(actor: Actor, row: Person) -> None:
    ContactPoint.objects.filter(person=row, belongs_to=BelongsTo.PARENT, ended_at__isnull=True).update(
        ended_at=now()
    )
    row.of_age_at = now()
    row.save(update_fields=["of_age_at"])
    events.emit(
        "person.came_of_age",
        actor=actor,
        person_id=row.id,
        to_organization=row.held_by_id,
        subject_id=row.id,
        reference="",
        url=f"/people/{row.id}/agreements/",
    )
    audit.record("person.came_of_age", actor=actor, subject_type="person", subject_ids=[row.id])


def _was_minor(row: Person) -> bool:
    """Registered before the 18th birthday; who came as an adult has nobody acting for them by age."""
    born, seen = row.birth_date, row.registered_at.date()
    return born is not None and born > of_age_if_born_by(seen)
