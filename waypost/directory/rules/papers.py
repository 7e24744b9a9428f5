"""Which papers a listing asks for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PAPERS = {
    "photo_id": r"\b(i\.d\.|id|identification)(?!\w)|\bdriver'?s licen[cs]e\b|\bpassport\b",
    "proof_of_address": r"\b(proof|verification) of (address|residenc[ey])\b|\butility bill\b|\blease\b",
    "proof_of_income": r"\b(proof|verification) of income\b|\bpay ?stubs?\b|\btax return\b",
    "birth_certificate": r"\bbirth certificates?\b",
    "social_security_card": r"\bsocial security (card|number)s?\b",
    "insurance_card": r"\b(insurance|medicaid|medi-cal|medicare) cards?\b|\bproof of insurance\b",
}
_NOTHING = re.compile(r"^\s*(no|none|nothing|no documents?.*)\.?\s*$", re.I)
_OR = re.compile(r"\b(or|either|any of)\b", re.I)


@dataclass(frozen=True, slots=True)
class Papers:
    """``kinds`` that are needed for certain; ``unread``: some words name none, or a choice of several."""

    words: tuple[str, ...]
    kinds: frozenset[str]
    unread: bool


def papers_needed(documents: Iterable[str]) -> Papers:
    """The papers of a listing, as kinds."""
    words = tuple(each.strip() for each in documents if each.strip() and not _NOTHING.match(each))
    kinds: set[str] = set()
    unread = False
    for each in words:
        found = {kind for kind, pattern in PAPERS.items() if re.search(pattern, each, re.I)}
        if found and not _OR.search(each):
            kinds |= found
        else:
            unread = True
    return Papers(words, frozenset(kinds), unread)
