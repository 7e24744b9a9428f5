"""Work that was left behind: the integrator ended an access, and a supervisor hands everything over."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community, rosa, sent_referral
from tests.guards import officer
from tests.web.meddling import as_owner, audited, memberships
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.consent import services
from waypost.coordination import selectors as coordination
from waypost.coordination import services as coordinating
from waypost.kernel.actors import Actor
from waypost.kernel.errors import Refused
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]


@pytest.fixture
def lee(community: Community, sign_in: SignIn) -> Client:
    """The supervisor of the clinic."""
    return sign_in(Client(), community.lee)


def gone(community: Community, ivy: Client) -> str:
    """Ivy, who sees nobody's records, ends Ana's access; where her work can be handed over."""
    (hers,) = memberships(community.ana)
    assert ivy.post(reverse("member_end", args=[hers.id]), {"to": ""}).status_code == FOUND
    return reverse("member_hand_over", args=[community.ana.user_id])


def test_everything_goes_to_a_colleague_in_one_form(community: Community, ivy: Client, lee: Client) -> None:
    person, _, _ = sent_referral(community)
    with acting(community.ana):
        coordinating.open_episode(actor=community.ana, person_id=person)
    page = gone(community, ivy)
    team = text(lee.get(reverse("team")))
    assert "No longer works here" in team and page in team
    shown = text(lee.get(page))
    assert "1 person in the caseload" in shown and "1 open referral" in shown
    for nobody in ("", str(community.sam.user_id), str(community.ito.user_id), str(community.ana.user_id)):
        assert lee.post(page, {"to": nobody}).status_code == REFUSED
    assert lee.post(page, {"to": str(community.lee.user_id)}).status_code == FOUND
    team = text(lee.get(reverse("team")))
    assert "No longer works here" not in team and page not in team
    with acting(community.lee):
        episode = coordination.episode(community.lee, person)
        assert episode is not None and episode.lead_id == community.lee.user_id
        assert coordinating.in_hand(community.lee, community.ana.user_id).nothing  # type: ignore[arg-type]
        assert coordinating.in_hand(community.lee, community.lee.user_id) == coordinating.InHand(1, 1, 0, 0)  # type: ignore[arg-type]
    [line] = audited("coordination.hand_over_everything")
    assert line.subject_ids == [community.ana.user_id, community.lee.user_id]
    assert "Nothing is in hand" in text(lee.get(page))


def test_somebody_who_left_with_a_referral_and_nobody_in_hand_is_found_too(
    community: Community, ivy: Client, lee: Client
) -> None:
    sent_referral(community)
    assert "No longer works here" not in text(lee.get(reverse("team")))
    page = gone(community, ivy)
    assert page in text(lee.get(reverse("team")))


def test_whoever_left_with_nothing_is_not_on_the_page(community: Community, ivy: Client, lee: Client) -> None:
    page = gone(community, ivy)
    team = text(lee.get(reverse("team")))
    assert "No longer works here" not in team and page not in team


def test_only_a_supervisor_of_the_same_organization_hands_over(
    community: Community, ivy: Client, sam: Client, sign_in: SignIn
) -> None:
    with acting(community.ana):
        coordinating.open_episode(actor=community.ana, person_id=rosa(community.ana))
    page = gone(community, ivy)
    made: list[Actor] = []
    as_owner(lambda: made.append(officer(community.stranger, "Uma Lind", role="supervisor")))
    stranger = sign_in(Client(), made[0])
    for client, status in ((ivy, FORBIDDEN), (sam, FORBIDDEN), (stranger, NOT_FOUND)):
        assert client.get(page).status_code == status
        assert client.post(page, {"to": str(community.lee.user_id)}).status_code == status


def test_who_still_works_here_is_not_handed_over_behind_the_back(community: Community, lee: Client) -> None:
    page = reverse("member_hand_over", args=[community.ana.user_id])
    assert lee.get(page).status_code == NOT_FOUND
    assert lee.get(reverse("team")).status_code == OK


def test_whoever_keeps_the_colleague_out_stays_behind_and_is_named(
    community: Community, ivy: Client, lee: Client, sign_in: SignIn
) -> None:
    """What Rosa has goes to Max, whom she does not keep out; Leo's goes to Lee at once."""
    made: list[Actor] = []
    as_owner(lambda: made.append(officer(community.clinic, "Max Roth", role="supervisor")))
    [max_roth] = made
    person, referral, _ = sent_referral(community)
    with acting(community.ana):
        other = register(actor=community.ana, identity=Identity(given_name="Leo", family_name="Vega"))
        for each in (person, other):
            coordinating.open_episode(actor=community.ana, person_id=each)
        assert max_roth.user_id is not None
        services.block(actor=community.ana, person_id=person, worker_ids=[max_roth.user_id])
    page = gone(community, ivy)
    assert lee.post(page, {"to": str(max_roth.user_id)}).status_code == FOUND
    shown = text(lee.get(page))
    assert "Not handed over: Rosa Delgado. They want Max Roth" in shown and "Leo" not in shown
    assert "1 person in the caseload" in shown and "1 open referral" in shown
    with acting(community.lee):
        known = {each: coordination.episode(community.lee, each) for each in (person, other)}
        assert [each and each.lead_id for each in known.values()] == [community.ana.user_id, max_roth.user_id]
    assert page in text(lee.get(reverse("team")))
    assert lee.post(page, {"to": str(community.lee.user_id)}).status_code == FOUND
    assert page not in text(lee.get(reverse("team")))


def test_an_access_ends_also_where_somebody_keeps_the_colleague_out(
    community: Community, sign_in: SignIn
) -> None:
    made: list[Actor] = []
    as_owner(lambda: made.append(officer(community.clinic, "Max Roth", role="supervisor")))
    person, _, _ = sent_referral(community)
    with acting(community.ana):
        assert made[0].user_id is not None
        services.block(actor=community.ana, person_id=person, worker_ids=[made[0].user_id])
    (hers,) = memberships(community.ana)
    client = sign_in(Client(), community.lee)
    answer = client.post(reverse("member_end", args=[hers.id]), {"to": str(made[0].user_id)}, follow=True)
    assert "Not handed over: Rosa Delgado" in text(answer)
    assert reverse("member_hand_over", args=[community.ana.user_id]) in text(client.get(reverse("team")))


def test_nobody_is_put_into_the_hands_of_whom_they_keep_out(community: Community) -> None:
    person = rosa(community.ana)
    with acting(community.ana):
        episode = coordinating.open_episode(actor=community.ana, person_id=person)
        assert community.lee.user_id is not None
        services.block(actor=community.ana, person_id=person, worker_ids=[community.lee.user_id])
        with pytest.raises(Refused, match="wants Lee Park kept out"):
            coordinating.hand_over(actor=community.ana, episode_id=episode, lead_id=community.lee.user_id)
