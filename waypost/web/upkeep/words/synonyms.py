"""Words that mean the same."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import WordList
from waypost.directory.selectors import SynonymRow, synonym_row, synonym_rows
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.upkeep.words.tabs import frame

SIZE = 50


class SynonymForm(forms.Form):
    """A word, and those that mean the same."""

    word = forms.CharField(
        label=gettext_lazy("When somebody types"),
        help_text=gettext_lazy("One word, or a phrase of up to three. English or Spanish."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    same = forms.CharField(
        label=gettext_lazy("Find listings with these words too"),
        help_text=gettext_lazy("With a comma between them."),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def others(self) -> list[str]:
        """The words of the second field."""
        return str(self.cleaned_data["same"]).split(",")


@require_safe
@wants(Action.KEEP_DIRECTORY)
def synonyms(request: StaffRequest) -> HttpResponse:
    """All of them, or those that hold a word, or those that were changed here."""
    words, changed = words_of(request), request.GET.get("show") == "changed"
    found = synonym_rows(words=words, changed_only=changed)

    def read(number: int) -> tuple[list[SynonymRow], int]:
        return found[(number - 1) * SIZE : number * SIZE], len(found)

    context = frame(request, "words_synonyms", WordList.SYNONYM) | {
        "page": paged(read, number_of(request), size=SIZE),
        "words": words,
        "changed": changed,
    }
    return render(request, "web/upkeep/words/synonyms.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def synonym(request: StaffRequest) -> HttpResponse:
    """Add a word, or change what it is searched with."""
    word = words_of(request, "word")
    row = synonym_row(word) if word else None
    first = {"word": row.word, "same": ", ".join(row.same)} if row else None
    form = SynonymForm(request.POST) if request.method == "POST" else SynonymForm(initial=first)
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.set_synonym(actor=request.actor, word=form.cleaned_data["word"], same=form.others())
        if done.worked:
            said = _("A search for “%(word)s” finds %(same)s as well, from now on.")
            messages.success(request, said % form.cleaned_data)
            return redirect("words_synonyms")
    context = frame(request, "words_synonyms", WordList.SYNONYM) | {"form": form, "row": row}
    return render(request, "web/upkeep/words/synonym.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def synonym_remove(request: StaffRequest) -> HttpResponse:
    """Let a word stand for itself alone."""
    word = request.POST.get("word", "")
    with attempt() as done:
        services.remove_synonym(actor=request.actor, word=word)
    if done.worked:
        messages.success(request, _("“%(word)s” is searched by itself alone, from now on.") % {"word": word})
    else:
        messages.error(request, done.refusal)
    return redirect("words_synonyms")


@require_POST
@wants(Action.KEEP_DIRECTORY)
def synonym_reset(request: StaffRequest) -> HttpResponse:
    """Back to what is installed."""
    word = request.POST.get("word", "")
    services.reset_synonym(actor=request.actor, word=word)
    messages.success(request, _("“%(word)s” is as it was installed.") % {"word": word})
    return redirect(reverse("words_synonyms"))
