"""Letting people in: the invitation, the training, roles, and the end of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.community import FOOD, PASSWORD, Community, food_need, rosa, sent_referral
from tests.web.meddling import as_owner, audited, memberships
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.accounts import training
from waypost.accounts.selectors import user_by_email
from waypost.accounts.services import create_user
from waypost.coordination import selectors as coordination
from waypost.coordination import services as coordinating
from waypost.kernel.actors import Actor
from waypost.kernel.events import as_announcement
from waypost.kernel.models import Event
from waypost.kernel.transaction import acting
from waypost.messaging.invitations import send_invitation
from waypost.network.selectors import members

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
NEW = "noor@cedar.example"
CHOSEN = "seven blue herons at dusk"
RIGHT = {"neighbor": "no", "caller": "officer", "mistake": "now"}  # from the words of the page itself
GONE = 410


@pytest.fixture
def lee(community: Community, sign_in: SignIn) -> Client:
    """The supervisor of the clinic."""
    return sign_in(Client(), community.lee)


def invited(lee: Client, email: str = NEW, role: str = "coordinator") -> str:
    """Invite somebody in the page, let the job send it, and take the link out of the e-mail."""
    answer = lee.post(reverse("member_invite"), {"email": email, "role": role})
    assert answer.status_code == FOUND, text(answer)
    return sent_link()


def sent_link() -> str:
    def send() -> None:
        send_invitation(as_announcement(Event.objects.filter(name="invitation.sent").latest("at", "id")))

    as_owner(send)
    return re.search(r"http://[^/]+(/members/join/\S+)", str(mail.outbox[-1].body)).group(1)  # type: ignore[union-attr]


def chosen(**changes: str) -> dict[str, str]:
    return {"name": "Noor Haddad", "password1": CHOSEN, "password2": CHOSEN, **changes}


def test_somebody_comes_in_by_link_password_and_training(community: Community, lee: Client) -> None:
    link = invited(lee)
    (message,) = mail.outbox
    assert message.to == [NEW]
    assert "Lee Park asks you" in message.body and "Lee Park le pide" in message.body
    noor = Client()
    assert "Cedar Clinic" in text(noor.get(link))
    assert noor.post(link, chosen()).headers["Location"] == "/account/training/"
    # an account opens only after the training: until then there is no organization
    with acting(community.lee):
        assert NEW not in {each.user_name for each in members(community.clinic)}
        assert len(members(community.clinic)) == 3
    assert noor.get("/my-day/").status_code == FORBIDDEN
    assert noor.post("/account/training/", {**RIGHT, "caller": "tell"}).status_code == REFUSED
    assert noor.get("/my-day/").status_code == FORBIDDEN
    assert noor.post("/account/training/", RIGHT).status_code == FOUND
    assert noor.get("/my-day/").status_code == OK
    with acting(community.lee):
        assert "Noor Haddad" in {each.user_name for each in members(community.clinic)}
    assert "Noor Haddad" in text(lee.get(reverse("members")))


def test_the_link_works_once(community: Community, lee: Client) -> None:
    link = invited(lee)
    noor = Client()
    noor.post(link, chosen())
    noor.post("/account/training/", RIGHT)
    assert Client().get(link).status_code == GONE
    assert Client().post(link, chosen(name="Eve")).status_code == GONE


def test_a_second_reader_of_the_link_cannot_set_another_password(community: Community, lee: Client) -> None:
    link = invited(lee)
    Client().post(link, chosen())
    eve = Client()
    eve.post(link, chosen(name="Eve", password1="another long password", password2="another long password"))
    assert "_auth_user_id" not in eve.session
    assert "There is an account" in text(eve.get(link))


@pytest.mark.parametrize("spoil", ["expired", "taken back", "newer", "forged", "garbage"])
def test_a_link_that_does_not_work_any_more_says_so(community: Community, lee: Client, spoil: str) -> None:
    link = invited(lee)
    (invitation,) = re.findall(r"/members/invitations/([0-9a-f-]+)/again/", text(lee.get(reverse("members"))))
    after = timezone.now()
    if spoil == "expired":
        after += timedelta(days=7, minutes=1)
    elif spoil == "taken back":
        lee.post(reverse("member_take_back", args=[invitation]))
    elif spoil == "newer":
        after += timedelta(minutes=5)
        with time_machine.travel(after, tick=True):
            lee.post(reverse("member_invite_again", args=[invitation]))
            newer = sent_link()
            assert Client().get(newer).status_code == OK
    elif spoil == "forged":
        link = link.replace("/members/join/", "/members/join/x")
    else:
        link = "/members/join/nothing-that-we-signed/"
    with time_machine.travel(after, tick=True):
        assert Client().get(link).status_code == GONE
        Client().post(link, chosen())
    assert user_by_email(NEW) is None


def test_an_invitation_is_not_for_another_user(community: Community, lee: Client, olga: Client) -> None:
    link = invited(lee)
    assert "somebody else" in text(olga.get(link))
    session = olga.session
    session["joining"] = link.split("/")[3]
    session.save()
    olga.post("/account/training/", RIGHT)
    assert [each.organization_name for each in memberships(community.olga)] == ["Alder Shelter Fund"]


def test_a_user_of_another_organization_gets_a_second_place(
    community: Community, lee: Client, olga: Client
) -> None:
    link = invited(lee, email="OLGA@alder.example")
    assert olga.get(link).headers["Location"] == "/account/training/"
    assert "Open my account" in text(olga.get("/account/training/"))
    olga.post("/account/training/")
    assert {each.organization_name for each in memberships(community.olga)} == {
        "Alder Shelter Fund",
        "Cedar Clinic",
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"email": "ana@cedar.example"}, "works here already"),
        ({"email": "not an address"}, "valid email"),
        ({"role": "integrator"}, "valid choice"),
        ({"role": ""}, "required"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_in_words(
    community: Community, lee: Client, given: dict[str, str], words: str
) -> None:
    answer = lee.post(reverse("member_invite"), {"email": NEW, "role": "coordinator", **given})
    assert (answer.status_code, words in text(answer)) == (REFUSED, True)


def test_the_same_address_is_invited_once_and_not_again_at_once(community: Community, lee: Client) -> None:
    invited(lee)
    answer = lee.post(reverse("member_invite"), {"email": NEW.upper(), "role": "referrer"})
    assert (answer.status_code, "invited already" in text(answer)) == (REFUSED, True)
    (invitation,) = re.findall(r"/members/invitations/([0-9a-f-]+)/again/", text(lee.get(reverse("members"))))
    assert "a moment ago" in text(lee.post(reverse("member_invite_again", args=[invitation]), follow=True))


def test_no_more_than_forty_a_day(community: Community, lee: Client) -> None:
    for number in range(40):
        lee.post(reverse("member_invite"), {"email": f"n{number}@cedar.example", "role": "referrer"})
    answer = lee.post(reverse("member_invite"), {"email": NEW, "role": "referrer"})
    assert (answer.status_code, "tomorrow" in text(answer)) == (REFUSED, True)


@pytest.mark.parametrize("weak", ["short", "password1234", "noor@cedar.example", "123456789012"])
def test_a_weak_password_is_refused(community: Community, lee: Client, weak: str) -> None:
    answer = Client().post(invited(lee), chosen(password1=weak, password2=weak))
    assert answer.status_code == REFUSED
    assert user_by_email(NEW) is None


# who may let in whom


@pytest.mark.parametrize("who", ["ana", "ito", "sam"])
def test_others_let_nobody_in(community: Community, client: Client, sign_in: SignIn, who: str) -> None:
    sign_in(client, getattr(community, who))
    for page in ("members", "member_invite", "member_roles"):
        assert client.get(reverse(page)).status_code == FORBIDDEN
    assert (
        client.post(reverse("member_invite"), {"email": NEW, "role": "supervisor"}).status_code == FORBIDDEN
    )


def test_a_supervisor_has_no_say_in_another_organization(community: Community, lee: Client) -> None:
    (theirs,) = memberships(community.sam)
    assert lee.get(f"{reverse('members')}?of={community.bank}").status_code == NOT_FOUND
    for page in ("member", "member_end"):
        for answer in (lee.get(reverse(page, args=[theirs.id])), lee.post(reverse(page, args=[theirs.id]))):
            assert answer.status_code == NOT_FOUND
    posted = lee.post(f"{reverse('member_invite')}?of={community.bank}", {"email": NEW, "role": "supervisor"})
    assert posted.status_code == NOT_FOUND
    assert [each.role for each in memberships(community.sam)] == ["intake_worker"]


def test_the_integrator_lets_in_the_first_supervisor_of_any(community: Community, ivy: Client) -> None:
    assert "Sam Ortiz" in text(ivy.get(f"{reverse('members')}?of={community.bank}"))
    answer = ivy.post(f"{reverse('member_invite')}?of={community.bank}", {"email": NEW, "role": "supervisor"})
    assert answer.headers["Location"] == f"/members/?of={community.bank}"
    noor = Client()
    noor.post(sent_link(), chosen())
    noor.post("/account/training/", RIGHT)
    assert noor.get("/team/").status_code == OK


def test_a_role_changes_with_the_next_page(community: Community, lee: Client, ana: Client) -> None:
    (hers,) = memberships(community.ana)
    assert ana.get("/people/").status_code == OK
    assert lee.post(reverse("member", args=[hers.id]), {"role": "referrer"}).status_code == FOUND
    assert ana.get("/people/").status_code == FORBIDDEN
    [line] = audited("network.change_role")
    assert (line.actor_id, line.subject_ids) == (community.lee.user_id, [community.ana.user_id])


def test_the_last_one_who_lets_people_in_stays(community: Community, lee: Client) -> None:
    (own,) = memberships(community.lee)
    answer = lee.post(reverse("member", args=[own.id]), {"role": "coordinator"})
    assert (answer.status_code, "nobody left" in text(answer)) == (REFUSED, True)
    answer = lee.post(reverse("member_end", args=[own.id]), {"to": ""})
    assert (answer.status_code, "your own access" in text(answer)) == (REFUSED, True)


# the training


def test_without_a_training_everything_leads_to_it(community: Community, client: Client) -> None:
    user = create_user(email=NEW, name="Noor Haddad", password=PASSWORD)
    client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert user
    assert client.get("/account/training/").status_code == OK


def test_after_a_year_it_comes_first_and_what_was_typed_is_kept(community: Community, ana: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=True):
        answer = ana.post(reverse("person_new"), {"given_name": "Minh", "family_name": "Tran"})
        assert answer.headers["Location"].startswith("/account")


def test_the_training_is_written_in_both_languages_with_three_questions() -> None:
    english, spanish = training.current_page("en"), training.current_page("es")
    assert len(english.questions) == len(spanish.questions) == 3
    for one, other in zip(english.questions, spanish.questions, strict=True):
        assert one.ask != other.ask
        assert one.right in {value for value, _ in one.options}
    assert [len(each.words) for each in english.parts] == [len(each.words) for each in spanish.parts]


# leaving


def test_whoever_leaves_hands_everything_over_and_is_out_at_once(
    community: Community, lee: Client, ana: Client
) -> None:
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        coordinating.open_episode(actor=community.ana, person_id=person)
    (hers,) = memberships(community.ana)
    page = text(lee.get(reverse("member_end", args=[hers.id])))
    assert "1 person in the caseload" in page and "1 open referral" in page
    assert lee.post(reverse("member_end", args=[hers.id]), {"to": ""}).status_code == REFUSED
    assert ana.get("/my-day/").status_code == OK  # refused: nothing changed
    answer = lee.post(reverse("member_end", args=[hers.id]), {"to": str(community.lee.user_id)})
    assert answer.status_code == FOUND
    assert ana.get("/my-day/").status_code == FORBIDDEN
    with acting(community.lee):
        episode = coordination.episode(community.lee, person)
        assert episode is not None and episode.lead_id == community.lee.user_id
        assert coordinating.in_hand(community.lee, community.ana.user_id).nothing  # type: ignore[arg-type]
    assert referral


def test_work_is_not_handed_to_a_stranger(community: Community, lee: Client) -> None:
    person = rosa(community.ana)
    food_need(community.ana, person)
    with acting(community.ana):
        coordinating.open_episode(actor=community.ana, person_id=person)
    (hers,) = memberships(community.ana)
    for other in (community.sam.user_id, community.ana.user_id, community.ito.user_id):
        answer = lee.post(reverse("member_end", args=[hers.id]), {"to": str(other)})
        assert answer.status_code == REFUSED
    assert FOOD and [each.role for each in memberships(community.ana)] == ["coordinator"]
