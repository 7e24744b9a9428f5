"""Every table is on the short public list or under a forced policy; with nothing set, no row is seen."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection

from tests.community import Community, sent_referral
from waypost.kernel.rls import PUBLIC_TABLES, is_public

pytestmark = pytest.mark.django_db

# What may be public: named here once more, so that widening the list is a decision and not a slip.
EXPECTED_PUBLIC = {
    "django_*",
    "auth_*",
    "procrastinate_*",
    "account_*",
    "accounts_user",
    "accounts_identity",
    "network_signon",
    "mfa_*",
    "directory_*",
    "network_organization",
    "network_site",
    "network_team",
    "network_agreement",
    "network_agreement_parties",
    "screening_instrument",
}


def rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def tables() -> dict[str, tuple[bool, bool]]:
    found = rows(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
    )
    return {str(name): (bool(enabled), bool(forced)) for name, enabled, forced in found}


def guarded() -> list[str]:
    return sorted(name for name in tables() if not is_public(name))


def test_the_public_list_is_the_one_agreed() -> None:
    assert set(PUBLIC_TABLES) == EXPECTED_PUBLIC


def test_every_other_table_is_under_a_forced_policy() -> None:
    bare = [name for name, state in tables().items() if not is_public(name) and state != (True, True)]
    assert bare == []


def test_every_model_has_its_table() -> None:
    assert {model._meta.db_table for model in apps.get_models()} <= set(tables())


def test_no_policy_for_the_web_role_lets_everything_through() -> None:
    wide = rows(
        "SELECT tablename, policyname FROM pg_policies"
        " WHERE 'waypost_web' = ANY (roles) AND (qual = 'true' OR with_check = 'true')"
    )
    assert wide == []


@pytest.mark.parametrize("organization", ["", "00000000-0000-7000-8000-000000000001"])
def test_the_web_role_sees_no_row_without_its_organization(
    community: Community, as_web: Callable[[], None], organization: str
) -> None:
    sent_referral(community)
    as_web()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('waypost.organization', %s, true), set_config('waypost.actor', '', true)",
            [organization],
        )
    seen = {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in guarded()}
    assert {table: count for table, count in seen.items() if count} == {}


def test_a_stranger_in_the_network_sees_nothing_of_the_referral(
    community: Community, as_web: Callable[[], None]
) -> None:
    sent_referral(community)
    as_web()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('waypost.organization', %s, true)", [str(community.stranger)])
    personal = [table for table in guarded() if table != "network_membership"]
    seen = {table: rows(f"SELECT count(*) FROM {table}")[0][0] for table in personal}
    assert {table: count for table, count in seen.items() if count} == {}


@pytest.mark.parametrize("role", ["waypost_web", "waypost_system", "waypost_owner"])
def test_no_serving_role_is_above_the_policies(role: str) -> None:
    found = rows(f"SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = '{role}'")
    assert found == [(False, False)]


def test_the_web_role_owns_nothing() -> None:
    assert rows("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = 'waypost_web'") == []


def test_foreign_keys_point_downwards() -> None:
    order = [
        "kernel",
        "accounts",
        "network",
        "directory",
        "people",
        "consent",
        "disclosure",
        "screening",
        "referrals",
        "coordination",
        "messaging",
        "reporting",
        "guarding",
    ]
    upward = []
    for model in apps.get_models():
        if model._meta.app_label not in order:
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            forward = getattr(field, "concrete", False) and other is not None
            if not forward or other == "self" or other._meta.app_label not in order:
                continue
            if order.index(other._meta.app_label) > order.index(model._meta.app_label):
                upward.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    assert upward == []
