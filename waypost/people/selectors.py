"""Reading people. Every read here is bounded by row level security; others' data wants a Grant."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from waypost.kernel import naming
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.kernel.grants import Grant
from waypost.people.cards import ContactCard, Likeness, LinkCard, PersonCard, PersonRow
from waypost.people.models import ContactKind, ContactPoint, FrontDesk, Link, NameWord, Person, Safety
from waypost.people.rules import (
    LIKELY,
    Traits,
    age_on,
    digits,
    likeness,
    name_words,
    near_words,
    plain,
    slips,
)

PAGE = 50
MOST_NEAR = 5000  # rows read for one misspelt word


def own_people(actor: Actor) -> QuerySet[Person]:
    """The acting organization's own records; starts from its key, never from all people."""
    return Person.objects.filter(held_by_id=actor.organization)


def find(actor: Actor, *, words: str = "", page: int = 1) -> tuple[list[PersonRow], int]:
    """Own people by parts of names, phone or birth date (YYYY-MM-DD); a page of rows and the count."""
    rows = own_people(actor)
    for word in plain(words).split()[:6]:
        number = digits(word)
        found = Q(search_words__contains=word)
        rows = rows.filter(found | Q(search_words__contains=number) if number else found)
    start = (max(page, 1) - 1) * PAGE
    chosen = rows.order_by("family_name", "given_name", "id").prefetch_related("contacts")
    return [_row(each) for each in chosen[start : start + PAGE]], rows.count()


def find_near(actor: Actor, *, words: str) -> list[PersonRow]:
    """Own people by names that were misspelt, the likeliest first; each word has to be near one of theirs."""
    typed = name_words(words)[:6]
    if not typed or digits(words):
        return []  # a number is looked for as it stands
    own = NameWord.objects.filter(held_by_id=actor.organization)
    wrong: list[dict[UUID, int]] = []
    for word in typed:
        most = slips(word)
        lengths = own.annotate(long=Length("word")).filter(
            long__gte=len(word) - most, long__lte=len(word) + most
        )
        near = near_words(word, lengths.values_list("word", flat=True).distinct())
        found = own.filter(word__in=near).values_list("person_id", "word")[:MOST_NEAR]
        slipped: dict[UUID, int] = {}
        for person_id, each in found:
            slipped[person_id] = min(near[each], slipped.get(person_id, near[each]))
        wrong.append(slipped)
    both = set.intersection(*(set(each) for each in wrong))
    likeliest = sorted(both, key=lambda pk: (sum(each[pk] for each in wrong), pk))[:PAGE]
    rows = {row.id: row for row in own_people(actor).filter(pk__in=likeliest).prefetch_related("contacts")}
    return [_row(rows[pk]) for pk in likeliest if pk in rows]


def names(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of own people by id."""
    rows = own_people(actor).filter(pk__in=set(ids)).values_list("id", "given_name", "family_name")
    found = {}
    for pk, given, family in rows:
        naming.note(pk, given=given, family=family)
        found[pk] = f"{given} {family}".strip()
    return found


def shown_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id, of whomever policies show to the acting worker, others' people too."""
    rows = Person.objects.filter(pk__in=set(ids)).values_list("id", "given_name", "family_name")
    found = {}
    for pk, given, family in rows:
        naming.note(pk, given=given, family=family)
        found[pk] = f"{given} {family}".strip()
    return found


def person(actor: Actor, grant: Grant, person_id: UUID) -> PersonCard:
    """One person, own or shared with us; raises NotVisible otherwise."""
    if not grant.covers(person_id):
        raise NotVisible
    row = Person.objects.filter(pk=person_id).prefetch_related("contacts").first()
    if row is None:
        raise NotVisible
    return _card(row, actor)


def usual_provider(grant: Grant, person_id: UUID) -> str:
    """Where somebody is usually treated; '' where nobody said. Raises NotVisible."""
    found = Person.objects.filter(pk=person_id).values_list("usual_provider", flat=True).first()
    if found is None or not grant.covers(person_id):
        raise NotVisible
    return found


def initials_for_referrers(actor: Actor) -> bool:
    """Whether the acting organization's referrers begin a session with initials only."""
    return FrontDesk.objects.filter(held_by_id=actor.organization, referrers=True).exists()


def exists(person_id: UUID) -> bool:
    """Whether this person is visible to the acting organization."""
    return Person.objects.filter(pk=person_id).exists()


def holder_of(person_id: UUID) -> UUID:
    """Who holds this record; raises NotVisible where it cannot be seen."""
    found = Person.objects.filter(pk=person_id).values_list("held_by_id", flat=True).first()
    if found is None:
        raise NotVisible
    return found


def full_name_and_age(person_id: UUID) -> tuple[str, int | None]:
    """Full name, and completed years where the birth date is known; raises NotVisible."""
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotVisible
    return f"{row.given_name} {row.family_name}".strip(), age_on(row.birth_date, today())


def likely_duplicates(
    actor: Actor, *, given_name: str, family_name: str, birth_date: object, phone: str
) -> list[Likeness]:
    """Own people who may be the one being entered, likeliest first; never looks at others' people."""
    from datetime import date  # noqa: PLC0415

    born = birth_date if isinstance(birth_date, date) else None
    wanted = Traits(f"{given_name} {family_name}", born, frozenset({digits(phone)} - {""}))
    near = Q(search_words__contains=digits(phone)) if digits(phone) else Q(pk__in=[])
    for part in (given_name, family_name):
        if plain(part):
            near |= Q(search_words__contains=plain(part)[:3])
    if born:
        near |= Q(birth_date=born)
    found = []
    for row in own_people(actor).filter(near).prefetch_related("contacts")[:500]:
        score, reasons = likeness(wanted, _traits(row))
        if score >= LIKELY:
            found.append(Likeness(person=_row(row), score=score, reasons=reasons))
    return sorted(found, key=lambda each: -each.score)[:5]


def links(person_id: UUID) -> list[LinkCard]:
    """Links of an own record that stand."""
    rows = Link.objects.filter(person_id=person_id, undone_at__isnull=True).order_by("said_at")
    return [
        LinkCard(
            id=row.id,
            person_id=row.person_id,
            other_person_id=row.other_person_id,
            other_holder_id=row.other_holder_id,
            said_by=row.said_by,
            said_at=row.said_at,
        )
        for row in rows
    ]


def linked_own_record(actor: Actor, other_person_id: UUID) -> UUID | None:
    """Our own record of the human whom another organization holds as ``other_person_id``."""
    return (
        Link.objects.filter(
            held_by_id=actor.organization, other_person_id=other_person_id, undone_at__isnull=True
        )
        .values_list("person_id", flat=True)
        .first()
    )


def _traits(row: Person) -> Traits:
    phones = {digits(c.value) for c in row.contacts.all() if c.kind == ContactKind.PHONE}
    return Traits(f"{row.given_name} {row.family_name}", row.birth_date, frozenset(phones - {""}))


def _note(row: Person) -> None:
    told = [each.value for each in row.contacts.all()]
    naming.note(
        row.id,
        given=row.given_name,
        family=row.family_name,
        called=row.called,
        born=row.birth_date,
        hidden=tuple(told),
    )


def _row(row: Person) -> PersonRow:
    _note(row)
    phones = [
        _contact(c, c.value) for c in row.contacts.all() if c.kind == ContactKind.PHONE and not c.ended_at
    ]
    phone = next((each.value for each in phones if each.usable), "")
    return PersonRow(
        id=row.id,
        name=f"{row.given_name} {row.family_name}".strip(),
        birth_date=row.birth_date,
        age=age_on(row.birth_date, today()),
        language=row.language,
        phone=phone,
    )


def _card(row: Person, actor: Actor) -> PersonCard:
    _note(row)
    own = row.held_by_id == actor.organization_id
    return PersonCard(
        id=row.id,
        holder_id=row.held_by_id,
        own=own,
        given_name=row.given_name,
        family_name=row.family_name,
        called=row.called,
        pronouns=row.pronouns,
        birth_date=row.birth_date if own else None,
        age=age_on(row.birth_date, today()),
        language=row.language,
        interpreter_needed=row.interpreter_needed,
        household_size=row.household_size,
        usual_provider=row.usual_provider if own else "",
        registered_at=row.registered_at,
        contacts=_contacts([each for each in row.contacts.all() if each.ended_at is None], own=own),
    )


def _contacts(rows: list[ContactPoint], *, own: bool) -> tuple[ContactCard, ...]:
    """All of one's own; of others what a referral tells: the first phone and the ZIP code, no street."""
    if own:
        return tuple(_contact(each, each.value) for each in rows)
    safe = [each for each in rows if each.safety != Safety.NOT_SAFE]
    phones = [each for each in safe if each.kind == ContactKind.PHONE and (each.may_call or each.may_text)]
    phone = next((each for each in phones if each.may_call), phones[0] if phones else None)
    place = next((each for each in rows if each.kind == ContactKind.ADDRESS and each.postal_code), None)
    told = [_contact(phone, phone.value)] if phone else []
    return tuple([*told, _contact(place, "", note="")] if place else told)


def _contact(row: ContactPoint, value: str, note: str | None = None) -> ContactCard:
    return ContactCard(
        kind=row.kind,
        value=value,
        postal_code=row.postal_code,
        may_call=row.may_call,
        may_text=row.may_text,
        may_leave_message=row.may_leave_message,
        note=row.note if note is None else note,
        safety=row.safety,
        safe_hours=row.safe_hours if note is None else "",
        code_word=row.code_word if note is None else "",
        belongs_to=row.belongs_to,
    )
