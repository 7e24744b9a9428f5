"""Changing the words on which search and needs rest."""

from collections.abc import Iterable
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.choices import WordKind, WordList
from waypost.directory.models import NeedWord, Synonym, WordChange, WordsState
from waypost.directory.models.words import LONGEST_WORD
from waypost.directory.needs import UNSPECIFIED, need_category
from waypost.directory.rules.asking import plain_word
from waypost.directory.rules.needs import NeedWords, plain
from waypost.directory.services.sorting import sort_later
from waypost.directory.vocabulary import installed, vocabulary
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM, Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import Refused
from waypost.network.roles import Action, may

SHORTEST_WORD = 2
MOST_WORDS = 200
MOST_SAME = 12
LONGEST_PHRASE = 3
STAR = "*"


def add_need_word(*, actor: Actor, category: str, kind: str, word: str) -> None:
    """Let a word or the name of a taxonomy term lead to a need, from now on."""
    allowed(actor)
    words = _category(category, kind)
    said = tidy(word)
    if plain(said) in {plain(each) for each in of_kind(words, kind)}:
        raise Refused(_("“%(word)s” leads to this need already.") % {"word": said}, field="word")
    if len(of_kind(words, kind)) >= MOST_WORDS:
        raise Refused(_("A need has at most %(most)s words.") % {"most": MOST_WORDS}, field="word")
    set_need_word(category, kind, said, removed=False)
    changed(actor, WordList.NEED, f"{category} {kind}", after=said)
    sort_later()


def remove_need_word(*, actor: Actor, category: str, kind: str, word: str) -> None:
    """Take a word away from a need; in each language one word stays, so that the need can be found."""
    allowed(actor)
    held = of_kind(_category(category, kind), kind)
    if plain(word) not in {plain(each) for each in held}:
        raise Refused(_("“%(word)s” does not lead to this need.") % {"word": word.strip()}, field="word")
    if kind != WordKind.TERM and len(held) == 1:
        raise Refused(_("This is the last word in this language. Add another one first."), field="word")
    set_need_word(category, kind, word.strip(), removed=True)
    changed(actor, WordList.NEED, f"{category} {kind}", before=word.strip())
    sort_later()


def reset_need(*, actor: Actor, category: str) -> None:
    """Give a need its installed words back."""
    allowed(actor)
    if NeedWord.objects.filter(category=category).delete()[0]:
        changed(actor, WordList.NEED, category, after=STAR)
        sort_later()


def set_synonym(*, actor: Actor, word: str, same: Iterable[str]) -> None:
    """Let a search for ``word`` find listings that use one of the other words as well."""
    allowed(actor)
    key, others = checked_synonym(word, same)
    before = vocabulary().synonyms.get(key, ())
    if before == others:
        raise Refused(_("This is so already."), field="same")
    store_synonym(key, others)
    changed(actor, WordList.SYNONYM, key, before=", ".join(before), after=", ".join(others))


def remove_synonym(*, actor: Actor, word: str) -> None:
    """Let a word stand for itself alone."""
    allowed(actor)
    key = plain_word(word.strip())
    before = vocabulary().synonyms.get(key)
    if before is None:
        raise Refused(_("“%(word)s” has no synonyms.") % {"word": key}, field="word")
    store_synonym(key, ())
    changed(actor, WordList.SYNONYM, key, before=", ".join(before))


def reset_synonym(*, actor: Actor, word: str) -> None:
    """Give a word its installed synonyms back; one that was added here goes."""
    allowed(actor)
    if Synonym.objects.filter(word=plain_word(word.strip())).delete()[0]:
        changed(actor, WordList.SYNONYM, plain_word(word.strip()), after=STAR)


def checked_synonym(word: str, same: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Both sides in their stored form; raises Refused where the search could make nothing of them."""
    key = plain_word(tidy(word))
    if len(key.split()) > LONGEST_PHRASE:
        raise Refused(_("A phrase has at most three words."), field="word")
    others = tuple(dict.fromkeys(tidy(each, field="same").lower() for each in same if each.strip()))
    if not others:
        raise Refused(_("Say at least one word that means the same."), field="same")
    if len(others) > MOST_SAME:
        raise Refused(_("At most %(most)s words.") % {"most": MOST_SAME}, field="same")
    if key in {plain_word(each) for each in others}:
        raise Refused(_("A word cannot be its own synonym."), field="same")
    return key, others


def tidy(word: str, *, field: str = "word") -> str:
    """One space between parts; raises Refused for what is no word."""
    said = " ".join(word.split())
    if len(said) < SHORTEST_WORD or not plain(said).strip():
        raise Refused(_("Write a word of two letters or more."), field=field)
    if len(said) > LONGEST_WORD:
        raise Refused(_("A word has at most %(most)s letters.") % {"most": LONGEST_WORD}, field=field)
    return said


def of_kind(words: NeedWords, kind: str) -> tuple[str, ...]:
    """One of the three lists of a need."""
    return {WordKind.TERM.value: words.terms, WordKind.EN.value: words.en, WordKind.ES.value: words.es}[kind]


def allowed(actor: Actor) -> None:
    """Raise Refused for whoever does not keep the directory."""
    if actor != SYSTEM and not may(actor.role, Action.KEEP_DIRECTORY):
        raise Refused(_("Only the people who run this network change its words."))


def _category(category: str, kind: str) -> NeedWords:
    found = next((each for each in vocabulary().needs if each.code == category), None)
    if found is None or need_category(category) is None or category == UNSPECIFIED:
        raise Refused(_("%(code)s is not a need category.") % {"code": category}, field="category")
    if kind not in WordKind.values:
        raise Refused(_("Choose what kind of word it is."), field="kind")
    return found


def set_need_word(category: str, kind: str, word: str, *, removed: bool) -> None:
    """A row only where it differs from what is installed."""
    ours = next(each for each in installed().needs if each.code == category)
    from_files = plain(word) in {plain(each) for each in of_kind(ours, kind)}
    row = Q(category=category, kind=kind, plain=plain(word).strip())
    NeedWord.objects.filter(row).delete()
    if from_files == removed:
        NeedWord.objects.create(
            category=category, kind=kind, plain=plain(word).strip(), word=word, removed=removed
        )


def store_synonym(key: str, same: tuple[str, ...]) -> None:
    """A row only where it differs from what is installed."""
    Synonym.objects.filter(word=key).delete()
    if installed().synonyms.get(key, ()) != same:
        Synonym.objects.create(word=key, same=list(same))


def changed(actor: Actor, which: str, about: str, *, before: str = "", after: str = "") -> None:
    """Write down who did it, and let every process read the words anew."""
    WordsState.objects.update_or_create(id=1, defaults={"token": uuid4()})
    WordChange.objects.create(
        at=now(),
        changed_by_id=actor.user_id,
        changed_by_name=actor.name,
        list=which,
        about=about,
        before=before,
        after=after,
    )
    audit.record("directory.words", actor=actor, subject_type="words", list=which)
