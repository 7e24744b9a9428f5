"""Codes of this room in plain words, and the lists for forms."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from waypost.coordination import models
from waypost.screening import words as screening
from waypost.screening.categories import category_name

OTHER = "other"
ANY_NEED = "sdoh-category-unspecified"  # a request says "another reason" in words instead


def _choices(kind: type[TextChoices]) -> list[tuple[str, str]]:
    return [(each.value, str(each.label)) for each in kind]


def channel_choices() -> list[tuple[str, str]]:
    """How a request came."""
    return _choices(models.Channel)


def role_choices() -> list[tuple[str, str]]:
    """Who asks."""
    return _choices(models.ReferrerRole)


def reason_choices() -> list[tuple[str, str]]:
    """Why a coordinator is asked for: the categories of needs, or something else in words."""
    needs = [(code, name) for code, name in screening.category_choices() if code != ANY_NEED]
    return [*needs, (OTHER, _("Another reason"))]


def request_end_choices() -> list[tuple[str, str]]:
    """Why a request is closed."""
    return _choices(models.RequestEnd)


def whose_move_choices() -> list[tuple[str, str]]:
    """Whose move it is."""
    return _choices(models.WhoseMove)


def next_move_choices() -> list[tuple[str, str]]:
    """What comes next."""
    return _choices(models.NextMove)


def episode_end_choices() -> list[tuple[str, str]]:
    """Why an episode ends."""
    return _choices(models.EpisodeEnd)


def contact_mode_choices() -> list[tuple[str, str]]:
    """Ways of being in touch."""
    return _choices(models.ContactMode)


def contact_result_choices() -> list[tuple[str, str]]:
    """What came of a contact."""
    return _choices(models.ContactResult)


def direction_choices() -> list[tuple[str, str]]:
    """Who got in touch."""
    return _choices(models.Direction)


def reason_name(code: str) -> str:
    """Why a coordinator was asked for."""
    return _("Another reason") if code == OTHER else category_name(code)


def channel_name(code: str) -> str:
    """How a request came."""
    return str(models.Channel(code).label)


def role_name(code: str) -> str:
    """Who asked."""
    return str(models.ReferrerRole(code).label)


def whose_move_name(code: str) -> str:
    """Whose move it is."""
    return str(models.WhoseMove(code).label)


def next_move_name(code: str) -> str:
    """What comes next."""
    return str(models.NextMove(code).label)


def phase_name(code: str) -> str:
    """How far the work has come."""
    return str(models.Phase(code).label)


def mode_name(code: str) -> str:
    """How people were in touch."""
    return str(models.ContactMode(code).label)


def result_name(code: str) -> str:
    """What came of a contact."""
    return str(models.ContactResult(code).label)


def day(moment: datetime) -> str:
    """A day as people say it: "Thu 3 Dec"."""
    return formats.date_format(timezone.localtime(moment), _("D j M"))


def outcome(row: models.Request) -> str:
    """What became of a request, for whoever asked."""
    if row.closed_at is not None:
        return _("%(name)s closed it on %(day)s: %(reason)s.") % {
            "name": row.closed_by_name,
            "day": day(row.closed_at),
            "reason": str(models.RequestEnd(row.closed_reason).label).lower(),
        }
    if row.taken_at is not None:
        return _("%(name)s took it on %(day)s.") % {"name": row.taken_by_name, "day": day(row.taken_at)}
    return _("Nobody has taken it yet.")
