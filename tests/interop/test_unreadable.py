"""Files that cannot be read at all: a plain message, no traceback, nothing written."""

import json
import os
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.interop.packages import ORGANIZATIONS, folder, zipped
from waypost.directory import selectors, services
from waypost.directory.models import Organization
from waypost.interop.hsds.errors import Unreadable
from waypost.interop.hsds.importer import import_feed

pytestmark = pytest.mark.django_db


def refused(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        import_feed([path], source="feed")
    assert Organization.objects.count() == 0
    return str(caught.value)


def test_a_cut_off_zip(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", {"organizations.csv": ORGANIZATIONS * 50}).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in refused(path)


def test_a_zip_with_a_damaged_member(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bad.zip", {"organizations.csv": ORGANIZATIONS * 50})
    data = bytearray(path.read_bytes())
    data[60:80] = os.urandom(20)
    path.write_bytes(bytes(data))
    assert "damaged" in refused(path)


def test_a_zip_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"organizations.csv": b"id,name\n" + b"0" * 60_000_000})
    assert path.stat().st_size < 100_000
    assert "far more than is reasonable" in refused(path)


def test_a_zip_of_too_many_files(tmp_path: Path) -> None:
    path = zipped(tmp_path / "many.zip", {f"{number}.csv": b"" for number in range(5001)})
    assert "more than 5000 files" in refused(path)


def test_a_locked_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", {"organizations.csv": ORGANIZATIONS})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 0x1
    path.write_bytes(bytes(data))
    assert "password" in refused(path)


def test_names_that_lead_outside_are_not_read(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "evil.zip", {"../organizations.csv": ORGANIZATIONS, "/etc/services.csv": "id,name"}
    )
    assert "no tables" in refused(path)
    assert not (tmp_path.parent / "organizations.csv").exists()


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("organizations.csv", b"", "no rows"),
        ("feed.json", b"", "is empty"),
        ("feed.json", b"   \n", "is empty"),
        ("feed.json", b"[1, 2, 3]", "not an object"),
        ("feed.json", b'"organizations"', "not an object"),
        ("feed.json", b"{'name': 1}", "not JSON"),
        ("feed.json", b'{"version": "3.0"}', "nothing that HSDS knows"),
        ("feed.json", b"[" * 100_000, "nested"),
        ("feed.json", b'{"a":' * 5000 + b"1" + b"}" * 5000, "nested"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "not a table"),
        ("empty.zip", b"PK\x05\x06" + b"\x00" * 18, "no tables"),
        ("text.zip", b"this is no zip", "not a whole zip"),
    ],
)
def test_files_that_hold_nothing(tmp_path: Path, name: str, body: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    assert says in refused(path)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "nowhere.csv")
    assert "no tables" in refused(folder(tmp_path / "empty", {}))
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in refused(tmp_path / "pipe")


def test_several_packages_in_one_folder_are_not_mixed(tmp_path: Path) -> None:
    both = folder(tmp_path, {"a/organizations.csv": ORGANIZATIONS, "b/organizations.csv": ORGANIZATIONS})
    assert "Name the one to import" in refused(both)


def test_the_command_says_it_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_text("[1]")
    with pytest.raises(CommandError, match=r"Nothing was imported\."):
        call_command("import_directory", str(tmp_path / "feed.json"), source="feed")
    with pytest.raises(CommandError, match="--source needs a name"):
        call_command("import_directory", str(tmp_path / "feed.json"), source=" ")


def test_the_command_prints_and_writes_its_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = folder(tmp_path / "feed", {"organizations.csv": ORGANIZATIONS + "o3,,\n"})
    out = tmp_path / "out.json"
    call_command("import_directory", str(feed), source="feed", report=out)
    report = json.loads(out.read_text())
    assert report["tables"]["organizations"] == {
        "read": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "quarantined": 1,
    }
    (aside,) = report["quarantine"]
    assert (aside["table"], aside["row"], aside["source_id"], aside["rule"]) == (
        "organizations",
        4,
        "o3",
        "missing_value",
    )
    printed = capsys.readouterr().out
    assert "organizations" in printed
    assert "quarantined" in printed


def test_an_import_by_command_is_kept_like_one_from_the_page(tmp_path: Path) -> None:
    feed = folder(tmp_path / "feed", {"organizations.csv": ORGANIZATIONS})
    call_command("import_directory", str(feed), source="County 211", dry_run=True)
    assert selectors.feeds() == []
    call_command("import_directory", str(feed), source="County 211")
    changed = ORGANIZATIONS.replace("Cedar Pantry", "Cedar Food Pantry") + "o3,,\n"
    call_command("import_directory", str(folder(feed, {"organizations.csv": changed})), source="County 211")
    (known,) = selectors.feeds()
    runs, count = selectors.runs(known.id, 1)
    assert (known.name, count, [each.how for each in runs]) == ("County 211", 2, ["command", "command"])
    newest = selectors.run(runs[0].id)
    assert newest.totals == {"read": 3, "created": 0, "updated": 1, "unchanged": 1, "quarantined": 1}
    (change,) = selectors.changes(newest.id, 1)[0]
    assert (change.field, change.before, change.after) == ("name", "Cedar Pantry", "Cedar Food Pantry")
    assert selectors.set_aside(newest.id)
    services.undo_import(run_id=newest.id)
    assert Organization.objects.get(source_id="o1").name == "Cedar Pantry"


def test_a_whole_feed_is_not_hidden_for_a_file_that_was_cut_off(tmp_path: Path) -> None:
    call_command(
        "import_directory", str(folder(tmp_path / "a", {"organizations.csv": ORGANIZATIONS})), source="x"
    )
    cut = folder(tmp_path / "b", {"organizations.csv": ORGANIZATIONS[:30], "services.json": b'[{"id": "s1",'})
    with pytest.raises(CommandError, match="cut off.*import the others as a part"):
        call_command("import_directory", str(cut), source="x", complete=True, even_if_many=True)
    assert Organization.objects.filter(hidden_why="").count() == 2


def test_one_good_file_among_bad_ones_goes_in(tmp_path: Path) -> None:
    good = tmp_path / "organizations.csv"
    good.write_text(ORGANIZATIONS)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04 cut")
    report = import_feed([bad, good], source="feed")
    assert report.tables["organizations"]["created"] == 2
    assert [name for name, _ in report.unreadable] == [str(bad)]


def test_a_nested_zip_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"organizations.csv": ORGANIZATIONS})
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "inner.zip")
    assert "no tables" in refused(outer)
