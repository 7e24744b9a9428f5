"""Writing people: register, change, reach, link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit, events, naming
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.selectors import refuse_victim_service
from waypost.people.models import (
    CONTACT,
    IDENTITY,
    BelongsTo,
    ContactKind,
    ContactPoint,
    FrontDesk,
    Link,
    Person,
    Safety,
)
from waypost.people.rules import Way, digits, plain, way_refused

OLDEST_BIRTH_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody, as entered."""

    kind: str
    value: str
    postal_code: str = ""
    may_text: bool = False
    may_leave_message: bool = False
    note: str = ""
    safety: str = ""
    safe_hours: str = ""
    code_word: str = ""
    belongs_to: str = ""
    may_call: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as entered."""

    given_name: str
    family_name: str = ""
    called: str = ""
    pronouns: str = ""
    birth_date: date | None = None
    language: str = "en"
    interpreter_needed: bool = False
    household_size: int | None = None
    usual_provider: str = ""


def register(
    *, actor: Actor, identity: Identity, contacts: Iterable[Contact] = (), source: str = "told_us"
) -> UUID:
    """A new record among one's own people. Says nothing about anybody else's.

    Raises Refused for a victim-service provider, which registers nobody here (28 CFR 90.4).
    """
    refuse_victim_service(actor)
    _check(identity)
    given = [each for each in contacts if each.value.strip() or each.postal_code.strip()]
    row = Person(
        held_by_id=actor.organization,
        topic=IDENTITY,
        source=source,
        registered_by_id=actor.user_id,
        registered_at=now(),
        search_words=_search_words(identity, given),
        **_fields(identity),
    )
    row.save(force_insert=True)
    _write_contacts(row, given, source)
    naming.note(row.id, given=row.given_name, family=row.family_name, called=row.called)
    events.emit("person.registered", actor=actor, person_id=row.id)
    audit.record("person.register", actor=actor, subject_type="person", subject_ids=[row.id])
    return row.id


def change(*, actor: Actor, person_id: UUID, identity: Identity, contacts: Iterable[Contact]) -> None:
    """Replace identity and contacts of an own record; earlier contacts are ended, not erased."""
    _check(identity)
    row = _own(actor, person_id)
    given = [each for each in contacts if each.value.strip() or each.postal_code.strip()]
    for field, value in _fields(identity).items():
        setattr(row, field, value)
    row.search_words = _search_words(identity, given)
    row.save()
    ContactPoint.objects.filter(person=row, ended_at__isnull=True).update(ended_at=now())
    _write_contacts(row, given, "told_us")
    naming.note(row.id, given=row.given_name, family=row.family_name, called=row.called)
    audit.record("person.change", actor=actor, subject_type="person", subject_ids=[row.id])


def link(*, actor: Actor, person_id: UUID, other_person_id: UUID, other_holder_id: UUID) -> None:
    """Say that an own record and one shared with us are the same human (design § 3)."""
    _own(actor, person_id)
    if Link.objects.filter(
        person_id=person_id, other_person_id=other_person_id, undone_at__isnull=True
    ).exists():
        return
    row = Link(
        held_by_id=actor.organization,
        other_holder_id=other_holder_id,
        person_id=person_id,
        other_person_id=other_person_id,
        said_by=actor.name,
        said_at=now(),
    )
    Link.objects.bulk_create([row])
    audit.record(
        "person.link", actor=actor, subject_type="person", subject_ids=[person_id], other=other_person_id
    )


def check_way(*, actor: Actor, person_id: UUID, way: str, field: str = "next_move") -> None:
    """Refuse, with words, to plan or send anything by a way that is not safe for an own person.

    ``way``: call, text, letter or visit; other ways touch no contact.
    """
    rows = ContactPoint.objects.filter(
        person_id=person_id, held_by_id=actor.organization, ended_at__isnull=True
    )
    known = [Way(row.kind, row.safety, row.may_text, row.may_call) for row in rows]
    if way_refused(way, known):
        raise Refused(
            _("This way is not safe for them, or they did not say that it is fine. Choose another way."),
            field=field,
        )


def choose_initials_for_referrers(*, actor: Actor, on: bool) -> None:
    """Let this organization's referrers begin with initials only (the front-desk view), or with names."""
    FrontDesk.objects.update_or_create(
        held_by_id=actor.organization, defaults={"referrers": on, "changed_at": now()}
    )
    audit.record("people.front_desk", actor=actor, subject_type="organization", subject_ids=[], on=on)


def unlink(*, actor: Actor, link_id: UUID) -> None:
    """Take a link back."""
    changed = Link.objects.filter(pk=link_id, held_by_id=actor.organization, undone_at__isnull=True).update(
        undone_at=now()
    )
    if not changed:
        raise NotVisible
    audit.record("person.unlink", actor=actor, subject_type="link", subject_ids=[link_id])


def _own(actor: Actor, person_id: UUID) -> Person:
    row = Person.objects.select_for_update().filter(pk=person_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return row


def _check(identity: Identity) -> None:
    if not (identity.given_name.strip() or identity.family_name.strip()):
        raise Refused(_("A name is needed: a first or a last name will do."), field="given_name")
    born = identity.birth_date
    if born is not None and not OLDEST_BIRTH_YEAR <= born.year <= today().year:
        raise Refused(_("This birth date cannot be right."), field="birth_date")
    if born is not None and born > today():
        raise Refused(_("This birth date is in the future."), field="birth_date")


def _fields(identity: Identity) -> dict[str, object]:
    return {
        "given_name": identity.given_name.strip(),
        "family_name": identity.family_name.strip(),
        "called": identity.called.strip(),
        "pronouns": identity.pronouns.strip(),
        "birth_date": identity.birth_date,
        "language": identity.language or "en",
        "interpreter_needed": identity.interpreter_needed,
        "household_size": identity.household_size,
        "usual_provider": identity.usual_provider.strip(),
    }


def _search_words(identity: Identity, contacts: Iterable[Contact]) -> str:
    parts = [identity.given_name, identity.family_name, identity.called]
    parts += [identity.birth_date.isoformat()] if identity.birth_date else []
    phones = [digits(each.value) for each in contacts if each.kind == ContactKind.PHONE]
    return " ".join([plain(" ".join(parts)), *phones]).strip()


def _write_contacts(row: Person, contacts: Iterable[Contact], source: str) -> None:
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(
                held_by_id=row.held_by_id,
                topic=CONTACT,
                person=row,
                kind=ContactKind(each.kind),
                value=each.value.strip(),
                postal_code=each.postal_code.strip(),
                may_call=each.may_call,
                may_text=each.may_text,
                may_leave_message=each.may_leave_message,
                note=each.note.strip(),
                safety=Safety(each.safety),
                safe_hours=each.safe_hours.strip(),
                code_word=each.code_word.strip(),
                belongs_to=BelongsTo(each.belongs_to),
                source=source,
                noted_at=now(),
            )
            for each in contacts
        ]
    )
