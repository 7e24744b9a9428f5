"""How e-mail leaves: any SMTP by setting, otherwise files (or the console)."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.env import Environment

SMTP_PORT = 587
SMTPS_PORT = 465
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def mail_settings(env: Environment) -> dict[str, Any]:
    """Django's EMAIL_… settings from ``WAYPOST_EMAIL_URL``.

    ``smtp://user:password@host:port`` (STARTTLS, but for a relay on this machine), ``smtps://…`` (TLS),
    ``console:`` (not in production); empty: one file a message in ``var/mail``.
    """
    common = {"DEFAULT_FROM_EMAIL": env.email_from, "SERVER_EMAIL": env.email_from, "EMAIL_TIMEOUT": 20}
    if env.email_url == "console:":
        if env.production:
            raise ImproperlyConfigured("Production mode sends e-mail; WAYPOST_EMAIL_URL is console:.")
        return common | {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if not env.email_url:
        return common | {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": env.email_folder or str(env.var_dir / "mail"),
        }
    parts = urlsplit(env.email_url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("WAYPOST_EMAIL_URL must look like smtp://user:password@host:587")
    secure = parts.scheme == "smtps"
    return common | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (SMTPS_PORT if secure else SMTP_PORT),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and parts.hostname not in OWN_MACHINE,
    }
