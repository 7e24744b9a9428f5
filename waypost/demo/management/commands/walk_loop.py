"""``waypost walk_loop``: drive a running site through one whole loop, as three people would."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from waypost.demo.browser import StepFailed
from waypost.demo.walk import People, Walk

PASSWORD = "cedar-county-demo"  # noqa: S105 - of the invented community


class Command(BaseCommand):
    """Needs no database of its own: everything goes through the pages of the site."""

    help = "Walk a need to a closed loop on a running site; prints a line and milliseconds per step."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to walk, and as whom."""
        port = os.environ.get("PORT") or "8000"
        parser.add_argument("--base-url", default=f"http://127.0.0.1:{port}")
        parser.add_argument("--coordinator", default="ana.reyes@cedarclinic.example")
        parser.add_argument("--referrer", default="kenji.ito@cedarclinic.example")
        parser.add_argument("--partner", default="sam.ortiz@cedarfoodbank.example")
        parser.add_argument("--password", default=os.environ.get("WAYPOST_WALK_PASSWORD", PASSWORD))

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk; the first step that fails ends it with its page's words and a non-zero code."""
        people = People(
            coordinator=options["coordinator"],
            referrer=options["referrer"],
            partner=options["partner"],
            password=options["password"],
        )
        total = 0
        try:
            for done in Walk(base_url=options["base_url"], people=people).steps():
                total += done.milliseconds
                self.stdout.write(f"{done.milliseconds:>6} ms  {done.words}")
                self.stdout.flush()
        except (StepFailed, ValueError) as failed:
            raise CommandError(f"The loop was not closed. {failed}") from failed
        self.stdout.write(f"{total:>6} ms  in all: the loop is closed")
