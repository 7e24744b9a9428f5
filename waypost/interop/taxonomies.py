"""Files of taxonomies: Open Eligibility's XML, JSON and CSV, its forks by slug, and HSDS taxonomy_terms."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from waypost.directory.rules.taxonomy import Term
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.text import decode

MOST_BYTES = 5_000_000
MOST_TERMS = 20_000
DEEPEST = 50
LEVELS = ("top_level", "second_level", "third_level", "fourth_level", "fifth_level")
_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SLUG_NAME = re.compile(r"^level(\d{1,2}):name_([a-z]{2})$")


@dataclass(frozen=True, slots=True)
class TaxonomyFile:
    """Terms in the order of the file; ``version`` where the file says one."""

    terms: tuple[Term, ...]
    version: str = ""


def read_taxonomy(data: bytes) -> TaxonomyFile:
    """The terms of a file of any of the known forms. Raises Unreadable with a plain message."""
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is too long for a taxonomy.")
    text = decode(data)[0].lstrip("\ufeff").strip()
    if text.startswith("<"):
        found = _xml(text)
    elif text.startswith(("{", "[")):
        found = _json(text)
    else:
        found = TaxonomyFile(tuple(_csv(text)))
    if not found.terms:
        raise Unreadable("The file holds no terms.")
    if any(_UNHOLDABLE.search(text) for each in found.terms for text in _texts(each)):
        raise Unreadable("The file holds characters that cannot be stored.")
    if len(found.terms) > MOST_TERMS:
        raise Unreadable(f"The file holds more than {MOST_TERMS} terms.")
    return found


def _texts(term: Term) -> Iterator[str]:
    yield from (term.code, term.name, term.parent, term.description, *term.names.values())


def _xml(text: str) -> TaxonomyFile:
    """Open Eligibility declares XML 2.0, which there is not: the declaration is left out."""
    body = _DECLARATION.sub("", text)
    if "<!DOCTYPE" in body or "<!ENTITY" in body:
        raise Unreadable("The file declares entities, which are not read.")
    try:
        root = ET.fromstring(body)  # noqa: S314 - no entities, see above
    except ET.ParseError as error:
        raise Unreadable(f"The XML cannot be read: {error}.") from None
    if _depth(root) > DEEPEST:
        raise Unreadable("The XML is nested far too deeply.")
    described = {each.get("id", ""): " ".join((each.text or "").split()) for each in root.iter("category")}
    terms = tuple(_levels(root, "", described, set()))
    return TaxonomyFile(terms, (root.findtext("version") or "").strip())


def _depth(root: Any) -> int:
    """How many elements lie in one another; counted layer by layer, up to one more than is read."""
    depth, layer = 0, [root]
    while layer and depth <= DEEPEST:
        depth, layer = depth + 1, [inner for each in layer for inner in each]
    return depth


def _levels(node: Any, parent: str, described: dict[str, str], used: set[str]) -> Iterator[Term]:
    """Whatever level an element claims, it lies below the one that it stands in.

    An id that stands twice (Open Eligibility 2.0 has 1206 for two terms) gets a number behind it.
    """
    for each in node:
        if each.tag not in LEVELS:
            yield from _levels(each, parent, described, used)
            continue
        given, name = (each.get(key, "").strip() for key in ("id", "title"))
        code, number = given, 2
        while code in used:
            code, number = f"{given}-{number}", number + 1
        used.add(code)
        yield Term(code, " ".join(name.split()), parent, described.get(given, "") if not parent else "")
        yield from _levels(each, code, described, used)


def _json(text: str) -> TaxonomyFile:
    """Open Eligibility as Ohana has it: levels of objects with ``@id`` and ``@title``."""
    try:
        body = json.loads(text)
        root = body["taxonomy"] if isinstance(body, dict) and "taxonomy" in body else body
        return TaxonomyFile(tuple(_json_levels(root, 0, "")), str(root.get("version") or ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unreadable("The JSON is no taxonomy that is known.") from None


def _json_levels(node: dict[str, Any], level: int, parent: str) -> Iterator[Term]:
    if level == len(LEVELS):
        return
    found = node.get(LEVELS[level]) or []
    for each in found if isinstance(found, list) else [found]:
        code = str(each["@id"]).strip()
        yield Term(code, " ".join(str(each["@title"]).split()), parent)
        yield from _json_levels(each, level + 1, code)


def _csv(text: str) -> Iterator[Term]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    try:
        head = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
        rows = list(reader)
    except csv.Error as error:
        raise Unreadable(f"The table cannot be read: {error}.") from None
    if "slug" in head:
        yield from (_slug(row, head) for row in rows if row[head["slug"]].strip())
        return
    code = next((head[each] for each in ("code", "taxonomy_id", "id") if each in head), None)
    if code is None or "name" not in head:
        raise Unreadable("The table has no columns code and name (or taxonomy_id and name, or slug).")
    yield from _plain_rows(rows, head, code)


def _slug(row: dict[str, str], head: dict[str, str]) -> Term:
    """'human_services:care:accessibility' with names by level and language: the deepest level is its own."""
    slug = row[head["slug"]].strip()
    level = slug.count(":")
    columns = {
        (int(found[1]), found[2]): name
        for column, name in head.items()
        if (found := _SLUG_NAME.match(column))
    }
    languages = list(dict.fromkeys(language for _level, language in columns))
    names = {each: (row.get(columns.get((level, each), "")) or "").strip() for each in languages}
    further = row.get(None) or []  # type: ignore[call-overload]  # levels for which the head has no columns
    deepest = max((number for number, _language in columns), default=-1)
    if level > deepest and len(further) >= (level - deepest) * len(languages):
        start = (level - deepest - 1) * len(languages)
        names = dict(zip(languages, (each.strip() for each in further[start:]), strict=False))
    names = {language: name for language, name in names.items() if name}
    return Term(slug, names.get("en", ""), slug.rpartition(":")[0], "", names)


def _plain_rows(rows: list[dict[str, str]], head: dict[str, str], code: str) -> Iterator[Term]:
    """HSDS names a parent by its id, our own file by its code."""
    by_id = {row[head["id"]]: row[code] for row in rows} if "id" in head else {}
    parents = [head[each] for each in ("parent", "parent_id") if each in head]
    names = {column[5:]: name for column, name in head.items() if re.fullmatch(r"name_[a-z]{2}", column)}
    for row in rows:
        if not (row[code] or "").strip() and not (row[head["name"]] or "").strip():
            continue
        above = next((row[column].strip() for column in parents if (row[column] or "").strip()), "")
        yield Term(
            code=row[code].strip().removeprefix("'"),
            name=" ".join(row[head["name"]].split()).removeprefix("'"),
            parent=by_id.get(above, above).removeprefix("'"),
            description=(row[head["description"]] or "").strip() if "description" in head else "",
            names={
                language: row[name].strip() for language, name in names.items() if (row[name] or "").strip()
            },
        )
