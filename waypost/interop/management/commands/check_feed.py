"""``waypost check_feed FILE…``: whether files are good HSDS 3.2, in words."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.interop.hsds.checking import check_feed
from waypost.interop.hsds.errors import Unreadable

SHOWN = 20


class Command(BaseCommand):
    """Check files against the standard without importing them."""

    help = (
        "Say what in these files breaks the Human Services Data Specification 3.2: tables in a folder or"
        " a zip, JSON, ndjson, pages of an API. Importing takes much more than this lets pass."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files are looked at together, as one package."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="file, folder or zip")
        parser.add_argument("--report", type=Path, help="write every fault as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print counts and the first faults of each kind. Raises CommandError when there are any."""
        try:
            checked = check_feed(options["files"])
        except Unreadable as error:
            raise CommandError(str(error)) from None
        for table, count in checked.rows.items():
            self.stdout.write(f"{table:<26}{count:>10}")
        shown: Counter[tuple[str, str]] = Counter()
        for each in checked.faults:
            shown[each.table, each.rule] += 1
            if shown[each.table, each.rule] <= SHOWN:
                self.stdout.write(f"{each.file}, {each.table or 'page'} {each.row}: {each.words}")
        if options["report"]:
            body = [asdict(each) for each in checked.faults]
            options["report"].write_text(
                json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
        if checked.faults:
            raise CommandError(f"{len(checked.faults)} faults. A feed with none is good HSDS 3.2.")
        self.stdout.write("No fault was found.")
