"""Imports in words: tables, rules, states, how far."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from waypost.directory.hsds import ORDER
from waypost.directory.import_cards import RunCard
from waypost.web.presenting import Tag

TABLES: dict[str, str | Promise] = {
    "organizations": gettext_lazy("Organizations"),
    "programs": gettext_lazy("Programs"),
    "services": gettext_lazy("Services"),
    "locations": gettext_lazy("Places"),
    "service_at_locations": gettext_lazy("Services at places"),
    "contacts": gettext_lazy("Contacts"),
    "phones": gettext_lazy("Phones"),
    "addresses": gettext_lazy("Addresses"),
    "schedules": gettext_lazy("Hours"),
    "service_areas": gettext_lazy("Service areas"),
    "languages": gettext_lazy("Languages"),
    "required_documents": gettext_lazy("Documents to bring"),
    "cost_options": gettext_lazy("Costs"),
    "accessibility": gettext_lazy("Accessibility"),
    "funding": gettext_lazy("Funding"),
    "service_capacities": gettext_lazy("Capacities"),
    "units": gettext_lazy("Units of capacity"),
    "urls": gettext_lazy("Web addresses"),
    "organization_identifiers": gettext_lazy("Identifiers of organizations"),
    "taxonomies": gettext_lazy("Taxonomies"),
    "taxonomy_terms": gettext_lazy("Taxonomy terms"),
    "attributes": gettext_lazy("Attributes"),
    "metadata": gettext_lazy("Notes on changes"),
    "meta_table_descriptions": gettext_lazy("Descriptions of tables"),
    "unknown": gettext_lazy("Not recognized"),
}
RULES: dict[str, str | Promise] = {
    "missing_reference": gettext_lazy("What the row belongs to is not there"),
    "missing_value": gettext_lazy("Something that it must have is missing"),
    "duplicate_id": gettext_lazy("The same id came before, with other content"),
    "duplicate_column": gettext_lazy("A column comes twice, with different values"),
    "unknown_columns": gettext_lazy("The headings are not those of the standard"),
    "wrong_number_of_columns": gettext_lazy("More cells than the table has columns"),
    "unreadable_row": gettext_lazy("The row can't be read"),
    "bad_id": gettext_lazy("The id can't be used"),
    "invalid_json": gettext_lazy("Not JSON"),
    "too_deep": gettext_lazy("Nested far too deeply"),
    "unknown_shape": gettext_lazy("Nothing that the standard knows"),
    "unread_value": gettext_lazy("A value could not be read; it is kept as it was written"),
    "repaired_text": gettext_lazy("Letters were garbled and could be repaired"),
    "doubtful_text": gettext_lazy("Letters seem to be garbled"),
    "broken_characters": gettext_lazy("Some characters can't be read"),
    "implausible_coordinates": gettext_lazy("The position can't be right; the place is listed without it"),
    "weekday_in_wkst": gettext_lazy("The day on which weeks begin is taken for the day of the week"),
    "too_long": gettext_lazy("Far too long"),
    "short_row": gettext_lazy("Fewer cells than the table has columns"),
}
PHASES: dict[str, str | Promise] = {
    "fetching": gettext_lazy("Fetching"),
    "reading": gettext_lazy("Reading"),
    "checking": gettext_lazy("Checking"),
    "writing": gettext_lazy("Writing"),
}
_KINDS = {
    "done": "ok",
    "unchanged": "ok",
    "failed": "stop",
    "columns": "wait",
    "ready": "wait",
    "running": "info",
    "waiting": "info",
}
# Words that come from below the pages; named here so that they are translated.
SAID = (
    gettext_noop("The address leads to a machine that is not on the public internet."),
    gettext_noop("This is not an address of the web."),
    gettext_noop("The address must begin with https:// or http://."),
    gettext_noop("The address must not hold a user name or password."),
    gettext_noop("The address names no host."),
    gettext_noop("The address leads on and on to others."),
    gettext_noop("The server has nothing there."),
    gettext_noop("The server does not let Waypost in."),
    gettext_noop("The server asks for a password or key."),
    gettext_noop("The files are not there any more. Upload them again."),
)


def table_name(table: str) -> str:
    """A table of the standard in plain words."""
    return str(TABLES.get(table, table))


def run_tag(run: RunCard | None) -> Tag | None:
    """Where an import stands."""
    return Tag(_KINDS.get(run.state, "plain"), run.state_words) if run else None


def run_line(run: RunCard | None) -> str:
    """What an import did, in a line."""
    if run is None:
        return _("Nothing has been imported yet.")
    if run.state not in ("done", "undone", "ready"):
        return _(run.message) if run.message else ""
    sums = run.totals
    parts = [
        ngettext("%(n)s row read", "%(n)s rows read", sums["read"]) % {"n": f"{sums['read']:,}"},
        _("%(n)s new") % {"n": f"{sums['created']:,}"},
        _("%(n)s changed") % {"n": f"{sums['updated']:,}"},
        _("%(n)s unchanged") % {"n": f"{sums['unchanged']:,}"},
        _("%(n)s set aside") % {"n": f"{sums['quarantined']:,}"},
    ]
    return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class CountRow:
    """A line of the sums."""

    name: str
    counts: dict[str, int]


def count_rows(run: RunCard) -> list[CountRow]:
    """The sums, table by table in the order of the standard."""
    order = [*(each.name for each in ORDER), "unknown"]
    return [CountRow(table_name(each), run.counts[each]) for each in order if each in run.counts]


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """What is wrong with several rows alike."""

    table: str
    rule: str
    count: int
    example: str


def remarks(found: list[list[Any]]) -> list[RemarkRow]:
    """What was set aside or kept with a mark, by kind."""
    return [
        RemarkRow(table_name(table), str(RULES.get(rule, rule)), count, example)
        for table, rule, count, example in found
    ]
