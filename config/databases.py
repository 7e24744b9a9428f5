"""Which database, as which role: one Django alias, three addresses."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config.env import BASE_DIR, Environment
from waypost.kernel.postgres.cluster import Cluster


def address(env: Environment) -> str:
    """The database address for this process's role; without DATABASE_URL, the embedded server's."""
    if not env.database_url:
        return Cluster.for_checkout(BASE_DIR).url(f"waypost_{env.database_role}")
    chosen = {
        "web": env.database_url,
        "owner": env.database_url_owner,
        "system": env.database_url_system,
    }[env.database_role]
    if not chosen:
        raise ImproperlyConfigured(
            f"DATABASE_URL is set, but DATABASE_URL_{env.database_role.upper()} is not: Waypost connects as "
            "three roles (docs/how-to/own-database.md)."
        )
    return chosen


def databases(env: Environment) -> dict[str, dict[str, Any]]:
    """Django's DATABASES. The web role keeps a pool; commands and the worker hold single connections."""
    try:
        parts = conninfo_to_dict(address(env))
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"The database address cannot be read: {error}") from error
    known = {"dbname", "user", "password", "host", "port"}
    options: dict[str, Any] = {key: value for key, value in parts.items() if key not in known}
    if env.database_role == "web" and env.database_pool and env.mode != "test":
        options["pool"] = {"min_size": 2, "max_size": env.database_pool, "timeout": 10}
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.get("dbname", "waypost"),
            "USER": parts.get("user", ""),
            "PASSWORD": parts.get("password", ""),
            "HOST": parts.get("host", ""),
            "PORT": str(parts.get("port", "") or ""),
            "OPTIONS": options,
        }
    }
