"""What the description of the API says in words, for the people who write programs against it."""

from waypost.web.api.asked import MOST, MOST_FULL, MOST_IDS, MOST_MINIMAL, PER_PAGE

ABOUT = (
    "Open to all, for reading; no key, no cookie. Ids are this installation's own; an id that a feed gave is"
    " understood too where only one listing has it. Lists are in the order of ids. What is hidden, expired or"
    " confidential is not answered."
)
PARAMETER_WORDS = {
    "search": "Words that must stand in the service, its organization, needs and terms; a phrase in quotation"
    " marks; a word after a minus must not.",
    "page": "The number of the page, from 1.",
    "per_page": f"How many on a page: {PER_PAGE} unless said, {MOST} at most, {MOST_FULL} of full objects,"
    f" {MOST_MINIMAL} of minimal ones; a larger number is taken for the most.",
    "format": "json, or ndjson: one object a line, without the envelope; without a page named, all of them.",
    "hsds_version": "3.2, or 3.3 for the words of the newer version, as far as they differ.",
    "taxonomy_term_id": f"Only what carries this term. Up to {MOST_IDS} times: all of them.",
    "taxonomy_id": f"Only what carries a term of this taxonomy. Up to {MOST_IDS} times: all of them.",
    "organization_id": "Only services of this organization.",
    "modified_after": "Only what changed at this moment or later, here or by the word of its feed.",
    "minimal": "Ids and moments of the last change alone.",
    "full": "Objects with everything inside.",
    "full_service": "Organizations with their services in full.",
    "postcode": "Whose service area, where one is said, takes in this ZIP code.",
    "proximity": "Metres from the middle of the postcode within which the place lies.",
    "parent_id": "Only terms below this one.",
    "top_only": "Only terms that are below no other.",
}
