"""The integrator keeps taxonomies in the page."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.directory import services
from waypost.directory.models import Attribute, TaxonomyTerm
from waypost.directory.rules.taxonomy import Term
from waypost.directory.selectors import SearchQuery, need_words, search, service_page
from waypost.kernel.actors import SYSTEM, Actor

pytestmark = pytest.mark.django_db
SignIn = Callable[[Client, Actor], Client]
FOOD = "food-insecurity"
TERMS = (Term("1", "Food"), Term("1-1", "Zumbaria", "1"), Term("2", "Housing"))
PAGES = ("words_taxonomies", "words_taxonomy", "words_taxonomy_download", "words_term", "words_term_new")


@pytest.fixture
def tree() -> UUID:
    """A small taxonomy."""
    return services.load_taxonomy(actor=SYSTEM, name="Small", terms=TERMS, version="1").taxonomy_id


@pytest.fixture
def ivy(community: Community, tree: UUID, sign_in: SignIn, as_web: Callable[[], None]) -> Client:
    """The integrator."""
    client = sign_in(Client(), community.ivy)
    as_web()
    return client


def of(code: str) -> TaxonomyTerm:
    return TaxonomyTerm.objects.get(code=code)


def at(name: str, code: str) -> str:
    return f"{reverse(name)}?id={of(code).id}"


def test_a_taxonomy_is_seen_as_a_tree_and_searched(ivy: Client, tree: UUID) -> None:
    assert "Small" in text(ivy.get(reverse("words_taxonomies")))
    page = text(ivy.get(f"{reverse('words_taxonomy')}?id={tree}"))
    assert page.index("Zumbaria") > page.index("Food")
    found = text(ivy.get(f"{reverse('words_taxonomy')}?id={tree}&q=ZUMB"))
    assert "Zumbaria" in found
    assert "Housing" not in found
    assert "No term holds this word" in text(ivy.get(f"{reverse('words_taxonomy')}?id={tree}&q=qqqq"))


def test_a_term_is_named_in_both_languages_and_found_by_it(
    community: Community, ivy: Client, tree: UUID
) -> None:
    Attribute.objects.create(
        link_id=community.pantry, link_entity="service", taxonomy_term=of("1-1"), link_type="taxonomy"
    )
    assert (
        ivy.post(at("words_term", "1-1"), {"name_en": "Dance meals", "name_es": "Bailongo"}).status_code
        == FOUND
    )
    assert service_page(community.pantry).terms == ("Dance meals",)
    assert [hit.listing.id for hit in search(SearchQuery(words="bailongo")).hits] == [community.pantry]
    ivy.post(at("words_term_change", "1-1"), {"do": "retire"})
    assert service_page(community.pantry).terms == ()
    assert "Retired since" in text(ivy.get(at("words_term", "1-1")))
    ivy.post(at("words_term_change", "1-1"), {"do": "return"})
    ivy.post(at("words_term", "1-1"), {"name_en": "", "name_es": ""})
    assert service_page(community.pantry).terms == ("Zumbaria",)


def test_a_term_leads_to_a_need(ivy: Client) -> None:
    ivy.post(at("words_term_change", "1-1"), {"do": "need", "need": FOOD})
    assert "Zumbaria" in next(each.terms for each in need_words() if each.code == FOOD)
    assert "(take away)" in text(ivy.get(at("words_term", "1-1")))
    ivy.post(at("words_term_change", "1-1"), {"do": "no_need", "need": FOOD})
    assert "Zumbaria" not in next(each.terms for each in need_words() if each.code == FOOD)


def test_an_own_term_is_added_and_moved_but_never_below_itself(ivy: Client, tree: UUID) -> None:
    ivy.post(f"{reverse('words_term_new')}?below={of('1').id}", {"name": "Soup van"})
    soup = TaxonomyTerm.objects.get(name="Soup van")
    ivy.post(f"{reverse('words_term_new')}?below={soup.id}", {"name": "Night soup van"})
    night = TaxonomyTerm.objects.get(name="Night soup van")
    change = f"{reverse('words_term_change')}?id={soup.id}"
    page = text(ivy.post(change, {"do": "move", "parent": str(night.id)}, follow=True))
    assert "cannot lie below itself" in page
    ivy.post(change, {"do": "move", "parent": str(of("2").id)})
    assert TaxonomyTerm.objects.get(pk=soup.pk).parent == of("2")
    page = text(ivy.post(at("words_term_change", "1"), {"do": "move", "parent": ""}, follow=True))
    assert "Only terms that were added here" in page
    again = ivy.post(f"{reverse('words_term_new')}?below={of('2').id}", {"name": "soup VAN"})
    assert again.status_code == REFUSED


def test_a_file_is_loaded_downloaded_and_loaded_again(ivy: Client, tree: UUID) -> None:
    ivy.post(f"{reverse('words_term_new')}?id={tree}", {"name": "Own"})
    out = ivy.get(f"{reverse('words_taxonomy_download')}?id={tree}").content
    form = {"name": "Small", "file": SimpleUploadedFile("t.csv", out)}
    page = text(ivy.post(reverse("words_taxonomies"), form, follow=True))
    assert "0 new, 0 changed, 4 as before, 0 retired" in page
    for wrong in (b"a,b\n", b"code,name,parent\nx,X,y\n"):
        form = {"name": "Small", "file": SimpleUploadedFile("t.csv", wrong)}
        assert ivy.post(reverse("words_taxonomies"), form).status_code == REFUSED


def test_only_the_integrator_comes_in(
    community: Community, client: Client, sign_in: SignIn, tree: UUID
) -> None:
    sign_in(client, community.lee)
    for name in (*PAGES, "words_term_change"):
        assert client.get(at(name, "1")).status_code in {FORBIDDEN, 405}
        assert client.post(at(name, "1"), {"do": "retire", "name": "x"}).status_code in {FORBIDDEN, 405}


def test_ids_that_are_none_are_not_found(ivy: Client) -> None:
    for name in PAGES[1:]:
        for wrong in ("", "x", str(uuid4())):
            assert ivy.get(f"{reverse(name)}?id={wrong}").status_code == NOT_FOUND
    assert ivy.post(at("words_term_change", "1"), {"do": "burn"}).status_code == NOT_FOUND


def test_the_pages_speak_spanish(ivy: Client, tree: UUID) -> None:
    ivy.post(reverse("set_language"), {"language": "es"})
    for address in (
        reverse("words_taxonomies"),
        f"{reverse('words_taxonomy')}?id={tree}",
        at("words_term", "1"),
    ):
        answer = ivy.get(address)
        assert answer.status_code == OK
        assert "Taxonomías" in text(answer)
