"""Writing instruments, answers and needs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.kernel import audit, events, lifecycle
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.turns import take_turn
from waypost.people.selectors import holder_of
from waypost.screening import forms, register
from waypost.screening.cards import InstrumentFile, SavedScreening
from waypost.screening.categories import CODES, NEEDS, sensitivities_of
from waypost.screening.machine import HOLDER, NEED, OPEN, move_to
from waypost.screening.mapping import BadMapping, check_mapping, read_mapping
from waypost.screening.models import NOTES, Instrument, Mode, Need, Response, Source, WantsHelp
from waypost.screening.rules import LONG_TEXT_LIMIT, FoundNeed, cleaned, counted, faults, needs_from
from waypost.screening.words import AnswersRefused, too_long


def load_instrument(
    *, actor: Actor, file: InstrumentFile, mapping: Mapping[str, Any] | None = None
) -> tuple[UUID, bool]:
    """Keep a version of a questionnaire; says its id and whether it is new.

    A version that was loaded before must be the same file: answers would otherwise no longer mean what
    they meant. Its mapping may be replaced. An earlier version of the same questionnaire ends today.
    """
    _check_mapping(file, mapping)
    take_turn("instrument", file.url)
    row = Instrument.objects.filter(url=file.url, version=file.version).first()
    digest = _digest(file.definition)
    if row is not None and row.digest != digest:
        raise Refused(
            _(
                "Version %(version)s of “%(title)s” was loaded before, and this file differs from it."
                " Give the changed file a new version, then load it again."
            )
            % {"version": file.version, "title": file.title}
        )
    created = row is None
    if row is None:
        row = Instrument(
            url=file.url, version=file.version, valid_from=today(), digest=digest, loaded_at=now()
        )
        Instrument.objects.filter(url=file.url, valid_to__isnull=True).update(valid_to=today())
    row.title, row.language, row.languages = file.title, file.language, list(file.forms)
    row.definition = dict(file.definition)
    row.forms = {language: forms.as_json(form) for language, form in file.forms.items()}
    if mapping is not None:
        row.mapping = dict(mapping)
    row.save()
    audit.record(
        "instrument.load", actor=actor, subject_type="instrument", subject_ids=[row.id], version=file.version
    )
    return row.id, created


def save_response(
    *,
    actor: Actor,
    person_id: UUID,
    instrument_id: UUID,
    answers: Mapping[str, Sequence[str]],
    mode: str,
    language: str = "en",
) -> SavedScreening:
    """Keep the answers of an own person and the needs that they tell of; raises AnswersRefused."""
    _own_person(actor, person_id)
    instrument = Instrument.objects.filter(pk=instrument_id).first()
    if instrument is None:
        raise NotVisible
    asked_in = language if language in instrument.languages else instrument.language
    form, mapping = forms.from_json(instrument.forms[asked_in]), read_mapping(instrument.mapping)
    given = cleaned(answers)
    wrong = faults(form, given, never=frozenset() if mode == Mode.INTERVIEW else mapping.alone_only)
    if wrong:
        raise AnswersRefused(wrong)
    live = counted(form, given)
    needs = needs_from(live, mapping)
    row = Response(
        held_by_id=actor.organization,
        topic=NOTES,
        sensitivities=sorted({each for need in needs for each in sensitivities_of(need.category)}),
        person_id=person_id,
        instrument=instrument,
        answers=given,
        mode=Mode(mode),
        language=asked_in,
        asked_at=now(),
        asked_by_id=actor.user_id,
        asked_by_name=actor.name,
        priority_words=" ".join(live.get(mapping.priority_words, [])),
    )
    row.save(force_insert=True)
    audit.record(
        "screening.save", actor=actor, subject_type="person", subject_ids=[person_id], response=row.id
    )
    events.emit("screening.answered", actor=actor, person_id=person_id, response_id=row.id)
    take_turn("needs", person_id)
    noted = [
        register.note(actor, person_id, need, source=Source.SCREENING, response_id=row.id) for need in needs
    ]
    return SavedScreening(
        response_id=row.id,
        found=tuple(need_id for need_id, new in noted if new),
        kept=tuple(need_id for need_id, new in noted if not new),
    )


def add_need(
    *,
    actor: Actor,
    person_id: UUID,
    category: str,
    words: str = "",
    wants_help: str = WantsHelp.YES,
    source: str = Source.TOLD_US,
) -> UUID:
    """A need that somebody told of without a screening; an open one of the same category is updated."""
    _own_person(actor, person_id)
    if category not in NEEDS:
        raise Refused(_("Choose what the help is needed with."), field="category")
    if wants_help not in WantsHelp.values:
        raise Refused(_("Choose whether help is wanted."), field="wants_help")
    take_turn("needs", person_id)
    found = FoundNeed(category, wants_help=wants_help, words=_words(words))
    need_id, _new = register.note(actor, person_id, found, source=Source(source), response_id=None)
    return need_id


def change_need(
    *, actor: Actor, need_id: UUID, wants_help: str | None = None, words: str | None = None
) -> None:
    """Correct whether help is wanted, or the person's words."""
    if wants_help is not None and wants_help not in WantsHelp.values:
        raise Refused(_("Choose whether help is wanted."), field="wants_help")
    row = _own_need(actor, need_id)
    row.wants_help = row.wants_help if wants_help is None else wants_help
    row.words = row.words if words is None else _words(words)
    row.save()
    register.tell(actor, row, "change")


def set_need_status(
    *, actor: Actor, need_id: UUID, status: str, words: str = "", ask_again_on: date | None = None
) -> None:
    """Move a need to another status, in the words of the person; raises Refused where it cannot go there."""
    if ask_again_on is not None and ask_again_on < today():
        raise Refused(_("The day to ask again is in the past."), field="ask_again_on")
    said = _words(words)
    row = _own_need(actor, need_id)
    take_turn("needs", row.person_id)
    name = move_to(row.status, status)
    if name is None:
        raise Refused(_("Somebody changed this need in the meantime. Look at it again."))
    if status == OPEN and register.open_need(row.person_id, row.category) is not None:
        raise Refused(_("There is an open need of this kind already."))
    made = lifecycle.apply(NEED, row, name, side=HOLDER, given={})
    row.status_at = now()
    row.ask_again_on = ask_again_on
    row.rank = row.rank if status == OPEN else None
    row.save()
    register.tell(actor, row, name, words=said)
    events.emit(made.transition.emits, actor=actor, person_id=row.person_id, need_id=row.id)


def rank_needs(*, actor: Actor, person_id: UUID, need_ids: Sequence[UUID]) -> None:
    """Put the open needs in the person's own order; those that are not named lose their rank."""
    _own_person(actor, person_id)
    take_turn("needs", person_id)
    rows = {row.id: row for row in Need.objects.filter(person_id=person_id, status=OPEN)}
    if set(need_ids) - set(rows):
        raise NotVisible
    places = {need_id: place for place, need_id in enumerate(dict.fromkeys(need_ids), 1)}
    for row in rows.values():
        row.rank = places.get(row.id)
    Need.objects.bulk_update(rows.values(), ["rank"])
    audit.record("need.rank", actor=actor, subject_type="person", subject_ids=[person_id])


def _own_person(actor: Actor, person_id: UUID) -> None:
    if holder_of(person_id) != actor.organization:
        raise NotVisible


def _own_need(actor: Actor, need_id: UUID) -> Need:
    row = Need.objects.select_for_update().filter(pk=need_id, held_by_id=actor.organization).first()
    if row is None:
        raise NotVisible
    return row


def _words(text: str) -> str:
    tidy = text.replace("\x00", "").strip()
    if len(tidy) > LONG_TEXT_LIMIT:
        raise Refused(too_long(LONG_TEXT_LIMIT), field="words")
    return tidy


def _check_mapping(file: InstrumentFile, mapping: Mapping[str, Any] | None) -> None:
    try:
        check_mapping(read_mapping(mapping), file.forms[file.language], CODES)
    except BadMapping as error:
        raise Refused(_("The mapping cannot be used: %(why)s.") % {"why": error}, field="mapping") from error


def _digest(definition: Mapping[str, Any]) -> str:
    canonical = json.dumps(definition, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
