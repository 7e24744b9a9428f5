"""The integrator edits the words on which search and needs rest: pages, roles, files, Spanish."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.directory.models import NeedWord, Synonym
from waypost.directory.selectors import need_words, synonyms
from waypost.directory.vocabulary import installed
from waypost.kernel.actors import Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
FOOD = "food-insecurity"
PAGES = ("words_needs", "words_synonyms", "words_synonym", "words_try")
POSTS = (
    "words_need_remove",
    "words_need_back",
    "words_need_reset",
    "words_synonym_remove",
    "words_synonym_reset",
)


@pytest.fixture
def ivy(community: Community, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The integrator."""
    client = sign_in(Client(), community.ivy)
    as_web()
    return client


def food(kind: str) -> tuple[str, ...]:
    found = next(each for each in need_words() if each.code == FOOD)
    return {"en": found.en, "es": found.es, "term": found.terms}[kind]


def file(body: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("words.csv", body.encode(), content_type="text/csv")


@pytest.mark.parametrize("who", ["ana", "sam", "lee", "ito"])
def test_only_the_integrator_comes_in(
    community: Community, client: Client, sign_in: SignIn, who: str
) -> None:
    sign_in(client, getattr(community, who))
    for name in PAGES:
        assert client.get(reverse(name)).status_code == FORBIDDEN
    for name in POSTS:
        assert (
            client.post(reverse(name), {"need": FOOD, "word": "food", "kind": "en"}).status_code == FORBIDDEN
        )
    assert "words/" not in text(client.get(reverse("upkeep")))
    assert not NeedWord.objects.exists()


def test_the_needs_and_their_words_are_listed(ivy: Client) -> None:
    page = text(ivy.get(reverse("words_needs")))
    assert "Rides" in page
    assert reverse("words_need") + "?need=transportation-insecurity" in page
    one = text(ivy.get(reverse("words_need"), {"need": FOOD}))
    assert "cupones de alimentos" in one
    assert ivy.get(reverse("words_need"), {"need": "no-such-need"}).status_code == NOT_FOUND


def test_a_word_is_added_taken_away_put_back_and_reset(ivy: Client) -> None:
    address = f"{reverse('words_need')}?need={FOOD}"
    page = text(ivy.post(address, {"kind": "es", "word": "fiambrera"}, follow=True))
    assert "leads to Food now" in page
    assert "added here" in page
    assert "Food, Spanish word" in page
    assert "fiambrera" in food("es")
    ivy.post(reverse("words_need_remove"), {"need": FOOD, "kind": "es", "word": "mandado"})
    assert "mandado" not in food("es")
    assert "put back" in text(ivy.get(address))
    ivy.post(reverse("words_need_back"), {"need": FOOD, "kind": "es", "word": "mandado"})
    assert "mandado" in food("es")
    ivy.post(reverse("words_need_reset"), {"need": FOOD})
    assert need_words() == installed().needs


def test_a_refusal_keeps_what_was_typed(ivy: Client) -> None:
    answer = ivy.post(f"{reverse('words_need')}?need={FOOD}", {"kind": "en", "word": "food"})
    assert answer.status_code == REFUSED
    assert "leads to this need already" in text(answer)
    assert 'value="food"' in text(answer)


def test_a_synonym_is_added_found_and_taken_away(ivy: Client) -> None:
    page = text(ivy.post(reverse("words_synonym"), {"word": "Xopilote", "same": "corn, maize"}, follow=True))
    assert "xopilote" in page
    assert synonyms()["xopilote"] == ("corn", "maize")
    assert "xopilote" in text(ivy.get(reverse("words_synonyms"), {"show": "changed"}))
    assert "xopilote" in text(ivy.get(reverse("words_synonyms"), {"q": "MAIZE"}))
    assert "added here" in text(ivy.get(reverse("words_synonyms"), {"q": "xopilote"}))
    ivy.post(reverse("words_synonym_remove"), {"word": "xopilote"})
    assert not Synonym.objects.exists()
    assert "No synonyms hold this word" in text(ivy.get(reverse("words_synonyms"), {"q": "zzzz"}))


def test_a_change_is_tried_before_it_is_stored(community: Community, ivy: Client) -> None:
    page = text(ivy.get(reverse("words_try"), {"word": "xopilote", "same": "groceries"}))
    assert "With the change" in page
    assert "Weekly groceries" in page
    assert "Nothing is found" in page
    page = text(ivy.get(reverse("words_try"), {"need": FOOD, "kind": "en", "word": "xopilote"}))
    assert "St. Luke pantry" in page
    assert "xopilote" not in synonyms()
    refused = text(ivy.get(reverse("words_try"), {"word": "one two three four", "same": "five"}))
    assert "would be refused" in refused


def test_the_whole_list_goes_out_and_in_without_a_change(ivy: Client) -> None:
    for which in ("need", "synonym"):
        address = f"{reverse('words_file')}?list={which}"
        out = ivy.get(f"{reverse('words_download')}?list={which}").content.decode("utf-8-sig")
        assert "Nothing: the file says" in text(ivy.post(address, {"file": file(out)}))


def test_a_file_shows_what_it_would_change_and_then_does(ivy: Client) -> None:
    address = f"{reverse('words_file')}?list=synonym"
    page = text(ivy.post(address, {"file": file("word,same\nxopilote,corn\n")}))
    assert "1 row is added or changed" in page
    assert "xopilote" not in synonyms()
    assert ivy.post(address, {"text": "word,same\nxopilote,corn\n", "sure": "1"}).status_code == FOUND
    assert synonyms() == {"xopilote": ("corn",)}


@pytest.mark.parametrize(
    ("which", "body", "words"),
    [
        ("synonym", "a,b\n1,2\n", "must name the columns"),
        ("synonym", "word,same\ncomida,comida\n", "its own synonym"),
        ("synonym", "word,same\n", "holds no rows"),
        ("need", "need,kind,word\nhunger,en,food\n", "is not a need category"),
        ("need", "need,kind,word\nfood-insecurity,fr,pain\n", "what kind of word"),
        ("need", "need,kind,word\nfood-insecurity,en,food\n", "at least one word in each language"),
        ("need", "\xff", "must name the columns"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(ivy: Client, which: str, body: str, words: str) -> None:
    address = f"{reverse('words_file')}?list={which}"
    for form in ({"file": file(body)}, {"text": body, "sure": "1"}):
        answer = ivy.post(address, form)
        assert answer.status_code == REFUSED
    assert words in text(ivy.post(address, {"file": file(body)}))
    assert not NeedWord.objects.exists()
    assert not Synonym.objects.exists()


def test_a_file_in_another_encoding_or_none_is_refused(ivy: Client) -> None:
    address = f"{reverse('words_file')}?list=synonym"
    odd = SimpleUploadedFile("words.csv", "word,same\ncafé,té\n".encode("latin-1"))
    assert "no text in UTF-8" in text(ivy.post(address, {"file": odd}))
    assert "Choose a file" in text(ivy.post(address, {}))
    assert ivy.get(f"{reverse('words_file')}?list=people").status_code == NOT_FOUND


def test_the_pages_speak_spanish(ivy: Client) -> None:
    ivy.post(reverse("set_language"), {"language": "es"})
    for name in PAGES:
        answer = ivy.get(reverse(name))
        assert answer.status_code == OK
        assert "Sinónimos" in text(answer)
