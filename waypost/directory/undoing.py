"""Whether an import can be taken back."""

from django.utils.translation import gettext as _

from waypost.directory.choices_feeds import RunState
from waypost.directory.models.feed import ImportRun

MOST_UNDONE = 20_000


def why_not_undone(run: ImportRun) -> str:
    """Why this import cannot be undone, in words; '' when it may be tried."""
    if run.state != RunState.DONE or run.imported_at is None:
        return _("Only an import that was carried out can be undone.")
    later = ImportRun.objects.filter(feed=run.feed, state=RunState.DONE, imported_at__gt=run.imported_at)
    if later.exists():
        return _("Only the newest import of a feed can be undone.")
    if not run.changes_kept:
        return _("It changed too many rows to keep what was there before. Import the earlier file again.")
    if run.complete:
        return _("It took the place of all that the feed had before. Import the earlier file again.")
    if sum(each.get("created", 0) for each in run.counts.values()) > MOST_UNDONE:
        return _("It brought too many rows to be taken back at once.")
    return ""
