"""The description of the API (OpenAPI 3.1): the standard's addresses and parameters, all that is answered."""

from functools import cache
from typing import Any

from django.conf import settings

from waypost.interop.hsds.schemas import ref, schemas
from waypost.web.api.asked import (
    LAST_PAGE,
    LONGEST,
    MOST,
    MOST_IDS,
    MOST_MINIMAL,
    PARAMETERS,
    PER_PAGE,
    REPEATED,
    VERSIONS,
)
from waypost.web.api.words import ABOUT, PARAMETER_WORDS

Document = dict[str, Any]
TEXT = {"type": "string", "maxLength": LONGEST}
FLAG = {"type": "boolean"}
KINDS: Document = {
    "search": TEXT,
    "page": {"type": "integer", "minimum": 1, "maximum": LAST_PAGE},
    "per_page": {"type": "integer", "minimum": 1, "maximum": MOST, "default": PER_PAGE},
    "format": {"type": "string", "enum": ["json", "ndjson"]},
    "hsds_version": {"type": "string", "enum": list(VERSIONS)},
    "organization_id": TEXT,
    "parent_id": TEXT,
    "postcode": TEXT,
    "proximity": {"type": "string", "pattern": "^[0-9]{1,7}(\\.[0-9]{1,6})?$"},
    "modified_after": {"type": "string", "format": "date-time"},
    **dict.fromkeys(("minimal", "full", "full_service", "top_only"), FLAG),
    **{name: {"type": "array", "items": TEXT, "maxItems": MOST_IDS} for name in REPEATED},
}
PAGE: Document = {
    "type": "object",
    "required": [
        "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    ],
    "properties": {
        "total_items": {"type": "integer"},
        "total_pages": {"type": "integer"},
        "page_number": {"type": "integer"},
        "size": {"type": "integer"},
        "first_page": {"type": "boolean"},
        "last_page": {"type": "boolean"},
        "empty": {"type": "boolean"},
        "contents": {"type": "array"},
    },
}  # fmt: skip
PROBLEM: Document = {
    "type": "object",
    "required": ["status", "error"],
    "properties": {
        "status": {"type": "integer"},
        "error": {"type": "string", "description": "What is wrong, in words."},
        "parameter": {"type": "string"},
        "why": {"type": "string"},
        "merged_into": {"type": "string", "format": "uuid"},
    },
}
TOMBSTONE: Document = {
    "type": "object",
    "required": ["id", "kind", "why"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "kind": {"type": "string", "enum": ["organization", "service", "location"]},
        "why": {"type": "string", "enum": ["merged", "do_not_list", "expired", "gone", "removed"]},
        "gone_at": {"type": "string", "format": "date-time"},
        "merged_into": {"type": "string", "format": "uuid"},
    },
}
MINIMAL: Document = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "modified_date": {"type": "string", "format": "date-time"},
    },
}
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@cache
def document() -> Document:
    """The whole description."""
    paths: Document = {
        "/": _plain("getAPIMetaInformation", "What this API is.", {"$ref": "#/components/schemas/About"}),
        "/openapi.json": _plain("getOpenAPI", "This description.", {"type": "object"}),
        "/profile": _plain("getProfile", "What is added to HSDS here.", {"type": "object"}),
        "/tombstones": {
            "get": _operation(
                "getTombstones",
                "Listings that were there and are not any more.",
                _json(_page({"$ref": "#/components/schemas/Tombstone"})),
                [_parameter("tombstones", name) for name in PARAMETERS["tombstones"]],
            )
        },
    }
    for table in LISTS:
        paths[f"/{table}"] = _list(table)
        paths[f"/{table}/{{id}}"] = _single(table)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.NETWORK_NAME}: services of the community",
            "version": "3.2.3",
            "description": ABOUT,
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": f"{settings.BASE_URL.rstrip('/')}/hsds/v3"}],
        "paths": paths,
        "components": {
            "schemas": {
                **schemas(),
                "Page": PAGE,
                "Problem": PROBLEM,
                "Tombstone": TOMBSTONE,
                "Minimal": MINIMAL,
                "About": _about(),
            }
        },
    }


def _about() -> Document:
    uri = {"type": "string", "format": "uri"}
    publisher = {"type": "object", "properties": {"name": {"type": "string"}, "website": uri}}
    return {
        "type": "object",
        "required": ["version", "profile", "openapi_url"],
        "properties": {
            "version": {"type": "string"},
            "profile": uri,
            "openapi_url": uri,
            "description": {"type": "string"},
            "data_guide": uri,
            "publisher": publisher,
        },
    }


def _plain(name: str, words: str, schema: Document) -> Document:
    return {
        "get": _operation(name, words, _json(schema), [_version()] if name == "getAPIMetaInformation" else [])
    }


def _list(table: str) -> Document:
    items = ref(table)
    if table == "services":
        items = {"anyOf": [items, {"$ref": "#/components/schemas/Minimal"}]}
    content = _json(_page(items)) | {"application/x-ndjson": {}}
    parameters = [_parameter(table, name) for name in PARAMETERS[table]]
    words = f"A page of {table.replace('_', ' ')}; everything that is asked must hold at once."
    get = _operation(f"list_{table}", words, content, parameters)
    post = _operation(f"ask_{table}", f"{words} The parameters may stand in the body.", content, parameters)
    post["requestBody"] = {"required": False, "content": {"application/json": {"schema": _body(table)}}}
    return {"get": get, "post": post}


def _body(table: str) -> Document:
    properties = {name: _kind(table, name) for name in PARAMETERS[table]}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _single(table: str) -> Document:
    given = {"in": "path", "name": "id", "required": True, "schema": {"type": "string"}}
    parameters = [given, _version()]
    if table == "organizations":
        parameters.append(_parameter(table, "full_service"))
    words = f"One of the {table.replace('_', ' ')} by its id, with everything inside."
    found = _operation(f"get_{table}", words, _json(ref(table)), parameters)
    found["responses"]["404"] = _problem("Nothing is known by this id.")
    if table in ("services", "organizations"):
        found["responses"]["410"] = _problem(
            "It was there and is not listed any more: why, and where to look."
        )
    return {"get": found}


def _operation(name: str, words: str, content: Document, parameters: list[Document]) -> Document:
    return {
        "operationId": name,
        "summary": words,
        "parameters": parameters,
        "responses": {
            "200": {"description": words, "content": content},
            "304": {"description": "What you hold (If-None-Match) is still so."},
            "400": _problem("A parameter cannot be understood."),
            "403": _problem("This directory is not open to the public."),
            "405": _problem("This method is not answered here."),
            "429": _problem("Too many questions: wait for the seconds in Retry-After."),
        },
    }


def _problem(words: str) -> Document:
    return {"description": words, "content": _json({"$ref": "#/components/schemas/Problem"})}


def _json(schema: Document) -> Document:
    return {"application/json": {"schema": schema}}


def _page(items: Document) -> Document:
    contents = {"type": "object", "properties": {"contents": {"type": "array", "items": items}}}
    return {"allOf": [{"$ref": "#/components/schemas/Page"}, contents]}


def _version() -> Document:
    return _parameter("services", "hsds_version")


def _parameter(table: str, name: str) -> Document:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": PARAMETER_WORDS[name],
        "schema": _kind(table, name),
    }


def _kind(table: str, name: str) -> Document:
    if name == "per_page" and table == "services":
        return {**KINDS[name], "maximum": MOST_MINIMAL}
    kind: Document = KINDS[name]
    return kind
