"""Room for new people with its days, and how an organization wants to be reached."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.community import Community, plan_inbox, sent_referral
from tests.rooms.messaging.told import deliver_all
from waypost.directory import selectors, services
from waypost.directory.models import Service
from waypost.directory.rules.reach import contact_is_confirmed, effective_reach
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.messaging.models import Notice
from waypost.referrals import services as referrals

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("how", "kept", "expected"),
    [
        ("walk_in", False, "walk_in"),
        ("phone", False, "phone"),
        ("link", False, "phone"),
        ("inbox", False, "phone"),
        ("own_system", False, "phone"),
        ("none", False, "phone"),
        ("none", True, "none"),
        ("own_system", True, "own_system"),
    ],
)
def test_without_a_keeper_one_walks_in_or_calls(how: str, kept: bool, expected: str) -> None:
    assert effective_reach(how, kept=kept) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(0, True), (90, True), (91, False), (365, False), (-1, False), (None, False)]
)
def test_a_contact_is_confirmed_for_ninety_days(days: int | None, expected: bool) -> None:
    on = date(2026, 11, 24)
    said = None if days is None else on - timedelta(days=days)
    assert contact_is_confirmed(said, today=on) is expected


def said(community: Community) -> tuple[str, date | None, int | None]:
    card = selectors.listing_for_referral(community.groceries)
    return (card.capacity_status, card.capacity_until, card.capacity_left)


@pytest.mark.django_db
def test_what_is_said_up_to_a_day_ends_by_itself(community: Community) -> None:
    services.set_capacity(actor=community.sam, service_id=community.groceries, status="full", until=today())
    assert said(community) == ("full", today(), None)
    Service.objects.update(capacity_until=today() - DAY)
    assert said(community) == ("unknown", None, None)


@pytest.mark.django_db
def test_places_left_are_for_today(community: Community) -> None:
    services.set_capacity(actor=community.sam, service_id=community.groceries, status="accepting", left=3)
    assert said(community) == ("accepting", today(), 3)
    services.set_capacity(actor=community.sam, service_id=community.groceries, status="waitlist")
    assert said(community) == ("waitlist", None, None)


@pytest.mark.django_db
def test_a_status_may_begin_later(community: Community) -> None:
    starts, until = today() + 3 * DAY, today() + 9 * DAY
    services.set_capacity(actor=community.sam, service_id=community.groceries, status="accepting")
    services.set_capacity(
        actor=community.sam, service_id=community.groceries, status="closed", starts=starts, until=until
    )
    card = selectors.listing_for_referral(community.groceries)
    assert (card.capacity_status, card.next_capacity) == ("accepting", ("closed", starts, until))
    assert services.begin_coming_statuses() == 0
    Service.objects.filter(pk=community.groceries).update(next_capacity_from=today())
    assert services.begin_coming_statuses() == 1
    assert said(community) == ("closed", until, None)
    assert services.begin_coming_statuses() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"status": "maybe"},
        {"status": "full", "until": -1},
        {"status": "full", "starts": 5, "until": 4},
        {"status": "full", "until": 400},
        {"status": "full", "left": 3},
        {"status": "accepting", "left": -1},
    ],
)
def test_what_cannot_be_is_refused(community: Community, given: dict[str, object]) -> None:
    days = {
        name: today() + int(str(value)) * DAY for name, value in given.items() if name in ("until", "starts")
    }
    with pytest.raises(Refused):
        services.set_capacity(actor=community.sam, service_id=community.groceries, **(given | days))  # type: ignore[arg-type]
    assert said(community)[0] == "unknown"


@pytest.mark.django_db
def test_keepers_hear_before_it_ends(community: Community) -> None:
    services.set_capacity(
        actor=community.sam, service_id=community.groceries, status="full", until=today() + DAY
    )
    assert services.tell_what_ends() == 1
    deliver_all()
    (notice,) = Notice.objects.filter(kind="capacity.ending")
    assert (notice.held_by_id, notice.url) == (community.bank, f"/listing/{community.groceries}/room/")
    services.set_capacity(actor=community.sam, service_id=community.groceries, status="full", until=today())
    assert services.tell_what_ends() == 0  # whoever says "tonight" knows
    Service.objects.update(capacity_changed_at=timezone.now() - 3 * DAY)
    assert services.tell_what_ends() == 1


@pytest.mark.django_db
def test_only_a_keeper_says_more_than_walk_in_or_phone(community: Community) -> None:
    for how in ("link", "inbox", "own_system", "none"):
        with pytest.raises(Refused, match="keeps its listing"):
            services.set_how_to_reach(actor=community.ivy, service_id=community.pantry, how=how)
    services.set_how_to_reach(actor=community.ivy, service_id=community.pantry, how="walk_in")
    services.set_how_to_reach(
        actor=community.sam,
        service_id=community.groceries,
        how="own_system",
        referrals_a_week=5,
        referral_words="Fax the form.",
    )
    card = selectors.listing_for_referral(community.groceries)
    assert (card.how_to_reach, card.referrals_a_week, card.referral_words) == (
        "own_system",
        5,
        "Fax the form.",
    )


@pytest.mark.django_db
def test_a_service_that_wants_no_referrals_gets_none(community: Community) -> None:
    services.set_how_to_reach(actor=community.sam, service_id=community.groceries, how="none")
    with pytest.raises(Refused, match="takes no referrals"):
        sent_referral(community)
    with pytest.raises(Refused, match="takes no referrals"):
        sent_referral(community, plan=plan_inbox(handoff="phone"))


@pytest.mark.django_db
def test_a_list_or_a_call_together_is_always_possible(community: Community) -> None:
    services.set_how_to_reach(actor=community.sam, service_id=community.groceries, how="none")
    _person, referral, _consent = sent_referral(
        community, plan=plan_inbox(handoff="together", next_move="together")
    )
    assert referral


@pytest.mark.django_db
def test_what_was_planned_before_is_looked_at_once_more_when_it_is_sent(community: Community) -> None:
    from tests.community import agree, food_need, rosa  # noqa: PLC0415

    ana = community.ana
    person = rosa(ana)
    need = food_need(ana, person)
    agree(ana, person)
    with acting(ana):
        draft = referrals.draft(actor=ana, person_id=person, need_id=need, service_id=community.groceries)
        referrals.plan_handoff(actor=ana, referral_id=draft, plan=plan_inbox())
    services.set_how_to_reach(actor=community.sam, service_id=community.groceries, how="none")
    with acting(ana), pytest.raises(Refused, match="takes no referrals"):
        referrals.send(actor=ana, referral_id=draft)
