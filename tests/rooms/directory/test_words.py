"""The words of the network: changed here, in force at once, taken back, and what a human chose stays."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.community import Community
from waypost.directory import services
from waypost.directory.choices import LOCAL_SOURCE
from waypost.directory.models import NeedWord, Service, Synonym, WordChange, WordsState
from waypost.directory.selectors import SearchQuery, need_words, search, synonyms
from waypost.directory.services import ServiceEntry
from waypost.directory.vocabulary import Vocabulary, installed, trying, vocabulary
from waypost.kernel.actors import SYSTEM
from waypost.kernel.errors import Refused

pytestmark = pytest.mark.django_db
FOOD, RIDES = "food-insecurity", "transportation-insecurity"
THIRTEEN = [2 * letter for letter in "abcdefghijklm"]


def words_of(code: str) -> tuple[str, ...]:
    found = next(each for each in need_words() if each.code == code)
    return (*found.terms, *found.en, *found.es)


def imported(name: str, **more: object) -> UUID:
    """A listing whose needs follow from its words."""
    organization = services.create_organization(name="Elm Center")
    service = services.create_service(organization_id=organization, name=name)
    Service.objects.filter(pk=service).update(
        source="feed", imported_at=datetime(2026, 1, 1, tzinfo=UTC), **more
    )
    return service


def needs_of(service: UUID) -> list[str]:
    return list(Service.objects.values_list("need_categories", flat=True).get(pk=service))


def test_a_new_word_leads_to_its_need_and_is_taken_back(community: Community) -> None:
    services.add_need_word(actor=community.ivy, category=FOOD, kind="en", word=" Fridge  share ")
    assert "Fridge share" in words_of(FOOD)
    services.remove_need_word(actor=community.ivy, category=FOOD, kind="en", word="fridge share")
    assert "Fridge share" not in words_of(FOOD)
    assert not NeedWord.objects.exists()


def test_an_installed_word_is_taken_away_and_comes_back_with_a_reset(community: Community) -> None:
    services.remove_need_word(actor=community.ivy, category=FOOD, kind="es", word="mandado")
    services.add_need_word(actor=community.ivy, category=FOOD, kind="es", word="fiambrera")
    assert "mandado" not in words_of(FOOD)
    services.reset_need(actor=community.ivy, category=FOOD)
    assert need_words() == installed().needs


def test_a_search_follows_a_new_word_at_once(community: Community) -> None:
    assert not search(SearchQuery(words="fridgeshare")).hits
    services.add_need_word(actor=community.ivy, category=FOOD, kind="en", word="fridgeshare")
    found = {hit.listing.id for hit in search(SearchQuery(words="fridgeshare")).hits}
    assert {community.groceries, community.pantry} <= found


def test_a_search_follows_a_new_synonym_at_once(community: Community) -> None:
    assert not search(SearchQuery(words="xopilote")).hits
    services.set_synonym(actor=community.ivy, word="Xopilote", same=["groceries"])
    assert synonyms()["xopilote"] == ("groceries",)
    assert {hit.listing.id for hit in search(SearchQuery(words="xopilote")).hits} >= {community.groceries}
    services.remove_synonym(actor=community.ivy, word="xopilote")
    assert "xopilote" not in synonyms()
    assert not Synonym.objects.exists()


def test_an_installed_synonym_is_taken_away_and_comes_back(community: Community) -> None:
    before = synonyms()["despensa"]
    services.remove_synonym(actor=community.ivy, word="Despensa")
    assert "despensa" not in synonyms()
    services.reset_synonym(actor=community.ivy, word="despensa")
    assert synonyms()["despensa"] == before


def test_saying_what_is_installed_is_no_change(community: Community) -> None:
    before = synonyms()["despensa"]
    services.set_synonym(actor=community.ivy, word="despensa", same=["larder"])
    services.set_synonym(actor=community.ivy, word="despensa", same=before)
    assert not Synonym.objects.exists()


def test_another_process_reads_the_words_anew() -> None:
    """A process notices a change that it did not make by the token alone."""
    assert "xopilote" not in vocabulary().synonyms
    Synonym.objects.create(word="xopilote", same=["corn"])
    WordsState.objects.create(id=1, token="018f0000-0000-7000-8000-000000000001")
    assert vocabulary().synonyms["xopilote"] == ("corn",)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda actor: services.add_need_word(actor=actor, category=FOOD, kind="en", word="food"), "word"),
        (lambda actor: services.add_need_word(actor=actor, category=FOOD, kind="en", word="x"), "word"),
        (lambda actor: services.add_need_word(actor=actor, category=FOOD, kind="en", word="…!"), "word"),
        (lambda actor: services.add_need_word(actor=actor, category=FOOD, kind="en", word="x" * 61), "word"),
        (lambda actor: services.add_need_word(actor=actor, category=FOOD, kind="fr", word="pain"), "kind"),
        (lambda actor: services.add_need_word(actor=actor, category="x", kind="en", word="ab"), "category"),
        (
            lambda actor: services.add_need_word(
                actor=actor, category="sdoh-category-unspecified", kind="en", word="thing"
            ),
            "category",
        ),
        (lambda actor: services.remove_need_word(actor=actor, category=FOOD, kind="en", word="zzz"), "word"),
        (lambda actor: services.set_synonym(actor=actor, word="one two three four", same=["x y"]), "word"),
        (lambda actor: services.set_synonym(actor=actor, word="comida", same=["Comida"]), "same"),
        (lambda actor: services.set_synonym(actor=actor, word="comida", same=[" "]), "same"),
        (lambda actor: services.set_synonym(actor=actor, word="abc", same=THIRTEEN), "same"),
        (lambda actor: services.remove_synonym(actor=actor, word="zzz"), "word"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    community: Community, change: Callable[[object], None], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        change(community.ivy)
    assert refused.value.field == field
    assert not WordChange.objects.exists()


def test_a_need_keeps_one_word_in_each_language(community: Community) -> None:
    words = next(each for each in need_words() if each.code == FOOD).es
    for word in words[1:]:
        services.remove_need_word(actor=community.ivy, category=FOOD, kind="es", word=word)
    with pytest.raises(Refused, match="last word"):
        services.remove_need_word(actor=community.ivy, category=FOOD, kind="es", word=words[0])


def test_only_the_integrator_changes_words(community: Community) -> None:
    for actor in (community.ana, community.sam, community.lee, community.ito):
        with pytest.raises(Refused):
            services.set_synonym(actor=actor, word="xopilote", same=["corn"])


def test_who_changed_what_is_kept(community: Community) -> None:
    services.set_synonym(actor=community.ivy, word="xopilote", same=["corn", "maize"])
    services.set_synonym(actor=community.ivy, word="xopilote", same=["corn"])
    last = WordChange.objects.order_by("-at").first()
    assert last is not None
    assert (last.about, last.before, last.after) == ("xopilote", "corn, maize", "corn")
    assert last.changed_by_name == community.ivy.name


def test_listings_are_sorted_anew_by_changed_words(community: Community) -> None:
    service = imported("Xopilote for all")
    services.add_need_word(actor=community.ivy, category=FOOD, kind="en", word="xopilote")
    assert WordsState.objects.get().sort_due_at is not None
    assert services.sort_into_needs() == 1
    assert needs_of(service) == [FOOD]
    state = WordsState.objects.get()
    assert (state.sort_due_at, state.sorted_changed) == (None, 1)
    found = search(SearchQuery(need=FOOD, include_unknown=False))
    assert service in {hit.listing.id for hit in found.hits}


def test_a_need_that_a_human_chose_is_never_sorted_over(community: Community) -> None:
    service = imported("Xopilote for all")
    services.replace_service(
        service_id=service, entry=ServiceEntry(name="Xopilote for all", need_categories=(RIDES,))
    )
    own = services.create_service(
        organization_id=services.create_organization(name="Own"), name="Xopilote", need_categories=(RIDES,)
    )
    services.add_need_word(actor=SYSTEM, category=FOOD, kind="en", word="xopilote")
    services.sort_into_needs()
    assert (needs_of(service), needs_of(own)) == ([RIDES], [RIDES])
    assert Service.objects.get(pk=own).source == LOCAL_SOURCE


def test_words_are_tried_without_being_stored() -> None:
    with trying(Vocabulary(installed().needs, {"xopilote": ("corn",)})):
        assert synonyms() == {"xopilote": ("corn",)}
    assert synonyms() == installed().synonyms
