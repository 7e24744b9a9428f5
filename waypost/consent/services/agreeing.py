"""Recording what a person agreed to: one form, one or several instruments, each looked at on its own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.consent import files, minors, rules
from waypost.consent.elements import elements
from waypost.consent.models import Captured, Decision, Form, FormStatus, RecipientClass, Status
from waypost.consent.rules import Serves, lacking
from waypost.consent.services import rows
from waypost.consent.services.asked import CARE_COORDINATION, Paper, Part
from waypost.consent.services.young import who_signs
from waypost.consent.words import lacking_words
from waypost.kernel import papers
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.people.selectors import full_name_and_age

ALWAYS_TOLD = {"identity", "contact"}  # who and how to reach them: told with any need, alone of no use


def record_form(
    *, actor: Actor, person_id: UUID, parts: Iterable[Part], paper: Paper, ends_at: datetime | None = None
) -> list[UUID]:
    """Keep a form with its instruments; a form that lacks something is refused with what it lacks.

    A paper that was scanned serves nothing until somebody else has looked at it. Returns the consents.
    """
    asked = list(parts)
    for each in asked:
        _check_part(each)
    if ends_at is not None and ends_at <= now():
        raise Refused(_("The end has to lie in the future."), field="ends_on")
    for words in (
        paper.words_shown,
        paper.signed_by,
        paper.representative,
        paper.authority,
        paper.witness,
        paper.minor_signed_by,
    ):
        rows.check_words(words)
    name, age = full_name_and_age(person_id)
    who = {id(each): who_signs(actor, each, paper, name, age) for each in asked}
    alone = {key: each == minors.SELF for key, each in who.items()}
    media = _media(paper)
    signed = paper.captured != Captured.SPOKEN
    by = (
        paper.representative or paper.signed_by or (name if paper.captured != Captured.TYPED else "")
    ).strip()
    looked = {
        id(each): replace(
            form_of(each, paper, by if signed else "", ends_at), minor_signs=who[id(each)] == minors.TOGETHER
        )
        for each in asked
    }
    for each in asked:
        _whole(looked[id(each)], each)
    rows.hold(person_id)
    waiting = paper.captured == Captured.SCAN
    form = Form(
        held_by_id=actor.organization,
        topic=rows.TOPIC,
        sensitivities=[minors.MINOR_CONSENTED] if any(alone.values()) else [],
        person_id=person_id,
        language=paper.language,
        version=paper.version,
        words_shown=paper.words_shown,
        statements=sorted(paper.statements),
        captured=Captured(paper.captured),
        signed_by=by if signed else "",
        signed_at=_signed_at(paper) if signed else None,
        representative=paper.representative,
        authority=paper.authority,
        alone_because=paper.alone_because,
        minor_signed_by=paper.minor_signed_by.strip() if minors.TOGETHER in who.values() else "",
        witness=paper.witness,
        identity_checked=paper.identity_checked,
        status=FormStatus.WAITING if waiting else FormStatus.ACTIVE,
        elements={} if waiting else _elements(asked, looked),
        recorded_by_id=actor.user_id,
        recorded_by_name=actor.name,
    )
    form.save(force_insert=True)
    if media:
        files.keep(actor, form, paper.file, media)
    return [_consent(actor, form, each, paper, ends_at, alone=alone[id(each)]) for each in asked]


def record_agreement(
    *,
    actor: Actor,
    person_id: UUID,
    topics: Iterable[str],
    recipient_class: str = RecipientClass.PARTNERS,
    recipient_ids: Iterable[UUID] = (),
    covers_sensitivities: Iterable[str] = (),
    purposes: Iterable[str] = (CARE_COORDINATION,),
    reply: bool = True,
    discloser_ids: Iterable[UUID] = (),
    captured: str = Captured.SPOKEN,
    ends_at: datetime | None = None,
    words_shown: str = "",
    language: str = "en",
    witness: str = "",
    representative: str = "",
    authority: str = "",
    minor_signed_by: str = "",
) -> UUID:
    """The person agreed: we may tell these recipients about these topics, until ``ends_at``. One instrument.

    A signed one is kept as a written consent that also holds what 42 CFR § 2.31(a) asks for.
    """
    signed = captured != Captured.SPOKEN
    wanted = {Serves.CONSENT.value, *((Serves.WRITTEN.value, Serves.PART2.value) if signed else ())}
    part = Part(
        topics=frozenset(topics),
        recipient_class=recipient_class,
        recipients=tuple(dict.fromkeys(recipient_ids)),
        disclosers=tuple(dict.fromkeys([actor.organization, *discloser_ids])),
        covers=frozenset(covers_sensitivities),
        purposes=frozenset(purposes),
        reply=reply,
        wanted=frozenset(wanted if ends_at is not None else wanted - {Serves.PART2.value}),
    )
    paper = Paper(
        captured=captured,
        words_shown=words_shown,
        language=language,
        witness=witness,
        representative=representative,
        authority=authority,
        minor_signed_by=minor_signed_by,
    )
    [consent_id] = record_form(actor=actor, person_id=person_id, parts=[part], paper=paper, ends_at=ends_at)
    return consent_id


def form_of(part: Part, paper: Paper, signed_by: str, ends_at: datetime | None) -> rules.Form:
    """One instrument of a form as the rules look at it."""
    named = part.recipient_class == RecipientClass.NAMED
    return rules.Form(
        names_person=True,
        disclosers=max(1, len(part.disclosers)),
        topics=part.topics,
        recipients_named=len(part.recipients) if named else 0,
        recipient_class="" if named else part.recipient_class,
        purposes=part.purposes,
        ends_at=ends_at,
        end_event="",
        captured=paper.captured,
        signed_by=signed_by,
        signed_at=_signed_at(paper) if signed_by else None,
        statements=paper.statements,
        representative=paper.representative,
        representative_authority=paper.authority,
        verified=paper.captured != Captured.SCAN,
        identity_checked=paper.identity_checked,
        minor_signed_by=paper.minor_signed_by.strip(),
    )


def _signed_at(paper: Paper) -> datetime:
    return paper.signed_on or now()


def _check_part(part: Part) -> None:
    if not part.topics:
        raise Refused(_("Choose at least one topic that may be shared."), field="topics")
    if part.recipient_class == RecipientClass.NAMED and not part.recipients:
        raise Refused(_("Name at least one organization."), field="recipients")
    RecipientClass(part.recipient_class)


def _whole(form: rules.Form, part: Part) -> None:
    """Nothing that is missing, but for the look that a scan still waits for."""
    missing = [code for use in sorted(part.wanted) for code in lacking(form, use) if code != "verification"]
    if missing:
        field_name = {"signature": "signed_by", "minor_signature": "minor_signed_by"}.get(missing[0], "")
        raise Refused(lacking_words(dict.fromkeys(missing)), field=field_name or None)


def _media(paper: Paper) -> str:
    if paper.captured == Captured.SCAN:
        return papers.check(paper.file, field="scan")
    if paper.captured == Captured.DRAWN:
        return papers.check(paper.file, field="drawing", most=files.MOST_DRAWING, drawn=True)
    return ""


def _elements(parts: list[Part], forms: dict[int, rules.Form]) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for each in parts:
        for use in sorted(each.wanted):
            found[use] = elements(forms[id(each)], use)
    return found


def _consent(
    actor: Actor, form: Form, part: Part, paper: Paper, ends_at: datetime | None, *, alone: bool
) -> UUID:
    waiting = form.status == FormStatus.WAITING
    row = rows.write(
        actor=actor,
        person_id=form.person_id,
        form=form,
        sensitivities=[minors.MINOR_CONSENTED] if alone else [],
        decision=Decision.AGREED,
        discloser_ids=list(part.disclosers) or [actor.organization],
        recipient_class=RecipientClass(part.recipient_class),
        recipient_ids=list(part.recipients),
        topics=sorted(part.topics),
        covers_sensitivities=sorted({*part.covers, *((minors.MINOR_CONSENTED,) if alone else ())}),
        purposes=sorted(part.purposes),
        reply=part.reply,
        wanted=sorted(part.wanted),
        serves=[] if waiting else sorted(part.wanted),
        status=Status.WAITING if waiting else Status.ACTIVE,
        captured=Captured(paper.captured),
        ends_at=ends_at,
        words_shown=paper.words_shown,
        language=paper.language,
        witness=paper.witness,
    )
    return row.id
