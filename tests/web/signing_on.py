"""What the tests of organizations' own sign-ons share: where a page leads, and coming in."""

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests.web.oidc_provider import Provider
from tests.web.reading import OK, text

START, BACK, AGAIN = (f"/accounts/organization/{each}" for each in ("", "back/", "again/"))


def sets(client: Client, provider: Provider, organization_id: UUID, **other: str) -> Any:
    """The form of an organization's own sign-on, sent with the provider of the tests; ``other``: fields."""
    given = {
        "issuer": provider.address,
        "client_id": "waypost",
        "secret_variable": "WAYPOST_OIDC_CEDAR",
        "domain": "cedar.example",
        **other,
    }
    return client.post(f"{reverse('member_sign_on')}?of={organization_id}", given)


def led(answer: Any, provider: Provider) -> dict[str, str]:
    """What the provider is asked, by the page that goes on to it: by itself, and by a link."""
    page = text(answer)
    assert answer.status_code == OK, page
    [by_itself] = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    [by_link] = [each for each in re.findall(r'<a [^>]*href="([^"]+)"', page) if "/authorize?" in each]
    address = html.unescape(by_itself)
    assert (by_link, address.partition("?")[0]) == (by_itself, f"{provider.address}/authorize")
    found = {key: value[0] for key, value in parse_qs(urlsplit(address).query).items()}
    provider.nonce = found["nonce"]
    return found


def comes_in(client: Client, provider: Provider, email: str = "ana@cedar.example") -> Client:
    """Through the organization's sign-on."""
    found = led(client.post(START, {"email": email}), provider)
    client.get(BACK, {"state": found["state"], "code": "abc"})
    assert "_auth_user_id" in client.session
    return client
