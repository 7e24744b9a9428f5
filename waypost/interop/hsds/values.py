"""Words of a feed to typed values. What cannot be read without guessing is not read: None."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

SHORT = 5  # "monday" has a plural, "mon" has none
YEARS = range(1900, 2201)
INTEGERS = range(-(2**31), 2**31)
MAX_NUMBER = Decimal(10) ** 9
MIDNIGHT = time(0, 0)

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
_DAYS = {
    name: code
    for code, names in {
        "MO": "monday mon mo m lunes",
        "TU": "tuesday tues tue tu martes",
        "WE": "wednesday wed we w miércoles miercoles",
        "TH": "thursday thurs thur thu th jueves",
        "FR": "friday fri fr f viernes",
        "SA": "saturday sat sa sábado sabado",
        "SU": "sunday sun su domingo",
    }.items()
    for name in names.split()
}
_PLURAL_DAYS = {
    f"{name}s": code for name, code in _DAYS.items() if len(name) > SHORT and not name.endswith("s")
}
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_TIME = re.compile(
    r"^t?(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?\s?m?\.?)?"
    r"\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?$"
)
_FOUR = re.compile(r"^(\d{2})(\d{2})$")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$")
_MONTH_FIRST = re.compile(r"^([a-z]+)\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]+(?:of |de )?([a-z]+)\.?,?[ -]+(?:de )?(\d{4})$")
_BYDAY = re.compile(r"^([+-]?\d)?(mo|tu|we|th|fr|sa|su)$")
_PART_OF_A_DAY = re.compile(r"^0?\.\d{1,20}$")
_EXCEL_DAY = re.compile(r"^[2-7]\d{4}(\.0+)?$")  # 1954 to 2119
EXCEL_BEGINS = date(1899, 12, 30)
NOON_HOUR = 12
LAST_HOUR = 24


def read_time(words: str) -> time | None:
    """'9am', '3pm', '4:00 PM', '14:00:00', '0900', 'noon'. A bare '9' could be morning or evening: None."""
    text = " ".join(words.strip().lower().split())
    if text in ("noon", "12 noon", "12:00 noon", "midday", "mediodía"):
        return time(12, 0)
    if text in ("midnight", "12 midnight", "12:00 midnight", "24:00", "24:00:00"):
        return MIDNIGHT
    if _PART_OF_A_DAY.match(text):
        text = _of_excel(text)
    if found := _FOUR.match(text):
        return _time(int(found[1]), int(found[2]), 0)
    found = _TIME.match(text)
    if not found or (found["m"] is None and found["half"] is None):
        return None
    hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON_HOUR:  # '14:00 PM' says 14:00 twice; '0 am' says nothing
            return _time(hour, minute, second) if hour > NOON_HOUR and found["half"][0] == "p" else None
        hour = hour % NOON_HOUR + (NOON_HOUR if found["half"][0] == "p" else 0)
    return _time(hour, minute, second)


def _of_excel(part: str) -> str:
    """A part of a day, as Excel keeps times, as '0900'."""
    hour, minute = divmod(round(float(part) * 24 * 60) % (24 * 60), 60)
    return f"{hour:02d}{minute:02d}"


def time_zone(words: str) -> str:
    """The offset written behind a time ('10:00Z', '10:00+01:00'), as '+01:00'; '' without one."""
    found = _TIME.match(" ".join(words.strip().lower().split()))
    zone = found["zone"] if found else None
    if not zone:
        return ""
    return "+00:00" if zone in ("z", "utc") else f"{zone[:3]}:{zone[-2:]}"


def _time(hour: int, minute: int, second: int) -> time | None:
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def read_date(words: str) -> date | None:
    """ISO, US order (month first) unless the first number cannot be a month, or the month in letters.

    Years outside 1900 to 2200 are no dates ('0001-01-01' means 'every year' or nothing).
    """
    text = " ".join(words.strip().lower().split())
    if found := _ISO.match(text) or _COMPACT.match(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if _EXCEL_DAY.match(text):
        return EXCEL_BEGINS + timedelta(days=int(text.partition(".")[0]))
    if found := _SLASHED.match(text):
        first, second, year = int(found[1]), int(found[2]), _year(found[3])
        return _date(year, second, first) if first > NOON_HOUR else _date(year, first, second)
    if (found := _MONTH_FIRST.match(text)) and found[1] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[1]], int(found[2]))
    if (found := _DAY_FIRST.match(text)) and found[2] in _MONTHS:
        return _date(int(found[3]), _MONTHS[found[2]], int(found[1]))
    return None


def read_yearly(words: str) -> str:
    """'MM-DD' of a date that was written with the year 1 to mean every year (Ohana); '' otherwise."""
    text = " ".join(words.strip().lower().split())
    if (found := _MONTH_FIRST.match(text)) and found[1] in _MONTHS and int(found[3]) == 1:
        return f"{_MONTHS[found[1]]:02d}-{int(found[2]):02d}"
    if (found := _ISO.match(text)) and int(found[1]) == 1:
        return f"{int(found[2]):02d}-{int(found[3]):02d}"
    return ""


def _year(words: str) -> int:
    number = int(words)
    if len(words) > 2:  # noqa: PLR2004 - two digits
        return number
    return 2000 + number if number < 70 else 1900 + number  # noqa: PLR2004 - POSIX: 69 is 2069, 70 is 1970


def _date(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_moment(words: str) -> datetime | None:
    """An ISO 8601 moment; without a zone it is taken as UTC, as HSDS writes it. A day alone is midnight."""
    text = words.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        day = read_date(text) if ":" not in text else None
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    if moment.year not in YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_integer(words: str) -> int | None:
    """A whole number that a database integer holds ('2011', '2011.0')."""
    number = read_number(words)
    return int(number) if number is not None and number == int(number) and int(number) in INTEGERS else None


def read_number(words: str) -> Decimal | None:
    """A decimal number, with a leading currency sign or thousands commas allowed."""
    text = words.strip().lstrip("$£€").strip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d{1,20}(\.\d{1,20})?|\.\d{1,20})(e[+-]?\d{1,2})?", text.lower()):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number.quantize(Decimal("0.01")) if abs(number) < MAX_NUMBER else None


def read_coordinate(words: str) -> float | None:
    """A number of degrees, as written."""
    text = words.strip()
    return float(text) if re.fullmatch(r"[+-]?\d{1,4}(\.\d{1,30})?", text) else None


def read_flag(words: str) -> bool | None:
    """yes or no, in the usual spellings."""
    text = words.strip().lower()
    if text in ("true", "t", "yes", "y", "1", "x", "closed"):
        return True
    return False if text in ("false", "f", "no", "n", "0", "open") else None


def read_days(words: str) -> str | None:
    """Weekdays as RFC 5545 BYDAY: 'Monday', 'Mon, Wed', 'Mon-Fri', '2TU', 'Saturdays'. All must be read."""
    text = words.strip().lower().strip("[]")
    codes: list[str] = []
    for part in re.split(r"[,;/&]|\band\b|\by\b|\s+(?=[a-z])", text.replace(" - ", "-").replace(" to ", "-")):
        piece = part.strip(" .'\"")
        if not piece:
            continue
        found = _days_of(piece)
        if found is None:
            return None
        codes += [code for code in found if code not in codes]
    return ",".join(codes) or None


def _days_of(piece: str) -> list[str] | None:
    if found := _BYDAY.match(piece):
        return [f"{found[1] or ''}{found[2].upper()}".replace("+", "")]
    name = piece.rstrip(".")
    if code := _DAYS.get(name) or _PLURAL_DAYS.get(name):
        return [code]
    first, dash, last = piece.partition("-")
    start, end = _DAYS.get(first.strip(" .")), _DAYS.get(last.strip(" ."))
    if not dash or start is None or end is None:
        return {"daily": list(WEEK), "everyday": list(WEEK), "weekdays": list(WEEK[:5])}.get(piece)
    return _between(WEEK.index(start), WEEK.index(end))


def _between(start: int, end: int) -> list[str]:
    return [WEEK[(start + step) % 7] for step in range((end - start) % 7 + 1)]
