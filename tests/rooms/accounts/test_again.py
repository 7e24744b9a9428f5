"""Who one is, shown once more: which ways are offered, and when a provider's word counts as given anew."""

import pytest

from tests.community import PASSWORD
from waypost.accounts.again import ways
from waypost.accounts.models import User
from waypost.accounts.oidc.provider import LEEWAY, _shown_since
from waypost.accounts.services import create_user

SINCE = 1_800_000_000.0


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (SINCE + 1, True),
        (int(SINCE), True),
        (SINCE - LEEWAY, True),
        (SINCE - LEEWAY - 1, False),
        (0, False),
        (None, False),
        (True, False),
        (str(int(SINCE)), False),
        ([SINCE], False),
    ],
)
def test_only_a_number_of_seconds_that_is_late_enough_counts(said: object, counts: bool) -> None:
    """OpenID Connect Core 1.0, section 2: auth_time is a JSON number; clocks may differ by the leeway."""
    assert _shown_since(said, SINCE) is counts


@pytest.mark.django_db
def test_without_a_sign_on_of_the_organization_the_usual_ways_are_named_plainly() -> None:
    made = create_user(email="ana@cedar.example", name="Ana Reyes", password=PASSWORD)
    known = [
        {"id": "reauthenticate", "description": "Use your password", "url": "/p/"},
        {"id": "mfa_reauthenticate", "description": "Use authenticator app or code", "url": "/c/"},
        {"id": "another", "description": "As it was", "url": "/a/"},
    ]
    found = ways(User.objects.get(pk=made), known, came_by_sign_on=True)
    assert [(each["id"], each["description"], each["url"]) for each in found] == [
        ("reauthenticate", "Use your password", "/p/"),
        ("mfa_reauthenticate", "Use a code", "/c/"),
        ("another", "As it was", "/a/"),
    ]
