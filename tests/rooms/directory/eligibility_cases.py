# ruff: noqa: E501 - a row a case
"""Cases of eligibility, a row each: what the listing says, what is known of the person, and the answers.

Sources: HSDS 3.2.3 (fields named); words of real listings (``shared/data/communities``, listing named); the HHS
Poverty Guidelines 2025 (90 FR 5917: 15,650 dollars for one person and 5,500 for each further one in the 48 states;
19,550 and 6,880 in Alaska; 17,990 and 6,330 in Hawaii); pencil.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from waypost.directory.rules import Facts, Listing, Place

YES, NO, UNKNOWN = "fits", "may_not", "not_known"
SEATTLE = Place("98144", "Seattle", "King County", "WA", "Washington", 47.585, -122.3)
BELLEVUE = Place("98004", "Bellevue", "King County", "WA", "Washington", 47.62, -122.2)
ANCHORAGE = Place("99501", "Anchorage", "Anchorage Borough", "AK", "Alaska", 61.22, -149.86)
HONOLULU = Place("96813", "Honolulu", "Honolulu County", "HI", "Hawaii", 21.31, -157.86)
SAN_MATEO = Place("94063", "Redwood City", "San Mateo County", "CA", "California", 37.48, -122.21)
IN_2025 = date(2025, 6, 1)
IN_2026 = date(2026, 11, 24)
IN_2027 = date(2027, 6, 1)
SQUARE = (
    '{"type": "Polygon", "coordinates": [[[-122.5, 47.4], [-122.1, 47.4], [-122.1, 47.8], [-122.5, 47.8]]]}'
)
WITH_HOLE = (
    "SRID=4326;POLYGON ((-123 47, -121 47, -121 48, -123 48, -123 47),"
    " (-122.4 47.5, -122.2 47.5, -122.2 47.7, -122.4 47.7, -122.4 47.5))"
)
FAR_AWAY = "POLYGON ((-80 25, -79 25, -79 26, -80 26, -80 25))"


@dataclass(frozen=True, slots=True)
class Case:
    """``answers``: by criterion, all of them; ``overall``: the worst of these."""

    id: str
    source: str
    listing: Listing
    facts: Facts
    answers: Mapping[str, str]
    overall: str


def ages(low: str = "", high: str = "") -> Listing:
    """A listing with the columns minimum_age and maximum_age."""
    return Listing(minimum_age=Decimal(low) if low else None, maximum_age=Decimal(high) if high else None)


def words(text: str) -> Listing:
    """A listing with eligibility in words."""
    return Listing(eligibility=text)


def earning(dollars: int, people: int = 1, place: Place = SEATTLE, on: date = IN_2025) -> Facts:
    """A household with a yearly income; nothing else is told but where it lives."""
    return Facts(income=Decimal(dollars), household_size=people, place=place, on=on)


def area(text: str, place: Place, answer: str, id_: str, source: str) -> Case:
    """A case of a service area alone."""
    return Case(id_, source, Listing(areas=(text,)), Facts(place=place), {"area": answer}, answer)


def about(text: str, facts: Facts, answers: Mapping[str, str], id_: str, source: str) -> Case:
    """A case of words; the overall answer is the worst."""
    worst = next(each for each in (NO, UNKNOWN, YES) if each in (*answers.values(), YES))
    return Case(id_, source, words(text), facts, answers, worst)


def income(text: str, facts: Facts, answer: str, id_: str, source: str = "90 FR 5917") -> Case:
    """A case of an income rule: what is not known stays with the words; nothing is said of the area."""
    answers = {"eligibility": UNKNOWN} if answer == UNKNOWN else {"rule_income": answer}
    return Case(id_, source, words(text), facts, answers | {"area": UNKNOWN}, _worst(answer, UNKNOWN))


def _worst(*answers: str) -> str:
    return next(each for each in (NO, UNKNOWN, YES) if each in answers)


HSDS_AGE = "HSDS 3.2.3 service.minimum_age, maximum_age"
POOR = "Income at or below 200% of the federal poverty level"

CASES: tuple[Case, ...] = (
    # --- age
    Case("the lowest age itself", HSDS_AGE, ages("60"), Facts(age=60), {"age": YES}, YES),
    Case("a year too young", HSDS_AGE, ages("60"), Facts(age=59), {"age": NO}, NO),
    Case("the highest age counts for its whole year", HSDS_AGE, ages(high="18"), Facts(age=18), {"age": YES}, YES),
    Case("a year too old", HSDS_AGE, ages(high="18"), Facts(age=19), {"age": NO}, NO),
    Case("a newborn, from birth on", "pencil", ages("0", "5"), Facts(age=0), {"age": YES}, YES),
    Case("an infant of two months from three months on", "pencil", ages("0.25"), Facts(age=0, age_months=2), {"age": NO}, NO),
    Case("an infant of three months from three months on", "pencil", ages("0.25"), Facts(age=0, age_months=3), {"age": YES}, YES),
    Case("an infant whose months are not told", "pencil", ages("0.25"), Facts(age=0), {"age": UNKNOWN}, UNKNOWN),
    Case("six months are not seven", "pencil", ages(high="0.5"), Facts(age_months=7), {"age": NO}, NO),
    Case("no ages are listed", "pencil", Listing(), Facts(age=30), {"age": UNKNOWN}, UNKNOWN),
    Case("the age is not told", "pencil", ages("60"), Facts(), {}, YES),
    about("Age 18 or over", Facts(age=18), {"rule_age": YES}, "an age in words", "ohana-sample service 7"),
    about("Age 18 or over", Facts(age=17), {"rule_age": NO}, "too young by the words", "ohana-sample service 7"),
    about("Age 18 or over", Facts(), {"eligibility": UNKNOWN}, "words, and no age told", "ohana-sample service 7"),
    about("Must be under 18", Facts(age=18), {"rule_age": NO}, "under 18 leaves 18 out", "pencil"),
    about("18 and under", Facts(age=18), {"rule_age": YES}, "18 and under takes 18 in", "pencil"),
    about(
        "Age 55 or over for most programs, age 60 or over for lunch program",
        Facts(age=57),
        {"age": UNKNOWN, "eligibility": UNKNOWN},
        "two ages for two things stay words",
        "ohana-sample service 1",
    ),
    # --- area
    area("98144, 98118", SEATTLE, YES, "the ZIP is listed", "pencil"),
    area("98118; 98108", SEATTLE, NO, "a list of ZIPs without it", "pencil"),
    area("San Mateo County", SAN_MATEO, YES, "the county", "ohana-sample service 2"),
    area("Alameda County, San Mateo County", SAN_MATEO, YES, "one of two counties", "ohana-sample service 15"),
    area("Colma", SAN_MATEO, UNKNOWN, "another city may still be near", "ohana-sample service 1"),
    area("All of Washington", SEATTLE, YES, "the state", "pencil"),
    area("King County except Seattle", SEATTLE, NO, "excepted by name", "pencil"),
    area("King County except Seattle", BELLEVUE, YES, "in the county and not excepted", "pencil"),
    area("King County, excluding 98144", SEATTLE, NO, "excepted by ZIP", "pencil"),
    area("Outside of Seattle", SEATTLE, UNKNOWN, "outside says not how far", "pencil"),
    area(SQUARE, SEATTLE, YES, "in a GeoJSON polygon", "RFC 7946 § 3.1.6; HSDS 3.2.3 service_area.extent"),
    area(WITH_HOLE, SEATTLE, UNKNOWN, "in the hole of a WKT polygon, near its edge", "OGC 06-103r4 § 7.2; pencil"),
    area(WITH_HOLE, BELLEVUE, YES, "on the edge side of the hole", "OGC 06-103r4 § 7.2; pencil"),
    area(FAR_AWAY, SEATTLE, NO, "a polygon in Florida", "pencil"),
    area("POLYGON ((broken", SEATTLE, UNKNOWN, "a shape that cannot be read", "pencil"),
    about("Residents of Medina County", Facts(place=SEATTLE), {"area": UNKNOWN, "eligibility": UNKNOWN},
          "another county's residents", "haarrrvest: “Residents of Medina County”"),
    about("Must live in San Mateo County", Facts(place=SAN_MATEO), {"area": UNKNOWN, "rule_residence": YES},
          "lives in the county", "pencil"),
    about("Resident of San Mateo County age 55 or over", Facts(place=SAN_MATEO, age=40),
          {"age": UNKNOWN, "area": UNKNOWN, "eligibility": UNKNOWN},
          "two rules in one breath stay words", "ohana-sample service 3"),
    # --- income
    income(POOR, earning(31_300), YES, "one person at 200 % exactly: 2 x 15,650"),
    income(POOR, earning(31_301), NO, "one dollar above"),
    income("Income below 200% of the federal poverty level", earning(31_300), NO, "below leaves the limit out"),
    income("Household income up to 185 percent of the federal poverty guidelines", earning(59_477, 4), YES,
           "four people at 185 %: 1.85 x (15,650 + 3 x 5,500) = 59,477.50"),
    income("Household income up to 185 percent of the federal poverty guidelines", earning(59_478, 4), NO,
           "four people, half a dollar above"),
    income(POOR, earning(39_000, 1, ANCHORAGE), YES, "Alaska has its own: 2 x 19,550 = 39,100"),
    income(POOR, earning(36_000, 1, HONOLULU), NO, "Hawaii has its own: 2 x 17,990 = 35,980"),
    income(POOR, earning(31_920, on=IN_2026), YES, "the guideline of 2026: 2 x 15,960"),
    income(POOR, earning(31_921, on=IN_2026), NO, "one dollar above that of 2026"),
    income(POOR, earning(30_000, on=IN_2027), YES, "a guideline that ran out: surely within"),
    income(POOR, earning(33_000, on=IN_2027), UNKNOWN, "a guideline that ran out: near its limit"),
    income(POOR, earning(60_000, on=IN_2027), NO, "a guideline that ran out: far above"),
    income(POOR, Facts(income=Decimal(20_000), place=SEATTLE, on=IN_2025), UNKNOWN, "the household's size is not told"),
    income("Federal Poverty Level\n125%", earning(15_000), YES, "standard and per cent in two cells",
           "illinois-ilao locations.csv: Income standard, Max percentage"),
    income("Low-income families", earning(15_000), UNKNOWN, "low income names no limit", "ohana-sample service 17"),
    # --- who
    about("Women only", Facts(sex="female"), {"rule_sex": YES}, "a woman for women", "pencil"),
    about("Women only", Facts(sex="male"), {"rule_sex": NO}, "a man for women only", "pencil"),
    about("Women only", Facts(), {"eligibility": UNKNOWN}, "the sex is not told", "pencil"),
    about("Veterans", Facts(veteran=True), {"rule_veteran": YES}, "a veteran", "pencil"),
    about("Must be a veteran", Facts(veteran=False), {"rule_veteran": NO}, "no veteran", "pencil"),
    about("Veterans and their families", Facts(veteran=False), {"eligibility": UNKNOWN},
          "no veteran, but perhaps of a veteran's family", "pencil"),
    about("Families with children under 18", Facts(children=True), {"rule_children": YES}, "with children", "pencil"),
    about("Families with children under 18", Facts(children=False), {"rule_children": NO}, "without", "pencil"),
    about("Seniors 60+; veterans", Facts(age=40, veteran=True), {"rule_veteran": YES, "eligibility": UNKNOWN},
          "several groups: who is in none of them may still be in another", "pencil"),
    about("Uninsured only", Facts(insurance="medicaid"), {"rule_insurance": NO}, "insured, for uninsured", "pencil"),
    about("Medi-Cal recipients", Facts(insurance="medicaid"), {"rule_insurance": YES}, "Medi-Cal is Medicaid",
          "California's name for Medicaid"),
    about("Women must not apply", Facts(sex="female"), {"eligibility": UNKNOWN}, "a not is never read", "pencil"),
    about("Edgewood school district only", Facts(place=SEATTLE), {"area": UNKNOWN, "eligibility": UNKNOWN},
          "a school district is no place that is known", "haarrrvest: “Edgewood school district only”"),
    about("None", Facts(age=30), {"age": UNKNOWN}, "no rules", "ohana-sample service 4"),
    # --- documents, language, together
    Case("a photo ID, and there is one", "ohana-sample service 22",
         Listing(documents=("Government-issued picture identification",)),
         Facts(documents=frozenset({"photo_id"})), {"documents": YES}, YES),
    Case("a photo ID, and there is none", "ohana-sample service 22",
         Listing(documents=("Government-issued picture identification",)),
         Facts(documents=frozenset()), {"documents": NO}, NO),
    Case("a choice of papers", "pencil", Listing(documents=("Photo ID or utility bill",)),
         Facts(documents=frozenset({"photo_id"})), {"documents": UNKNOWN}, UNKNOWN),
    Case("nothing to bring", "pencil", Listing(documents=("None",)), Facts(documents=frozenset()), {}, YES),
    Case("one known no outweighs what is not known", "pencil",
         Listing(minimum_age=Decimal(60), languages=("English",)), Facts(age=40, language="es"),
         {"age": NO, "language": UNKNOWN}, NO),
    Case("one unknown outweighs what fits", "pencil",
         Listing(minimum_age=Decimal(60), languages=("Spanish",), eligibility="Must qualify"),
         Facts(age=70, language="es"), {"age": YES, "language": YES, "eligibility": UNKNOWN}, UNKNOWN),
)  # fmt: skip
