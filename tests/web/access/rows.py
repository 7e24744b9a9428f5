"""The rows of the table: how they are written, and what a cell says."""

from collections.abc import Iterator
from dataclasses import dataclass

ROLES = {
    "C": "coordinator",
    "R": "referrer",
    "I": "intake_worker",
    "S": "supervisor",
    "N": "integrator",
    "P": "privacy_officer",
}
RELATIONS = ("own", "referred", "linked", "ended", "recalled", "stranger", "victim")
NONE = "none"  # an address with no person or record of an organization in it
METHODS = ("GET", "POST")
EVERYBODY, WHOEVER_SIGNED_IN, MEMBERS = "*", "+", "CRISNP"

# What an answer is called: "in" is the page or an answer to the form, errors in the form included.
IN, DOOR = "in", "door"
CALLED = {403: "403", 404: "404", 405: "405", 410: "410", 429: "429"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: these roles get these answers, by relation; all other roles stay out."""

    name: str
    method: str
    roles: str
    answers: tuple[str, ...]

    def expected(self, relation: str) -> str:
        """The answer for an organization of this relation; one answer stands for all."""
        return self.answers[RELATIONS.index(relation)] if len(self.answers) > 1 else self.answers[0]


def rows(table: str) -> Iterator[Row]:
    """Lines ``name METHOD roles answers``: one answer for all, or one for each of RELATIONS."""
    for line in table.strip().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        name, method, roles, *answers = words
        known = roles in (EVERYBODY, WHOEVER_SIGNED_IN) or set(roles) <= set(ROLES)
        if method not in METHODS or not known or len(answers) not in (1, len(RELATIONS)):
            raise ValueError(f"not a row: {line}")
        yield Row(name, method, roles, tuple(answers))


def called(status: int, location: str) -> str:
    """What this answer is called in the table."""
    if "/accounts/login/" in location:
        return DOOR
    if location.endswith(("/account/training/", "/members/second-step/")):
        return "not ready"  # the training or the second step comes first
    return CALLED.get(status, IN if status < 500 else str(status))  # noqa: PLR2004 - HTTP
