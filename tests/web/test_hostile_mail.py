"""No address that is typed carries a second header into a mail."""

import pytest
from django.db import transaction

from tests.web.access.world import World
from tests.web.reading import FOUND
from tests.web.test_access_table import filled, routes
from tests.web.test_hostile_http import _carrying, browser

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
