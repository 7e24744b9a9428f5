"""Why a listing was found, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from waypost.directory.cards import ListingCard
from waypost.directory.needs import need_category_name
from waypost.directory.rules.asking import Term, plain_word

_STEM = 4


def why(card: ListingCard, said: Iterable[Term], meant: Iterable[str]) -> tuple[str, ...]:
    """Where each of the words stands: name, organization, description; by which other word; which need.

    Only what explains something: no need beside a word that stands there, and nothing to whoever typed the
    name of a need with which the service helps.
    """
    needs = [need_category_name(code) for code in meant if code in card.need_categories]
    named = {plain_word(need) for need in needs}
    asked = [term for term in said if plain_word(term.typed) not in named]
    reasons: dict[str, None] = {}
    places = (
        (card.service_name, _("%(word)s is in its name")),
        (card.organization_name, _("%(word)s is in the organization's name")),
        ("" if card.is_victim_service else card.description, _("%(word)s is in its description")),
    )
    for term in asked:
        found = next((words for text, words in places if _holds(text, term.typed)), "")
        if found:
            reasons[found % {"word": f"“{term.typed}”"}] = None
            continue
        for other in term.same:
            if any(_holds(text, other) for text, _words in places):
                reasons[f"{term.typed} → {other}"] = None
                break
    if asked and not reasons:
        return tuple(_("It helps with: %(need)s") % {"need": need} for need in needs)
    return tuple(reasons)


def _holds(text: str, word: str) -> bool:
    """The word stands there, or one that begins as it does without its ending."""
    stem = plain_word(word)
    stem = stem[:-1] if len(stem) > _STEM and stem.endswith(("s", "y")) else stem
    return f" {stem}" in f" {' '.join(plain_word(text).replace('/', ' ').replace('-', ' ').split())}"
