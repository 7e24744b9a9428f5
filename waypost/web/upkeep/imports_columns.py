"""Saying what the columns of a table mean."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import selectors
from waypost.interop.imports import asking
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.upkeep.imports_forms import MAX_MAPPING, ColumnsForm


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def columns(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Each column with sample values and a proposal; what is said is kept for the feed."""
    run = selectors.run(run_id)
    tables = run.report.get("tables") or []
    if not tables:
        raise NotVisible
    form = ColumnsForm(request.POST or None, tables=tables)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            asking.name_columns(run_id=run_id, tables=form.chosen())
        if done.worked:
            return redirect("import", run_id)
    context = {"run": run, "form": form, "tables": form.shown()}
    return render(request, "web/upkeep/import_columns.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def mapping_file(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """The same by a file."""
    selectors.run(run_id)
    given = request.FILES.get("mapping")
    if given is None or (given.size or 0) > MAX_MAPPING:
        messages.error(request, _("Choose a mapping file of up to 1 MB."))
        return redirect("import_columns", run_id)
    with attempt() as done:
        asking.give_mapping(run_id=run_id, data=given.read())
    if done.worked:
        return redirect("import", run_id)
    messages.error(request, done.refusal)
    return redirect("import_columns", run_id)
