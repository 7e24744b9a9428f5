"""A small community for tests: a clinic, a food bank that takes part, and a stranger."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from waypost.accounts import training
from waypost.accounts.services import create_user
from waypost.consent.services import record_agreement
from waypost.directory import services as directory
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.transaction import acting
from waypost.network.selectors import organization
from waypost.network.services import add_member, add_organization, add_team
from waypost.people.services import Contact, Identity, register
from waypost.referrals import services as referrals
from waypost.referrals.services.sending import Plan
from waypost.screening.services import add_need

PASSWORD = "a long password for tests"
FOOD = "food-insecurity"
ROSA = Identity(
    given_name="Rosa",
    family_name="Delgado",
    pronouns="she/her",
    birth_date=date(1972, 3, 14),
    language="es",
    interpreter_needed=True,
    household_size=4,
)
ROSAS_PHONE = Contact(kind="phone", value="206-555-0143", may_text=True)
ROSAS_ADDRESS = Contact(kind="address", value="12 Cedar St", postal_code="98144")


@dataclass(frozen=True)
class Community:
    """Organizations, actors and listings by name."""

    clinic: UUID
    bank: UUID
    stranger: UUID
    plan: UUID
    integrator: UUID
    ana: Actor  # coordinator at the clinic
    ito: Actor  # referrer at the clinic
    lee: Actor  # supervisor at the clinic
    sam: Actor  # intake worker at the food bank
    olga: Actor  # intake worker at the stranger's
    ivy: Actor  # integrator
    groceries: UUID  # service of the food bank, which takes part
    pantry: UUID  # service of an organization outside the network


def build() -> Community:
    """Make it through the rooms' own services."""
    clinic = add_organization(name="Cedar Clinic", kind="clinic", legal_status="covered_entity")
    bank = add_organization(name="Cedar Food Bank", kind="cbo")
    stranger = add_organization(name="Alder Shelter Fund", kind="cbo")
    plan = add_organization(name="Cedar Health Plan", kind="health_plan", legal_status="covered_entity")
    hub = add_organization(name="Cedar County Hub", kind="integrator")
    add_team(organization_id=clinic, name="North")
    listing = directory.create_organization(name="Cedar Food Bank", claimed_by=bank)
    groceries = directory.create_service(
        organization_id=listing,
        name="Weekly groceries",
        description="A box of groceries each week",
        need_categories=[FOOD],
    )
    outside = directory.create_organization(name="St. Luke Church")
    pantry = directory.create_service(
        organization_id=outside,
        name="St. Luke pantry",
        description="Groceries and a hot meal",
        need_categories=[FOOD],
    )
    return Community(
        clinic=clinic,
        bank=bank,
        stranger=stranger,
        plan=plan,
        integrator=hub,
        ana=_member("Ana Reyes", "ana@cedar.example", clinic, "coordinator"),
        ito=_member("Dr. Ito", "ito@cedar.example", clinic, "referrer"),
        lee=_member("Lee Park", "lee@cedar.example", clinic, "supervisor"),
        sam=_member("Sam Ortiz", "sam@bank.example", bank, "intake_worker"),
        olga=_member("Olga Petrova", "olga@alder.example", stranger, "intake_worker"),
        ivy=_member("Ivy Chen", "ivy@hub.example", hub, "integrator"),
        groceries=groceries,
        pantry=pantry,
    )


def _member(name: str, email: str, organization_id: UUID, role: str) -> Actor:
    user = create_user(email=email, name=name, password=PASSWORD)
    add_member(user_id=user, organization_id=organization_id, role=role)
    trained(user)
    return Actor(
        user_id=user,
        name=name,
        organization_id=organization_id,
        organization_name=organization(organization_id).name,
        role=role,
    )


def trained(user_id: UUID) -> None:
    """This user took the confidentiality training today."""
    page = training.current_page()
    training.take(user_id=user_id, answers={each.key: each.right for each in page.questions})


def rosa(actor: Actor) -> UUID:
    """Register Rosa Delgado for this actor's organization."""
    with acting(actor):
        return register(actor=actor, identity=ROSA, contacts=[ROSAS_PHONE, ROSAS_ADDRESS])


def food_need(actor: Actor, person_id: UUID) -> UUID:
    """Rosa wants help with food."""
    with acting(actor):
        return add_need(actor=actor, person_id=person_id, category=FOOD, wants_help="yes", source="told_us")


def agree(actor: Actor, person_id: UUID, **changes: object) -> UUID:
    """Rosa agrees, by word of mouth, that any partner may be told about food, for a year."""
    given: dict[str, object] = {
        "topics": ["identity", "contact", FOOD],
        "ends_at": now() + timedelta(days=365),
        **changes,
    }
    with acting(actor):
        return record_agreement(actor=actor, person_id=person_id, **given)  # type: ignore[arg-type]


SIGNED_FOR_A_PROGRAM = {"captured": "written", "covers_sensitivities": ["substance_use"]}


def plan_inbox(**changes: object) -> Plan:
    """Handed over by inbox; they call; ask again in a week."""
    given: dict[str, object] = {
        "handoff": "inbox",
        "next_move": "they_call",
        "check_back_on": today() + timedelta(days=7),
        "person_knows": True,
        **changes,
    }
    return Plan(**given)  # type: ignore[arg-type]


def sent_referral(
    community: Community, *, plan: Plan | None = None, **agreed: object
) -> tuple[UUID, UUID, UUID]:
    """Rosa's food referral, agreed and sent from the clinic to the food bank: person, referral, consent."""
    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    consent = agree(ana, person, **agreed)
    with acting(ana):
        referral = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        referrals.plan_handoff(actor=ana, referral_id=referral, plan=plan or plan_inbox())
        referrals.send(actor=ana, referral_id=referral)
    return person, referral, consent
