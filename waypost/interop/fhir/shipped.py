"""Loads the questionnaires that come with the software."""

import json
from pathlib import Path
from uuid import UUID

from waypost import screening
from waypost.interop.fhir.questionnaire import read_questionnaire
from waypost.kernel.actors import SYSTEM
from waypost.screening.services import load_instrument

DATA = Path(screening.__file__).parent / "data"
SUFFIX = ".questionnaire.json"


def load_shipped() -> list[UUID]:
    """Load each, with its mapping; loading again changes nothing. Needs an open transaction."""
    loaded = []
    for path in sorted(DATA.glob(f"*{SUFFIX}")):
        beside = path.with_name(path.name.replace(SUFFIX, ".mapping.json"))
        mapping = json.loads(beside.read_text(encoding="utf-8"))
        instrument_id, _created = load_instrument(
            actor=SYSTEM, file=read_questionnaire(path.read_bytes()), mapping=mapping
        )
        loaded.append(instrument_id)
    return loaded
