"""One import: how far it is, what it would do, what it did, what it changed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import selectors, services
from waypost.directory.import_cards import RunCard
from waypost.interop.imports import asking, folders
from waypost.interop.imports.setaside import error_file
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep import imports_preview as preview
from waypost.web.upkeep import imports_words as words

GOING = ("waiting", "running")
SILENT = 60.0  # seconds without a note after which the worker seems to have stopped


@require_safe
@wants(Action.KEEP_DIRECTORY)
def run(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Where an import stands, and what can be done now."""
    card = selectors.run(run_id)
    context = {
        "run": card,
        "tag": words.run_tag(card),
        "line": words.run_line(card),
        "message": _(card.message) if card.message else "",
        "counts": words.count_rows(card),
        "wrong": words.remarks(card.report.get("wrong", [])),
        "marked": words.remarks(card.report.get("marked", [])),
        "ignored": [*card.report.get("unreadable", []), *card.report.get("ignored", [])][:50],
        "strange": card.report.get("tables", []),
        "columns": preview.columns(card.report),
        "first": preview.first_rows(card.report) if card.state == "ready" else [],
        "examples": preview.examples(card.report) if card.state == "ready" else [],
        **_what_goes(card),
        "all_kept": card.report.get("all_set_aside_kept", True),
        "why_no_undo": selectors.undo_refused(run_id) if card.state == "done" else "",
        **_how_far(card),
    }
    return render(request, "web/upkeep/import.html", context)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def progress(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """How far it is; once it has ended the page comes anew."""
    card = selectors.run(run_id)
    answer = render(request, "web/upkeep/import_progress.html", {"run": card, **_how_far(card)})
    if card.state not in GOING:
        answer["HX-Refresh"] = "true"
    return answer


def _what_goes(card: RunCard) -> dict[str, bool]:
    """Whether importing a whole feed would hide or take away anything; asked before it is done."""
    goes = bool(card.report.get("gone") or card.report.get("removed"))
    looked = card.state == "ready" and card.complete
    return {"would_go": looked and goes, "would_stay": looked and not goes}


def _how_far(card: RunCard) -> dict[str, object]:
    if card.state not in GOING:
        return {}
    phase, done, total, age = folders.said(card.id)
    return {
        "phase": str(words.PHASES.get(phase, "")) if card.state == "running" else "",
        "fetching": phase == "fetching",
        "done": done,
        "total": total,
        "silent": card.state == "running" and age > SILENT,
    }


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide(request: StaffRequest, run_id: UUID, what: str) -> HttpResponse:
    """Import what was looked at, call it off, or take an import back."""
    act, said = _DECISIONS[what]
    with attempt() as done:
        act(run_id=run_id)
    if not done.worked:
        messages.error(request, done.refusal)
    elif said:
        messages.success(request, _(said))
    return redirect("import", run_id)


_DECISIONS: dict[str, tuple[Callable[..., None], str]] = {
    "confirm": (asking.confirm, ""),
    "drop": (asking.call_off, gettext_noop("You called the import off. Nothing was changed.")),
    "undo": (services.undo_import, gettext_noop("The import is undone: the directory is as it was before.")),
}


@require_safe
@wants(Action.KEEP_DIRECTORY)
def set_aside(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """The rows that were not kept, to mend and bring again."""
    packed = selectors.set_aside(run_id)
    if not packed:
        raise NotVisible
    name, kind, data = error_file(packed)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@wants(Action.KEEP_DIRECTORY)
def changes(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """What the import changed, field by field."""
    card = selectors.run(run_id)
    page = paged(lambda number: selectors.changes(run_id, number), number_of(request))
    rows = [
        {
            "change": each,
            "table": words.table_name(each.table),
            "field": preview.field_words(each.field),
            "before": preview.value_words(each.field, each.before),
            "after": preview.value_words(each.field, each.after),
        }
        for each in page.object_list
    ]
    return render(request, "web/upkeep/import_changes.html", {"run": card, "page": page, "rows": rows})
