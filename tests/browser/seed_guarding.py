"""Run as a process: Rosa of the clinic with a referral to the food bank, and a privacy officer elsewhere."""

from dataclasses import replace
from datetime import date

import django

django.setup()

from django.db import transaction  # noqa: E402 - after setup

from tests.community import FOOD, PASSWORD, ROSA, agree, food_need, plan_inbox, trained  # noqa: E402
from waypost.accounts.selectors import user_by_email  # noqa: E402
from waypost.accounts.services import create_user  # noqa: E402
from waypost.directory import services as directory  # noqa: E402
from waypost.kernel.transaction import acting  # noqa: E402
from waypost.network.selectors import actor_for, memberships_of, organizations  # noqa: E402
from waypost.network.services import add_member  # noqa: E402
from waypost.people.services import Contact, register  # noqa: E402
from waypost.referrals import services as referrals  # noqa: E402

WHO = replace(ROSA, family_name="Guarded", birth_date=date(1972, 3, 15))
PHONE = Contact(kind="phone", value="206-555-0188")


def main() -> None:
    """Register, agree, send; and let a privacy officer in."""
    with transaction.atomic():
        known = {each.name: each.id for each in organizations()}
        ana = user_by_email("ana@cedar.example")
        assert ana is not None
        actor = actor_for(memberships_of(ana.id)[0])
        listing = directory.create_organization(name="Guarded Pantry", claimed_by=known["Cedar Food Bank"])
        service = directory.create_service(
            organization_id=listing, name="Guarded groceries", need_categories=[FOOD]
        )
        with acting(actor):
            person = register(actor=actor, identity=WHO, contacts=[PHONE])
        need = food_need(actor, person)
        agree(actor, person)
        with acting(actor):
            referral = referrals.draft(actor=actor, person_id=person, need_id=need, service_id=service)
            referrals.plan_handoff(actor=actor, referral_id=referral, plan=plan_inbox())
            referrals.send(actor=actor, referral_id=referral)
        pia = create_user(email="pia@alder.example", name="Pia Berg", password=PASSWORD)
        trained(pia)
        add_member(user_id=pia, organization_id=known["Alder Shelter Fund"], role="privacy_officer")
        for name in ("Omar Petrov", "Opal Petrovich"):  # tries are counted for each worker
            address = f"{name.partition(' ')[0].lower()}@alder.example"
            user = create_user(email=address, name=name, password=PASSWORD)
            trained(user)
            add_member(user_id=user, organization_id=known["Alder Shelter Fund"], role="intake_worker")


if __name__ == "__main__":
    main()
