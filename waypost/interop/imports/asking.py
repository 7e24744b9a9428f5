"""What people ask of imports: each writes once and leaves the work to the worker."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from waypost.directory import selectors, services
from waypost.interop.imports import folders
from waypost.interop.imports.columns import as_mapping, read_mapping_file
from waypost.interop.imports.folders import Uploaded
from waypost.interop.jobs import run_import
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused
from waypost.kernel.fetching import NotFetched, check_address


def upload(
    *,
    actor: Actor,
    files: Sequence[Uploaded],
    feed_id: UUID | None = None,
    new_name: str = "",
    complete: bool = False,
    mapping: bytes | None = None,
) -> UUID:
    """Bring files for a feed, known or new; they are looked at first. The import's id."""
    names = folders.check(files)
    body = read_mapping_file(mapping) if mapping else None
    if feed_id is None:
        feed_id = services.add_feed(name=new_name, complete=complete)
    if body is not None:
        services.set_mapping(feed_id=feed_id, mapping=body)
    run_id = services.ask_import(feed_id=feed_id, by=actor.name, how="page", files=names, complete=complete)
    folders.keep(run_id, files, names)
    run_import.defer(run_id=str(run_id))
    return run_id


def fetch_now(*, actor: Actor, feed_id: UUID) -> UUID:
    """Fetch a feed from its address and look at it. The import's id."""
    feed = selectors.feed(feed_id)
    if not feed.url:
        raise Refused(_("This feed has no address. Upload its file instead."))
    run_id = services.ask_import(feed_id=feed_id, by=actor.name, how="url", complete=feed.complete)
    run_import.defer(run_id=str(run_id))
    return run_id


def check_feed_address(url: str) -> None:
    """Whether this can be an address at all; where it leads is checked each time it is fetched."""
    if not url:
        return
    try:
        check_address(url)
    except NotFetched as failed:
        raise Refused(_(failed.words), field="url") from None


def name_columns(*, run_id: UUID, tables: Mapping[str, Mapping[str, tuple[str, str]]]) -> None:
    """Say what the columns mean: kept for the feed, and the files are looked at again."""
    run = selectors.run(run_id)
    services.set_mapping(feed_id=run.feed_id, mapping=as_mapping(tables, selectors.feed_mapping(run.feed_id)))
    services.look_again(run_id=run_id)
    run_import.defer(run_id=str(run_id))


def give_mapping(*, run_id: UUID, data: bytes) -> None:
    """The same by a mapping file."""
    run = selectors.run(run_id)
    services.set_mapping(feed_id=run.feed_id, mapping=read_mapping_file(data))
    services.look_again(run_id=run_id)
    run_import.defer(run_id=str(run_id))


def confirm(*, run_id: UUID) -> None:
    """Import what was looked at."""
    selectors.run(run_id)
    services.confirm_import(run_id=run_id)
    run_import.defer(run_id=str(run_id))


def call_off(*, run_id: UUID) -> None:
    """Do not import it. What runs looks before its end, and leaves nothing behind."""
    run = selectors.run(run_id)
    services.drop_import(run_id=run_id)
    if run.state not in ("running",):
        folders.clear(run_id)
