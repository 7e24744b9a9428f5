"""One term of a taxonomy: its names, its place, its needs, retired or not."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory import services
from waypost.directory.choices import WordKind, WordList
from waypost.directory.selectors import TermPage, need_categories, taxonomy_row, taxonomy_tree, term_page
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.upkeep.words.tabs import frame
from waypost.web.upkeep.words.taxonomies import term_id_of


class NamesForm(forms.Form):
    """What a term is called here."""

    name_en = forms.CharField(label=gettext_lazy("English name here"), max_length=200, required=False)
    name_es = forms.CharField(label=gettext_lazy("Spanish name"), max_length=200, required=False)


class NewTermForm(forms.Form):
    """A term of one's own."""

    name = forms.CharField(label=gettext_lazy("Name of the new term"), max_length=200)


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def term(request: StaffRequest) -> HttpResponse:
    """See it, and name it."""
    page = term_page(term_id_of(request))
    first = {
        "name_en": page.names.get("en", page.row.own_name),
        "name_es": page.names.get("es", ""),
    }
    form = NamesForm(request.POST) if request.method == "POST" else NamesForm(initial=first)
    if request.method == "POST" and form.is_valid():
        names = {"en": form.cleaned_data["name_en"], "es": form.cleaned_data["name_es"]}
        with attempt(form) as done:
            services.name_term(actor=request.actor, term_id=page.row.id, names=names)
        if done.worked:
            messages.success(request, _("The names of the term are kept."))
            return _to(page.row.id)
    context = frame(request, "words_taxonomies", WordList.TAXONOMY) | {
        "page": page,
        "form": form,
        "needs": [each for each in need_categories()[1:] if each.code in page.row.needs],
        "others": [each for each in need_categories()[1:] if each.code not in page.row.needs],
        "places": _places(page),
    }
    return render(request, "web/upkeep/words/term.html", context, status=REFUSED if form.errors else 200)


def _places(page: TermPage) -> list[tuple[UUID, str]]:
    """Where a term of one's own may lie: not in itself, not in what is below it."""
    if not page.row.added_here:
        return []
    below = {page.row.id}
    found = []
    for each in taxonomy_tree(page.taxonomy.id):
        if each.parent_id in below or each.id in below:
            below.add(each.id)
        else:
            found.append((each.id, " › ".join((*each.path, each.name))))
    return found


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def term_new(request: StaffRequest) -> HttpResponse:
    """Add a term below another one, or at the top of a taxonomy."""
    parent = term_page(term_id_of(request, "below")) if "below" in request.GET else None
    whole = parent.taxonomy if parent else taxonomy_row(term_id_of(request))
    form = NewTermForm(request.POST) if request.method == "POST" else NewTermForm()
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            made = services.add_term(
                actor=request.actor,
                taxonomy_id=whole.id,
                parent_id=parent.row.id if parent else None,
                name=form.cleaned_data["name"],
            )
        if done.worked:
            messages.success(request, _("You added %(name)s.") % {"name": form.cleaned_data["name"]})
            return _to(made)
    context = frame(request, "words_taxonomies", WordList.TAXONOMY) | {
        "form": form,
        "parent": parent,
        "row": whole,
    }
    return render(request, "web/upkeep/words/term_new.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def term_change(request: StaffRequest) -> HttpResponse:
    """Retire, bring back, move, or tie to a need: by the button that was pressed."""
    page = term_page(term_id_of(request))
    actor, term_id, name = request.actor, page.row.id, page.row.own_name
    need, wish = request.POST.get("need", ""), request.POST.get("do", "")
    with attempt() as done:
        if wish == "retire":
            services.retire_term(actor=actor, term_id=term_id)
        elif wish == "return":
            services.retire_term(actor=actor, term_id=term_id, retired=False)
        elif wish == "move":
            services.move_term(actor=actor, term_id=term_id, parent_id=_parent(request))
        elif wish == "need":
            services.add_need_word(actor=actor, category=need, kind=WordKind.TERM, word=name)
        elif wish == "no_need":
            services.remove_need_word(actor=actor, category=need, kind=WordKind.TERM, word=name)
        else:
            raise Http404
    if done.worked:
        messages.success(request, _("%(name)s is changed.") % {"name": page.row.name})
    else:
        messages.error(request, done.refusal)
    return _to(term_id)


def _parent(request: StaffRequest) -> UUID | None:
    given = request.POST.get("parent", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Http404 from None


def _to(term_id: UUID) -> HttpResponse:
    return redirect(f"{reverse('words_term')}?id={term_id}")
