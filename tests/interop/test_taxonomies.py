"""Files of taxonomies: the three that there are, and those that are broken."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from waypost.directory.models import Taxonomy, TaxonomyTerm, TermName
from waypost.directory.rules.taxonomy import Term, problems
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.taxonomies import read_taxonomy

FORKS = "openeligibility-il/formats"


@pytest.fixture
def taxonomies(shared_data: Path) -> Path:
    folder = shared_data / "taxonomies"
    if not folder.is_dir():
        pytest.skip(f"no taxonomies at {folder}")
    return folder


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b'{"top_level": [{"@id": "1", "@title": "a\\u0000b"}]}',
        b'{"top_level": [{"@id": "1", "@title": "a\\ud800b"}]}',
        b"code,name\n1,a\x00b",
    ],
)
def test_a_file_made_to_do_harm_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_taxonomy(body)


def test_a_level_of_five_thousand_digits_is_no_level() -> None:
    found = read_taxonomy(b"slug,level" + b"9" * 5000 + b":name_en\nfood,Food")
    assert [(each.code, each.name) for each in found.terms] == [("food", "")]


def load(path: Path, **options: str) -> str:
    said = StringIO()
    call_command("load_taxonomy", str(path), stdout=said, **options)
    return said.getvalue()


def test_open_eligibility_2_in_xml_that_calls_itself_2_0(taxonomies: Path) -> None:
    """Counted independently: elements of a level in the file."""
    text = (taxonomies / "open-eligibility" / "taxonomy").read_text(encoding="utf-8")
    found = read_taxonomy(text.encode())
    assert text.startswith('<?xml version="2.0"')
    assert len(found.terms) == len(re.findall(r"<(?:top|second|third|fourth|fifth)_level\b", text))
    assert found.version == "2.0"
    assert problems(found.terms) == ()
    assert Term("1112", "Disaster Response", "1101") in found.terms
    names = {term.code: (term.name, term.parent) for term in found.terms}
    assert (names["1206"], names["1206-2"]) == (("Medical Care", "1106"), ("Primary Care", "1206"))


def test_open_eligibility_1_in_two_forms_says_the_same(taxonomies: Path) -> None:
    table = read_taxonomy((taxonomies / "open-eligibility" / "taxonomy.csv").read_bytes()).terms
    body = read_taxonomy((taxonomies / "open-eligibility" / "oe.json").read_bytes()).terms
    assert len(table) == 290
    assert {(each.code, each.parent) for each in table} == {(each.code, each.parent) for each in body}


@pytest.mark.parametrize(
    ("name", "number", "depth"), [("services", 234, 5), ("situations", 218, 3), ("places", 22, 3)]
)
def test_the_fork_by_slugs_with_names_in_two_languages(
    taxonomies: Path, name: str, number: int, depth: int
) -> None:
    """The head names three levels; deeper ones stand in the rows all the same."""
    found = read_taxonomy((taxonomies / FORKS / f"{name}.csv").read_bytes()).terms
    assert len(found) == number
    assert problems(found) == ()
    assert all(each.names["he"] for each in found)
    assert max(each.code.count(":") for each in found) == depth


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no columns"),
        (b"a,b\n1,2\n", "no columns"),
        (b"code,name\n", "holds no terms"),
        (b"<taxonomy><top_level", "cannot be read"),
        (b"<taxonomy/>", "holds no terms"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><taxonomy>&a;</taxonomy>', "entities"),
        (b'{"a": 1}', "holds no terms"),
        (b'{"taxonomy": {"top_level": [{"id": 1}]}}', "is no taxonomy"),
        (b"[1]", "is no taxonomy"),
        (b"x" * 5_000_001, "too long"),
    ],
)
def test_what_is_no_taxonomy_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_taxonomy(data)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ([Term("a", "A"), Term("a", "B")], ["twice"]),
        ([Term("a", "A", "b")], ["no_parent"]),
        ([Term("a", "A", "b"), Term("b", "B", "a")], ["ring", "ring"]),
        ([Term("a", "A", "a")], ["ring"]),
        ([Term("a", " ")], ["no_name"]),
        ([Term("a", "A" * 201)], ["no_name"]),
        ([Term(str(n), "A", str(n - 1) if n else "") for n in range(12)], ["deep"]),
    ],
)
def test_what_makes_no_tree_is_named(terms: list[Term], why: list[str]) -> None:
    assert [each.why for each in problems(terms)] == why


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_shorter_file_retires(taxonomies: Path, tmp_path: Path) -> None:
    path = taxonomies / "open-eligibility" / "taxonomy.csv"
    assert "290 new, 0 changed, 0 as before, 0 retired" in load(path, name="Open Eligibility")
    assert "0 new, 0 changed, 290 as before, 0 retired" in load(path, name="Open Eligibility")
    pantry = TaxonomyTerm.objects.get(code="102-04")
    assert (pantry.name, pantry.parent and pantry.parent.name) == ("Food Pantry", "Food")
    shorter = tmp_path / "shorter.csv"
    shorter.write_text(
        "code,name,parent,name_es\n102,Foods,,Comida\n102-04,Food Pantry,102,\n", encoding="utf-8"
    )
    assert "0 new, 1 changed, 1 as before, 288 retired" in load(shorter, name="Open Eligibility")
    assert TaxonomyTerm.objects.filter(retired_on__isnull=True).count() == 2
    assert TermName.objects.get(term__code="102").name == "Comida"
    assert Taxonomy.objects.count() == 1


@pytest.mark.django_db
def test_a_file_that_cannot_be_loaded_loads_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ring.csv"
    path.write_text("code,name,parent\na,A,b\nb,B,a\n", encoding="utf-8")
    for each in (path, tmp_path / "nothing.csv"):
        with pytest.raises(CommandError):
            load(each, name="Ring")
    assert not TaxonomyTerm.objects.exists()
