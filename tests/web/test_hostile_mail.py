"""No address and no name that is typed carries a second header into a mail."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tests.web.access.world import World
from tests.web.reading import FOUND
from tests.web.test_access_table import filled, routes
from tests.web.test_hostile_http import _carrying, browser
from waypost.kernel.clock import now
from waypost.messaging.invitations import compose_invitation
from waypost.network.cards import InvitationCard

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "%0a", "\u2028", "\x0b", ", ", "; "], ids=ascii)
def test_an_invitation_goes_to_one_address_and_no_header(world: World, end: str) -> None:
    address = filled(routes()["member_invite"], world.given("own"))
    with transaction.atomic():
        typed = {"email": f"new@cedar.example{end}Bcc: zzq@evil.example", "role": "referrer"}
        answer = browser(world, "S").post(address, typed)
        assert answer.status_code != FOUND
        assert _carrying("zzq@evil.example") == []
        answer = browser(world, "S").post(address, {**typed, "email": "zzq@good.example"})
        assert answer.status_code == FOUND
        assert _carrying("zzq@good.example")
        transaction.set_rollback(True)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"], ids=ascii)
def test_the_name_of_an_organization_stays_within_the_subject(end: str) -> None:
    name, event = f"Cedar{end}Bcc: zzq@evil.example", SimpleNamespace(id=uuid4())
    card = InvitationCard(
        uuid4(), uuid4(), name, "new@cedar.example", "referrer", name, now(), now(), "open", "/x/"
    )
    asked: Any = event
    mail = compose_invitation(asked, card)
    sent = mail.message()
    assert sent["Bcc"] is None and sent["To"] == "new@cedar.example"
    assert mail.recipients() == ["new@cedar.example"]
    assert len(mail.subject.splitlines()) == 1
