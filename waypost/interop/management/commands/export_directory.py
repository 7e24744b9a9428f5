"""``waypost export_directory --format tabular|json|ndjson --out PATH``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.directory.choices import ExportForm
from waypost.interop.hsds.exporter import export_directory


class Command(BaseCommand):
    """Write the directory to a file."""

    help = (
        "Write everything of the directory that may be passed on: HSDS 3.2 as tables (a folder or a .zip), as"
        " one JSON file or as ndjson (.gz compresses). Importing the file elsewhere loses nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """In which form, and where to."""
        parser.add_argument("--format", required=True, choices=ExportForm.values)
        parser.add_argument(
            "--out", required=True, type=Path, help="file or folder; replaced when it is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say how many. Raises CommandError where the file cannot be written."""
        out: Path = options["out"]
        if out.is_dir() and options["format"] != ExportForm.TABULAR:
            raise CommandError(f"{out} is a folder; name a file.")
        if out.is_dir() and any(out.iterdir()) and not (out / "datapackage.json").exists():
            raise CommandError(f"{out} is a folder with other things in it; name an empty or a new one.")
        done = [0]

        def tell(more: int) -> None:
            done[0] += more

        try:
            export_directory(options["format"], out, tell)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror or error}.") from None
        kind = "rows" if options["format"] == ExportForm.TABULAR else "objects"
        self.stdout.write(f"Written: {done[0]} {kind} to {out}.")
