"""Copy what pages use into ``waypost/web/static/built``: our sheet and scripts, fonts, icons, htmx, the map.

Run after ``npm ci --ignore-scripts``: ``python assets/build.py``. Needs no Node. Running it again replaces
the folder as a whole, so nothing old stays. Content hashes come later, from the static files storage.
"""

import re
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ROOT / "node_modules"
USWDS = MODULES / "@uswds" / "uswds"
BUILT = ROOT / "waypost" / "web" / "static" / "built"

SHEETS = ("tokens", "base", "frame", "lists", "forms", "records", "figures", "print")
FONTS = ("Regular", "SemiBold", "Bold")
ICONS = (
    "add arrow_back arrow_forward calendar_today chat check check_circle close edit event expand_more "
    "file_download file_upload help history info language list location_on lock mail map people person phone "
    "print schedule search send star undo visibility warning"
).split()
ALSO_CALLED = {"file_download": "download", "file_upload": "upload", "location_on": "location"}
LICENCES = {
    "uswds.txt": USWDS / "LICENSE.md",
    "leaflet.txt": MODULES / "leaflet" / "LICENSE",
    "public-sans.txt": ASSETS / "licences" / "public-sans.txt",
    "htmx.txt": ASSETS / "licences" / "htmx.txt",
}


class MissingFile(Exception):
    """Something to copy is not there; the words say how to get it."""


def copy(source: Path, target: Path) -> None:
    """Copy one file, making its folder; refuse plainly when it is not there."""
    if not source.is_file():
        raise MissingFile(f"{source.relative_to(ROOT)} is missing. Run: npm ci --ignore-scripts")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def sheet() -> str:
    """Our style sheet in one piece, without comments and indentation."""
    text = "\n".join((ASSETS / "css" / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


def sprite() -> str:
    """The chosen USWDS icons as symbols of one SVG file, named as pages call them."""
    symbols = []
    for name in ICONS:
        source = USWDS / "dist" / "img" / "usa-icons" / f"{name}.svg"
        if not source.is_file():
            raise MissingFile(f"USWDS has no icon named {name}")
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text(encoding="utf-8"), re.DOTALL)
        if drawing is None:
            raise MissingFile(f"The icon {name} is no SVG drawing")
        called = ALSO_CALLED.get(name, name)
        symbols.append(f'<symbol id="{called}" viewBox="0 0 24 24">{drawing[1].strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def htmx() -> Path:
    """htmx as django-htmx brings it (it names the file by its major version)."""
    package = find_spec("django_htmx")
    if package is None or package.origin is None:
        raise MissingFile("django-htmx is not installed in this environment")
    folder = Path(package.origin).parent / "static" / "django_htmx"
    for name in ("htmx-2.min.js", "htmx.min.js"):
        if (folder / name).is_file():
            return folder / name
    raise MissingFile(f"django-htmx has no htmx 2 in {folder}")


def build(target: Path) -> None:
    """Fill an empty folder."""
    target.mkdir(parents=True)
    (target / "waypost.css").write_text(sheet(), encoding="utf-8")
    (target / "icons.svg").write_text(sprite(), encoding="utf-8")
    (target / "htmx.min.js").write_bytes(htmx().read_bytes())
    copy(ASSETS / "icons" / "icon.svg", target / "icon.svg")
    for script in sorted((ASSETS / "js").glob("*.js")):
        copy(script, target / script.name)
    for weight in FONTS:
        name = f"PublicSans-{weight}.woff2"
        copy(USWDS / "dist" / "fonts" / "public-sans" / name, target / "fonts" / name)
    leaflet = (MODULES / "leaflet" / "dist" / "leaflet.js").read_text(encoding="utf-8")
    (target / "leaflet.js").write_text(re.sub(r"\n?//# sourceMappingURL=\S+", "", leaflet), encoding="utf-8")
    styles = (MODULES / "leaflet" / "dist" / "leaflet.css").read_text(encoding="utf-8")
    (target / "leaflet.css").write_text(styles, encoding="utf-8")
    for image in sorted((MODULES / "leaflet" / "dist" / "images").glob("*.png")):
        copy(image, target / "images" / image.name)
    for name, source in LICENCES.items():
        copy(source, target / "licences" / name)
    if (ROOT / "LICENSE").is_file():  # the icons' licence is our own: Apache 2.0
        copy(ROOT / "LICENSE", target / "licences" / "apache-2.0.txt")


def main() -> int:
    """Build beside the old folder, then put it in its place."""
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        build(fresh)
    except (MissingFile, OSError) as problem:
        shutil.rmtree(fresh, ignore_errors=True)
        sys.stderr.write(f"Assets were not built. {problem}\n")
        return 1
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)
    files = [path for path in BUILT.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    sys.stdout.write(f"Built {len(files)} files, {size // 1024} kB.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
