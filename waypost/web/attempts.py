"""Trying a write for a page: all of it or nothing, and a refusal in words instead of an error page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.forms import BaseForm

from waypost.kernel.errors import Refused

REFUSED = 422  # the status of a page that comes back with what was typed


@dataclass(slots=True)
class Attempt:
    """How it went; ``refusal`` holds the words for the worker."""

    refusal: str = ""

    @property
    def worked(self) -> bool:
        """Whether everything was written."""
        return not self.refusal


@contextmanager
def attempt(form: BaseForm | None = None) -> Iterator[Attempt]:
    """Run the block in a savepoint; ``Refused`` takes it all back and becomes an error of ``form``."""
    result = Attempt()
    try:
        with transaction.atomic():
            yield result
    except Refused as refused:
        result.refusal = refused.message
        if form is not None:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, refused.message)
