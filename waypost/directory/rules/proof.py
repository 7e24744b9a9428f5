"""What proves that somebody speaks for a listed organization: mail at its domain, a code on its phone.

Pure. Domains that anybody can have an address or a page at prove nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

CODE_DIGITS = 6
CODE_TRIES = 5
CODE_LIFE = timedelta(hours=24)
MOST_CODES = 5  # of one claim
LINK_LIFE = timedelta(hours=48)
MOST_LINKS = 5
LINKS_COUNTED = timedelta(days=30)  # all claims of one organization for one listing together
SETTLES = timedelta(days=30)  # how long what somebody here changed is no proof
MOST_OPEN = 5  # claims of one organization at a time
_TALKING = frozenset({"", "voice", "hotline", "cell", "main", "office"})
_DIALLED = (10, 11)


class CodeAnswer(StrEnum):
    """How a code that was typed in was received."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"  # too many wrong ones: a new code is needed
    EXPIRED = "expired"
    NONE = "none"  # nobody has called yet


@dataclass(frozen=True, slots=True)
class Code:
    """A code as it is kept: when it ends, how often a wrong one was tried."""

    expires_at: datetime | None
    tries: int


def answer_to(code: Code, *, same: bool, now: datetime) -> CodeAnswer:
    """Whether a typed code counts; ``same``: whether it is the right one."""
    if code.expires_at is None:
        return CodeAnswer.NONE
    if code.tries >= CODE_TRIES:
        return CodeAnswer.USED_UP
    if now >= code.expires_at:
        return CodeAnswer.EXPIRED
    return CodeAnswer.RIGHT if same else CodeAnswer.WRONG


def own_domains(*, websites: Iterable[str], emails: Iterable[str], shared: frozenset[str]) -> tuple[str, ...]:
    """Domains that are the organization's own; ``shared`` are those where anybody can be."""
    found = [domain_of_page(each) for each in websites] + [domain_of_mail(each) for each in emails]
    return tuple(sorted({each for each in found if each and not _is_shared(each, shared)}))


def proves(email: str, domains: Iterable[str]) -> bool:
    """Whether mail to this address reaches somebody of the organization: exactly its domain."""
    domain = domain_of_mail(email)
    return bool(domain) and domain in domains


def domain_of_mail(email: str) -> str:
    """ "a@Food.example" → "food.example"; nothing where it is no single address."""
    found = re.fullmatch(r"[\w.+%-]+@((?:[a-z0-9-]+\.)+[a-z]{2,})", email.strip().lower(), re.ASCII)
    return found.group(1) if found else ""


def domain_of_page(address: str) -> str:
    """ "https://www.food.example/pantry" → "food.example"; nothing where it is no address of the web."""
    text = address.strip().lower()
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host, re.ASCII) else ""


def _is_shared(domain: str, shared: frozenset[str]) -> bool:
    """The domain, or one above it, is everybody's: a page at wordpress.com is not wordpress.com."""
    labels = domain.split(".")
    return any(".".join(labels[number:]) in shared for number in range(len(labels)))


def can_be_called(number: str, kind: str) -> bool:
    """A number on which a worker can say a code: national, and not for fax or text."""
    digits = sum(each.isdigit() for each in number)
    return kind.strip().lower() in _TALKING and digits in _DIALLED
