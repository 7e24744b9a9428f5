"""The integrator says after how many days listings are checked again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, REFUSED, text
from waypost.directory import services
from waypost.directory.models import Cadence, CheckDue, WordChange
from waypost.directory.selectors import cadences
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
FOOD, VETERANS = "food-insecurity", "veteran-status"


@pytest.fixture
def ivy(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The integrator."""
    client = sign_in(Client(), community.ivy)
    as_web()
    return client


def days(code: str, on: date | None = None) -> int | None:
    return next((each.days for each in cadences(on) if each.category == code), None)


def test_a_new_cadence_holds_from_its_day_and_the_old_one_stays_in_the_history(ivy: Client) -> None:
    address = f"{reverse('words_cadence')}?need={FOOD}"
    from_ = today() + timedelta(days=10)
    assert ivy.post(address, {"days": "20", "valid_from": str(from_)}).status_code == FOUND
    assert (days(FOOD), days(FOOD, from_ - timedelta(days=1)), days(FOOD, from_)) == (45, 45, 20)
    page = text(ivy.get(address))
    assert "45 days" in page
    assert "20 days" in page
    assert "20 days from" in text(ivy.get(reverse("words_cadences")))
    assert WordChange.objects.get().about == FOOD


def test_the_list_of_what_is_due_follows(community: Community) -> None:
    services.confirm_listing(actor=community.ana, service_id=community.pantry, how="phone")
    services.catch_up()
    services.set_cadence(actor=community.ivy, category=FOOD, days=7, valid_from=today())
    services.make_all_due_anew()
    assert CheckDue.objects.get(service_id=community.pantry).due_on == today() + timedelta(days=7)


def test_a_need_goes_back_to_the_days_of_all_others(ivy: Client) -> None:
    assert ivy.post(reverse("words_cadence_end"), {"need": FOOD}).status_code == FOUND
    assert days(FOOD) is None
    assert Cadence.objects.filter(category=FOOD).exists()
    assert "no days of its own" in text(ivy.post(reverse("words_cadence_end"), {"need": FOOD}, follow=True))


@pytest.mark.parametrize(
    ("number", "from_"),
    [("366", 0), ("0", 0), ("-1", 0), ("x", 0), ("", 0), ("30", -1), ("30", 731), ("45", 0)],
)
def test_what_is_no_cadence_is_refused(ivy: Client, number: str, from_: int) -> None:
    form = {"days": number, "valid_from": str(today() + timedelta(days=from_))}
    answer = ivy.post(f"{reverse('words_cadence')}?need={FOOD}", form)
    assert answer.status_code == REFUSED
    assert Cadence.objects.filter(category=FOOD).count() == 1


def test_all_others_keep_their_days(community: Community) -> None:
    with pytest.raises(Refused):
        services.end_cadence(actor=community.ivy, category="")
    services.set_cadence(actor=community.ivy, category="", days=90, valid_from=today())
    assert (days(""), days(VETERANS)) == (90, None)


def test_a_file_goes_out_and_in(ivy: Client) -> None:
    address = f"{reverse('words_file')}?list=cadence"
    out = ivy.get(f"{reverse('words_download')}?list=cadence").content.decode("utf-8-sig")
    assert "Nothing: the file says" in text(ivy.post(address, {"file": _file(out)}))
    body = f"need,days,from,until\n{VETERANS},30,{today()},\n"
    assert ivy.post(address, {"text": body, "sure": "1"}).status_code == FOUND
    assert days(VETERANS) == 30
    for wrong in (
        "hunger,30,2099-01-01,",
        f"{FOOD},400,{today()},",
        f"{FOOD},40,soon,",
        f"{FOOD},40,2001-01-01,",
    ):
        assert ivy.post(address, {"file": _file(f"need,days,from,until\n{wrong}\n")}).status_code == REFUSED


def _file(body: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("cadences.csv", body.encode())


def test_only_the_integrator_comes_in(community: Community, client: Client, sign_in: SignIn) -> None:
    sign_in(client, community.lee)
    for name in ("words_cadences", "words_cadence"):
        assert client.get(reverse(name)).status_code == FORBIDDEN
    assert client.post(reverse("words_cadence_end"), {"need": FOOD}).status_code == FORBIDDEN


def test_a_need_that_is_none_is_not_found(ivy: Client) -> None:
    assert ivy.get(f"{reverse('words_cadence')}?need=hunger").status_code == NOT_FOUND
