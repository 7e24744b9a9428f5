"""Files that others made, handed out: downloaded and never shown by our own pages."""

from django.http import HttpResponse

from waypost.kernel.papers import ENDINGS, Paper


def attachment(content: bytes, *, name: str, media: str) -> HttpResponse:
    """A kept paper as a download (OWASP ASVS 12.5): no type to guess, no script, no cache."""
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[Paper(media)]}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store, private"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
