"""The pages of the training, read from the files beside this one (``training-*.json``)."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from waypost.kernel.clock import today

FOLDER = Path(__file__).parent
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its paragraphs."""

    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers; ``right`` is the value of the right one, ``why`` says why."""

    key: str
    ask: str
    options: tuple[tuple[str, str], ...]
    right: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """One version of the training in one language."""

    version: str
    title: str
    intro: str
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    renew_after: timedelta


def current_page(language: str = FALLBACK, *, on: date | None = None) -> Page:
    """The version in force on a day, in this language (English where it lacks one)."""
    day = (on or today()).isoformat()
    known = [each for each in _versions() if each["valid_from"] <= day]
    return _page(known[-1], language)


@cache
def _versions() -> list[dict[str, Any]]:
    """Every version, oldest first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("training-*.json")]
    return sorted(found, key=lambda each: str(each["valid_from"]))


def _page(raw: dict[str, Any], language: str) -> Page:
    def said(words: dict[str, str]) -> str:
        return words.get(language) or words[FALLBACK]

    return Page(
        version=raw["version"],
        title=said(raw["title"]),
        intro=said(raw["intro"]),
        parts=tuple(
            Part(said(part["title"]), tuple(said(each) for each in part["words"])) for part in raw["parts"]
        ),
        questions=tuple(
            Question(
                key=each["key"],
                ask=said(each["ask"]),
                options=tuple((option["value"], said(option["words"])) for option in each["options"]),
                right=each["right"],
                why=said(each["why"]),
            )
            for each in raw["questions"]
        ),
        renew_after=timedelta(days=raw["renew_after_days"]),
    )
