"""``waypost add_organization``: let an organization into the network."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from waypost.kernel import audit
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import Refused
from waypost.network.models import Kind, LegalStatus
from waypost.network.services import add_organization


class Command(BaseCommand):
    """Makes a participant. A listing in the directory is another thing and needs none of this."""

    help = "Let an organization take part in the network."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is known of it."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", required=True, choices=Kind.values)
        parser.add_argument("--legal-status", default=LegalStatus.NONE.value, choices=LegalStatus.values)
        parser.add_argument("--phone", default="")
        parser.add_argument("--email", default="", help="where notices to the whole organization go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add it, or say why not."""
        try:
            with transaction.atomic():
                made = add_organization(
                    name=options["name"],
                    kind=options["kind"],
                    legal_status=options["legal_status"],
                    phone=options["phone"],
                    notice_email=options["email"],
                )
                audit.record(
                    "network.add_organization",
                    actor=SYSTEM,
                    subject_type="organization",
                    subject_ids=[made],
                    kind=options["kind"],
                    legal_status=options["legal_status"],
                )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(
            f"{options['name'].strip()} takes part now. Let people in with 'waypost add_member'."
        )
