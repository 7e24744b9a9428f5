"""``waypost demo_seed``: make the invented community, once."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from waypost.demo.seeding import seed
from waypost.kernel.errors import Refused


class Command(BaseCommand):
    """One transaction: when it is killed halfway, nothing stays, and the next run begins anew."""

    help = "Make the invented community of Cedar County in an empty database. Does nothing where it stands."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, or say why not."""
        if settings.ENV.production:
            raise CommandError(
                "This is a production installation: invented people are not put among real ones."
            )
        started = time.monotonic()
        try:
            with transaction.atomic():
                made = seed()
        except Refused as refused:
            raise CommandError(refused.message) from refused
        if made is None:
            return
        self.stdout.write(
            f"Cedar County is made: {made.world.steps} steps of six months in"
            f" {time.monotonic() - started:.0f} seconds. Everybody in it is invented."
        )
