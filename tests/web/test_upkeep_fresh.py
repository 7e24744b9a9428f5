"""The pages that keep listings true: what is due, the check, reports, calls and visits, ad hoc listings."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.meddling import as_owner
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.directory.models import Contacted, Fault, Organization, Phone, Schedule, Service
from waypost.directory.rules.schedule import Hours, weekly
from waypost.directory.services import (
    PhoneEntry,
    PlaceEntry,
    ServiceEntry,
    UseCount,
    create_service,
    keep_use,
    report_fault,
)
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]


@pytest.fixture
def diner(community: Community) -> Any:
    """A listing with something in every field, of an organization outside the network."""
    church = Organization.objects.get(name="St. Luke Church")
    return create_service(
        organization_id=church.id,
        entry=ServiceEntry(
            name="Hot meals",
            description="Dinner for anybody",
            need_categories=("food-insecurity",),
            phones=(PhoneEntry("206-555-0143"), PhoneEntry("206-555-0199", type="fax")),
            hours=(
                weekly(byday="MO,TU", opens_at=time(9), closes_at=time(12)),
                Hours(words="By chance"),
            ),
            languages=("English", "Spanish"),
            areas=("98144", "King County"),
            required_documents=("Photo ID",),
            cost="free",
            place=PlaceEntry(address_1="1 A St", city="Seattle", state_province="WA", postal_code="98144"),
        ),
    )


def filled(page: Any, **changes: str) -> dict[str, str]:
    """What the browser would send for the form as it stands."""
    form = page.context["form"]
    given: dict[str, str] = {}
    for field in form:
        value = field.value()
        if field.widget_type == "checkbox":
            if value:
                given[field.html_name] = "on"
        elif value is not None:
            shown = field.field.widget.format_value(value)
            given[field.html_name] = str((shown[0] if isinstance(shown, list) and shown else shown) or "")
    return {**given, **changes}


def check_page(client: Client, service: Any) -> Any:
    return client.get(reverse("upkeep_check", args=[service]))


def test_split_hours_are_confirmed_and_mended(community: Community, ana: Client) -> None:
    days = "MO,TU,WE,TH,FR"
    made = create_service(
        organization_id=Organization.objects.get(name="St. Luke Church").id,
        entry=ServiceEntry(
            name="Two openings a day",
            hours=(
                weekly(byday=days, opens_at=time(13), closes_at=time(17)),
                weekly(byday=days, opens_at=time(9), closes_at=time(12)),
            ),
        ),
    )

    def week() -> set[tuple[str, time | None, time | None]]:
        return set(Schedule.objects.filter(service=made).values_list("byday", "opens_at", "closes_at"))

    listed = week()
    page = check_page(ana, made)
    given = filled(page)
    assert (given["opens_0"], given["closes_0"]) == ("09:00", "12:00")
    assert (given["opens2_0"], given["closes2_0"]) == ("13:00", "17:00")
    ana.post(reverse("upkeep_check", args=[made]), given)
    assert week() == listed and Contacted.objects.get().changed == []
    # on Fridays they do not open again, on Saturdays they open twice
    saturday = {"opens_5": "8:00", "closes_5": "9:00", "opens2_5": "10:00", "closes2_5": "11:00"}
    changed = filled(page, opens2_4="", closes2_4="", **saturday)
    answer = ana.post(reverse("upkeep_check", args=[made]), changed)
    assert answer.status_code == FOUND, answer.context["form"].errors
    assert week() == {
        (days, time(9), time(12)),
        ("MO,TU,WE,TH", time(13), time(17)),
        ("SA", time(8), time(9)),
        ("SA", time(10), time(11)),
    }
    for wrong in ({"opens2_5": "8:30"}, {"closes2_5": ""}, {"opens2_5": "tea time"}):
        refused = ana.post(reverse("upkeep_check", args=[made]), changed | wrong)
        assert refused.status_code == REFUSED and next(iter(wrong)) in refused.context["form"].errors


def test_the_queue_says_why_and_leads_to_the_check(community: Community, ana: Client) -> None:
    page = text(ana.get(reverse("upkeep_due")))
    assert "St. Luke pantry" in page and "Never confirmed" in page
    assert reverse("upkeep_check", args=[community.pantry]) in page
    assert "Nothing is due here" in text(ana.get(reverse("upkeep_due"), {"town": "Nowhere"}))
    assert "St. Luke pantry" in text(ana.get(reverse("upkeep_due"), {"need": "food-insecurity"}))


@pytest.mark.parametrize("odd", ["x" * 500, "\x00", "%", "-1", "９"])
def test_odd_filters_are_no_error(community: Community, ana: Client, odd: str) -> None:
    for name in ("upkeep_due", "upkeep_faults", "upkeep_contacts", "upkeep_contact_new"):
        names = ("who", "need", "town", "page", "tab", "kind", "how", "q")
        assert ana.get(reverse(name), dict.fromkeys(names, odd)).status_code == OK


def test_taking_and_giving(community: Community, ana: Client) -> None:
    take = reverse("upkeep_take", args=[community.pantry])
    assert ana.post(take).status_code == FOUND
    assert "You have it in hand" in text(ana.get(reverse("upkeep_due"), {"who": "me"}))
    ana.post(take, {"to": f"user:{community.lee.user_id}"})
    assert "In hand: Lee Park" in text(ana.get(reverse("upkeep_due")))
    ana.post(take, {"to": f"user:{community.olga.user_id}"})  # of another organization: taken by oneself
    assert "You have it in hand" in text(ana.get(reverse("upkeep_due")))
    assert ana.post(reverse("upkeep_leave", args=[community.pantry])).status_code == FOUND
    assert "You have it in hand" not in text(ana.get(reverse("upkeep_due")))


def test_a_check_that_only_confirms_changes_nothing(diner: Any, community: Community, ana: Client) -> None:
    page = check_page(ana, diner)
    for words in (
        "206-555-0143",
        "Monday",
        "1 A St, Seattle, WA 98144",
        "Photo ID",
        "English, Spanish",
        "98144;",
    ):
        assert words in text(page), words
    before = (
        list(Phone.objects.values("number", "type")),
        list(Schedule.objects.values("byday", "description")),
    )
    answer = ana.post(reverse("upkeep_check", args=[diner]), filled(page))
    assert answer.status_code == FOUND, answer.context["form"].errors
    assert (
        list(Phone.objects.values("number", "type")),
        list(Schedule.objects.values("byday", "description")),
    ) == before
    service = Service.objects.get(pk=diner)
    assert (service.confirmed_on, service.confirmed_how, service.contact_confirmed_on) == (
        today(),
        "phone",
        today(),
    )
    card = Contacted.objects.get()
    assert (card.changed, card.not_asked) == ([], [])
    assert {"name", "phones", "schedules", "addresses", "languages", "fees_description"} <= set(
        card.confirmed
    )
    done = text(ana.get(answer.headers["Location"]))
    assert "The listing is confirmed" in done and "Phone" in done
    page = text(ana.get(reverse("service", args=[diner])))
    assert "Confirmed by Ana Reyes by phone, today" in page
    assert "Ana Reyes" not in text(Client().get(reverse("service", args=[diner])))


def test_a_check_mends_what_is_written_over(diner: Any, community: Community, ana: Client) -> None:
    page = check_page(ana, diner)
    changes = {
        "phone": "206-555-0177", "opens_5": "10:00", "closes_5": "13:00", "languages": "English, Somali",
        "required_documents": "", "minimum_age": "18", "capacity_status": "waitlist", "postal_code": "98118",
    }  # fmt: skip
    answer = ana.post(reverse("upkeep_check", args=[diner]), filled(page, **changes))
    assert answer.status_code == FOUND, answer.context["form"].errors
    service = Service.objects.get(pk=diner)
    assert [each.number for each in service.phones.order_by("id")] == ["206-555-0177", "206-555-0199"]
    assert {each.byday for each in service.schedules.all()} == {"MO,TU", "SA", ""}
    assert [each.name for each in service.languages.order_by("id")] == ["English", "Somali"]
    assert service.required_documents.count() == 0
    assert (service.minimum_age, service.capacity_status) == (18, "waitlist")
    assert service.capacity_until == today() + timedelta(days=30)
    assert service.at_locations.get().location.addresses.get().postal_code == "98118"
    assert set(Contacted.objects.get().changed) == {
        "phones", "schedules", "languages", "required_documents", "minimum_age", "capacity_status",
        "capacity_until", "addresses",
    }  # fmt: skip


def test_what_was_unticked_was_not_asked(diner: Any, community: Community, ana: Client) -> None:
    given = filled(check_page(ana, diner))
    del given["ok_languages"]
    answer = ana.post(reverse("upkeep_check", args=[diner]), given)
    assert "you did not ask about Languages" in text(ana.get(answer.headers["Location"]))
    assert Service.objects.get(pk=diner).confirmed_on is None


def test_nobody_answered(diner: Any, community: Community, ana: Client) -> None:
    answer = ana.post(reverse("upkeep_check", args=[diner]), filled(check_page(ana, diner), result="nobody"))
    assert "Nobody was reached" in text(ana.get(answer.headers["Location"]))
    assert "Hot meals" not in text(ana.get(reverse("upkeep_due")))
    assert "call again" in text(ana.get(reverse("upkeep_due"), {"who": "later"}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("closes_0", ""), ("url", "stluke"), ("email", "at home"), ("maximum_age", "-1"),
     ("how", "dream"), ("again_at", "soon"), ("capacity_until", "x")],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_all_that_was_typed(
    diner: Any, community: Community, ana: Client, field: str, value: str
) -> None:
    given = filled(check_page(ana, diner), **{field: value, "words": "Ask for Pat"})
    answer = ana.post(reverse("upkeep_check", args=[diner]), given)
    assert answer.status_code == REFUSED
    assert "Ask for Pat" in text(answer)
    assert Contacted.objects.count() == 0


def test_the_time_is_signed_and_can_be_put_right(diner: Any, community: Community, ana: Client) -> None:
    answer = ana.post(
        reverse("upkeep_check", args=[diner]), filled(check_page(ana, diner), opened="0:forged")
    )
    assert Contacted.objects.get().seconds == 0
    assert ana.post(answer.headers["Location"], {"minutes": "4"}).status_code == FOUND
    assert Contacted.objects.get().seconds == 240
    assert ana.post(answer.headers["Location"], {"minutes": "9999"}).status_code == REFUSED


def test_others_see_neither_our_log_nor_our_checks(
    diner: Any, community: Community, client: Client, sign_in: SignIn
) -> None:
    ana = sign_in(client, community.ana)
    location = ana.post(reverse("upkeep_check", args=[diner]), filled(check_page(ana, diner))).headers[
        "Location"
    ]
    olga = sign_in(Client(), community.olga)
    assert olga.get(location).status_code == NOT_FOUND
    assert "Hot meals" not in text(olga.get(reverse("upkeep_contacts")))


def test_a_visit_is_written_down(community: Community, ana: Client) -> None:
    page = ana.get(reverse("upkeep_contact_new"), {"q": "luke"})
    given = filled(page, q="luke", minutes="45", words="Met the new director")
    assert ana.post(reverse("upkeep_contact_new"), given).status_code == FOUND
    log = text(ana.get(reverse("upkeep_contacts")))
    assert "Met the new director" in log and "45 min" in log
    given["on"] = (today() + timedelta(days=1)).isoformat()
    assert ana.post(reverse("upkeep_contact_new"), given).status_code == REFUSED


def test_a_listing_for_a_while(community: Community, ana: Client) -> None:
    given = {
        "organization_name": "Elm Court Homes", "name": "Waiting list is open", "how": "web",
        "need_categories": "housing-instability", "expires_on": (today() + timedelta(days=3)).isoformat(),
    }  # fmt: skip
    answer = ana.post(reverse("upkeep_ad_hoc"), given)
    assert answer.status_code == FOUND
    assert "Listed for a while" in text(Client().get(answer.headers["Location"]))
    for wrong in ({"expires_on": "2020-01-01"}, {"website": "elm"}, {"need_categories": "x"}, {"how": ""}):
        assert ana.post(reverse("upkeep_ad_hoc"), {**given, **wrong}).status_code == REFUSED


def test_anybody_reports_a_fault_and_reads_the_answer(community: Community, ana: Client) -> None:
    anybody = Client()
    address = reverse("report_fault", args=[community.pantry])
    assert address in text(anybody.get(reverse("service", args=[community.pantry])))
    sent = anybody.post(address, {"kind": "hours", "words": "They open at ten <b>now</b>"})
    assert sent.status_code == FOUND
    mine = sent.headers["Location"]
    assert "Somebody looks into it" in text(Client().get(mine))
    fault = Fault.objects.get()
    page = text(ana.get(reverse("upkeep_fault", args=[fault.id])))
    assert "They open at ten &lt;b&gt;now&lt;/b&gt;" in page
    for public in (reverse("service", args=[community.pantry]), mine):
        assert "They open at ten" not in text(Client().get(public))
    given = {"outcome": "mended", "answer": "They open at ten now."}
    assert ana.post(reverse("upkeep_fault", args=[fault.id]), given).status_code == FOUND
    assert "We mended the listing" in text(Client().get(mine))
    assert "They open at ten now." in text(Client().get(mine))
    assert Client().get(reverse("fault_reported", args=["x" * 32])).status_code == NOT_FOUND


def test_a_report_that_cannot_be_taken_says_why(community: Community) -> None:
    address = reverse("report_fault", args=[community.pantry])
    anybody = Client()
    assert anybody.post(address, {"kind": "other", "words": ""}).status_code == REFUSED
    assert anybody.post(address, {"kind": "nothing"}).status_code == REFUSED
    assert anybody.post(address, {"kind": "hours", "website": "http://spam.example"}).status_code == FOUND
    assert Fault.objects.count() == 0
    anybody.post(address, {"kind": "hours"})
    again = anybody.post(address, {"kind": "hours"})
    assert (again.status_code, "already" in text(again)) == (REFUSED, True)


def test_two_reports_of_closing_warn_on_the_page(community: Community) -> None:
    for last in ("7", "8"):
        Client(REMOTE_ADDR=f"203.0.113.{last}").post(
            reverse("report_fault", args=[community.pantry]), {"kind": "closed"}
        )
    assert "Several people say this may be closed" in text(
        Client().get(reverse("service", args=[community.pantry]))
    )


def test_who_answers_and_who_may_not(community: Community, client: Client, sign_in: SignIn) -> None:
    report_fault(service_id=community.groceries, kind="hours", words="", address="203.0.113.7")
    address = reverse("upkeep_fault", args=[Fault.objects.get().id])
    ana = sign_in(client, community.ana)
    assert (ana.get(address).status_code, ana.post(address, {"outcome": "right"}).status_code) == (
        NOT_FOUND,
        NOT_FOUND,
    )
    sam = sign_in(Client(), community.sam)
    assert sam.get(address).status_code == OK
    ito = sign_in(Client(), community.ito)
    for name in ("upkeep_due", "upkeep_faults", "upkeep_contacts", "upkeep_ad_hoc"):
        assert ito.get(reverse(name)).status_code == FORBIDDEN
    assert Client().get(reverse("upkeep_due")).status_code == FOUND


def test_outcomes_are_for_staff(community: Community, ana: Client) -> None:
    as_owner(lambda: keep_use(counts=[UseCount(community.pantry, 120, 90, 50, 97, 82)]))
    page = text(ana.get(reverse("service", args=[community.pantry])))
    assert "82 of 97" in page and "how 23 ended is not known" in page
    assert "120 sent, 90 accepted, 50 unanswered: check." in page
    assert "82 of 97" not in text(Client().get(reverse("service", args=[community.pantry])))


def test_a_victim_service_is_checked_by_its_hotline_alone(community: Community, ana: Client) -> None:
    def make() -> None:
        church = Organization.objects.get(name="St. Luke Church")
        Organization.objects.filter(pk=church.id).update(is_victim_service=True)
        Phone.objects.create(organization=church, number="206-555-0100")
        Service.objects.filter(pk=community.pantry).update(description="In the house at 5 Secret St")

    as_owner(make)
    page = check_page(ana, community.pantry)
    assert "206-555-0100" in text(page)
    assert "Secret" not in text(page)
    assert [each.name for each in page.context["form"].questions] == ["name"]
    assert quote("Secret") not in text(ana.get(reverse("upkeep_due")))


def test_a_listing_for_a_while_is_shown_longer(community: Community, ana: Client) -> None:
    given = {
        "organization_name": "Elm Court Homes", "name": "Waiting list is open", "how": "web",
        "need_categories": "housing-instability", "expires_on": today().isoformat(),
    }  # fmt: skip
    ana.post(reverse("upkeep_ad_hoc"), given)
    made = Service.objects.get(name="Waiting list is open").id
    as_owner(lambda: Service.objects.filter(pk=made).update(hidden_why="expired"))
    assert "Show again" in text(ana.get(reverse("upkeep_ad_hoc")))
    longer = reverse("upkeep_longer", args=[made])
    assert "nobody finds it any more" in text(ana.get(longer))
    assert ana.post(longer, {"expires_on": "2020-01-01"}).status_code == REFUSED
    assert ana.post(longer, {"expires_on": (today() + timedelta(days=9)).isoformat()}).status_code == FOUND
    assert Service.objects.get(pk=made).hidden_why == ""
    assert ana.get(reverse("upkeep_longer", args=[community.pantry])).status_code == NOT_FOUND


def test_the_quick_way_out_of_a_call_that_nobody_takes(diner: Any, community: Community, ana: Client) -> None:
    answer = ana.post(reverse("upkeep_check", args=[diner]), filled(check_page(ana, diner), nobody="yes"))
    assert answer.status_code == FOUND
    assert Contacted.objects.get().result == "nobody"
