"""Signed copies of agreements: the same file once, withdrawn with a reason, offered no more."""

from datetime import date
from uuid import UUID

import pytest

from tests.community import Community
from waypost.kernel.errors import NotVisible, Refused
from waypost.network.copies import add_copy, copies_of, open_copy, withdraw_copy, withdrawn_copies
from waypost.network.services import record_agreement

pytestmark = pytest.mark.django_db
SIGNED, OTHER = b"%PDF-1.7\nsigned\n%%EOF\n", b"%PDF-1.7\nanother\n%%EOF\n"


@pytest.fixture
def agreed(community: Community) -> UUID:
    """The clinic and the food bank share data."""
    day = date(2026, 1, 1)
    parties = [community.clinic, community.bank]
    return record_agreement(kind="data_sharing", party_ids=parties, valid_from=day, signed_on=day)


def test_the_same_file_is_kept_once_with_an_agreement(community: Community, agreed: UUID) -> None:
    first = add_copy(actor=community.ivy, agreement_id=agreed, data=SIGNED)
    with pytest.raises(Refused, match="kept with this agreement already"):
        add_copy(actor=community.ivy, agreement_id=agreed, data=SIGNED)
    second = add_copy(actor=community.ivy, agreement_id=agreed, data=OTHER)
    assert [each.id for each in copies_of([agreed])[agreed]] == [first, second]


def test_what_is_withdrawn_is_offered_no_more_and_may_be_added_again(
    community: Community, agreed: UUID
) -> None:
    made = add_copy(actor=community.ivy, agreement_id=agreed, data=SIGNED)
    for nothing in ("", "  \n"):
        with pytest.raises(Refused, match="Say why"):
            withdraw_copy(actor=community.ivy, copy_id=made, why=nothing)
    assert withdraw_copy(actor=community.ivy, copy_id=made, why=" wrong page ") == agreed
    assert copies_of([agreed]) == {}
    assert [(each.id, each.why, each.withdrawn_by) for each in withdrawn_copies(agreed)] == [
        (made, "wrong page", community.ivy.name)
    ]
    with pytest.raises(NotVisible):
        open_copy(community.ivy, made)
    with pytest.raises(NotVisible):
        withdraw_copy(actor=community.ivy, copy_id=made, why="once more")
    assert add_copy(actor=community.ivy, agreement_id=agreed, data=SIGNED) != made
