"""``waypost reseal_files``: put every kept file under the newest key, so that older keys may go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.consent.files import reseal_all
from waypost.network.copies import reseal_copies


class Command(BaseCommand):
    """Safe to stop and to run again: a file that stands under the newest key is left as it is."""

    help = "Seal every kept scan, signature and copy of an agreement with the first key of WAYPOST_FILE_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count what was done; fail where a file opens with none of the keys."""
        parts = (reseal_all(), reseal_copies())
        unreadable = sum(each.unreadable for each in parts)
        self.stdout.write(
            f"{sum(each.resealed for each in parts)} sealed anew, "
            f"{sum(each.kept for each in parts)} were already, {unreadable} unreadable."
        )
        if unreadable:
            raise CommandError(
                "Some files open with none of the keys: keep the older keys in WAYPOST_FILE_KEYS."
            )
