"""The measure against numbers from a pencil."""

import pytest

from tests.relevance.ndcg import dcg, ndcg
from tests.relevance.questions import questions


def test_dcg_by_hand() -> None:
    """Grades 3, 2, 0, 1: 7 / 1 + 3 / 1.584963 + 0 / 2 + 1 / 2.321928 = 7 + 1.892789 + 0.430677."""
    assert dcg([3, 2, 0, 1]) == pytest.approx(9.323466, abs=1e-6)


def test_only_the_first_results_count() -> None:
    assert dcg([0] * 10 + [3]) == 0
    assert dcg([3, 3], depth=1) == 7


def test_ndcg_by_hand() -> None:
    """Found 2, 3; judged 3, 2: (3 + 7 / 1.584963) / (7 + 3 / 1.584963) = 7.416508 / 8.892789."""
    assert ndcg([2, 3], [3, 2]) == pytest.approx(0.833991, abs=1e-6)
    assert ndcg([3, 2], [2, 3]) == 1
    assert ndcg([], [3]) == 0
    assert ndcg([0, 0], []) == 0


def test_the_questions_are_what_they_say() -> None:
    asked = questions()
    assert len(asked) == 60
    assert len({(each.words, each.zip) for each in asked}) == 60
    assert min(sum(each.language == code for each in asked) for code in ("en", "es")) >= 29
    for each in asked:
        grades = [grade for given in each.grades.values() for grade in given.values()]
        assert set(grades) <= {1, 2, 3}, each.words
        assert 3 in grades, each.words
