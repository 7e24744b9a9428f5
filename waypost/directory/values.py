"""What a field of a listing says now, as a fact would hold it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waypost.directory.choices import FactOf
from waypost.directory.fields import LISTS, as_json
from waypost.directory.models import Location, Organization, Service
from waypost.directory.models.base import Listed, Row
from waypost.directory.tables import model_of

MODELS: dict[str, type[Listed]] = {
    FactOf.ORGANIZATION: Organization,
    FactOf.SERVICE: Service,
    FactOf.LOCATION: Location,
}


def children(entity: str, row_id: UUID, field: str) -> QuerySet[Any]:
    """The rows of a list field, in the order in which they were entered."""
    model = model_of(LISTS[entity][field].table)
    return model._default_manager.filter(**{f"{entity}_id": row_id}).order_by("id")


def value_of(entity: str, row: Listed, field: str) -> Any:
    """The value as JSON has it."""
    if field in LISTS[entity]:
        return [item_of(entity, field, each) for each in children(entity, row.id, field)]
    return as_json(getattr(row, field))


def item_of(entity: str, field: str, row: Row) -> dict[str, Any]:
    """One row of a list: its columns that are not empty."""
    shape = LISTS[entity][field]
    columns = {name: as_json(getattr(row, name)) for name in shape.columns}
    beside = {name: row.extra.get(name) for name in shape.beside}
    return {name: value for name, value in (columns | beside).items() if value not in (None, "", False)}
