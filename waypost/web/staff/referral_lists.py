"""The work list of referrals that were sent: by tab, need and words; also as CSV."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from waypost.disclosure import gate
from waypost.disclosure.selectors import carried_words
from waypost.disclosure.words import topic_name
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.network.roles import Action
from waypost.referrals import selectors as referrals
from waypost.referrals.cards import ReferralRow
from waypost.referrals.choices import Fact
from waypost.referrals.selectors import Filter
from waypost.referrals.selectors.lists import PAGE
from waypost.referrals.selectors.shape import PRIVATE
from waypost.screening.categories import NEEDS, category_name
from waypost.web.access import StaffRequest, wants
from waypost.web.exports import csv_file
from waypost.web.paging import number_of, paged, words_of
from waypost.web.presenting import Tag, local, move_label, move_words, outcome_tag
from waypost.web.referral_words import Button, first_name, next_button

TABS = ("open", "due", "waiting", "draft", "closed", "all")
PURPOSE = "referral"
MOST_PAGES = 400  # of a CSV file: 20,000 rows


@dataclass(frozen=True, slots=True)
class ListRow:
    """A referral as a line of the list."""

    row: ReferralRow
    tag: Tag
    label: str
    move: str
    button: Button


@require_GET
@wants(Action.SEND_REFERRAL)
def referral_list(request: StaffRequest) -> HttpResponse:
    """What we sent, and what comes next with each."""
    chosen = _filter(request)
    if request.GET.get("format") == "csv":
        return _csv(request.actor, chosen, private=request.GET.get("private") == "yes")

    def read(number: int) -> tuple[list[ReferralRow], int]:
        return referrals.sent(request.actor, replace(chosen, page=number))

    page = paged(read, number_of(request), size=PAGE)
    found: list[ReferralRow] = list(page.object_list)
    gate.scope(request.actor, {each.person_id for each in found}, purpose=PURPOSE)
    counts = referrals.counts(request.actor)
    context = {
        "page": page,
        "rows": [list_row(each) for each in found],
        "chosen": chosen,
        "tabs": _tabs(chosen, counts),
        "categories": sorted(((code, category_name(code)) for code in NEEDS), key=lambda each: each[1]),
        "filtered": bool(chosen.category or chosen.words),
    }
    return render(request, "web/staff/referrals/list.html", context)


def _filter(request: StaffRequest) -> Filter:
    tab = request.GET.get("tab", "")
    category = request.GET.get("need", "")
    return Filter(
        tab=tab if tab in TABS else "open",
        category=category if category in NEEDS else "",
        words=words_of(request),
    )


def _tabs(chosen: Filter, counts: dict[str, int]) -> list[tuple[str, str, int | str, bool]]:
    """Code, label, count (nothing where it is not counted), and whether it is the one shown."""
    labels: dict[str, tuple[str, int | str]] = {
        "open": (pgettext("referrals", "Open"), counts["sent_open"]),
        "due": (_("Ask the person"), counts["due"]),
        "waiting": (_("Waiting for an answer"), ""),
        "draft": (_("Not sent yet"), counts["draft"]),
        "closed": (pgettext("referrals", "Closed"), ""),
        "all": (_("All"), ""),
    }
    return [(code, *labels[code], code == chosen.tab) for code in TABS]


def list_row(row: ReferralRow) -> ListRow:
    """A row with its words."""
    person = first_name(row.person_name)
    return ListRow(
        row=row,
        tag=outcome_tag(row),
        label=move_label(row.turn),
        move=move_words(row.turn, person, row.service_organization),
        button=next_button(row),
    )


def _csv(actor: Actor, chosen: Filter, *, private: bool) -> HttpResponse:
    """The list as a file. A file travels, so what is especially sensitive is in it only when asked for."""
    head = [
        _("Reference"),
        _("Person"),
        _("Need"),
        _("Organization"),
        _("Service"),
        pgettext("when", "Sent"),
        _("Status"),
        _("What comes next"),
        _("Check back on"),
        _("Outcome"),
        _("Need met"),
    ]
    found = list(_everything(actor, chosen))
    gate.scope(actor, {each.person_id for each in found}, purpose="export_private" if private else "export")
    cells = [_cells(each, private=private) for each in found]
    cells += [[words] for words in _travels_along(actor, found)] if private else []
    left_out = sum(1 for each in found if each.sensitive and not private)
    if left_out:
        cells.append([left_out_words(left_out)])
    return csv_file(f"referrals-{today().isoformat()}", head, cells)


def _travels_along(actor: Actor, found: list[ReferralRow]) -> list[str]:
    """What the law wants to go with these, each once: the last lines of the file (42 CFR § 2.32)."""
    cards = referrals.referrals(actor, [each.id for each in found if each.sensitive])
    return list(dict.fromkeys(words for card in cards for words in carried_words(card)))


def left_out_words(number: int) -> str:
    """The last line of a file that leaves private matters out."""
    return ngettext(
        "%(number)d referral holds a private need: it is named in Waypost only.",
        "%(number)d referrals hold private needs: they are named in Waypost only.",
        number,
    ) % {"number": number}


def _everything(actor: Actor, chosen: Filter) -> Iterator[ReferralRow]:
    for number in range(1, MOST_PAGES + 1):
        rows, _count = referrals.sent(actor, replace(chosen, page=number))
        yield from rows
        if len(rows) < PAGE:
            return


def _cells(row: ReferralRow, *, private: bool) -> list[object]:
    quiet = row.sensitive and not private
    if quiet:
        row = replace(row, category=PRIVATE, service_name="", service_organization=_("a private service"))
    shown = list_row(row)
    met = {True: _("yes"), False: _("no"), None: _("not asked")}
    return [
        row.reference,
        row.person_name,
        topic_name(row.category),
        row.service_organization,
        row.service_name,
        local(row.sent_at).isoformat() if row.sent_at else "",
        shown.tag.words,
        f"{shown.label} {shown.move}".strip(),
        row.check_back_on.isoformat() if row.check_back_on else "",
        Fact(row.loop.outcome).label if row.loop.closed else _("not known"),
        met[row.need_met],
    ]
