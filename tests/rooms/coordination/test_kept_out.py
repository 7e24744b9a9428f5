"""Nobody is put into the hands of a colleague whom they want kept out (requirements, section B)."""

import pytest

from tests.community import Community, rosa
from tests.guards import officer
from waypost.consent.services import block
from waypost.coordination import selectors
from waypost.coordination.services import open_episode
from waypost.coordination.services.leaving import hand_over_everything, in_hand
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register

pytestmark = pytest.mark.django_db


def test_what_is_kept_back_stays_whole_until_somebody_else_takes_it(community: Community) -> None:
    ana = community.ana
    max_roth = officer(community.clinic, "Max Roth", role="supervisor")
    assert ana.user_id is not None and max_roth.user_id is not None
    person = rosa(ana)
    with acting(ana):
        other = register(actor=ana, identity=Identity(given_name="Leo", family_name="Vega"))
        for each in (person, other):
            open_episode(actor=ana, person_id=each)
        block(actor=ana, person_id=person, worker_ids=[max_roth.user_id])
    with acting(community.lee):
        moved = hand_over_everything(actor=community.lee, user_id=ana.user_id, to_id=max_roth.user_id)
        assert (moved.people, moved.kept_back) == (2, (person,))
        left, taken = (in_hand(community.lee, each).people for each in (ana.user_id, max_roth.user_id))
        assert (left, taken) == (1, 1)
        again = hand_over_everything(actor=community.lee, user_id=ana.user_id, to_id=community.lee.user_id)
        assert again.kept_back == () and in_hand(community.lee, ana.user_id).nothing
        episode = selectors.episode(community.lee, person)
    assert episode is not None and episode.lead_id == community.lee.user_id
