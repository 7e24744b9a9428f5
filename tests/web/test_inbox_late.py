"""What is late looks late in the inbox."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from time_machine import travel

from tests.community import Community, agree, food_need, plan_inbox, rosa
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.transaction import acting
from waypost.referrals import services as referrals

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "kind"), [(0, "wait"), (9, "stop")])
def test_an_answer_that_is_overdue_is_marked(
    community: Community, sign_in: Callable[[Client, Actor], Client], days: int, kind: str
) -> None:
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    agree(community.ana, person)
    with acting(community.ana):
        sent = referrals.draft(
            actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
        )
        referrals.plan_handoff(actor=community.ana, referral_id=sent, plan=plan_inbox())
        referrals.send(actor=community.ana, referral_id=sent)
    with travel(now() + timedelta(days=days), tick=False):
        page = sign_in(Client(), community.sam).get("/inbox/").content.decode()
    assert f'class="tag {kind} ' in page
    assert ("was due" in page) == (kind == "stop")
