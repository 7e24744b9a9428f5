"""Limits of claiming that outlive one claim: numbers changed lately, and links that were sent."""

from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

import pytest

from tests.community import Community
from waypost.directory import selectors, services
from waypost.directory.models import Claim
from waypost.directory.services import ServiceEntry
from waypost.kernel import clock
from waypost.kernel.errors import Refused


@pytest.fixture
def church(community: Community) -> UUID:
    """A listing outside the network, with a phone and a website."""
    owner = services.create_organization(
        name="Harvest Church", website="https://www.harvest.example", phone="206-555-0188"
    )
    services.create_service(organization_id=owner, entry=ServiceEntry(name="Soup kitchen"))
    return owner


@pytest.fixture
def asked(community: Community, church: UUID) -> UUID:
    return services.ask_claim(actor=community.olga, organization_id=church)


@pytest.mark.django_db
def test_two_who_help_each_other_cannot_be_called_on_a_number_of_their_own(
    community: Community, church: UUID
) -> None:
    """Sam writes a number, Olga claims by it: for a month it proves nothing, unless a third confirms it."""
    about = {"entity": "organization", "row_id": church, "field": "phones", "how": "phone"}
    ours = [{"number": "206-555-0999", "type": "voice"}]
    services.say_field(actor=community.sam, value=ours, **about)  # type: ignore[arg-type]
    claim = services.ask_claim(actor=community.olga, organization_id=church)
    assert selectors.claim_offer(claim).phone == ""
    services.confirm_field(actor=community.sam, **about)  # type: ignore[arg-type]
    assert selectors.claim_offer(claim).phone == ""
    services.confirm_field(actor=community.ana, **about)  # type: ignore[arg-type]
    assert selectors.claim_offer(claim).phone == "206-555-0999"
    services.say_field(actor=community.sam, value=[ours[0] | {"extension": "2"}], **about)  # type: ignore[arg-type]
    assert selectors.claim_offer(claim).phone == ""
    later = clock.now() + timedelta(days=31)
    with patch.object(clock, "now", lambda: later):
        assert selectors.claim_offer(claim).phone == "206-555-0999"


@pytest.mark.django_db
def test_beginning_anew_gives_no_more_links(community: Community, church: UUID, asked: UUID) -> None:
    olga, email = community.olga, "office@harvest.example"
    for _turn in range(5):
        services.prove_by_email(actor=olga, claim_id=asked, email=email)
    services.withdraw_claim(actor=olga, claim_id=asked)
    again = services.ask_claim(actor=olga, organization_id=church)
    with pytest.raises(Refused, match="Five links"):
        services.prove_by_email(actor=olga, claim_id=again, email=email)
    Claim.objects.filter(pk=asked).update(asked_at=clock.now() - timedelta(days=31))
    services.prove_by_email(actor=olga, claim_id=again, email=email)
