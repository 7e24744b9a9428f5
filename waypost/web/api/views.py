"""The addresses of HSDS 3: lists, single things, and what this installation says of itself."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from waypost.directory.findings import catch_up_a_little
from waypost.directory.selectors.open_query import open_one, open_slice, open_total
from waypost.directory.selectors.tombstones import tombstone, tombstones
from waypost.interop.hsds.answers import NEWER, minimal, newer, objects, stream
from waypost.interop.hsds.profile import PROFILE
from waypost.interop.hsds.publish import Object, plain
from waypost.interop.hsds.standard import HSDS_VERSION
from waypost.web.api.answering import Answer, Missing, answer_json, answer_lines, endpoint, stream_lines
from waypost.web.api.asked import Asked, asked, version_asked
from waypost.web.api.document import document

BASE = "/hsds/v3"
KINDS = {"services": "service", "organizations": "organization"}


@endpoint()
def about(request: HttpRequest) -> Answer:
    """What this API is, and in which version of HSDS it speaks."""
    version_asked(request)
    home = settings.BASE_URL.rstrip("/")
    return answer_json(
        request,
        {
            "version": _version(""),
            "profile": f"{home}{BASE}/profile",
            "openapi_url": f"{home}{BASE}/openapi.json",
            "description": f"Services of the community: {settings.NETWORK_NAME}.",
            "data_guide": f"{home}/about/",
            "publisher": {"name": settings.NETWORK_NAME, "website": home},
        },
    )


@endpoint()
def openapi(request: HttpRequest) -> Answer:
    """The description of this API for programs."""
    return answer_json(request, document())


@endpoint()
def profile(request: HttpRequest) -> Answer:
    """What is added to HSDS here."""
    return answer_json(request, PROFILE)


@endpoint("POST")
def listed(request: HttpRequest, table: str) -> Answer:
    """A page of a list; or, as lines without a page named, all of it."""
    question = asked(request, table)
    catch_up_a_little()
    if question.lines and not question.paged:
        found = stream(
            table,
            question.query,
            full=question.full,
            full_service=question.full_service,
            short=question.minimal,
        )
        return stream_lines(request, (_worded(each, question.version) for each in found))
    start = (question.page - 1) * question.per_page
    total = open_total(table, question.query)
    ids = open_slice(table, question.query, limit=question.per_page, offset=start, total=total)
    made = minimal(ids) if question.minimal else objects(
        table, ids, full=question.full, full_service=question.full_service
    )  # fmt: skip
    if question.lines:
        return answer_lines(_worded(each, question.version) for each in made)
    body = page(question, [_worded(each, question.version) for each in made], total)
    return answer_json(request, body, links=_links(request, question, total))


@endpoint()
def single(request: HttpRequest, table: str, id: str) -> Answer:
    """One thing with everything inside; 410 for a listing that was there and is not any more."""
    version, flags = version_asked(request, *(("full_service",) if table == "organizations" else ()))
    catch_up_a_little()
    row = None if "\x00" in id else open_one(table, id)
    if row is None:
        raise _missing(table, id)
    (found,) = objects(table, [row["id"]], full=True, full_service=flags.get("full_service", False), one=True)
    changed: datetime | None = row.get("changed_at")
    return answer_json(request, _worded(found, version), changed_at=changed)


@endpoint()
def gone(request: HttpRequest) -> Answer:
    """Listings that were there and are not any more."""
    question = asked(request, "tombstones")
    rows, total = tombstones(
        since=question.query.modified_after,
        limit=question.per_page,
        offset=(question.page - 1) * question.per_page,
    )
    contents = [
        {
            "id": str(each.id),
            "kind": each.kind,
            "why": each.why,
            **({"gone_at": plain(each.at)} if each.at else {}),
            **({"merged_into": str(each.merged_into)} if each.merged_into else {}),
        }
        for each in rows
    ]
    return answer_json(request, page(question, contents, total), links=_links(request, question, total))


@endpoint("POST")
def nowhere(request: HttpRequest, anything: str) -> Answer:
    """404 for every other address below the API's."""
    raise Missing(f"There is nothing at this address. The API is described at {BASE}/openapi.json.")


def page(question: Asked, contents: list[Object], total: int) -> Object:
    """The envelope of the standard."""
    pages = -(-total // question.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": question.page,
        "size": len(contents),
        "first_page": question.page == 1,
        "last_page": question.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _links(request: HttpRequest, question: Asked, total: int) -> list[str]:
    """The neighbouring pages (RFC 8288)."""
    pages = -(-total // question.per_page)
    steps = {"first": 1, "prev": question.page - 1, "next": question.page + 1, "last": pages}
    given = [(name, each) for name, values in request.GET.lists() for each in values if name != "page"]
    here = f"{settings.BASE_URL.rstrip('/')}{request.path}"
    return [
        f'<{here}?{urlencode([*given, ("page", number)])}>; rel="{name}"'
        for name, number in steps.items()
        if 1 <= number <= pages and number != question.page
    ]


def _version(asked_for: str) -> str:
    return asked_for or settings.HSDS_VERSION or HSDS_VERSION


def _worded(found: Object, version: str) -> Object:
    worded: Object = newer(found) if _version(version) == NEWER else found
    return worded


def _missing(table: str, given: str) -> Missing:
    kind = KINDS.get(table, "")
    try:
        stone = tombstone(kind, UUID(given)) if kind else None
    except ValueError:
        stone = None
    if stone is None:
        return Missing("Nothing is known here by this id.")
    more: Object = {"id": str(stone.id), "why": stone.why}
    if stone.at:
        more["gone_at"] = plain(stone.at)
    if stone.merged_into:
        more["merged_into"] = str(stone.merged_into)
    return Missing(f"This {kind} is not listed any more.", more)
