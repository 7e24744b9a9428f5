"""Mail leaves encrypted, whoever signs in at the mail server or not (RFC 3207, RFC 8314)."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment
from config.mail import mail_settings


@pytest.mark.parametrize(
    ("address", "starttls", "tls", "port"),
    [
        ("smtp://user:word@mail.example.org", True, False, 587),
        ("smtp://relay.example.org:25", True, False, 25),
        ("smtps://user:word@mail.example.org", False, True, 465),
        ("smtp://127.0.0.1:25", False, False, 25),
    ],
)
def test_encrypted_but_on_this_machine(address: str, starttls: bool, tls: bool, port: int) -> None:
    found = mail_settings(Environment(email_url=address))
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"], found["EMAIL_PORT"]) == (starttls, tls, port)


def test_production_prints_no_mail() -> None:
    with pytest.raises(ImproperlyConfigured, match="console"):
        mail_settings(Environment(mode="production", email_url="console:"))
