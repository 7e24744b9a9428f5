"""The words of needs and the synonyms as the integrator sees them: installed, added here, taken away here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from waypost.directory.choices import WordKind
from waypost.directory.models import Cadence, NeedWord, Synonym, WordChange, WordsState
from waypost.directory.needs import NeedCategory, need_categories, need_category, need_category_name
from waypost.directory.rules.asking import plain_word
from waypost.directory.rules.needs import NeedWords
from waypost.directory.vocabulary import installed, vocabulary
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible

ALL_OTHERS = "*"


@dataclass(frozen=True, slots=True)
class KindOfWords:
    """One list of a need. ``added``: said here; ``removed``: installed, but taken away here."""

    kind: str
    words: tuple[str, ...]
    added: frozenset[str]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need with how many words lead to it, how many of them are a change, how many listings answer it."""

    category: NeedCategory
    words: NeedWords
    changes: int
    listings: int


@dataclass(frozen=True, slots=True)
class SynonymRow:
    """``state``: 'installed', 'changed', 'added' or 'removed'; ``installed`` is what came with Waypost."""

    word: str
    same: tuple[str, ...]
    state: str
    installed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Who changed what, when. ``after`` '*' with nothing before: back to what is installed."""

    at: datetime
    by: str
    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CadenceLine:
    """One period of a need ('' for all others); ``name`` in the reader's language, '' for all others."""

    category: str
    name: str
    days: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CadenceNow:
    """A need with its days of now, if it has its own, and a change that is to come."""

    category: str
    name: str
    now: CadenceLine | None
    coming: CadenceLine | None
    listings: int


@dataclass(frozen=True, slots=True)
class Sorting:
    """Where the sorting of listings into needs stands."""

    due_at: datetime | None = None
    done_at: datetime | None = None
    changed: int = 0


def need_rows() -> tuple[NeedRow, ...]:
    """Every need to which words lead."""
    words = {each.code: each for each in vocabulary().needs}
    changes: dict[str, int] = {}
    for code in NeedWord.objects.values_list("category", flat=True):
        changes[code] = changes.get(code, 0) + 1
    listings = _listings()
    return tuple(
        NeedRow(each, words[each.code], changes.get(each.code, 0), listings.get(each.code, 0))
        for each in need_categories()
        if each.code in words
    )


def _listings() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, count(*) FROM directory_service s, unnest(s.need_categories) code"
            " WHERE s.hidden_why = '' GROUP BY code"
        )
        return dict(cursor.fetchall())


def words_of_need(code: str) -> tuple[KindOfWords, ...]:
    """The three lists of a need. Raises NotVisible when no words lead to it."""
    found = next((each for each in vocabulary().needs if each.code == code), None)
    if found is None:
        raise NotVisible
    rows = list(NeedWord.objects.filter(category=code).order_by("word"))
    lists = {WordKind.EN.value: found.en, WordKind.ES.value: found.es, WordKind.TERM.value: found.terms}
    return tuple(
        KindOfWords(
            kind,
            tuple(sorted(words, key=plain_word)),
            frozenset(each.word for each in rows if each.kind == kind and not each.removed),
            tuple(each.word for each in rows if each.kind == kind and each.removed),
        )
        for kind, words in lists.items()
    )


def synonym_rows(*, words: str = "", changed_only: bool = False) -> list[SynonymRow]:
    """By word; ``words`` stands somewhere in either side."""
    ours, theirs = vocabulary().synonyms, installed().synonyms
    gone = Synonym.objects.filter(same=[]).values_list("word", flat=True)
    rows = [SynonymRow(word, same, _state(word, same), theirs.get(word, ())) for word, same in ours.items()]
    rows += [SynonymRow(word, (), "removed", theirs[word]) for word in gone if word in theirs]
    wanted = plain_word(words)
    return sorted(
        (
            row
            for row in rows
            if (not changed_only or row.state != "installed")
            and any(wanted in plain_word(each) for each in (row.word, *row.same, *row.installed))
        ),
        key=lambda row: row.word,
    )


def synonym_row(word: str) -> SynonymRow:
    """One word. Raises NotVisible when it has and had no synonyms."""
    key = plain_word(word.strip())
    found = next((row for row in synonym_rows(words=key) if row.word == key), None)
    if found is None:
        raise NotVisible
    return found


def _state(word: str, same: tuple[str, ...]) -> str:
    theirs = installed().synonyms.get(word)
    if theirs is None:
        return "added"
    return "installed" if theirs == same else "changed"


def word_changes(which: str, *, most: int = 10) -> tuple[ChangeRow, ...]:
    """The newest changes of a list."""
    rows = WordChange.objects.filter(list=which).order_by("-at", "-id")[:most]
    return tuple(
        ChangeRow(each.at, each.changed_by_name, _about(each.about), each.before, each.after) for each in rows
    )


def cadence_lines(category: str | None = None) -> tuple[CadenceLine, ...]:
    """Every period, the newest first; of one need, or of all."""
    rows = Cadence.objects.order_by("category", "-valid_from")
    if category is not None:
        rows = rows.filter(category=category)
    names = {each.code: each.name for each in need_categories()}
    return tuple(
        CadenceLine(row.category, names.get(row.category, ""), row.days, row.valid_from, row.valid_to)
        for row in rows
    )


def cadences_now() -> tuple[CadenceNow, ...]:
    """All others first, then every need."""
    day = today()
    lines = cadence_lines()
    counted = _listings()
    found = []
    for code, name in (("", ""), *((each.code, each.name) for each in need_categories()[1:])):
        own = [line for line in lines if line.category == code]
        now = [x for x in own if x.valid_from <= day and (x.valid_to is None or x.valid_to >= day)]
        coming = [x for x in own if x.valid_from > day]
        found.append(
            CadenceNow(
                code, name, now[0] if now else None, coming[-1] if coming else None, counted.get(code, 0)
            )
        )
    return tuple(found)


def _about(said: str) -> str:
    """'food-insecurity en' as 'Food, English word'; anything else as it stands."""
    code, _space, kind = said.partition(" ")
    if said == ALL_OTHERS:
        return _("All other needs")
    if need_category(code) is None:
        return said
    label = dict(WordKind.choices).get(kind)
    return f"{need_category_name(code)}, {label}" if label else need_category_name(code)


def sorting_state() -> Sorting:
    """Whether listings wait to be sorted anew, and how it went the last time."""
    row = WordsState.objects.filter(id=1).first()
    return Sorting(row.sort_due_at, row.sorted_at, row.sorted_changed) if row else Sorting()
