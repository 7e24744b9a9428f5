"""Fields of which sources say different things: ours and theirs side by side, and what somebody decides."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import LOCAL_SOURCE, ConfirmedHow, ConflictStatus, FactOf
from waypost.directory.selectors import dispute, dispute_counts, disputed_fields, disputes, trusted
from waypost.directory.sources_cards import Dispute
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.presenting import day
from waypost.web.upkeep.source_words import KINDS, name_of_field, said, source_name
from waypost.web.upkeep.tabs import tabs

SIZE = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A conflict in words; ``page``: where the listing is shown."""

    dispute: Dispute
    title: str
    kind: str
    field: str
    ours: str
    ours_from: str
    theirs: str
    theirs_from: str
    page: str
    decided: str


@require_safe
@wants(Action.KEEP_DIRECTORY)
def conflicts(request: StaffRequest) -> HttpResponse:
    """What waits for a decision, by feed and field; what was decided, on request."""
    status, source, field = _chosen(request)

    def read(number: int) -> tuple[list[Dispute], int]:
        return disputes(status=status, source=source, field=field, page=number, size=SIZE)

    page = paged(read, number_of(request), size=SIZE)
    counts = dispute_counts()
    fields = disputed_fields(source)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_conflicts", {"upkeep_conflicts": sum(counts.values())}),
        "page": page,
        "lines": [_line(each) for each in page.object_list],
        "open": status == ConflictStatus.OPEN,
        "source": source,
        "source_name": source_name(source),
        "field": field,
        "field_name": name_of_field(field) if field else "",
        "sources": [
            (_("All feeds"), _address(status, "", field), not source, sum(counts.values())),
            *(
                (source_name(each), _address(status, each, field), each == source, counts[each])
                for each in counts
            ),
        ],
        "fields": [
            (_("All fields"), _address(status, source, ""), not field, sum(fields.values())),
            *(
                (name_of_field(each), _address(status, source, each), each == field, fields[each])
                for each in fields
            ),
        ],
        "statuses": [
            (each.label, _address(each.value, source, field), each == status) for each in ConflictStatus
        ],
        "trusted": [(each, name_of_field(each.field) if each.field else "") for each in trusted()],
        "query": _address(status, source, field).partition("?")[2],
    }
    return render(request, "web/upkeep/conflicts.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide(request: StaffRequest, conflict_id: UUID) -> HttpResponse:
    """Keep ours, take theirs, or always trust this source for this field."""
    found, choice = dispute(conflict_id), request.POST.get("choice", "")
    with attempt() as done:
        services.decide_conflict(actor=request.actor, conflict_id=conflict_id, choice=choice)
    facts = {"field": name_of_field(found.field), "name": found.name, "source": source_name(found.source)}
    words = {
        "keep": _(
            "%(name)s, %(field)s: ours stays. You are asked again when %(source)s says something else."
        ),
        "take": _("%(name)s, %(field)s: what %(source)s says is shown now."),
        "trust": _("%(field)s: what %(source)s says goes first from now on, in every listing."),
    }
    if done.worked:
        messages.success(request, words[choice] % facts)
    else:
        messages.error(request, done.refusal)
    return _back(request)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide_all(request: StaffRequest) -> HttpResponse:
    """The same choice for everything that waits of one feed, or of one field of it."""
    _status, source, field = _chosen(request)
    with attempt() as done:
        count = services.decide_feed(
            actor=request.actor, source=source, choice=request.POST.get("choice", ""), field=field
        )
    if done.worked:
        said_ = ngettext("%(count)s conflict is decided.", "%(count)s conflicts are decided.", count)
        messages.success(request, said_ % {"count": count})
    else:
        messages.error(request, done.refusal)
    return _back(request)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def stop_trusting(request: StaffRequest, precedence_id: UUID) -> HttpResponse:
    """Believe this source as any other again."""
    services.stop_trusting(actor=request.actor, precedence_id=precedence_id)
    messages.success(request, _("What people confirmed here goes first again."))
    return _back(request)


def _chosen(request: HttpRequest) -> tuple[str, str, str]:
    status = words_of(request, "status")
    return (
        status if status in ConflictStatus.values else ConflictStatus.OPEN.value,
        words_of(request, "source"),
        words_of(request, "field"),
    )


def _address(status: str, source: str, field: str) -> str:
    chosen = {"status": "" if status == ConflictStatus.OPEN else status, "source": source, "field": field}
    kept = {name: value for name, value in chosen.items() if value}
    return f"{reverse('upkeep_conflicts')}?{urlencode(kept)}"


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(_address(*_chosen(request)))


def _line(found: Dispute) -> Line:
    is_service = found.entity == FactOf.SERVICE
    owner = found.organization if found.organization and found.organization != found.name else ""
    return Line(
        dispute=found,
        title=f"{found.name} · {owner}" if owner else found.name,
        kind=str(KINDS[found.entity]),
        field=name_of_field(found.field),
        ours=said(found.field, found.ours),
        ours_from=_ours(found),
        theirs=said(found.field, found.theirs),
        theirs_from=_theirs(found),
        page=reverse("service", args=[found.row_id]) if is_service else "",
        decided="" if found.status == ConflictStatus.OPEN else str(ConflictStatus(found.status).label),
    )


def _ours(found: Dispute) -> str:
    if found.confirmed_on is not None:
        facts = {
            "who": found.confirmed_by or _("somebody"),
            "how": ConfirmedHow(found.confirmed_how).label,
            "day": day(found.confirmed_on),
        }
        return _("confirmed by %(who)s %(how)s on %(day)s") % facts
    if found.ours_source == LOCAL_SOURCE:
        return _("chosen here by %(who)s") % {"who": found.confirmed_by or _("somebody")}
    return _("from %(source)s") % {"source": source_name(found.ours_source)}


def _theirs(found: Dispute) -> str:
    facts = {"source": source_name(found.source), "day": day(found.theirs_at) if found.theirs_at else ""}
    return _("from %(source)s, %(day)s") % facts if found.theirs_at else _("from %(source)s") % facts
