"""``waypost mark_victim_service ORGANIZATION [--undo]``: tell of an organization its hotline alone."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from waypost.directory import services
from waypost.directory.selectors import organizations_named
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import NotVisible


class Command(BaseCommand):
    """An organization by its name or id, as it is listed."""

    help = (
        "Mark a listed organization as serving victims of violence: its listing tells its name, kind and "
        "hotline, and nothing by which a shelter could be found."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The name as it is listed, or the id where several have this name."""
        parser.add_argument("organization", metavar="ORGANIZATION", help="its name as listed, or its id")
        parser.add_argument("--undo", action="store_true", help="take the mark away")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark it, and say what is shown from now on."""
        organization_id, name = _found(str(options["organization"]))
        try:
            with transaction.atomic():
                services.mark_victim_service(
                    actor=SYSTEM, organization_id=organization_id, serves_victims=not options["undo"]
                )
                services.catch_up()
        except NotVisible:
            raise CommandError(f"No organization in the directory has the id {organization_id}.") from None
        if options["undo"]:
            self.stdout.write(f"{name} is shown as other organizations are. Confidential places stay so.")
        else:
            self.stdout.write(f"{name} is marked: its name, kind and hotline are shown, and nothing else.")


def _found(words: str) -> tuple[UUID, str]:
    try:
        return UUID(words), words
    except ValueError:
        pass
    named = organizations_named(words)
    if not named:
        raise CommandError(f"No organization in the directory is called “{words}”.")
    if len(named) > 1:
        ids = "\n".join(f"  {each}" for each, _name in named)
        raise CommandError(f"{len(named)} organizations are called “{words}”. Give one of their ids:\n{ids}")
    return named[0]
