"""The doors as OWASP ASVS 4.0.3, level 2, asks for them: a line an item."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.community import PASSWORD, Community
from tests.web.addresses import patterns
from tests.web.reading import OK, text
from waypost.accounts.services import password_faults
from waypost.kernel.actors import Actor

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
ROOT = Path(__file__).resolve().parents[2]
METHOD, BAD, TOO_MANY = 405, 400, 429


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


HEADERS = [
    ("14.4.3", "Content-Security-Policy", "default-src 'self'"),
    ("14.4.3", "Content-Security-Policy", "object-src 'none'"),
    ("14.4.3", "Content-Security-Policy", "base-uri 'none'"),
    ("14.4.3", "Content-Security-Policy", "form-action 'self'"),
    ("14.4.7", "Content-Security-Policy", "frame-ancestors 'none'"),
    ("14.4.7", "X-Frame-Options", "DENY"),
    ("14.4.4", "X-Content-Type-Options", "nosniff"),
    ("14.4.6", "Referrer-Policy", "same-origin"),
    ("14.4.1", "Content-Type", "text/html; charset=utf-8"),
    ("1.14", "Cross-Origin-Opener-Policy", "same-origin"),
    ("1.14", "Cross-Origin-Resource-Policy", "same-origin"),
    ("1.14", "Permissions-Policy", "geolocation=()"),
    ("1.14", "Permissions-Policy", "camera=()"),
]


@pytest.mark.parametrize("asked", HEADERS, ids=lambda each: f"{each[0]} {each[1]}")
@pytest.mark.parametrize("page", ["/", "/accounts/login/", "/people/", "/no-such-page/"])
def test_headers_stand_on_every_page(
    community: Community, ana: Client, page: str, asked: tuple[str, str, str]
) -> None:
    item, header, value = asked
    assert value in ana.get(page).headers[header], item


@pytest.mark.parametrize("page", ["/my-day/", "/people/", "/accounts/2fa/", "/members/join/x/"])
def test_8_2_1_pages_of_people_and_doors_are_kept_by_nobody(
    community: Community, ana: Client, page: str
) -> None:
    assert "no-store" in ana.get(page).headers["Cache-Control"]


def test_3_4_the_session_cookie_is_for_http_alone_and_this_site_alone(community: Community) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD})
    kept = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["domain"]) == (True, "Lax", "/", "")


def test_3_2_1_signing_in_changes_the_session_key(community: Community) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.session["x"] = 1
    before = client.session.session_key
    client.post("/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD})
    assert client.session.session_key != before


def test_3_3_1_signing_out_ends_the_session(community: Community) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD})
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get("/my-day/").status_code != OK


GUESSES = 5


def test_2_2_1_guessing_at_one_account_is_slowed_down_wherever_it_comes_from(community: Community) -> None:
    for number in range(GUESSES):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            "/accounts/login/", {"login": "ana@cedar.example", "password": f"wrong {number}"}
        )
    answer = Client(REMOTE_ADDR="192.0.2.99").post(
        "/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD}
    )
    assert "Too many failed login attempts" in text(answer)
    assert "_auth_user_id" not in answer.client.session  # type: ignore[attr-defined]
    other = Client(REMOTE_ADDR="192.0.2.99")
    other.post("/accounts/login/", {"login": "sam@bank.example", "password": PASSWORD})
    assert "_auth_user_id" in other.session


def test_2_2_1_guessing_from_one_address_is_slowed_down_whatever_the_account(community: Community) -> None:
    for number in range(10):
        Client().post("/accounts/login/", {"login": f"n{number}@cedar.example", "password": "wrong"})
    answer = Client().post("/accounts/login/", {"login": "sam@bank.example", "password": PASSWORD})
    assert "Too many failed login attempts" in text(answer)


def test_2_2_1_an_unknown_account_is_slowed_down_in_the_same_words(community: Community) -> None:
    pages = []
    for login in ("ana@cedar.example", "nobody@cedar.example"):
        cache.clear()
        for number in range(GUESSES + 1):
            answer = Client().post("/accounts/login/", {"login": login, "password": f"wrong {number}"})
        pages.append("Too many failed login attempts" in text(answer))
    assert pages == [True, True]


def test_the_counts_are_shared_by_all_processes() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


WEAK = ["elevenchars", "passwordpassword", "password123456", "abcdefghijklm", "aaaaaaaaaaaa", "P@ssw0rd2026!"]
STRONG = ["seven blue herons at dusk", "zwölf grüne Äpfel", "correct-horse battery", "x" + "9q4mw7bz1rk3"]


@pytest.mark.parametrize("password", WEAK)
def test_2_1_weak_passwords_are_refused(password: str) -> None:
    assert password_faults(password, email="ana@cedar.example", name="Ana Reyes")


@pytest.mark.parametrize("password", [*STRONG, "y" * 3 + " many long words in a row that nobody guesses" * 2])
def test_2_1_9_no_rule_asks_for_kinds_of_signs(password: str) -> None:
    assert password_faults(password, email="ana@cedar.example", name="Ana Reyes") == []


def test_5_1_5_nothing_leads_away_after_the_training(community: Community, ana: Client) -> None:
    answer = ana.post("/account/training/", {"next": "https://evil.example/"})
    assert "evil" not in answer.headers.get("Location", "")


def test_14_5_1_only_known_methods_are_answered(community: Community, ana: Client) -> None:
    for method in ("put", "delete", "patch", "trace"):
        for page in (reverse("covers"), reverse("training"), reverse("sessions"), "/members/join/x/"):
            assert getattr(ana, method)(page).status_code in {METHOD, 403}


def test_12_1_1_a_file_too_large_is_refused(community: Community, ana: Client) -> None:
    assert ana.post("/account/training/", {"next": "x" * 3_000_000}).status_code == BAD


def test_4_2_2_every_form_of_the_doors_asks_for_its_token(community: Community, sign_in: SignIn) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), community.ivy)
    ours = [route for route, _ in patterns() if route.startswith(("members/", "account/", "set-up/"))]
    plain = [f"/{route}" for route in ours if "<" not in route]
    assert plain
    assert {client.post(page).status_code for page in plain} <= {403, METHOD}


PRODUCTION = {
    "WAYPOST_MODE": "production",
    "DATABASE_URL": "postgresql://waypost_web@db/waypost",
    "DATABASE_URL_OWNER": "postgresql://waypost_owner@db/waypost",
    "DATABASE_URL_SYSTEM": "postgresql://waypost_system@db/waypost",
    "WAYPOST_BASE_URL": "https://waypost.example",
    "WAYPOST_ALLOWED_HOSTS": "waypost.example",
    "WAYPOST_EMAIL_URL": "smtp://mail.example",
    "WAYPOST_SECRET_KEY": "n" * 64,
    "WAYPOST_FILE_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}
SAYS = (
    "from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
    " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
    " s.SECURE_HSTS_SECONDS >= 31536000,"
    " s.SECURE_HSTS_INCLUDE_SUBDOMAINS)"
)


def started(**changes: str) -> tuple[int, str]:
    """Production's settings read by a process of their own: its exit code and last words."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("WAYPOST_", "DATABASE_URL"))
    }
    done = subprocess.run(
        [sys.executable, "-c", SAYS],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **PRODUCTION, **changes},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stdout or done.stderr).strip().splitlines()[-1]


def test_3_4_and_14_3_2_production_has_host_cookies_https_and_no_debug() -> None:
    assert started() == (0, "False __Host-session __Host-csrf True True True True True")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"WAYPOST_SECRET_KEY": "short"}, "WAYPOST_SECRET_KEY"),
        (
            {"WAYPOST_SECRET_KEY": "demo-secret-for-invented-data-only-never-for-real-people"},
            "not the demo's",
        ),
        ({"WAYPOST_FILE_KEYS": ""}, "WAYPOST_FILE_KEYS"),
        ({"WAYPOST_BASE_URL": "http://waypost.example"}, "https://"),
        ({"WAYPOST_ALLOWED_HOSTS": "*"}, "names each host"),
        ({"WAYPOST_EMAIL_URL": ""}, "WAYPOST_EMAIL_URL"),
    ],
)
def test_2_10_4_production_does_not_start_on_a_secret_that_is_none(
    change: dict[str, str], words: str
) -> None:
    code, said = started(**change)
    assert (code != 0, words in said) == (True, True), said
