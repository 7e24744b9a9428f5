"""Private needs that a young person asked for alone are marked; ordinary ones are not (45 CFR 164.502(g))."""

from datetime import date

import pytest
from django.test import override_settings

from tests.community import FOOD, Community, agree
from waypost.kernel.transaction import acting
from waypost.people.services import Identity, register
from waypost.screening.models import Need
from waypost.screening.services import add_need

pytestmark = pytest.mark.django_db
VIOLENCE = "intimate-partner-violence"


@pytest.mark.parametrize(("state", "marked"), [("US-WA", True), ("US-TX", False)])
def test_only_what_is_private_and_was_asked_alone(community: Community, state: str, marked: bool) -> None:
    """RCW 71.34.530: from 13 on, alone to help with the mind in Washington; in Texas both say yes."""
    with acting(community.ana):
        leo = register(actor=community.ana, identity=Identity(given_name="Leo", birth_date=date(2011, 1, 10)))
        needs = {
            code: add_need(
                actor=community.ana, person_id=leo, category=code, wants_help="yes", source="told_us"
            )
            for code in (FOOD, VIOLENCE)
        }
        Need.objects.filter(pk=needs[VIOLENCE]).update(sensitivities=["mental_health"])
    both = {} if marked else {"representative": "Luz", "authority": "parent", "minor_signed_by": "Leo"}
    with override_settings(JURISDICTION=state):
        agree(
            community.ana,
            leo,
            topics=["identity", "contact", FOOD, VIOLENCE],
            captured="written",
            covers_sensitivities=["mental_health"],
            **both,
        )
    known = {str(each.id): each.sensitivities for each in Need.objects.filter(person_id=leo)}
    assert ("minor_consented" in known[str(needs[VIOLENCE])]) is marked
    assert known[str(needs[FOOD])] == []
