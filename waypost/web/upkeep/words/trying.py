"""What would somebody find who types this, now and with a change that is not stored yet?"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waypost.directory.choices import WordKind, WordList
from waypost.directory.selectors import Tried, need_category_name, tried
from waypost.directory.services import checked_synonym, tidy
from waypost.directory.vocabulary import Vocabulary, with_need_word, with_synonym
from waypost.kernel.errors import Refused
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.paging import words_of
from waypost.web.upkeep.words.tabs import frame


@dataclass(frozen=True, slots=True)
class Side:
    """One column of the answer."""

    title: str
    tried: Tried
    needs: tuple[str, ...]


@require_safe
@wants(Action.KEEP_DIRECTORY)
def try_words(request: StaffRequest) -> HttpResponse:
    """The words as the search reads them, the needs that are meant, and the first five listings."""
    words, problem, instead = words_of(request) or words_of(request, "word"), "", None
    try:
        instead = _change(request)
    except Refused as refused:
        problem = refused.message
    sides = []
    if words:
        sides.append(_side(_("Now"), tried(words)))
        if instead:
            sides.append(_side(_("With the change"), tried(words, instead)))
    given = {name: words_of(request, name) for name in ("word", "same", "need", "kind")}
    context = frame(request, "", WordList.NEED) | {
        "words": words,
        "sides": sides,
        "problem": problem,
        "given": {name: value for name, value in given.items() if value},
    }
    return render(request, "web/upkeep/words/try.html", context)


def _side(title: str, found: Tried) -> Side:
    return Side(title, found, tuple(need_category_name(code) for code in found.needs))


def _change(request: StaffRequest) -> Vocabulary | None:
    """The change in the address: a new word for a need, or synonyms of a word."""
    word, same = words_of(request, "word"), request.GET.get("same", "").replace("\x00", "")[:1000]
    need, kind = words_of(request, "need"), words_of(request, "kind")
    if word and need and kind in WordKind.values:
        return with_need_word(need, kind, tidy(word))
    if word and same:
        return with_synonym(*checked_synonym(word, same.split(",")))
    return None
