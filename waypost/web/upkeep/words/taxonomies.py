"""Taxonomies in the page: trees, names in both languages, own terms, retired terms, files."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from waypost.directory import services
from waypost.directory.choices import WordList
from waypost.directory.selectors import taxonomy_row, taxonomy_rows, taxonomy_table, taxonomy_tree
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.taxonomies import MOST_BYTES, read_taxonomy
from waypost.kernel.errors import Refused
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.exports import csv_file
from waypost.web.paging import words_of
from waypost.web.upkeep.words.tabs import frame

HEAD = ("code", "name", "parent", "description", "name_es", "retired_on")


class TaxonomyForm(forms.Form):
    """A file, and the name that stays the same for all its versions."""

    name = forms.CharField(
        label=gettext_lazy("Name of the taxonomy"),
        help_text=gettext_lazy("The same name again brings the taxonomy to what the new file says."),
        max_length=90,
    )
    description = forms.CharField(label=gettext_lazy("Origin and licence"), max_length=500, required=False)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV with code (or taxonomy_id), name and parent, or with slugs; Open Eligibility's XML or JSON."
        ),
    )


def term_id_of(request: StaffRequest, name: str = "id") -> UUID:
    """An id in the address; 404 for anything else."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def taxonomies(request: StaffRequest) -> HttpResponse:
    """All of them; a POST loads one from a file."""
    form = TaxonomyForm(request.POST, request.FILES) if request.method == "POST" else TaxonomyForm()
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with attempt(form) as done:
            loaded = _load(request, values)
        if done.worked:
            said = _("%(name)s: %(new)s new, %(changed)s changed, %(same)s as before, %(retired)s retired.")
            counts = {"new": loaded.created, "changed": loaded.updated, "same": loaded.unchanged}
            names = {"name": values["name"], "retired": loaded.retired}
            messages.success(request, said % (names | counts))
            return redirect(f"{reverse('words_taxonomy')}?id={loaded.taxonomy_id}")
    context = frame(request, "words_taxonomies", WordList.TAXONOMY) | {
        "form": form,
        "rows": taxonomy_rows(),
    }
    return render(
        request, "web/upkeep/words/taxonomies.html", context, status=REFUSED if form.errors else 200
    )


def _load(request: StaffRequest, values: dict[str, Any]) -> services.Loaded:
    sent = values["file"]
    if (sent.size or 0) > MOST_BYTES:
        raise Refused(_("The file is too long."), field="file")
    try:
        read = read_taxonomy(sent.read())
    except Unreadable as error:
        raise Refused(_("The file cannot be read: %(why)s") % {"why": error}, field="file") from None
    return services.load_taxonomy(
        actor=request.actor,
        name=str(values["name"]),
        terms=read.terms,
        version=read.version,
        description=str(values["description"]),
    )


@require_safe
@wants(Action.KEEP_DIRECTORY)
def taxonomy(request: StaffRequest) -> HttpResponse:
    """One taxonomy as a tree, or the terms that hold a word."""
    row, words = taxonomy_row(term_id_of(request)), words_of(request)
    context = frame(request, "words_taxonomies", WordList.TAXONOMY) | {
        "row": row,
        "words": words,
        "terms": taxonomy_tree(row.id, words=words),
    }
    return render(request, "web/upkeep/words/taxonomy.html", context)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def taxonomy_download(request: StaffRequest) -> HttpResponse:
    """The taxonomy as a table that can be loaded again."""
    row = taxonomy_row(term_id_of(request))
    return csv_file("taxonomy", HEAD, taxonomy_table(row.id))
