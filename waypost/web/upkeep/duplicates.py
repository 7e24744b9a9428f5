"""Listings that look alike: a list, two of them beside one another, and what somebody decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.directory import services
from waypost.directory.choices import FactOf, LikenessStatus
from waypost.directory.rules.precedence import is_empty
from waypost.directory.selectors import compared, next_pair, pair, pair_counts, pair_sources, pairs
from waypost.directory.sources_cards import Compared, Pair
from waypost.network.roles import Action
from waypost.web.access import StaffRequest, wants
from waypost.web.attempts import attempt
from waypost.web.paging import number_of, paged, words_of
from waypost.web.upkeep.source_words import KINDS, ReasonLine, name_of_field, reason_line, said, source_name
from waypost.web.upkeep.tabs import tabs

SIZE = 25
SCORES = (55, 70, 85)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen in the URL."""

    kind: str
    status: str
    source: str
    least: int

    def address(self, **changes: object) -> str:
        """The list with something else chosen."""
        chosen = {
            "kind": self.kind,
            "status": self.status,
            "source": self.source,
            "least": self.least,
        } | changes
        usual = {"status": LikenessStatus.OPEN.value, "least": SCORES[0]}
        kept = {name: value for name, value in chosen.items() if value and value != usual.get(name)}
        return f"{reverse('upkeep_duplicates')}?{urlencode(kept)}"


@dataclass(frozen=True, slots=True)
class Line:
    """A pair as a line of the list."""

    pair: Pair
    kind: str
    reasons: list[ReasonLine]
    sources: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of both, in words."""

    name: str
    a: str
    b: str
    same: bool


@require_safe
@wants(Action.KEEP_DIRECTORY)
def duplicates(request: StaffRequest) -> HttpResponse:
    """The most alike first; filters by kind, feed, score and what was decided are in the URL."""
    chosen = _filters(request)

    def read(number: int) -> tuple[list[Pair], int]:
        return pairs(
            kind=chosen.kind,
            status=chosen.status,
            source=chosen.source,
            least=chosen.least,
            page=number,
            size=SIZE,
        )

    page = paged(read, number_of(request), size=SIZE)
    counts = pair_counts(chosen.status)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_duplicates"),
        "page": page,
        "lines": [_line(each) for each in page.object_list],
        "chosen": chosen,
        "kinds": [
            (_("All"), chosen.address(kind=""), not chosen.kind, sum(counts.values())),
            *(
                (KINDS[each], chosen.address(kind=each), chosen.kind == each, counts.get(each, 0))
                for each in KINDS
            ),
        ],
        "statuses": [
            (each.label, chosen.address(status=each.value), chosen.status == each) for each in LikenessStatus
        ],
        "scores": [
            (_("%(score)s and more") % {"score": each}, chosen.address(least=each), chosen.least == each)
            for each in SCORES
        ],
        "sources": [(each, source_name(each)) for each in pair_sources()],
        "query": _query(chosen),
    }
    return render(request, "web/upkeep/duplicates.html", context)


@require_safe
@wants(Action.KEEP_DIRECTORY)
def duplicate(request: StaffRequest, likeness_id: UUID) -> HttpResponse:
    """Two listings side by side, with the reasons."""
    found, chosen = pair(likeness_id), _filters(request)
    fields = compared(found)
    context = {
        "tabs": tabs(request.actor.role, "upkeep_duplicates"),
        "line": _line(found),
        "fields": [_field(each) for each in fields],
        "suggested": _suggested(found, fields),
        "back": chosen.address(),
        "query": _query(chosen),
        "open": found.status in (LikenessStatus.OPEN, LikenessStatus.LATER),
        "decided": str(LikenessStatus(found.status).label),
    }
    return render(request, "web/upkeep/duplicate.html", context)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def merge(request: StaffRequest, likeness_id: UUID) -> HttpResponse:
    """Keep one of the two; the next pair follows."""
    found = pair(likeness_id)
    keep = found.b if request.POST.get("keep") == "b" else found.a
    other = found.a if keep is found.b else found.b
    with attempt() as done:
        services.merge_listings(actor=request.actor, kind=found.kind, keep=keep.id, other=other.id)
    if not done.worked:
        messages.error(request, done.refusal)
        return redirect(f"{reverse('upkeep_duplicate', args=[likeness_id])}?{_query(_filters(request))}")
    names = {"kept": keep.name, "other": other.name}
    messages.success(
        request,
        _("“%(kept)s” is shown in place of “%(other)s” from now on. Hidden listings has the way back.")
        % names,
    )
    return _further(request, found)


@require_POST
@wants(Action.KEEP_DIRECTORY)
def decide(request: StaffRequest, likeness_id: UUID) -> HttpResponse:
    """Different, later, or open again."""
    found, status = pair(likeness_id), request.POST.get("status", "")
    with attempt() as done:
        services.decide_likeness(actor=request.actor, likeness_id=likeness_id, status=status)
    if not done.worked:
        messages.error(request, done.refusal)
        return redirect(f"{reverse('upkeep_duplicate', args=[likeness_id])}?{_query(_filters(request))}")
    words = {
        LikenessStatus.DIFFERENT: _(
            "“%(a)s” and “%(b)s” are different. You are not asked again unless they change."
        ),
        LikenessStatus.LATER: _("“%(a)s” and “%(b)s” wait under “Later”."),
        LikenessStatus.OPEN: _("“%(a)s” and “%(b)s” are to be decided again."),
    }
    messages.success(request, words[LikenessStatus(status)] % {"a": found.a.name, "b": found.b.name})
    return _further(request, found)


def _suggested(found: Pair, fields: Iterable[Compared]) -> str:
    """Which of the two to keep: the one that an organization looks after, or that says more."""
    if found.a.claimed != found.b.claimed:
        return "a" if found.a.claimed else "b"
    held = list(fields)
    mine, theirs = (sum(not is_empty(getattr(each, side)) for each in held) for side in ("a", "b"))
    return "b" if theirs > mine else "a"


def _further(request: HttpRequest, found: Pair) -> HttpResponse:
    """The next pair that waits, or the list."""
    chosen = _filters(request)
    following = next_pair(after=found.id, kind=chosen.kind, source=chosen.source, least=chosen.least)
    if following is None or chosen.status != LikenessStatus.OPEN:
        return redirect(chosen.address())
    return redirect(f"{reverse('upkeep_duplicate', args=[following])}?{_query(chosen)}")


def _filters(request: HttpRequest) -> Filters:
    kind, status = words_of(request, "kind"), words_of(request, "status")
    least = words_of(request, "least")
    return Filters(
        kind=kind if kind in FactOf.values else "",
        status=status if status in LikenessStatus.values else LikenessStatus.OPEN.value,
        source=words_of(request, "source"),
        least=int(least) if least in {str(each) for each in SCORES} else SCORES[0],
    )


def _query(chosen: Filters) -> str:
    return chosen.address().partition("?")[2]


def _line(found: Pair) -> Line:
    return Line(
        pair=found,
        kind=str(KINDS[found.kind]),
        reasons=[reason_line(each) for each in found.reasons],
        sources=(source_name(found.a.source), source_name(found.b.source)),
    )


def _field(each: Compared) -> FieldLine:
    return FieldLine(name_of_field(each.field), said(each.field, each.a), said(each.field, each.b), each.same)
