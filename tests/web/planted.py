"""Listings with unmistakable words in every field that may not leave: a hidden shelter and a victim service.

Words are planted by the tables themselves, so that a new column is planted too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from waypost.directory import models as tables
from waypost.directory.choices import CoordinatesStatus
from waypost.directory.findings import make_all_anew
from waypost.directory.models.base import Row

WORD = (
    "Quokka"  # fails wherever it is read; each planted text holds OTHER_WORD too, by which it is looked for
)
OTHER_WORD = "wombatry"
NUMBER = "206-555-0177"
LATITUDE, LONGITUDE = 41.876543, -71.384321
NEAR, FAR = "02860", "98144"  # ZIP codes: three miles from that point, and across the country
SECRETS = (WORD.lower(), NUMBER, NUMBER.replace("-", ""), str(LATITUDE)[:5], str(-LONGITUDE)[:5])
NOT_BEFORE = r"(?<![:\d.])"  # seconds of a time of day are no latitude
HOTLINE = "800-555-0100"
NEED = "housing-instability"
OURS = {"source", "source_scope", "content_hash", "location_type", "coordinates_status", "status"}


@dataclass(frozen=True)
class Planted:
    """The ids: services, and every row that hangs on them by the name of its table."""

    shelter: UUID  # an ordinary service at a confidential place
    hotline: UUID  # a service of a victim-service organization
    organizations: tuple[UUID, ...]
    others: dict[str, tuple[UUID, ...]]

    @property
    def services(self) -> tuple[UUID, ...]:
        return (self.shelter, self.hotline)

    @property
    def everything(self) -> tuple[UUID, ...]:
        rest = [each for ids in self.others.values() for each in ids]
        return (*self.services, *self.organizations, *rest)


def told(page: bytes | str) -> list[str]:
    """Which of the secrets stand there."""
    body = page.decode("utf-8", "replace") if isinstance(page, bytes) else page
    return [each for each in SECRETS if re.search(NOT_BEFORE + re.escape(each), body.lower())]


def plant(claimed_by: UUID | None) -> Planted:
    """Both listings; ``claimed_by`` keeps the shelter's."""
    made: list[models.Model] = []
    family = tables.Organization.objects.create(name="Harbor Family Help", claimed_by_id=claimed_by)
    shelter = tables.Service.objects.create(
        organization=family,
        name="Family rooms",
        description="Rooms for families.",
        status="active",
        need_categories=[NEED],
    )
    safe = _filled(tables.Organization(name="Safe Harbor Line", is_victim_service=True), keep={"name"})
    hotline = _filled(
        tables.Service(organization=safe, name="Help line", status="active", need_categories=[NEED]),
        keep={"name"},
    )
    tables.Phone.objects.create(organization=safe, number=HOTLINE, type="hotline")
    made += _place_of(family, shelter, confidential=True)
    made += _place_of(safe, hotline, confidential=False)
    for parent in ({"service": hotline}, {"organization": safe}):
        made += _children(parent)
    made.append(_filled(tables.Program(organization=safe)))
    hotline.program_id = made[-1].pk
    hotline.save()
    made.append(_filled(tables.Attribute(link_id=hotline.pk, link_entity="service")))
    make_all_anew()
    others: dict[str, tuple[UUID, ...]] = {}
    for row in made:
        name = row._meta.model_name or ""
        others[name] = (*others.get(name, ()), row.pk)
    return Planted(shelter.pk, hotline.pk, (family.pk, safe.pk), others)


def _place_of(
    organization: tables.Organization, service: tables.Service, *, confidential: bool
) -> list[models.Model]:
    """A place with everything that can hang on a place, and on a service at a place."""
    place = _filled(
        tables.Location(
            organization=organization,
            location_type="physical",
            latitude=LATITUDE,
            longitude=LONGITUDE,
            coordinates_status=CoordinatesStatus.GIVEN,
            confidential=confidential,
        )
    )
    joint = _filled(tables.ServiceAtLocation(service=service, location=place))
    attribute = _filled(tables.Attribute(link_id=place.pk, link_entity="location"))
    return [
        place,
        joint,
        attribute,
        *_children({"location": place}),
        *_children({"service_at_location": joint}),
    ]


def _children(parent: dict[str, models.Model]) -> list[models.Model]:
    """One row of every table that can hang on this parent."""
    (name,) = parent
    made: list[models.Model] = []
    for model in _hanging_on(name):
        row = model(**parent)
        if isinstance(row, tables.Phone):
            row.number = NUMBER
        made.append(_filled(row, keep={"number"}))
    return made


def listing_tables() -> list[type[Row]]:
    """The tables of the listing itself, as the standard has them."""
    known = [getattr(tables, each) for each in tables.__all__]
    return [each for each in known if isinstance(each, type) and issubclass(each, Row)]


def _hanging_on(name: str) -> Iterable[type[models.Model]]:
    alone = (tables.Location, tables.ServiceAtLocation, tables.Service, tables.Program)
    return [
        model
        for model in listing_tables()
        if model not in alone and any(each.name == name for each in model._meta.concrete_fields)
    ]


def _filled(row: Any, keep: Iterable[str] = ()) -> Any:
    """Every text of the row says the word; saved."""
    for field in row._meta.concrete_fields:
        plain = isinstance(field, models.TextField | models.CharField) and not field.choices
        if plain and field.name not in {*OURS, *keep}:
            words = f"{WORD} {OTHER_WORD} {field.name}"
            setattr(row, field.name, words[: field.max_length] if field.max_length else words)
        elif isinstance(field, models.JSONField):
            setattr(row, field.name, {"keywords": f"{WORD} {OTHER_WORD}", "audience": WORD})
    row.save()
    return row
