"""A name that stands in words about no record, and referrals that were never taken in."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.community import Community, sent_referral
from tests.guards import officer
from tests.rooms.guarding.test_retention import closed, only_due
from tests.web.reading import FOUND, text
from waypost.guarding.models import Demand, Incident, Step
from waypost.guarding.selectors.mentions import known_by, mentions
from waypost.guarding.services import retention
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now, today
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals
from waypost.referrals.models import Referral

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


def incident(holder: UUID, words: str, *, status: str = "closed") -> Incident:
    return Incident.objects.create(
        reference=f"I-{Incident.objects.count()}",
        held_by_id=holder,
        source="worker",
        words=words,
        who=words,
        discovered_on=today(),
        due_on=today(),
        reported_by_name="Ana Reyes",
        status=status,
    )


def demand(holder: UUID, words: str, *, status: str = "closed") -> Demand:
    return Demand.objects.create(
        reference=f"L-{Demand.objects.count()}",
        held_by_id=holder,
        kind="subpoena",
        asked_by="King County Court",
        asked_for=words,
        taken_by_name="Lee Park",
        status=status,
    )


def asked_for(community: Community) -> tuple[UUID, Actor, UUID]:
    """Rosa's record is due and Lee asked; the second person, and the disposal."""
    person, _ = closed(community)
    row = only_due()
    with acting(community.lee):
        retention.ask_disposal(actor=community.lee, disposal_id=row.id, words="Twelve years")
    return person, officer(community.clinic), row.id


def test_names_stand_listed_with_the_words_around_them(community: Community) -> None:
    person, pia, _ = asked_for(community)
    incident(community.clinic, "A letter for ROSA  Delgado went to Mrs. Rosario.")
    incident(community.clinic, "Rosario called about her bill.")
    incident(community.bank, "Rosa Delgado at the food bank")
    asked = demand(community.clinic, "All papers about Delgado, 206-555-0143")
    Step.objects.create(
        held_by_id=community.clinic,
        subject_id=asked.id,
        name="close",
        words="Rosa was told",
        actor_name="Lee Park",
    )
    with acting(pia):
        assert {"Rosa", "Delgado", "206-555-0143"} <= set(known_by(pia, person))
        found = {(each.kind, each.whole): each.excerpt for each in mentions(pia, person)}
    assert set(found) == {("incident", True), ("demand", True), ("step", False)}
    assert "ROSA  Delgado" in found["incident", True]


def test_the_second_person_takes_the_name_out_where_it_is_chosen(community: Community) -> None:
    _, pia, row = asked_for(community)
    first = incident(community.clinic, "A letter for ROSA Delgado, (206-555-0143), went to Mrs. Rosario.")
    kept = incident(community.clinic, "Lee Delgado, a worker, lost a key.")
    theirs = incident(community.bank, "Rosa Delgado at the food bank")
    with acting(pia):
        retention.confirm_disposal(actor=pia, disposal_id=row, redact=[f"guarding_incident:{first.id}"])
    for each in (first, kept, theirs):
        each.refresh_from_db()
    assert first.words == "A letter for […] […], ([…]), went to Mrs. Rosario." == first.who
    assert kept.words == "Lee Delgado, a worker, lost a key."
    assert theirs.words == "Rosa Delgado at the food bank"


def test_accents_and_capitals_make_no_difference() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT regexp_replace('For JOSÉ Ñandú, not Josefa.', guarding_pattern(%s), %s, 'gi')",
            [["josé", "ñandú"], r"\1[…]"],
        )
        assert cursor.fetchone()[0] == "For […] […], not Josefa."


@pytest.mark.parametrize(("make", "status"), [(incident, "looked_into"), (demand, "in_hand")])
def test_what_is_open_and_names_the_person_stops_it(
    community: Community, make: Callable[..., Incident | Demand], status: str
) -> None:
    _, pia, row = asked_for(community)
    standing = make(community.clinic, "Everything about Rosa Delgado", status=status)
    with acting(pia), pytest.raises(Refused, match=standing.reference):
        retention.confirm_disposal(actor=pia, disposal_id=row)
    type(standing).objects.update(status="closed")  # type: ignore[attr-defined]
    with acting(pia):
        retention.confirm_disposal(actor=pia, disposal_id=row)


def test_nobody_takes_words_out_in_another_way(community: Community, as_web: Callable[[], None]) -> None:
    _, pia, row = asked_for(community)
    told = incident(community.clinic, "Rosa Delgado")
    as_web()
    with acting(pia), connection.cursor() as cursor:
        for sql in (
            f"SELECT guarding_redact('{row}', 'guarding_incident', '{told.id}')",
            f"SELECT guarding_redact('{row}', 'consent_form', '{told.id}')",
            f"SELECT guarding_forget_received('{community.clinic}', now() - interval '20 years')",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql)


def test_the_page_lists_them_and_takes_out_what_is_marked(community: Community, sign_in: SignIn) -> None:
    _, pia, row = asked_for(community)
    told = incident(community.clinic, "A letter for Rosa Delgado went astray.")
    page = f"/privacy/retention/{row}/"
    client = sign_in(Client(), pia)
    shown = text(client.get(page))
    assert "A letter for Rosa Delgado went astray." in shown and told.reference in shown
    key = f"guarding_incident:{told.id}"
    assert f'value="{key}"' in client.get(page).content.decode()
    assert client.post(page, {"do": "confirm", "redact": [key]}).status_code == FOUND
    told.refresh_from_db()
    assert "Rosa" not in told.words
    assert "Rosa" not in text(client.get(page))


def finished(community: Community, years: int, *, status: str = "completed", age: int = 54) -> UUID:
    _, referral, _ = sent_referral(community)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE referrals_referral DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE referrals_referral SET status = %s, moved_at = %s,"
            " shared = jsonb_set(shared, '{age}', to_jsonb(%s)) WHERE id = %s",
            [status, now() - timedelta(days=365 * years), age, referral],
        )
        cursor.execute("ALTER TABLE referrals_referral ENABLE TRIGGER USER")
    return referral


def seen_by(actor: Actor, referral: UUID) -> bool:
    with acting(actor):
        return bool(referrals.referrals(actor, [referral]))


def test_what_was_never_taken_in_is_seen_no_more_after_its_time(
    community: Community, as_web: Callable[[], None]
) -> None:
    fresh, old = finished(community, 5), finished(community, 12)
    assert retention.forget_received() == 1
    assert retention.forget_received() == 0, "once"
    gone = set(Referral.objects.filter(recipient_gone_at__isnull=False).values_list("id", flat=True))
    assert gone == {old}
    as_web()
    assert [seen_by(community.sam, each) for each in (fresh, old)] == [True, False]
    assert seen_by(community.ana, old), "the sender's own record has its own time"


def test_it_goes_for_good_once_the_sender_has_none_either(community: Community) -> None:
    old = finished(community, 12)
    Referral.objects.filter(pk=old).update(sender_gone_at=now())
    retention.forget_received()
    assert not Referral.objects.filter(pk=old).exists()


def test_a_minors_goes_later_and_an_open_one_stays(community: Community) -> None:
    finished(community, 12, age=8)
    finished(community, 12, status="accepted")
    assert retention.forget_received() == 0


def test_no_rule_lets_it_go_before_six_years(community: Community) -> None:
    finished(community, 12)
    with pytest.raises(DatabaseError, match="not over"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT guarding_forget_received(%s, now() - interval '2 years')", [community.bank])
