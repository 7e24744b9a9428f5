"""Every address × role × relation: who gets in, who does not, and that no address was forgotten."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.web.access import directory, guarding, members, office, people, public, referrals, upkeep
from tests.web.access.rows import (
    DOOR,
    EVERYBODY,
    IN,
    METHODS,
    NONE,
    RELATIONS,
    ROLES,
    WHOEVER_SIGNED_IN,
    Row,
    called,
    rows,
)
from tests.web.access.world import World
from tests.web.addresses import patterns

pytestmark = pytest.mark.django_db
AREAS = {
    "people": people.TABLE,
    "referrals": referrals.TABLE,
    "office": office.TABLE,
    "members": members.TABLE,
    "guarding": guarding.TABLE,
    "directory": directory.TABLE,
    "upkeep": upkeep.TABLE,
    "public": public.TABLE,
}
OUT = {"403", "404", "405", DOOR}
HOW = "; how to write a row: docs/how-to/say-who-may-open-a-page.md"
ENOUGH = ("own", "referred", "stranger")
# Words of Rosa's and of her helpers that nobody may read who is kept out.
HERS = (b"Rosa", b"Delgado", b"206-555-0143", b"Grace")
RESET = "account_reset_password_from_key"


def routes() -> dict[str, str]:
    """Each name with its address; the one with a pattern of its own is filled in by hand."""
    found = {str(entry.name): route for route, entry in patterns()}
    return found | {RESET: "accounts/password/reset/key/1-set-password/"}


def rows_of(area: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows(AREAS[area]):
        found.setdefault(row.name, []).append(row)
    return found


def test_every_address_has_its_rows_and_no_row_is_without_address() -> None:
    rowed = {name for area in AREAS for name in rows_of(area)}
    missing = sorted(set(routes()) - rowed)
    assert missing == [], f"Say who may open these{HOW}: {missing}"
    gone = sorted(rowed - set(routes()))
    assert gone == [], f"These addresses are gone, take their rows out: {gone}"


def test_no_address_is_without_a_name() -> None:
    assert [route for route, entry in patterns() if not entry.name] == []


def test_no_name_stands_in_two_areas_or_twice_with_the_same_role() -> None:
    seen: set[tuple[str, str, str]] = set()
    for area in AREAS:
        for each in (row for found in rows_of(area).values() for row in found):
            for role in each.roles:
                assert (each.name, each.method, role) not in seen, each
                seen.add((each.name, each.method, role))


def expected(found: list[Row], method: str, role: str, relation: str) -> set[str]:
    """What the table says; where it says nothing, any way of staying out is right."""
    for row in found:
        if row.method == method and (role in row.roles or row.roles in (EVERYBODY, WHOEVER_SIGNED_IN)):
            return {row.expected(relation)}
    return OUT - {DOOR}


def filled(route: str, given: dict[str, object]) -> str:
    """The address; a parameter that the world has nothing for gets an id of nothing."""
    parts = []
    for part in route.split("/"):
        name = part[1:-1].split(":")[-1] if part.startswith("<") and part.endswith(">") else ""
        parts.append(str(given.get(name) or _nothing(part)) if name else part)
    return "/" + "/".join(parts)


def _nothing(part: str) -> object:
    return 1_000_000 if part.startswith("<int:") else uuid4()


def ask(client: Client, method: str, address: str, *, htmx: bool = False) -> tuple[str, bytes]:
    """The answer by its name, and the page; nothing that the request wrote stays."""
    headers = {"HX-Request": "true"} if htmx else {}
    cookies = {name: each.value for name, each in client.cookies.items()}
    with transaction.atomic():
        answer = getattr(client, method.lower())(address, headers=headers)
        page = b"" if answer.streaming else answer.content
        where = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return called(answer.status_code, where), page


@pytest.mark.parametrize("area", AREAS)
def test_each_cell(world: World, area: str) -> None:
    """All roles of an organization of each relation, whole pages and parts of pages by turns.

    Only a method that has no row at all is tried on a few relations: it lets nobody in anywhere.
    """
    addresses, wrong, told = routes(), [], []
    for name, found in rows_of(area).items():
        about_her = any(len(row.answers) > 1 for row in found)
        for method in METHODS:
            listed = "".join(row.roles for row in found if row.method == method)
            for at, relation in enumerate(RELATIONS if about_her else (NONE,)):
                address = filled(addresses.get(name, ""), world.given(relation))
                for turn, role in enumerate(ROLES):
                    if about_her and not listed and relation not in ENOUGH:
                        continue
                    client = world.browsers[relation, role]
                    seen, page = ask(client, method, address, htmx=bool((turn + at) % 2))
                    if seen not in expected(found, method, role, relation):
                        wrong.append((name, method, relation, role, seen))
                    if seen in OUT and any(each in page for each in HERS):
                        told.append((name, method, relation, role))
                cache.clear()
    assert told == [], "kept out, and yet told"
    assert wrong == [], f"Judge each of these by hand{HOW}:\n" + "\n".join(by_row(wrong))


def by_row(wrong: list[tuple[str, str, str, str, str]]) -> Iterator[str]:
    """What was seen, put together as rows are written, for a human to judge."""
    for name, method in dict.fromkeys((each[0], each[1]) for each in wrong):
        for relation in (*RELATIONS, NONE):
            seen: dict[str, str] = {}
            for each in wrong:
                if each[:3] == (name, method, relation):
                    seen[each[4]] = seen.get(each[4], "") + each[3]
            if seen:
                yield f"{name} {method} {relation}: " + ", ".join(
                    f"{who} {what}" for what, who in seen.items()
                )


@pytest.mark.parametrize("area", AREAS)
def test_nobody_and_members_of_nothing(world: World, area: str) -> None:
    """Nobody is sent to the door; who belongs to no organization is told so (403)."""
    addresses, wrong = routes(), []
    for name, found in rows_of(area).items():
        address = filled(addresses.get(name, ""), world.given("own"))
        for method in METHODS:
            row = next((each for each in found if each.method == method), None)
            open_to = row.roles if row else ""
            for who, client in (("nobody", Client()), ("of nothing", world.member_of_nothing)):
                for htmx in (False, True):
                    answer, page = ask(client, method, address, htmx=htmx)
                    let = open_to == EVERYBODY or (open_to == WHOEVER_SIGNED_IN and who != "nobody")
                    shut = (
                        OUT if any(each.roles in (EVERYBODY, WHOEVER_SIGNED_IN) for each in found) else None
                    )
                    right = {row.answers[0]} if row and let else shut or {DOOR if who == "nobody" else "403"}
                    if answer not in right or (answer != IN and any(each in page for each in HERS)):
                        wrong.append((name, method, who, answer))
    assert wrong == [], f"who is not let in stays out{HOW}"
