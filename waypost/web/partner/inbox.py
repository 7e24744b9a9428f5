"""The inbox of an organization that answers referrals."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from waypost.disclosure import gate
from waypost.disclosure.words import topic_name
from waypost.network.roles import Action
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Status
from waypost.referrals.selectors import Filter
from waypost.referrals.selectors.lists import PAGE
from waypost.web.access import StaffRequest, wants
from waypost.web.paging import number_of, paged
from waypost.web.presenting import Tag, language_name, when
from waypost.web.referral_words import Button, recipient_move, tag_of

TABS = ("new", "open", "ended")


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A referral that was sent to us, as a line."""

    title: str
    url: str
    facts: str
    tags: tuple[Tag, ...]
    label: str
    move: str
    button: Button


@require_GET
@wants(Action.ANSWER_REFERRAL)
def inbox(request: StaffRequest) -> HttpResponse:
    """New, under way, ended; what was withdrawn stands among the ended."""
    tab = request.GET.get("tab", "")
    chosen = Filter(tab=tab if tab in TABS else "new")

    def read(number: int) -> tuple[list[ReferralRow], int]:
        return referrals.inbox(request.actor, replace(chosen, page=number))

    page = paged(read, number_of(request), size=PAGE)
    found: list[ReferralRow] = list(page.object_list)
    gate.scope(request.actor, {each.person_id for each in found}, purpose="referral")
    counts = referrals.counts(request.actor)
    context = {
        "page": page,
        "rows": [inbox_row(each) for each in found],
        "tab": chosen.tab,
        "tabs": [
            ("new", _("New"), counts["inbox_new"], chosen.tab == "new"),
            ("open", _("Under way"), counts["inbox_open"], chosen.tab == "open"),
            ("ended", _("Ended"), "", chosen.tab == "ended"),
        ],
        "withdrawn": referrals.tombstones(request.actor) if chosen.tab == "ended" else [],
    }
    return render(request, "web/partner/inbox.html", context)


def inbox_row(row: ReferralRow) -> InboxRow:
    """A row with its words: who, what, which language, how many, from whom, when."""
    told = row.told
    first = str(told.get("first") or told.get("given_name") or _("the person"))
    label, move = recipient_move(row, first)
    page = reverse("referral", args=[row.id])
    is_new = row.status == Status.REQUESTED and row.may_reply and not row.sharing_ended
    tags = [Tag("stop", _("Urgent"))] if row.urgency == "urgent" and move else []
    return InboxRow(
        title=_("%(need)s for %(person)s")
        % {"need": topic_name(row.category), "person": row.person_name or row.reference},
        url=page,
        facts=" · ".join(part for part in _facts(row) if part),
        tags=(*tags, tag_of(row)),
        label=label,
        move=move,
        button=Button(_("Answer"), page) if is_new else Button(_("Open"), page, "quiet"),
    )


def _facts(row: ReferralRow) -> list[str]:
    told = row.told
    language = language_name(str(told.get("language", "")))
    if told.get("interpreter_needed"):
        language = _("%(language)s, interpreter needed") % {"language": language}
    size = told.get("household_size")
    household = ngettext("lives alone", "household of %(size)d", size) % {"size": size} if size else ""
    source = _("from %(name)s at %(organization)s") % {
        "name": row.sender_name,
        "organization": row.other_party,
    }
    return [language, household, source, when(row.sent_at)]
