"""What one keeps about services: favourites, notes, lists, searches, requests to find; and nobody else's."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.community import FOOD, PASSWORD, Community
from tests.web.listed import plain, text
from waypost.accounts.services import create_user
from waypost.directory.models import (
    Favourite,
    GapRequest,
    ListItem,
    SavedSearch,
    Service,
    ServiceList,
    ServiceNote,
    UnmetNeed,
)
from waypost.directory.services import gaps
from waypost.kernel.actors import Actor
from waypost.kernel.transaction import acting
from waypost.network.selectors import teams
from waypost.network.services import add_member

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
OK, FOUND, FORBIDDEN, NOT_FOUND = 200, 302, 403, 404


def press(client: Client, page: str, /, *ids: UUID, **fields: str) -> str:
    """Press a button and read the page that follows."""
    answer = client.post(reverse(page, args=ids), fields, follow=True)
    assert answer.status_code == OK, (page, answer.status_code)
    return plain(answer.content.decode())


def colleague(community: Community, email: str, team: bool, role: str = "coordinator") -> Actor:
    """Somebody else at the clinic, in its team North or in none."""
    north = teams(community.clinic)[0].id
    user = create_user(email=email, name=email.partition("@")[0].title(), password=PASSWORD)
    add_member(user_id=user, organization_id=community.clinic, role=role, team_id=north if team else None)
    return Actor(user, email, community.clinic, "Cedar Clinic", role)


# favourites and notes


def test_a_favourite_is_kept_with_its_note_and_taken_away(community: Community, ana: Client) -> None:
    words = press(ana, "favourite", community.groceries, note="Ask for Sam")
    assert "Kept among your favorites." in words
    page = plain(text(ana, "/directory/favorites/"))
    assert "Cedar Food Bank: Weekly groceries" in page
    assert "Ask for Sam" in page
    assert "Your favorite" in plain(text(ana, "/directory/?q=groceries"))
    press(ana, "favourite", community.groceries, note="Ask for Kim")
    assert "Ask for Kim" in text(ana, f"/services/{community.groceries}/")
    press(ana, "favourite", community.groceries, drop="list")
    assert "No favorites yet." in text(ana, "/directory/favorites/")


def test_a_note_is_read_by_ones_own_organization_alone(
    community: Community, ana: Client, sam: Client, sign_in: SignIn
) -> None:
    press(ana, "note_add", community.groceries, words="The back door is closer")
    for who in (community.ito, community.lee):
        assert "The back door is closer" in text(sign_in(Client(), who), f"/services/{community.groceries}/")
    assert "back door" not in text(sam, f"/services/{community.groceries}/")
    assert "back door" not in text(Client(), f"/services/{community.groceries}/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('waypost.organization', %s, true)", [str(community.bank)])
        cursor.execute("SELECT count(*) FROM held_servicenote")
        assert cursor.fetchone() == (0,)


def test_a_note_is_deleted_by_its_writer_or_a_supervisor(
    community: Community, ana: Client, sign_in: SignIn
) -> None:
    press(ana, "note_add", community.pantry, words="One")
    with acting(community.ana):
        note = ServiceNote.objects.get().id
    ito = sign_in(Client(), community.ito)
    assert "Only whoever made this, or a supervisor" in press(ito, "note_remove", note)
    assert "The note is deleted." in press(sign_in(Client(), community.lee), "note_remove", note)
    assert ana.post(reverse("note_remove", args=[note])).status_code == NOT_FOUND


def test_an_empty_note_is_refused_in_words(community: Community, ana: Client) -> None:
    assert "Write what your colleagues should know." in press(ana, "note_add", community.pantry, words="  ")


# lists


def test_a_list_keeps_services_in_an_order_with_notes(community: Community, ana: Client) -> None:
    press(ana, "service_lists", name="Friday food", shared_with="everybody")
    with acting(community.ana):
        made = ServiceList.objects.get().id
    for service in (community.groceries, community.pantry):
        assert "The service is on the list." in press(ana, "list_add", service, list=str(made))
    assert "on the list already" in press(ana, "list_add", community.pantry, list=str(made))
    with acting(community.ana):
        first, second = ListItem.objects.order_by("position").values_list("id", flat=True)
    page = press(ana, "list_item", second, up="1")
    assert page.index("St. Luke pantry") < page.index("Cedar Food Bank")
    page = press(ana, "list_item", second, up="1")  # it is on top already
    assert page.index("St. Luke pantry") < page.index("Cedar Food Bank")
    assert "Only on Saturdays" in press(ana, "list_item", second, note="Only on Saturdays")
    assert "Weekly groceries" not in press(ana, "list_item", first, off="1")
    assert "The list is deleted." in press(ana, "list_delete", made)


def test_a_new_list_begins_from_the_page_of_a_service(community: Community, ana: Client) -> None:
    press(ana, "list_add", community.groceries, name="Begun here")
    assert "Begun here" in text(ana, "/directory/lists/")
    assert "Give it a name." in press(ana, "list_add", community.groceries, name=" ")


@pytest.mark.parametrize(
    ("shared", "reading"), [("nobody", set()), ("team", {"tom"}), ("everybody", {"tom", "una"})]
)
def test_who_sees_a_list_and_a_search(
    community: Community, client: Client, sign_in: SignIn, shared: str, reading: set[str]
) -> None:
    nell, tom, una = (
        colleague(community, "nell@cedar.example", True),
        colleague(community, "tom@cedar.example", True),
        colleague(community, "una@cedar.example", False),
    )
    sign_in(client, nell)
    press(client, "service_lists", name="Team food", shared_with=shared)
    press(client, "search_save", query="q=food&zip=98144&now=1", name="Near me", shared_with=shared)
    with acting(nell):
        made, saved = ServiceList.objects.get().id, SavedSearch.objects.get().id
    for name, who in (("tom", tom), ("una", una), ("sam", community.sam)):
        browser, reads = sign_in(Client(), who), name in reading
        assert ("Team food" in text(browser, "/directory/lists/")) == reads
        assert ("Near me" in text(browser, "/directory/searches/")) == reads
        assert browser.get(reverse("service_list", args=[made])).status_code == (OK if reads else NOT_FOUND)
        answer = browser.post(reverse("search_forget", args=[saved]), follow=True)
        assert answer.status_code == (OK if reads else NOT_FOUND)
        if reads:
            assert "Only whoever made this" in plain(answer.content.decode())
        answer = browser.post(reverse("list_add", args=[community.pantry]), {"list": str(made)})
        assert answer.status_code == (FOUND if reads else NOT_FOUND)


def test_whoever_is_in_no_team_cannot_share_with_one(community: Community, ana: Client) -> None:
    page = press(ana, "service_lists", name="Ours", shared_with="team")
    assert "You are in no team." in page
    assert "Ours" not in page


def test_a_service_that_is_not_listed_any_more_stays_on_the_list_and_says_so(
    community: Community, ana: Client
) -> None:
    press(ana, "list_add", community.groceries, name="Old")
    Service.objects.filter(pk=community.groceries).update(hidden_why="gone")
    with acting(community.ana):
        made = ServiceList.objects.get().id
    page = plain(text(ana, f"/directory/lists/{made}/"))
    assert "Not listed any more" in page
    assert "Weekly groceries" not in page


# saved searches


def test_a_saved_search_opens_as_it_was(community: Community, ana: Client) -> None:
    query = "q=food&zip=98144&language=es&situation=families&now=1"
    page = press(ana, "search_save", query=f"{query}&evil=%3Cscript%3E", name="")
    assert "“food”, 98144, Open now, Speaks Spanish, Families" in page
    saved = re.search(r'href="(/directory/\?[^"]+)"', text(ana, "/directory/searches/"))
    assert saved is not None
    assert saved[1].replace("&amp;", "&") == f"/directory/?{query}"
    assert "There is nothing to save" in press(ana, "search_save", query="nonsense=1", name="x")


# requests to find, and what nothing was found for


def test_from_nothing_found_to_an_answer(community: Community, ana: Client, sign_in: SignIn) -> None:
    page = text(ana, "/directory/?need=digital-access&zip=98144&language=so")
    assert 'href="/directory/requests/new/?zip=98144&amp;need=digital-access&amp;language=so"' in page
    form = text(ana, "/directory/requests/new/?zip=98144&need=digital-access&language=so")
    assert re.search(r'value="digital-access" selected', form)
    words = press(
        ana, "gap_new", need="digital-access", place="98144", language="so", words="A laptop to borrow"
    )
    assert "Asked. The answer will stand on this page." in words
    ivy = sign_in(Client(), community.ivy)
    waiting = plain(text(ivy, "/upkeep/unmet/"))
    assert "A laptop to borrow" in waiting
    assert "Ana Reyes" in waiting
    with acting(community.ivy):
        gap = GapRequest.objects.get().id
    answered = press(
        ivy, "gap_answer", gap, answer="The library lends them", service=f"/services/{community.pantry}/"
    )
    assert "Answered. Whoever asked sees it in the directory." in answered
    seen = text(ana, "/directory/requests/")
    assert "The library lends them" in seen
    assert f'href="/services/{community.pantry}/"' in seen
    assert "The request is closed." in press(ana, "gap_close", gap)
    assert "A laptop to borrow" in text(ana, "/directory/requests/?closed=1")
    assert "This request is closed already." in press(ivy, "gap_answer", gap, answer="More")


def test_a_request_is_seen_by_those_who_ask_and_those_who_answer(
    community: Community, ana: Client, sam: Client
) -> None:
    with acting(community.ana):
        gap = gaps.ask_to_find(actor=community.ana, gap=gaps.Gap(words="A crib"))
    assert "A crib" not in text(sam, "/directory/requests/")
    for client, name in ((sam, "gap_close"), (sam, "gap_answer"), (ana, "gap_answer")):
        answer = client.post(reverse(name, args=[gap]), {"answer": "x"})
        assert answer.status_code in {FORBIDDEN, NOT_FOUND}
    with acting(community.ana):
        assert GapRequest.objects.get().status == "open"


def test_a_search_without_result_is_counted_by_need_word_area_and_day(
    community: Community, client: Client, sign_in: SignIn
) -> None:
    for _ in range(2):
        text(client, "/?need=digital-access&zip=98144")
    client.get("/?need=digital-access&zip=Spokane", headers={"Accept-Language": "es"})
    rows = list(UnmetNeed.objects.values_list("need", "word", "area", "language", "count").order_by("count"))
    assert rows == [
        ("digital-access", "", "Spokane County, WA", "es", 1),
        ("digital-access", "", "981", "en", 2),
    ]
    page = plain(text(sign_in(client, community.ivy), "/upkeep/unmet/"))
    assert "Searches that found nothing 3" in page


@pytest.mark.parametrize(
    "typed", ["Rosa Delgado", "rosa.delgado@mail.example", "206-555-0143", "Delgado diapers"]
)
def test_what_was_typed_is_never_kept(client: Client, typed: str) -> None:
    client.get("/", {"q": typed, "zip": "98144", "known": "1", "need": "digital-access"})
    words = set(UnmetNeed.objects.values_list("word", flat=True))
    assert words <= {"?", "diapers"}
    assert words
    kept = repr(list(UnmetNeed.objects.values_list()))
    assert not re.search("rosa|delgado|mail|0143|98144", kept, re.IGNORECASE)


def test_who_may_read_the_counts(community: Community, sign_in: SignIn) -> None:
    for who in ("ana", "ito", "lee", "sam"):
        assert sign_in(Client(), getattr(community, who)).get("/upkeep/unmet/").status_code == FORBIDDEN


def test_nothing_of_it_is_for_strangers(client: Client, community: Community) -> None:
    for name, ids in (("favourite", [community.pantry]), ("gap_close", [uuid4()]), ("search_save", [])):
        answer = client.post(reverse(name, args=ids))
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (FOUND, True)
    assert not Favourite.objects.exists()
    assert "Save this search" not in text(client, f"/?need={FOOD}")
    assert "For us" not in text(client, f"/services/{community.pantry}/")


def test_words_that_mean_a_need_are_counted_under_it(client: Client) -> None:
    client.get("/?q=pañales+para+mi+hija&known=1")
    assert list(UnmetNeed.objects.values_list("need", "word", "count")) == [
        ("material-hardship", "panales", 1)
    ]
