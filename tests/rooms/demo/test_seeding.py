"""When the community is made, when not, and that it is always the same one."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django import Settings

from tests.community import Community as Standing
from tests.rooms.demo.conftest import MOMENT
from waypost.demo.seeding import Scale, seed
from waypost.demo.seeding.data import hours, listed_organizations, read
from waypost.demo.seeding.neighbors import neighbors
from waypost.demo.seeding.world import at_work, dice, local
from waypost.kernel import clock
from waypost.network.models import Organization
from waypost.people.models import Person
from waypost.referrals.models import Referral

pytestmark = pytest.mark.django_db

TINY = Scale(people=20, requests=18, referrals=30)


def _picture() -> tuple[list[str], list[tuple[object, ...]]]:
    people = sorted(f"{row.given_name} {row.family_name} {row.birth_date}" for row in Person.objects.all())
    sent = Referral.objects.values_list(
        "person__given_name", "service_name", "status", "handoff", "category", "sent_at"
    )
    return people, sorted(sent, key=str)


def _made_at(moment: object) -> tuple[list[str], list[tuple[object, ...]]]:
    with transaction.atomic(), clock.at(moment):  # type: ignore[arg-type]
        assert seed(TINY) is not None
        found = _picture()
        transaction.set_rollback(True)
    return found


def test_the_same_day_gives_the_same_people_and_statuses() -> None:
    assert _made_at(MOMENT) == _made_at(MOMENT)


def test_other_organizations_are_never_mixed_with_invented_ones(community: Standing) -> None:
    with pytest.raises(CommandError, match="holds other organizations"):
        call_command("demo_seed")
    assert not Organization.objects.filter(name="Madrona Family Health").exists()


def test_not_in_production(settings: Settings) -> None:
    settings.ENV = settings.ENV.model_copy(update={"mode": "production"})
    with pytest.raises(CommandError, match="production"):
        call_command("demo_seed")
    assert not Organization.objects.exists()


def test_without_the_community_nobody_is_named() -> None:
    out = StringIO()
    call_command("demo_people", stdout=out)
    assert "demo_seed" in out.getvalue()


def test_what_fails_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("waypost.demo.seeding.community.make_directory", stop)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        seed(TINY)
    assert not Organization.objects.exists()
    assert not Person.objects.exists()


def test_hours_are_read_as_written() -> None:
    first, second = hours("TU,TH 10:00-18:00; SA 9:00-12:00")
    assert (first.byday, first.opens_at.hour if first.opens_at else 0) == ("TU,TH", 10)
    assert (second.byday, second.closes_at.hour if second.closes_at else 0) == ("SA", 12)
    assert hours("") == ()


def test_people_are_all_different_and_of_the_age_they_say() -> None:
    found = neighbors(200, dice("test"), MOMENT.date())
    assert len({each.name for each in found}) == 200
    numbers = [each.phone for each in found if each.phone]
    assert len(set(numbers)) == len(numbers)
    for each in found:
        born = each.identity.birth_date
        if born is not None:
            passed = (MOMENT.month, MOMENT.day) >= (born.month, born.day)
            assert MOMENT.year - born.year - (not passed) == each.age


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (3, 10, (3, 10)),  # a Thursday morning
        (3, 7, (3, 8)),
        (3, 19, (4, 8)),
        (4, 19, (7, 8)),  # Friday evening: Monday
        (5, 12, (7, 8)),
    ],
)
def test_work_is_done_in_office_hours(day: int, hour: int, expected: tuple[int, int]) -> None:
    moment = local(MOMENT.date().replace(day=day), MOMENT.time().replace(hour=hour))
    worked = at_work(moment)
    assert (worked.day, worked.hour) == expected
    assert worked - moment < timedelta(days=4)


def test_every_participant_of_the_directory_has_somebody_who_signs_in() -> None:
    named = set(read("cast")["intake"])
    taking_part = {
        each["name"] for each in listed_organizations() if each["participates"] and "participant" not in each
    }
    assert taking_part == named
