"""``waypost find_duplicates [--source NAME] [--kind KIND]``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from waypost.directory.choices import FactOf
from waypost.directory.services import find_duplicates


class Command(BaseCommand):
    """Look for listings that are the same; nothing is merged."""

    help = (
        "Compare listings that changed since the last time with all others and propose those that look "
        "alike, on the page Directory upkeep > Duplicates. An import does the same for its own feed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without arguments: everything."""
        parser.add_argument("--source", help="only listings of this feed, compared with all others")
        parser.add_argument("--kind", choices=FactOf.values, action="append", help="only this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, and print a line for each kind."""
        found = find_duplicates(source=options["source"], kinds=options["kind"] or tuple(FactOf.values))
        for kind, each in found.items():
            self.stdout.write(
                f"{kind}: {each.read} read, {each.changed} changed, {each.compared} pairs compared, "
                f"{each.proposed} look alike"
            )
