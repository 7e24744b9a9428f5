"""A clinic's Rosa, and one organization for each relation to her, with somebody in every role."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.test import Client

from tests.community import FOOD, agree, food_need, plan_inbox, rosa, trained
from tests.guards import officer
from tests.web.access.kept import guarded
from tests.web.access.rows import NONE, RELATIONS, ROLES
from waypost.accounts.models import User
from waypost.accounts.services import create_user
from waypost.consent.services import revoke
from waypost.coordination import services as coordination
from waypost.coordination.services.requests import Ask
from waypost.directory import services as directory
from waypost.directory.selectors import kept
from waypost.directory.services import gaps, keeping, lists
from waypost.interop.fhir.shipped import load_shipped
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.selectors import members
from waypost.network.services import add_organization
from waypost.referrals import services as referrals
from waypost.screening.selectors import short_screener
from waypost.screening.services import save_response

SHARED_WITH = ("referred", "linked", "ended", "recalled")


@dataclass
class World:
    """Browsers by relation and role, and the ids that addresses are filled with."""

    browsers: dict[tuple[str, str], Client] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)
    member_of_nothing: Client = field(default_factory=Client)
    ids: dict[str, object] = field(default_factory=dict)
    referrals: dict[str, UUID] = field(default_factory=dict)

    def given(self, relation: str) -> dict[str, object]:
        """Ids for the parameters of addresses, as this organization might know them."""
        return {**self.ids, "referral_id": self.referrals.get(relation, self.referrals["referred"])}


def build() -> World:
    """Make everything through the rooms' own services, sign everybody in, and let policies count."""
    world = World()
    clinic = add_organization(name="Cedar Clinic", kind="clinic", legal_status="covered_entity")
    hub = add_organization(name="Cedar County Hub", kind="integrator")
    ivy = officer(hub, "Ivy Chen", role="integrator")
    organizations = {"own": clinic} | {
        each: add_organization(
            name=f"The {each} house",
            kind="cbo",
            legal_status="victim_service" if each == "victim" else "none",
        )
        for each in RELATIONS[1:]
    }
    world.organizations = organizations
    for relation, organization in organizations.items():
        for letter, role in ROLES.items():
            actor = officer(organization, f"{role} {relation}", role=role)
            world.browsers[relation, letter] = _signed_in(actor.user_id)
            if letter == "C":
                coordinator = actor
                world.ids.setdefault("membership_id", members(organization)[0].id)
            if letter == "I":
                intake = actor
            if letter == "S":
                supervisor = actor
        if relation == "own":
            ana = coordinator
            _rosa(world, ana)
            _kept(world, ana, organization)
            world.ids |= guarded(ana, supervisor, UUID(str(world.ids["person_id"])))
        elif relation in SHARED_WITH:
            _told(world, relation, ana, intake)
    for letter in ROLES:
        world.browsers[NONE, letter] = world.browsers["own", letter]
    world.browsers[NONE, "N"] = _signed_in(ivy.user_id)
    nobody = create_user(email="ex@cedar.example", name="Ex Member", password="a long password")  # noqa: S106
    world.member_of_nothing = _signed_in(nobody)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE waypost_web")
    return world


def _signed_in(user_id: UUID | None) -> Client:
    if user_id is not None:
        trained(user_id)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=user_id))
    return client


def _rosa(world: World, ana: Actor) -> None:
    """Rosa with a need, a screening and a request, all of them the clinic's own."""
    [instrument] = load_shipped()
    person = rosa(ana)
    need = food_need(ana, person)
    with acting(ana):
        saved = save_response(
            actor=ana,
            person_id=person,
            instrument_id=short_screener().id,
            answers={"rides": ["no"]},
            mode="interview",
            language="en",
        )
        request = coordination.request_coordination(
            actor=ana, ask=Ask(person_name="Grace Kim", reason="food-insecurity")
        )
    world.ids |= {
        "person_id": person,
        "need_id": need,
        "instrument_id": instrument,
        "response_id": saved.response_id,
        "request_id": request,
    }


def _kept(world: World, ana: Actor, clinic: UUID) -> None:
    """What the clinic keeps in the directory, and its own listing there."""
    listing = directory.create_organization(name="Cedar Clinic", claimed_by=clinic)
    service = directory.create_service(
        organization_id=listing, name="Classes", description="Cooking", need_categories=[FOOD]
    )
    with acting(ana):
        made = lists.make_list(actor=ana, name="Grace's list", shared_with="everybody")
        lists.put_on_list(actor=ana, list_id=made, service_id=service)
        world.ids |= {
            "organization_id": listing,
            "service_id": service,
            "search_id": keeping.save_search(actor=ana, name="G", query="q=x", shared_with="everybody"),
            "list_id": made,
            "item_id": kept.service_list(ana, made)[1][0].id,
            "note_id": keeping.note_service(actor=ana, service_id=service, words="Ask Grace"),
            "gap_id": gaps.ask_to_find(actor=ana, gap=gaps.Gap(words="Grace asks")),
        }


def _told(world: World, relation: str, ana: Actor, theirs: Actor) -> None:
    """A referral of Rosa's to this organization, and what became of it."""
    listing = directory.create_organization(name=theirs.organization_name, claimed_by=theirs.organization)
    service = directory.create_service(
        organization_id=listing, name="Meals", description="Meals", need_categories=[FOOD]
    )
    person, need = (UUID(str(world.ids[each])) for each in ("person_id", "need_id"))
    consent = agree(ana, person, recipient_class="named", recipient_ids=[theirs.organization])
    world.ids.setdefault("consent_id", consent)
    with acting(ana):
        sent = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=service)
        referrals.plan_handoff(actor=ana, referral_id=sent, plan=plan_inbox())
        referrals.send(actor=ana, referral_id=sent)
    world.referrals[relation] = sent
    with acting(theirs):
        if relation == "linked":
            referrals.take_into_records(actor=theirs, referral_id=sent)
    with acting(ana):
        if relation in ("ended", "recalled"):
            revoke(actor=ana, consent_id=consent, these_referrals_too=relation == "recalled")
