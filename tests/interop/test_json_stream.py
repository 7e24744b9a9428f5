"""JSON as a stream: cut anywhere, the values are the same, and what is no JSON costs its line alone."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waypost.interop.hsds import json_stream
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.json_stream import Found, Large, values

anything = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-(10**6), 10**6), some.text(max_size=5)),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3), some.dictionaries(some.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def read(data: bytes, size: int = 1 << 18) -> list[Any]:
    found = []
    for each in values(lambda: pieces(data, size)):
        assert isinstance(each, Found)
        found.append(each.problem[0] if each.problem else each.value)
    return found


@given(value=anything, size=some.integers(1, 9), indent=some.sampled_from([None, 1]))
def test_what_is_in_a_list_comes_out_of_it(value: Any, size: int, indent: int | None) -> None:
    body = json.dumps([value, 17, value], indent=indent, ensure_ascii=False)
    held = value if "\x00" not in body and "\\u" not in body else read(json.dumps([value]).encode())[0]
    assert read(body.encode("utf-8", "surrogatepass"), size) == [held, 17, held]


@given(
    size=some.integers(1, 40), wide=some.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
)
def test_lines_in_any_encoding_cut_anywhere(size: int, wide: str) -> None:
    body = '{"name": "Ñandú 食"}\n\n  \n{"n": 12345}\n{"id": "o2", "na\n{"last": true}'.encode(wide)
    assert read(body, size) == [{"name": "Ñandú 食"}, {"n": 12345}, "invalid_json", {"last": True}]


@pytest.mark.parametrize("body", [b'[{"a": 1}, {"b": ', b'[{"a": 1}', b'[{"a": 1},', b'[{"a": "x', b"["])
def test_a_list_that_never_ends_is_said(body: bytes) -> None:
    with pytest.raises(Unreadable, match="cut off"):
        read(body, 3)


def test_a_bad_element_costs_its_line() -> None:
    assert read(b'[\n{"a": 1},\n{"b": oops},\n{"c": 3}\n]\n{"d": 4}', 5) == [
        {"a": 1}, "invalid_json", {"c": 3}, {"d": 4},
    ]  # fmt: skip


def test_the_rest_follows_a_large_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "LARGE", 10)
    found = []
    for each in values(lambda: pieces(b'{"a": [1, 2, 3], "b": {}} {"f": 1}', 4)):
        found += (
            [(name, one.value) for name, one in each.members()] if isinstance(each, Large) else [each.value]
        )
    assert found == [("a", 1), ("a", 2), ("a", 3), ("b", {}), {"f": 1}]
