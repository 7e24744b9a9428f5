"""How the loop is told on the page of figures: big numbers, a chart, a table by month, a download."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from waypost.kernel.actors import Actor
from waypost.reporting import rules, suppression
from waypost.reporting.definitions import DEFINITIONS
from waypost.reporting.rules import Cohort, Fraction, Line, Measures
from waypost.reporting.selectors import NETWORK, Facts
from waypost.web.staff.bars import Chart, Column, chart
from waypost.web.staff.figures_period import Period, facts_of, whole, zone

NAMES = ("answered", "known", "received", "met")


@dataclass(frozen=True, slots=True)
class Count:
    """Cohorts and their total, counted by need or by referral."""

    cohorts: list[Cohort]
    total: Measures


@dataclass(frozen=True, slots=True)
class Loop:
    """Everything about the loop of a period."""

    facts: Facts
    by_need: Count
    by_referral: Count

    def counted(self, per: str) -> Count:
        """As the reader chose."""
        return self.by_referral if per == "referral" else self.by_need


def loop(actor: Actor, period: Period, side: str) -> Loop:
    """Count a period. The whole network's figures come with small groups withheld."""
    found = facts_of(actor, period, side)
    wide = facts_of(actor, whole(period), side) if side == NETWORK else found
    return Loop(
        facts=found,
        by_need=_count(rules.by_need(wide.rows, zone(), begun_before=wide.begun_before), period, side),
        by_referral=_count(rules.by_referral(wide.rows, zone()), period, side),
    )


def _count(lines: list[Line], period: Period, side: str) -> Count:
    total = rules.mature(lines, period.months, period.today)
    if side != NETWORK:
        return Count(cohorts=rules.cohorts(lines, period.months, period.today), total=total)
    cohorts = rules.cohorts(lines, whole(period).months, period.today)
    return Count(*suppression.withhold(cohorts, total, period.months))


def network_total(actor: Actor, period: Period) -> int | None:
    """How many referrals the network sent in the months that are old enough; None: not shown."""
    return loop(actor, period, NETWORK).by_referral.total.sent


@dataclass(frozen=True, slots=True)
class Kpi:
    """A big number with its fractions and definition."""

    label: str | Promise
    value: str
    of: str
    second: str
    definition: str


def kpis(found: Loop) -> list[Kpi]:
    """The four rates, per need; beneath, per referral."""
    return [_kpi(name, found) for name in NAMES]


def _kpi(name: str, found: Loop) -> Kpi:
    need: Fraction = getattr(found.by_need.total, name)
    referral: Fraction = getattr(found.by_referral.total, name)
    return Kpi(
        label=DEFINITIONS[name].name,
        value=percent_words(need) or "–",
        of=_needs_words(name, need) or _nothing_yet(found.by_need),
        second=_second(referral),
        definition=DEFINITIONS[name].words,
    )


def _needs_words(name: str, fraction: Fraction) -> str:
    if fraction.withheld:
        return _("Not shown: a small group")
    if not fraction.of:
        return ""
    words = {
        "answered": _("%(count)s of %(of)s needs where a service was asked"),
        "known": _("%(count)s of %(of)s needs"),
        "received": _("%(count)s of %(of)s needs with a known outcome"),
        "met": _("%(count)s of %(of)s people asked, need by need"),
    }
    return words[name] % {"count": fraction.count, "of": fraction.of}


def _nothing_yet(count: Count) -> str:
    """Why there is no rate."""
    if count.total.sent:
        return _("None so far")
    sent = any(each.measures.sent for each in count.cohorts)
    return _("Too early to say") if sent else _("Nothing sent yet")


def _second(fraction: Fraction) -> str:
    if fraction.withheld or not fraction.of:
        return ""
    facts = {"count": fraction.count, "of": fraction.of, "percent": percent_words(fraction)}
    return _("Per referral: %(count)s of %(of)s (%(percent)s)") % facts


def percent_words(fraction: Fraction) -> str:
    """ "87 %"; nothing where there is nothing to divide by."""
    return "" if fraction.percent is None else _("%(number)d %%") % {"number": fraction.percent}


@dataclass(frozen=True, slots=True)
class Row:
    """A month of the table; a cell is a share and its fraction."""

    name: str
    early: bool
    sent: str
    cells: tuple[tuple[str, str, str], ...]


def rows(count: Count) -> list[Row]:
    """The months, oldest first."""
    return [_row(month_words(each.month), each.early, each.measures) for each in count.cohorts]


def total_row(count: Count) -> Row:
    """All months that are old enough."""
    return _row(_("All months old enough"), False, count.total)


def _row(name: str, early: bool, measures: Measures) -> Row:
    cells = tuple((str(DEFINITIONS[each].name), *_cell(getattr(measures, each), early)) for each in NAMES)
    return Row(name, early, _("not shown") if measures.sent is None else str(measures.sent), cells)


def _cell(fraction: Fraction, early: bool) -> tuple[str, str]:
    if fraction.withheld:
        return "", _("not shown")
    words = _("%(count)s of %(of)s") % {"count": fraction.count, "of": fraction.of}
    if not fraction.of:
        return "", "–"
    return ("", words) if early else (percent_words(fraction), words)


def month_words(month: date) -> str:
    """ "Nov 2026"."""
    return formats.date_format(month, _("M Y"))


def loop_chart(count: Count, per: str) -> Chart:
    """What was sent in each month, by what is known of it. Where parts are withheld, one bar of all."""
    keys = [(1, _("Received")), (3, _("Not received")), (4, _("Not known yet")), (5, _("Parts not shown"))]
    shown = [key for key in keys if key[0] != 5 or any(_parts(each)[3] for each in count.cohorts)]  # noqa: PLR2004
    columns = [
        Column(formats.date_format(each.month, _("M")), _parts(each)[: len(shown)]) for each in count.cohorts
    ]
    what = _("Referrals") if per == "referral" else _("Needs")
    words = _("%(what)s by month of sending and by outcome. The table has the numbers.") % {"what": what}
    return chart(columns, shown, words)


def _parts(cohort: Cohort) -> tuple[int, int, int, int]:
    measures = cohort.measures
    sent = measures.sent or 0
    if measures.known.count is None or measures.received.count is None:
        return (0, 0, 0, sent)
    received, known = measures.received.count, measures.known.count
    return (received, known - received, sent - known, 0)


def csv_rows(found: Loop) -> tuple[list[str], Iterator[Sequence[object]]]:
    """The table as a download: a line for each month, way of counting and measure."""
    head = [
        _("Month"),
        _("Counted by"),
        _("Measure"),
        _("Count"),
        _("Out of"),
        _("Percent"),
        _("Note"),
        _("Definition"),
    ]
    return head, _csv_lines(found)


def _csv_lines(found: Loop) -> Iterator[Sequence[object]]:
    for unit, count in ((_("need"), found.by_need), (_("referral"), found.by_referral)):
        for each in count.cohorts:
            month = each.month.strftime("%Y-%m")
            yield from _csv_measures(month, unit, each.measures, _("too early to say") if each.early else "")
        yield from _csv_measures(_("all months old enough"), unit, count.total, "")


def _csv_measures(month: str, unit: str, measures: Measures, note: str) -> Iterator[Sequence[object]]:
    hidden = pgettext("figures", "small group, not shown")
    sent = DEFINITIONS["sent"]
    said = hidden if measures.sent is None else note
    yield (month, unit, sent.name, measures.sent, "", "", said, sent.words)
    for name in NAMES:
        fraction: Fraction = getattr(measures, name)
        share = "" if note else fraction.percent
        said = hidden if fraction.withheld else note
        yield (
            month,
            unit,
            DEFINITIONS[name].name,
            fraction.count,
            fraction.of,
            share,
            said,
            DEFINITIONS[name].words,
        )
