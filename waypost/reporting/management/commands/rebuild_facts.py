"""``waypost rebuild_facts``: count every referral anew."""

from typing import Any

from django.core.management.base import BaseCommand

from waypost.reporting.services import rebuild_facts


class Command(BaseCommand):
    """Fills the table behind the figures from the referrals themselves."""

    help = "Count every referral anew for the figures."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how many."""
        self.stdout.write(f"{rebuild_facts()} referrals counted.")
