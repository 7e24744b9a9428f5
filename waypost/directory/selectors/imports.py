"""Feeds, their imports, and what each import changed."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.directory.choices_feeds import LIVE
from waypost.directory.hsds import TABLES
from waypost.directory.import_cards import ChangeCard, FeedCard, RunCard
from waypost.directory.models.feed import Feed, ImportChange, ImportRun
from waypost.directory.tables import model_of
from waypost.directory.undoing import why_not_undone
from waypost.kernel.errors import NotVisible

LONGEST_SHOWN = 300
_LISTINGS = ("organizations", "services", "locations")


def feeds() -> list[FeedCard]:
    """All feeds by name, each with its newest import."""
    rows = list(Feed.objects.order_by("name"))
    newest = {
        run.feed_id: run
        for run in ImportRun.objects.filter(feed__in=rows)
        .defer("set_aside", "report")
        .select_related("feed")
        .order_by("feed_id", "-asked_at")
        .distinct("feed_id")
    }
    return [_feed_card(row, newest.get(row.id)) for row in rows]


def feed(feed_id: UUID) -> FeedCard:
    """One feed; raises NotVisible."""
    row = Feed.objects.filter(pk=feed_id).first()
    if row is None:
        raise NotVisible
    last = row.runs.select_related("feed").order_by("-asked_at").first()
    return _feed_card(row, last)


def feed_mapping(feed_id: UUID) -> dict[str, Any] | None:
    """What the columns of its tables mean, as a mapping file says it."""
    return Feed.objects.filter(pk=feed_id).values_list("mapping", flat=True).first()


def feed_state(feed_id: UUID) -> tuple[str, str]:
    """By what the address will know whether anything changed: ETag and date."""
    row = Feed.objects.filter(pk=feed_id).values_list("etag", "last_modified").first()
    return row or ("", "")


def runs(feed_id: UUID, number: int, *, size: int = 50) -> tuple[list[RunCard], int]:
    """A page of a feed's imports, the newest first, and how many there are."""
    rows = ImportRun.objects.filter(feed_id=feed_id).defer("set_aside", "report").select_related("feed")
    start = (number - 1) * size
    found = rows.order_by("-asked_at")[start : start + size]
    return [_run_card(row, light=True) for row in found], rows.count()


def run(run_id: UUID) -> RunCard:
    """One import; raises NotVisible."""
    row = ImportRun.objects.defer("set_aside").select_related("feed").filter(pk=run_id).first()
    if row is None:
        raise NotVisible
    return _run_card(row)


def undo_refused(run_id: UUID) -> str:
    """Why an import cannot be undone; '' when it may be tried."""
    row = ImportRun.objects.defer("set_aside").select_related("feed").filter(pk=run_id).first()
    return why_not_undone(row) if row else ""


def set_aside(run_id: UUID) -> bytes:
    """The rows that were not kept, packed as the importer packed them."""
    packed = ImportRun.objects.filter(pk=run_id).values_list("set_aside", flat=True).first()
    return bytes(packed) if packed else b""


def live_runs() -> set[UUID]:
    """Imports that are not over: their files are still needed."""
    return set(ImportRun.objects.filter(state__in=LIVE).values_list("id", flat=True))


def changes(run_id: UUID, number: int, *, size: int = 50) -> tuple[list[ChangeCard], int]:
    """A page of what an import changed, field by field, and how many rows it changed."""
    rows = ImportChange.objects.filter(run_id=run_id).order_by("id")
    start = (number - 1) * size
    found = list(rows[start : start + size])
    owners = _owners(found)
    cards = []
    private = {
        row_id
        for table in {each.table for each in found}
        for row_id in kept_private(table, [each.row_id for each in found if each.table == table])
    }
    for each in found:
        title, service_id = owners.get((each.table, each.row_id), ("", None))
        title = title or each.title
        for name in each.after:
            before, after = each.before.get(name), each.after.get(name)
            for field, old, new in _parts(name, before, after):
                words = (_words(old), _words(new))
                if each.row_id in private:
                    words = (_("kept private"), _("kept private"))
                cards.append(ChangeCard(each.table, each.row_id, title, field, *words, service_id))
    return cards, rows.count()


def kept_private(table: str, ids: list[UUID]) -> set[UUID]:
    """Those of the rows that tell of a confidential place or a victim service: their values are not shown."""
    rows = model_of(table)._default_manager.filter(pk__in=ids)
    names = {each.column.removesuffix("_id") for each in TABLES[table].references}
    wanted = Q(pk__in=[])
    if table == "locations":
        wanted |= Q(confidential=True) | Q(organization__is_victim_service=True)
    if table == "services":
        wanted |= Q(organization__is_victim_service=True)
    if table == "organizations":
        wanted |= Q(is_victim_service=True)
    if "location" in names:
        wanted |= Q(location__confidential=True)
    if "service_at_location" in names:
        wanted |= Q(service_at_location__location__confidential=True)
    if "organization" in names and table not in ("services", "locations"):
        wanted |= Q(organization__is_victim_service=True)
    if "service" in names:
        wanted |= Q(service__organization__is_victim_service=True)
    return set(rows.filter(wanted).values_list("pk", flat=True))


def _parts(name: str, before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    """What is kept beside the columns shows each of its own names."""
    if name != "extra":
        return [(name, before, after)]
    old, new = before or {}, after or {}
    names = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [(key, old.get(key), new.get(key)) for key in names]


def _words(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _owners(found: list[ImportChange]) -> dict[tuple[str, UUID], tuple[str, UUID | None]]:
    """What each changed row belongs to: the listing's name, and the service to open."""
    owners: dict[tuple[str, UUID], tuple[str, UUID | None]] = {}
    for table in {each.table for each in found}:
        ids = [each.row_id for each in found if each.table == table]
        for row_id, row in model_of(table)._default_manager.in_bulk(ids).items():
            owner = row
            for reference in TABLES[table].references:
                if table not in _LISTINGS and reference.table in _LISTINGS:
                    owner = getattr(row, reference.column.removesuffix("_id"), None) or owner
            name = str(getattr(owner, "name", ""))
            is_service = owner._meta.model_name == "service" and not getattr(owner, "hidden_why", "")
            owners[table, row_id] = (name, owner.pk if is_service else None)
    return owners


def _feed_card(row: Feed, last: ImportRun | None) -> FeedCard:
    return FeedCard(
        id=row.id,
        name=row.name,
        source=row.source,
        url=row.url,
        kind=row.kind,
        kind_words=str(row.get_kind_display()),
        cadence=row.cadence,
        cadence_words=str(row.get_cadence_display()),
        complete=row.complete,
        enabled=row.enabled,
        next_at=row.next_at,
        failures=row.failures,
        last_error=row.last_error,
        has_mapping=bool(row.mapping),
        last=_run_card(last, light=True) if last else None,
    )


def _run_card(row: ImportRun, *, light: bool = False) -> RunCard:
    return RunCard(
        id=row.id,
        feed_id=row.feed_id,
        feed_name=row.feed.name,
        state=row.state,
        state_words=str(row.get_state_display()),
        how=row.how,
        dry=row.dry,
        complete=row.complete,
        files=tuple(row.files),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        attempts=row.attempts,
        message=row.message,
        set_aside=any(each.get("quarantined") for each in row.counts.values()),
        changes=0 if light else row.changes.count(),
        changes_kept=row.changes_kept,
        counts=row.counts,
        report={} if light else row.report,
    )
