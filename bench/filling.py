"""Invented rows to measure on: listings round one place, people with referrals to one partner."""

import random
from datetime import time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tests.community import FOOD, Community, build, plan_inbox
from waypost.consent.services import record_agreement
from waypost.directory import services as directory
from waypost.directory.rules.schedule import weekly
from waypost.directory.selectors import need_categories
from waypost.directory.services.entries import PhoneEntry, PlaceEntry, ServiceEntry
from waypost.kernel.clock import now
from waypost.kernel.events import quiet
from waypost.kernel.transaction import acting
from waypost.people.services import Contact, Identity, register
from waypost.referrals import services as referrals
from waypost.screening.services import add_need

CENTRE = (47.6, -122.3)
SPREAD_DEGREES = 0.6
THINGS = (
    "pantry",
    "groceries",
    "shelter",
    "rent help",
    "rides",
    "legal aid",
    "classes",
    "clothing",
    "diapers",
    "meals",
)
PLACES = ("North", "South", "Cedar", "River", "Hill", "Lake", "Union", "Grace", "Hope", "Harbor")
LANGUAGES = ("English", "Spanish", "Vietnamese", "Somali", "Russian")


def community() -> Community:
    """The organizations and users of the tests' community."""
    with transaction.atomic():
        return build()


def listings(count: int, seed: int = 2026) -> None:
    """So many services, ten to an organization, with places, hours, languages and needs."""
    dice = random.Random(seed)
    codes = [each.code for each in need_categories()]
    with transaction.atomic():
        organization = None
        for number in range(count):
            if number % 10 == 0 or organization is None:
                organization = directory.create_organization(
                    name=f"{dice.choice(PLACES)} House {number // 10}"
                )
            directory.create_service(organization_id=organization, entry=_entry(dice, codes, number))


def _entry(dice: random.Random, codes: list[str], number: int) -> ServiceEntry:
    thing = dice.choice(THINGS)
    return ServiceEntry(
        name=f"{dice.choice(PLACES)} {thing} {number}",
        description=f"{thing.capitalize()} for families and seniors, {dice.choice(PLACES).lower()} side.",
        need_categories=tuple(dice.sample(codes, dice.randint(1, 2))),
        phones=(PhoneEntry(number=f"206-555-01{number % 100:02d}"),),
        hours=(weekly(byday=dice.choice(["MO,WE", "SA", "TU,TH"]), opens_at=time(9), closes_at=time(12)),),
        languages=tuple(dice.sample(LANGUAGES, dice.randint(0, 2))),
        minimum_age=Decimal(60) if dice.random() < 0.1 else None,  # noqa: PLR2004 - a tenth
        place=PlaceEntry(
            address_1=f"{number} Cedar St",
            city="Seattle",
            state_province="WA",
            postal_code="98144",
            latitude=CENTRE[0] + dice.uniform(-SPREAD_DEGREES, SPREAD_DEGREES),
            longitude=CENTRE[1] + dice.uniform(-SPREAD_DEGREES, SPREAD_DEGREES),
        ),
    )


def waiting_referrals(at: Community, count: int) -> None:
    """So many people with one sent referral each, all to the same partner."""
    with quiet():
        for draft in drafts(at, count):
            with acting(at.ana):
                referrals.send(actor=at.ana, referral_id=draft)


def drafts(at: Community, count: int) -> list[UUID]:
    """So many people who agreed, each with a referral that is ready to be sent."""
    ana, made = at.ana, []
    for number in range(count):
        with acting(ana), quiet():
            person = register(
                actor=ana,
                identity=Identity(given_name=f"Invented{number}", family_name="Person"),
                contacts=[Contact(kind="phone", value=f"206-555-{number:04d}")],
            )
            need = add_need(actor=ana, person_id=person, category=FOOD, wants_help="yes", source="told_us")
            record_agreement(
                actor=ana,
                person_id=person,
                topics=["identity", "contact", FOOD],
                ends_at=now() + timedelta(days=365),
            )
            referral = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=at.groceries)
            referrals.plan_handoff(actor=ana, referral_id=referral, plan=plan_inbox())
            made.append(referral)
    return made
