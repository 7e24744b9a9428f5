"""The writes of the directory: imported rows, and listings kept by people."""

from waypost.directory.services.upsert import IncomingRow, Upserted, identity, lock_source, upsert_rows

__all__ = ["IncomingRow", "Upserted", "identity", "lock_source", "upsert_rows"]
