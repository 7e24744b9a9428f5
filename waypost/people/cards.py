"""People as the rest of the house sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A way to reach somebody."""

    kind: str
    value: str
    postal_code: str
    may_text: bool
    may_leave_message: bool
    note: str
    safety: str = ""
    safe_hours: str = ""
    code_word: str = ""
    belongs_to: str = ""
    may_call: bool = True

    @property
    def usable(self) -> bool:
        """Whether it may be used for anything: safe, and for a phone, to call or to text."""
        return self.safety != "not_safe" and (self.kind != "phone" or self.may_call or self.may_text)

    @property
    def callable(self) -> bool:
        """Whether somebody may call it."""
        return self.kind == "phone" and self.safety != "not_safe" and self.may_call


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One organization's record of a human. ``own``: held by the organization that asks."""

    id: UUID
    holder_id: UUID
    own: bool
    given_name: str
    family_name: str
    called: str
    pronouns: str
    birth_date: date | None
    age: int | None
    language: str
    interpreter_needed: bool
    household_size: int | None
    usual_provider: str
    registered_at: datetime
    contacts: tuple[ContactCard, ...]

    @property
    def name(self) -> str:
        """Full name."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def first(self) -> str:
        """The name to address somebody by."""
        return self.called or self.given_name or self.family_name

    @property
    def initials(self) -> str:
        """ "R. D.": what lists show where a name would tell too much."""
        return " ".join(f"{part[0]}." for part in (self.given_name, self.family_name) if part)

    @property
    def phone(self) -> str:
        """The first phone number that may be used, or nothing."""
        return next((each.value for each in self.contacts if each.kind == "phone" and each.usable), "")

    def phone_to_tell(self, *, alone: bool = False) -> ContactCard | None:
        """The first phone to call, or else to text; ``alone``: for what a young person asked for alone, no
        parent's."""
        fitting = [
            each
            for each in self.contacts
            if each.kind == "phone" and each.usable and not (alone and each.belongs_to)
        ]
        return next((each for each in fitting if each.may_call), fitting[0] if fitting else None)

    @property
    def postal_code(self) -> str:
        """ZIP of the first address that has one."""
        return next((each.postal_code for each in self.contacts if each.postal_code), "")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line in a list of one's own people."""

    id: UUID
    name: str
    birth_date: date | None
    age: int | None
    language: str
    phone: str


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A record elsewhere that is the same human."""

    id: UUID
    person_id: UUID
    other_person_id: UUID
    other_holder_id: UUID
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Likeness:
    """A likely duplicate among one's own people, and why."""

    person: PersonRow
    score: int
    reasons: tuple[str, ...]
