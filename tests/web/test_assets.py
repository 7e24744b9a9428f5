"""What is sent to browsers stays small, and its lock names no addresses."""

import gzip
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "assets" / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: run npm ci --ignore-scripts")
    folder = tmp_path_factory.mktemp("assets") / "built"
    builder().build(folder)
    return folder


def test_about_fifty_files_and_under_one_and_a_half_megabytes(built: Path) -> None:
    files = [path for path in built.rglob("*") if path.is_file()]
    assert len(files) <= 50
    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_what_every_page_loads_is_well_under_150_kilobytes(built: Path) -> None:
    names = ("waypost.css", "waypost.js", "htmx.min.js", "icons.svg")
    assert sum(len(gzip.compress((built / name).read_bytes())) for name in names) < 60_000


def test_every_icon_named_in_a_template_is_drawn(built: Path) -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (built / "icons.svg").read_text(encoding="utf-8")))
    templates = (ROOT / "waypost" / "web" / "templates").rglob("*.html")
    named = {
        icon
        for path in templates
        for icon in re.findall(r'<c-icon name="(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= drawn


def test_third_party_licences_go_along(built: Path) -> None:
    assert {path.stem for path in (built / "licences").iterdir()} >= {
        "uswds",
        "leaflet",
        "public-sans",
        "htmx",
    }


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    build = builder()
    with pytest.raises(build.MissingFile, match="npm ci"):
        build.copy(ROOT / "node_modules" / "not-there.js", tmp_path / "x.js")


def test_the_lock_names_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)
