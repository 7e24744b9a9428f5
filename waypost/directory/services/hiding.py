"""Why a listing is kept but not shown: worked out from its causes, so that undoing one leaves the others."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from waypost.directory.choices import LOCAL_SOURCE, REMOVED, FactOf, HiddenWhy, MatchStatus
from waypost.directory.models import DoNotList, DoNotListMatch, FieldFact, Location, Service
from waypost.directory.values import MODELS
from waypost.kernel.clock import now, today


def settle_hidden(kind: str, ids: Iterable[UUID]) -> None:
    """Write ``hidden_why`` anew: asked not to be listed, merged, deleted, gone, expired, or none of these.

    What an organization asked holds for its services and places as well.
    """
    rows = MODELS[kind]._default_manager.filter(pk__in=list(ids))
    asked = _asked(kind, "pk")
    if kind != FactOf.ORGANIZATION:
        asked |= _asked(FactOf.ORGANIZATION, "organization_id")
    whens = [
        When(asked, then=Value(HiddenWhy.DO_NOT_LIST.value)),
        When(merged_into__isnull=False, then=Value(HiddenWhy.MERGED.value)),
        When(_removed(kind), then=Value(HiddenWhy.REMOVED.value)),
        When(gone_at__isnull=False, then=Value(HiddenWhy.GONE.value)),
    ]
    if kind == FactOf.SERVICE:
        ended = Q(hidden_why=HiddenWhy.EXPIRED, expires_on__lt=today())
        whens.append(When(ended, then=Value(HiddenWhy.EXPIRED.value)))
    rows.update(hidden_why=Case(*whens, default=Value("")))
    rows.filter(hidden_why="", hidden_at__isnull=False).update(hidden_at=None)
    rows.exclude(hidden_why="").filter(hidden_at__isnull=True).update(hidden_at=now())
    if kind == FactOf.ORGANIZATION:
        of_them = {"organization_id__in": rows.values("pk")}
        settle_hidden(FactOf.SERVICE, Service.objects.filter(**of_them).values_list("pk", flat=True))
        settle_hidden(FactOf.LOCATION, Location.objects.filter(**of_them).values_list("pk", flat=True))


def come_back(kind: str, source: str, ids: Iterable[UUID]) -> None:
    """Rows that were gone and are named again are shown again, with all that is known of them."""
    rows = MODELS[kind]._default_manager.filter(source=source, pk__in=list(ids), gone_at__isnull=False)
    back = list(rows.values_list("pk", flat=True))
    if back:
        rows.update(gone_at=None)
        settle_hidden(kind, back)


def any_gone(kind: str, source: str) -> bool:
    """Whether any row of this kind is gone from this feed."""
    return MODELS[kind]._default_manager.filter(source=source, gone_at__isnull=False).exists()


def _removed(kind: str) -> Q:
    """Whether its keeper deleted it."""
    marks = FieldFact.objects.filter(entity=kind, row_id=OuterRef("pk"), field=REMOVED, source=LOCAL_SOURCE)
    return Q(Exists(marks))


def _asked(kind: str, column: str) -> Q:
    """Whether the row in this column is on the list, or waits for somebody to say whether it is."""
    named = DoNotList.objects.filter(kind=kind, row_id=OuterRef(column), lifted_at__isnull=True)
    alike = DoNotListMatch.objects.filter(
        kind=kind, row_id=OuterRef(column), entry__lifted_at__isnull=True
    ).exclude(status=MatchStatus.OTHER)
    return Q(Exists(named)) | Q(Exists(alike))
