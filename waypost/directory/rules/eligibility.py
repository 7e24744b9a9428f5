"""Who may come, as a listing says it in words: read only where one reading is possible.

A text is read clause by clause; a clause counts only when the whole of it is one of the forms below.
Anything else ("low income", "must qualify", a "not") stays words for a human.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

LONGEST = 200  # a longer clause is never one of the forms
_LEAD = re.compile(
    r"^(?:(?:clients?|applicants?|participants?|individuals?|people|persons?|anyone|you|must|be|are|is|who|open"
    r"|available|limited|serves?|serving|for|to|the|a|an|all|program|services?|only|eligible|eligibility)\s+)*"
)
_END = re.compile(r"[\s.;:!]+$")
_CLAUSES = re.compile(r"[;\n•]+|\.(?:\s+|$)")
_NOTHING = frozenset(
    "none|no restrictions|no restriction|no requirements|everyone|anyone|all|open to all|open to everyone"
    "|open to anyone|no eligibility requirements".split("|")
)
_YEARS = r"(?:\s*(?:years?|yrs?)(?:\s+old|\s+of\s+age)?)?"
_WHO = (
    r"(?:(?:adults?|seniors?|older adults|youths?|children|teens|people|residents|infants|individuals)\s+)?"
)
_POVERTY = (
    r"(?:\s*of)?(?:\s+the)?\s+(?:federal\s+)?(?:poverty(?:\s+(?:income\s+)?(?:level|line|guidelines?|limit))?"
    r"(?:\s+\(fpl\)|\s+guidelines?)?|fpl)"
)
_ONLY = r"(?:\s+only)?"
_MINOR = r"under\s+(?:the age of\s+)?18"
_INCOME = r"(?:(?:have|with)\s+)?(?:an?\s+)?(?:(?:total|gross|annual|net|household|family)\s+)*incomes?"
_UP_TO = (
    r"(?P<up>(?:\s+(?:must|should|may|can|does|do|not|cannot|be|is|are|exceed(?:s|ing)?|of|at|or|up|to|below"
    r"|under|less|lower|than|no|more|greater|that))+)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``firm``: whoever does not meet it cannot come; else it may be one group among several.

    ``about``: 'age' (``low``/``high`` in months; ``high`` is the first age too old), 'income' (``high`` in
    per cent of the poverty guideline; ``strict`` when that very income is too much), 'sex', 'veteran',
    'children', 'residence' (``value`` is the area), 'insurance'.
    """

    about: str
    words: str
    value: str = ""
    low: int | None = None
    high: int | None = None
    strict: bool = False
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """The rules of a text, and whether some of it could not be read."""

    rules: tuple[Rule, ...]
    unread: bool


_PLACES = r"[A-Z][\w.'-]*(?:(?:\s|,|/|&|\band\b|\bor\b|\bof\b|\bthe\b)+[A-Z][\w.'-]*)*"
_FOR = r"(?i:(?:intended for|must be|must|for|open to|serves|limited to|available to)?\s*(?:an?\s+|all\s+)?)"
_RESIDENCE = (  # place names begin with capitals, which keeps "resident of X, age 55 or over" for a human
    re.compile(
        rf"{_FOR}(?i:residents?\s+of|live\s+in|reside\s+in|living\s+in|residing\s+in)\s+(?i:the\s+)?({_PLACES})(?i:\s+only)?"
    ),
    re.compile(rf"{_FOR}({_PLACES}\s(?:County|Township|City))\s+(?i:residents?(?:\s+only)?)"),
)
Make = Callable[[re.Match[str]], Rule | None]


@lru_cache(maxsize=4096)
def read_eligibility(text: str) -> Read:
    """Rules of a text; ``unread`` when a clause is left for a human."""
    clauses = [each for each in (_tidy(part) for part in _CLAUSES.split(_joined(text))) if each]
    clauses = [each for each in clauses if each.lower() not in _NOTHING]
    rules: list[Rule] = []
    unread = False
    for clause in clauses:
        found = _rule(clause)
        if found is None:
            unread = True
            continue
        sure = len(clauses) == 1 or re.search(r"(?i)\b(must|only|required)\b", clause) is not None
        rules.append(replace(found, words=clause, firm=sure))
    return Read(tuple(rules), unread)


def _joined(text: str) -> str:
    """Illinois Legal Aid Online keeps the standard and its per cent in two cells: two lines of one rule."""
    return re.sub(r"(?i)(federal poverty level)\s*\n+\s*(\d{2,3}%)", r"\1 \2", text)


def _tidy(clause: str) -> str:
    return _END.sub("", " ".join(clause.replace("’", "'").replace("–", "-").split()))


def _rule(clause: str) -> Rule | None:
    if len(clause) > LONGEST:
        return None
    for form in _RESIDENCE:
        if found := form.fullmatch(clause):
            return Rule("residence", "", value=found[1])
    plain = clause.lower()
    for words in dict.fromkeys((_LEAD.sub("", plain), plain)):
        for pattern, make in _FORMS:
            if found := pattern.fullmatch(words):
                return make(found)
    return None


def _age(low: int | None, high: int | None) -> Rule:
    return Rule("age", "", low=low, high=high)


def _percent(found: re.Match[str]) -> Rule | None:
    up = (found.groupdict().get("up") or "").split()
    strict = bool({"below", "under", "less", "lower"} & set(up)) and "or" not in up and "not" not in up
    turned = "not" in up and not {"exceed", "exceeds", "exceeding", "more", "greater"} & set(up)
    plain_words = {"exceed", "exceeds", "more", "greater"} & set(up) and not {"not", "no", "cannot"} & set(up)
    if turned or plain_words:
        return None
    return Rule("income", "", high=int(found["percent"]), strict=strict)


def _form(pattern: str, make: Make) -> tuple[re.Pattern[str], Make]:
    return re.compile(pattern), make


def _months(number: str, unit: str = "year") -> int:
    if unit.startswith("week"):
        return -(-int(number) * 12 // 52)
    return int(number) if unit.startswith("month") else int(number) * 12


_FORMS: tuple[tuple[re.Pattern[str], Make], ...] = (
    _form(
        rf"{_WHO}(?:ages?\s+|aged\s+)?(\d{{1,3}}){_YEARS}\s*(?:\+|(?:and|or|&)\s+(?:over|older|up|above))"
        rf"{_YEARS}(?:\s+only)?",
        lambda found: _age(_months(found[1]), None),
    ),
    _form(
        rf"{_WHO}at least\s+(\d{{1,3}}){_YEARS}", lambda found: _age(_months(found[1]), None)
    ),
    _form(
        rf"{_WHO}(?:ages?|aged|between|from)\s+(\d{{1,3}})\s*(?:-|to|through|and)\s*(\d{{1,3}}){_YEARS}{_ONLY}",
        lambda found: _age(_months(found[1]), _months(found[2]) + 12),
    ),
    _form(
        rf"{_WHO}(?:ages?\s+|aged\s+)?(\d{{1,3}}){_YEARS}\s*(?:and|or|&)\s+(?:under|younger)(?:\s+only)?",
        lambda found: _age(None, _months(found[1]) + 12),
    ),
    _form(
        rf"{_WHO}(?:under|younger than|below)(?:\s+the)?(?:\s+age(?:\s+of)?)?\s+(\d{{1,3}}){_YEARS}{_ONLY}",
        lambda found: _age(None, _months(found[1])),
    ),
    _form(
        rf"{_WHO}(?:ages?\s+)?(\d{{1,2}})\s*(?:-|to)\s*(\d{{1,2}})\s*months(?:\s+old)?(?:\s+only)?",
        lambda found: _age(int(found[1]), int(found[2]) + 1),
    ),
    _form(
        rf"{_WHO}(?:ages?\s+)?(\d{{1,2}})\s*(weeks?|months?)\s*(?:-|to|through)\s*(\d{{1,2}})\s*years?(?:\s+old)?",
        lambda found: _age(_months(found[1], found[2]), _months(found[3]) + 12),
    ),
    _form(
        rf"{_INCOME}{_UP_TO}\s*(?P<percent>\d{{2,3}})\s*(?:%|percent){_POVERTY}", _percent
    ),
    _form(
        rf"(?:{_INCOME}\s+)?(?:at\s+)?(?P<percent>\d{{2,3}})\s*(?:%|percent){_POVERTY}\s+(?P<up>(?:or|and)\s+"
        r"(?:below|less|under|lower))",
        _percent,
    ),
    _form(r"federal poverty level\s*:?\s*(?P<percent>\d{2,3})\s*%", _percent),
    _form(r"(?:women|females?)(?:\s+only)?", lambda found: Rule("sex", "", value="female")),
    _form(r"(?:men|males?)(?:\s+only)?", lambda found: Rule("sex", "", value="male")),
    _form(
        r"(?:u\.?s\.?\s+)?(?:military\s+)?veterans?(?:\s+only)?",
        lambda found: Rule("veteran", "", value="veteran"),
    ),
    _form(
        r"veterans?\s+and\s+(?:their\s+)?(?:families|family members|dependents|spouses)",
        lambda found: Rule("veteran", "", value="family"),
    ),
    _form(
        rf"(?:families|households)\s+with\s+(?:minor\s+)?children(?:\s+{_MINOR})?{_ONLY}"
        rf"|(?:have|has)\s+(?:minor\s+)?children\s+(?:{_MINOR}|in\s+the\s+(?:home|household))",
        lambda found: Rule("children", ""),
    ),
    _form(
        r"(?:uninsured|without\s+(?:health\s+)?insurance|(?:have\s+)?no\s+(?:health\s+)?insurance)(?:\s+only)?",
        lambda found: Rule("insurance", "", value="none"),
    ),
    _form(
        r"(?:have\s+|has\s+|enrolled\s+in\s+|on\s+)?(medicaid|medi-cal|medicare)"
        r"(?:\s+(?:recipients?|members?|enrollees?|beneficiaries))?(?:\s+only)?",
        lambda found: Rule("insurance", "", value={"medi-cal": "medicaid"}.get(found[1], found[1])),
    ),
)  # fmt: skip


def age_rule(low: Decimal | None, high: Decimal | None) -> Rule | None:
    """The columns minimum_age and maximum_age of HSDS (years, both inclusive) as a rule in months.

    Of a whole number of years the whole last year counts; 0.5 is six months, up to the seventh.
    """
    if low is None and high is None:
        return None
    first = None if low is None else int(-(-low * 12 // 1))
    last = None if high is None else int(high * 12) + (12 if high == int(high) else 1)
    return Rule("age", "", low=first, high=last)
