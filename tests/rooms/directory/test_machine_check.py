"""What a machine finds out: the form of numbers and addresses, and whether the web answers."""

import pytest

from tests.community import Community
from tests.rooms.kernel.loopback import LOOPBACK, Handler, serving
from waypost.directory.models import FieldFact, Phone, Service
from waypost.directory.rules.machine import email_result, phone_result, web_result
from waypost.directory.selectors import field_states
from waypost.directory.services import check_by_machine, check_some_by_machine, check_web, confirm_field


@pytest.mark.parametrize(
    ("number", "result"),
    [
        ("206-555-0143", "ok"),
        ("(206) 555-0143", "ok"),
        ("+1 206.555.0143", "ok"),
        ("1-206-555-0143", "ok"),
        ("206-555-0143 ext. 12", "ok"),
        ("206-555-0143 x12", "ok"),
        ("211", "ok"),
        ("988", "ok"),
        ("555-0143", "ok"),
        ("555-01", "not_dialable"),
        ("call the desk", "not_dialable"),
        ("1-800-FOOD-NOW", "not_dialable"),
        ("106-555-0143", "not_in_plan"),
        ("206-055-0143", "not_in_plan"),
        ("206-555-0143 or 206-555-0144", "not_dialable"),
        ("", "not_dialable"),
    ],
)
def test_phone_numbers(number: str, result: str) -> None:
    assert phone_result(number) == result


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("info@stluke.example", "ok"),
        ("a.b+c@x-y.example.org", "ok"),
        ("info@stluke", "not_an_address"),
        ("info at stluke.org", "not_an_address"),
        ("a..b@x.org", "not_an_address"),
        ("a@-x.org", "not_an_address"),
        ("a@x.org, b@x.org", "not_an_address"),
    ],
)
def test_email_addresses(address: str, result: str) -> None:
    assert email_result(address) == result


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("https://stluke.example/food", "ok"),
        ("HTTP://stluke.example", "ok"),
        ("stluke.example", "not_an_address"),
        ("ftp://stluke.example", "not_an_address"),
        ("javascript:alert(1)", "not_an_address"),
        ("https://", "not_an_address"),
        ("https://a b.example", "not_an_address"),
        ("https://x.example:99999", "not_an_address"),
        ("http://127.0.0.1/", "not_public"),
        ("http://[::1]/", "not_public"),
        ("http://192.168.0.4/", "not_public"),
        ("http://localhost/", "not_public"),
        ("http://printer.local/", "not_public"),
    ],
)
def test_web_addresses(address: str, result: str) -> None:
    assert web_result(address) == result


@pytest.mark.django_db
def test_results_stand_with_the_field_and_leave_a_humans_word(community: Community) -> None:
    Phone.objects.create(service_id=community.pantry, number="206-555-01")
    Service.objects.filter(pk=community.pantry).update(email="info@stluke", url="https://stluke.example")
    confirm_field(actor=community.ana, entity="service", row_id=community.pantry, field="email", how="web")
    assert check_by_machine(service_ids=[community.pantry]) == 3
    found = {each.field: each for each in field_states(community.pantry)}
    assert [found[name].check_result for name in ("phones", "email", "url")] == [
        "not_dialable",
        "not_an_address",
        "ok",
    ]
    assert (found["email"].confirmed_by, found["phones"].confirmed_on) == ("Ana Reyes", None)
    assert Service.objects.get(pk=community.pantry).contact_confirmed_on is not None  # by Ana, not by this
    Service.objects.filter(pk=community.groceries).update(email="info@bank.example")
    assert check_some_by_machine() == 1
    assert check_some_by_machine() == 0


@pytest.mark.django_db
def test_a_machine_never_confirms_a_contact(community: Community) -> None:
    Service.objects.filter(pk=community.pantry).update(email="info@stluke.example")
    check_by_machine(service_ids=[community.pantry])
    service = Service.objects.get(pk=community.pantry)
    assert (service.contact_confirmed_on, service.confirmed_on) == (None, None)
    assert FieldFact.objects.get().confirmed_on is None


def _status(handler: Handler) -> None:
    handler.say(int(handler.path.strip("/")))


def test_the_web_is_asked_only_where_that_is_switched_on(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waypost.directory.services.machine.web_result", lambda _url: "ok")
    with serving(_status) as server:
        settings.CHECK_WEB_ADDRESSES = False  # type: ignore[attr-defined]
        assert check_web(url=f"{server.url}/200") == "ok"
        assert server.asked == []
        settings.CHECK_WEB_ADDRESSES = True  # type: ignore[attr-defined]
        assert check_web(url=f"{server.url}/200") == "no_answer"  # this machine is not the public internet
        assert server.asked == []
        settings.FETCH_PRIVATE = LOOPBACK  # type: ignore[attr-defined]
        assert [check_web(url=f"{server.url}/{status}") for status in (200, 404, 410, 500)] == [
            "answers",
            "not_found",
            "not_found",
            "no_answer",
        ]
