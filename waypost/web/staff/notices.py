"""What happened and is for this reader: the new first; opening one marks it as read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from waypost.messaging import selectors, services
from waypost.messaging.cards import NoticeCard
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.paging import number_of, paged

READERS = (Action.SEE_PEOPLE, Action.ASK_COORDINATION, Action.SEE_NETWORK)


@require_GET
@wants(*READERS)
def notice_list(request: StaffRequest) -> HttpResponse:
    """Work list of notices."""

    def read(number: int) -> tuple[list[NoticeCard], int]:
        return selectors.notices(request.actor, page=number)

    page = paged(read, number_of(request), size=selectors.PAGE)
    context = {
        "page": page,
        "new": [each for each in page.object_list if each.unread],
        "seen": [each for each in page.object_list if not each.unread],
        "waiting": selectors.unread(request.actor),
    }
    return render(request, "web/staff/notices.html", context)


@require_GET
@wants(*READERS)
def notice(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """To what the notice is about; where e-mails lead too."""
    return redirect(services.open_notice(actor=request.actor, notice_id=notice_id))


@require_POST
@wants(*READERS)
def read_all(request: StaffRequest) -> HttpResponse:
    """Mark everything as read."""
    number = services.mark_all_read(actor=request.actor)
    if number:
        words = ngettext(
            "You marked %(number)d message as read.", "You marked %(number)d messages as read.", number
        )
        messages.success(request, words % {"number": number})
    return redirect("notices")
