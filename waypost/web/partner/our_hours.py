"""When a service is open, as its keeper says it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.directory import services
from waypost.directory.rules import Hours
from waypost.directory.selectors import own_service_page
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import REFUSED, attempt
from waypost.web.hours_words import hours_table
from waypost.web.partner.forms_hours import HoursForms, with_one_more
from waypost.web.partner.hours_lines import lines_of

LINES = ("week", "special")


@require_http_methods(["GET", "HEAD", "POST"])
@wants(Action.EDIT_LISTING)
def hours(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Lines of a week, days that differ, words. "Add a line" keeps what was typed."""
    card = own_service_page(service_id, request.actor.organization).listing
    lines = lines_of(card.hours)
    more = request.POST.get("more", "")
    data = request.POST if request.method == "POST" else None
    if data is not None and more in LINES:
        data = with_one_more(data, more)
    form = HoursForms(lines, [_in_words(each) for each in lines.others], data)
    refusal = ""
    if data is not None and more in LINES:
        form.forget_problems()
    elif data is not None and form.is_valid():
        items = [services.hours_item(each) for each in form.hours()]
        with attempt() as done:
            services.change_own_service(
                actor=request.actor, service_id=service_id, values={"schedules": items}
            )
        if done.worked:
            words = (
                _("You changed the hours of %(name)s.")
                if items
                else _("The hours of %(name)s are listed as not known.")
            )
            messages.success(request, words % {"name": card.service_name})
            return redirect("listing_hours", service_id)
        refusal = done.refusal
    context = {
        "card": card,
        "form": form,
        "table": hours_table(card.hours),
        "refusal": refusal,
        "added": more if more in LINES else "",
    }
    status = REFUSED if refusal or (data is not None and not more and form.errors) else 200
    return render(request, "web/partner/hours.html", context, status=status)


def _in_words(line: Hours) -> str:
    """A line that no form can show, as people read it."""
    table = hours_table([line])
    rows = [f"{row.days}: {', '.join(row.times)}{f' ({row.note})' if row.note else ''}" for row in table.rows]
    return "; ".join([*rows, *table.as_given]) or _("Hours that we cannot put into words")
