"""A second pair of eyes looks at a paper and confirms it element by element, or sends it back with words."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent import rules
from waypost.consent.elements import as_seen, elements
from waypost.consent.models import Consent, Form, FormStatus, RecipientClass, Status
from waypost.consent.rules import lacking
from waypost.consent.services import rows
from waypost.consent.words import lacking_words
from waypost.kernel import audit, events
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused


def confirm_form(*, actor: Actor, form_id: UUID, confirmed: Collection[str]) -> None:
    """What ``confirmed`` names was seen on the paper. Whole: it counts from now on; else it is refused."""
    form = _waiting(actor, form_id)
    consents = list(form.consents.select_for_update().filter(status=Status.WAITING).order_by("id"))
    seen: dict[str, dict[str, bool]] = {}
    missing: list[str] = []
    for row in consents:
        looked = as_seen(paper_of(form, row), confirmed)
        for use in row.wanted:
            seen[use] = elements(looked, use)
            missing += lacking(looked, use)
    if missing:
        raise Refused(lacking_words(dict.fromkeys(missing)), field="confirmed")
    form.status = FormStatus.ACTIVE
    form.elements = seen
    form.confirmed = sorted(confirmed)
    _signed_off(actor, form)
    for row in consents:
        row.status, row.serves = Status.ACTIVE, list(row.wanted)
        row.save(update_fields=["status", "serves"])
        events.emit("consent.confirmed", actor=actor, consent_id=row.id, person_id=row.person_id)


def send_form_back(*, actor: Actor, form_id: UUID, words: str) -> None:
    """The paper will not do: it serves nothing, and whoever recorded it reads why."""
    form = _waiting(actor, form_id)
    if not words.strip():
        raise Refused(_("Say what is wrong with it."), field="words")
    form.status = FormStatus.SENT_BACK
    form.sent_back_words = rows.check_words(words.strip(), field="words")
    _signed_off(actor, form)
    for row in form.consents.select_for_update().filter(status=Status.WAITING):
        row.status = Status.SENT_BACK
        row.save(update_fields=["status"])
    events.emit(
        "consent.sent_back",
        actor=actor,
        to_organization=form.held_by_id,
        subject_id=form.person_id,
        reference="",
        url=f"/people/{form.person_id}/agreements/",
    )


def paper_of(form: Form, row: Consent) -> rules.Form:
    """One instrument of a kept form as the rules look at it."""
    named = row.recipient_class == RecipientClass.NAMED
    return rules.Form(
        names_person=True,
        disclosers=len(row.discloser_ids),
        topics=frozenset(row.topics),
        recipients_named=len(row.recipient_ids) if named else 0,
        recipient_class="" if named else row.recipient_class,
        purposes=frozenset(row.purposes),
        ends_at=row.ends_at,
        end_event="",
        captured=form.captured,
        signed_by=form.signed_by,
        signed_at=form.signed_at,
        statements=frozenset(form.statements),
        representative=form.representative,
        representative_authority=form.authority,
        verified=form.status == FormStatus.ACTIVE,
        identity_checked=form.identity_checked,
        minor_signs=bool(form.minor_signed_by),
        minor_signed_by=form.minor_signed_by,
    )


def _waiting(actor: Actor, form_id: UUID) -> Form:
    found = Form.objects.filter(pk=form_id, held_by_id=actor.organization)
    person_id = found.values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotVisible
    rows.hold(person_id)
    form = found.select_for_update().get()
    if form.status != FormStatus.WAITING:
        raise Refused(_("Somebody has looked at this form already."))
    if form.recorded_by_id == actor.user_id:
        raise Refused(_("You recorded this form yourself. Somebody else has to look at it."))
    return form


def _signed_off(actor: Actor, form: Form) -> None:
    form.verified_by_id = actor.user_id
    form.verified_by_name = actor.name
    form.verified_at = now()
    form.save()
    audit.record(
        "consent.form_checked",
        actor=actor,
        subject_type="person",
        subject_ids=[form.person_id],
        form=form.id,
        outcome=form.status,
    )
