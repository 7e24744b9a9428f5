"""``waypost add_member``: let somebody sign in for an organization."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from waypost.accounts.selectors import user_by_email
from waypost.accounts.services import create_user, password_path
from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import Refused
from waypost.network.cards import OrganizationCard
from waypost.network.roles import Role
from waypost.network.selectors import memberships_of, organizations, teams
from waypost.network.services import add_member, add_team

GIVEN = ("email", "name", "organization", "role", "team", "profession")


class Command(BaseCommand):
    """No password passes through here: a new user gets a link, good once, to set one."""

    help = "Let somebody work for an organization; prints a link to set the first password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, where, as what."""
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="", help="full name; needed for somebody new")
        parser.add_argument("--organization", required=True, help="its name, as in the network")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--team", default="", help="a team of the organization; made if it is new")
        parser.add_argument("--profession", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add the membership, and the user where needed."""
        try:
            validate_email(options["email"].strip())
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.") from error
        try:
            with transaction.atomic():
                link = self._add(**{key: str(options[key]) for key in GIVEN})
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"{options['email']} works for {options['organization']} as {options['role']} now.")
        if link:
            self.stdout.write(f"Give this link to them alone; it works once, to set a password:\n{link}")

    def _add(self, *, email: str, name: str, organization: str, role: str, team: str, profession: str) -> str:
        where, known = _organization(organization), user_by_email(email)
        if known is None and not name.strip():
            raise Refused("Somebody new needs a --name.")
        user_id = known.id if known else create_user(email=email, name=name)
        if any(each.organization_id == where.id for each in memberships_of(user_id)):
            raise Refused(f"{email} works for {where.name} already.")
        member_id = add_member(
            user_id=user_id,
            organization_id=where.id,
            role=role,
            team_id=_team(where.id, team.strip()),
            profession=profession,
        )
        audit.record(
            "network.add_member",
            actor=SYSTEM,
            subject_type="user",
            subject_ids=[user_id],
            organization=where.id,
            membership=member_id,
            role=role,
        )
        return "" if known else f"{settings.BASE_URL}{password_path(user_id=user_id)}"


def _organization(name: str) -> OrganizationCard:
    present = organizations()
    for each in present:
        if each.name.casefold() == name.strip().casefold():
            return each
    named = ", ".join(each.name for each in present) or "none yet"
    raise Refused(f"No organization called {name} takes part. Those that do: {named}.")


def _team(organization_id: UUID, name: str) -> UUID | None:
    if not name:
        return None
    for each in teams(organization_id):
        if each.name.casefold() == name.casefold():
            return each.id
    return add_team(organization_id=organization_id, name=name)
