"""What the tests of the referral's pages share: a draft, a plan, a look at the card."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.urls import reverse

from tests.community import Community, agree, food_need, rosa
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralCard

SignIn = Callable[[Client, Actor], Client]
OK, FOUND, FORBIDDEN, NOT_FOUND, REFUSED = 200, 302, 403, 404, 422


def seen(actor: Actor, referral_id: UUID) -> ReferralCard:
    with acting(actor):
        return referrals.referral(actor, referral_id)


def started(
    community: Community, client: Client, *, agreed: bool = True, service: UUID | None = None
) -> UUID:
    """Rosa's food need, with a service chosen on the page; the draft."""
    person = rosa(community.ana)
    need = food_need(community.ana, person)
    if agreed:
        agree(community.ana, person)
    answer = client.post(reverse("choose", args=[need]), {"service": service or community.groceries})
    assert answer.status_code == FOUND
    return UUID(answer.headers["Location"].split("/")[2])


def plan(**changes: object) -> dict[str, object]:
    return {
        "handoff": "inbox",
        "next_move": "they_call",
        "check_back_on": (today() + timedelta(days=7)).isoformat(),
        "person_knows": "on",
        "urgency": "routine",
        "words_to_recipient": "She can come on Fridays.",
        **changes,
    }


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]
