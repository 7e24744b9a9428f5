"""Any question that can be put: no error of ours, and no answer that the description does not speak of."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.community import Community
from waypost.directory.models import Schedule, Taxonomy, TaxonomyTerm
from waypost.web.api.document import document

pytestmark = pytest.mark.django_db
EACH = 12  # questions of either kind for each address and method
QUIETLY = how(
    max_examples=EACH,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
OPERATIONS = [
    (path, method)
    for path in ("/", "/openapi.json", "/profile", "/tombstones")
    for method in ("GET",)
] + [
    (path, method)
    for table in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
    for path, method in ((f"/{table}", "GET"), (f"/{table}", "POST"), (f"/{table}/{{id}}", "GET"))
]  # fmt: skip


@pytest.fixture
def described(community: Community, settings: Any) -> Iterator[Any]:
    """The API as it describes itself, over a directory with something in it, in this test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    terms = Taxonomy.objects.create(name="Kinds")
    TaxonomyTerm.objects.create(name="Food", taxonomy_detail=terms)
    Schedule.objects.create(service_id=community.groceries, byday="MO", freq="WEEKLY")
    yield schemathesis.openapi.from_wsgi("/hsds/v3/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_tried(described: Any) -> None:
    spoken_of = {
        (path, method.upper())
        for path, methods in document()["paths"].items()
        for method in methods
        if method in ("get", "post")
    }
    assert spoken_of == set(OPERATIONS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["good", "bad"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_error_and_no_undocumented_answer(
    described: Any, path: str, method: str, mode: GenerationMode
) -> None:
    operation = described[path][method]
    if mode == GenerationMode.NEGATIVE and not operation.query and not operation.body:
        return  # nothing that could be wrong

    # A good question may be refused for what no schema says: minimal and full at once, say.
    @QUIETLY
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call()
        assert answer.status_code < 500
        case.validate_response(answer, excluded_checks=[positive_data_acceptance])

    ask()
