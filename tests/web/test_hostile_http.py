"""Attacks on forms: no token, other methods, fields nobody asked for, words that are code, ways away."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.community import FOOD
from tests.web.access.rows import METHODS, NONE
from tests.web.access.world import World
from tests.web.meddling import as_owner
from tests.web.reading import BAD, FORBIDDEN, FOUND, NOT_FOUND, OK, text
from tests.web.test_access_table import AREAS, ask, filled, routes, rows_of

pytestmark = pytest.mark.django_db
# Reading the directory by a long question: nothing is written, so that no token is asked for.
READ_BY_POST = {
    "hsds_services",
    "hsds_organizations",
    "hsds_service_at_locations",
    "hsds_taxonomies",
    "hsds_taxonomy_terms",
}
NOT_ALLOWED = 405


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


def _same_session(client: Client, **options: Any) -> Client:
    """A second browser with this one's session."""
    other = Client(raise_request_exception=False, **options)
    other.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return other


def browser(world: World, role: str, relation: str = "own") -> Client:
    """A browser of this role; what it does to its session is undone with the test."""
    return _same_session(world.browsers[relation, role])


def _addresses(world: World) -> list[tuple[str, str]]:
    return [(name, filled(route, world.given("own"))) for name, route in routes().items()]


def test_no_form_is_taken_without_its_token(world: World) -> None:
    taken: list[object] = []
    headers = {"HX-Request": "true"}
    client = _same_session(world.browsers[NONE, "S"], enforce_csrf_checks=True)
    for name, address in _addresses(world):
        with transaction.atomic():
            answer = client.post(address, {"csrfmiddlewaretoken": "x" * 64}, headers=headers)
            transaction.set_rollback(True)
        shut = {FORBIDDEN, NOT_ALLOWED, NOT_FOUND} if name.startswith("hsds") else {FORBIDDEN}
        if answer.status_code not in shut and name not in READ_BY_POST:
            taken.append((name, answer.status_code))
    assert taken == [], "\n".join(str(each) for each in taken)


def test_other_methods_change_nothing_at_any_address(world: World) -> None:
    client, wrong = _same_session(world.browsers["own", "S"], enforce_csrf_checks=True), []
    for name, address in _addresses(world):
        for method in ("put", "delete"):
            with transaction.atomic():
                status = getattr(client, method)(address).status_code
                transaction.set_rollback(True)
            if status not in {FORBIDDEN, NOT_FOUND, NOT_ALLOWED}:
                wrong.append((name, method, status))
    assert wrong == []


def test_no_header_or_field_makes_a_reading_into_a_writing(world: World) -> None:
    """Pages that take forms only stay shut to GET, whatever it says that it is."""
    client, wrong = browser(world, "S"), []
    override = {"X-HTTP-Method-Override": "POST", "X-HTTP-Method": "POST", "X-Method-Override": "POST"}
    for area in AREAS:
        for name, found in rows_of(area).items():
            if {row.method for row in found} != {METHODS[1]}:
                continue
            address = filled(routes()[name], world.given("own"))
            with transaction.atomic():
                answer = client.get(address, {"_method": "POST", "method": "POST"}, headers=override)
                transaction.set_rollback(True)
            if answer.status_code not in {FORBIDDEN, NOT_FOUND, NOT_ALLOWED}:
                wrong.append((name, answer.status_code))
    assert wrong == []


# fields that a form does not ask for


TODAY = timezone.localdate().isoformat()
ASKED = {"language": "en", "channel": "phone", "referrer_role": "provider"}


def _consent(**more: object) -> dict[str, object]:
    return {
        "step": "agrees",
        "topics": [FOOD, "identity", "contact"],
        "recipient_class": "partners",
        "ends_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "captured": "spoken",
        "language": "en",
        **more,
    }


FORMS: list[tuple[str, str, dict[str, object]]] = [
    ("person_new", "I", {"given_name": "Zoe", "family_name": "Quill"}),
    ("person_change", "C", {"given_name": "Rosa", "family_name": "Delgado"}),
    ("need_new", "C", {"category": "housing-instability", "wants_help": "yes", "words": "x"}),
    ("contact_new", "C", {"mode": "phone", "result": "reached", "note": "x"}),
    ("agree", "C", _consent()),
    ("ask", "C", {"person_name": "Rosa", "reason": "food-insecurity", **ASKED}),
    ("choose", "C", {"service": "service_id"}),
    ("service_log", "I", {"what": "A box", "on": TODAY}),
    ("note_add", "C", {"words": "x"}),
    ("gap_new", "C", {"words": "x"}),
    ("service_lists", "C", {"name": "x"}),
    ("incident_new", "C", {"source": "worker", "words": "x", "what": "x"}),
    ("amendment_new", "C", {"what": "x", "why": "x", "asked_on": TODAY}),
    ("copy_new", "C", {"who": "person", "asked_on": TODAY, "language": "en"}),
    ("member_invite", "S", {"email": "new@cedar.example", "role": "referrer"}),
    ("listing_organization", "S", {"name": "Cedar Clinic", "description": "x"}),
    ("report_fault", "C", {"kind": "phone", "words": "x"}),
]


def _held_by(holder: UUID) -> dict[str, int]:
    """How many rows of each table this organization holds."""
    found: dict[str, int] = {}

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE waypost_system")
            for model in apps.get_models():
                for field in model._meta.concrete_fields:
                    if field.name in {"held_by", "organization"}:
                        table, column = model._meta.db_table, field.column
                        cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [holder])  # noqa: S608
                        found[f"{table}.{column}"] = cursor.fetchone()[0]
            cursor.execute("RESET ROLE")

    as_owner(look)
    return found


def _with_id(chosen: UUID) -> list[str]:
    """Tables that have a row of this id."""
    found: list[str] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE waypost_system")
            for model in apps.get_models():
                key = model._meta.pk
                if key is not None and key.get_internal_type() == "UUIDField":
                    cursor.execute(
                        f'SELECT 1 FROM "{model._meta.db_table}" WHERE "{key.column}" = %s',  # noqa: S608
                        [chosen],
                    )
                    found.extend([model._meta.db_table] if cursor.fetchone() else [])
            cursor.execute("RESET ROLE")

    as_owner(look)
    return found


def _carrying(*values: str) -> list[str]:
    """Tables with a row that carries one of these values in any column."""
    found: list[str] = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE waypost_system")
            for table in sorted({model._meta.db_table for model in apps.get_models()}):
                like = " OR ".join(["t::text LIKE %s"] * len(values))
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE {like}', [f"%{each}%" for each in values]
                )  # noqa: S608
                number = cursor.fetchone()[0]
                found.extend([f"{table}: {number}"] if number else [])
            cursor.execute("RESET ROLE")

    as_owner(look)
    return found


@pytest.mark.parametrize(("name", "role", "form"), FORMS, ids=str)
def test_no_value_of_a_field_nobody_asked_for_is_kept_anywhere(
    world: World, name: str, role: str, form: dict[str, object]
) -> None:
    """Told by the values: each stands for itself alone, and no row of any table carries it afterwards."""
    given, word, chosen = world.given("own"), "zzqstrange", str(uuid4())
    more: dict[str, object] = {each: word for each in ("status", "role", "verified", "state", "actor_name")}
    ids = ("id", "held_by", "held_by_id", "organization", "organization_id", "actor", "actor_id", "user_id")
    more |= {each: chosen for each in ids}
    words = {key: str(given[str(value)]) if value == "service_id" else value for key, value in form.items()}
    with transaction.atomic():
        answer = browser(world, role).post(filled(routes()[name], given), {**more, **words})
        assert answer.status_code == FOUND, name
        assert _carrying(word, chosen) == []
        assert _carrying("Delgado"), "the rows are read"
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "role", "form"), FORMS, ids=str)
def test_fields_nobody_asked_for_change_nothing(
    world: World, name: str, role: str, form: dict[str, object]
) -> None:
    """No row appears under another organization's name, and none under an id chosen from outside."""
    given, stranger, chosen = world.given("own"), world.organizations["stranger"], uuid4()
    more: dict[str, object] = {
        **{each: str(stranger) for each in ("held_by", "held_by_id", "organization", "organization_id")},
        **{each: str(chosen) for each in ("id", "pk", "actor", "user_id")},
        "is_staff": "on",
        "is_superuser": "on",
        "verified": "on",
        "verified_at": "2026-01-01",
        "claimed_by": str(stranger),
    }
    before = _held_by(stranger)
    words = {key: str(given[str(value)]) if value == "service_id" else value for key, value in form.items()}
    with transaction.atomic():
        answer = browser(world, role).post(filled(routes()[name], given), {**more, **words})
        assert answer.status_code == FOUND, name
        assert (_held_by(stranger), _with_id(chosen)) == (before, [])
        transaction.set_rollback(True)


# words that are code, planted through the forms and read on every page of the record


SCRIPT, IMAGE, BRACES, LINK = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "javascript:alert(1)",
)
CODE = f"{IMAGE}{SCRIPT}{BRACES} {LINK}"
WRITTEN: list[tuple[str, str, dict[str, object]]] = [
    ("person_change", "C", {"given_name": CODE, "family_name": CODE, "called": CODE, "pronouns": IMAGE}),
    ("need_new", "C", {"category": "housing-instability", "wants_help": "yes", "words": CODE}),
    ("contact_new", "C", {"mode": "phone", "result": "reached", "note": CODE}),
    ("ask", "C", {"person_name": CODE, "reason": "food-insecurity", "reason_words": CODE, **ASKED}),
    ("note_add", "C", {"words": CODE}),
    ("gap_new", "C", {"words": CODE}),
    ("service_lists", "C", {"name": CODE}),
    ("service_log", "I", {"what": CODE, "on": TODAY}),
    ("referral_note", "C", {"words": CODE}),
    ("agree", "C", _consent(words=CODE, witness=CODE)),
    ("listing_organization", "S", {"name": CODE, "description": CODE}),
    ("amendment_new", "C", {"what": CODE, "why": CODE, "asked_on": TODAY}),
    ("report_fault", "C", {"kind": "phone", "words": CODE, "website": LINK}),
    ("incident_new", "C", {"source": "worker", "words": CODE, "what": CODE}),
    ("search_save", "C", {"name": CODE, "query": f"q={CODE}"}),
]
ALIVE = (SCRIPT, "<img src=x", "alert(1)</script>")
LEADS = re.compile(
    r"""(?:href|src|action|formaction|hx-get|hx-post)\s*=\s*["']?\s*javascript:""", re.IGNORECASE
)


def test_planted_code_is_never_alive_on_any_page(world: World) -> None:
    given, alive, shown = world.given("own"), [], 0
    with transaction.atomic():
        for name, role, form in WRITTEN:
            answer = browser(world, role).post(filled(routes()[name], given), form)
            assert answer.status_code == FOUND, name
        for who in ("S",):
            reader = browser(world, who)
            for name, address in _addresses(world):
                answer, page = ask(reader, "GET", address)
                words = page.decode("utf-8", "replace")
                shown += "onerror=alert(1)" in words
                if words[:200].lstrip().startswith("<") and (
                    any(each in words for each in ALIVE) or LEADS.search(words)
                ):
                    alive.append((name, who))
        transaction.set_rollback(True)
    assert alive == []
    assert shown > 5, "the words were planted and are shown"  # noqa: PLR2004


FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_name_is_a_word_in_every_sheet(world: World, formula: str) -> None:
    given = world.given("own")
    with transaction.atomic():
        browser(world, "C").post(
            filled(routes()["person_change"], given), {"given_name": formula, "family_name": formula}
        )
        for address in ("/referrals/?tab=all&format=csv", f"/people/{given['person_id']}/seen/?format=csv"):
            answer = browser(world, "C").get(address)
            sheet = text(answer).lstrip("\ufeff")
            assert answer.status_code == OK and answer.headers["Content-Type"].startswith("text/csv")
            cells = re.split(r"[,\r\n]", sheet)
            assert [each for each in cells if each.lstrip('"').startswith(("=", "+", "-", "@", "\t"))] == []
        transaction.set_rollback(True)


# addresses that lead away, sessions, and what a browser keeps


AWAY = (
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\r\nX-Evil: 1",
    "/ñ",
    "/a\x00b",
    "http:evil.example",
)


@pytest.mark.parametrize("target", AWAY)
@pytest.mark.parametrize("page", ["front_desk_switch", "front_desk_moment", "set_language", "training"])
def test_no_way_back_leads_away_or_breaks(world: World, page: str, target: str) -> None:
    with transaction.atomic():
        answer = browser(world, "C").post(reverse(page), {"next": target, "on": "yes", "language": "en"})
        transaction.set_rollback(True)
    where = answer.headers.get("Location", "/")
    assert answer.status_code < 500  # noqa: PLR2004
    assert (where[:1], "//" in where[:2], "evil.example" in where) == ("/", False, False)
    assert "X-Evil" not in answer.headers and where.isascii() and "=?" not in where


def test_no_page_of_somebody_signed_in_is_kept_or_vouched_for(world: World) -> None:
    """Every answer says no-store, and an earlier ETag or date never gets "not modified"."""
    kept, again = [], {"If-None-Match": "*", "If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"}
    for name, address in _addresses(world):
        with transaction.atomic():
            answer = browser(world, "S").get(address, headers=again)
            transaction.set_rollback(True)
        if name.startswith("hsds"):
            continue  # the public directory, for programs
        if "no-store" not in answer.headers.get("Cache-Control", "") or answer.status_code == 304:  # noqa: PLR2004
            kept.append((name, answer.status_code))
    assert kept == [], "\n".join(str(each) for each in kept)


NAMES = ("../../etc/passwd.pdf", "a\x00b.pdf", "x" * 300 + ".pdf", "..\\..\\boot.ini", "\u202efdp.exe", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_files_name_is_never_a_path(world: World, name: str) -> None:
    paper = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 nothing", content_type="application/pdf")
    paper._name = name  # as a hostile browser sends it
    with transaction.atomic():
        answer = browser(world, "C").post(
            filled(routes()["agree"], world.given("own")),
            _consent(captured="uploaded", scan=paper, paper=paper),
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500  # noqa: PLR2004
    assert "etc/passwd" not in answer.headers.get("Location", "")


def test_too_much_is_refused_in_words(world: World) -> None:
    address = filled(routes()["need_new"], world.given("own"))
    for body in ({"words": "x" * 6_000_000}, {f"f{number}": "x" for number in range(3000)}):
        answer = browser(world, "C").post(address, body)
        assert answer.status_code in {BAD, 413} and len(answer.content) > 20  # noqa: PLR2004


@pytest.mark.parametrize("page", ["999999999", "9" * 40, "0", "-1", "1e9", "٣", "\u200b1"])
def test_deep_pages_of_lists_are_no_error(world: World, page: str) -> None:
    for address in ("/people/", "/referrals/?tab=all", "/", "/notices/", "/privacy/incidents/"):
        sign = "&" if "?" in address else "?"
        status, _ = ask(browser(world, "S"), "GET", f"{address}{sign}page={page}")
        assert status in {"in", "404"}, address


def test_letters_that_look_alike_find_no_strangers_person(world: World) -> None:
    for words in ("Rоsa", "Ｒｏｓａ", "R\u200bosa", "Ros\u0430", "ROSA\u0301", "𝐑𝐨𝐬𝐚"):
        for address in ("/people/", "/search/"):
            status, page = ask(browser(world, "C", "stranger"), "GET", f"{address}?q={words}")
            assert (status, b"Delgado" in page) == ("in", False)
