"""``waypost reseal_files``: put every kept file under the newest key, so that older keys may go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.consent.files import reseal_all


class Command(BaseCommand):
    """Safe to stop and to run again: a file that stands under the newest key is left as it is."""

    help = "Seal every kept scan and signature with the first key of WAYPOST_FILE_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Count what was done; fail where a file opens with none of the keys."""
        done = reseal_all()
        self.stdout.write(
            f"{done.resealed} sealed anew, {done.kept} were already, {done.unreadable} unreadable."
        )
        if done.unreadable:
            raise CommandError(
                "Some files open with none of the keys: keep the older keys in WAYPOST_FILE_KEYS."
            )
