"""Background work that makes something to read: copies of whole records."""

import json
from uuid import UUID

from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from waypost.guarding.record.build import build_record
from waypost.guarding.selectors.copies import copy_to_make
from waypost.guarding.services.copies import store_copy
from waypost.web.paper.pdf import pdf
from waypost.web.paper.record import record_html


@app.task(name="web.make_copy", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def make_copy(copy_id: str) -> None:
    """Read everything, write it as JSON and as a tagged PDF in the person's language."""
    card = copy_to_make(UUID(copy_id))
    record = build_record(card.holder_id, card.person_id, for_representative=card.for_representative)
    text = json.dumps(record.as_json(), ensure_ascii=False, indent=1, sort_keys=False)
    with override(card.language if card.language == "es" else "en"):
        paper = pdf(record_html(record, card.reference))
    store_copy(copy_id=card.id, files={"json": text.encode(), "pdf": paper})
