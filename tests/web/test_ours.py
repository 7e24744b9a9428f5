"""From a public listing to keeping it: members go on to the claim, strangers read whom to ask."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.community import Community
from waypost.directory.selectors import listing_for_referral
from waypost.directory.services import mark_victim_service
from waypost.kernel.actors import SYSTEM, Actor

SignIn = Callable[[Client, Actor], Client]
pytestmark = pytest.mark.django_db


def test_only_a_listing_that_nobody_keeps_asks(client: Client, community: Community) -> None:
    link = f"/services/{community.pantry}/ours/"
    assert link in client.get(f"/services/{community.pantry}/").content.decode()
    kept = client.get(f"/services/{community.groceries}/").content.decode()
    assert f"/services/{community.groceries}/ours/" not in kept
    assert client.get(f"/services/{community.groceries}/ours/").status_code == 302


def test_a_stranger_reads_whom_to_ask(
    client: Client, community: Community, settings: object, as_web: Callable[[], None]
) -> None:
    settings.CONTACT_EMAIL = "join@hub.example"  # type: ignore[attr-defined]
    as_web()
    page = client.get(f"/services/{community.pantry}/ours/").content.decode()
    assert "mailto:join@hub.example" in page
    assert "Cedar County Hub" in page
    assert "/accounts/login/?next=" in page


def test_members_go_on_to_the_claim(client: Client, community: Community, sign_in: SignIn) -> None:
    organization = listing_for_referral(community.pantry).organization_id
    sign_in(client, community.sam)
    answer = client.get(f"/services/{community.pantry}/ours/")
    assert answer["Location"] == f"/listing/find/{organization}/"
    sign_in(client, community.ito)
    page = client.get(f"/services/{community.pantry}/ours/").content.decode()
    assert "intake workers and supervisors can do this" in page


def test_a_victim_service_is_not_asked_in_public(client: Client, community: Community) -> None:
    organization = listing_for_referral(community.pantry).organization_id
    mark_victim_service(actor=SYSTEM, organization_id=organization, serves_victims=True)
    assert "/ours/" not in client.get(f"/services/{community.pantry}/").content.decode()
    assert client.get(f"/services/{community.pantry}/ours/").status_code == 302
