"""Run as a process: send Rosa's referral ("send"), or take it all back ("recall", with the consent's id)."""

import sys
from uuid import UUID

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import agree, food_need, plan_inbox, rosa  # noqa: E402
from waypost.consent.services import revoke  # noqa: E402
from waypost.directory.models import Service  # noqa: E402
from waypost.kernel.actors import Actor  # noqa: E402
from waypost.kernel.transaction import acting  # noqa: E402
from waypost.network.models import Membership  # noqa: E402
from waypost.referrals import services  # noqa: E402


def ana() -> Actor:
    """The clinic's coordinator."""
    found = Membership.objects.select_related("user", "organization").get(user__email="ana@cedar.example")
    return Actor(found.user_id, found.user.name, found.organization_id, found.organization.name, found.role)


def send() -> None:
    """Agreed and sent; prints the referral and the consent."""
    actor = ana()
    person = rosa(actor)
    need, consent = food_need(actor, person), agree(actor, person)
    service = Service.objects.get(name="Weekly groceries").pk
    with acting(actor):
        referral = services.draft(actor=actor, person_id=person, need_id=need, service_id=service)
        services.plan_handoff(actor=actor, referral_id=referral, plan=plan_inbox())
        services.send(actor=actor, referral_id=referral)
    print(referral, consent)  # noqa: T201 - read by the journey


if __name__ == "__main__":
    with transaction.atomic():
        if sys.argv[1] == "send":
            send()
        else:
            with acting(ana()):
                revoke(actor=ana(), consent_id=UUID(sys.argv[2]), these_referrals_too=True)
