"""Users: one account an address, whatever the case; nobody lets himself in."""

import pytest
from django.test import Client

from tests.community import PASSWORD
from waypost.accounts.selectors import user_by_email, users
from waypost.accounts.services import create_user
from waypost.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_an_address_has_one_account_whatever_its_case() -> None:
    create_user(email="Ana@Cedar.example", name="Ana Reyes", password=PASSWORD)
    with pytest.raises(Refused) as refused:
        create_user(email="ANA@cedar.EXAMPLE ", name="Somebody Else")
    assert refused.value.field == "email"


def test_somebody_is_found_and_signs_in_by_the_address_in_any_case(client: Client) -> None:
    made = create_user(email="ana@cedar.example", name="Ana Reyes", password=PASSWORD)
    found = user_by_email(" ANA@Cedar.example")
    assert found is not None
    assert found.id == made
    client.post("/accounts/login/", {"login": "ANA@cedar.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(made)


def test_an_unknown_id_is_left_out() -> None:
    made = create_user(email="ana@cedar.example", name="Ana Reyes")
    assert list(users([made])) == [made]


def test_nobody_signs_up_alone(client: Client) -> None:
    fields = {"email": "new@cedar.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", fields)
    assert user_by_email("new@cedar.example") is None


def test_a_wrong_password_does_not_tell_whether_the_account_exists(client: Client) -> None:
    create_user(email="ana@cedar.example", name="Ana Reyes", password=PASSWORD)
    known = client.post("/accounts/login/", {"login": "ana@cedar.example", "password": "not this one"})
    unknown = client.post("/accounts/login/", {"login": "nobody@cedar.example", "password": "not this one"})
    assert known.status_code == unknown.status_code == 200
    words = "The email address and/or password you specified are not correct."
    assert words in known.content.decode()
    assert words in unknown.content.decode()
