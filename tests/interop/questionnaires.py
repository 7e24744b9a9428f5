"""Questionnaires made for tests, item by item."""

import json
from pathlib import Path
from typing import Any

from waypost import screening
from waypost.interop.fhir.questionnaire import read_questionnaire
from waypost.screening.cards import Form, Question

SHIPPED = Path(screening.__file__).parent / "data"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
CODES = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"


def questionnaire(*items: dict[str, Any], **more: Any) -> bytes:
    body = {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "http://example.org/q",
        "version": "1",
        "title": "Try",
        "item": list(items),
        **more,
    }
    return json.dumps({key: value for key, value in body.items() if value is not None}).encode()


def item(link_id: str = "1", kind: str = "string", text: str = "What?", **more: Any) -> dict[str, Any]:
    return {"linkId": link_id, "type": kind, "text": text, **more}


def read(*items: dict[str, Any], **more: Any) -> Form:
    file = read_questionnaire(questionnaire(*items, **more))
    return file.forms[file.language]


def only(*items: dict[str, Any], **more: Any) -> Question:
    [question] = read(*items, **more).questions
    return question


def coding(code: str, display: str = "") -> dict[str, Any]:
    return {"valueCoding": {"system": "http://loinc.org", "code": code, "display": display or code}}


def translated(text: str, language: str = "es-US") -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"extension": [{"url": TRANSLATION, "extension": parts}]}
