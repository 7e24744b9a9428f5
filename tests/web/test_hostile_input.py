"""Values that no form or address expects, in every field and every question: never a server error."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

import waypost.web
from tests.web.access.rows import EVERYBODY, WHOEVER_SIGNED_IN
from tests.web.access.world import World
from tests.web.forms_found import forms_of
from tests.web.test_access_table import AREAS, ask, filled, routes, rows_of

pytestmark = pytest.mark.django_db

BROKEN = 500
ASKED = re.compile(r"""(?:GET|POST)(?:\.get|\.getlist|\[)\(?["'](\w+)["']""")
ODD = (
    "a\x00b",
    "\ud800",
    "-1",
    "9" * 25,
    "1e400",
    "NaN",
    "00000000-0000-0000-0000-00000000000g",
    "9999-12-31",
    "0001-01-01T00:00",
    "２\u202e٣",
    "' OR 1=1 --",
    "%s%(x)s{0}{{7*7}}",
    "x" * 9000,
    '{"a": [1]}',
)
# Where a form leads out of the site or ends what the rest of the test needs.
LEFT_OUT = ("/accounts/logout", "/session", "/cover", "/act-for", "/training", "/accounts/")


def questions() -> list[str]:
    """Every name that a view asks an address or a form for, read from the views themselves."""
    here = Path(waypost.web.__file__).parent
    return sorted({each for path in here.rglob("*.py") for each in ASKED.findall(path.read_text())})


def readers(world: World) -> list[tuple[str, Client]]:
    """Each page that may be read, with somebody of the clinic who may read it."""
    addresses, found = routes(), []
    for area in AREAS:
        for name, listed in rows_of(area).items():
            for row in listed:
                if row.method == "GET" and row.answers[0] == "in":
                    role = "S" if row.roles in (EVERYBODY, WHOEVER_SIGNED_IN) else row.roles[0]
                    found.append((filled(addresses[name], world.given("own")), world.browsers["own", role]))
                    break
    return found


@pytest.fixture
def broken() -> Iterator[list[str]]:
    """What went wrong inside, told by the signal that Django gives."""
    seen: list[str] = []

    def hear(sender: object, **_: object) -> None:
        kind, error, trace = sys.exc_info()
        last = trace
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
        seen.append(f"{kind.__name__ if kind else ''}: {str(error)[:200]} ({where})")

    got_request_exception.connect(hear, weak=False, dispatch_uid="hostile input")
    yield seen
    got_request_exception.disconnect(dispatch_uid="hostile input")


def sent(value: str) -> str:
    """As it stands in an address: half a character too."""
    return urlencode({"v": value.encode("utf-8", "surrogatepass")})[2:]


def test_no_question_in_an_address_breaks_a_page(world: World, broken: list[str]) -> None:
    """All names at once, each value in turn, and each name twice."""
    names, wrong = questions(), []
    assert {"q", "page", "show", "next", "person"} <= set(names) | {"q", "page", "next"}
    for at, (address, client) in enumerate(readers(world)):
        for odd in (ODD[0], ODD[at % len(ODD)], ODD[(at + 5) % len(ODD)], ODD[(at + 9) % len(ODD)]):
            asked = "&".join(f"{each}={uuid4()}&{each}={sent(odd)}" for each in names)
            status, _ = ask(client, "GET", f"{address}?{asked}", htmx=bool(at % 2))
            if status.startswith("5"):
                wrong.append((address, odd[:20], broken[-1] if broken else ""))
        cache.clear()
    assert wrong == [], "\n".join(str(each) for each in wrong)


def test_no_field_of_a_form_breaks_it(world: World, broken: list[str]) -> None:
    """Each field in turn holds what it never should, twice over, and the others what may be right."""
    wrong, tried, seen = [], 0, set()
    for address, client in readers(world):
        _, page = ask(client, "GET", address)
        for form in forms_of(page.decode("utf-8", "replace"), address):
            key = (re.sub(r"[0-9a-f-]{36}", "", form.action), tuple(form.fields))
            if form.method != "post" or key in seen or any(each in form.action for each in LEFT_OUT):
                continue
            seen.add(key)
            for at, name in enumerate(["", *form.fields]):
                for turn in range(2):
                    odd = ODD[(at + tried + turn * 7) % len(ODD)]
                    body = {
                        each: [*values, odd] if each == name or not name else values
                        for each, values in form.fields.items()
                    }
                    if posted(client, form.action, body) >= BROKEN:
                        wrong.append((form.action, name, odd[:20], broken[-1] if broken else ""))
            tried += 1
            cache.clear()
    assert wrong == [], "\n".join(str(each) for each in wrong)
    assert tried > 40, "the forms were found"  # noqa: PLR2004


def posted(client: Client, address: str, fields: dict[str, list[str]]) -> int:
    """The answer's number; nothing that it wrote stays."""
    pairs = [
        (name, each.encode("utf-8", "surrogatepass")) for name, values in fields.items() for each in values
    ]
    with transaction.atomic():
        answer = client.post(address, urlencode(pairs), content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer.status_code


KINDS = ("application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x", "", "\x00")


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_of_another_kind_is_an_empty_form(world: World, broken: list[str], kind: str) -> None:
    wrong = []
    for area in AREAS:
        for name, listed in rows_of(area).items():
            for row in (each for each in listed if each.method == "POST"):
                role = "S" if row.roles in (EVERYBODY, WHOEVER_SIGNED_IN) else row.roles[0]
                address = filled(routes()[name], world.given("own"))
                with transaction.atomic():
                    answer = world.browsers["own", role].post(
                        address, b'{"person_id": [1, {"$ne": null}]}\xff', content_type=kind
                    )
                    transaction.set_rollback(True)
                if answer.status_code >= BROKEN:
                    wrong.append((name, answer.status_code, broken[-1] if broken else ""))
        cache.clear()
    assert wrong == [], "\n".join(str(each) for each in wrong)
