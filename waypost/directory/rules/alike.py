"""How likely two listings are one and the same, and why: a sum of parts that a human can check.

Every part holds its weight and the two values that it compares. Nothing here merges anything: a score
only decides what is put before somebody. Weights: an identifier says most, then phone and address, then the
name; what contradicts counts against (another unit in the house, another kind of help, other numbers in
the name). They are set so that no single sign is enough, except the same tax number with a like name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz

from waypost.directory.rules.names import name_form

PROPOSED = 0.55
EARTH_METRES = 6_371_009.0
# Words that say what is offered, not by whom: alone they are no name.
GENERIC = frozenset(
    "food pantry pantries meal meals service services distribution location site program programs free choice"
    " prepack produce market community mobile kitchen soup groceries grocery center main office hot lunch"
    " dinner breakfast assistance emergency drive thru through pop up stock box boxes senior weekly monthly"
    " outreach ministries church mission help house saint first second united methodist baptist lutheran"
    " catholic presbyterian episcopal".split()
)
# Kinds of help or place by the words of a name: two of them at one address are two things.
KINDS: dict[str, frozenset[str]] = {
    "pantry": frozenset("pantry pantries groceries grocery shelf cupboard produce".split()),
    "meal": frozenset("meal meals kitchen soup lunch dinner breakfast supper cafe dining".split()),
    "thrift": frozenset("thrift resale clothing clothes closet furniture".split()),
    "shelter": frozenset("shelter lodging motel".split()),
    "clinic": frozenset("clinic dental medical pharmacy hospital counseling".split()),
    "school": frozenset("school elementary preschool academy college university".split()),
    "children": frozenset("daycare childcare nursery".split()),
    "work": frozenset("job jobs employment workforce".split()),
    "law": frozenset("legal law attorney immigration".split()),
    "housing": frozenset("housing apartments rent rental".split()),
}
SAME, CLOSE, ALIKE, UNLIKE = 100.0, 90.0, 80.0, 60.0
NEAR, SAME_BLOCK, OTHER_PART_OF_TOWN, OTHER_TOWN = 100, 500, 2_000, 20_000


@dataclass(frozen=True, slots=True)
class Signals:
    """What is compared. ``addresses``: street, unit, ZIP in one form; ``points``: latitude, longitude."""

    name: str
    other_names: tuple[str, ...] = ()
    organization_id: str = ""
    organization: str = ""
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    addresses: tuple[tuple[str, str, str], ...] = ()
    zips: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    tax_ids: tuple[str, ...] = ()
    program: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One reason, for (a positive weight) or against, and what was compared."""

    code: str
    weight: float
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Alike:
    """0 to 1, the sum of the parts, cut off at both ends."""

    score: float
    parts: tuple[Part, ...] = field(default=())

    @property
    def proposed(self) -> bool:
        """Whether somebody should look at the two."""
        return self.score >= PROPOSED


def alike(
    kind: str, a: Signals, b: Signals, common: frozenset[str] = frozenset(), *, in_turn: bool = False
) -> Alike:
    """Compare two listings of one kind. ``common``: numbers and links that many listings share.

    Two places of one organization are never put before anybody: many feeds tell a place once for each service
    there, and nobody reads it twice. ``in_turn``: one came in a feed when the other went, so that they may be
    one place under other words; what was said of it (that it is confidential) must not be lost then.
    """
    if not in_turn and kind == "location" and a.organization_id and a.organization_id == b.organization_id:
        return Alike(0.0)
    parts = [
        *_names(kind, a, b),
        *_organizations(kind, a, b),
        *_tax(a, b),
        *_phones(a, b, common),
        *_links(a, b, common),
        *_where(kind, a, b),
        *_against(kind, a, b),
    ]
    total = round(sum(part.weight for part in parts), 2)
    return Alike(min(1.0, max(0.0, total)), tuple(sorted(parts, key=lambda part: -part.weight)))


def likeness(one: str, other: str) -> float:
    """0 to 100 of two names in one form: the order of words does not matter."""
    first, second = name_form(one), name_form(other)
    if not first or not second:
        return 0.0
    if first.replace(" ", "") == second.replace(" ", ""):
        return SAME
    whole = float(fuzz.token_sort_ratio(first, second))
    short, long = sorted((set(first.split()), set(second.split())), key=len)
    if short <= long and short - GENERIC:
        return max(whole, ALIKE)
    return min(whole, SAME - 1)


def is_generic(name: str) -> bool:
    """Whether a name only says what is offered ("Food Pantry")."""
    return not set(name_form(name).split()) - GENERIC


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance (haversine)."""
    here, there = radians(one[0]), radians(other[0])
    over, along = there - here, radians(other[1] - one[1])
    chord = sin(over / 2) ** 2 + cos(here) * cos(there) * sin(along / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(chord)))


def _names(kind: str, a: Signals, b: Signals) -> Iterable[Part]:
    pairs = [(one, other) for one in (a.name, *a.other_names) for other in (b.name, *b.other_names)]
    one, other = max(pairs, key=lambda pair: likeness(*pair))
    found = likeness(one, other)
    generic = is_generic(one) and is_generic(other)
    if found >= SAME:
        yield Part("name_same", 0.15 if generic else 0.35, one, other)
    elif found >= CLOSE:
        yield Part("name_close", 0.1 if generic else 0.28, one, other)
    elif found >= ALIKE:
        yield Part("name_alike", 0.1 if generic else 0.2, one, other)
    elif found < UNLIKE and not (generic or (kind == "service" and (is_generic(one) or is_generic(other)))):
        yield Part("name_other", -0.25, a.name, b.name)
    elif found < UNLIKE and kind == "service":
        yield Part("name_unlike", -0.1, a.name, b.name)
    mine, theirs = _numbers(a.name), _numbers(b.name)
    if mine != theirs and mine and theirs:
        yield Part("numbers_other", -0.4, a.name, b.name)


def _numbers(name: str) -> frozenset[str]:
    return frozenset(each for each in name_form(name).split() if each.isdigit())


def _organizations(kind: str, a: Signals, b: Signals) -> Iterable[Part]:
    if kind == "organization" or not a.organization or not b.organization:
        return
    if a.organization_id and a.organization_id == b.organization_id:
        yield Part("organization_same", 0.15, a.organization, b.organization)
        if likeness(a.name, b.name) < CLOSE:
            yield Part("own_names", -0.3, a.name, b.name)
        return
    found = likeness(a.organization, b.organization)
    if found >= CLOSE:
        yield Part("organization_close", 0.25, a.organization, b.organization)
    elif found >= ALIKE:
        yield Part("organization_alike", 0.15, a.organization, b.organization)
    elif found < UNLIKE:
        yield Part("organization_other", -0.25, a.organization, b.organization)


def _tax(a: Signals, b: Signals) -> Iterable[Part]:
    if a.tax_ids and b.tax_ids:
        same = set(a.tax_ids) & set(b.tax_ids)
        yield Part(
            "tax_id_same" if same else "tax_id_other", 0.4 if same else -0.6, a.tax_ids[0], b.tax_ids[0]
        )


def _phones(a: Signals, b: Signals, common: frozenset[str]) -> Iterable[Part]:
    same = sorted(set(a.phones) & set(b.phones), key=lambda each: each in common)
    if same and same[0] in common:
        yield Part("phone_of_many", 0.1, same[0], same[0])
    elif same:
        yield Part("phone_same", 0.3, same[0], same[0])
    elif a.phones and b.phones:
        yield Part("phone_other", -0.1, a.phones[0], b.phones[0])


def _links(a: Signals, b: Signals, common: frozenset[str]) -> Iterable[Part]:
    same = sorted(set(a.links) & set(b.links), key=lambda each: each in common)
    if same:
        yield Part("link_same", 0.05 if same[0] in common else 0.15, same[0], same[0])


def _where(kind: str, a: Signals, b: Signals) -> Iterable[Part]:
    houses = {(street, code) for street, _unit, code in a.addresses} & {
        (street, code) for street, _unit, code in b.addresses
    }
    if houses:
        yield _house(min(houses), a, b)
        return
    far = min((metres(one, other) for one in a.points for other in b.points), default=None)
    if a.addresses and b.addresses and kind == "location":
        yield Part("address_other", -0.4, _line(a.addresses[0]), _line(b.addresses[0]))
    if far is not None:
        weights = ((NEAR, 0.2), (SAME_BLOCK, 0.05), (OTHER_PART_OF_TOWN, 0.0), (OTHER_TOWN, -0.2))
        weight = next((weight for limit, weight in weights if far <= limit), -0.4)
        if weight:
            yield Part("near" if weight > 0 else "far", weight, f"{far:.0f}", f"{far:.0f}")
    elif a.zips and b.zips and not set(a.zips) & set(b.zips):
        areas = {each[:3] for each in a.zips} & {each[:3] for each in b.zips}
        yield Part("zip_other", -0.15 if areas else -0.4, a.zips[0], b.zips[0])
    elif a.zips and b.zips:
        shared = min(set(a.zips) & set(b.zips))
        yield Part("zip_same", 0.05, shared, shared)


def _house(house: tuple[str, str], a: Signals, b: Signals) -> Part:
    mine, theirs = (
        {unit for street, unit, code in each.addresses if (street, code) == house} for each in (a, b)
    )
    street, code = house
    if mine & theirs:
        return Part("address_same", 0.3, f"{street}, {code}", f"{street}, {code}")
    if "" in mine | theirs:
        return Part("house_same", 0.22, f"{street}, {code}", f"{street}, {code}")
    return Part("unit_other", -0.15, f"{street} #{min(mine)}, {code}", f"{street} #{min(theirs)}, {code}")


def _line(address: tuple[str, str, str]) -> str:
    street, unit, code = address
    return f"{street} #{unit}, {code}" if unit else f"{street}, {code}"


def _against(kind: str, a: Signals, b: Signals) -> Iterable[Part]:
    mine, theirs = _kinds(a.name), _kinds(b.name)
    if mine and theirs and not mine & theirs:
        yield Part("kind_other", -0.3, a.name, b.name)
    if kind == "service":
        if a.needs and b.needs and not set(a.needs) & set(b.needs):
            yield Part("needs_other", -0.25, ", ".join(a.needs), ", ".join(b.needs))
        if a.program and b.program and likeness(a.program, b.program) < ALIKE:
            yield Part("program_other", -0.15, a.program, b.program)


def _kinds(name: str) -> frozenset[str]:
    words = set(name_form(name).split())
    return frozenset(kind for kind, marks in KINDS.items() if words & marks)
