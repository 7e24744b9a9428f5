"""Requests to find a service where none is known."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory.choices import GapStatus
from waypost.directory.models import GapRequest, Service
from waypost.directory.needs import need_category
from waypost.directory.services.keeping import by, some_words
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.roles import Action, may
from waypost.network.selectors import organizations


@dataclass(frozen=True, slots=True)
class Gap:
    """What is looked for. ``words`` names no person."""

    need: str = ""
    place: str = ""
    language: str = ""
    words: str = ""


def ask_to_find(*, actor: Actor, gap: Gap) -> UUID:
    """Ask whoever looks after the directory to find a service."""
    if not gap.words.strip() and not gap.need:
        raise Refused(_("Say what is needed."), field="words")
    if gap.need and need_category(gap.need) is None:
        raise Refused(_("Choose a need."), field="need")
    keepers = organizations(kind="integrator")
    if not keepers:
        raise Refused(_("Nobody looks after this network's directory yet. Call 2-1-1 together."))
    row = GapRequest.objects.create(
        handled_by_id=keepers[0].id,
        need=gap.need,
        place=gap.place.replace("\x00", "").strip()[:60],
        language=gap.language[:10],
        words=some_words(gap.words),
        **by(actor),
    )
    return row.id


def answer_gap(*, actor: Actor, gap_id: UUID, answer: str, service_id: UUID | None = None) -> None:
    """Say what was found, or that nothing was; for whoever looks after the directory."""
    row = _gap(actor, gap_id)
    if row.handled_by_id != actor.organization or not may(actor.role, Action.KEEP_DIRECTORY):
        raise NotVisible
    if row.status == GapStatus.CLOSED:
        raise Refused(_("This request is closed already."))
    if not some_words(answer):
        raise Refused(_("Write what you found, or where you looked."), field="answer")
    if service_id is not None and not Service.objects.filter(pk=service_id, hidden_why="").exists():
        raise Refused(_("This service is not in the directory."), field="service")
    row.answer, row.service_id, row.status = some_words(answer), service_id, GapStatus.ANSWERED
    row.answered_by_name, row.answered_at = actor.name, now()
    row.save()


def close_gap(*, actor: Actor, gap_id: UUID) -> None:
    """Nothing more is to be done; for either side. A request that is closed already stays as it is."""
    row = _gap(actor, gap_id)
    if row.handled_by_id == actor.organization and not may(actor.role, Action.KEEP_DIRECTORY):
        raise NotVisible
    if row.status != GapStatus.CLOSED:
        row.status, row.closed_at = GapStatus.CLOSED, now()
        row.save(update_fields=["status", "closed_at"])


def _gap(actor: Actor, gap_id: UUID) -> GapRequest:
    row = GapRequest.objects.select_for_update().filter(pk=gap_id).first()
    if row is None or actor.organization not in (row.held_by_id, row.handled_by_id):
        raise NotVisible
    return row
