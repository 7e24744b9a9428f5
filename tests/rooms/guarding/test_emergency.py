"""Emergency access: whom it opens, to whom, for how long; a miss and a forbidden hit look alike.

The law: 45 CFR 164.512(j) (serious and imminent threat), 42 CFR 2.51 (medical personnel alone), 34 U.S.C.
12291(b)(2) (victim services take no part).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.community import Community, food_need, rosa, sent_referral
from tests.guards import officer
from waypost.consent.services import block
from waypost.disclosure import gate
from waypost.disclosure import selectors as disclosure
from waypost.guarding.selectors import emergency as selectors
from waypost.guarding.services.emergency import Facts, end_emergency, open_emergency, review_emergency
from waypost.kernel.actors import Actor
from waypost.kernel.clock import at, now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import AuditEntry, Event
from waypost.kernel.transaction import acting
from waypost.people import selectors as people
from waypost.referrals import selectors as referrals
from waypost.screening import selectors as screening

pytestmark = pytest.mark.django_db

ROSA = Facts(given_name="Rosa", family_name="Delgado", birth_date=date(1972, 3, 14))
WORDS = "She fell and does not speak; does she take anything?"


def try_it(actor: Actor, facts: Facts = ROSA, *, reason: str = "medical", words: str = WORDS) -> UUID:
    with acting(actor):
        return open_emergency(actor=actor, facts=facts, reason=reason, words=words)


def card(actor: Actor, emergency: UUID) -> object:
    with acting(actor):
        return selectors.emergency(actor, emergency)


def sees(actor: Actor, person: UUID) -> bool:
    with acting(actor):
        return people.exists(person)


def make_status(organization: UUID, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organization SET legal_status = %s WHERE id = %s", [status, organization]
        )


@pytest.mark.parametrize(
    "facts",
    [
        ROSA,
        Facts(given_name="  ROSA ", family_name="Délgado", birth_date=date(1972, 3, 14)),
        Facts(phone="(206) 555-0143"),
        Facts(phone="+1 206 555 0143"),
    ],
)
def test_exact_facts_open_the_record_to_this_worker_for_an_hour(
    community: Community, as_web: Callable[[], None], facts: Facts
) -> None:
    person = rosa(community.ana)
    as_web()
    assert not sees(community.sam, person)
    found = card(community.sam, try_it(community.sam, facts))
    assert (found.status, found.until - found.opened_at) == ("open", timedelta(minutes=60))  # type: ignore[attr-defined]
    assert sees(community.sam, person)
    assert not sees(community.olga, person)
    with acting(community.sam):
        grant = gate.open_record(community.sam, person)
        shown = people.person(community.sam, grant, person)
    assert (grant.purpose, shown.given_name, shown.birth_date) == ("emergency", "Rosa", None)


def test_a_worker_who_is_kept_out_finds_nothing_even_in_an_emergency(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    mate = officer(community.bank, "Mo Diaz", role="intake_worker")
    with acting(community.ana):
        block(actor=community.ana, person_id=person, worker_ids=[community.sam.user_id])  # type: ignore[list-item]
    as_web()
    missed = card(community.sam, try_it(community.sam, Facts(phone="206-555-0144")))
    kept_out = card(community.sam, try_it(community.sam, Facts(phone="206-555-0143")))
    assert (kept_out.status, kept_out.holder_names) == (missed.status, missed.holder_names) == ("nothing", ())  # type: ignore[attr-defined]
    assert not sees(community.sam, person)
    with acting(community.ana):
        assert disclosure.disclosures(community.ana, person) == []
    assert not Event.objects.filter(name="emergency.opened").exists(), "nobody is told of a miss"
    assert card(mate, try_it(mate)).status == "open", "a colleague acts"  # type: ignore[attr-defined]
    assert sees(mate, person)


def test_an_organization_that_is_kept_out_is_let_in_by_an_emergency(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    with acting(community.ana):
        block(actor=community.ana, person_id=person, organization_ids=[community.bank])
    as_web()
    assert card(community.sam, try_it(community.sam)).status == "open"  # type: ignore[attr-defined]
    assert sees(community.sam, person)


def test_by_the_number_of_a_referral(community: Community, as_web: Callable[[], None]) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        number = referrals.referral(community.ana, referral).row.reference
    as_web()
    assert card(community.olga, try_it(community.olga, Facts(reference=number.lower()))).status == "open"  # type: ignore[attr-defined]
    assert sees(community.olga, person)


def test_a_colleague_of_the_opener_sees_nothing(community: Community, as_web: Callable[[], None]) -> None:
    person = rosa(community.ana)
    mate = officer(community.bank, "Mo Diaz", role="intake_worker")
    as_web()
    try_it(community.sam)
    assert not sees(mate, person)
    with acting(mate), pytest.raises(NotVisible):
        gate.open_record(mate, person)


def test_no_more_than_an_emergency_needs(community: Community, as_web: Callable[[], None]) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    as_web()
    try_it(community.sam)
    with acting(community.sam):
        grant = gate.open_record(community.sam, person)
        assert screening.needs(community.sam, person, grant=grant) == [], "hunger is not what it is about"
        contacts = people.person(community.sam, grant, person).contacts
    assert [each.value for each in contacts] == ["206-555-0143", ""], "the phone and the ZIP, no street"


@pytest.mark.parametrize(
    "facts",
    [
        Facts(given_name="Rosa", family_name="Delgado", birth_date=date(1972, 3, 15)),
        Facts(given_name="Ros", family_name="Delgado", birth_date=date(1972, 3, 14)),
        Facts(phone="206-555-0144"),
        Facts(reference="R-2611-ZZZZZ"),
    ],
)
def test_what_is_not_exact_opens_nothing_and_is_kept(
    community: Community, as_web: Callable[[], None], facts: Facts
) -> None:
    person = rosa(community.ana)
    as_web()
    found = card(community.sam, try_it(community.sam, facts))
    assert (found.status, found.holder_names) == ("nothing", ())  # type: ignore[attr-defined]
    assert not sees(community.sam, person)


@pytest.mark.parametrize(
    ("facts", "words", "reason"),
    [
        (Facts(), WORDS, "medical"),
        (Facts(given_name="Rosa", birth_date=date(1972, 3, 14)), WORDS, "medical"),
        (Facts(given_name="Rosa", family_name="Delgado"), WORDS, "medical"),
        (Facts(phone="555-0143"), WORDS, "medical"),
        (ROSA, "  ", "medical"),
        (ROSA, "help", "medical"),
        (ROSA, WORDS, "curiosity"),
    ],
)
def test_half_a_fact_or_no_reason_is_refused(
    community: Community, facts: Facts, words: str, reason: str
) -> None:
    with pytest.raises(Refused):
        try_it(community.sam, facts, words=words, reason=reason)


def test_a_miss_and_a_hit_that_may_not_be_opened_look_alike(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    make_status(community.clinic, "part2_program")
    as_web()
    hit = card(community.sam, try_it(community.sam))
    miss = card(community.sam, try_it(community.sam, replace(ROSA, birth_date=date(1972, 3, 15))))
    same = {
        name: (getattr(hit, name), getattr(miss, name))
        for name in hit.__slots__  # type: ignore[attr-defined]
        if name not in {"id", "reference", "opened_at", "until"}
    }
    assert {name for name, (one, other) in same.items() if one != other} == set()
    assert not sees(community.sam, person)
    with acting(community.sam), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM guarding_emergencymatch")
        assert cursor.fetchone() == (0,), "what was matched is read by nobody"


@pytest.mark.parametrize(
    ("holder", "opener", "opens"),
    [
        ("covered_entity", "none", True),
        ("none", "covered_entity", True),
        ("school", "none", True),  # 34 CFR 99.36
        ("part2_program", "covered_entity", True),  # 42 CFR 2.51(a): medical personnel
        ("part2_program", "none", False),
        ("part2_program", "business_associate", False),
        ("part2_program", "school", False),
        ("victim_service", "covered_entity", False),
        ("covered_entity", "victim_service", False),
    ],
)
def test_the_law_decides_by_who_tells_and_who_asks(
    community: Community, as_web: Callable[[], None], holder: str, opener: str, opens: bool
) -> None:
    person = rosa(community.ana)
    make_status(community.clinic, holder)
    make_status(community.bank, opener)
    as_web()
    assert (card(community.sam, try_it(community.sam)).status == "open") == opens  # type: ignore[attr-defined]
    assert sees(community.sam, person) == opens


def test_two_people_of_one_phone_are_not_told_apart_and_not_opened(
    community: Community, as_web: Callable[[], None]
) -> None:
    rosa(community.ana)
    rosa(community.ana)
    as_web()
    assert card(community.sam, try_it(community.sam, Facts(phone="206-555-0143"))).status == "nothing"  # type: ignore[attr-defined]


def test_ones_own_people_are_not_opened_this_way(community: Community, as_web: Callable[[], None]) -> None:
    rosa(community.sam)
    as_web()
    assert card(community.sam, try_it(community.sam)).status == "nothing"  # type: ignore[attr-defined]


def test_it_ends_by_itself(community: Community, as_web: Callable[[], None]) -> None:
    person = rosa(community.ana)
    with connection.cursor() as cursor:
        with at(now() - timedelta(minutes=59)):
            try_it(community.sam)
        as_web()
        assert sees(community.sam, person)
        cursor.execute("RESET ROLE")
        cursor.execute(
            "UPDATE disclosure_access SET starts_at = starts_at - interval '2 minutes',"
            " ends_at = ends_at - interval '2 minutes'"
        )
        as_web()
    assert not sees(community.sam, person)


def test_it_is_ended_by_hand(community: Community, as_web: Callable[[], None]) -> None:
    person = rosa(community.ana)
    as_web()
    emergency = try_it(community.sam)
    with acting(community.sam):
        end_emergency(actor=community.sam, emergency_id=emergency)
    assert not sees(community.sam, person)
    with acting(community.sam), pytest.raises(Refused):
        end_emergency(actor=community.sam, emergency_id=emergency)


def test_both_sides_are_told_and_the_accounting_of_the_holder_lists_it(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    emergency = try_it(community.sam)
    told = Event.objects.filter(name="emergency.opened").values_list("payload__to_organization", flat=True)
    assert set(told) == {str(community.clinic), str(community.bank)}
    assert all("Rosa" not in str(each) for each in Event.objects.values_list("payload", flat=True))
    lines = AuditEntry.objects.filter(action="people.disclose", held_by=community.clinic)
    assert [(each.actor_name, each.detail["basis"]) for each in lines] == [("Sam Ortiz", "emergency")]
    as_web()
    with acting(community.ana):
        row = disclosure.disclosures(community.ana, person)[0]
    assert (row.recipient_name, row.basis, row.purpose) == ("Cedar Food Bank", "emergency", "emergency")
    assert (row.actor_name, row.exempt) == ("Sam Ortiz", ""), "45 CFR 164.528 wants it listed"
    clinics = officer_view(community, community.lee, emergency)
    assert (clinics.own, clinics.words) == (False, WORDS)  # type: ignore[attr-defined]
    with pytest.raises(NotVisible):
        officer_view(community, community.olga, emergency)


def officer_view(community: Community, actor: Actor, emergency: UUID) -> object:
    lead = replace(actor, role="supervisor")
    return card(lead, emergency)


def test_five_tries_an_hour_and_every_one_is_kept(community: Community, as_web: Callable[[], None]) -> None:
    as_web()
    for number in range(5):
        try_it(community.sam, Facts(phone=f"206-555-010{number}"))
    with pytest.raises(Refused, match="too often"):
        try_it(community.sam)
    lead = replace(community.sam, role="supervisor")
    with acting(lead):
        assert selectors.emergencies(lead, show="all")[1] == 5


def test_the_opener_does_not_review(community: Community, as_web: Callable[[], None]) -> None:
    rosa(community.ana)
    lead = replace(community.sam, role="supervisor")
    other = officer(community.bank)
    as_web()
    emergency = try_it(lead)
    with acting(lead):
        assert selectors.waiting(lead) == 0
        with pytest.raises(Refused, match="Somebody else"):
            review_emergency(actor=lead, emergency_id=emergency, justified=True, words="I know.")
    with pytest.raises(Exception, match="not_reviewed_by_its_opener"), transaction.atomic(), acting(lead):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE guarding_emergency SET reviewed_by = user_id WHERE id = %s", [emergency])
    with acting(other):
        assert selectors.waiting(other) == 1
        with pytest.raises(Refused):
            review_emergency(actor=other, emergency_id=emergency, justified=True, words=" ")
        review_emergency(actor=other, emergency_id=emergency, justified=True, words="The crew confirmed it.")
        assert selectors.waiting(other) == 0
    found = card(other, emergency)
    assert (found.status, found.reviewed_by_name, found.live) == ("justified", "Pia Berg", False)  # type: ignore[attr-defined]


def test_a_review_ends_what_is_still_open(community: Community, as_web: Callable[[], None]) -> None:
    person, other = rosa(community.ana), officer(community.bank)
    as_web()
    emergency = try_it(community.sam)
    with acting(other):
        review_emergency(actor=other, emergency_id=emergency, justified=False, words="Nothing had happened.")
    assert not sees(community.sam, person)


def test_who_may_not_review_or_open(community: Community, as_web: Callable[[], None]) -> None:
    rosa(community.ana)
    as_web()
    with pytest.raises(PermissionError):
        try_it(community.ito)
    emergency = try_it(community.sam)
    for actor in (community.lee, community.olga):
        with acting(actor), pytest.raises(NotVisible):
            review_emergency(actor=actor, emergency_id=emergency, justified=True, words="Fine.")


# from outside the ORM


def run(actor: Actor, statement: str, *values: object) -> list[tuple[object, ...]]:
    with transaction.atomic(), acting(actor), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_the_web_role_moves_no_clock_and_opens_nothing_by_itself(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    as_web()
    emergency = try_it(community.sam, Facts(phone="206-555-0199"))
    attacks = [
        ("UPDATE guarding_emergency SET until = until + interval '9 hours'", []),
        ("UPDATE guarding_emergency SET user_id = gen_random_uuid()", []),
        ("DELETE FROM guarding_emergency", []),
        ("INSERT INTO guarding_emergencymatch (emergency_id, person_id, holder_id) VALUES (%s, %s, %s)",
         [emergency, person, community.clinic]),
        ("SELECT guarding_open_emergency(%s, %s, '{identity}', '{}', '{}')", [emergency, person]),
        ("SELECT guarding_open_emergency(%s, %s, '{identity}', '{}', '{}')", [uuid4(), person]),
    ]  # fmt: skip
    for statement, values in attacks:
        with pytest.raises(ProgrammingError):
            run(community.sam, statement, *values)
    looked = "SELECT * FROM guarding_match_emergency(%s, '', '{rosa,delgado}', '1972-03-14', '')"
    assert run(community.sam, looked, emergency) == [], "it was a try by phone"
    with pytest.raises(ProgrammingError):
        run(community.olga, looked, emergency)
    assert not sees(community.sam, person)


def test_notes_and_a_programs_records_are_not_opened_by_the_function_either(
    community: Community, as_web: Callable[[], None]
) -> None:
    person = rosa(community.ana)
    as_web()
    emergency = try_it(community.sam)
    for topics, matters in (("{notes}", "{}"), ("{identity}", "{part2_record}")):
        with pytest.raises(ProgrammingError):
            run(
                community.sam,
                "SELECT guarding_open_emergency(%s, %s, %s::text[], %s::text[], '{}')",
                emergency, person, topics, matters,
            )  # fmt: skip
