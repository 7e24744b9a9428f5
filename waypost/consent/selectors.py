"""Reading consents of one's own people."""

from uuid import UUID

from waypost.consent.cards import ConsentCard
from waypost.consent.models import Consent
from waypost.kernel.actors import Actor
from waypost.kernel.errors import NotVisible


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
    )
