"""One rule of eligibility beside what is known of a person."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from waypost.directory.rules.area import Place, ServesAnswer, serves
from waypost.directory.rules.eligibility import Rule
from waypost.directory.rules.poverty import Guideline, within


class Verdict(StrEnum):
    """Of one reason, or of all together."""

    FITS = "fits"
    NOT_KNOWN = "not_known"
    MAY_NOT = "may_not"


class Known(Protocol):
    """The facts that rules are compared with (``rules.fit.Facts``)."""

    @property
    def age(self) -> int | None:
        """As in ``Facts``."""

    @property
    def age_months(self) -> int | None:
        """As in ``Facts``."""

    @property
    def sex(self) -> str:
        """As in ``Facts``."""

    @property
    def veteran(self) -> bool | None:
        """As in ``Facts``."""

    @property
    def children(self) -> bool | None:
        """As in ``Facts``."""

    @property
    def household_size(self) -> int | None:
        """As in ``Facts``."""

    @property
    def income(self) -> Decimal | None:
        """As in ``Facts``."""

    @property
    def insurance(self) -> str:
        """As in ``Facts``."""

    @property
    def place(self) -> Place | None:
        """As in ``Facts``."""

    @property
    def on(self) -> date | None:
        """As in ``Facts``."""


def judge(rule: Rule, facts: Known, guidelines: Iterable[Guideline] = ()) -> Verdict:
    """Fits, may not, or not known. A rule that is one group among several never says "may not"."""
    meets = _meets(rule, facts, guidelines)
    if meets is None:
        return Verdict.NOT_KNOWN
    if meets:
        return Verdict.FITS
    return Verdict.MAY_NOT if rule.firm else Verdict.NOT_KNOWN


def _meets(rule: Rule, facts: Known, guidelines: Iterable[Guideline]) -> bool | None:
    answers: dict[str, Callable[[], bool | None]] = {
        "age": lambda: _of_age(rule, facts),
        "sex": lambda: facts.sex == rule.value if facts.sex else None,
        "veteran": lambda: _veteran(rule, facts),
        "children": lambda: facts.children,
        "insurance": lambda: facts.insurance == rule.value if facts.insurance else None,
        "residence": lambda: _lives_in(rule, facts),
        "income": lambda: _within_income(rule, facts, guidelines),
    }
    return answers[rule.about]()


def _veteran(rule: Rule, facts: Known) -> bool | None:
    """Who is no veteran may still be of a veteran's family."""
    return None if rule.value == "family" and not facts.veteran else facts.veteran


def _lives_in(rule: Rule, facts: Known) -> bool | None:
    answer = serves([rule.value], facts.place)
    return {ServesAnswer.YES: True, ServesAnswer.NO: False}.get(answer)


def _of_age(rule: Rule, facts: Known) -> bool | None:
    """In months; an age in years alone is anywhere within that year."""
    if facts.age_months is not None:
        first = last = facts.age_months
    elif facts.age is not None:
        first, last = facts.age * 12, facts.age * 12 + 11
    else:
        return None
    inside = [
        (rule.low is None or months >= rule.low) and (rule.high is None or months < rule.high)
        for months in range(first, last + 1)
    ]
    return None if len(set(inside)) > 1 else inside[0]


def _within_income(rule: Rule, facts: Known, guidelines: Iterable[Guideline]) -> bool | None:
    if facts.on is None or rule.high is None:
        return None
    return within(
        guidelines,
        income=facts.income,
        household_size=facts.household_size,
        state=facts.place.state if facts.place else "",
        percent=rule.high,
        strict=rule.strict,
        on=facts.on,
    )
