"""Rules of the house that import-linter cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
SHARED_MODELS = "waypost.kernel.models"  # events and audit, which every room stands on
GATE = "waypost/disclosure/gate.py"


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (each for each in (ROOT / folder).rglob("*.py") if "migrations" not in each.parts)


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def room(file: Path) -> str:
    return file.relative_to(ROOT / "waypost").parts[0]


def test_a_rooms_models_are_imported_by_that_room_only() -> None:
    strangers = []
    for file in sources("waypost"):
        for name in imports(file):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "waypost" or parts[2] != "models":
                continue
            if parts[1] != room(file) and not name.startswith(SHARED_MODELS):
                strangers.append(f"{file.relative_to(ROOT)} imports {name}")
    assert strangers == []


def test_a_grant_is_made_by_the_gate_alone() -> None:
    makers = {
        str(file.relative_to(ROOT))
        for file in sources("waypost")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Grant"
    }
    assert makers == {GATE}


@pytest.mark.parametrize("folders", [("waypost", "config"), ("tests", "bench", "scripts")])
def test_no_file_is_longer_than_a_room(folders: tuple[str, ...]) -> None:
    long = [
        f"{file.relative_to(ROOT)}: {lines}"
        for file in sources(*folders)
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert long == []


def test_nothing_is_called_utils() -> None:
    assert [str(each) for each in (ROOT / "waypost").rglob("util*") if each.suffix != ".pyc"] == []
