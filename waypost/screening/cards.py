"""Instruments, answers and needs as the rest of the house sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to tick."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One ``enableWhen`` of FHIR: compares the answers of another question with ``answer``."""

    question: str
    operator: str
    answer: str


@dataclass(frozen=True, slots=True)
class Gate:
    """Conditions of which every one, or else any one, must hold."""

    conditions: tuple[Condition, ...]
    every: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask.

    ``kind``: choice, choices, open_choice, open_choices, boolean, text, long_text, integer, decimal, date.
    ``gates``: all must be open for the question to count. ``under``: the linkId of the question beside
    which this one stands ("do you want help with it?"), or nothing.
    """

    link_id: str
    kind: str
    text: str
    prefix: str = ""
    hint: str = ""
    required: bool = False
    max_length: int | None = None
    options: tuple[Option, ...] = ()
    gates: tuple[Gate, ...] = ()
    under: str = ""
    unit: str = ""

    @property
    def many(self) -> bool:
        """Whether several answers may be ticked."""
        return self.kind in ("choices", "open_choices")


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading; heading and text may be empty."""

    link_id: str
    title: str
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """An instrument in one language."""

    title: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order."""
        return tuple(each for section in self.sections for each in section.questions)


@dataclass(frozen=True, slots=True)
class InstrumentFile:
    """A questionnaire that was read and checked. ``notes``: what of the file is not used, in plain words."""

    url: str
    version: str
    title: str
    language: str
    forms: Mapping[str, Form]
    definition: Mapping[str, Any]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument in a list."""

    id: UUID
    title: str
    url: str
    version: str
    languages: tuple[str, ...]
    is_short_screener: bool


@dataclass(frozen=True, slots=True)
class InstrumentCard:
    """An instrument in one language, ready to be asked.

    ``alone_only``: linkIds of the safety questions, asked only alone with the person.
    ``first``: the linkId under which the person says what matters most, or nothing.
    """

    id: UUID
    title: str
    url: str
    version: str
    languages: tuple[str, ...]
    language: str
    sections: tuple[Section, ...]
    alone_only: frozenset[str]
    first: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in order."""
        return tuple(each for section in self.sections for each in section.questions)


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A need of a person. ``moves``: the statuses to which it may go now."""

    id: UUID
    person_id: UUID
    holder_id: UUID
    own: bool
    category: str
    name: str
    wants_help: str
    rank: int | None
    words: str
    z_code: str
    source: str
    response_id: UUID | None
    found_on: date
    status: str
    status_at: datetime
    ask_again_on: date | None
    sensitivities: frozenset[str]
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedEventCard:
    """What happened to a need, for the timeline."""

    at: datetime
    need_id: UUID
    need_name: str
    move: str
    status: str
    words: str
    actor_name: str


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A screening that was done."""

    id: UUID
    person_id: UUID
    instrument_id: UUID
    instrument_title: str
    mode: str
    language: str
    asked_at: datetime
    asked_by_name: str
    priority_words: str
    needs_found: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with its answers in words."""

    section: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponseCard:
    """A screening with what was answered."""

    row: ResponseRow
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class SavedScreening:
    """What saving led to: needs found anew, and open needs that were kept and updated."""

    response_id: UUID
    found: tuple[UUID, ...]
    kept: tuple[UUID, ...]
