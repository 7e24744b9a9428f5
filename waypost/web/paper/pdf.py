"""HTML to a tagged PDF (PDF/UA-1), without loading anything but our own fonts."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse

SHEET = Path(__file__).parent / "paper.css"
WEIGHTS = {"Regular": 400, "Bold": 700}


def pdf_answer(html: str, name: str) -> HttpResponse:
    """The page as a file to open or keep; nothing between keeps it."""
    answer = HttpResponse(pdf(html), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def pdf(html: str) -> bytes:
    """A4 or letter as the sheet says. Images and fonts other than ours and those inside are not loaded."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - half a second and 40 MB that few pages need
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    css = CSS(string=_faces() + SHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=_fetch)
    document = HTML(string=html, url_fetcher=_fetch)
    done: bytes = document.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
    return done


def _faces() -> str:
    """Public Sans where it is built; the reader's own sans-serif else."""
    rules = []
    for name, weight in WEIGHTS.items():
        found = finders.find(f"built/fonts/PublicSans-{name}.woff2")
        if isinstance(found, str):
            source = Path(found).as_uri()
            rules.append(
                f'@font-face {{ font-family: "Public Sans"; font-weight: {weight}; src: url({source}); }}'
            )
    return "\n".join(rules)


def _fetch(url: str, *args: Any, **kwargs: Any) -> Any:
    """What stands in the page itself (``data:``), and our fonts."""
    from weasyprint import default_url_fetcher  # noqa: PLC0415

    ours = url.startswith("file:") and url.endswith(".woff2") and "/fonts/PublicSans-" in url
    if not (url.startswith("data:") or ours):
        raise ValueError("nothing is loaded from elsewhere")
    return default_url_fetcher(url, *args, **kwargs)
