"""One import: how far it is, what it would do, what it did, what it changed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
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
        "first": words.first_rows(card.report) if card.state == "ready" else [],
        "examples": _examples(card),
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


def _examples(card: RunCard) -> list[dict[str, str]]:
    found = []
    for each in card.report.get("examples", []):
        for name, value in each["after"].items():
            if name not in ("extra", "source_id"):
                found.append(
                    {
                        "table": words.table_name(each["table"]),
                        "title": each["title"],
                        "field": name.replace("_", " "),
                        "before": _short(each["before"].get(name)),
                        "after": _short(value),
                    }
                )
    return found


def _short(value: object) -> str:
    return "" if value in (None, "", [], {}) else str(value)[:300]


@require_POST
@wants(Action.KEEP_DIRECTORY)
def confirm(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Import what was looked at."""
    with attempt() as done:
        asking.confirm(run_id=run_id)
    if not done.worked:
        messages.error(request, done.refusal)
    return redirect("import", run_id)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def drop(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Do not import it."""
    with attempt() as done:
        asking.call_off(run_id=run_id)
    if done.worked:
        messages.success(request, _("You called the import off. Nothing was changed."))
    else:
        messages.error(request, done.refusal)
    return redirect("import", run_id)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def undo(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Take an import back."""
    with attempt() as done:
        services.undo_import(run_id=run_id)
    if done.worked:
        messages.success(request, _("The import is undone: the directory is as it was before."))
    else:
        messages.error(request, done.refusal)
    return redirect("import", run_id)


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
    rows = [(each, words.table_name(each.table), each.field.replace("_", " ")) for each in page.object_list]
    return render(request, "web/upkeep/import_changes.html", {"run": card, "page": page, "rows": rows})
