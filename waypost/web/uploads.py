"""How much a form may bring before it is read: a lot where feeds come in, little everywhere else."""

import re
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler

from waypost.interop.imports.folders import MAX_UPLOAD

USUAL = 10 * 1024 * 1024
BESIDE = 5 * 1024 * 1024  # the other fields, and what surrounds the files
FEEDS = "/upkeep/imports/"
SCANS = re.compile(r"^/people/[0-9a-f-]{36}/agree/$")


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


class InMemory(MemoryFileUploadHandler):
    """Small files stay in memory; a scan of a signed paper does at any size, and is sealed from there."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Decide by the address, and else by the length as Django does."""
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
        path = self.request.path if self.request else ""
        self.activated = self.activated or bool(SCANS.match(path))
