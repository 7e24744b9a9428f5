"""What would somebody find who types this: the words as the search reads them, and the first hits."""

from dataclasses import dataclass
from uuid import UUID

from waypost.directory.rules.asking import Term
from waypost.directory.selectors.asked import SearchQuery
from waypost.directory.selectors.search import search
from waypost.directory.selectors.understood import understand
from waypost.directory.vocabulary import Vocabulary, trying, vocabulary

SHOWN = 5


@dataclass(frozen=True, slots=True)
class TriedHit:
    """A hit with why it was found."""

    service_id: UUID
    service_name: str
    organization_name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """``terms``: the words as read, with their synonyms. ``needs``: codes that are meant."""

    terms: tuple[Term, ...]
    needs: tuple[str, ...]
    did_you_mean: str
    hits: tuple[TriedHit, ...]
    total: int


def tried(words: str, instead: Vocabulary | None = None) -> Tried:
    """Search as anybody would; with ``instead``, as if those words held already."""
    with trying(instead or vocabulary()):
        said = understand(words)
        found = search(SearchQuery(words=words, per_page=SHOWN))
        return Tried(
            terms=said.terms,
            needs=said.needs,
            did_you_mean=found.did_you_mean,
            hits=tuple(
                TriedHit(
                    hit.listing.id, hit.listing.service_name, hit.listing.organization_name, tuple(hit.why)
                )
                for hit in found.hits
            ),
            total=found.total,
        )
