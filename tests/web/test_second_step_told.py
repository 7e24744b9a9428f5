"""What follows a change of the second step once it is stored: a letter to the owner, a new session key."""

import pytest
from django.core import mail

from tests.community import Community
from tests.web.test_second_step import enrol, entered

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_owner_hears_of_a_change_by_mail_and_the_session_gets_a_new_key(community: Community) -> None:
    client = entered("ana@cedar.example")
    before = client.session.session_key
    enrol(client)
    assert client.session.session_key != before
    assert any("An app for codes was added" in str(each.body) for each in mail.outbox)
    assert all(each.to == ["ana@cedar.example"] for each in mail.outbox)
