"""Somebody without an account asks to keep a listing: proof, limits, the staff's answer, who reads what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from tests.community import Community
from tests.rooms.messaging.told import deliver_all, last
from waypost.directory import services
from waypost.directory.models import Newcomer, NewcomerPerson, Organization
from waypost.kernel import clock
from waypost.kernel.actors import Actor
from waypost.messaging import jobs
from waypost.messaging.models import Notice
from waypost.network.models import Invitation
from waypost.network.models import Organization as Participant

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
PAT = {
    "name": "Pat Moss",
    "role": "Pantry lead",
    "email": "pat@harvest.example",
    "phone": "",
    "way": "email",
    "words": "",
    "website": "",
}


@pytest.fixture
def kitchen(community: Community) -> UUID:
    """A service that nobody keeps, with a website and a phone."""
    owner = services.create_organization(
        name="Harvest Church", website="https://www.harvest.example", phone="206-555-0188"
    )
    return services.create_service(
        organization_id=owner, entry=services.ServiceEntry(name="Soup kitchen", description="Soup.")
    )


@pytest.fixture
def ivy(community: Community, sign_in: SignIn) -> Client:
    return sign_in(Client(), community.ivy)


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def ask(kitchen: UUID, address: str = "192.0.2.1", **changes: Any) -> Any:
    client = Client(REMOTE_ADDR=address)
    return client.post(f"/services/{kitchen}/ours/", PAT | changes, follow=True)


def mailed() -> str:
    """The address in the mail that the worker sends."""
    jobs.send_newcomer_link(last("newcomer.link_asked"))
    return "/ours/" + mail.outbox[-1].body.split("/ours/")[1].split()[0]


def test_proved_by_mail_then_let_in_and_invited(
    community: Community, kitchen: UUID, ivy: Client, as_web: Callable[[], None]
) -> None:
    as_web()
    page = text(Client().get(f"/services/{kitchen}/ours/"))
    assert "@harvest.example" in page and "206-555-0188" in page
    assert "A link is on its way" in text(ask(kitchen))
    assert "Pat Moss" not in text(ivy.get("/upkeep/claims/"))  # nothing to do before it is proved
    connection.cursor().execute("RESET ROLE")
    address = mailed()
    assert mail.outbox[-1].to == ["pat@harvest.example"]
    as_web()
    assert "Press the button" in text(Client().get(address))
    assert Newcomer.objects.get().status == "asked"  # a mail scanner only opens
    assert "That is proved." in text(Client().post(address))
    again = Client().post(address)
    assert again.status_code == 422 and "was used" in text(again)
    queue = text(ivy.get("/upkeep/claims/"))
    assert "Pat Moss (Pantry lead)" in queue
    page = f"/upkeep/claims/people/{Newcomer.objects.get().pk}/"
    given = {"decision": "let_in", "words": "Welcome.", "email": "pat@harvest.example"}
    assert "Choose which organization" in text(ivy.post(page, given))
    answer = ivy.post(page, given | {"participant": str(community.stranger)}, follow=True)
    assert "Pat Moss is let in." in text(answer)
    connection.cursor().execute("RESET ROLE")
    assert Organization.objects.get(name="Harvest Church").claimed_by_id == community.stranger
    assert Invitation.objects.get().email == "pat@harvest.example"
    jobs.send_newcomer_answer(last("newcomer.answered"))
    assert "Welcome." in mail.outbox[-1].body and "invitation" in mail.outbox[-1].body
    assert "in the meantime" in text(ivy.post(page, given)) or ivy.post(page, given).status_code == 422


def test_a_call_to_the_listed_number(community: Community, kitchen: UUID, ivy: Client) -> None:
    said = ask(kitchen, way="phone", email="pat@elsewhere.example", phone="206-555-0100")
    assert "will call the number in the listing" in text(said)
    page = f"/upkeep/claims/people/{Newcomer.objects.get().pk}/"
    assert "206-555-0188" in text(ivy.get(page))
    given = {"decision": "let_in", "words": "Yes.", "email": "pat@elsewhere.example"}
    refused = ivy.post(page, given | {"participant": str(community.stranger)})
    assert "not proved yet" in text(refused)
    assert Organization.objects.get(name="Harvest Church").claimed_by_id is None
    assert "speaks for them" in text(ivy.post(f"{page}called/", follow=True))
    ivy.post(page, given | {"participant": str(community.stranger)})
    assert Organization.objects.get(name="Harvest Church").claimed_by_id == community.stranger


def test_one_that_takes_no_part_yet_is_added_on_the_way(kitchen: UUID, ivy: Client) -> None:
    ask(kitchen, way="review", words="I run it.")
    asked = Newcomer.objects.get().pk
    page = f"/upkeep/claims/people/{asked}/"
    add = f"/set-up/organizations/new/?newcomer={asked}"
    assert f'href="{add}"' in text(ivy.get(page))
    form = text(ivy.get(add))
    assert 'value="Harvest Church"' in form and 'value="206-555-0188"' in form and f'href="{page}"' in form
    typed = {"name": "Harvest Church", "kind": "cbo", "legal_status": "none", "person_word": "client"}
    again = ivy.post(add, {**typed, "name": "", "newcomer": str(asked)})
    assert again.status_code == 422 and f'value="{asked}"' in text(again)
    answer = ivy.post(add, {**typed, "newcomer": str(asked)}, follow=True)
    made = Participant.objects.get(name="Harvest Church").pk
    assert answer.redirect_chain[-1][0] == f"{page}?participant={made}"
    assert f'<option value="{made}" selected>' in text(answer)
    given = {"decision": "let_in", "words": "Welcome.", "email": "pat@harvest.example"}
    ivy.post(page, given | {"participant": str(made)})
    assert Organization.objects.get(name="Harvest Church").claimed_by_id == made
    assert ivy.get("/set-up/organizations/new/?newcomer=nonsense").status_code == 404


def test_a_refusal_has_words(kitchen: UUID, ivy: Client) -> None:
    ask(kitchen, way="review", words="I run it.", email="pat@home.example")
    page = f"/upkeep/claims/people/{Newcomer.objects.get().pk}/"
    assert "I run it." in text(ivy.get(page))
    assert ivy.post(page, {"decision": "refuse", "words": ""}).status_code == 422
    ivy.post(page, {"decision": "refuse", "words": "They do not know you."})
    jobs.send_newcomer_answer(last("newcomer.answered"))
    assert "They do not know you." in mail.outbox[-1].body and mail.outbox[-1].to == ["pat@home.example"]
    assert "They do not know you." in text(ivy.get(page))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"email": ""}, "Give an e-mail address or a phone number"),
        ({"email": "pat@elsewhere.example"}, "It has to end in: @harvest.example."),
        ({"email": "pat@harvest.example.evil.example"}, "It has to end in"),
        ({"way": ""}, "Choose how we can be sure."),
        ({"way": "pigeon"}, "pigeon"),
        ({"way": "review"}, "Say why the listing is yours."),
        ({"name": "x" * 300}, "200"),
    ],
)
def test_what_cannot_be_taken_comes_back_in_words(kitchen: UUID, changes: dict[str, str], words: str) -> None:
    answer = ask(kitchen, **changes)
    assert answer.status_code == 422 and words in text(answer)
    assert not Newcomer.objects.exists()


def test_not_too_many(kitchen: UUID) -> None:
    for _turn in range(3):
        assert ask(kitchen).status_code == 200
    assert "several times today" in text(ask(kitchen))
    for number in (2, 3):
        assert ask(kitchen, address=f"198.51.100.{number}").status_code == 200
    assert "Several people asked" in text(ask(kitchen, address="203.0.113.9"))
    ask(kitchen, website="spam")
    assert Newcomer.objects.count() == 5


def test_who_reads_it(
    community: Community, kitchen: UUID, sign_in: SignIn, as_web: Callable[[], None]
) -> None:
    ask(kitchen, way="review", words="Mine")
    page = f"/upkeep/claims/people/{Newcomer.objects.get().pk}/"
    for name in ("sam", "olga", "ana", "lee"):
        assert sign_in(Client(), getattr(community, name)).get(page).status_code == 403
    as_web()
    with connection.cursor() as cursor:
        for organization in ("", str(community.bank)):
            cursor.execute("SELECT set_config('waypost.organization', %s, true)", [organization])
            cursor.execute("SELECT count(*) FROM held_newcomer")
            assert cursor.fetchone()[0] == 0


def test_the_staff_are_told_and_nothing_personal_is_in_it(community: Community, kitchen: UUID) -> None:
    ask(kitchen, way="review", words="Mine")
    deliver_all()
    notice = Notice.objects.get(kind="newcomer.waiting")
    assert notice.held_by_id == community.integrator
    payload = last("newcomer.waiting").ids
    assert "Pat" not in str(payload) and "harvest" not in str(payload)


def test_links_end_and_people_are_forgotten(kitchen: UUID) -> None:
    ask(kitchen)
    address = mailed()
    later = clock.now() + timedelta(days=3)
    with patch.object(clock, "now", lambda: later):
        assert services.forget_newcomers() == 0
    for made_up in (address[:-3] + "xx/", "/ours/nonsense/"):
        assert Client().get(made_up).status_code == 404 and Client().post(made_up).status_code == 404
    Newcomer.objects.update(asked_at=clock.now() - timedelta(days=400))
    services.forget_newcomers()
    assert not NewcomerPerson.objects.exists()
    assert Newcomer.objects.get().sender == ""


def test_a_victim_service_and_a_kept_listing_are_not_asked_about(community: Community, kitchen: UUID) -> None:
    owner = Organization.objects.get(name="Harvest Church")
    for change in (
        {"is_victim_service": True},
        {"claimed_by_id": community.bank, "is_victim_service": False},
    ):
        Organization.objects.filter(pk=owner.pk).update(**change)
        answer = Client().post(f"/services/{kitchen}/ours/", PAT)
        assert answer.status_code == 302 and not Newcomer.objects.exists()
