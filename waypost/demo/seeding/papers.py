"""Papers of the invented community: one signed here by typing, one scan that waits for another look."""

from datetime import datetime

from waypost.consent.services import Paper, Part, record_form
from waypost.demo.seeding.data import read
from waypost.demo.seeding.story import Permission, Story
from waypost.kernel.actors import Actor
from waypost.kernel.clock import now


def sign_by_typing(story: Story, *, ends_at: datetime) -> None:
    """The person signed on the screen: what they need may be told to any partner, and answered."""
    identity = story.neighbor.identity
    paper = Paper(
        captured="typed",
        words_shown=_words(story),
        language=_language(story),
        signed_by=f"{identity.given_name} {identity.family_name}",
        identity_checked=True,
    )
    topics = _topics(story)
    part = Part(topics=topics, wanted=frozenset({"consent", "written"}))
    [consent] = record_form(
        actor=story.worker, person_id=story.person, parts=[part], paper=paper, ends_at=ends_at
    )
    story.permission = Permission(consent, topics, frozenset(), frozenset(), ends_at)


def bring_a_paper(story: Story, *, recorded_by: Actor, ends_at: datetime) -> None:
    """A signed paper came by; it serves nothing until a colleague of whoever recorded it has looked."""
    identity = story.neighbor.identity
    name = f"{identity.given_name} {identity.family_name}"
    paper = Paper(
        captured="scan",
        words_shown=_words(story),
        language=_language(story),
        signed_by=name,
        signed_on=now(),
        file=invented_pdf(f"Signed in ink: {name}"),
    )
    part = Part(topics=_topics(story), wanted=frozenset({"consent", "written"}))
    record_form(actor=recorded_by, person_id=story.person, parts=[part], paper=paper, ends_at=ends_at)


def invented_pdf(line: str) -> bytes:
    """A page with one line, as a PDF 1.4 file (ISO 32000-1, 7.5): nobody's paper was scanned for it."""
    text = line.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 16 Tf 72 700 Td (" + text + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    page, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(page))
    return page + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _topics(story: Story) -> frozenset[str]:
    return frozenset({"identity", "contact", *(each.category for each in story.needs)})


def _language(story: Story) -> str:
    return "es" if story.neighbor.language == "es" else "en"


def _words(story: Story) -> str:
    shown: str = read("words")["shown"][_language(story)]
    return shown.replace("Cedar Clinic", story.worker.organization_name)
