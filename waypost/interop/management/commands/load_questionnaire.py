"""``waypost load_questionnaire FILE [--mapping FILE]``: a screening instrument from a FHIR Questionnaire."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from waypost.interop.fhir.questionnaire import SIZE_LIMIT, read_questionnaire
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.screening.services import load_instrument


class Command(BaseCommand):
    """Reads the file, checks it, keeps it; says plainly what it does not use, or why it cannot be used."""

    help = "Load a screening instrument from a FHIR R4 Questionnaire (JSON)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, and which answer is which need."""
        parser.add_argument("file", type=Path, help="a FHIR R4 Questionnaire, JSON")
        parser.add_argument("--mapping", type=Path, help="which answer is which need, JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load one file."""
        path: Path = options["file"]
        mapping = _mapping(options["mapping"]) if options["mapping"] else None
        try:
            file = read_questionnaire(_content(path))
            with acting(SYSTEM):
                _id, created = load_instrument(actor=SYSTEM, file=file, mapping=mapping)
        except Refused as refusal:
            raise CommandError(f"{path.name}: {refusal.message}") from None
        asked = len(file.forms[file.language].questions)
        done = "loaded" if created else "was loaded before, and is the same"
        languages = ", ".join(file.forms)
        self.stdout.write(f"{file.title} (version {file.version}) {done}: {asked} questions, in {languages}.")
        for each in file.notes:
            self.stdout.write(f"  {each}")
        if created and not mapping:
            self.stdout.write("  No mapping was given, so its answers are kept but lead to no needs.")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(_content(path).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise CommandError(f"{path.name} is not a JSON file in UTF-8.") from None
    if not isinstance(data, dict):
        raise CommandError(f"{path.name} is not a mapping: it must be a JSON object with “needs” in it.")
    return data
