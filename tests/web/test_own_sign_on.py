"""Signing in through one's organization, and every way in which a provider's answer proves nothing."""

import pytest
from django.test import Client

from tests.community import PASSWORD, Community
from tests.web.oidc_provider import FOREIGN, Provider
from tests.web.reading import FORBIDDEN, FOUND, OK, REFUSED, text
from tests.web.signing_on import BACK, START, led, sets
from waypost.accounts.oidc.provider import challenge

pytestmark = pytest.mark.django_db


def asked(client: Client, provider: Provider, email: str = "ana@cedar.example") -> dict[str, str]:
    """Begin; what the provider is asked."""
    return led(client.post(START, {"email": email}), provider)


def entered(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_whoever_the_organization_names_comes_in(community: Community, provider: Provider) -> None:
    client = Client()
    found = asked(client, provider)
    assert (found["response_type"], found["code_challenge_method"]) == ("code", "S256")
    answer = client.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, entered(client)) == (FOUND, True)
    (exchange,) = provider.exchanged
    assert challenge(exchange["code_verifier"]) == found["code_challenge"]
    assert exchange["client_secret"] == "the clinic's secret"
    assert client.get("/my-day/").status_code == OK


LIES = [
    {"iss": "https://evil.example"},
    {"aud": "another-client"},
    {"aud": ["waypost", "another-client"]},
    {"nonce": "another"},
    {"nonce": ""},
    {"email_verified": False},
    {"email_verified": "true"},
    {"exp": 1_000_000_000},
    {"email": "ana@evil.example"},
    {"email": "sam@bank.example"},
    {"email": "nobody@cedar.example"},
    {"email": ""},
]


@pytest.mark.parametrize("lie", LIES, ids=[f"{key}={value}" for each in LIES for key, value in each.items()])
def test_a_token_that_proves_nothing_lets_nobody_in(
    community: Community, provider: Provider, lie: dict[str, object]
) -> None:
    client = Client()
    found = asked(client, provider)
    provider.lies = lie
    answer = client.get(BACK, {"state": found["state"], "code": "abc"})
    assert (answer.status_code, entered(client)) == (FORBIDDEN, False)
    assert "did not let you in" in text(answer)


def test_a_token_signed_by_another_key_proves_nothing(community: Community, provider: Provider) -> None:
    client = Client()
    found = asked(client, provider)
    provider.key = FOREIGN
    client.get(BACK, {"state": found["state"], "code": "abc"})
    assert not entered(client)


@pytest.mark.parametrize("state", ["", "another"])
def test_an_answer_that_was_not_asked_for_is_not_taken(
    community: Community, provider: Provider, state: str
) -> None:
    client = Client()
    asked(client, provider)
    assert client.get(BACK, {"state": state, "code": "abc"}).status_code == FORBIDDEN
    assert Client().get(BACK, {"state": state, "code": "abc"}).status_code == FORBIDDEN
    assert provider.exchanged == []


def test_an_answer_is_taken_once(community: Community, provider: Provider) -> None:
    client = Client()
    found = asked(client, provider)
    client.get(BACK, {"state": found["state"], "code": "abc"})
    again = client.get(BACK, {"state": found["state"], "code": "abc"})
    assert again.status_code == FORBIDDEN


def test_a_provider_that_calls_itself_otherwise_is_not_asked(
    community: Community, provider: Provider
) -> None:
    provider.described = {"issuer": "https://evil.example"}
    assert "did not let you in" in text(Client().post(START, {"email": "ana@cedar.example"}))
    provider.described = {"token_endpoint": "http://evil.example/token"}
    assert "did not let you in" in text(Client().post(START, {"email": "ana@cedar.example"}))


def test_somebody_is_bound_to_the_first_subject_and_nobody_else_takes_it(
    community: Community, provider: Provider
) -> None:
    for claims, works in (
        ({}, True),
        ({"sub": "somebody-else"}, False),
        ({"email": "lee@cedar.example"}, False),
        ({"email": "lee@cedar.example", "sub": "lee-1"}, True),
    ):
        client = Client()
        found = asked(client, provider)
        provider.claims = claims
        client.get(BACK, {"state": found["state"], "code": "abc"})
        assert entered(client) is works, claims


def test_an_unknown_domain_is_told_to_use_a_password(community: Community, provider: Provider) -> None:
    pages = [text(Client().post(START, {"email": f"{name}@bank.example"})) for name in ("sam", "nobody")]
    assert all("No organization signs on with this address" in page for page in pages)


def test_where_it_is_asked_for_no_password_opens(
    community: Community, provider: Provider, ivy: Client
) -> None:
    sets(ivy, provider, community.clinic, enforced="on")
    client = Client()
    answer = client.post("/accounts/login/", {"login": "ana@cedar.example", "password": PASSWORD})
    assert (answer.headers["Location"], entered(client)) == (START, False)
    other = Client()
    other.post("/accounts/login/", {"login": "sam@bank.example", "password": PASSWORD})
    assert entered(other)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"secret_variable": "DATABASE_URL"}, "begins with WAYPOST_OIDC_"),
        ({"domain": "not a domain"}, "valid value"),
        ({"issuer": ""}, "required"),
    ],
)
def test_what_cannot_be_set_is_refused(
    community: Community, provider: Provider, ivy: Client, change: dict[str, str], words: str
) -> None:
    answer = sets(ivy, provider, community.clinic, **change)
    assert (answer.status_code, words in text(answer)) == (REFUSED, True)


def test_a_domain_belongs_to_one_organization(community: Community, provider: Provider, ivy: Client) -> None:
    answer = sets(ivy, provider, community.bank)
    assert (answer.status_code, "Another organization" in text(answer)) == (REFUSED, True)
