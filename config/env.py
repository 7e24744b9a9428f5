"""What the environment says, typed. Production refuses to start on a missing or demo secret."""

import base64
import binascii
from ipaddress import ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent
DEMO_SECRET = "demo-secret-for-invented-data-only-never-for-real-people"  # noqa: S105 - refused in production
SECRET_LENGTH = 50
DEMO_FILE_KEY = base64.urlsafe_b64encode(
    b"demo-key-for-invented-data-only!"
).decode()  # refused in production
FILE_KEY_BYTES = 32
MAKE_FILE_KEY = (
    "Make one: python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)


class Environment(BaseSettings):
    """Settings from the environment (``WAYPOST_…``; PORT and the database addresses by their usual names)."""

    model_config = SettingsConfigDict(env_prefix="WAYPOST_", extra="ignore")

    mode: Literal["demo", "test", "production"] = "demo"
    secret_key: str = DEMO_SECRET
    file_keys: str = DEMO_FILE_KEY
    base_url: str = ""
    allowed_hosts: str = ""
    network_name: str = "Cedar County"
    time_zone: str = "America/Los_Angeles"
    jurisdiction: str = Field(default="US", pattern=r"^US(-[A-Z]{2})?$")
    law_file: str = ""
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    session_hours: int = Field(default=12, ge=1, le=24)
    notice_hold_seconds: int = Field(default=10, ge=0, le=600)
    database_role: Literal["web", "system", "owner"] = "web"
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL"))
    database_url_owner: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL_OWNER"))
    database_url_system: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL_SYSTEM"))
    database_pool: int = Field(default=16, ge=0)
    email_url: str = ""
    email_from: str = "Waypost <waypost@localhost>"
    email_folder: str = ""
    audit_anchors: str = ""
    audit_mail: str = ""
    contact_email: str = Field(default="", pattern=r"^$|^[^\s@<>\"']+@[^\s@<>\"']+$")
    public_directory: bool = True
    api_requests_a_minute: int = Field(default=600, ge=1)
    hsds_version: Literal["3.2", "3.3"] = "3.2"
    map_tiles: str = Field(default="", pattern=r"^$|^https?://[A-Za-z0-9{}.:-]+/[^\s\"'<>]+$")
    map_attribution: str = ""
    fetch_private: str = ""
    check_web_addresses: bool = False
    backup_stamp: str = ""
    quick_exit_url: str = Field(default="https://www.weather.gov/", pattern=r"^https://[^\s\"'<>]+$")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias=AliasChoices("PORT"))
    var_dir: Path = BASE_DIR / "var"

    @property
    def production(self) -> bool:
        """Whether real people's data is served."""
        return self.mode == "production"


def read() -> Environment:
    """Read and check the environment; raises ImproperlyConfigured in plain words."""
    try:
        env = Environment()
    except ValidationError as error:
        words = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ImproperlyConfigured(f"A setting in the environment cannot be used. {words}") from error
    if env.production:
        _check_production(env)
    return env


def tile_hosts(tiles: str) -> list[str]:
    """The only other hosts that pages may load pictures from: those of the map, if one is set."""
    parts = urlsplit(tiles)
    return [f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"] if parts.netloc else []


def networks(words: str) -> tuple[str, ...]:
    """'10.2.0.0/16, 192.168.1.7' as networks; raises ImproperlyConfigured in plain words."""
    given = [each.strip() for each in words.split(",") if each.strip()]
    try:
        return tuple(str(ip_network(each)) for each in given)
    except ValueError as error:
        raise ImproperlyConfigured(f"WAYPOST_FETCH_PRIVATE: {error}.") from error


def file_keys(words: str) -> tuple[str, ...]:
    """Keys that seal files and kept forms, the newest first; raises ImproperlyConfigured in plain words."""
    keys = tuple(each.strip() for each in words.split(",") if each.strip())
    for number, key in enumerate(keys, start=1):
        try:
            fits = len(base64.urlsafe_b64decode(key)) == FILE_KEY_BYTES
        except (binascii.Error, ValueError):
            fits = False
        if not fits:  # the key itself is never repeated in words
            raise ImproperlyConfigured(
                f"WAYPOST_FILE_KEYS: key number {number} cannot be used. {MAKE_FILE_KEY}"
            )
    if not keys:
        raise ImproperlyConfigured(f"WAYPOST_FILE_KEYS is empty. {MAKE_FILE_KEY}")
    return keys


def _check_production(env: Environment) -> None:
    missing = [
        name
        for name, value in {
            "DATABASE_URL": env.database_url,
            "DATABASE_URL_OWNER": env.database_url_owner,
            "DATABASE_URL_SYSTEM": env.database_url_system,
            "WAYPOST_BASE_URL": env.base_url,
            "WAYPOST_ALLOWED_HOSTS": env.allowed_hosts,
            "WAYPOST_EMAIL_URL": env.email_url,
        }.items()
        if not value
    ]
    if missing:
        raise ImproperlyConfigured(f"Production mode needs {', '.join(missing)} in the environment.")
    if not env.base_url.startswith("https://"):
        raise ImproperlyConfigured("Production mode needs a WAYPOST_BASE_URL that begins with https://.")
    if "*" in env.allowed_hosts:
        raise ImproperlyConfigured("WAYPOST_ALLOWED_HOSTS names each host; * would let any name in.")
    if env.secret_key == DEMO_SECRET or len(env.secret_key) < SECRET_LENGTH:
        raise ImproperlyConfigured(
            "Production mode needs its own WAYPOST_SECRET_KEY of at least 50 characters, not the demo's. "
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if DEMO_FILE_KEY in file_keys(env.file_keys):
        raise ImproperlyConfigured(
            f"Production mode needs WAYPOST_FILE_KEYS of its own, not the demo's. {MAKE_FILE_KEY}"
        )
