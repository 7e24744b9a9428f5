"""The hub of whoever guards privacy, and the audit's chain on its page."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tests.community import Community
from tests.guards import officer
from tests.web.meddling import as_owner
from tests.web.reading import FORBIDDEN, FOUND, OK, text
from waypost.guarding.jobs import verify_audit_now
from waypost.kernel import audit
from waypost.kernel.actors import Actor
from waypost.kernel.models import AuditEntry, Event

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


@pytest.mark.parametrize(
    ("who", "status"),
    [("lee", OK), ("ivy", OK), ("ana", FORBIDDEN), ("ito", FORBIDDEN), ("sam", FORBIDDEN)],
)
def test_who_opens_the_hub(community: Community, sign_in: SignIn, who: str, status: int) -> None:
    client = sign_in(Client(), getattr(community, who))
    for address in ("/privacy/", "/privacy/audit/"):
        assert client.get(address).status_code == status, address


def test_the_privacy_officer_begins_here(community: Community, sign_in: SignIn) -> None:
    client = sign_in(Client(), officer(community.clinic))
    answer = client.get("/home/")
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, "/privacy/")
    page = text(client.get("/privacy/"))
    assert "Nothing waits." in page
    assert "It is checked every night" in page


def test_a_broken_audit_waits_in_the_hub_and_is_told_to_the_networks_staff(
    community: Community, sign_in: SignIn
) -> None:
    audit.record("thing.done", actor=community.ana)
    audit.seal()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_auditentry SET actor_name = 'Eve'")
    assert not verify_audit_now("").holds
    told = Event.objects.filter(name="audit.broken").values_list("payload__to_organization", flat=True)
    assert list(told) == [str(community.integrator)]
    client = sign_in(Client(), community.ivy)
    assert "The audit does not hold." in text(client.get("/privacy/"))
    assert "(seal 1) was changed" in text(client.get("/privacy/audit/"))


def test_the_check_on_demand_is_queued_and_asking_twice_does_no_harm(
    community: Community, sign_in: SignIn
) -> None:
    client = sign_in(Client(), community.lee)
    for _ in range(2):
        assert client.post("/privacy/audit/").status_code == FOUND
    found: list[int] = []

    def count() -> None:
        found.append(AuditEntry.objects.filter(action="audit.verify").count())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'guarding.verify_audit'"
            )
            found.append(cursor.fetchone()[0])

    as_owner(count)
    assert found == [2, 1]
