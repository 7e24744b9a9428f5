"""Feeds brought in from the page: uploaded, looked at, mapped, imported, mended, undone."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.community import Community
from tests.web.conftest import SignIn
from tests.web.reading import BAD, FORBIDDEN, FOUND, NOT_FOUND, OK, REFUSED, text
from waypost.directory.models import Feed, ImportChange, ImportRun, Location, Organization, Phone, Service
from waypost.interop.imports import folders
from waypost.interop.imports.running import carry_out

pytestmark = pytest.mark.django_db

ORGANIZATIONS = "id,name\no1,Cedar\no2,Alder\n"
SERVICES = "id,organization_id,name,description\ns1,o1,Meals,Hot lunch\ns2,o9,Lost,\ns3,o2,,\n"


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> Iterator[None]:
    settings.IMPORT_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    yield


@pytest.fixture
def ivy(community: Community, sign_in: SignIn) -> Client:
    return sign_in(Client(), community.ivy)


def file(name: str, body: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body.encode() if isinstance(body, str) else body)


def package(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, body in files.items():
            archive.writestr(f"{name}.csv", body)
    return held.getvalue()


def bring(client: Client, *files: SimpleUploadedFile, feed: str = "new", **more: str) -> ImportRun:
    """Upload and let the worker look."""
    answer = client.post(
        reverse("import_new"),
        {"uploads": list(files), "feed": feed, "whole": "part", "name": "County", **more},
    )
    assert answer.status_code == FOUND, text(answer)
    run = ImportRun.objects.get(pk=UUID(answer.headers["Location"].split("/")[3]))
    assert run.state == "waiting"
    assert "waits for its turn" in text(client.get(answer.headers["Location"]))
    carry_out(run.id)
    run.refresh_from_db()
    return run


def confirmed(client: Client, run: ImportRun) -> ImportRun:
    """Say yes, and let the worker import."""
    assert client.post(reverse("import_confirm", args=[run.id])).status_code == FOUND
    carry_out(run.id)
    run.refresh_from_db()
    return run


def sums(run: ImportRun) -> dict[str, tuple[int, ...]]:
    for counts in run.counts.values():
        assert counts["read"] == sum(number for name, number in counts.items() if name != "read")
    return {table: tuple(counts.values()) for table, counts in run.counts.items()}


def test_files_are_looked_at_then_imported_and_the_sums_add_up(ivy: Client) -> None:
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS), file("services.csv", SERVICES))
    assert run.state == "ready"
    assert not Service.objects.filter(source="County").exists()
    page = text(ivy.get(reverse("import", args=[run.id])))
    assert "Nothing has been changed yet" in page and "Hot lunch" in page
    run = confirmed(ivy, run)
    assert sums(run) == {"organizations": (2, 2, 0, 0, 0), "services": (3, 1, 0, 0, 2)}
    assert run.state == "done" and Service.objects.get(source="County").name == "Meals"
    assert folders.files_of(run.id) == []
    page = text(ivy.get(reverse("import", args=[run.id])))
    assert "5 rows read · 3 new · 0 changed · 0 unchanged · 2 set aside" in page


def test_rows_that_were_set_aside_are_mended_in_their_own_columns(ivy: Client) -> None:
    run = confirmed(
        ivy, bring(ivy, file("feed.zip", package(organizations=ORGANIZATIONS, services=SERVICES)))
    )
    answer = ivy.get(reverse("import_set_aside", args=[run.id]))
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines == [
        ["what is wrong", "id", "organization_id", "name", "description"],
        ["organization_id o9 is not in the feed.", "s2", "o9", "Lost", ""],
        ["name is missing.", "s3", "o2", "", ""],
    ]
    name = answer.headers["Content-Disposition"].split('"')[1]
    lines[1][2], lines[2][3] = "o1", "Found"
    mended = io.StringIO()
    csv.writer(mended).writerows(lines)
    feed = Feed.objects.get(source="County")
    again = confirmed(ivy, bring(ivy, file(name, mended.getvalue()), feed=str(feed.id)))
    assert sums(again) == {"services": (2, 2, 0, 0, 0)}
    assert set(Service.objects.filter(source="County").values_list("name", flat=True)) == {
        "Meals",
        "Lost",
        "Found",
    }
    assert not any("what_is_wrong" in row.extra for row in Service.objects.filter(source="County"))


LIST = (
    "Agency;Program;How to apply;Tel.;Languages;Code\n"
    "Cedar House;Meals;Walk in;206-555-0100;English/Spanish;A\n"
    "Cedar House;Rides;Call;206-555-0101;English;B\n"
    "Alder;;Call;206-555-0102;;C\n"
)


def test_a_table_of_another_form_is_mapped_in_the_page(ivy: Client) -> None:
    run = bring(ivy, file("our list.csv", LIST))
    assert run.state == "columns"
    address = reverse("import_columns", args=[run.id])
    page = ivy.get(address)
    chosen = {
        field.label: field.initial
        for name, field in page.context["form"].fields.items()
        if name.startswith("field_")
    }
    assert chosen == {
        "Agency": "organizations.name",
        "Program": "services.name",
        "How to apply": "services.application_process",
        "Tel.": "phones.number",
        "Languages": "languages.name",
        "Code": "",
    }
    assert "206-555-0101" in text(page)
    data = {f"field_0_{place}": key for place, key in enumerate(chosen.values())}
    data |= {"split_0_4": "/"}
    assert ivy.post(address, data).status_code == FOUND
    carry_out(run.id)
    run.refresh_from_db()
    run = confirmed(ivy, run)
    # Three records: two organizations by name, one of them twice; Alder's says how to apply, but for what?
    assert sums(run) == {
        "organizations": (3, 2, 0, 1, 0),
        "services": (3, 2, 0, 0, 1),
        "phones": (3, 2, 0, 0, 1),
        "languages": (3, 3, 0, 0, 0),
    }
    later = bring(ivy, file("list of May.csv", LIST), feed=str(run.feed_id))
    assert later.state == "ready"
    assert sum(each["unchanged"] for each in later.counts.values()) == 10


def test_a_mapping_file_does_the_same(ivy: Client) -> None:
    mapping = '{"*": {"Agency": {"model": "organization", "field": "name"}}}'
    run = bring(ivy, file("list.csv", LIST), mapping=file("mapping.json", mapping))  # type: ignore[arg-type]
    assert (run.state, sums(run)) == ("ready", {"organizations": (3, 2, 0, 0, 1)})


def test_a_mapping_without_a_name_is_refused_in_words(ivy: Client) -> None:
    run = bring(ivy, file("list.csv", LIST))
    address = reverse("import_columns", args=[run.id])
    answer = ivy.post(address, {"field_0_3": "phones.number"})
    assert answer.status_code == REFUSED and "holds the service&#x27;s name" in answer.content.decode()
    assert ivy.post(address, {"field_0_3": "passwords.hash"}).status_code == REFUSED
    answer = ivy.post(
        reverse("import_mapping", args=[run.id]), {"mapping": file("m.json", "{}")}, follow=True
    )
    assert "names no files" in text(answer)


def changed(ivy: Client) -> ImportRun:
    """Two imports: the second renames Meals, changes a phone, brings one service more."""
    first = package(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name\ns1,o1,Meals\n",
        phones="id,service_id,number\np1,s1,206-555-0100\n",
    )
    second = package(
        organizations=ORGANIZATIONS,
        services="id,organization_id,name\ns1,o1,Lunch\ns2,o2,Rides\n",
        phones="id,service_id,number\np1,s1,206-555-0199\n",
    )
    run = confirmed(ivy, bring(ivy, file("feed.zip", first)))
    return confirmed(ivy, bring(ivy, file("feed.zip", second), feed=str(run.feed_id)))


def test_what_changed_is_shown_field_by_field(ivy: Client) -> None:
    run = changed(ivy)
    assert sums(run) == {
        "organizations": (2, 0, 0, 2, 0),
        "services": (2, 1, 1, 0, 0),
        "phones": (1, 0, 1, 0, 0),
    }
    page = ivy.get(reverse("import_changes", args=[run.id]))
    rows = [(each["change"], each["before"], each["after"]) for each in page.context["rows"]]
    shown = {(each.title, each.field, before, after) for each, before, after in rows}
    assert shown == {
        ("Lunch", "name", "Meals", "Lunch"),
        ("Lunch", "number", "206-555-0100", "206-555-0199"),
    }


def test_an_import_is_undone_as_if_it_had_not_been(ivy: Client) -> None:
    run = changed(ivy)
    assert ivy.post(reverse("import_undo", args=[run.id])).status_code == FOUND
    assert set(Service.objects.filter(source="County").values_list("name", flat=True)) == {"Meals"}
    assert Phone.objects.get(source="County").number == "206-555-0100"
    assert Organization.objects.filter(source="County").count() == 2
    run.refresh_from_db()
    assert run.state == "undone"
    earlier = ImportRun.objects.get(feed=run.feed, state="done")
    assert ivy.post(reverse("import_undo", args=[earlier.id])).status_code == FOUND
    assert not Organization.objects.filter(source="County").exists()


def test_an_import_that_people_built_upon_is_not_undone(ivy: Client, community: Community) -> None:
    run = changed(ivy)
    own = Service.objects.get(source="County", name="Rides")
    Phone.objects.create(service=own, number="206-555-0177")
    answer = ivy.post(reverse("import_undo", args=[run.id]), follow=True)
    assert "People have worked with what this import brought" in text(answer)
    assert Service.objects.filter(name="Lunch").exists()


def test_only_the_newest_import_is_undone(ivy: Client) -> None:
    run = changed(ivy)
    first = ImportRun.objects.filter(feed=run.feed).order_by("asked_at").first()
    assert first is not None
    page = text(ivy.get(reverse("import", args=[first.id])))
    assert "Only the newest import of a feed can be undone" in page
    assert "Undo this import" not in page


def test_calling_it_off_changes_nothing(ivy: Client) -> None:
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS))
    assert ivy.post(reverse("import_drop", args=[run.id])).status_code == FOUND
    assert ivy.post(reverse("import_confirm", args=[run.id]), follow=True).status_code == OK
    carry_out(run.id)
    run.refresh_from_db()
    assert run.state == "dropped" and not Organization.objects.filter(source="County").exists()


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("feed.exe", b"MZ", "is not CSV, Excel"),
        ("feed.csv", b"", "is empty"),
        (".csv", b"a", "is not CSV, Excel"),
    ],
)
def test_a_file_that_cannot_be_one_is_refused_at_once(
    ivy: Client, name: str, body: bytes, words: str
) -> None:
    answer = ivy.post(
        reverse("import_new"), {"uploads": file(name, body), "feed": "new", "name": "X", "whole": "part"}
    )
    assert (answer.status_code, words in text(answer)) == (REFUSED, True)
    assert not Feed.objects.exists()


@pytest.mark.parametrize(
    "files",
    [
        [("feed.zip", b"PK\x03\x04cut off")],
        [("page.csv", b"<html><body>Not found</body></html>")],
        [("feed.json", b"{}")],
        [("book.xlsx", b"PK nonsense")],
    ],
)
def test_what_cannot_be_read_ends_in_words(ivy: Client, files: list[tuple[str, bytes]]) -> None:
    run = bring(ivy, *(file(*each) for each in files))
    assert run.state == "failed" and run.message
    page = ivy.get(reverse("import", args=[run.id]))
    assert "Nothing was imported" in text(page)
    assert "Traceback" not in text(page)


def test_a_name_in_a_form_leads_out_of_no_folder(ivy: Client, settings: object) -> None:
    run = bring(ivy, file("../../../etc/services.csv", "id,name\no1,x\n"))
    root: Path = settings.IMPORT_DIR  # type: ignore[attr-defined]
    assert [each.name for each in root.iterdir()] == [str(run.id)]


def test_another_import_waits_for_the_one_that_runs(ivy: Client) -> None:
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS))
    ImportRun.objects.filter(pk=run.id).update(state="running")
    answer = ivy.post(
        reverse("import_new"),
        {
            "uploads": file("organizations.csv", ORGANIZATIONS),
            "feed": str(run.feed_id),
            "whole": "part",
        },
    )
    assert answer.status_code == REFUSED and "is under way" in text(answer)


def test_a_worker_that_died_begins_anew_and_gives_up_the_third_time(ivy: Client) -> None:
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS))
    ImportRun.objects.filter(pk=run.id).update(state="running", attempts=1, dry=False)
    carry_out(run.id)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)
    other = bring(ivy, file("organizations.csv", "id,name\no7,Birch\n"), feed=str(run.feed_id))
    ImportRun.objects.filter(pk=other.id).update(state="running", attempts=3, dry=False)
    carry_out(other.id)
    other.refresh_from_db()
    assert other.state == "failed" and "stopped three times" in other.message
    assert not Organization.objects.filter(name="Birch").exists()


def test_progress_is_read_while_it_runs_and_sends_on_at_its_end(ivy: Client) -> None:
    run = bring(ivy, file("organizations.csv", ORGANIZATIONS))
    address = reverse("import_progress", args=[run.id])
    assert ivy.get(address).headers["HX-Refresh"] == "true"
    ImportRun.objects.filter(pk=run.id).update(state="running")
    folders.say(run.id, "writing", 40, 90)
    page = ivy.get(address)
    assert "Writing: 40 of 90 rows" in text(page) and "HX-Refresh" not in page.headers


def test_feeds_have_an_address_a_cadence_and_a_history(ivy: Client) -> None:
    form = {"name": "County 211", "url": "https://feed.example.org/hsds.zip", "kind": "file"}
    answer = ivy.post(reverse("feed_new"), {**form, "cadence": "daily", "complete": "on"})
    assert answer.status_code == FOUND
    feed = Feed.objects.get()
    assert (feed.source, feed.cadence, feed.complete, feed.next_at is not None) == (
        "County 211",
        "daily",
        True,
        True,
    )
    assert "County 211" in text(ivy.get(reverse("imports")))
    again = ivy.post(reverse("feed", args=[feed.id]), {**form, "cadence": "by_hand", "enabled": "on"})
    feed.refresh_from_db()
    assert (again.status_code, feed.cadence, feed.complete, feed.next_at) == (FOUND, "by_hand", False, None)
    for wrong in ("file:///etc/passwd", "http://user:secret@example.org/", "nonsense"):
        answer = ivy.post(reverse("feed_new"), {**form, "name": "Other", "url": wrong, "cadence": "daily"})
        assert answer.status_code == REFUSED
    answer = ivy.post(reverse("feed_new"), {**form, "cadence": "daily"})
    assert answer.status_code == REFUSED and "of this name already" in text(answer)


@pytest.mark.parametrize("who", ["ana", "ito", "lee", "sam", "olga"])
def test_nobody_else_brings_anything_in(
    community: Community, sign_in: SignIn, who: str, client: Client
) -> None:
    sign_in(client, getattr(community, who))
    for name in ("imports", "import_new", "feed_new"):
        assert client.get(reverse(name)).status_code == FORBIDDEN
    assert client.post(reverse("import_new"), {}).status_code == FORBIDDEN


def test_an_import_that_there_is_not_answers_404(ivy: Client, community: Community) -> None:
    for name in ("import", "import_columns", "import_changes", "import_set_aside", "import_progress", "feed"):
        assert ivy.get(reverse(name, args=[community.pantry])).status_code == NOT_FOUND
    for name in ("import_confirm", "import_drop", "import_undo", "import_mapping", "feed_fetch", "feed_rank"):
        assert ivy.post(reverse(name, args=[community.pantry])).status_code in (NOT_FOUND, FOUND)


def test_an_upload_beyond_its_limit_is_not_even_read(ivy: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waypost.web.uploads.MAX_UPLOAD", 1000)
    monkeypatch.setattr("waypost.web.uploads.BESIDE", 0)
    answer = ivy.post(reverse("import_new"), {"uploads": file("services.csv", "id\n" * 1000)})
    assert answer.status_code == BAD and not Feed.objects.exists()


def test_the_history_is_small(ivy: Client) -> None:
    changed(ivy)
    assert ImportChange.objects.count() == 2


def test_what_is_confidential_is_not_told_by_the_history(ivy: Client) -> None:
    def feed(street: str) -> bytes:
        return package(
            organizations=ORGANIZATIONS,
            locations="id,organization_id,name\nl1,o1,House\n",
            addresses=f"id,location_id,address_1\na1,l1,{street}\n",
        )

    run = confirmed(ivy, bring(ivy, file("feed.zip", feed("12 Hidden St"))))
    Location.objects.filter(source="County").update(confidential=True)
    looked = bring(ivy, file("feed.zip", feed("99 Secret Ave")), feed=str(run.feed_id))
    assert "Hidden" not in ivy.get(reverse("import", args=[looked.id])).content.decode()
    done = confirmed(ivy, looked)
    page = ivy.get(reverse("import_changes", args=[done.id])).content.decode()
    assert "kept private" in page and "Hidden" not in page and "Secret" not in page
