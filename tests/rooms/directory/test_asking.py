"""What somebody typed, taken apart; squares of the map. Worked out by hand."""

import pytest

from waypost.directory.rules.asking import Term, terms, wish
from waypost.directory.rules.cells import cells_of, miles, rings
from waypost.directory.selectors.understood import understand

SAME = {"food pantry": ("food bank",), "renta": ("rent",)}


def same_as(piece: str) -> tuple[str, ...]:
    return SAME.get(piece, ())


@pytest.mark.parametrize(
    ("text", "words", "zip_code", "days"),
    [
        ("food pantry open saturday 98144", "food pantry open", "98144", (5,)),
        ("comida el sábado o domingo", "comida el o", "", (5, 6)),
        ("98144-1234", "", "98144", ()),
        ("shelter 60601, 60602", "shelter", "60602", ()),
        ("room 101", "room 101", "", ()),
        ("", "", "", ()),
    ],
)
def test_a_zip_and_days_are_no_words(text: str, words: str, zip_code: str, days: tuple[int, ...]) -> None:
    found = wish(text)
    assert (found.words, found.zip, found.weekdays) == (words, zip_code, days)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a food pantry near me", (Term("food pantry", ("food bank",)),)),
        ("ayuda con la renta", (Term("renta", ("rent",)),)),
        ("free rent renta", (Term("free", (), True), Term("rent"), Term("renta", ("rent",)))),
        ("free service", (Term("free"), Term("service"))),  # when nothing else is said, this is what is asked
        ("rent rent", (Term("rent"),)),
        ("the of to", ()),
    ],
)
def test_terms(text: str, expected: tuple[Term, ...]) -> None:
    assert terms(text, same_as) == expected


def test_a_point_lies_in_one_square_of_each_size() -> None:
    """47.58 / 0.1 = 475.8; / 0.5 = 95.16; / 2 = 23.79; / 8 = 5.9475. -122.3 / 0.1 = -1223, and so on."""
    assert cells_of(47.58, -122.31) == ["c0:475:-1224", "c1:95:-245", "c2:23:-62", "c3:5:-16"]


@pytest.mark.parametrize("radius", [0.1, 5.0, 25.0, 100.0, 500.0])
@pytest.mark.parametrize(("latitude", "longitude"), [(47.58, -122.31), (25.8, -80.2), (64.8, -147.7)])
def test_rings_leave_out_nothing_within_the_radius(latitude: float, longitude: float, radius: float) -> None:
    found = rings(latitude, longitude, radius)
    squares = [each for ring in found for each in ring]
    assert len(squares) == len(set(squares))
    for north in range(-10, 11):
        for east in range(-10, 11):
            other = (latitude + north * radius / 690, longitude + east * radius / 300)
            if miles(latitude, longitude, *other) <= radius:
                assert set(cells_of(*other)) & set(squares), other


def test_near_squares_come_first() -> None:
    first, *_more, last = rings(47.58, -122.31, 25.0)
    assert "c0:475:-1224" in first
    assert "c0:475:-1224" not in last
    assert miles(47.58, -122.31, 47.25, -122.44) == pytest.approx(23.6, abs=0.2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("legal aid seattle", "seattle"),
        ("dentist akron", "akron"),
        ("seattle", ""),  # alone it is all that was asked
        ("seattle dentist", ""),  # at the end alone: elsewhere it may be a name
        ("dentist zzyzxville", ""),
        ("dentist", ""),
    ],
)
def test_the_town_at_the_end_says_where_and_not_what(text: str, town: str) -> None:
    said = understand(text).meanings
    assert [each.term.typed for each in said if each.term.town] == ([town] if town else [])
    alone = {each.term.typed: each.weight for each in understand(text.rpartition(" ")[2]).meanings}
    assert all(each.weight < alone[each.term.typed] for each in said if each.term.town)
