"""Asking for a coordinator, seeing what became of it, taking a request up."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community, rosa
from waypost.coordination import selectors as coordination
from waypost.coordination.services import Ask, request_coordination
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting

SignIn = Callable[[Client, Actor], Client]
OK, FOUND, FORBIDDEN, NOT_FOUND, REFUSED = 200, 302, 403, 404, 422


@pytest.fixture
def enter(sign_in: SignIn, as_web: Callable[[], None]) -> Callable[[Actor], Client]:
    """Sign in; from here on policies count."""

    def come(actor: Actor) -> Client:
        client = sign_in(Client(), actor)
        as_web()
        return client

    return come


def asked(community: Community, **changes: object) -> UUID:
    given = {"person_name": "Rosa Delgado", "phone": "206-555-0143", "reason": "food-insecurity", **changes}
    with acting(community.ito):
        return request_coordination(actor=community.ito, ask=Ask(**given))  # type: ignore[arg-type]


def typed(**changes: str) -> dict[str, str]:
    return {
        "person_name": "Grace Kim",
        "phone": "",
        "language": "ko",
        "reason": "medical-cost-burden",
        "reason_words": "cannot pay for insulin",
        "channel": "warm_handoff",
        "referrer_role": "provider",
        "warm": "on",
        "expects_call": "on",
        **changes,
    }


def test_a_name_and_a_reason_are_enough(community: Community, enter: Callable[[Actor], Client]) -> None:
    ito = enter(community.ito)
    assert ito.get(reverse("ask")).status_code == OK
    answer = ito.post(reverse("ask"), typed(), follow=True)
    page = answer.content.decode()
    assert "Your request for Grace Kim went to the coordinators." in page
    assert "Nobody has taken it yet." in page
    with acting(community.ana):
        [row] = coordination.open_requests(community.ana)
    assert (row.person_name, row.warm, row.expects_call, row.language) == ("Grace Kim", True, True, "ko")


@pytest.mark.parametrize(
    "changes",
    [
        {"person_name": "", "phone": ""},
        {"reason": ""},
        {"reason": "nonsense"},
        {"reason": "other", "reason_words": ""},
        {"channel": "pigeon"},
        {"person_name": "x" * 500},
    ],
)
def test_too_little_comes_back_with_what_was_typed(
    community: Community, enter: Callable[[Actor], Client], changes: dict[str, str]
) -> None:
    answer = enter(community.ito).post(reverse("ask"), typed(**changes))
    assert answer.status_code == REFUSED
    kept = "Grace Kim" if "person_name" not in changes else "cannot pay for insulin"
    assert kept in answer.content.decode()


def test_asking_never_tells_whether_somebody_is_known(
    community: Community, enter: Callable[[Actor], Client]
) -> None:
    rosa(community.ana)
    answer = enter(community.ito).post(reverse("ask"), typed(person_name="Rosa Delgado"), follow=True)
    assert "already" not in answer.content.decode().lower()


def test_the_coordinator_sees_likely_people_and_takes_one(
    community: Community, enter: Callable[[Actor], Client]
) -> None:
    person = rosa(community.ana)
    request_id = asked(community)
    ana = enter(community.ana)
    page = ana.get(reverse("request_take", args=[request_id])).content.decode()
    assert f'value="{person}"' in page
    assert "same name, same phone" in page
    assert f"{reverse('person_new')}?request={request_id}" in page
    answer = ana.post(reverse("request_take", args=[request_id]), {"person": str(person)})
    assert answer.headers["Location"] == reverse("person", args=[person])
    with acting(community.ana):
        assert coordination.request(community.ana, request_id).status == "taken"
    page = ana.get(reverse("request_take", args=[request_id])).content.decode()
    assert "Ana Reyes took it" in page


def test_what_was_taken_meanwhile_says_who_was_quicker(
    community: Community, enter: Callable[[Actor], Client]
) -> None:
    person = rosa(community.ana)
    request_id = asked(community)
    ana = enter(community.ana)
    ana.post(reverse("request_take", args=[request_id]), {"person": str(person)})
    answer = ana.post(reverse("request_take", args=[request_id]), {"person": str(person)})
    assert answer.status_code == REFUSED
    assert "Ana Reyes took it" in answer.content.decode()


@pytest.mark.parametrize("person", ["", "not-an-id"])
def test_taking_for_nobody_is_refused(
    community: Community, enter: Callable[[Actor], Client], person: str
) -> None:
    request_id = asked(community)
    answer = enter(community.ana).post(reverse("request_take", args=[request_id]), {"person": person})
    assert answer.status_code == REFUSED


def test_closing_tells_whoever_asked_why(community: Community, enter: Callable[[Actor], Client]) -> None:
    request_id = asked(community)
    ana = enter(community.ana)
    bad = ana.post(reverse("request_take", args=[request_id]), {"do": "close", "words": "Rang three times."})
    assert bad.status_code == REFUSED
    assert "Rang three times." in bad.content.decode()
    done = {"do": "close", "reason": "could_not_reach"}
    assert ana.post(reverse("request_take", args=[request_id]), done).status_code == FOUND
    page = enter(community.ito).get(reverse("my_requests")).content.decode()
    assert "could not be reached" in page


def test_others_see_nothing_of_it(community: Community, enter: Callable[[Actor], Client]) -> None:
    request_id = asked(community)
    assert enter(community.ito).get(reverse("request_take", args=[request_id])).status_code == FORBIDDEN
    sam = enter(community.sam)
    assert sam.get(reverse("request_take", args=[request_id])).status_code == FORBIDDEN


def test_the_form_knows_who_asked_last_time(community: Community, enter: Callable[[Actor], Client]) -> None:
    """The front desk need not say each time that it is not a provider."""
    asked(community, referrer_role="front_desk")
    page = enter(community.ito).get(reverse("ask")).content.decode()
    assert '<option value="front_desk" selected>' in page
