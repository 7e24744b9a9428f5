"""What one keeps about services: favourites, saved searches, notes for one's own organization."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory.choices import SharedWith
from waypost.directory.selectors import kept
from waypost.directory.services import keeping
from waypost.kernel.actors import Actor
from waypost.network.roles import Action, may
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.finding.active import active
from waypost.web.finding.looking import Looking, read
from waypost.web.service_words import full_name


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of what is kept."""

    label: str
    url: str
    current: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search with its words and address."""

    search: kept.SearchCard
    words: str
    href: str
    shared: str


@dataclass(frozen=True, slots=True)
class Ours:
    """What one keeps about a service, for its page."""

    favourite: bool
    note: str
    lists: list[kept.ListCard]
    notes: list[kept.NoteCard]


def ours(actor: Actor | None, service_id: UUID) -> Ours | None:
    """Favourite, lists and notes; nothing for those who keep nothing."""
    if actor is None or not may(actor.role, Action.NOTE_LISTING):
        return None
    marked = kept.favourite_notes(actor, [service_id])
    return Ours(
        favourite=service_id in marked,
        note=marked.get(service_id, ""),
        lists=kept.service_lists(actor),
        notes=kept.notes_on(actor, service_id),
    )


def directory_tabs(actor: Actor, here: str) -> list[Tab]:
    """Search, and what is kept."""
    counts = kept.kept_counts(actor)
    names = (
        ("directory", _("Search"), 0),
        ("favourites", _("Favorites"), counts.favourites),
        ("service_lists", _("Lists"), counts.lists),
        ("saved_searches", _("Saved searches"), counts.searches),
        ("gaps", _("Requests to find"), 0),
    )
    return [Tab(words, reverse(name), name == here, str(number or "")) for name, words, number in names]


def sharing(actor: Actor) -> list[tuple[str, str]]:
    """Who may see a list or a search: value and words; the team only for those in one."""
    team = kept.team_of(actor)
    team_words = _("My team: %(team)s") % {"team": team.name} if team else ""
    offered = [
        (SharedWith.NOBODY.value, str(SharedWith.NOBODY.label)),
        (SharedWith.TEAM.value, team_words),
        (SharedWith.EVERYBODY.value, str(SharedWith.EVERYBODY.label)),
    ]
    return [(value, words) for value, words in offered if words]


@require_safe
@wants(Action.NOTE_LISTING)
def favourites(request: StaffRequest) -> HttpResponse:
    """One's own, newest first."""
    rows = [
        (each, full_name(each.listing) if each.listing else "") for each in kept.favourites(request.actor)
    ]
    context = {"rows": rows, "tabs": directory_tabs(request.actor, "favourites")}
    return render(request, "web/staff/kept/favourites.html", context)


@require_POST
@wants(Action.NOTE_LISTING)
def favourite(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Mark a service, change the note, or take the mark away; back to where it was pressed."""
    with attempt() as tried:
        if "drop" in request.POST:
            keeping.drop_favourite(actor=request.actor, service_id=service_id)
        else:
            keeping.keep_favourite(
                actor=request.actor, service_id=service_id, note=request.POST.get("note", "")
            )
    said = _("Taken from your favorites.") if "drop" in request.POST else _("Kept among your favorites.")
    tell(request, tried.refusal, said)
    return redirect("favourites" if "list" in request.POST else _service(service_id))


@require_safe
@wants(Action.NOTE_LISTING)
def saved_searches(request: StaffRequest) -> HttpResponse:
    """One's own and those of the team and the organization."""
    names = dict(SharedWith.choices)
    rows = [
        SavedRow(
            search=each,
            words=search_words(read(QueryDict(each.query))),
            href=f"{reverse('directory')}?{each.query}",
            shared=str(names[each.shared_with]),
        )
        for each in kept.saved_searches(request.actor)
    ]
    context = {"rows": rows, "tabs": directory_tabs(request.actor, "saved_searches")}
    return render(request, "web/staff/kept/searches.html", context)


def search_words(looking: Looking) -> str:
    """ "“food”, 98144, Open now"."""
    first = [f"“{looking.words}”" if looking.words else "", looking.place]
    filters = [each.words for each in active(looking, place=bool(looking.place))]
    return ", ".join(each for each in [*first, *filters] if each)


@require_POST
@wants(Action.NOTE_LISTING)
def search_save(request: StaffRequest) -> HttpResponse:
    """Keep the search that was just made under a name."""
    looking = read(QueryDict(request.POST.get("query", "")[:2000]))
    query = looking.link().removeprefix("?")
    with attempt() as tried:
        keeping.save_search(
            actor=request.actor,
            name=request.POST.get("name", "") or search_words(looking)[: keeping.LONGEST_NAME],
            query=query,
            shared_with=request.POST.get("shared_with", SharedWith.NOBODY),
        )
    tell(request, tried.refusal, _("The search is saved."))
    return redirect(f"{reverse('directory')}?{query}" if tried.refusal else "saved_searches")


@require_POST
@wants(Action.NOTE_LISTING)
def search_forget(request: StaffRequest, search_id: UUID) -> HttpResponse:
    """Delete a saved search."""
    with attempt() as tried:
        keeping.forget_search(actor=request.actor, search_id=search_id)
    tell(request, tried.refusal, _("The saved search is deleted."))
    return redirect("saved_searches")


@require_POST
@wants(Action.NOTE_LISTING)
def note_add(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Tell one's own organization something about a service."""
    with attempt() as tried:
        keeping.note_service(actor=request.actor, service_id=service_id, words=request.POST.get("words", ""))
    tell(request, tried.refusal, _("Your note is kept. Only your organization sees it."))
    return redirect(_service(service_id))


@require_POST
@wants(Action.NOTE_LISTING)
def note_remove(request: StaffRequest, note_id: UUID) -> HttpResponse:
    """Delete a note."""
    with attempt() as tried:
        service_id = keeping.remove_note(actor=request.actor, note_id=note_id)
    tell(request, tried.refusal, _("The note is deleted."))
    return redirect("favourites" if tried.refusal else _service(service_id))


def tell(request: StaffRequest, refusal: str, done: str) -> None:
    """What happened, on the page that follows."""
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, done)


def _service(service_id: UUID) -> str:
    return f"{reverse('service', args=[service_id])}#ours"
