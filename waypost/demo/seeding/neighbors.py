"""The people of Cedar County: names, ages, languages, homes and phones, none of them real."""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from waypost.demo.seeding.data import read
from waypost.people.services import Contact, Identity

AREA_CODES = ("206", "253", "360", "425", "509")  # with 555-01xx: numbers kept for fiction
NUMBERS = 100


@dataclass(frozen=True)
class Neighbor:
    """Somebody with a need, before any organization knows of it."""

    identity: Identity
    contacts: tuple[Contact, ...]
    age: int
    language: str

    @property
    def name(self) -> str:
        """Full name."""
        return f"{self.identity.given_name} {self.identity.family_name}"

    @property
    def phone(self) -> str:
        """The number to call, or nothing."""
        return next((each.value for each in self.contacts if each.kind == "phone"), "")


def neighbors(count: int, chance: Random, on: date) -> list[Neighbor]:
    """So many different people; ages are counted on the day of seeding."""
    lines = [f"{code}-555-{100 + n:04d}" for n in range(NUMBERS) for code in AREA_CODES]
    lines = [line for line in lines if line not in _lines_of_faces()]
    chance.shuffle(lines)
    names: dict[str, None] = {}
    made: list[Neighbor] = []
    while len(made) < count:
        name = _name(chance)
        if name.whole in names:
            continue
        names[name.whole] = None
        phone = lines[len(made) % len(lines)] if chance.random() > 0.04 else ""
        made.append(_neighbor(chance, on, name, phone))
    return made


def _lines_of_faces() -> set[str]:
    return {str(each["phone"]["value"]) for each in read("faces").values()}


@dataclass(frozen=True)
class _Name:
    language: str
    she: bool
    given: str
    family: str

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}"


def _name(chance: Random) -> _Name:
    languages: dict[str, Any] = read("names")["languages"]
    (language,) = chance.choices(list(languages), [each["weight"] for each in languages.values()])
    she = chance.random() < 0.58
    told = languages[language]
    return _Name(language, she, chance.choice(told["she" if she else "he"]), chance.choice(told["family"]))


def _neighbor(chance: Random, on: date, name: _Name, phone: str) -> Neighbor:
    age = min(96, max(3, round(chance.gauss(45, 21))))
    told = read("names")["languages"][name.language]
    identity = Identity(
        given_name=name.given,
        family_name=name.family,
        pronouns=chance.choice(["", "", "she/her" if name.she else "he/him"]),
        birth_date=born(on, age, chance.randint(1, 12), chance.randint(1, 28))
        if chance.random() > 0.05
        else None,
        language=name.language,
        interpreter_needed=chance.randint(1, 100) <= told["interpreter"],
        household_size=chance.choices([None, 1, 2, 3, 4, 5, 6, 7], [8, 30, 20, 14, 13, 8, 5, 2])[0],
    )
    return Neighbor(identity=identity, contacts=_contacts(chance, phone), age=age, language=name.language)


def born(on: date, age: int, month: int, day: int) -> date:
    """The birth date of somebody who has completed ``age`` years on that day."""
    later = (month, day) > (on.month, on.day)
    return date(on.year - age - later, month, day)


def _contacts(chance: Random, phone: str) -> tuple[Contact, ...]:
    towns = read("towns")
    (town,) = chance.choices(towns["zips"], [each["weight"] for each in towns["zips"]])
    street = f"{chance.randint(1, 1900)} {chance.choice(towns['streets'])}, {town['town']}"
    at_home = Contact(kind="address", value=street if chance.random() > 0.1 else "", postal_code=town["zip"])
    if not phone:
        return (at_home,)
    by_phone = Contact(
        kind="phone",
        value=phone,
        may_text=chance.random() < 0.6,
        may_leave_message=chance.random() < 0.5,
        note=chance.choices(["", "Only in the evening", "Daughter answers", "Not on Fridays"], [85, 6, 5, 4])[
            0
        ],
    )
    return (by_phone, at_home)
