"""``waypost verify_audit``: walk the audit chain and say whether every link holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from waypost.kernel import audit


class Command(BaseCommand):
    """Names the first broken row; exit code 1 when there is one."""

    help = "Verify the audit's hash chain; names the first broken row and reports the unsealed tail."

    def add_arguments(self, parser: CommandParser) -> None:
        """``--seal`` seals the tail first."""
        parser.add_argument("--seal", action="store_true", help="seal the unsealed tail first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict."""
        if options["seal"]:
            while audit.seal():
                pass
        verdict = audit.verify()
        self.stdout.write(f"{verdict.sealed} sealed entries, {verdict.unsealed} not sealed yet")
        if verdict.broken:
            raise CommandError(f"The chain is broken: {verdict.broken}.")
        self.stdout.write(f"Every link holds. Head of the chain: {verdict.head}")
