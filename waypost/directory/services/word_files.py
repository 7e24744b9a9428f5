"""The words of needs and the synonyms as a table: the file says how the list is to be afterwards."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from waypost.directory.choices import WordKind, WordList
from waypost.directory.rules.needs import plain
from waypost.directory.services.cadences import (
    CADENCE_HEAD,
    cadences_table,
    checked_cadence,
    set_cadence,
)
from waypost.directory.services.sorting import sort_later
from waypost.directory.services.words import (
    allowed,
    changed,
    checked_synonym,
    of_kind,
    set_need_word,
    store_synonym,
    tidy,
)
from waypost.directory.vocabulary import vocabulary
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused

NEED_HEAD = ("need", "kind", "word")
SYNONYM_HEAD = ("word", "same")
MOST_LINES = 20_000
LONGEST_NUMBER = 4
BOTH = (WordKind.EN.value, WordKind.ES.value)


@dataclass(slots=True)
class FilePlan:
    """What a file would change: pairs of what it is about and the words. ``problems`` name lines."""

    added: list[tuple[str, str]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many in all."""
        return len(self.added) + len(self.removed)


def needs_table() -> Iterator[tuple[str, str, str]]:
    """Rows of the words of now."""
    for words in vocabulary().needs:
        for kind in WordKind.values:
            yield from ((words.code, kind, word) for word in of_kind(words, kind))


def synonyms_table() -> Iterator[tuple[str, str]]:
    """Rows of the synonyms of now."""
    yield from ((word, ", ".join(same)) for word, same in sorted(vocabulary().synonyms.items()))


def plan_needs(text: str) -> FilePlan:
    """Compare a file with the words of now; what cannot be read is a problem, with its line."""
    plan = FilePlan()
    held = {(code, kind, plain(word)): word for code, kind, word in needs_table()}
    codes = {words.code for words in vocabulary().needs}
    said: dict[tuple[str, str, str], str] = {}
    for number, row in _lines(text, NEED_HEAD, plan):
        code, kind = row["need"].strip(), row["kind"].strip()
        if code not in codes:
            plan.problems.append((number, _("%(code)s is not a need category.") % {"code": code}))
        elif kind not in WordKind.values:
            plan.problems.append((number, _("Choose what kind of word it is.")))
        else:
            with _problems(plan, number):
                word = tidy(row["word"])
                said[code, kind, plain(word)] = word
    plan.added = [(f"{code} {kind}", word) for (code, kind, key), word in said.items()
                  if (code, kind, key) not in held]  # fmt: skip
    plan.removed = [(f"{code} {kind}", word) for (code, kind, key), word in held.items()
                    if (code, kind, key) not in said]  # fmt: skip
    left = {(code, kind) for code, kind, _key in said}
    missing = [f"{code} {kind}" for code in sorted(codes) for kind in BOTH if (code, kind) not in left]
    if missing and not plan.problems:
        words = _("Every need has at least one word in each language. Missing: %(needs)s")
        plan.problems.append((0, words % {"needs": ", ".join(missing[:5])}))
    return plan


def plan_synonyms(text: str) -> FilePlan:
    """Compare a file with the synonyms of now."""
    plan = FilePlan()
    said: dict[str, tuple[str, ...]] = {}
    for number, row in _lines(text, SYNONYM_HEAD, plan):
        with _problems(plan, number):
            word, same = checked_synonym(row["word"], row["same"].split(","))
            said[word] = same
    held = vocabulary().synonyms
    plan.added = [(word, ", ".join(same)) for word, same in said.items() if held.get(word) != same]
    plan.removed = [(word, ", ".join(same)) for word, same in held.items() if word not in said]
    if not said and not plan.problems:
        plan.problems.append((0, _("The file holds no rows.")))
    return plan


def plan_cadences(text: str) -> FilePlan:
    """Rows that are not there yet begin today or later; what has been stays as it is."""
    plan = FilePlan()
    held = {(code, days, str(first)) for code, days, first, _last in cadences_table()}
    for number, row in _lines(text, CADENCE_HEAD, plan):
        code, days, first = (row[name].strip() for name in ("need", "days", "from"))
        if not days.isascii() or not days.isdigit() or len(days) > LONGEST_NUMBER:
            plan.problems.append((number, _("Between one day and a year (365 days).")))
            continue
        with _problems(plan, number):
            if (code, int(days), first) not in held:
                checked_cadence(code, int(days), _day(first))
                plan.added.append((code, f"{days} {first}"))
    return plan


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("Write days as 2026-12-31.")) from None


def planned(which: str, text: str) -> FilePlan:
    """What a file would change in this list."""
    plans = {WordList.NEED.value: plan_needs, WordList.SYNONYM.value: plan_synonyms}
    return plans.get(which, plan_cadences)(text)


def change_by_file(*, actor: Actor, which: str, text: str) -> FilePlan:
    """Make the list what the file says; refused as a whole where a line cannot be read."""
    allowed(actor)
    plan = planned(which, text)
    if plan.problems:
        raise Refused(_("The file has lines that cannot be read. Nothing was changed."))
    if which == WordList.CADENCE:
        for code, words in sorted(plan.added, key=lambda each: each[1].partition(" ")[2]):
            days, _space, first = words.partition(" ")
            set_cadence(actor=actor, category=code, days=int(days), valid_from=_day(first))
        return plan
    for about, word in plan.removed:
        _store(which, about, word, removed=True)
    for about, word in plan.added:
        _store(which, about, word, removed=False)
    for about, word in plan.removed:
        changed(actor, which, about, before=word)
    for about, word in plan.added:
        changed(actor, which, about, after=word)
    if which == WordList.NEED and plan.changes:
        sort_later()
    return plan


def _store(which: str, about: str, word: str, *, removed: bool) -> None:
    if which == WordList.NEED:
        code, _space, kind = about.partition(" ")
        set_need_word(code, kind, word, removed=removed)
    else:
        store_synonym(about, () if removed else tuple(word.split(", ")))


@contextmanager
def _problems(plan: FilePlan, number: int) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        plan.problems.append((number, refused.message))


def _lines(text: str, head: tuple[str, ...], plan: FilePlan) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), restval="")
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(head) <= set(names):
        words = _("The first line must name the columns: %(columns)s")
        plan.problems.append((1, words % {"columns": ", ".join(head)}))
        return
    reader.fieldnames = names
    try:
        for row in reader:
            if reader.line_num > MOST_LINES:
                plan.problems.append((reader.line_num, _("The file is too long.")))
                return
            cells = {name: str(row.get(name) or "").removeprefix("'") for name in head}
            if any(cells.values()):
                yield reader.line_num, cells
    except csv.Error:
        plan.problems.append((reader.line_num, _("This line cannot be read.")))
