"""Small packages for tests, built in a temporary folder."""

import io
import zipfile
from pathlib import Path

Tables = dict[str, str | bytes]

ORGANIZATIONS = "id,name,description\no1,Cedar Pantry,Food\no2,Alder Shelter,Beds\n"
SERVICES = "id,organization_id,name,status\ns1,o1,Groceries,active\ns2,o2,Night shelter,active\n"


def folder(path: Path, tables: Tables) -> Path:
    """A folder with one file a table."""
    path.mkdir(parents=True, exist_ok=True)
    for name, body in tables.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def zipped(path: Path, tables: Tables) -> Path:
    """A zip with one member a table; names are taken as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in tables.items():
            archive.writestr(name, body)
    path.write_bytes(buffer.getvalue())
    return path
