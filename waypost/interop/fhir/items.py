"""The items of a Questionnaire, read into the form that the screening room asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from waypost.interop.fhir import answers
from waypost.interop.fhir.nodes import extensions, flag, say, texts
from waypost.kernel.errors import Refused
from waypost.screening.cards import Form, Gate, Question, Section

DEPTH_LIMIT = 12
ITEM_LIMIT = 600
_LIMIT = {"limit": ITEM_LIMIT}
LINK_ID_LIMIT = 200
LOINC = "http://loinc.org"

CHOICES = {"choice": ("choice", "choices"), "open-choice": ("open_choice", "open_choices")}
KINDS = {
    "boolean": "boolean",
    "string": "text",
    "text": "long_text",
    "url": "text",
    "time": "text",
    "integer": "integer",
    "decimal": "decimal",
    "quantity": "decimal",
    "date": "date",
    "dateTime": "date",
}
NOT_ASKED = ("attachment", "reference")
CALCULATED = ("sdc-questionnaire-calculatedExpression", "cqf-calculatedValue", "cqf-expression")
HIDDEN = "questionnaire-hidden"
UNIT = "questionnaire-unit"

# Immigration status is never stored (design § 3), whatever an instrument asks.
NEVER_CODES = {(LOINC, "93027-1")}  # PRAPARE: "Are you a refugee?"
NEVER_WORDS = re.compile(
    r"\b(refugee|asylum|immigration|immigrant|citizenship|u\.?s\.? citizen|undocumented"
    r"|refugiad[oa]|inmigra\w+)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Open:
    """A section that is being filled."""

    link_id: str
    title: str
    text: str = ""
    questions: list[Question] = field(default_factory=list)


class FormReader:
    """Reads one Questionnaire in one language; ``notes`` says in plain words what is not asked."""

    def __init__(self, definition: dict[str, Any], language: str) -> None:
        self.definition = definition
        self.language = language
        self.notes: list[str] = []
        self.value_sets = answers.contained_value_sets(definition)
        self.link_ids: set[str] = set()
        self.left_out: set[str] = set()
        self.sections: list[_Open] = []

    def form(self) -> Form:
        """The form; raises Refused where an item cannot be read."""
        items = self.definition.get("item")
        if not isinstance(items, list) or not items:
            raise Refused(_("This questionnaire has no questions."))
        self._survey(items, depth=1, out=False)
        self._open("", "")
        self._take(items, gates=(), under="")
        sections = [each for each in self.sections if each.questions or each.text]
        if not any(each.questions for each in sections):
            raise Refused(_("This questionnaire has no questions that a person could answer."))
        title = say(self.definition, "title", self.language) or say(self.definition, "name", self.language)
        closed = (Section(each.link_id, each.title, each.text, tuple(each.questions)) for each in sections)
        return Form(title=title or _("Questionnaire"), sections=tuple(closed))

    def _survey(self, items: Any, *, depth: int, out: bool) -> None:
        """First walk: the tree's shape, its linkIds, and what is left out."""
        if depth > DEPTH_LIMIT:
            raise Refused(_("This file is nested too deeply for a questionnaire."))
        for item in _list(items):
            link_id = item.get("linkId")
            if not isinstance(link_id, str) or not link_id.strip() or len(link_id) > LINK_ID_LIMIT:
                raise Refused(_("A question of this questionnaire has no linkId that can be used."))
            if link_id in self.link_ids:
                raise Refused(_("Two questions have the same linkId: %(id)s.") % {"id": link_id})
            self.link_ids.add(link_id)
            if len(self.link_ids) > ITEM_LIMIT:
                raise Refused(_("This questionnaire has more than %(limit)d questions.") % _LIMIT)
            why = None if out else self._reason_to_leave_out(item)
            if why is not None:
                self.notes.append(f"{self._text(item)}: {why}")
            if out or why is not None:
                self.left_out.add(link_id)
            self._survey(item.get("item", []), depth=depth + 1, out=out or why is not None)

    def _reason_to_leave_out(self, item: dict[str, Any]) -> str | None:
        codes = {(each.get("system"), each.get("code")) for each in _list(item.get("code", []))}
        if item.get("type") not in ("group", "display") and (
            codes & NEVER_CODES or NEVER_WORDS.search(texts(item, "text"))
        ):
            return _("not asked. Immigration status is never stored.")
        if any(flag(each) for each in extensions(item, HIDDEN)):
            return _("hidden in the file, so it is not asked.")
        if item.get("readOnly") is True or any(extensions(item, *CALCULATED)):
            return _("calculated from other answers, so it is not asked.")
        if item.get("type") in NOT_ASKED:
            return _("asks for a file or a record, which is not possible here.")
        return None

    def _open(self, link_id: str, title: str) -> _Open:
        section = _Open(link_id=link_id, title=title)
        self.sections.append(section)
        return section

    def _take(self, items: Iterable[dict[str, Any]], *, gates: tuple[Gate, ...], under: str) -> None:
        mine = self.sections[-1]
        for item in items:
            if item["linkId"] in self.left_out:
                continue
            if self.sections[-1] is not mine:  # a group came between: go on in a section without a heading
                mine = self._open(item["linkId"], "")
            kind = item.get("type")
            if kind == "group":
                self._group(item, gates)
            elif kind == "display":
                mine = self._display(item, mine)
            else:
                self._question(item, mine, gates, under)

    def _group(self, item: dict[str, Any], gates: tuple[Gate, ...]) -> None:
        self._open(item["linkId"], say(item, "text", self.language))
        self._take(item.get("item", []), gates=gates + self._gates(item), under="")

    def _display(self, item: dict[str, Any], section: _Open) -> _Open:
        if section.questions:
            section = self._open(item["linkId"], "")
        section.text = " ".join(part for part in (section.text, say(item, "text", self.language)) if part)
        return section

    def _question(self, item: dict[str, Any], section: _Open, gates: tuple[Gate, ...], under: str) -> None:
        below = [each for each in item.get("item", []) if each["linkId"] not in self.left_out]
        hints = [say(each, "text", self.language) for each in below if each.get("type") == "display"]
        options = answers.options(item, self.value_sets, self.language)
        own = gates + self._gates(item)
        section.questions.append(
            Question(
                link_id=item["linkId"],
                kind=self._kind(item, bool(options)),
                text=self._text(item),
                prefix=say(item, "prefix", self.language),
                hint=" ".join(hints),
                required=item.get("required") is True,
                max_length=_max_length(item),
                options=options,
                gates=own,
                under=under,
                unit=_unit(item),
            )
        )
        rest = [each for each in below if each.get("type") != "display"]
        self._take(rest, gates=own, under=item["linkId"])

    def _kind(self, item: dict[str, Any], has_options: bool) -> str:
        kind = item.get("type")
        if kind in CHOICES:
            if has_options:
                return CHOICES[kind][item.get("repeats") is True]
            typed = _("the file does not hold the answers to choose from, so they are typed.")
            self.notes.append(f"{self._text(item)}: {typed}")
            return "text"
        if kind not in KINDS:
            raise Refused(
                _("Question %(id)s is of a type that FHIR R4 does not have: %(type)s.")
                % {"id": item["linkId"], "type": str(kind)[:40]}
            )
        return KINDS[kind]

    def _text(self, item: dict[str, Any]) -> str:
        spoken = self.language
        coded = next((say(each, "display", spoken) for each in _list(item.get("code", []))), "")
        return say(item, "text", spoken) or coded or say(item, "prefix", spoken) or str(item["linkId"])

    def _gates(self, item: dict[str, Any]) -> tuple[Gate, ...]:
        return answers.gates(item, known=self.link_ids, left_out=self.left_out)


def _list(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Refused(_("This questionnaire is not built as FHIR R4 says: a list of items is none."))
    return value


def _max_length(item: dict[str, Any]) -> int | None:
    value = item.get("maxLength")
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _unit(item: dict[str, Any]) -> str:
    for each in extensions(item, UNIT):
        coding = each.get("valueCoding")
        if isinstance(coding, dict):
            return texts(coding, "display") or texts(coding, "code")
    return ""
