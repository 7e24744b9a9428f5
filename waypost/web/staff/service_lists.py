"""Lists of services: by name, in an order, with a note each; one's own, the team's, the organization's."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.directory.choices import SharedWith
from waypost.directory.selectors import kept
from waypost.directory.services import lists
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.service_words import address_words, full_name, talking_phone, tells_place
from waypost.web.staff.kept import directory_tabs, sharing, tell


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.NOTE_LISTING)
def service_lists(request: StaffRequest) -> HttpResponse:
    """All that one sees; a new one begins here."""
    if request.method == "POST":
        with attempt() as tried:
            made = lists.make_list(
                actor=request.actor,
                name=request.POST.get("name", ""),
                shared_with=request.POST.get("shared_with", SharedWith.NOBODY),
            )
        tell(request, tried.refusal, _("The list is begun. Add services from the search or their pages."))
        return redirect("service_lists") if tried.refusal else redirect("service_list", made)
    names = dict(SharedWith.choices)
    context = {
        "rows": [(each, names[each.shared_with]) for each in kept.service_lists(request.actor)],
        "tabs": directory_tabs(request.actor, "service_lists"),
        "sharing": sharing(request.actor),
    }
    return render(request, "web/staff/kept/lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.NOTE_LISTING)
def service_list(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """What stands on a list; its name and who sees it are changed here."""
    card, items = kept.service_list(request.actor, list_id)
    if request.method == "POST":
        with attempt() as tried:
            lists.change_list(
                actor=request.actor,
                list_id=list_id,
                name=request.POST.get("name", ""),
                shared_with=request.POST.get("shared_with", ""),
            )
        tell(request, tried.refusal, _("The list is changed."))
        return redirect("service_list", list_id)
    context = {
        "list": card,
        "rows": [_row(each) for each in items],
        "shared": dict(SharedWith.choices)[card.shared_with],
        "sharing": sharing(request.actor),
        "paper": "&".join(f"service={each.service_id}" for each in items if each.listing),
    }
    return render(request, "web/staff/kept/list.html", context)


def _row(item: kept.KeptCard) -> dict[str, object]:
    card = item.listing
    if card is None:
        return {"item": item, "name": _("Not listed any more")}
    place = card.place if tells_place(card) else None
    return {
        "item": item,
        "name": full_name(card),
        "phone": talking_phone(card),
        "where": address_words(place) if place else "",
    }


@require_POST
@wants(Action.NOTE_LISTING)
def list_delete(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Delete a list; the services stay in the directory."""
    with attempt() as tried:
        lists.delete_list(actor=request.actor, list_id=list_id)
    tell(request, tried.refusal, _("The list is deleted. The services stay in the directory."))
    return redirect("service_list", list_id) if tried.refusal else redirect("service_lists")


@require_POST
@wants(Action.NOTE_LISTING)
def list_add(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Put a service on a list, or on a new one."""
    said = _("The service is on the list.")
    with attempt() as tried:
        name = request.POST.get("name", "")  # a name that was typed goes before the list that was chosen
        chosen = None if name.strip() else _uuid(request.POST.get("list", ""))
        list_id = chosen or lists.make_list(actor=request.actor, name=name)
        if not lists.put_on_list(actor=request.actor, list_id=list_id, service_id=service_id):
            said = _("The service was on the list already.")
    tell(request, tried.refusal, said)
    return redirect(f"{reverse('service', args=[service_id])}#ours")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@wants(Action.NOTE_LISTING)
def list_item(request: StaffRequest, item_id: UUID) -> HttpResponse:
    """Move a service up or down, write a note on it, or take it off the list."""
    actor, given = request.actor, request.POST
    said = _("The list is changed.")
    with attempt() as tried:
        if "off" in given:
            list_id, said = lists.take_off_list(actor=actor, item_id=item_id), _("Taken off the list.")
        elif "up" in given or "down" in given:
            list_id = lists.move_item(actor=actor, item_id=item_id, up="up" in given)
        else:
            list_id = lists.note_item(actor=actor, item_id=item_id, note=given.get("note", ""))
    tell(request, tried.refusal, said)
    return redirect("service_lists") if tried.refusal else redirect("service_list", list_id)
