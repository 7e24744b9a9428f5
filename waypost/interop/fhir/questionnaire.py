"""Reads a FHIR R4 Questionnaire (http://hl7.org/fhir/R4/questionnaire.html) from a file, and checks it.

Everything that is not one is refused with words for the person who chose the file.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from waypost.interop.fhir.items import FormReader
from waypost.kernel.errors import Refused
from waypost.screening.cards import InstrumentFile

SIZE_LIMIT = 2_000_000  # bytes; the largest instrument known has 80 kB
URL_LIMIT, VERSION_LIMIT, TITLE_LIMIT = 300, 60, 300
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
LANGUAGE = re.compile(r"^[a-z]{2,3}$")
ALIVE = ("draft", "active", "unknown")


def read_questionnaire(content: bytes) -> InstrumentFile:
    """The questionnaire in this file; raises Refused with plain words for anything else."""
    definition = _resource(content)
    status = definition.get("status")
    if status == "retired":
        raise Refused(_("This questionnaire is marked as retired. Load a version that is in use."))
    if status not in ALIVE:
        raise Refused(_("This questionnaire does not say its status (draft or active)."))
    url = _header(definition, "url", URL_LIMIT)
    if not url:
        raise Refused(_("This questionnaire has no “url”: the address that tells it from all others."))
    version = _header(definition, "version", VERSION_LIMIT) or _header(definition, "date", 60)[:10]
    language = _primary(definition.get("language")) or "en"
    languages = [language, *_translations(definition, language)]
    readers = {each: FormReader(definition, each) for each in languages}
    forms = {each: reader.form() for each, reader in readers.items()}
    return InstrumentFile(
        url=url,
        version=version or "1",
        title=forms[language].title[:TITLE_LIMIT],
        language=language,
        forms=forms,
        definition=definition,
        notes=tuple(readers[language].notes),
    )


def _resource(content: bytes) -> dict[str, Any]:
    if len(content) > SIZE_LIMIT:
        raise Refused(_("This file is too large for a questionnaire: more than 2 MB."))
    start = content.lstrip()[:5]
    if not start:
        raise Refused(_("This file is empty."))
    if start.startswith(b"%PDF"):
        raise Refused(_("This is a PDF. A questionnaire is loaded from a FHIR R4 JSON file."))
    if start.startswith(b"PK"):
        raise Refused(_("This is a zip file. Unpack it, and load the JSON file inside."))
    if start.startswith(b"<"):
        raise Refused(_("This is a web page or XML. A questionnaire is loaded from a FHIR R4 JSON file."))
    data = _parsed(content)
    kind = data.get("resourceType") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(kind, str):
        raise Refused(_("This JSON file is not a FHIR resource: it does not say its resourceType."))
    if kind != "Questionnaire":
        raise Refused(_("This file holds a FHIR %(kind)s. A Questionnaire is needed.") % {"kind": kind[:60]})
    return data


def _parsed(content: bytes) -> Any:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is not written in UTF-8. Save it again as UTF-8.")) from None
    try:
        data = json.loads(text)
        # What the database cannot keep: halves of characters, infinite numbers.
        json.dumps(data, allow_nan=False, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise Refused(
            _("This file is not whole JSON: something is wrong in line %(line)d. Was it cut off?")
            % {"line": error.lineno}
        ) from None
    except RecursionError:
        raise Refused(_("This file is nested too deeply for a questionnaire.")) from None
    except ValueError:
        raise Refused(_("This file holds numbers or characters that cannot be kept.")) from None
    if "\\u0000" in text or "\x00" in text:
        raise Refused(_("This file holds numbers or characters that cannot be kept."))
    return data


def _header(definition: dict[str, Any], key: str, limit: int) -> str:
    value = definition.get(key, "")
    if not isinstance(value, str) or len(value) > limit:
        raise Refused(_("The “%(key)s” of this questionnaire cannot be right.") % {"key": key})
    return value.strip()


def _primary(tag: Any) -> str:
    """The language of a tag such as es-US; nothing where it is none."""
    first = tag.split("-")[0].lower() if isinstance(tag, str) else ""
    return first if LANGUAGE.match(first) else ""


def _translations(definition: dict[str, Any], base: str) -> list[str]:
    found = {_primary(tag) for tag in _translation_tags(definition)}
    return sorted(found - {"", base})


def _translation_tags(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        if node.get("url") == TRANSLATION and isinstance(node.get("extension"), list):
            yield from (each.get("valueCode") for each in node["extension"] if isinstance(each, dict))
        for value in node.values():
            yield from _translation_tags(value)
    elif isinstance(node, list):
        for value in node:
            yield from _translation_tags(value)
