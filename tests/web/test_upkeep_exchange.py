"""The directory as a file, asked for in the page: who may, what happens, what is fetched, what is cleared."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.conftest import SignIn
from tests.web.reading import FORBIDDEN, FOUND, NOT_FOUND, OK, text
from waypost.directory.models import Export
from waypost.interop.hsds import export_files
from waypost.kernel.clock import at, now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.EXPORT_DIR = tmp_path / "exports"  # type: ignore[attr-defined]
    yield


@pytest.fixture
def ivy(community: Community, sign_in: SignIn) -> Client:
    return sign_in(Client(), community.ivy)


def ask(client: Client, form: str = "tabular") -> Export:
    answer = client.post(reverse("exchange_ask"), {"form": form})
    assert (answer.status_code, answer.headers["Location"]) == (FOUND, reverse("exchange"))
    return Export.objects.order_by("-asked_at").first()  # type: ignore[return-value]


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_file_is_asked_for_written_and_fetched(ivy: Client) -> None:
    assert "No file was asked for yet" in text(ivy.get(reverse("exchange")))
    row = ask(ivy)
    page = text(ivy.get(reverse("exchange")))
    assert "Waiting" in page and "The file is being written" in page and "Download" not in page
    assert ivy.get(reverse("exchange_fetch", args=[row.id])).status_code == NOT_FOUND
    export_files.carry_out(row.id)
    page = text(ivy.get(reverse("exchange")))
    assert "Ready" in page and "Ivy Chen" in page and "Download" in page
    answer = ivy.get(reverse("exchange_fetch", args=[row.id]))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (OK, "no-store, private")
    with zipfile.ZipFile(io.BytesIO(body(answer))) as archive:
        assert b"Weekly groceries" in archive.read("services.csv")
        assert len(archive.namelist()) == 25  # 24 tables and their description


def test_one_of_a_kind_at_a_time(ivy: Client) -> None:
    ask(ivy)
    answer = ivy.post(reverse("exchange_ask"), {"form": "tabular"}, follow=True)
    assert "Such a file is being written already" in text(answer)
    answer = ivy.post(reverse("exchange_ask"), {"form": "parchment"}, follow=True)
    assert "Choose in which form" in text(answer)
    assert Export.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "sam", "lee", "ito", "olga"])
def test_others_do_not_come_in(community: Community, sign_in: SignIn, who: str) -> None:
    client = sign_in(Client(), getattr(community, who))
    for name in ("exchange", "exchange_files"):
        assert client.get(reverse(name)).status_code == FORBIDDEN
    assert client.post(reverse("exchange_ask"), {"form": "json"}).status_code == FORBIDDEN
    assert client.get(reverse("exchange_fetch", args=[uuid4()])).status_code == FORBIDDEN
    assert not Export.objects.exists()


def test_what_cannot_be_written_says_so(ivy: Client, settings: object, tmp_path: Path) -> None:
    row = ask(ivy, "json")
    (tmp_path / "file").write_text("")
    settings.EXPORT_DIR = tmp_path / "file"  # type: ignore[attr-defined]
    export_files.carry_out(row.id)
    assert "there may be no room left" in text(ivy.get(reverse("exchange")))


def test_files_are_cleared_after_a_week(ivy: Client, tmp_path: Path) -> None:
    row = ask(ivy, "ndjson")
    export_files.carry_out(row.id)
    export_files.sweep()
    assert len(list((tmp_path / "exports").iterdir())) == 1
    with at(now() + timedelta(days=8)):
        export_files.sweep()
    assert list((tmp_path / "exports").iterdir()) == []
    assert ivy.get(reverse("exchange_fetch", args=[row.id])).status_code == NOT_FOUND
    assert "Cleared away" in text(ivy.get(reverse("exchange")))


def test_a_worker_that_was_stopped_begins_anew(ivy: Client) -> None:
    row = ask(ivy, "json")
    Export.objects.filter(pk=row.id).update(state="running")
    export_files.carry_out(row.id)
    assert Export.objects.get(pk=row.id).state == "done"
    export_files.carry_out(row.id)  # a promise kept twice does no harm
    assert isinstance(row.id, UUID)
