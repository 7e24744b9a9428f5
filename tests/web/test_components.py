"""Templates keep the promises of the components: nothing inline, nothing unescaped, nothing unknown."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "waypost" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
COMPONENTS = WEB / "templates" / "cotton"

TAG = re.compile(r"<c-(?!vars|slot)([\w.-]+)((?:\s+[^\s/>\"'=<>`]+(?:=(?:\"[^\"]*\"|'[^']*'|\S+))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([^\s/>\"'=<>`]+)(?:=(?:\"[^\"]*\"|'[^']*'|\S+))?")
SAFE_FOR_TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)


def component(name: str) -> Path:
    """The file of ``<c-name>``."""
    return COMPONENTS / (name.replace("-", "_").replace(".", "/") + ".html")


def declared(name: str) -> set[str]:
    """The parameters a component names in its ``<c-vars>``."""
    found = re.search(r"<c-vars\s([^>]*?)/?>", component(name).read_text(encoding="utf-8"))
    return {key.lstrip(":") for key in ATTRIBUTE.findall(found[1])} if found else set()


def used(path: Path) -> list[tuple[str, list[str]]]:
    """Each component a template uses, with the names of the attributes given to it."""
    text = SAFE_FOR_TAG.sub("x", path.read_text(encoding="utf-8"))
    return [(tag[1], ATTRIBUTE.findall(tag[2])) for tag in TAG.finditer(text)]


def name(path: Path) -> str:
    return str(path.relative_to(WEB / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_component_used_is_there(path: Path) -> None:
    missing = [tag for tag, _ in used(path) if not component(tag).is_file()]
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_computed_attribute_is_one_the_component_names(path: Path) -> None:
    """``:data-x="value"`` on an undeclared name would be written into the page without escaping."""
    loose = [
        f"<c-{tag} {key}>"
        for tag, keys in used(path)
        for key in keys
        if key.startswith(":") and key.lstrip(":") not in declared(tag)
    ]
    assert loose == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    """The Content Security Policy allows no inline style, script or handler."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "an inline script"
    assert "<style" not in text, "a style element"
    assert not re.search(r"\|safe\b|autoescape off", text), "words that are not escaped"


def test_sheets_stay_small() -> None:
    for sheet in (WEB.parents[1] / "assets" / "css").glob("*.css"):
        assert len(sheet.read_text(encoding="utf-8").splitlines()) < 400, sheet.name
