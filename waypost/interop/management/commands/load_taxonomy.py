"""``waypost load_taxonomy FILE --name NAME [--version V]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from waypost.directory.services import load_taxonomy
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.taxonomies import read_taxonomy
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import Refused


class Command(BaseCommand):
    """Load a taxonomy, or bring it to what a newer file says."""

    help = (
        "Load a taxonomy from XML or JSON (Open Eligibility) or CSV (taxonomy_id or code and name, or slug). "
        "Loading it again changes what changed; terms that the file leaves out are retired, not deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file is one taxonomy."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--name", required=True, help="always the same for this taxonomy")
        parser.add_argument("--taxonomy-version", default="", help="where the file does not say it")
        parser.add_argument("--description", default="", help="licence and origin, for those who read it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print the counts. Raises CommandError when the file cannot be read."""
        try:
            read = read_taxonomy(options["file"].read_bytes())
            with transaction.atomic():
                loaded = load_taxonomy(
                    actor=SYSTEM,
                    name=options["name"],
                    terms=read.terms,
                    version=options["taxonomy_version"] or read.version,
                    description=options["description"],
                )
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror or error}.") from None
        except (Unreadable, Refused) as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        self.stdout.write(
            f"{options['name']}: {loaded.created} new, {loaded.updated} changed,"
            f" {loaded.unchanged} as before, {loaded.retired} retired."
        )
