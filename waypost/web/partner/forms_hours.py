"""The form of a service's hours: lines of a week, days that differ, and words."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.directory.rules import Hours
from waypost.directory.rules.hours import LAST_MINUTE, LONGEST_NIGHT, WEEK
from waypost.directory.rules.schedule import MIDNIGHT
from waypost.web.partner.hours_lines import (
    APPOINTMENT,
    EVERY_WEEK,
    SECOND_WEEK,
    Line,
    Lines,
    special_hours,
    special_line,
    week_hours,
    week_line,
)
from waypost.web.partner.week import TIMES

MOST_LINES = 60
MOST_WORDS = 2000
RHYTHMS = (
    (EVERY_WEEK, gettext_lazy("every week")),
    (SECOND_WEEK, gettext_lazy("every second week")),
    ("1", gettext_lazy("the first of the month")),
    ("2", gettext_lazy("the second of the month")),
    ("3", gettext_lazy("the third of the month")),
    ("4", gettext_lazy("the fourth of the month")),
    ("-1", gettext_lazy("the last of the month")),
)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        input_formats=TIMES,
        error_messages={"invalid": gettext_lazy("Write a time like 9:00 or 17:30.")},
    )


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Write a day like 2026-12-24.")},
    )


class LineForm(forms.Form):
    """What every line has."""

    opens = _time(gettext_lazy("Opens"))
    closes = _time(gettext_lazy("Closes"))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)
    remove = forms.BooleanField(label=gettext_lazy("Take this line out"), required=False)

    def times(self, given: Line) -> None:
        """Both times or none; no night of more than sixteen hours; the same time twice says nothing."""
        opens, closes = given.get("opens"), given.get("closes")
        if "opens" in self.errors or "closes" in self.errors:
            return
        if opens is None or closes is None:
            self.add_error("opens" if opens is None else "closes", _("Give both times."))
        elif opens == closes != MIDNIGHT:
            self.add_error("closes", _("It closes when it opens. For day and night, write 0:00 twice."))
        elif _length(opens, closes) > LONGEST_NIGHT and closes < opens:
            self.add_error("closes", _("That would be open all night. Write 17:00 for 5 in the afternoon."))

    def is_empty(self, given: Line) -> bool:
        """Whether nothing was said here."""
        raise NotImplementedError

    def as_hours(self, given: Line, before: Hours | None) -> Hours:
        """The hours that were typed."""
        raise NotImplementedError

    def hours(self, before: Hours | None) -> Hours | None:
        """What the line says; None where it says nothing or is taken out."""
        given = self.cleaned_data
        if given.get("remove") or self.is_empty(given):
            return None
        return before if before is not None and not self.has_changed() else self.as_hours(given, before)


class WeekForm(LineForm):
    """One opening, on one or several days of the week. Two openings a day are two lines."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        required=False,
        choices=[(code, WEEKDAYS[number]) for number, code in enumerate(WEEK)],
        widget=forms.CheckboxSelectMultiple,
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), required=False, choices=RHYTHMS)
    starts = _day(gettext_lazy("From (leave empty for always)"))
    ends = _day(gettext_lazy("Up to and with (leave empty for always)"))
    field_order = ("days", "opens", "closes", "rhythm", "starts", "ends", "note", "remove")

    @property
    def more(self) -> bool:
        """Whether it says more than days and times."""
        names = ("rhythm", "starts", "ends", "note")
        return any(self[name].value() or self[name].errors for name in names)

    def clean(self) -> Line:
        """Days and times together."""
        given: Line = super().clean() or self.cleaned_data
        if given.get("remove") or self.is_empty(given):
            return given
        if not given.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose at least one day."))
        self.times(given)
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins."))
        if given.get("rhythm") == SECOND_WEEK and not starts and "starts" not in self.errors:
            self.add_error("starts", _("Say from which day on, so that people know which week it is."))
        return given

    def is_empty(self, given: Line) -> bool:
        """Whether nothing was said here."""
        return not any(given.get(name) for name in ("days", "note", "starts", "ends")) and (
            given.get("opens") is None and given.get("closes") is None and not self.errors
        )

    def as_hours(self, given: Line, before: Hours | None) -> Hours:
        """The hours that were typed."""
        return week_hours(given, before)


class SpecialForm(LineForm):
    """A holiday or other days: closed, or other hours than usual."""

    first = _day(gettext_lazy("Day"))
    last = _day(gettext_lazy("Up to and with"))
    every_year = forms.BooleanField(label=gettext_lazy("Every year"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What is different"),
        required=False,
        choices=[("closed", gettext_lazy("Closed")), ("open", gettext_lazy("Other hours"))],
        widget=forms.RadioSelect,
        initial="closed",
    )
    field_order = ("first", "last", "every_year", "kind", "opens", "closes", "note", "remove")

    def clean(self) -> Line:
        """A day, and times where it is not closed."""
        given: Line = super().clean() or self.cleaned_data
        if given.get("remove") or self.is_empty(given):
            return given
        first, last = given.get("first"), given.get("last")
        if first is None and "first" not in self.errors:
            self.add_error("first", _("Say which day."))
        if first and last and last < first:
            self.add_error("last", _("It ends before it begins."))
        if given.get("kind") == "open":
            self.times(given)
        return given

    def is_empty(self, given: Line) -> bool:
        """Whether nothing was said here."""
        return not any(given.get(name) for name in ("first", "last", "note")) and (
            given.get("opens") is None and given.get("closes") is None and not self.errors
        )

    def as_hours(self, given: Line, before: Hours | None) -> Hours:
        """The hours that were typed."""
        return special_hours(given, before)


WeekLines = forms.formset_factory(WeekForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)
SpecialLines = forms.formset_factory(SpecialForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES)


class WordsForm(forms.Form):
    """What no line can say."""

    by_appointment = forms.BooleanField(
        label=gettext_lazy("By appointment"),
        help_text=gettext_lazy("People call first. Without times above, you never count as open."),
        required=False,
    )
    words = forms.CharField(
        label=gettext_lazy("Hours in your own words"),
        help_text=gettext_lazy("What no line above can say. One thing a line; it never counts as open."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep = forms.MultipleChoiceField(
        label=gettext_lazy("These stay as they are"),
        help_text=gettext_lazy("No line above can say them. Take the check away to take one out."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unknown = forms.BooleanField(
        label=gettext_lazy("We cannot say our hours now"),
        help_text=gettext_lazy(
            "Everything above is taken out. The listing says that the hours are not known."
        ),
        required=False,
    )

    def of_others(self) -> None:
        """Ask about somebody else's hours."""
        self.fields["by_appointment"].help_text = _(
            "People call first. Without times above, it never counts as open."
        )
        self.fields["words"].label = _("Hours in their own words")
        self.fields["unknown"].label = _("Nobody can say the hours now")


class HoursForms:
    """All of the page. ``data``: what was sent, None where the page is opened."""

    def __init__(
        self, lines: Lines, others: list[str], data: Mapping[str, Any] | None, *, ours: bool = True
    ) -> None:
        self.lines = lines
        first = [week_line(each) for each in lines.week]
        special = [special_line(each) for each in lines.special]
        self.week = WeekLines(data, initial=first, prefix="week")
        self.special = SpecialLines(data, initial=special, prefix="special")
        words = [each for each in lines.words if each.strip(" .").casefold() != APPOINTMENT]
        numbers = [str(number) for number in range(len(others))]
        self.words = WordsForm(
            data,
            initial={
                "words": "\n".join(words),
                "by_appointment": lines.by_appointment,
                "keep": numbers,
            },
        )
        self.words.fields["keep"].choices = list(zip(numbers, others, strict=True))  # type: ignore[attr-defined]
        if not ours:
            self.words.of_others()
        if data is None and not first:
            self.week.extra = 1

    def is_valid(self) -> bool:
        """Whether everything can be taken."""
        found = [each.is_valid() for each in (self.week, self.special, self.words)]
        return all(found) or (self.words.is_valid() and self.words.cleaned_data["unknown"])

    def forget_problems(self) -> None:
        """A line more was asked for: nothing of what stands there is judged yet."""
        for form in (*self.week, *self.special, self.words):
            form.errors.clear()

    @property
    def errors(self) -> bool:
        """Whether anything could not be taken."""
        broken = self.week.non_form_errors() or self.special.non_form_errors()
        return bool(broken) or any(form.errors for form in (*self.week, *self.special, self.words))

    def hours(self) -> tuple[Hours, ...]:
        """All lines, as they are to be stored."""
        given = self.words.cleaned_data
        if given["unknown"]:
            return ()
        found: list[Hours | None] = []
        for forms_, before in ((self.week, self.lines.week), (self.special, self.lines.special)):
            known = (*before, *(None for _form in range(len(forms_))))
            found += [form.hours(was) for form, was in zip(forms_, known, strict=False)]
        words = [APPOINTMENT] if given["by_appointment"] else []
        words += [each.strip() for each in given["words"].splitlines() if each.strip()]
        kept = [each for number, each in enumerate(self.lines.others) if str(number) in given["keep"]]
        return (*(each for each in found if each), *(Hours(words=each) for each in words), *kept)


def with_one_more(data: Any, which: str) -> Any:
    """What was sent, with room for one line more."""
    more = data.copy()
    name = f"{which}-TOTAL_FORMS"
    number = more.get(name, "0")
    more[name] = str(min(int(number) + 1, MOST_LINES)) if number.isdecimal() else "1"
    return more


def _length(opens: time, closes: time) -> timedelta:
    day = date(2026, 1, 1)
    end = datetime.combine(day, MIDNIGHT if closes >= LAST_MINUTE else closes)
    start = datetime.combine(day, opens)
    return end - start if end > start else end - start + timedelta(days=1)
