"""What a machine can find out about a listing: whether phones, e-mail and web addresses can be right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from waypost.directory.choices import LOCAL_SOURCE, FactOf
from waypost.directory.models import FieldFact, Organization, Phone, Service
from waypost.directory.models.base import Listed
from waypost.directory.rules.machine import email_result, phone_result, web_result
from waypost.directory.values import value_of
from waypost.kernel.clock import now
from waypost.kernel.fetching import NotFetched, look

BATCH = 1000
GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class _Found:
    """The result for one field of one row."""

    row: Listed
    field: str
    result: str


def check_by_machine(*, service_ids: Iterable[UUID]) -> int:
    """Look at phones, e-mail and web addresses of these services and their organizations; how many fields."""
    services = list(
        Service.objects.filter(pk__in=list(service_ids), hidden_why="").select_related("organization")
    )
    organizations = {row.organization_id: row.organization for row in services}
    found = [*_of_services(services), *_of_organizations(list(organizations.values()))]
    for each in found:
        _keep(each)
    return len(found)


def check_some_by_machine(*, most: int = 20_000) -> int:
    """The listings that no machine has looked at for a month, the longest ago first; how many."""
    seen = FieldFact.objects.filter(
        entity=FactOf.SERVICE, row_id=OuterRef("pk"), checked_at__gt=now() - timedelta(days=30)
    )
    of_organization = FieldFact.objects.filter(
        entity=FactOf.ORGANIZATION,
        row_id=OuterRef("organization_id"),
        checked_at__gt=now() - timedelta(days=30),
    )
    reachable = Exists(Phone.objects.filter(service=OuterRef("pk"))) | ~Q(email="") | ~Q(url="")
    own = reachable & ~Exists(seen)
    borrowed = (~Q(organization__email="") | ~Q(organization__website="")) & ~Exists(of_organization)
    rows = Service.objects.filter(own | borrowed, hidden_why="").order_by("id").values_list("pk", flat=True)
    ids = list(rows[:most])
    for start in range(0, len(ids), BATCH):
        check_by_machine(service_ids=ids[start : start + BATCH])
    return len(ids)


def check_web(*, url: str) -> str:
    """Ask the web address itself; only where this installation is allowed to, else what its form tells."""
    formal = web_result(url)
    if formal != "ok" or not settings.CHECK_WEB_ADDRESSES:
        return formal
    try:
        status = look(url).status
    except NotFetched:
        return "no_answer"
    if status in GONE:
        return "not_found"
    return "answers" if status < 400 else "no_answer"  # noqa: PLR2004


def _of_services(rows: list[Service]) -> Iterable[_Found]:
    for row in rows:
        if row.email:
            yield _Found(row, "email", email_result(row.email))
        if row.url:
            yield _Found(row, "url", check_web(url=row.url))
        yield from _phones(row, service_id=row.id)


def _of_organizations(rows: list[Organization]) -> Iterable[_Found]:
    for row in rows:
        if row.email:
            yield _Found(row, "email", email_result(row.email))
        if row.website:
            yield _Found(row, "website", check_web(url=row.website))
        yield from _phones(row, organization_id=row.id)


def _phones(row: Listed, **parent: UUID) -> Iterable[_Found]:
    numbers = list(Phone.objects.filter(**parent).values_list("number", flat=True))
    if numbers:
        results = [phone_result(each) for each in numbers]
        yield _Found(row, "phones", next((each for each in results if each != "ok"), "ok"))


def _keep(found: _Found) -> None:
    """On the fact of the source whose word stands; what a human said stays as it was."""
    entity = FactOf.SERVICE if isinstance(found.row, Service) else FactOf.ORGANIZATION
    value: Any = value_of(entity, found.row, found.field)
    key = {"entity": entity, "row_id": found.row.id, "field": found.field}
    local = FieldFact.objects.filter(**key, source=LOCAL_SOURCE, value=value).first()
    source = local.source if local else found.row.source
    FieldFact.objects.update_or_create(
        **key,
        source=source,
        defaults={"checked_at": now(), "check_result": found.result},
        create_defaults={
            "value": value,
            "imported_at": found.row.imported_at,
            "checked_at": now(),
            "check_result": found.result,
        },
    )
