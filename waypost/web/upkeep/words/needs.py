"""Which words lead to which need."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import WordKind, WordList
from waypost.directory.selectors import need_category_name, need_rows, sorting_state, words_of_need
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.upkeep.words.tabs import frame

ORDER = (WordKind.EN, WordKind.ES, WordKind.TERM)
CHOICES = [(each.value, each.label) for each in ORDER]
HEADINGS = {
    "en": gettext_lazy("English words"),
    "es": gettext_lazy("Spanish words"),
    "term": gettext_lazy("Taxonomy terms"),
}


class NeedWordForm(forms.Form):
    """One word more."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(each.value, each.label) for each in ORDER]
    )
    word = forms.CharField(
        label=gettext_lazy("Word or name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_safe
@wants(Action.KEEP_DIRECTORY)
def needs(request: StaffRequest) -> HttpResponse:
    """Every need, with how many words lead to it."""
    context = frame(request, "words_needs", WordList.NEED) | {
        "rows": need_rows(),
        "sorting": sorting_state(),
    }
    return render(request, "web/upkeep/words/needs.html", context)


@require_http_methods(["GET", "POST"])
@wants(Action.KEEP_DIRECTORY)
def need(request: StaffRequest) -> HttpResponse:
    """The words of one need; a POST adds one."""
    code = request.GET.get("need", "")
    words_of_need(code)
    form = NeedWordForm(request.POST) if request.method == "POST" else NeedWordForm()
    if request.method == "POST" and form.is_valid():
        with attempt(form) as done:
            services.add_need_word(actor=request.actor, category=code, **form.cleaned_data)
        if done.worked:
            said = _("“%(word)s” leads to %(need)s now. Imported listings are being sorted anew.")
            messages.success(
                request, said % {"word": form.cleaned_data["word"], "need": need_category_name(code)}
            )
            return redirect(f"{reverse('words_need')}?need={code}")
    context = frame(request, "words_needs", WordList.NEED) | {
        "form": form,
        "code": code,
        "name": need_category_name(code),
        "lists": [(HEADINGS[each.kind], each) for each in words_of_need(code)],
        "sorting": sorting_state(),
    }
    return render(request, "web/upkeep/words/need.html", context, status=REFUSED if form.errors else 200)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def need_word_remove(request: StaffRequest) -> HttpResponse:
    """Take a word away from a need."""
    code, kind, word = (request.POST.get(name, "") for name in ("need", "kind", "word"))
    with attempt() as done:
        services.remove_need_word(actor=request.actor, category=code, kind=kind, word=word)
    if done.worked:
        said = _("“%(word)s” does not lead to %(need)s any more.")
        messages.success(request, said % {"word": word, "need": need_category_name(code)})
    else:
        messages.error(request, done.refusal)
    return redirect(f"{reverse('words_need')}?need={code}")


@require_POST
@wants(Action.KEEP_DIRECTORY)
def need_word_back(request: StaffRequest) -> HttpResponse:
    """Put an installed word back."""
    code, kind, word = (request.POST.get(name, "") for name in ("need", "kind", "word"))
    with attempt() as done:
        services.add_need_word(actor=request.actor, category=code, kind=kind, word=word)
    if done.worked:
        messages.success(request, _("“%(word)s” is back.") % {"word": word})
    else:
        messages.error(request, done.refusal)
    return redirect(f"{reverse('words_need')}?need={code}")


@require_POST
@wants(Action.KEEP_DIRECTORY)
def need_reset(request: StaffRequest) -> HttpResponse:
    """Back to the installed words."""
    code = request.POST.get("need", "")
    words_of_need(code)
    services.reset_need(actor=request.actor, category=code)
    messages.success(
        request, _("%(need)s has its installed words again.") % {"need": need_category_name(code)}
    )
    return redirect(f"{reverse('words_need')}?need={code}")
