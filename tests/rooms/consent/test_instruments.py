"""What a captured form serves, who looks at a paper, and what is kept of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.community import FOOD, Community, rosa
from waypost.consent import services
from waypost.consent.files import reseal_all
from waypost.consent.models import Consent, KeptFile
from waypost.consent.selectors import consent, form, forms_waiting, look_for, open_file
from waypost.consent.services import Paper, Part
from waypost.kernel.clock import now
from waypost.kernel.errors import NotVisible, Refused
from waypost.kernel.models import AuditEntry
from waypost.kernel.papers import Resealed
from waypost.kernel.transaction import acting

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"
TOPICS = frozenset({"identity", "contact", FOOD})
SIGNED = frozenset({"consent", "written", "part2"})


def record(community: Community, person: UUID, paper: Paper, **changes: Any) -> UUID:
    part = {"topics": TOPICS, "recipient_class": "named", "recipients": (community.bank,), **changes}
    with acting(community.ana):
        [made] = services.record_form(
            actor=community.ana,
            person_id=person,
            parts=[Part(**part)],
            paper=paper,
            ends_at=now() + timedelta(days=365),
        )
    return made


def scanned(community: Community, person: UUID) -> UUID:
    return record(
        community, person, Paper(captured="scan", signed_by="Rosa Delgado", file=PDF), wanted=SIGNED
    )


def test_spoken_is_never_kept_for_what_wants_a_signature(community: Community) -> None:
    person = rosa(community.ana)
    for use in ("written", "authorization", "part2", "ferpa"):
        with pytest.raises(Refused, match="a signature"):
            record(community, person, Paper(), wanted=frozenset({"consent", use}))
    assert Consent.objects.count() == 0


def test_the_database_lets_nothing_spoken_serve_more(community: Community) -> None:
    made = record(community, rosa(community.ana), Paper())
    with connection.cursor() as cursor, pytest.raises(Exception, match="spoken_serves|not changed"):
        cursor.execute("UPDATE consent_consent SET serves = '{consent,part2}' WHERE id = %s", [made])


def test_a_form_that_lacks_a_sentence_is_refused_with_what_it_lacks(community: Community) -> None:
    paper = Paper(captured="typed", signed_by="Rosa Delgado", statements=frozenset({"right_to_revoke"}))
    with pytest.raises(Refused) as refused:
        record(community, rosa(community.ana), paper, wanted=SIGNED | {"authorization"})
    for missing in ("how to take it back", "help does not depend", "passed on"):
        assert missing in refused.value.message
    assert "that it can be taken back" not in refused.value.message


def test_each_instrument_of_one_form_is_kept_element_by_element(community: Community) -> None:
    person = rosa(community.ana)
    parts = [
        Part(topics=TOPICS, wanted=SIGNED, recipient_class="named", recipients=(community.bank,)),
        Part(
            topics=TOPICS,
            wanted=frozenset({"consent", "authorization"}),
            purposes=frozenset({"research"}),
            recipient_class="named",
            recipients=(community.plan,),
        ),
    ]
    with acting(community.ana):
        care, study = services.record_form(
            actor=community.ana,
            person_id=person,
            parts=parts,
            paper=Paper(captured="typed", signed_by="Rosa Delgado"),
            ends_at=now() + timedelta(days=30),
        )
        one, other = consent(community.ana, care), consent(community.ana, study)
        kept = form(community.ana, one.form_id or UUID(int=0))
    assert one.form_id == other.form_id
    assert one.serves == SIGNED
    assert other.serves == {"consent", "authorization"}
    assert list(kept.elements["authorization"])[:6] == [
        "person",
        "discloser",
        "description",
        "recipient",
        "purpose",
        "expiry",
    ]
    assert all(kept.elements["authorization"].values())


def test_a_paper_serves_nothing_until_somebody_else_has_looked(community: Community) -> None:
    person = rosa(community.ana)
    made = scanned(community, person)
    with acting(community.ana):
        waiting = consent(community.ana, made)
        assert (waiting.status, waiting.serves, waiting.in_force(now())) == ("waiting", frozenset(), False)
        [paper] = forms_waiting(community.ana)
        with pytest.raises(Refused, match="yourself"):
            services.confirm_form(actor=community.ana, form_id=paper.id, confirmed=look_for(paper))
    with acting(community.lee):
        services.confirm_form(actor=community.lee, form_id=paper.id, confirmed=look_for(paper))
        done = consent(community.lee, made)
        assert (done.status, done.serves) == ("active", SIGNED)
        assert form(community.lee, paper.id).verified_by_name == "Lee Park"
        with pytest.raises(Refused, match="already"):
            services.send_form_back(actor=community.lee, form_id=paper.id, words="No")


@pytest.mark.parametrize(
    ("element", "words"),
    [("signature", "a signature"), ("expiry", "when it ends"), ("how_to_revoke", "how to take it back")],
)
def test_what_is_not_on_the_paper_is_said_and_it_stays_waiting(
    community: Community, element: str, words: str
) -> None:
    made = scanned(community, rosa(community.ana))
    with acting(community.lee):
        [paper] = forms_waiting(community.lee)
        found = [each for each in look_for(paper) if each != element]
        with pytest.raises(Refused, match=words):
            services.confirm_form(actor=community.lee, form_id=paper.id, confirmed=found)
        assert consent(community.lee, made).status == "waiting"


def test_a_paper_that_is_sent_back_never_serves(community: Community) -> None:
    made = scanned(community, rosa(community.ana))
    with acting(community.lee):
        [paper] = forms_waiting(community.lee)
        services.send_form_back(actor=community.lee, form_id=paper.id, words="The date is missing.")
        assert consent(community.lee, made).status == "sent_back"
        assert form(community.lee, paper.id).sent_back_words == "The date is missing."


def test_the_database_wants_other_eyes_too(community: Community) -> None:
    made = scanned(community, rosa(community.ana))
    change = "UPDATE consent_consent SET status = 'active', serves = '{consent}' WHERE id = %s"
    with connection.cursor() as cursor, pytest.raises(Exception, match="somebody else"):
        cursor.execute(change, [made])


def test_a_file_lies_sealed_and_each_opening_is_logged(community: Community, as_web: Any) -> None:
    scanned(community, rosa(community.ana))
    [row] = KeptFile.objects.all()
    assert b"PDF" not in bytes(row.sealed)
    as_web()
    with acting(community.lee):
        assert open_file(community.lee, row.id).content == PDF
        assert AuditEntry.objects.filter(action="consent.file_opened").count() == 1
    with acting(community.olga), pytest.raises(NotVisible):
        open_file(community.olga, row.id)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90",
        b"<html><script>",
        b"%PDF-1.7 cut off",
        b"GIF89a",
        b"<svg xmlns=",
        PNG[:-4],
        b"PK\x03\x04",
    ],
)
def test_what_is_no_picture_and_no_pdf_is_not_kept_whatever_its_name(
    community: Community, data: bytes
) -> None:
    with pytest.raises(Refused):
        record(community, rosa(community.ana), Paper(captured="scan", file=data), wanted=SIGNED)
    assert KeptFile.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept(community: Community) -> None:
    large = PDF[:-6] + b" " * (8 * 1024 * 1024) + b"%%EOF\n"
    with pytest.raises(Refused, match="8 MB"):
        record(community, rosa(community.ana), Paper(captured="scan", file=large), wanted=SIGNED)


def test_a_drawn_signature_is_a_picture_that_is_kept(community: Community) -> None:
    made = record(community, rosa(community.ana), Paper(captured="drawn", file=PNG), wanted=SIGNED)
    with acting(community.ana):
        kept = form(community.ana, consent(community.ana, made).form_id or UUID(int=0))
    assert [each.media for each in kept.files] == ["image/png"]
    with pytest.raises(Refused):
        record(community, rosa(community.ana), Paper(captured="drawn", file=PDF), wanted=SIGNED)


def test_somebody_who_signs_for_another_says_why(community: Community) -> None:
    paper = Paper(captured="typed", representative="Luz Delgado")
    with pytest.raises(Refused, match="why somebody else may sign"):
        record(community, rosa(community.ana), paper, wanted=SIGNED)
    paper = Paper(captured="typed", representative="Luz Delgado", authority="guardian")
    record(community, rosa(community.ana), paper, wanted=SIGNED)


def test_a_copy_is_recorded(community: Community) -> None:
    made = record(community, rosa(community.ana), Paper())
    with acting(community.ana):
        kept = consent(community.ana, made).form_id or UUID(int=0)
        services.give_copy(actor=community.ana, form_id=kept, language="es")
        [copy] = form(community.ana, kept).copies
    assert (copy.language, copy.given_by_name) == ("es", "Ana Reyes")
    with acting(community.olga), pytest.raises(NotVisible):
        services.give_copy(actor=community.olga, form_id=kept, language="es")


def test_keys_are_changed_without_losing_a_file(community: Community) -> None:
    scanned(community, rosa(community.ana))
    [old], new = settings.FILE_KEYS, Fernet.generate_key().decode()
    with override_settings(FILE_KEYS=(new, old)):
        assert reseal_all() == Resealed(resealed=1, kept=0, unreadable=0)
        assert reseal_all() == Resealed(resealed=0, kept=1, unreadable=0)
    [row] = KeptFile.objects.all()
    with acting(community.lee):
        with override_settings(FILE_KEYS=(new,)):
            assert open_file(community.lee, row.id).content == PDF
        with pytest.raises(NotVisible):
            open_file(community.lee, row.id)
    assert reseal_all().unreadable == 1
