"""Who takes part: organizations, teams, the people who sign in, and what was signed between them."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from waypost.accounts import training
from waypost.accounts.services import create_user
from waypost.demo.seeding.data import listed_organizations, read
from waypost.kernel.actors import Actor
from waypost.network.roles import Role
from waypost.network.services import add_member, add_organization, add_site, add_team

ASKING_ROLES = frozenset({"provider", "nurse", "front_desk", "social_worker"})


@dataclass
class Member:
    """Somebody who signs in, acting for one organization."""

    actor: Actor
    team_id: UUID | None
    team: str
    profession: str

    @property
    def asks_as(self) -> str:
        """The role that a request for coordination names."""
        return self.profession if self.profession in ASKING_ROLES else "other"


@dataclass
class Cast:
    """Participants by name, members by e-mail and organization."""

    organizations: dict[str, UUID] = field(default_factory=dict)
    members: dict[str, list[Member]] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)

    def actor(self, email: str) -> Actor:
        """The first membership of this user."""
        user = self.users[email]
        return next(
            each.actor for all_ in self.members.values() for each in all_ if each.actor.user_id == user
        )

    def of(self, organization: str, role: Role) -> list[Member]:
        """The members of an organization with a role."""
        return [each for each in self.members.get(organization, []) if each.actor.role == role]


def make_cast() -> Cast:
    """Everybody who signs in, all with the one password of the demo."""
    cast, told = Cast(), read("cast")
    for each in told["organizations"]:
        _organization(cast, each["name"], each)
        teams = _teams(cast.organizations[each["name"]], each["teams"])
        for person in each["people"]:
            _member(cast, each["name"], person, person["role"], teams)
    for each in listed_organizations():
        if each["participates"] and "participant" not in each:
            _organization(cast, each["name"], {"kind": "cbo", "legal_status": "none", **each})
            for person in told["intake"][each["name"]]:
                _member(cast, each["name"], person, person.get("role", Role.INTAKE.value), {})
    # Hashed once: forty users with forty salts would take a quarter of the whole seeding.
    get_user_model().objects.filter(pk__in=cast.users.values()).update(
        password=make_password(told["password"])
    )
    return cast


def _organization(cast: Cast, name: str, told: dict[str, Any]) -> None:
    cast.organizations[name] = add_organization(
        name=name,
        kind=told["kind"],
        legal_status=told["legal_status"],
        phone=told["phone"],
        notice_email=told["email"],
    )


def _teams(organization_id: UUID, teams: list[dict[str, str]]) -> dict[str, UUID]:
    made = {}
    for team in teams:
        site = add_site(organization_id=organization_id, name=team["name"])
        made[team["name"]] = add_team(
            organization_id=organization_id,
            name=team["name"],
            site_id=site,
            coordinator_fte=Decimal(team["fte"]),
        )
    return made


def _member(cast: Cast, organization: str, person: dict[str, str], role: str, teams: dict[str, UUID]) -> None:
    email, name, team = person["email"], person["name"], person.get("team", "")
    if email not in cast.users:
        cast.users[email] = create_user(email=email, name=name)
        page = training.current_page()
        training.take(user_id=cast.users[email], answers={each.key: each.right for each in page.questions})
    organization_id, team_id = cast.organizations[organization], teams.get(team)
    add_member(
        user_id=cast.users[email],
        organization_id=organization_id,
        role=role,
        team_id=team_id,
        profession=person.get("profession", ""),
    )
    actor = Actor(
        user_id=cast.users[email],
        name=name,
        organization_id=organization_id,
        organization_name=organization,
        role=role,
    )
    member = Member(actor=actor, team_id=team_id, team=team, profession=person.get("profession", ""))
    cast.members.setdefault(organization, []).append(member)
