"""``waypost demo_people``: who signs in as whom in the invented community."""

from typing import Any

from django.core.management.base import BaseCommand

from waypost.accounts.selectors import user_by_email
from waypost.demo.seeding.data import read
from waypost.network.selectors import memberships_of


class Command(BaseCommand):
    """A table of names, roles and addresses, and the one password."""

    help = "Print who signs in as whom in the invented community."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table; a line where the community was not made."""
        rows = [row for email, what in read("cast")["shown"] if (row := _row(email, what))]
        if not rows:
            self.stdout.write("The invented community is not here ('waypost demo_seed' makes it).")
            return
        rows.insert(0, ("Sign in as", "who is", "at", "with this e-mail"))
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(f"Password for all: {read('cast')['password']}  (invented people only)")


def _row(email: str, what: str) -> tuple[str, str, str, str] | None:
    user = user_by_email(email)
    if user is None:
        return None
    places = ", ".join(each.organization_name for each in memberships_of(user.id))
    return (user.name, what, places, email)
