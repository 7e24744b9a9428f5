"""The directory as a file: asked for here, written by the worker, fetched here."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from waypost.directory.choices import ExportForm, ExportState
from waypost.directory.selectors.exports import ExportCard, export, exports
from waypost.directory.services.exports import ask_export
from waypost.interop.hsds.export_files import path_of, rows_so_far
from waypost.interop.jobs import write_export
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged
from waypost.web.upkeep.tabs import tabs

SIZE = 20
GOING = (ExportState.WAITING, ExportState.RUNNING)
TAGS = {
    ExportState.WAITING: "plain",
    ExportState.RUNNING: "wait",
    ExportState.DONE: "ok",
    ExportState.FAILED: "stop",
    ExportState.CLEARED: "plain",
}
FORMS = (
    (ExportForm.TABULAR, gettext_lazy("For spreadsheets and databases: one table for each kind of row.")),
    (ExportForm.JSON, gettext_lazy("For programs: organizations, places and services with all they hold.")),
    (ExportForm.NDJSON, gettext_lazy("For large directories: the same, to be read line by line.")),
)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def exchange(request: StaffRequest) -> HttpResponse:
    """How others get the directory, and the files so far."""
    context = {
        "tabs": tabs(request.actor.role, "exchange"),
        "forms": [(form.value, form.label, words) for form, words in FORMS],
        "api": request.build_absolute_uri(reverse("hsds")),
        **_files(request),
    }
    return render(request, "web/upkeep/exchange.html", context)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def files(request: StaffRequest) -> HttpResponse:
    """The list alone, while something is being written."""
    return render(request, "web/upkeep/exchange_files.html", _files(request))


@require_POST
@wants(Action.KEEP_DIRECTORY)
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for a file."""
    with attempt() as done:
        export_id = ask_export(actor=request.actor, form=request.POST.get("form", ""))
        write_export.defer(export_id=str(export_id))
    if done.worked:
        messages.success(request, _("The file is being written. You can leave this page."))
    else:
        messages.error(request, done.refusal)
    return redirect("exchange")


@require_safe
@wants(Action.KEEP_DIRECTORY)
def fetch(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """The file itself."""
    card = export(export_id)
    path = path_of(card.file_name)
    if path is None:
        raise Http404
    _id, _, ending = card.file_name.partition(".")
    name = f"directory-{card.asked_at:%Y-%m-%d}.{ending}"
    kind = "application/zip" if ending == "zip" else "application/gzip"
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)
    answer["Cache-Control"] = "no-store"
    return cast(HttpResponse, answer)  # a file is sent as it is read


def _files(request: StaffRequest) -> dict[str, object]:
    page = paged(lambda number: exports(number, size=SIZE), number_of(request), size=SIZE)
    rows = [
        {
            "export": each,
            "form": ExportForm(each.form).label,
            "state": ExportState(each.state).label,
            "tag": TAGS[ExportState(each.state)],
            "going": each.state in GOING,
            "so_far": _so_far(each),
            "problem": _(each.problem) if each.problem else "",
        }
        for each in page.object_list
    ]
    return {"page": page, "rows": rows, "going": any(row["going"] for row in rows)}


def _so_far(card: ExportCard) -> int:
    return min(rows_so_far(card.id), card.rows) if card.state == ExportState.RUNNING else 0
