"""Names, addresses, numbers and links in one form, so that two spellings of the same can be told.

Pure: text in, text out. Phone numbers are read by ``phonenumbers`` as numbers of the United States
unless they begin with a plus.
"""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

import jellyfish
import phonenumbers

_LEGAL = frozenset("inc incorporated llc ltd corp corporation co company nfp the of and at for a an".split())
_SPELLED = {
    "st": "saint", "ste": "saint", "mt": "mount", "ctr": "center", "centre": "center", "cntr": "center",
    "assn": "association", "assoc": "association", "svcs": "services", "svc": "service", "dept": "department",
    "govt": "government", "univ": "university", "hosp": "hospital", "comm": "community", "cmty": "community",
    "umc": "united methodist church", "ch": "church", "min": "ministries", "ministry": "ministries",
    "foodbank": "food bank", "foodshelf": "food shelf", "ft": "fort", "cath": "catholic",
    "presby": "presbyterian", "bapt": "baptist", "ame": "african methodist episcopal",
    "sda": "seventh day adventist", "pantries": "pantry", "charity": "charities", "1st": "first",
    "2nd": "second", "3rd": "third",
}  # fmt: skip
_STREET = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd",
    "lane": "ln",
    "court": "ct", "place": "pl", "highway": "hwy", "parkway": "pkwy", "pky": "pkwy", "square": "sq",
    "terrace": "ter", "circle": "cir", "turnpike": "tpke", "north": "n", "south": "s", "east": "e",
    "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "saint": "st", "mount": "mt",
    "fort": "ft", "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
}  # fmt: skip
_UNIT = re.compile(
    r"(?:\b(?:suite|ste|unit|apartment|apt|room|rm|floor|fl|building|bldg|lower level|basement)\b\.?|#)\s*"
    r"([\w-]*)",
    re.IGNORECASE,
)
_ORDINAL_FLOOR = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+(?:floor|fl)\b", re.IGNORECASE)
# Many organizations share these: the whole address on them counts, not the domain.
_SHARED_HOSTS = (
    "facebook.com", "instagram.com", "google.com", "sites.google.com", "wordpress.com", "wixsite.com",
    "weebly.com", "linktr.ee", "youtube.com", "twitter.com", "x.com", "eventbrite.com", "forms.gle",
    "squarespace.com", "godaddysites.com", "business.site", "github.io", "salvationarmyusa.org",
)  # fmt: skip
_PHONE_REGION = "US"
_ZIP = 5


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words."""
    bare = unicodedata.normalize("NFKD", text.replace("&", " and "))
    bare = "".join(each for each in bare if not unicodedata.combining(each)).lower()
    bare = re.sub(r"['’`.]", "", bare)
    return " ".join(re.findall(r"[^\W_]+", bare))


@lru_cache(maxsize=100_000)
def name_form(name: str) -> str:
    """A name without legal forms and small words, abbreviations spelled out ("St." is Saint here)."""
    words = " ".join(_SPELLED.get(each, each) for each in plain(name).split())
    return " ".join(each for each in words.split() if each not in _LEGAL)


@lru_cache(maxsize=100_000)
def phone_form(number: str) -> str:
    """E.164 digits ("+12065550143"); a number that cannot be one is empty. An extension is left out."""
    try:
        parsed = phonenumbers.parse(number, _PHONE_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


@lru_cache(maxsize=100_000)
def web_form(address: str) -> str:
    """The host of a link without "www."; with its path where many organizations share the host."""
    typed = address.strip().lower()
    if not typed or " " in typed:
        return ""
    try:
        parts = urlsplit(typed if "//" in typed else f"//{typed}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    if any(host == each or host.endswith(f".{each}") for each in _SHARED_HOSTS):
        path = parts.path.rstrip("/")
        return f"{host}{path}" if path or host not in _SHARED_HOSTS else ""
    return host


@lru_cache(maxsize=100_000)
def street_form(address_1: str, address_2: str = "") -> tuple[str, str]:
    """Street with number, and unit: ("12 cedar st", "5") of "12 Cedar Street, Suite 5"."""
    whole = f"{address_1} {address_2}".strip()
    floor = _ORDINAL_FLOOR.search(whole)
    unit = floor.group(1) if floor else ""
    whole = _ORDINAL_FLOOR.sub(" ", whole)
    named = _UNIT.search(whole)
    if named and not unit:
        unit = plain(named.group(1))
    street = " ".join(_STREET.get(each, each) for each in plain(_UNIT.sub(" ", whole)).split())
    return (street if re.match(r"\d", street) else "", unit)


def zip_form(postal_code: str) -> str:
    """The five digits of a ZIP code; empty for anything else."""
    digits = re.sub(r"\D", "", postal_code)[:_ZIP]
    return digits if len(digits) == _ZIP else ""


def tax_form(number: str) -> str:
    """The nine digits of an employer identification number; empty for anything else."""
    digits = re.sub(r"\D", "", number)
    return digits if len(digits) == 9 and len(set(digits)) > 1 else ""  # noqa: PLR2004 - 26 U.S.C. 6109


def sounds(name: str) -> frozenset[str]:
    """How the words of a name sound: "Ceder" as "Cedar"."""
    return frozenset(
        found
        for word in name_form(name).split()
        if len(word) > 2 and (found := jellyfish.metaphone(word))  # noqa: PLR2004
    )
