"""Listings that are kept but not shown: why, and the way back; and who asked not to be listed."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import FactOf, HiddenWhy
from waypost.directory.selectors import hidden, hidden_counts, never_listed, open_matches, sides
from waypost.directory.services import Asked
from waypost.directory.sources_cards import Hidden
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.upkeep.source_words import KINDS, source_name
from waypost.web.upkeep.tabs import tabs

SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A hidden listing in words."""

    hidden: Hidden
    kind: str
    why: str
    source: str


class NotListedForm(forms.Form):
    """Who asked, why, and when; for somebody without a listing also by what they are known."""

    kind = forms.ChoiceField(label=gettext_lazy("What is not to be listed?"), choices=[])
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    address_1 = forms.CharField(label=gettext_lazy("Street with number"), max_length=200, required=False)
    postal_code = forms.CharField(label=gettext_lazy("ZIP code"), max_length=10, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    asked_by = forms.CharField(label=gettext_lazy("Who asked for it?"), max_length=200)
    asked_on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, of_listing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(KINDS.items())  # type: ignore[attr-defined]
        self.fields["asked_on"].initial = today
        if of_listing:
            for name in ("kind", "name", "phone", "address_1", "postal_code"):
                del self.fields[name]


@require_safe
@wants(Action.KEEP_DIRECTORY)
def hidden_listings(request: StaffRequest) -> HttpResponse:
    """By reason and kind, and by words of the name."""
    why, kind, words = _chosen(request)

    def read(number: int) -> tuple[list[Hidden], int]:
        return hidden(why=why, kind=kind, words=words, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    counts, matches = hidden_counts(), open_matches()
    context = {
        "tabs": tabs(request.actor.role, "upkeep_hidden", {"upkeep_hidden": len(matches)}),
        "page": page,
        "lines": [_line(each) for each in page.object_list],
        "words": words,
        "why": why,
        "kind": kind,
        "whys": [
            (_("All"), _address("", kind, words), not why, sum(counts.values())),
            *(
                (each.label, _address(each.value, kind, words), each == why, counts.get(each.value, 0))
                for each in HiddenWhy
            ),
        ],
        "kinds": [
            (_("All kinds"), _address(why, "", words), not kind),
            *((label, _address(why, each, words), each == kind) for each, label in KINDS.items()),
        ],
        "matches": [(each, KINDS[each.kind], source_name(each.source)) for each in matches],
        "never": [(each, KINDS[each.kind]) for each in never_listed()],
        "query": _address(why, kind, words).partition("?")[2],
    }
    return render(request, "web/upkeep/hidden.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def never_list(request: StaffRequest) -> HttpResponse:
    """Somebody who is not in the directory is never to come into it."""
    form = NotListedForm(request.POST or None, of_listing=False)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as done:
            services.keep_off_the_list(
                actor=request.actor,
                asked=Asked(given["reason"], given["asked_by"], given["asked_on"]),
                **{name: given[name] for name in ("kind", "name", "phone", "address_1", "postal_code")},
            )
        if done.worked:
            messages.success(request, _("Noted. Whatever import brings it, it stays hidden."))
            return redirect("upkeep_hidden")
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.KEEP_DIRECTORY)
def do_not_list(request: StaffRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Hide a listing because somebody asked for it."""
    listing = sides(kind, [row_id]).get(row_id) if kind in FactOf.values else None
    if listing is None:
        raise NotVisible
    form = NotListedForm(request.POST or None, of_listing=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with attempt(form) as done:
            services.ask_not_to_list(
                actor=request.actor,
                kind=kind,
                row_id=row_id,
                asked=Asked(given["reason"], given["asked_by"], given["asked_on"]),
            )
        if done.worked:
            messages.success(
                request, _("“%(name)s” is not shown anywhere from now on.") % {"name": listing.name}
            )
            return redirect("upkeep_hidden")
    return _form_page(request, form, listing)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def unmerge(request: StaffRequest, merge_id: UUID) -> HttpResponse:
    """Take a merge back."""
    with attempt() as done:
        services.undo_merge(actor=request.actor, merge_id=merge_id)
    return _told(request, done.refusal, _("The merge is taken back. Both listings are shown again."))


@require_POST
@wants(Action.KEEP_DIRECTORY)
def list_again(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Take somebody off the list of those who are not shown."""
    with attempt() as done:
        services.list_again(actor=request.actor, entry_id=entry_id)
    return _told(request, done.refusal, _("It is off the list. It is shown again if its feed still has it."))


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide_match(request: StaffRequest, match_id: UUID) -> HttpResponse:
    """Is it the one that asked, or another one?"""
    same = request.POST.get("same") != "no"
    with attempt() as done:
        services.decide_match(actor=request.actor, match_id=match_id, same=same)
    words = _("It stays hidden.") if same else _("It is another one, and it is shown from now on.")
    return _told(request, done.refusal, words)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def show_again(request: StaffRequest, kind: str, row_id: UUID) -> HttpResponse:
    """Show what is gone from its feed."""
    with attempt() as done:
        services.show_again(actor=request.actor, kind=kind, row_id=row_id)
    words = _("It is shown again, until a complete delivery of its feed comes without it.")
    return _told(request, done.refusal, words)


def _told(request: HttpRequest, refusal: str, words: str) -> HttpResponse:
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, words)
    return redirect(_address(*_chosen(request)))


def _form_page(request: StaffRequest, form: NotListedForm, listing: object) -> HttpResponse:
    context = {"tabs": tabs(request.actor.role, "upkeep_hidden"), "form": form, "listing": listing}
    status = REFUSED if form.errors else 200
    return render(request, "web/upkeep/do_not_list.html", context, status=status)


def _chosen(request: HttpRequest) -> tuple[str, str, str]:
    why, kind = words_of(request, "why"), words_of(request, "kind")
    return (why if why in HiddenWhy.values else "", kind if kind in FactOf.values else "", words_of(request))


def _address(why: str, kind: str, words: str) -> str:
    kept = {name: value for name, value in (("why", why), ("kind", kind), ("q", words)) if value}
    return f"{reverse('upkeep_hidden')}?{urlencode(kept)}"


def _line(each: Hidden) -> Line:
    return Line(each, str(KINDS[each.kind]), str(HiddenWhy(each.why).label), source_name(each.source))
