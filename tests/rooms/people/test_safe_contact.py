"""Reaching somebody without putting them in danger; and the 18th birthday."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from tests.community import Community, agree, food_need, plan_inbox
from tests.rooms.messaging.told import deliver_all
from waypost.consent.selectors import consents
from waypost.coordination import services as coordination
from waypost.coordination.selectors import episode
from waypost.disclosure import gate
from waypost.kernel.clock import at
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.messaging.models import Notice
from waypost.people import selectors as people
from waypost.people.jobs import birthdays
from waypost.people.models import ContactPoint
from waypost.people.rules import Way, age_on, of_age_if_born_by, way_refused
from waypost.people.services import Contact, Identity, register
from waypost.people.words import instructions
from waypost.referrals import services as referrals
from waypost.referrals.models import Referral

pytestmark = pytest.mark.django_db

OWN = Contact(kind="phone", value="206-555-0101", may_text=True)
UNSAFE = Contact(kind="phone", value="206-555-0102", may_text=True, safety="not_safe")
PARENTS = Contact(kind="phone", value="206-555-0103", may_text=True, belongs_to="parent")

WAYS = [
    ("call", [Way("phone", "")], False),
    ("call", [Way("phone", "not_safe")], True),
    ("call", [Way("phone", "not_safe"), Way("phone", "ask_first")], False),
    ("call", [Way("address", "not_safe")], False),  # no phone is known: they may have said another way
    ("call", [], False),
    ("text", [Way("phone", "", may_text=True)], False),
    ("text", [Way("phone", "", may_text=False)], True),
    ("text", [Way("phone", "not_safe", may_text=True)], True),
    ("call", [Way("phone", "", may_text=True, may_call=False)], True),
    ("call", [Way("phone", "", may_text=True, may_call=False), Way("phone", "")], False),
    ("text", [Way("phone", "", may_text=True, may_call=False)], False),
    ("letter", [Way("address", "not_safe")], True),
    ("letter", [Way("address", "")], False),
    ("visit", [Way("address", "not_safe")], True),
    ("meet", [Way("phone", "not_safe"), Way("address", "not_safe")], False),
]


@pytest.mark.parametrize(("way", "known", "refused"), WAYS)
def test_which_ways_are_refused(way: str, known: list[Way], refused: bool) -> None:
    assert way_refused(way, known) is refused


def young(community: Community, *contacts: Contact, born: date = date(1990, 5, 4)) -> UUID:
    with acting(community.ana):
        who = Identity(given_name="Kim", family_name="Tran", birth_date=born)
        return register(actor=community.ana, identity=who, contacts=contacts)


def test_an_unsafe_way_is_not_planned(community: Community) -> None:
    person = young(community, UNSAFE)
    with acting(community.ana):
        begun = coordination.open_episode(actor=community.ana, person_id=person)
        for move in ("call", "text"):
            with pytest.raises(Refused, match="not safe"):
                coordination.set_next_move(
                    actor=community.ana, episode_id=begun, whose_move="us", next_move=move
                )
        coordination.set_next_move(actor=community.ana, episode_id=begun, whose_move="us", next_move="meet")
        assert episode(community.ana, person).next_move == "meet"  # type: ignore[union-attr]


def test_no_partner_is_told_to_call_an_unsafe_number(community: Community) -> None:
    person = young(community, UNSAFE)
    need = food_need(community.ana, person)
    agree(community.ana, person)
    with acting(community.ana):
        draft = referrals.draft(
            actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
        )
        with pytest.raises(Refused, match="not safe"):
            referrals.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
        plan = plan_inbox(next_move="person_goes")
        referrals.plan_handoff(actor=community.ana, referral_id=draft, plan=plan)
        referrals.send(actor=community.ana, referral_id=draft)
    assert Referral.objects.get(pk=draft).shared["phone"] == ""
    with acting(community.sam):
        assert UNSAFE.value not in str(Referral.objects.get(pk=draft).shared)


def test_a_partner_is_told_the_number_that_may_be_called(community: Community) -> None:
    texts = Contact(kind="phone", value="206-555-0105", may_text=True, may_call=False)
    person = young(community, UNSAFE, texts, OWN)
    with acting(community.ana):
        card = people.person(community.ana, gate.open_record(community.ana, person), person)
    assert card.phone_to_tell().value == OWN.value  # type: ignore[union-attr]
    only = young(community, texts)
    with acting(community.ana):
        card = people.person(community.ana, gate.open_record(community.ana, only), only)
        assert card.phone_to_tell().value == texts.value  # type: ignore[union-attr]
        assert "do not call" in instructions(card.contacts[0])
        begun = coordination.open_episode(actor=community.ana, person_id=only)
        with pytest.raises(Refused, match="not safe"):
            coordination.set_next_move(
                actor=community.ana, episode_id=begun, whose_move="us", next_move="call"
            )
        coordination.set_next_move(actor=community.ana, episode_id=begun, whose_move="us", next_move="text")


def test_lists_show_no_number_that_is_not_safe(community: Community) -> None:
    young(community, UNSAFE)
    with acting(community.ana):
        [row] = people.find(community.ana, words="Kim Tran")[0]
        assert row.phone == ""


def test_what_to_mind_goes_along(community: Community) -> None:
    careful = Contact(
        kind="phone",
        value="206-555-0104",
        safety="ask_first",
        safe_hours="weekdays 9 to 12",
        code_word="pine",
    )
    person = young(community, UNSAFE, careful)
    need = food_need(community.ana, person)
    agree(community.ana, person)
    with acting(community.ana):
        draft = referrals.draft(
            actor=community.ana, person_id=person, need_id=need, service_id=community.groceries
        )
        referrals.plan_handoff(actor=community.ana, referral_id=draft, plan=plan_inbox())
        referrals.send(actor=community.ana, referral_id=draft)
    told = Referral.objects.get(pk=draft).shared
    assert told["phone"] == "206-555-0104"
    for words in ("ask first", "only weekdays 9 to 12", "code word: pine"):
        assert words in told["contact_note"]


def test_a_parents_phone_is_not_told_with_what_was_asked_for_alone(community: Community) -> None:
    person = young(community, PARENTS, OWN)
    with acting(community.ana):
        grant_card = people.PersonCard  # the card decides
        card = people.person(community.ana, gate.open_record(community.ana, person), person)
    assert isinstance(card, grant_card)
    assert card.phone_to_tell().value == PARENTS.value  # type: ignore[union-attr]
    assert card.phone_to_tell(alone=True).value == OWN.value  # type: ignore[union-attr]
    assert "parent's" in instructions(card.contacts[0])


LIMITS = [
    (date(2026, 11, 25), date(2008, 11, 25)),
    (date(2028, 2, 29), date(2010, 2, 28)),
    (date(2026, 3, 1), date(2008, 3, 1)),
    (date(2026, 2, 28), date(2008, 2, 28)),
]


@pytest.mark.parametrize(("day", "limit"), LIMITS)
def test_who_is_of_age_on_a_day(day: date, limit: date) -> None:
    assert of_age_if_born_by(day) == limit
    assert (age_on(limit, day), age_on(limit + timedelta(days=1), day)) in {(18, 17), (18, 18)}


def test_born_on_29_february_is_of_age_on_1_march() -> None:
    born = date(2008, 2, 29)
    assert (born <= of_age_if_born_by(date(2026, 2, 28)), born <= of_age_if_born_by(date(2026, 3, 1))) == (
        False,
        True,
    )


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_the_birthday_ends_what_a_parent_did(community: Community) -> None:
    with at(noon(date(2026, 9, 1))):
        person = young(community, PARENTS, OWN, born=date(2008, 11, 25))
        grown = young(community, OWN, born=date(1980, 1, 1))
    with at(noon(date(2026, 11, 24))):
        birthdays(timestamp=0)
        assert ContactPoint.objects.filter(person_id=person, ended_at__isnull=True).count() == 2
    with at(noon(date(2026, 11, 25))):
        birthdays(timestamp=0)
        birthdays(timestamp=0)
        left = ContactPoint.objects.filter(person_id=person, ended_at__isnull=True)
        assert [each.value for each in left] == [OWN.value]
        deliver_all()
    notice = Notice.objects.get(kind="person.came_of_age")
    assert (notice.subject_id, notice.held_by_id) == (person, community.clinic)
    assert str(grown) not in notice.url
    assert "Kim" not in str(vars(notice))


def test_what_a_parent_agreed_to_ends_and_the_rest_stays(community: Community) -> None:
    with at(noon(date(2026, 9, 1))):
        person = young(community, OWN, born=date(2008, 11, 25))
        by_parent = agree(community.ana, person, representative="Linh Tran", authority="mother")
        grown = young(community, OWN, born=date(1990, 1, 1))
        own = agree(community.ana, grown)
    with at(noon(date(2026, 11, 25))):
        birthdays(timestamp=0)
        with acting(community.ana):
            ended = {
                each.id: each.revoked_at is not None
                for who in (person, grown)
                for each in consents(community.ana, who)
            }
    assert (ended[by_parent], ended[own]) == (True, False)
