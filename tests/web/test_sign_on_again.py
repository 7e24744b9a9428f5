"""Before something grave: whom an organization's sign-on lets in shows there once more who it is."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.community import PASSWORD, Community
from tests.rooms.accounts.totp import code
from tests.web.meddling import memberships
from tests.web.oidc_provider import Provider
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, text
from tests.web.signing_on import AGAIN, BACK, comes_in, led, sets
from waypost.accounts.models import User
from waypost.kernel.actors import Actor

pytestmark = pytest.mark.django_db

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238 appendix B
LEE = {"email": "lee@cedar.example", "sub": "lee-1"}
PASSWORD_PAGE = "/accounts/reauthenticate/"


@pytest.fixture
def without_password(community: Community) -> None:
    """Nobody of the clinic has a password here."""
    for user in User.objects.filter(email__endswith="@cedar.example"):
        user.set_unusable_password()
        user.save(update_fields=["password"])


@pytest.fixture
def lee(without_password: None, provider: Provider) -> Client:
    """The clinic's supervisor, let in by its sign-on."""
    provider.claims = LEE
    return comes_in(Client(), provider, "lee@cedar.example")


def grave(client: Client, community: Community) -> tuple[str, str]:
    """Ana lost her phone: Lee takes her second step away. Where that leads, and the page it is done from."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        TOTP.activate(User.objects.get(email="ana@cedar.example"), SECRET)
        cursor.execute("SET LOCAL ROLE waypost_web")
    (hers,) = memberships(community.ana)
    answer = client.post(reverse("member_reset", args=[hers.id]))
    assert answer.status_code == FOUND
    return answer.headers["Location"], reverse("member", args=[hers.id])


def done() -> bool:
    return not Authenticator.objects.filter(user__email="ana@cedar.example").exists()


def asked_again(client: Client, provider: Provider, page: str) -> dict[str, str]:
    """Press the button of the page; what the provider is asked."""
    shown = text(client.get(page))
    assert "Sign on again at Cedar Clinic" in shown
    then = page.partition("?next=")[2]
    return led(client.post(f"{AGAIN}?next={then}"), provider)


def test_it_is_asked_there_anew_and_then_what_waited_is_done(
    community: Community, provider: Provider, lee: Client
) -> None:
    page, member = grave(lee, community)
    assert page.partition("?")[0] == AGAIN
    found = asked_again(lee, provider, page)
    assert (found["prompt"], found["max_age"], found["login_hint"]) == ("login", "0", "lee@cedar.example")
    assert not done()
    provider.signed_on_at = int(time.time())
    answer = lee.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, member)
    assert done()
    again = lee.get("/accounts/2fa/totp/activate/")
    assert again.status_code == OK, "for some minutes it is not asked once more"


NOT_SHOWN: list[dict[str, object]] = [
    {},
    {"auth_time": 1_000_000_000},
    {"auth_time": True},
    {"auth_time": "now"},
    {"auth_time": None},
    {"auth_time": 9_999_999_999, "nonce": "another"},
    {"auth_time": 9_999_999_999, "email": "ana@cedar.example", "sub": "ana-1"},
]


@pytest.mark.parametrize("lie", NOT_SHOWN, ids=[str(each) for each in NOT_SHOWN])
def test_an_answer_that_does_not_say_so_does_nothing(
    community: Community, provider: Provider, lee: Client, lie: dict[str, object]
) -> None:
    page, _ = grave(lee, community)
    found = asked_again(lee, provider, page)
    provider.lies = lie
    answer = lee.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, done()) == (FORBIDDEN, False)
    assert "did not say that it was you just now" in text(answer)
    assert lee.session["_auth_user_id"] == str(community.lee.user_id), "still the one who was signed in"
    assert lee.get("/accounts/2fa/totp/activate/").status_code == FOUND


def test_an_answer_to_the_first_question_is_none_to_this(
    community: Community, provider: Provider, lee: Client
) -> None:
    page, _ = grave(lee, community)
    provider.signed_on_at = int(time.time())
    asked_again(lee, provider, page)
    assert lee.get(BACK, {"state": "another", "code": "abc"}).status_code == FORBIDDEN
    assert not done()


def test_who_signed_out_meanwhile_is_not_let_in_by_it(
    community: Community, provider: Provider, lee: Client
) -> None:
    page, _ = grave(lee, community)
    found = asked_again(lee, provider, page)
    session = lee.session
    kept = session["own_sign_on"]
    lee.logout()
    stranger = lee.session
    stranger["own_sign_on"] = kept
    stranger.save()
    provider.signed_on_at = int(time.time())
    answer = lee.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, "_auth_user_id" in lee.session, done()) == (FORBIDDEN, False, False)


def test_a_provider_out_of_reach_is_said_and_nothing_is_done(
    community: Community, provider: Provider, lee: Client
) -> None:
    page, _ = grave(lee, community)
    provider.described = {"issuer": "https://evil.example"}
    answer = lee.post(AGAIN + "?next=" + page.partition("?next=")[2])
    assert (answer.status_code, "Nothing was done." in text(answer), done()) == (FORBIDDEN, True, False)


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_leads_on_within_this_site_alone(provider: Provider, lee: Client, then: str) -> None:
    found = led(lee.post(AGAIN, {"next": then}), provider)
    provider.signed_on_at = int(time.time())
    answer = lee.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, "/home/")


def test_who_has_an_app_too_may_type_a_code(community: Community, provider: Provider, lee: Client) -> None:
    page, member = grave(lee, community)
    TOTP.activate(User.objects.get(email="lee@cedar.example"), SECRET)
    shown = text(lee.get(page))
    assert "Use a code" in shown and "Use your password" not in shown
    then = page.partition("?next=")[2]
    answer = lee.post(f"/accounts/2fa/reauthenticate/?next={then}", {"code": code(SECRET)})
    assert (answer.status_code, answer.headers["Location"], done()) == (FOUND, member, True)


def test_setting_up_a_second_step_asks_there_too(provider: Provider, lee: Client) -> None:
    for page in ("/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        answer = lee.get(page)
        assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (FOUND, AGAIN)


def test_who_came_by_password_types_it_and_is_offered_the_other_way(
    community: Community, provider: Provider
) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "lee@cedar.example", "password": PASSWORD})
    page, member = grave(client, community)
    assert page.partition("?")[0] == PASSWORD_PAGE
    assert "Sign on again at your organization" in text(client.get(page))
    answer = client.post(page, {"password": PASSWORD})
    assert (answer.headers["Location"], done()) == (member, True)


def test_where_no_password_is_used_none_is_taken_here_either(
    community: Community, provider: Provider, ivy: Client
) -> None:
    sets(ivy, provider, community.clinic, enforced="on")
    provider.claims = LEE
    lee = comes_in(Client(), provider, "lee@cedar.example")
    page, _ = grave(lee, community)
    assert page.partition("?")[0] == AGAIN
    assert "Use your password" not in text(lee.get(page))
    answer = lee.post(PASSWORD_PAGE, {"password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"].partition("?")[0], done()) == (FOUND, AGAIN, False)


def test_others_have_no_such_page(
    community: Community, sign_in: Callable[[Client, Actor], Client], provider: Provider
) -> None:
    assert sign_in(Client(), community.sam).get(AGAIN).status_code == NOT_FOUND
    assert "/accounts/login/" in Client().get(AGAIN).headers["Location"]
