"""The invented community: as large as asked, in every state, alive, and nothing real in it."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.rooms.demo.conftest import Made
from waypost.accounts.models import User
from waypost.consent.models import Consent, Form
from waypost.coordination.models import ContactLog, Episode, Request, ServiceLog
from waypost.coordination.selectors import my_day
from waypost.demo.seeding import Scale, seed, stands
from waypost.demo.seeding.data import read
from waypost.demo.seeding.papers import invented_pdf
from waypost.demo.seeding.upkeep import IVY
from waypost.directory.models import Organization as Listing
from waypost.directory.models import Phone, Schedule, Service
from waypost.directory.selectors import DueAsked, due_counts, faults, need_categories
from waypost.directory.selectors.claims import claims
from waypost.directory.selectors.disputes import dispute_counts
from waypost.directory.selectors.gaps import gaps_answered, gaps_waiting
from waypost.directory.selectors.pairs import pair_counts
from waypost.directory.selectors.proposals import proposals
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.messaging.models import Delivery, Notice
from waypost.messaging.selectors import unread
from waypost.network.models import Membership, Organization
from waypost.people.models import ContactPoint, Link, Person
from waypost.referrals.machine import STATES
from waypost.referrals.models import Referral, ReferralEvent, Report, Tombstone
from waypost.referrals.rules import loop
from waypost.referrals.selectors.shape import evidence
from waypost.reporting.models import ReferralFact
from waypost.screening.models import Need, Response

FICTION = re.compile(r"\d{3}-555-01\d\d")  # kept for fiction by the North American numbering plan
ANA = "ana.reyes@cedarclinic.example"
GRETA = "greta.lind@cedarclinic.example"


@pytest.mark.django_db  # this mark lets the database be made before ``made`` is, which holds it open
def test_before_it_is_made_it_does_not_stand() -> None:
    assert not stands()


def test_it_is_as_large_as_asked(made: Made) -> None:
    own = Person.objects.exclude(source="referral").count()
    assert own >= made.scale.people - 3  # the last may not have been registered by midnight
    assert Request.objects.count() == pytest.approx(made.scale.requests, abs=2)
    assert Referral.objects.count() >= made.scale.referrals - 3
    assert (Scale().people, Scale().requests, Scale().referrals) == (300, 250, 600)


def test_who_takes_part(made: Made) -> None:
    kinds = Counter(Organization.objects.values_list("kind", flat=True))
    assert (kinds["clinic"], kinds["health_plan"], kinds["integrator"]) == (2, 1, 1)
    assert kinds["cbo"] >= 16
    assert Organization.objects.filter(legal_status="part2_program").count() == 1
    officers = Membership.objects.filter(role="privacy_officer").values_list("user__email", flat=True)
    assert list(officers) == [GRETA], "one, as README says"


def test_the_directory_holds_enough_of_everything(made: Made) -> None:
    clinics = {"Cedar Clinic", "Madrona Family Health"}
    assert Listing.objects.exclude(name__in=clinics).count() >= 26
    services = Service.objects.exclude(organization__name__in=clinics)
    assert services.count() >= 120
    covered = {code for codes in Service.objects.values_list("need_categories", flat=True) for code in codes}
    assert covered == {each.code for each in need_categories()}
    assert set(services.values_list("capacity_status", flat=True)) == {
        "accepting",
        "waitlist",
        "full",
        "paused",
        "closed",
        "unknown",
    }
    assert services.filter(confirmed_on=None).exists()
    assert services.filter(confirmed_on__lt=made.moment.date() - timedelta(days=180)).exists()
    assert services.exclude(pk__in=Schedule.objects.values("service_id")).exists(), "some hours are not known"


def test_victim_services_are_a_phone_and_nothing_else(made: Made) -> None:
    line = Listing.objects.get(is_victim_service=True)
    assert line.claimed_by_id is None
    assert not line.locations.exists()
    assert not Referral.objects.filter(service_organization=line.name).exclude(shared={}).exists()


def test_every_state_and_every_kind_of_evidence(made: Made) -> None:
    assert set(Referral.objects.values_list("status", flat=True)) == set(STATES)
    handoffs = set(Referral.objects.exclude(status="draft").values_list("handoff", flat=True))
    assert handoffs == {"inbox", "phone", "together", "take_along"}
    said = set(Report.objects.values_list("fact", "source"))
    assert {("received", "partner"), ("received", "person"), ("not_received", "person")} <= said
    assert {("scheduled", "partner"), ("need_met", "person"), ("need_open", "person")} <= said
    assert any(source == "coordinator" for _fact, source in said)
    assert not ReferralEvent.objects.filter(name="undo").exists()


def test_loops_closed_open_and_contradictory(made: Made) -> None:
    loops = [
        loop(evidence(row)) for row in Referral.objects.exclude(status="draft").prefetch_related("reports")
    ]
    known = sum(each.closed for each in loops) / len(loops)
    assert 0.35 < known < 0.9
    assert any(each.contradictory for each in loops)


def test_sharing_was_agreed_refused_and_taken_back(made: Made) -> None:
    assert set(Consent.objects.values_list("decision", flat=True)) == {"agreed", "prefers_not", "blocked"}
    assert set(Consent.objects.values_list("captured", flat=True)) == {"spoken", "written", "typed", "scan"}
    assert set(Consent.objects.values_list("recipient_class", flat=True)) == {"named", "partners"}
    assert Consent.objects.filter(status="revoked").exists()
    assert Tombstone.objects.exists()


def test_a_paper_waits_for_a_second_pair_of_eyes_and_somebody_is_kept_out(made: Made) -> None:
    waiting = Form.objects.get(captured="scan")
    assert (waiting.status, waiting.recorded_by_name) == ("waiting", "Luis Ortega")
    assert waiting.files.get().media == "application/pdf"
    assert [each.serves for each in waiting.consents.all()] == [[]]
    typed = Form.objects.get(captured="typed")
    assert (typed.status, typed.signed_by) == ("active", "Joy Okafor")
    assert Consent.objects.filter(decision="blocked", status="active").count() == 1


def test_the_table_of_the_invented_paper_points_at_its_objects() -> None:
    page = invented_pdf("Signed in ink: Minh Tran")
    start = int(page.split(b"startxref\n")[1].split()[0])
    rows = page[start:].split(b"trailer")[0].splitlines()[3:]
    places = [int(row.split()[0]) for row in rows]
    found = [page[place : place + 7] for place in places]
    assert found == [b"%d 0 obj" % number for number in range(1, 6)]


def test_people_are_served_and_sent_on_without_a_clinic(made: Made) -> None:
    ways = set(Referral.objects.values_list("held_by__kind", "recipient__kind"))
    assert {("clinic", "cbo"), ("cbo", "cbo"), ("cbo", "clinic"), ("clinic", None)} <= ways
    assert ServiceLog.objects.exists()
    assert Link.objects.exists()
    assert Referral.objects.exclude(parent=None).exists()


def test_people_of_many_languages_and_ages(made: Made) -> None:
    languages = Counter(Person.objects.values_list("language", flat=True))
    assert len(languages) >= 8
    assert languages["es"] > 5
    years = {
        born.year // 10
        for born in Person.objects.exclude(birth_date=None).values_list("birth_date", flat=True)
    }
    assert len(years) >= 7


def test_needs_come_from_screenings_and_from_talks(made: Made) -> None:
    assert Response.objects.exists()
    assert {"screening", "told_us", "referral"} <= set(Need.objects.values_list("source", flat=True))
    assert {"yes", "no", "later"} <= set(Need.objects.values_list("wants_help", flat=True))
    assert {"open", "met"} <= set(Need.objects.values_list("status", flat=True))


def test_about_two_in_five_requests_were_warm(made: Made) -> None:
    share = Request.objects.filter(warm=True).count() / Request.objects.count()
    assert 0.3 < share < 0.52
    assert {"new", "taken", "closed"} == set(Request.objects.values_list("status", flat=True))


def test_nothing_in_it_is_real(made: Made) -> None:
    numbers = [*ContactPoint.objects.filter(kind="phone").values_list("value", flat=True)]
    numbers += [*Request.objects.exclude(phone="").values_list("phone", flat=True)]
    numbers += [*Organization.objects.values_list("phone", flat=True)]
    numbers += [*Phone.objects.exclude(number="2-1-1").values_list("number", flat=True)]
    assert [each for each in numbers if not FICTION.fullmatch(each)] == []
    mails = [
        *User.objects.values_list("email", flat=True),
        *Listing.objects.exclude(email="").values_list("email", flat=True),
    ]
    assert [each for each in mails if not each.endswith(".example")] == []
    streets = {*read("towns")["streets"]}
    at_home = ContactPoint.objects.filter(kind="address").exclude(value="")
    assert all(any(street in each for street in streets) for each in at_home.values_list("value", flat=True))


def test_nobody_is_told_now_of_what_is_past(made: Made) -> None:
    comparing = ProcrastinateJob.objects.filter(task_name__endswith="find_duplicates")
    assert ProcrastinateJob.objects.exclude(pk__in=comparing).count() == made.jobs_before
    assert Delivery.objects.count() == 0
    assert Notice.objects.exists()


def test_work_is_done_on_weekdays_by_day(made: Made) -> None:
    sent = Referral.objects.exclude(sent_at=None).exclude(held_by__kind="cbo")
    moments = [timezone.localtime(at) for at in sent.values_list("sent_at", flat=True)]
    at_night = [each for each in moments if not 7 <= each.hour < 19]
    assert len(at_night) <= len(moments) / 20


def test_nothing_happened_later_than_now(made: Made) -> None:
    assert not Event.objects.filter(at__gt=made.moment).exists()
    assert not ContactLog.objects.filter(at__gt=made.moment).exists()


def test_figures_are_counted(made: Made) -> None:
    sent = Referral.objects.exclude(status__in=["draft", "entered-in-error"])
    outside = sent.filter(service_organization="Harbor House Line").count()
    assert ReferralFact.objects.count() == sent.count() - outside


def test_a_coordinators_day_looks_like_the_picture(made: Made) -> None:
    ana = made.community.cast.actor(ANA)
    with acting(ana):
        day = my_day(ana)
        waiting = unread(ana)
    assert [each.person_name for each in day.now] == ["Minh Tran", "Rosa Delgado", "Walter Hughes"]
    assert {"Grace Kim", "Darnell Price"} <= {each.person_name for each in day.new}
    assert 5 <= day.this_week <= 9
    assert waiting > 0


def test_others_have_overdue_and_due_today(made: Made) -> None:
    today = made.moment.date()
    rows = Episode.objects.filter(closed_at=None).exclude(lead_name="Ana Reyes")
    assert rows.filter(check_back_on__lt=today).exists() or rows.filter(check_back_on=today).exists()
    assert rows.filter(check_back_on__gt=today).exists()


def test_rosas_story(made: Made) -> None:
    rosa = Person.objects.get(given_name="Rosa", family_name="Delgado", held_by__name="Cedar Clinic")
    assert (rosa.language, rosa.interpreter_needed, rosa.household_size) == ("es", True, 4)
    needs = {each.category: each for each in Need.objects.filter(person=rosa, status="open")}
    assert set(needs) == {"food-insecurity", "utility-insecurity"}
    assert needs["food-insecurity"].rank == 1
    sent = {each.service_organization: each for each in Referral.objects.filter(person=rosa)}
    assert sent["Cedar Food Bank"].status == "completed"
    assert sent["Northside Pantry"].shared == {}


@pytest.mark.parametrize("email", [email for email, _what in read("cast")["shown"]])
def test_everybody_shown_can_sign_in(made: Made, email: str) -> None:
    assert authenticate(email=email, password=read("cast")["password"]) is not None


def test_where_it_stands_nothing_is_made(made: Made) -> None:
    assert stands()
    assert seed(made.scale) is None


@pytest.mark.django_db
def test_every_page_of_the_upkeep_has_something_to_do(made: Made) -> None:
    cast = made.community.cast
    ivy, ana = cast.actor(IVY), cast.actor(ANA)
    with acting(ivy):
        assert faults(ivy, size=0)[1] == 6
        assert {each.field for each in proposals(waiting=True)[0]} == {"addresses", "phones"}
        assert claims(waiting=True, size=0)[1] == 1
        assert gaps_waiting(ivy) == 1
        assert sum(dispute_counts().values()) == 2
        assert sum(pair_counts().values()) >= 1
    with acting(ana):
        assert faults(ana, size=0)[1] == 4  # keepers answer for their own listings
        assert gaps_answered(ana) == 1
        assert due_counts(actor=ana, asked=DueAsked(), team_id=None, kinds=("me",)) == {"me": 1}
