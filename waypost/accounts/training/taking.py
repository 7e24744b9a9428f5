"""Taking the training: answers checked, the day written down, and until when it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.accounts.models import Training
from waypost.accounts.training.pages import Question, current_page
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Standing:
    """The last training of a user: which version, when, and until when it counts."""

    version: str
    taken_on: date
    valid_to: date

    def counts(self, on: date) -> bool:
        """Whether it still counts on a day: its year is not over, and no newer version has come."""
        return self.valid_to >= on and self.version == current_page(on=on).version


def wrong_answers(answers: Mapping[str, str], *, language: str = "en") -> list[Question]:
    """The questions whose answer is missing or not the right one."""
    return [each for each in current_page(language).questions if answers.get(each.key, "") != each.right]


def take(*, user_id: UUID, answers: Mapping[str, str], language: str = "en") -> Standing:
    """Write down that a user took the training in force; refused while an answer is wrong."""
    if wrong_answers(answers):
        raise Refused(_("Not every answer is right yet. Read the page again where it says so."))
    page = current_page(language)
    row = Training(
        user_id=user_id,
        version=page.version,
        language=language,
        taken_at=now(),
        valid_to=today() + page.renew_after,
    )
    Training.objects.bulk_create([row])
    return Standing(page.version, today(), row.valid_to)


def standing(user_id: UUID) -> Standing | None:
    """The last training of one user, as far as the reader may see it."""
    return standings([user_id]).get(user_id)


def standings(user_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """The last training of each user."""
    rows = Training.objects.filter(user_id__in=set(user_ids)).order_by("user_id", "-taken_at")
    return {
        row.user_id: Standing(row.version, row.taken_at.date(), row.valid_to)
        for row in rows.distinct("user_id")
    }
