"""Checks that all writes of this room share."""

from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible, Refused
from waypost.people.selectors import holder_of

LINE, NOTE = 300, 5000


def own_person(actor: Actor, person_id: UUID) -> None:
    """Raises NotVisible unless the acting organization holds this record."""
    if holder_of(person_id) != actor.organization:
        raise NotVisible


def one_of(kind: type[TextChoices], value: str, field: str) -> str:
    """The value, if the list has it."""
    if value not in kind.values:
        raise Refused(_("Choose one from the list."), field=field)
    return value


def text(value: str, field: str, limit: int = NOTE) -> str:
    """A tidy text that is not too long."""
    tidy = value.replace("\x00", "").strip()
    if len(tidy) > limit:
        raise Refused(
            ngettext(
                "This is too long. Up to %(limit)d character can be kept.",
                "This is too long. Up to %(limit)d characters can be kept.",
                limit,
            )
            % {"limit": limit},
            field=field,
        )
    return tidy


def not_past(day: date | None, field: str = "check_back_on") -> date | None:
    """A day to check back: today or later."""
    if day is not None and day < today():
        raise Refused(_("This day is in the past. Choose today or a later day."), field=field)
    return day
