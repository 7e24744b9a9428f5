"""``waypost import_directory FILE… --source NAME [--mapping FILE] [--complete] [--dry-run]``."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import MAX_SOURCE, import_feed
from waypost.interop.hsds.mapping import Mapping, load_mapping
from waypost.interop.hsds.report import Report
from waypost.interop.imports.by_command import import_and_keep
from waypost.kernel.errors import Refused


class Command(BaseCommand):
    """Import a feed of Human Services Data into the directory."""

    help = (
        "Import services of the community from HSDS files: 3.x JSON or ndjson, and tables (CSV) of 1.1 or "
        "3.x in a folder or a zip. Running it again changes only what changed in the files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files are read together as one feed."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="file, folder or zip")
        parser.add_argument("--source", required=True, help="the feed's name, always the same for this feed")
        parser.add_argument("--mapping", type=Path, help="what the columns of tables of another form mean")
        parser.add_argument("--dry-run", action="store_true", help="count and check, write nothing")
        parser.add_argument(
            "--complete",
            action="store_true",
            help="the files bring all of the feed: hide what they do not name",
        )
        parser.add_argument(
            "--even-if-many",
            action="store_true",
            help="with --complete: also when a fifth of it or more is gone",
        )
        parser.add_argument("--report", type=Path, help="write the counts and what was set aside as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print the table, write the report. Raises CommandError when nothing could be read."""
        source = str(options["source"]).strip()
        if not source or len(source) > MAX_SOURCE or not source.isprintable():
            raise CommandError(f"--source needs a name of 1 to {MAX_SOURCE} characters.")
        try:
            mapping = load_mapping(options["mapping"]) if options["mapping"] else None
            report = self._import(source, mapping, options)
        except Refused as refusal:
            raise CommandError(f"Nothing was imported. {refusal.message}") from None
        except Unreadable as error:
            raise CommandError(f"Nothing was imported. {error}") from None
        for name, reason in report.unreadable:
            self.stderr.write(f"Not read: {name}: {reason}")
        for line in report.as_lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was written.")
        if options["report"]:
            self._write(options["report"], report.as_json())

    def _import(self, source: str, mapping: Mapping | None, options: dict[str, Any]) -> Report:
        whole = {name: options[name] for name in ("complete", "even_if_many")}
        if options["dry_run"]:
            return import_feed(options["files"], source=source, dry_run=True, mapping=mapping, **whole)
        return import_and_keep(options["files"], source=source, mapping=mapping, **whole)

    def _write(self, path: Path, body: dict[str, Any]) -> None:
        try:
            path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(
                f"The import is done, but the report cannot be written to {path}: {error.strerror or error}."
            ) from None
