"""Normalised discounted cumulative gain, as published. Pure arithmetic over grades.

Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20 (2002); the gain
2^grade - 1 and the discount log2(rank + 1) as in Burges et al., "Learning to rank using gradient descent",
ICML 2005.
"""

from collections.abc import Iterable, Sequence
from math import log2


def dcg(grades: Sequence[int], depth: int = 10) -> float:
    """The gains of the first ``depth`` results, best rank first, each divided by log2(rank + 1)."""
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:depth], start=1))


def ndcg(grades: Sequence[int], judged: Iterable[int], depth: int = 10) -> float:
    """``dcg`` over that of the best order of everything that was judged: 1 is perfect, 0 is nothing."""
    best = dcg(sorted(judged, reverse=True), depth)
    return dcg(grades, depth) / best if best else 0.0
