"""Reading instruments, answers and needs."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.kernel.grants import Grant
from waypost.network.roles import sees_sensitive
from waypost.screening import forms
from waypost.screening.cards import (
    AnswerLine,
    Form,
    InstrumentCard,
    InstrumentRow,
    NeedCard,
    NeedEventCard,
    Question,
    ResponseCard,
    ResponseRow,
)
from waypost.screening.categories import category_name
from waypost.screening.machine import HOLDER, NEED, OPEN
from waypost.screening.mapping import read_mapping
from waypost.screening.models import Instrument, Need, NeedEvent, Response

AnyRow = TypeVar("AnyRow", bound=Model)
SHORT_SCREENER = "urn:waypost:questionnaire:short-screener"


def instruments() -> list[InstrumentRow]:
    """What can be asked today: our short screener first, then by title."""
    rows = [_row(each) for each in _valid().defer("definition", "forms", "mapping")]
    return sorted(rows, key=lambda each: (not each.is_short_screener, each.title))


def _valid() -> QuerySet[Instrument]:
    day = today()
    return Instrument.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def _row(row: Instrument) -> InstrumentRow:
    return InstrumentRow(
        id=row.id,
        title=row.title,
        url=row.url,
        version=row.version,
        languages=tuple(row.languages),
        is_short_screener=row.url == SHORT_SCREENER,
    )


def instrument(instrument_id: UUID, *, language: str = "en") -> InstrumentCard:
    """One instrument in this language, or in its own where it was not translated."""
    return _instrument(Instrument.objects.filter(pk=instrument_id).first(), language)


def short_screener(*, language: str = "en") -> InstrumentCard:
    """The screener that comes with the software, in the version of today."""
    return _instrument(_valid().filter(url=SHORT_SCREENER).order_by("-loaded_at").first(), language)


def _instrument(row: Instrument | None, language: str) -> InstrumentCard:
    if row is None:
        raise NotVisible
    spoken = language if language in row.languages else row.language
    form, mapping = forms.from_json(row.forms[spoken]), read_mapping(row.mapping)
    return InstrumentCard(
        id=row.id,
        title=form.title,
        url=row.url,
        version=row.version,
        languages=tuple(row.languages),
        language=spoken,
        sections=form.sections,
        alone_only=mapping.alone_only,
        first=mapping.first_priority or mapping.priority_words,
    )


def needs(
    actor: Actor, person_id: UUID, *, grant: Grant | None = None, statuses: Iterable[str] | None = None
) -> list[NeedCard]:
    """A person's needs in her own order: one's own rows; with a Grant also those shared with us."""
    rows = _for_role(actor, _visible(actor, grant, person_id).filter(person_id=person_id))
    if statuses is not None:
        rows = rows.filter(status__in=list(statuses))
    ordered = rows.order_by(F("rank").asc(nulls_last=True), "found_on", "id")
    return [_need(row, actor) for row in ordered]


def need(actor: Actor, need_id: UUID, *, grant: Grant | None = None) -> NeedCard:
    """One need; raises NotVisible."""
    row = _for_role(actor, Need.objects.filter(pk=need_id)).first()
    if row is None or (row.held_by_id != actor.organization and not (grant and grant.covers(row.person_id))):
        raise NotVisible
    return _need(row, actor)


def _visible(actor: Actor, grant: Grant | None, person_id: UUID) -> QuerySet[Need]:
    if grant is not None and grant.organization_id == actor.organization and grant.covers(person_id):
        return Need.objects.all()
    return Need.objects.filter(held_by_id=actor.organization)


def _need(row: Need, actor: Actor) -> NeedCard:
    own = row.held_by_id == actor.organization
    return NeedCard(
        id=row.id,
        person_id=row.person_id,
        holder_id=row.held_by_id,
        own=own,
        category=row.category,
        name=category_name(row.category),
        wants_help=row.wants_help,
        rank=row.rank,
        words=row.words if own else "",  # free text never leaves by default
        z_code=row.z_code,
        source=row.source,
        response_id=row.response_id if own else None,
        found_on=row.found_on,
        status=row.status,
        status_at=row.status_at,
        ask_again_on=row.ask_again_on,
        sensitivities=frozenset(row.sensitivities),
        moves=tuple(each.target for each in NEED.moves(row.status, HOLDER)) if own else (),
    )


def _for_role(actor: Actor, rows: "QuerySet[AnyRow]") -> "QuerySet[AnyRow]":
    """Without what is especially sensitive, for a role that it is not shown to (network.roles)."""
    return rows if sees_sensitive(actor.role) else rows.filter(sensitivities=[])


def _open(actor: Actor, person_ids: Iterable[UUID]) -> QuerySet[Need]:
    return Need.objects.filter(held_by_id=actor.organization, person_id__in=set(person_ids), status=OPEN)


def open_counts(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many needs of each of these own people are open; those without any are left out."""
    rows = _for_role(actor, _open(actor, person_ids))
    return dict(rows.values_list("person_id").annotate(number=Count("id")))


def first_needs(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """In plain words, the open need that each of these own people named first (else the oldest)."""
    rows = _for_role(actor, _open(actor, person_ids))
    ordered = rows.order_by("person_id", F("rank").asc(nulls_last=True), "found_on", "id").distinct(
        "person_id"
    )
    return {person: category_name(code) for person, code in ordered.values_list("person_id", "category")}


def need_events(actor: Actor, person_id: UUID) -> list[NeedEventCard]:
    """What happened to an own person's needs, newest first."""
    rows = _for_role(actor, NeedEvent.objects.filter(held_by_id=actor.organization, person_id=person_id))
    return [
        NeedEventCard(
            at=row.at,
            need_id=row.need_id,
            need_name=category_name(row.topic),
            move=row.move,
            status=row.status,
            words=row.words,
            actor_name=row.actor_name,
        )
        for row in rows.order_by("-at", "-id")
    ]


def responses(actor: Actor, person_id: UUID) -> list[ResponseRow]:
    """The screenings of an own person, newest first."""
    rows = _responses(actor).filter(person_id=person_id).defer("answers", "instrument__forms")
    return [_response_row(row) for row in rows.order_by("-asked_at", "-id")]


def response(actor: Actor, response_id: UUID) -> ResponseCard:
    """One screening with the answers in the words of its form; raises NotVisible."""
    row = _responses(actor).filter(pk=response_id).first()
    if row is None:
        raise NotVisible
    form = forms.from_json(row.instrument.forms[row.language])
    return ResponseCard(row=_response_row(row), answers=tuple(_lines(form, row.answers)))


def _responses(actor: Actor) -> "QuerySet[Any]":
    return (
        _for_role(actor, Response.objects.filter(held_by_id=actor.organization))
        .select_related("instrument")
        .defer("instrument__definition", "instrument__mapping")
        .annotate(needs_found=Count("needs"))
    )


def _response_row(row: Any) -> ResponseRow:
    return ResponseRow(
        id=row.id,
        person_id=row.person_id,
        instrument_id=row.instrument_id,
        instrument_title=row.instrument.title,
        mode=row.mode,
        language=row.language,
        asked_at=row.asked_at,
        asked_by_name=row.asked_by_name,
        priority_words=row.priority_words,
        needs_found=row.needs_found,
    )


def _lines(form: Form, answers: Mapping[str, list[str]]) -> Iterable[AnswerLine]:
    above = {each.link_id: each.text for each in form.questions}
    for section in form.sections:
        for question in section.questions:
            given = answers.get(question.link_id)
            if given:
                texts = [above[question.under], question.text] if question.under in above else [question.text]
                yield AnswerLine(
                    section=section.title,
                    question=" · ".join(texts),
                    answers=tuple(_answer(question, value) for value in given),
                )


def _answer(question: Question, value: str) -> str:
    if question.kind == "boolean":
        return _("Yes") if value == "true" else _("No")
    words = {option.code: option.text for option in question.options}
    return words.get(value, f"{value} {question.unit}".strip())
