"""Page numbers from the URL: whatever is typed there, some page is shown."""

from collections.abc import Callable
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

LAST = 10_000
Row = TypeVar("Row")


def words_of(request: HttpRequest, name: str = "q") -> str:
    """A search word from the URL, tidy and of a length that can be searched for."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def number_of(request: HttpRequest) -> int:
    """The page number in the URL; 1 where there is none that makes sense."""
    typed = request.GET.get("page", "")
    return min(max(int(typed), 1), LAST) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1  # noqa: PLR2004


def paged(read: Callable[[int], tuple[list[Row], int]], number: int, *, size: int = 50) -> "Page[Row]":
    """Read a page of rows and their count with ``read(number)``; the last page where there is none so far."""
    rows, count = read(number)
    paginator = Paginator(range(count), size)
    page = paginator.get_page(number)
    if page.number != number:
        rows, count = read(page.number)
    page.object_list = rows  # type: ignore[assignment]
    return page  # type: ignore[return-value]
