"""HTML to a tagged PDF (PDF/UA-1), without loading anything but our own fonts."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse

from waypost.web.front_desk import shown

SHEET = Path(__file__).parent / "paper.css"
WEIGHTS = {"Regular": 400, "Bold": 700}


def pdf_answer(html: str, name: str) -> HttpResponse:
    """The page as a file to open or keep; nothing between keeps it."""
    answer = HttpResponse(pdf(shown(html)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def pdf(html: str) -> bytes:
    """Letter size. Images and fonts that do not stand in the page itself (``data:``) are not loaded."""
    from weasyprint import CSS, HTML  # noqa: PLC0415 - half a second and 40 MB that few pages need
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fonts, inside = FontConfiguration(), URLFetcher(allowed_protocols=["data"])
    css = CSS(string=_faces() + SHEET.read_text(encoding="utf-8"), font_config=fonts, url_fetcher=inside)
    document = HTML(string=html, url_fetcher=inside)
    done: bytes = document.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
    return done


@cache
def _faces() -> str:
    """Public Sans where it is built; the reader's own sans-serif else."""
    rules = []
    for name, weight in WEIGHTS.items():
        found = finders.find(f"built/fonts/PublicSans-{name}.woff2")
        if isinstance(found, str):
            data = b64encode(Path(found).read_bytes()).decode()
            rules.append(
                f'@font-face {{ font-family: "Public Sans"; font-weight: {weight};'
                f" src: url(data:font/woff2;base64,{data}); }}"
            )
    return "\n".join(rules)
