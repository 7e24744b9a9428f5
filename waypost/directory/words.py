"""Words for hours, openings and reasons, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from waypost.directory.needs import need_category_name
from waypost.directory.rules.area import Place
from waypost.directory.rules.fit import FitReason, Verdict
from waypost.directory.rules.hours import WEEK, Hours, OpenKind, OpenState, split_hours, touching

NOON = 12


def weekday(number: int) -> str:
    """Monday is 0: 'Mon'."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[number]


def clock(at: time) -> str:
    """'9 am', '2:30 pm'."""
    hour = f"{at.hour % NOON or NOON}" + (f":{at.minute:02d}" if at.minute else "")
    template = _("%(hour)s am") if at.hour < NOON else _("%(hour)s pm")
    return template % {"hour": hour}


def hours_lines(lines: Iterable[Hours]) -> tuple[str, ...]:
    """'Mon to Fri 9 am – 5 pm' for what is known, then the feed's own words for the rest."""
    known, others = split_hours(lines)
    weekly: dict[str, set[int]] = {}
    special = []
    for line in known:
        if line.holiday:
            special.append(_holiday(line))
        elif line.freq in ("", "WEEKLY") and line.byday and not line.interval and not _season(line):
            weekly.setdefault(_span(line), set()).update(_days(line))
        else:
            special.append(_recurring(line))
    said = sorted((min(days), f"{_runs(days)} {span}") for span, days in weekly.items() if days)
    words = [line for _first, line in said] + special + [_unknown(line) for line in others]
    return tuple(dict.fromkeys(line for line in words if line))


def _span(line: Hours) -> str:
    if line.opens_at is None or line.closes_at is None:
        return ""
    if line.opens_at == line.closes_at == time(0, 0):
        return _("all day")
    return f"{clock(line.opens_at)} – {clock(line.closes_at)}"


def _days(line: Hours) -> set[int]:
    return {WEEK.index(part[-2:]) for part in line.byday.split(",") if part[-2:] in WEEK}


def _runs(days: Iterable[int]) -> str:
    parts = []
    for first, last in touching(days):
        if first == last:
            parts.append(weekday(first))
        elif last == first + 1:
            parts += [weekday(first), weekday(last)]
        else:
            parts.append(_("%(first)s to %(last)s") % {"first": weekday(first), "last": weekday(last)})
    return ", ".join(parts)


def _recurring(line: Hours) -> str:
    """Hours that are not simply weekly, with what says when."""
    when = _ordinals(line) or _runs(_days(line))
    if line.interval and line.interval > 1 and line.freq == "WEEKLY":
        when = _("every %(number)s weeks") % {"number": line.interval} + (f" {when}" if when else "")
    elif line.bymonthday:
        when = _("on day %(days)s of the month") % {"days": line.bymonthday.replace(",", ", ")}
    elif not when and line.dtstart and not line.freq:
        when = day_words(line.dtstart)
    elif not when:
        when = {
            "DAILY": _("every day"),
            "WEEKLY": _("weekly, day not given"),
            "MONTHLY": _("monthly, day not given"),
        }.get(line.freq, "")
    return " ".join(part for part in (when, _span(line), _season(line)) if part)


def _ordinals(line: Hours) -> str:
    """'2TU' -> '2nd Tue of the month'."""
    parts = [part.strip() for part in line.byday.split(",") if len(part.strip()) > len("TU")]
    if not parts or line.freq == "WEEKLY":
        return ""
    names = {
        "1": _("1st"),
        "2": _("2nd"),
        "3": _("3rd"),
        "4": _("4th"),
        "5": _("5th"),
        "-1": _("last"),
        "-2": _("second last"),
    }
    said = [f"{names.get(part[:-2], part[:-2])} {weekday(WEEK.index(part[-2:]))}" for part in parts]
    return _("%(days)s of the month") % {"days": ", ".join(said)}


def _season(line: Hours) -> str:
    start, end = line.valid_from or line.dtstart, line.valid_to or line.until
    if line.freq and start and end:
        return _("(%(start)s to %(end)s)") % {"start": day_words(start), "end": day_words(end)}
    if line.freq and end:
        return _("(until %(end)s)") % {"end": day_words(end)}
    return ""


def _holiday(line: Hours) -> str:
    when = " – ".join(dict.fromkeys(day_words(day) for day in (line.valid_from, line.valid_to) if day))
    if not when:
        return ""
    return _("%(when)s: closed") % {"when": when} if line.closed else f"{when}: {_span(line)}"


def _unknown(line: Hours) -> str:
    """What could not be read stays as it was; a day without hours says so."""
    if line.holiday and line.closed and line.valid_from:
        return _holiday(line)
    if line.words:
        return line.words
    if line.is_known:
        return _("%(span)s, day not given") % {"span": _span(line)}
    days = _runs(_days(line)) if not line.holiday else ""
    return _("%(days)s, hours not given") % {"days": days} if days else ""


def day_words(day: date) -> str:
    """'Thu 3 Dec', with the year when it is not about now."""
    return f"{_near_day(day)} {day.year}"


def _near_day(day: date) -> str:
    """'Thu 3 Dec'."""
    month = date_format(day, _("M"))
    return f"{weekday(day.weekday())} {day.day} {month}"


def _said(at: time) -> int:
    """The number of the hour on a clock face: Spanish says "a la 1", but "a las 2"."""
    return at.hour % NOON or NOON


def open_words(state: OpenState, at: datetime, zone: tzinfo) -> str:
    """'Open until 5 pm', 'Opens Sat 10 am', 'By appointment', 'Hours not known'."""
    if state.kind == OpenKind.OPEN and state.until:
        until = state.until.astimezone(zone)
        if (until - at).total_seconds() >= 24 * 3600:
            return _("Open all day")
        until_words = ngettext("Open until %(time)s", "Open until %(time)s", _said(until.time()))
        return until_words % {"time": clock(until.time())}
    if state.kind == OpenKind.CLOSED and state.opens:
        opens = state.opens.astimezone(zone)
        days = (opens.date() - at.astimezone(zone).date()).days
        if days == 0:
            today_words = ngettext("Opens today at %(time)s", "Opens today at %(time)s", _said(opens.time()))
            return today_words % {"time": clock(opens.time())}
        if days < len(WEEK):
            when = weekday(opens.weekday())
        else:
            when = _near_day(opens)
        opens_words = ngettext("Opens %(day)s at %(time)s", "Opens %(day)s at %(time)s", _said(opens.time()))
        return opens_words % {"day": when, "time": clock(opens.time())}
    if state.kind == OpenKind.BY_APPOINTMENT:
        return _("By appointment")
    return _("Closed") if state.kind == OpenKind.CLOSED else _("Hours not known")


def reason_words(reason: FitReason) -> str:
    """One reason of a fit as a person would say it."""
    value = reason.value
    if reason.about.startswith("rule_"):
        return _rule(reason)
    words = {
        ("need", Verdict.FITS): _("helps with: %(value)s") % {"value": need_category_name(value)},
        ("need", Verdict.MAY_NOT): _("is listed for other needs"),
        ("need", Verdict.NOT_KNOWN): _("what it helps with is not listed"),
        ("age", Verdict.FITS): _("the age fits (%(value)s)") % {"value": _ages(value)},
        ("age", Verdict.MAY_NOT): _("is for ages %(value)s") % {"value": _ages(value)},
        ("age", Verdict.NOT_KNOWN): _("ages not listed"),
        ("language", Verdict.FITS): _("speaks %(value)s") % {"value": _language(value)},
        ("language", Verdict.NOT_KNOWN): _("%(value)s: not known") % {"value": _language(value)},
        ("area", Verdict.FITS): _("serves %(value)s") % {"value": value},
        ("area", Verdict.MAY_NOT): _("may not serve %(value)s") % {"value": value},
        ("area", Verdict.NOT_KNOWN): _("whom it serves by place is not known"),
        ("eligibility", Verdict.NOT_KNOWN): _("has rules to check: %(value)s") % {"value": _short(value)},
        ("documents", Verdict.FITS): _("the papers are there: %(value)s") % {"value": _short(value)},
        ("documents", Verdict.NOT_KNOWN): _("papers to check: %(value)s") % {"value": _short(value)},
        ("documents", Verdict.MAY_NOT): _("asks for papers: %(value)s") % {"value": _short(value)},
        ("capacity", Verdict.FITS): _("takes new people"),
        ("capacity", Verdict.MAY_NOT): _capacity(value),
    }
    return words.get((reason.about, reason.verdict), value)


def _rule(reason: FitReason) -> str:
    """A rule that was read in the listing's words and compared."""
    value = {"value": _short(reason.value)}
    if reason.about == "rule_income":
        fits, not_ = (
            _("the income is within the limit (%(value)s)"),
            _("the income is above the limit (%(value)s)"),
        )
    else:
        fits, not_ = _("meets the rule “%(value)s”"), _("may not meet the rule “%(value)s”")
    return (fits if reason.verdict == Verdict.FITS else not_) % value


def _language(name: str) -> str:
    """A language known by its English name, in the reader's own."""
    return _(name.title()) if name else ""


def _capacity(value: str) -> str:
    return {
        "waitlist": _("has a waiting list"),
        "full": _("is full now"),
        "paused": _("has paused"),
        "closed": _("is closed"),
    }.get(value, value)


def _ages(value: str) -> str:
    low, _dash, high = value.partition("-")
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("%(low)s and over") % {"low": low}
    return _("up to %(high)s") % {"high": high}


def _short(words: str, length: int = 120) -> str:
    first = " ".join(words.split()).rstrip(".")
    return first if len(first) <= length else f"{first[: length - 1].rstrip()}…"


def place_words(place: Place) -> str:
    """'98144 Seattle, WA'; without a ZIP 'Seattle, WA'."""
    words = pgettext("place", "%(zip)s %(city)s, %(state)s") % {
        "zip": place.zip,
        "city": place.city,
        "state": place.state,
    }
    return words.strip()
