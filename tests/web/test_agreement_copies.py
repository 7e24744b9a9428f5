"""Signed copies of agreements: who may add and read them, what is kept, and that it is sealed."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tests.community import Community
from tests.guards import officer
from tests.web.meddling import audited
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.kernel.actors import Actor
from waypost.kernel.clock import today
from waypost.kernel.errors import NotVisible
from waypost.kernel.transaction import acting
from waypost.network.copies import copies_of, open_copy, withdraw_copy
from waypost.network.models import AgreementCopy
from waypost.network.services import record_agreement

pytestmark = pytest.mark.django_db

SignIn = Callable[[Client, Actor], Client]
PDF = b"%PDF-1.7\nsigned by Lee Park\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"


@pytest.fixture
def agreed(community: Community) -> UUID:
    """The clinic and the food bank share data, since a week."""
    day = today() - timedelta(days=7)
    return record_agreement(
        kind="data_sharing", party_ids=[community.clinic, community.bank], valid_from=day, signed_on=day
    )


def given(data: bytes, name: str = "agreement.pdf") -> dict[str, SimpleUploadedFile]:
    return {"copy": SimpleUploadedFile(name, data, content_type="application/pdf")}


def kept(ivy: Client, agreed: UUID, data: bytes = PDF) -> UUID:
    """The integrator keeps a copy in the page; its id."""
    before = {each.id for each in AgreementCopy.objects.all()}
    answer = ivy.post(reverse("set_up_agreement", args=[agreed]), given(data))
    assert answer.status_code == FOUND, text(answer)
    [made] = {each.id for each in AgreementCopy.objects.all()} - before
    return made


def test_a_copy_is_kept_sealed_and_read_by_the_parties(
    community: Community, agreed: UUID, ivy: Client, sign_in: SignIn
) -> None:
    assert "No signed copy is kept yet." in text(ivy.get(reverse("set_up_agreement", args=[agreed])))
    copy = kept(ivy, agreed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM network_agreement_copy WHERE id = %s", [copy])
        [(sealed,)] = cursor.fetchall()
    assert b"PDF" not in bytes(sealed) and b"Lee Park" not in bytes(sealed)
    page = reverse("agreement_copy_file", args=[copy])
    assert page in text(ivy.get(reverse("set_up_agreement", args=[agreed])))
    lee = sign_in(Client(), community.lee)
    assert page in text(lee.get(reverse("our_agreements")))
    for reader in (ivy, lee):
        answer = reader.get(page)
        assert (answer.status_code, answer.content) == (OK, PDF)
        assert answer["Content-Disposition"] == f'attachment; filename="agreement-{agreed}.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Content-Type"] == "application/octet-stream"
    assert [each.actor_id for each in audited("network.copy_opened")] == [
        community.ivy.user_id,
        community.lee.user_id,
    ]
    assert [each.actor_id for each in audited("network.keep_copy")] == [community.ivy.user_id]


def test_another_organization_finds_nothing(
    community: Community, agreed: UUID, ivy: Client, sign_in: SignIn
) -> None:
    copy = kept(ivy, agreed)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    guard = officer(community.stranger)
    lead = officer(community.stranger, "Uma Lind", role="supervisor")
    for each in (guard, lead):
        client = sign_in(Client(), each)
        assert client.get(reverse("agreement_copy_file", args=[copy])).status_code == NOT_FOUND
        assert str(copy) not in text(client.get(reverse("our_agreements")))
        assert client.post(reverse("set_up_agreement", args=[agreed]), given(PDF)).status_code == FORBIDDEN
    with acting(guard):
        assert AgreementCopy.objects.count() == 0, "the table itself shows a stranger no row"
    with acting(community.sam):
        assert AgreementCopy.objects.count() == 1


def test_a_party_reads_and_does_not_write(community: Community, agreed: UUID, ivy: Client) -> None:
    copy = kept(ivy, agreed)
    with acting(community.lee):
        for statement in (
            "UPDATE network_agreement_copy SET sealed = ''",
            "DELETE FROM network_agreement_copy",
            "INSERT INTO network_agreement_copy SELECT gen_random_uuid(), media, size, digest, sealed,"
            " added_by_id, added_by_name, added_at, agreement_id FROM network_agreement_copy",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert open_copy(community.lee, copy).content == PDF


def test_workers_without_that_office_do_not_open_it(
    community: Community, agreed: UUID, ivy: Client, ana: Client
) -> None:
    copy = kept(ivy, agreed)
    assert ana.get(reverse("agreement_copy_file", args=[copy])).status_code == FORBIDDEN
    assert ana.get(reverse("our_agreements")).status_code == FORBIDDEN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choose the file first."),
        (b"<html><script>", "cannot be kept"),
        (b"MZ\x90", "cannot be kept"),
        (b"PK\x03\x04", "cannot be kept"),
        (b"%PDF-1.7 cut off", "cannot be kept"),
        (PDF[:-6] + b" " * (8 * 1024 * 1024) + b"%%EOF\n", "8 MB"),
    ],
)
def test_the_wrong_file_is_refused_whatever_its_name(
    community: Community, agreed: UUID, ivy: Client, data: bytes, words: str
) -> None:
    answer = ivy.post(reverse("set_up_agreement", args=[agreed]), given(data))
    assert (answer.status_code, words in text(answer)) == (REFUSED, True)
    assert AgreementCopy.objects.count() == 0


def test_a_picture_keeps_its_own_ending_and_no_file_is_said(
    community: Community, agreed: UUID, ivy: Client
) -> None:
    copy = kept(ivy, agreed, PNG)
    answer = ivy.get(reverse("agreement_copy_file", args=[copy]))
    assert answer["Content-Disposition"].endswith('.png"')
    assert ivy.post(reverse("set_up_agreement", args=[agreed])).status_code == REFUSED
    assert ivy.post(reverse("set_up_agreement", args=[uuid4()]), given(PDF)).status_code == NOT_FOUND


def test_keys_are_changed_for_copies_too_and_bytes_open_in_their_own_row_alone(
    community: Community, agreed: UUID, ivy: Client
) -> None:
    copy, other = kept(ivy, agreed), kept(ivy, agreed, PNG)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; SET LOCAL ROLE waypost_system")
    [old], new, said = settings.FILE_KEYS, Fernet.generate_key().decode(), StringIO()
    with override_settings(FILE_KEYS=(new, old)):
        call_command("reseal_files", stdout=said)
    assert "2 sealed anew, 0 were already, 0 unreadable." in said.getvalue()
    with override_settings(FILE_KEYS=(new,)):
        assert open_copy(community.ivy, copy).content == PDF
        moved = AgreementCopy.objects.get(pk=other).sealed
        AgreementCopy.objects.filter(pk=copy).update(sealed=moved)
        with pytest.raises(CommandError):
            call_command("reseal_files", stdout=said)
    assert "0 sealed anew, 1 were already, 1 unreadable." in said.getvalue()


WHY = "The wrong file: it belongs to another agreement."


def withdrawn(ivy: Client, copy: UUID, why: str = WHY) -> HttpResponse:
    answer: HttpResponse = ivy.post(reverse("set_up_copy_withdraw", args=[copy]), {"why": why})
    return answer


def test_a_copy_kept_by_mistake_is_withdrawn_with_a_reason_and_offered_no_more(
    community: Community, agreed: UUID, ivy: Client, sign_in: SignIn
) -> None:
    copy = kept(ivy, agreed)
    before = text(ivy.get(reverse("set_up_copy_withdraw", args=[copy])))
    assert "Nobody can download it any more" in before and "Cedar Food Bank" in before
    assert withdrawn(ivy, copy).status_code == FOUND
    page, file = (
        text(ivy.get(reverse("set_up_agreement", args=[agreed]))),
        reverse("agreement_copy_file", args=[copy]),
    )
    assert WHY in page and "Withdrawn copies" in page and file not in page
    assert "No signed copy is kept yet." in page
    lee = sign_in(Client(), community.lee)
    for reader in (ivy, lee):
        assert reader.get(file).status_code == NOT_FOUND
    assert WHY not in text(lee.get(reverse("our_agreements")))
    with acting(community.lee):
        assert AgreementCopy.objects.count() == 0, "the table shows a party no withdrawn row"
    with acting(community.ivy):
        row = AgreementCopy.objects.get(pk=copy)
        assert (row.withdrawn_by_id, row.withdrawn_why) == (community.ivy.user_id, WHY)
    [line] = audited("network.withdraw_copy")
    assert (line.actor_id, line.detail["copy"]) == (community.ivy.user_id, str(copy))


def test_without_a_reason_nothing_is_withdrawn_and_twice_is_not_found(
    community: Community, agreed: UUID, ivy: Client
) -> None:
    copy = kept(ivy, agreed)
    for why in ("", "   "):
        assert withdrawn(ivy, copy, why).status_code == REFUSED
    assert ivy.get(reverse("agreement_copy_file", args=[copy])).status_code == OK
    withdrawn(ivy, copy)
    assert withdrawn(ivy, copy).status_code == NOT_FOUND
    assert ivy.get(reverse("set_up_copy_withdraw", args=[copy])).status_code == NOT_FOUND


def test_the_same_file_is_kept_once_with_an_agreement(
    community: Community, agreed: UUID, ivy: Client
) -> None:
    copy = kept(ivy, agreed)
    again = ivy.post(reverse("set_up_agreement", args=[agreed]), given(PDF, "another name.pdf"))
    assert (again.status_code, "This file is kept with this agreement already." in text(again)) == (
        REFUSED,
        True,
    )
    assert AgreementCopy.objects.count() == 1
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("RESET ROLE")
        cursor.execute(
            "INSERT INTO network_agreement_copy (id, media, size, digest, sealed, added_by_name, added_at,"
            " agreement_id, withdrawn_by_name, withdrawn_why) SELECT gen_random_uuid(), media, size, digest,"
            " sealed, added_by_name, added_at, agreement_id, '', '' FROM network_agreement_copy"
        )
    withdrawn(ivy, copy)
    kept(ivy, agreed, PDF)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        other = record_agreement(
            kind="mou", party_ids=[community.clinic, community.bank], valid_from=today(), signed_on=today()
        )
        cursor.execute("SET LOCAL ROLE waypost_web")
    kept(ivy, other, PDF)


def test_nobody_else_withdraws_and_nothing_else_of_a_copy_changes(
    community: Community, agreed: UUID, ivy: Client, sign_in: SignIn
) -> None:
    copy = kept(ivy, agreed)
    lee = sign_in(Client(), community.lee)
    assert withdrawn(lee, copy).status_code == FORBIDDEN
    with acting(community.lee):
        with pytest.raises(NotVisible):
            withdraw_copy(actor=community.lee, copy_id=copy, why=WHY)
        assert [each.id for each in copies_of([agreed])[agreed]] == [copy]
    with acting(community.ivy):
        for statement in (
            "UPDATE network_agreement_copy SET sealed = ''",
            "UPDATE network_agreement_copy SET digest = ''",
            "UPDATE network_agreement_copy SET withdrawn_at = now()",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    withdrawn(ivy, copy)
    with acting(community.ivy), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE network_agreement_copy SET withdrawn_at = NULL, withdrawn_why = ''")
