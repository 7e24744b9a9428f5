"""A questionnaire as a form: fields made from its questions; the answers are judged by the service."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from waypost.screening.cards import Gate, InstrumentCard, Question
from waypost.screening.words import AnswersRefused, mode_choices

MODE = "waypost-mode"
SHORT_LIST = 7
ONE_LINE = 50  # characters


class Asked(forms.Field):
    """A question. Whether it is to be answered depends on other answers, so the service says."""

    def validate(self, value: Any) -> None:
        """Nothing to judge here."""


class Open(forms.CheckboxSelectMultiple):
    """Answers to tick with a line for other words, all under one name."""

    template_name = "web/staff/people/open_choice.html"

    def __init__(self, *args: Any, one: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.input_type = "radio" if one else "checkbox"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Besides the choices: what was typed in other words."""
        known = {str(code) for code, _label in self.choices}
        given = [each for each in value or [] if each]
        return super().get_context(name, value, attrs) | {
            "other_words": next((each for each in given if each not in known), ""),
        }


class ScreeningForm(forms.Form):
    """The questions of an instrument under their linkIds, and how they are asked."""

    def __init__(self, card: InstrumentCard, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card
        self.fields[MODE] = forms.ChoiceField(
            label=_("How are the questions asked?"),
            choices=mode_choices(),
            widget=forms.RadioSelect,
            initial="interview",
        )
        for question in card.questions:
            self.fields[question.link_id] = Asked(
                label=f"{question.prefix} {question.text}".strip(),
                help_text=question.hint,
                required=question.required,
                widget=widget_of(question),
            )

    def answers(self) -> dict[str, list[str]]:
        """The answers as they were sent, by linkId."""
        sent: Any = self.data
        return {each.link_id: sent.getlist(each.link_id) for each in self.card.questions}

    def show(self, refused: AnswersRefused) -> None:
        """Put each fault beside its question."""
        for link_id, message in refused.faults:
            self.add_error(link_id if link_id in self.fields else None, message)


def widget_of(question: Question) -> forms.Widget:
    """How a question is answered on the page."""
    options: list[tuple[str, str | Promise]] = [(each.code, each.text) for each in question.options]
    if question.kind in ("open_choice", "open_choices"):
        return Open(choices=options, one=not question.many)
    if question.kind == "choices":
        return forms.CheckboxSelectMultiple(choices=options)
    if question.kind in ("choice", "boolean"):
        short = len(options) <= SHORT_LIST
        return forms.RadioSelect(choices=options) if short else forms.Select(choices=[("", "–"), *options])
    return _written(question.kind)


def _written(kind: str) -> forms.Widget:
    if kind == "long_text":
        return forms.Textarea(attrs={"rows": 3})
    if kind == "date":
        return forms.DateInput(attrs={"type": "date"})
    number = {"inputmode": "decimal"} if kind in ("integer", "decimal") else {}
    return forms.TextInput(attrs={"autocomplete": "off", **number})


@dataclass(frozen=True, slots=True)
class Laid:
    """A question on the page, with those that stand beside it. ``only_if``: when to ask it;
    ``inline``: few short answers, set in one line; ``alone``: asked only alone with the person.
    """

    field: forms.BoundField
    inline: bool
    only_if: str
    alone: bool
    beside: "list[Laid]"


@dataclass(frozen=True, slots=True)
class LaidSection:
    """A section on the page; ``alone`` where one of its questions is asked only alone with the person."""

    title: str
    text: str
    questions: list[Laid]

    @property
    def alone(self) -> bool:
        """Whether a safety question stands here."""
        return any(each.alone for each in self.questions)


def laid_out(form: ScreeningForm) -> list[LaidSection]:
    """The form in its sections, in the order of the instrument."""
    return [
        LaidSection(section.title, section.text, _questions(form, section.questions))
        for section in form.card.sections
    ]


def _questions(form: ScreeningForm, questions: tuple[Question, ...]) -> list[Laid]:
    """Questions in order; one that belongs under another of the section stands beside it."""
    here = {each.link_id for each in questions}
    laid = {each.link_id: _laid(form, each, below=each.under in here) for each in questions}
    for each in questions:
        if each.under in here:
            laid[each.under].beside.append(laid[each.link_id])
    return [laid[each.link_id] for each in questions if each.under not in here]


def _laid(form: ScreeningForm, question: Question, *, below: bool) -> Laid:
    return Laid(
        field=form[question.link_id],
        inline=sum(len(option.text) for option in question.options) <= ONE_LINE,
        only_if="" if below else gate_words(form.card, question.gates),
        alone=question.link_id in form.card.alone_only,
        beside=[],
    )


def gate_words(card: InstrumentCard, gates: tuple[Gate, ...]) -> str:
    """When a question is to be asked, in words: "Only if “Do you rent?” is “Yes”."."""
    asked = {each.link_id: each for each in card.questions}
    parts = []
    for gate in gates:
        joined = _(" and ") if gate.every else _(" or ")
        parts.append(joined.join(_condition(asked.get(each.question), each) for each in gate.conditions))
    return _("Only if %(when)s.") % {"when": _(" and ").join(parts)} if parts else ""


def _condition(question: Question | None, condition: Any) -> str:
    text = question.text if question else condition.question
    if condition.operator == "exists":
        asked = condition.answer == "true"
        words = _("“%(question)s” is answered") if asked else _("“%(question)s” is not answered")
        return words % {"question": text}
    options = {each.code: each.text for each in question.options} if question else {}
    answer = options.get(condition.answer, condition.answer)
    words = {
        "=": _("“%(question)s” is “%(answer)s”"),
        "!=": _("“%(question)s” is not “%(answer)s”"),
        ">": _("“%(question)s” is more than %(answer)s"),
        "<": _("“%(question)s” is less than %(answer)s"),
        ">=": _("“%(question)s” is %(answer)s or more"),
        "<=": _("“%(question)s” is %(answer)s or less"),
    }[condition.operator]
    return words % {"question": text, "answer": answer}
