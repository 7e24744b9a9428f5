"""How much a form may bring before it is read: a lot where feeds come in, little everywhere else."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from waypost.interop.imports.folders import MAX_UPLOAD

USUAL = 10 * 1024 * 1024
BESIDE = 5 * 1024 * 1024  # the other fields, and what surrounds the files
FEEDS = "/upkeep/imports/"


class Limited(FileUploadHandler):
    """Refuses what is too large before a byte of it lies on the disk; keeps nothing itself."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the length that the browser announced."""
        path = self.request.path if self.request else ""
        if content_length > (MAX_UPLOAD + BESIDE if path.startswith(FEEDS) else USUAL):
            raise RequestDataTooBig("An upload is too large.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand it on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has it."""
        return
