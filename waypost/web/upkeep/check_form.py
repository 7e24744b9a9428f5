"""The form of a check: every field of a listing with "still right", or a field to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.choices import CheckResult, ConfirmedHow
from waypost.directory.selectors import FieldState
from waypost.directory.services import CheckEntry, FieldKey
from waypost.kernel.clock import now, today
from waypost.web.partner import week
from waypost.web.service_words import is_mail, web_address
from waypost.web.upkeep.check_questions import QUESTIONS, Question
from waypost.web.upkeep.field_words import value_words

SALT = "waypost.check.opened"
OF_WEEK = ("opens_", "closes_", "opens2_", "closes2_")
Day = tuple[forms.BoundField, forms.BoundField, str]  # opens, closes, and the name of the weekday


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it."""

    question: Question
    label: str | Promise
    listed: str
    state: FieldState
    ok: forms.BoundField
    inputs: list[forms.BoundField]
    days: list[Day]
    again: list[Day]

    @property
    def wrong(self) -> bool:
        """Whether something that was typed here cannot be taken."""
        times = (field for day in (*self.days, *self.again) for field in day[:2])
        return any(each.errors for each in (*self.inputs, *times))

    @property
    def split(self) -> bool:
        """Whether a second opening of a day is listed or typed."""
        return any(field.value() or field.errors for day in self.again for field in day[:2])


class CheckForm(forms.Form):
    """Built from what is known of each field; what is not touched and left ticked is confirmed."""

    how = forms.ChoiceField(
        label=gettext_lazy("How are you checking?"),
        choices=[
            (ConfirmedHow.PHONE.value, gettext_lazy("By phone")),
            (ConfirmedHow.VISIT.value, gettext_lazy("I am there")),
            (ConfirmedHow.WEB.value, gettext_lazy("On their website")),
        ],
        widget=forms.RadioSelect,
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Whom did you reach?"), choices=CheckResult.choices, widget=forms.RadioSelect
    )
    again_at = forms.DateTimeField(
        label=gettext_lazy("If nobody answered: try again"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    with_whom = forms.CharField(
        label=gettext_lazy("Who answered (name or desk)"), required=False, max_length=200
    )
    words = forms.CharField(
        label=gettext_lazy("Note for your own organization"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, states: Iterable[FieldState], how: str = "", **kwargs: Any) -> None:
        self.states = {each.field: each for each in states}
        self.questions = [each for each in QUESTIONS if all(name in self.states for name in each.of)]
        values = {name: state.value for name, state in self.states.items()}
        first: dict[str, Any] = {
            "how": how if how in ConfirmedHow.values else ConfirmedHow.PHONE.value,
            "result": CheckResult.REACHED.value,
            "again_at": _tomorrow(),
            "opened": signing.dumps(int(now().timestamp()), salt=SALT),
        }
        for question in self.questions:
            first |= question.first(values)
            first[f"ok_{question.name}"] = _has_value(question, values)
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        self.values = values
        for question in self.questions:
            self.fields[f"ok_{question.name}"] = forms.BooleanField(
                label=gettext_lazy("Still right"), required=False
            )
            self.fields.update(question.fields())

    def asked(self) -> list[Asked]:
        """The questions in their order."""
        return [self._asked(question) for question in self.questions]

    def _asked(self, question: Question) -> Asked:
        names = list(question.fields())
        of_week = [name for name in names if name.startswith(OF_WEEK)]
        return Asked(
            question=question,
            label=question.label,
            listed=value_words(question.name, self.values),
            state=self.states[question.of[0]],
            ok=self[f"ok_{question.name}"],
            inputs=[self[name] for name in names if name not in of_week],
            days=week_rows(self) if of_week else [],
            again=week_rows(self, "2") if of_week else [],
        )

    def clean(self) -> dict[str, Any]:
        """Days with one end only, ages the wrong way round, addresses that cannot be."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if any(name.startswith(OF_WEEK) for name in self.changed_data):  # what is listed may overlap as it is
            for name, words in week.problems(values).items():
                if name not in self.errors:
                    self.add_error(name, words)
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("The oldest age is below the youngest."))
        if self._typed("url") and not web_address(values["url"]):
            self.add_error("url", _("Write the whole address, such as https://example.org."))
        if self._typed("email") and not is_mail(values["email"]):
            self.add_error("email", _("This is no e-mail address."))
        return values

    def _typed(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name)) and name in self.changed_data

    def entry(self, *, team_id: UUID | None) -> CheckEntry:
        """What was ticked, changed and left out."""
        given = self.cleaned_data
        confirmed: list[FieldKey] = []
        said: list[tuple[FieldKey, Any, str]] = []
        left: list[str] = []
        for question in self.questions:
            changes = self._changes(question)
            for name, value in changes.items():
                words = f"{question.label}: {value_words(name, {**self.values, name: value})}"
                said.append((self._key(name), value, words))
            if changes or not _has_value(question, self.values):
                continue
            if given.get(f"ok_{question.name}"):
                confirmed += [self._key(name) for name in question.of if self.values[name] not in ("", None)]
            else:
                left.append(question.name)
        reached = given["result"] == CheckResult.REACHED
        return CheckEntry(
            how=given["how"],
            result=given["result"],
            confirmed=tuple(confirmed) if reached else (),
            said=tuple(said) if reached else (),
            not_asked=tuple(left) if reached else (),
            with_whom=given["with_whom"],
            words=given["words"],
            seconds=_since(given["opened"]),
            again_at=given["again_at"] if given["result"] == CheckResult.NOBODY else None,
            team_id=team_id,
        )

    def _changes(self, question: Question) -> dict[str, Any]:
        """The fields of the listing that were typed anew; compared in the shape in which they are stored."""
        before = question.back(question.first(self.values), self.values)
        after = question.back(self.cleaned_data, self.values)
        return {name: value for name, value in after.items() if value != before[name]}

    def _key(self, name: str) -> FieldKey:
        state = self.states[name]
        return FieldKey(name, state.entity, state.row_id, state.column)


def week_rows(form: forms.Form, which: str = "") -> list[Day]:
    """Fields and name of each weekday; ``which``: "2" for the second opening."""
    names = enumerate(WEEKDAYS.values())
    return [(form[f"opens{which}_{n}"], form[f"closes{which}_{n}"], str(name)) for n, name in names]


def _has_value(question: Question, values: Mapping[str, Any]) -> bool:
    """Whether the listing says anything here."""
    found = [values[name] for name in question.of]
    if question.name == "capacity_status":
        return question.first(dict(values))["capacity_status"] not in ("", "unknown", None)
    return any(value not in ("", None, []) for value in found)


def _tomorrow() -> datetime:
    """Ten in the morning of the next working day."""
    day = today() + timedelta(days=1)
    while day.weekday() >= 5:  # noqa: PLR2004 - Saturday
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(10)))


def _since(opened: str) -> int:
    """Seconds since the page was opened, by its own signed word; nothing where that was meddled with."""
    try:
        began = int(signing.loads(opened, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return max(0, int(now().timestamp()) - began)
