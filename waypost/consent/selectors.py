"""Reading consents and forms of one's own people."""

from collections.abc import Iterable
from uuid import UUID

from waypost.consent.cards import ConsentCard, CopyCard, FileCard, FormCard, OpenedFile
from waypost.consent.elements import ELEMENTS, to_be_seen
from waypost.consent.files import context
from waypost.consent.models import Consent, Form, FormStatus, KeptFile
from waypost.consent.rules import Serves
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible
from waypost.kernel.sealing import Unsealable, unseal

WAITING_SHOWN = 200


def consents(actor: Actor, person_id: UUID) -> list[ConsentCard]:
    """Everything this person ever said about sharing to this organization, newest first."""
    rows = Consent.objects.filter(person_id=person_id, held_by_id=actor.organization)
    return [_card(row) for row in rows.order_by("-starts_at", "-id")]


def consent(actor: Actor, consent_id: UUID) -> ConsentCard:
    """One consent; raises NotVisible."""
    row = Consent.objects.filter(pk=consent_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _card(row)


def workers_kept_out(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Workers whom one of these people wants kept out: they get no message about them."""
    rows = Consent.objects.filter(person_id__in=list(person_ids), decision="blocked", status="active")
    return frozenset(each for ids in rows.values_list("worker_ids", flat=True) for each in ids)


def who_keep_out(actor: Actor, worker_id: UUID) -> frozenset[UUID]:
    """Own people who want this worker kept out: nothing of theirs is put into these hands."""
    rows = Consent.objects.filter(
        held_by_id=actor.organization, decision="blocked", status="active", worker_ids__contains=[worker_id]
    )
    return frozenset(rows.values_list("person_id", flat=True))


def form(actor: Actor, form_id: UUID) -> FormCard:
    """One form with its instruments, files and copies; raises NotVisible."""
    row = Form.objects.filter(pk=form_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return _form(row)


def forms_waiting(actor: Actor) -> list[FormCard]:
    """Papers that wait for a second pair of eyes, oldest first."""
    rows = Form.objects.filter(held_by_id=actor.organization, status=FormStatus.WAITING)
    return [_form(row) for row in rows.order_by("recorded_at", "id")[:WAITING_SHOWN]]


def waiting_count(actor: Actor) -> int:
    """How many papers wait that this user may look at: one's own are for others."""
    rows = Form.objects.filter(held_by_id=actor.organization, status=FormStatus.WAITING)
    return rows.exclude(recorded_by_id=actor.user_id).count()


def look_for(card: FormCard) -> list[str]:
    """The elements to look for on a paper, in order."""
    uses = [use for each in card.consents for use in sorted(each.wanted)]
    return to_be_seen(uses, representative=bool(card.representative), minor=bool(card.minor_signed_by))


def open_file(actor: Actor, file_id: UUID) -> OpenedFile:
    """A kept file, unsealed; each opening is a line in the log. Raises NotVisible."""
    row = KeptFile.objects.filter(pk=file_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    audit.record(
        "consent.file_opened", actor=actor, subject_type="person", subject_ids=[row.person_id], file=row.id
    )
    try:
        content = unseal(bytes(row.sealed), context=context(row.id))
    except Unsealable as gone:
        raise NotVisible from gone
    return OpenedFile(form_id=row.form_id, media=row.media, content=content)


def person_of_file(actor: Actor, file_id: UUID) -> UUID:
    """Whose it is; raises NotVisible."""
    found = KeptFile.objects.filter(pk=file_id, held_by_id=actor.organization)
    person_id = found.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotVisible
    return person_id


def _form(row: Form) -> FormCard:
    return FormCard(
        id=row.id,
        person_id=row.person_id,
        language=row.language,
        version=row.version,
        words_shown=row.words_shown,
        captured=row.captured,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        representative=row.representative,
        authority=row.authority,
        alone_because=row.alone_because,
        minor_signed_by=row.minor_signed_by,
        witness=row.witness,
        status=row.status,
        elements={use: _in_order(use, found) for use, found in row.elements.items()},
        recorded_by_id=row.recorded_by_id,
        recorded_by_name=row.recorded_by_name,
        recorded_at=row.recorded_at,
        verified_by_name=row.verified_by_name,
        verified_at=row.verified_at,
        sent_back_words=row.sent_back_words,
        consents=tuple(_card(each) for each in row.consents.order_by("id")),
        files=tuple(
            FileCard(each.id, each.media, each.size) for each in row.files.defer("sealed").order_by("id")
        ),
        copies=tuple(
            CopyCard(each.language, each.given_by_name, each.given_at)
            for each in row.copies.order_by("-given_at")
        ),
    )


def _in_order(use: str, found: dict[str, bool]) -> dict[str, bool]:
    """As the regulation lists them; the database keeps no order."""
    order = [*ELEMENTS[Serves(use)], *sorted(found)]
    return {code: found[code] for code in dict.fromkeys(order) if code in found}


def _card(row: Consent) -> ConsentCard:
    return ConsentCard(
        id=row.id,
        person_id=row.person_id,
        decision=row.decision,
        discloser_ids=frozenset(row.discloser_ids),
        recipient_class=row.recipient_class,
        recipient_ids=frozenset(row.recipient_ids),
        topics=frozenset(row.topics),
        covers_sensitivities=frozenset(row.covers_sensitivities),
        purposes=frozenset(row.purposes),
        reply=row.reply,
        captured=row.captured,
        words_shown=row.words_shown,
        language=row.language,
        witness=row.witness,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        status=row.status,
        recorded_by_name=row.recorded_by_name,
        revoked_at=row.revoked_at,
        form_id=row.form_id,
        wanted=frozenset(row.wanted),
        serves=frozenset(row.serves) if row.status == "active" else frozenset(),
        worker_ids=frozenset(row.worker_ids),
        only_back=row.only_back,
        narrows_id=row.narrows_id,
        revoked_by_name=row.revoked_by_name,
        recalled_referrals=row.recalled_referrals,
    )
