"""All three communities by file, by page and by address: the same sums, and those of a pencil."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.community import Community
from tests.interop.test_communities import _count, rows
from tests.rooms.kernel.loopback import serving
from waypost.directory import services
from waypost.directory.models import ImportRun
from waypost.interop.imports import asking
from waypost.interop.imports.running import carry_out

pytestmark = pytest.mark.django_db

OHANA, ILLINOIS, FOOD = "ohana-sample", "illinois-ilao", "haarrrvest-food-cc0"


@pytest.fixture(autouse=True)
def _here(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    settings.FETCH_PRIVATE = ("127.0.0.0/8",)  # type: ignore[attr-defined]
    yield


def packed(folder: Path) -> bytes:
    """The whole folder as somebody would zip it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder.parent))
    return held.getvalue()


def by_file(folder: Path, tmp_path: Path) -> dict[str, dict[str, int]]:
    report = tmp_path / "report.json"
    call_command(
        "import_directory", str(folder), "--source", "by file", "--report", str(report), stdout=io.StringIO()
    )
    tables: dict[str, dict[str, int]] = json.loads(report.read_text())["tables"]
    return tables


def by_page(body: bytes, community: Community) -> dict[str, dict[str, int]]:
    run_id = asking.upload(
        actor=community.ivy, files=[SimpleUploadedFile("feed.zip", body)], new_name="by page"
    )
    carry_out(run_id)
    looked = ImportRun.objects.get(pk=run_id)
    assert looked.state == "ready", looked.message
    asking.confirm(run_id=run_id)
    carry_out(run_id)
    done = ImportRun.objects.get(pk=run_id)
    assert (done.state, done.counts) == ("done", looked.counts)
    return dict(done.counts)


def by_address(body: bytes) -> dict[str, dict[str, int]]:
    with serving(lambda handler: handler.say(200, body)) as server:
        feed_id = services.add_feed(name="by address", url=f"{server.url}/feed.zip")
        run_id = services.ask_import(feed_id=feed_id, by="", how="url", complete=False, dry=False)
        carry_out(run_id)
    return dict(ImportRun.objects.get(pk=run_id).counts)


@pytest.mark.parametrize("name", [OHANA, ILLINOIS, FOOD])
def test_three_ways_lead_to_the_same_sums(
    name: str, shared_data: Path, tmp_path: Path, community: Community
) -> None:
    folder = shared_data / "communities" / name
    if not folder.is_dir():
        pytest.skip(f"no community at {folder}")
    body = packed(folder)
    first = by_file(folder, tmp_path)
    assert by_page(body, community) == first
    assert by_address(body) == first
    for counts in first.values():
        assert counts["read"] == sum(number for kind, number in counts.items() if kind != "read")
    assert {table: counts["read"] for table, counts in first.items()} | pencil(folder) == {
        table: counts["read"] for table, counts in first.items()
    }


def pencil(folder: Path) -> dict[str, int]:
    """Rows counted in the sources themselves, by the rows of the tables or the objects a line holds."""
    if folder.name == FOOD:
        counted: Counter[str] = Counter()
        for line in (folder / "hsds_jobs.ndjson").read_text(encoding="utf-8").splitlines():
            _count(json.loads(line)["hsds"], "", counted)
        return dict(counted)
    if folder.name == OHANA:
        tables = folder / "data" / "sample-csv"
        return {
            name: len(rows(tables / f"{name}.csv"))
            for name in ("organizations", "services", "locations", "phones", "contacts", "programs")
        }
    tables = folder / "spec" / "fixtures" / "custom" / "ilao" / "output"
    return {name: len(rows(tables / f"{name}.csv")) for name in ("organizations", "services", "locations")}
