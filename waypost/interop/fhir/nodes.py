"""Small readings that hold for every FHIR element: texts, their translations, extensions."""

from collections.abc import Iterator
from typing import Any


def texts(node: dict[str, Any], key: str) -> str:
    """A text of this element; nothing where there is none."""
    value = node.get(key)
    return value.strip() if isinstance(value, str) else ""


def extensions(node: dict[str, Any], *names: str) -> Iterator[dict[str, Any]]:
    """Extensions of an element by the last part of their address."""
    found = node.get("extension")
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and str(each.get("url", "")).rsplit("/", 1)[-1] in names:
            yield each


def flag(extension: dict[str, Any]) -> bool:
    """Whether a yes-or-no extension says yes."""
    return extension.get("valueBoolean") is True


def say(node: dict[str, Any], key: str, language: str) -> str:
    """A text in this language if it was translated (the translation extension on ``_key``), else as it is."""
    beside = node.get(f"_{key}")
    if isinstance(beside, dict):
        for each in extensions(beside, "translation"):
            lang = next(extensions(each, "lang"), {})
            content = next(extensions(each, "content"), {})
            if texts(lang, "valueCode").split("-")[0].lower() == language:
                return texts(content, "valueString") or texts(content, "valueMarkdown") or texts(node, key)
    return texts(node, key)
