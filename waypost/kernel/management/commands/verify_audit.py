"""``waypost verify_audit``: walk the audit chain and say whether every link holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from waypost.kernel import audit, chain


class Command(BaseCommand):
    """Names what does not hold; exit code 1 when there is something."""

    help = (
        "Verify the audit's hash chain: names rows that were changed, deleted, inserted or swapped, an end "
        "cut off; reports the unsealed tail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """``--seal`` seals the tail first; ``--keep`` keeps the result and writes the head down outside."""
        parser.add_argument("--seal", action="store_true", help="seal the unsealed tail first")
        parser.add_argument(
            "--keep",
            action="store_true",
            help="keep the result for the pages, and write the head down outside",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict. A tail that holds something inserted is not sealed over."""
        verdict = chain.verify()
        if options["seal"] and not verdict.findings:
            while audit.seal():
                pass
            verdict = chain.verify()
        if options["keep"]:
            chain.check(asked_by="command line")
        self.stdout.write(f"{verdict.sealed} sealed entries, {verdict.unsealed} not sealed yet")
        for each in verdict.findings:
            self.stdout.write(f"  {each}")
        if verdict.broken:
            raise CommandError(f"The chain is broken: {verdict.broken}.")
        self.stdout.write(f"Every link holds. Head of the chain: {verdict.head}")
