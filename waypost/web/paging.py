"""Pages of lists whose rooms hand out a page of rows and the count of all."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

Row = TypeVar("Row")
HIGHEST = 100_000
LONGEST = 7


def number_of(request: HttpRequest) -> int:
    """The page that the address asks for; 1 where it asks for nonsense."""
    wanted = request.GET.get("page", "")
    return min(max(int(wanted), 1), HIGHEST) if wanted.isdecimal() and len(wanted) < LONGEST else 1


def paged(
    request: HttpRequest, fetch: Callable[[int], tuple[Sequence[Row], int]], *, size: int
) -> tuple[Sequence[Row], "Page[int]", int]:
    """Rows of the page that was asked for (the last one, when it asks beyond), the page, and the count."""
    number = number_of(request)
    rows, count = fetch(number)
    page = Paginator(range(count), size).get_page(number)
    if page.number != number:
        rows, count = fetch(page.number)
    return rows, page, count
