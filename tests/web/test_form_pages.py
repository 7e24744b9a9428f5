"""Signing, the look at a paper, copies, keeping somebody out, and taking back a part: as pages."""

import base64
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.community import FOOD, Community, agree, food_need, rosa, sent_referral
from tests.web.meddling import as_owner
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.consent.cards import ConsentCard
from waypost.consent.models import KeptFile
from waypost.consent.selectors import consents
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.models import AuditEntry
from waypost.kernel.transaction import acting
from waypost.referrals import selectors as referrals

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"
DRAWN = "data:image/png;base64," + base64.b64encode(PNG).decode()


def asked(**changes: object) -> dict[str, object]:
    """Both pages of asking, agreed to, for a year."""
    return {
        "topics": ["identity", "contact", FOOD],
        "recipient_class": "partners",
        "reply": "on",
        "ends_on": (today() + timedelta(days=365)).isoformat(),
        "step": "agrees",
        "captured": "spoken",
        "language": "en",
        **changes,
    }


def said(actor: Actor, person: UUID) -> list[ConsentCard]:
    with acting(actor):
        return consents(actor, person)


def status(organization: UUID, legal: str) -> None:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE network_organization SET legal_status = %s WHERE id = %s", [legal, organization]
            )

    as_owner(change)


@pytest.fixture
def person(community: Community) -> UUID:
    found = rosa(community.ana)
    food_need(community.ana, found)
    return found


@pytest.fixture
def lee(community: Community, sign_in: Callable[[Client, Actor], Client]) -> Client:
    """The supervisor of the clinic: other eyes."""
    return sign_in(Client(), community.lee)


@pytest.mark.parametrize(
    ("how", "serves"),
    [
        ({"captured": "spoken"}, {"consent"}),
        ({"captured": "typed", "signed_by": "Rosa Delgado"}, {"consent", "written"}),
        ({"captured": "drawn", "drawing": DRAWN}, {"consent", "written"}),
    ],
)
def test_each_way_of_saying_yes(
    community: Community, person: UUID, ana: Client, how: dict[str, str], serves: set[str]
) -> None:
    assert ana.post(f"/people/{person}/agree/", asked(**how)).status_code == FOUND
    [card] = said(community.ana, person)
    assert (card.captured, card.serves) == (how["captured"], serves)
    assert card.words_shown.count("You may take this back at any time") == (how["captured"] != "spoken")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"captured": "typed"}, "Type the full name"),
        ({"captured": "drawn"}, "Sign in the box, or type the name"),
        ({"captured": "drawn", "drawing": "data:image/png;base64,!!"}, "Sign in the box"),
        ({"captured": "drawn", "drawing": "data:text/html;base64,PGI+"}, "Sign in the box"),
        ({"captured": "scan"}, "Add a picture or a PDF"),
        ({"captured": "written"}, "valid choice"),
        ({"captured": "typed", "signed_by": "L", "representative": "Luz"}, "Say why they may agree"),
    ],
)
def test_a_signature_that_is_none_is_refused_in_words(
    community: Community, person: UUID, ana: Client, how: dict[str, str], words: str
) -> None:
    answer = ana.post(f"/people/{person}/agree/", asked(**how))
    assert answer.status_code == REFUSED
    assert words in text(answer)
    assert said(community.ana, person) == []


def test_a_program_is_not_spoken_for(community: Community, person: UUID, ana: Client) -> None:
    status(community.clinic, "part2_program")
    named = {"recipient_class": "named", "recipients": [str(community.bank)]}
    answer = ana.post(f"/people/{person}/agree/", asked(**named))
    assert answer.status_code == REFUSED
    assert "a spoken yes is not enough" in text(answer)
    ana.post(f"/people/{person}/agree/", asked(**named, captured="typed", signed_by="Rosa Delgado"))
    [card] = said(community.ana, person)
    assert card.serves == {"consent", "written", "part2"}


def test_a_program_that_may_answer_is_named_as_the_one_who_tells(
    community: Community, person: UUID, ana: Client
) -> None:
    status(community.bank, "part2_program")
    given = asked(
        recipient_class="named", recipients=[str(community.bank)], captured="typed", signed_by="Rosa Delgado"
    )
    ana.post(f"/people/{person}/agree/", given)
    back, forth = sorted(said(community.ana, person), key=lambda each: community.clinic in each.discloser_ids)
    assert (back.discloser_ids, back.recipient_ids) == ({community.bank}, {community.clinic})
    assert "part2" in back.serves
    assert forth.discloser_ids == {community.clinic}
    assert back.form_id == forth.form_id


def test_another_purpose_is_an_instrument_of_its_own(community: Community, person: UUID, ana: Client) -> None:
    given = asked(purposes=["care_coordination", "research"], captured="typed", signed_by="Rosa Delgado")
    ana.post(f"/people/{person}/agree/", given)
    by_purpose = {tuple(sorted(each.purposes)): each.serves for each in said(community.ana, person)}
    assert by_purpose == {
        ("care_coordination",): {"consent", "written"},
        ("research",): {"consent", "written", "authorization"},
    }


def scanned(client: Client, person: UUID, data: bytes = PDF, name: str = "form.pdf") -> int:
    given = asked(captured="scan", scan=SimpleUploadedFile(name, data), signed_by="Rosa Delgado")
    return client.post(f"/people/{person}/agree/", given).status_code


def test_a_paper_is_looked_at_by_somebody_else_and_then_counts(
    community: Community, person: UUID, ana: Client, lee: Client
) -> None:
    assert scanned(ana, person) == FOUND
    [card] = said(community.ana, person)
    assert (card.status, card.serves) == ("waiting", frozenset())
    assert "Waits for a look at the paper" in text(ana.get(f"/people/{person}/agreements/"))
    assert "You recorded it: somebody else" in text(ana.get("/forms/waiting/"))
    assert f"/forms/{card.form_id}/check/" in text(lee.get("/forms/waiting/"))
    page = text(lee.get(f"/forms/{card.form_id}/check/"))
    elements = [each.split('"')[0] for each in page.split('name="confirmed" value="')[1:]]
    assert "signature" in elements
    short = lee.post(f"/forms/{card.form_id}/check/", {"step": "confirm", "confirmed": elements[:-1]})
    assert short.status_code == REFUSED
    assert "It lacks" in text(short)
    done = lee.post(f"/forms/{card.form_id}/check/", {"step": "confirm", "confirmed": elements})
    assert done.status_code == FOUND
    [card] = said(community.ana, person)
    assert (card.status, card.serves) == ("active", {"consent", "written"})


def test_a_paper_is_sent_back_with_words(
    community: Community, person: UUID, ana: Client, lee: Client
) -> None:
    scanned(ana, person)
    [card] = said(community.ana, person)
    address = f"/forms/{card.form_id}/check/"
    assert lee.post(address, {"step": "back"}).status_code == REFUSED
    assert lee.post(address, {"step": "back", "words": "No date on it."}).status_code == FOUND
    assert "No date on it." in text(ana.get(f"/forms/{card.form_id}/"))
    assert ana.post(address, {"step": "confirm", "confirmed": ["person"]}).status_code == REFUSED


@pytest.mark.parametrize("name", ["form.pdf", "form.png", "evil.html"])
def test_a_file_is_known_by_its_content(community: Community, person: UUID, ana: Client, name: str) -> None:
    assert scanned(ana, person, b"<html><script>alert(1)</script>", name) == REFUSED
    assert KeptFile.objects.count() == 0


def test_a_kept_file_is_never_shown_by_our_own_pages(
    community: Community, person: UUID, ana: Client, olga: Client
) -> None:
    scanned(ana, person)
    with acting(community.ana):
        [file] = KeptFile.objects.values_list("id", flat=True)
    answer = ana.get(f"/forms/files/{file}/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    with acting(community.ana):
        assert AuditEntry.objects.filter(action="consent.file_opened", subject_ids=[person]).count() == 1
    assert olga.get(f"/forms/files/{file}/").status_code == NOT_FOUND


def test_a_form_is_seen_by_its_own_organization_alone(
    community: Community, person: UUID, ana: Client, olga: Client, ivy: Client
) -> None:
    scanned(ana, person)
    [card] = said(community.ana, person)
    for page in ("", "copy/", "check/"):
        assert ana.get(f"/forms/{card.form_id}/{page}").status_code == OK
        assert olga.get(f"/forms/{card.form_id}/{page}").status_code == NOT_FOUND
        assert ivy.get(f"/forms/{card.form_id}/{page}").status_code == FORBIDDEN


def test_a_copy_in_both_languages_and_as_a_pdf(community: Community, person: UUID, ana: Client) -> None:
    ana.post(f"/people/{person}/agree/", asked(captured="typed", signed_by="Rosa Delgado", language="es"))
    [card] = said(community.ana, person)
    copy = text(ana.get(f"/forms/{card.form_id}/copy/?language=en"))
    assert f"Signed by Rosa Delgado, {today():%-d %B %Y}." in copy
    assert 'lang="es"' in text(ana.get(f"/forms/{card.form_id}/copy/?language=es"))
    pdf = ana.get(f"/forms/{card.form_id}/copy/?language=es&format=pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Cache-Control"] == "no-store, private"
    assert ana.post(f"/forms/{card.form_id}/", {"language": "es"}).status_code == FOUND
    assert "by Ana Reyes" in text(ana.get(f"/forms/{card.form_id}/"))


def test_keeping_an_organization_out_acts_at_once(
    community: Community,
    ana: Client,
    sam: Client,
) -> None:
    person, referral, _ = sent_referral(community)
    assert sam.get(f"/people/{person}/").status_code == OK
    given = {"organizations": [str(community.bank)], "recall": "on"}
    assert ana.post(f"/people/{person}/keep-out/", given).status_code == FOUND
    assert sam.get(f"/people/{person}/").status_code == NOT_FOUND
    with acting(community.ana):
        assert referrals.referral(community.ana, referral).withdrawn_at is not None
    page = text(ana.get(f"/people/{person}/agreements/"))
    assert "Rosa wants Cedar Food Bank kept out" in page


def test_a_worker_kept_out_finds_no_trace(community: Community, ana: Client, lee: Client) -> None:
    person, referral, _ = sent_referral(community)
    assert lee.get(f"/people/{person}/").status_code == OK
    given = {"workers": [str(community.lee.user_id)]}
    assert ana.post(f"/people/{person}/keep-out/", given).status_code == FOUND
    for address in (f"/people/{person}/", f"/people/{person}/agreements/", f"/referrals/{referral}/"):
        assert lee.get(address).status_code == NOT_FOUND, address
    for address in ("/people/", "/people/?q=Rosa", "/search/?q=Rosa", "/referrals/?tab=all", "/team/"):
        assert "Delgado" not in text(lee.get(address)), address
    assert "Rosa wants Lee Park kept out" in text(ana.get(f"/people/{person}/agreements/"))


@pytest.mark.parametrize(
    "given",
    [{}, {"organizations": ["01a2"]}, {"workers": ["00000000-0000-7000-8000-000000000001"]}],
)
def test_nobody_in_particular_is_not_kept_out(
    community: Community, person: UUID, ana: Client, given: dict[str, object]
) -> None:
    assert ana.post(f"/people/{person}/keep-out/", given or {"recall": "on"}).status_code == REFUSED
    assert said(community.ana, person) == []


def test_a_part_is_taken_back(community: Community, person: UUID, ana: Client) -> None:
    made = agree(community.ana, person, topics=["identity", "contact", FOOD, "homelessness"])
    page = text(ana.get(f"/agreements/{made}/take-back/"))
    assert "Which part?" in page
    assert ana.post(f"/agreements/{made}/take-back/", {"what": "part"}).status_code == REFUSED
    given = {"what": "part", "topics": [FOOD], "back": "on"}
    assert ana.post(f"/agreements/{made}/take-back/", given).status_code == FOUND
    page = text(ana.get(f"/people/{person}/agreements/"))
    assert "Rosa would rather not share: food." in page
    assert "Rosa wants nobody to tell Cedar Clinic how it went." in page
    assert "a part of an earlier agreement was taken back" in page
