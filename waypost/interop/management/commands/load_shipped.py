"""``waypost load_shipped``: the questionnaires that come with the software."""

from typing import Any

from django.core.management.base import BaseCommand

from waypost.interop.fhir.shipped import load_shipped
from waypost.kernel.actors import SYSTEM
from waypost.kernel.transaction import acting


class Command(BaseCommand):
    """Loads our own short screener; loading it again changes nothing."""

    help = "Load the questionnaires that come with Waypost. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many."""
        with acting(SYSTEM):
            loaded = load_shipped()
        self.stdout.write(f"{len(loaded)} questionnaire ready.")
