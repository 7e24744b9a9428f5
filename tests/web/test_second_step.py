"""The second step at the door: an app's codes, recovery codes, who must have one, a phone that is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from tests.community import PASSWORD, Community
from tests.rooms.accounts.totp import code
from tests.web.meddling import memberships, still_me
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238 appendix B


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    cache.clear()


@pytest.fixture
def lee(community: Community, sign_in: SignIn) -> Client:
    """The supervisor of the clinic."""
    return sign_in(Client(), community.lee)


def entered(email: str, password: str = PASSWORD) -> Client:
    """Through the door with a password, as in a browser."""
    client = Client()
    client.post("/accounts/login/", {"login": email, "password": password})
    return client


def enrol(client: Client) -> tuple[str, list[str]]:
    """Set up an app; returns its secret and the recovery codes."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = text(client.get("/accounts/2fa/totp/activate/"))
    secret = re.search(r"<code data-secret>([A-Z2-7]+)</code>", page).group(1)  # type: ignore[union-attr]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\d+)</code></li>", text(answer))


@pytest.mark.parametrize(("at", "shown"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_the_code_of_this_test_is_that_of_the_standard(at: int, shown: str) -> None:
    assert code(RFC_SECRET, at=at) == shown


def test_with_an_app_the_password_alone_opens_nothing(community: Community) -> None:
    secret, codes = enrol(entered("ana@cedar.example"))
    assert len(codes) == 10
    again = entered("ana@cedar.example")
    assert again.get("/my-day/").status_code == FOUND
    assert "_auth_user_id" not in again.session
    again.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in again.session
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert again.get("/my-day/").status_code == OK
    once_more = entered("ana@cedar.example")
    once_more.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" not in once_more.session  # a recovery code works once
    assert secret


def test_a_secret_lies_sealed_in_the_database(community: Community) -> None:
    secret, codes = enrol(entered("ana@cedar.example"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        stored = " ".join(row[0] for row in cursor.fetchall())
    assert stored
    assert secret not in stored
    assert all(each not in stored for each in codes)


def test_changing_it_asks_for_the_password_again(community: Community, ana: Client) -> None:
    answer = ana.get("/accounts/2fa/totp/activate/")  # signed in without a password in this session
    assert (answer.status_code, "/accounts/reauthenticate/" in answer.headers["Location"]) == (FOUND, True)


def test_from_the_day_on_everybody_is_led_to_it(community: Community, lee: Client, ana: Client) -> None:
    tomorrow = today() + timedelta(days=1)
    page = reverse("member_second_step")
    assert lee.post(page, {"from_day": tomorrow.isoformat()}).status_code == FOUND
    assert ana.get("/my-day/").status_code == OK
    assert "A second step is needed" in text(ana.get("/accounts/2fa/"))
    assert lee.post(page, {"from_day": today().isoformat()}).status_code == FOUND
    answer = ana.get("/my-day/")
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, "/accounts/2fa/?next=%2Fmy-day%2F")
    assert ana.post(reverse("person_new"), {"given_name": "Minh"}).headers["Location"] == "/accounts/2fa/"
    client = entered("ana@cedar.example")
    enrol(client)
    assert client.get("/my-day/").status_code == OK


def test_other_organizations_are_not_touched(community: Community, lee: Client, sam: Client) -> None:
    lee.post(reverse("member_second_step"), {"from_day": today().isoformat()})
    assert sam.get("/inbox/").status_code == OK


@pytest.mark.parametrize("day", ["2020-01-01", "2199-01-01", "soon"])
def test_a_day_that_cannot_be_is_refused(community: Community, lee: Client, day: str) -> None:
    assert lee.post(reverse("member_second_step"), {"from_day": day}).status_code == REFUSED


def test_only_who_lets_people_in_decides_about_it(community: Community, ana: Client, lee: Client) -> None:
    page = reverse("member_second_step")
    assert ana.post(page, {"from_day": today().isoformat()}).status_code == FORBIDDEN
    assert lee.post(f"{page}?of={community.bank}", {"from_day": ""}).status_code == NOT_FOUND


def test_a_lost_phone_is_put_right_by_a_supervisor_and_told(community: Community, lee: Client) -> None:
    enrol(entered("ana@cedar.example"))
    mail.outbox.clear()
    (hers,) = memberships(community.ana)
    answer = lee.post(reverse("member_reset", args=[hers.id]))
    to_password = answer.headers["Location"]
    assert (answer.status_code, to_password.partition("?")[0]) == (FOUND, "/accounts/reauthenticate/")
    assert Authenticator.objects.count() > 0
    answer = lee.post(to_password, {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, reverse("member", args=[hers.id]))
    assert Authenticator.objects.count() == 0
    (message,) = mail.outbox
    assert message.to == ["ana@cedar.example"]
    assert "removed by somebody who lets people in" in str(message.body)
    assert entered("ana@cedar.example").get("/my-day/").status_code == OK


def test_nobody_resets_a_stranger_or_himself(community: Community, lee: Client) -> None:
    enrol(entered("sam@bank.example"))
    (theirs,), (own,) = memberships(community.sam), memberships(community.lee)
    assert lee.post(reverse("member_reset", args=[theirs.id])).status_code == NOT_FOUND
    enrol(entered("lee@cedar.example"))
    still_me(lee)
    lee.post(reverse("member_reset", args=[own.id]))
    assert Authenticator.objects.filter(type="totp").count() == 2


def test_guessing_codes_is_slowed_down(community: Community) -> None:
    enrol(entered("ana@cedar.example"))
    client = entered("ana@cedar.example")
    for number in range(12):
        client.post("/accounts/2fa/authenticate/", {"code": f"{number:06d}"})
    assert "Too many" in text(client.post("/accounts/2fa/authenticate/", {"code": "999999"}))
    assert "_auth_user_id" not in client.session


def test_every_page_of_it_is_our_own(community: Community) -> None:
    client = entered("ana@cedar.example")
    enrol(client)
    for page in (
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "webauthn/",
        "webauthn/add/",
    ):
        answer = client.get(f"/accounts/2fa/{page}")
        assert (answer.status_code, 'class="foot"' in text(answer)) == (OK, True), page
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("column", ["legal_status = 'school'", "name = 'x'", "active = false"])
def test_a_supervisor_writes_that_one_line_and_nothing_else(
    community: Community, as_web: Callable[[], None], column: str
) -> None:
    as_web()
    for where in (community.clinic, community.bank):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            acting(community.lee),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE network_organization SET {column} WHERE id = %s", [where])


MALFORMED = [
    "",
    "null",
    "[]",
    "7",
    "{}",
    '{"response": null}',
    '{"response": {"userHandle": null}}',
    '{"response": {"userHandle": "AAAA"}, "id": "AAAA", "rawId": "AAAA", "type": "public-key"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}, "response":'
    ' {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "_w"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}, "response": {'
    '"clientDataJSON": "bm90IGpzb24", "authenticatorData": "AAAA", "signature": "A", "userHandle": "QUFB"}}',
]


@pytest.mark.parametrize("credential", MALFORMED)
def test_a_malformed_passkey_lets_nobody_in_and_breaks_nothing(community: Community, credential: str) -> None:
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
    assert (answer.status_code, "_auth_user_id" in client.session) == (FOUND, False)


@pytest.mark.parametrize("credential", MALFORMED)
def test_a_malformed_passkey_is_not_added(community: Community, credential: str) -> None:
    client = entered("ana@cedar.example")
    still_me(client)
    client.get("/accounts/2fa/webauthn/add/")
    answer = client.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": credential})
    assert (answer.status_code, Authenticator.objects.count()) == (OK, 0)
