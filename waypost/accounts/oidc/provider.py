"""Talking to a provider: its own description, the code against a token, and what the token proves.

OpenID Connect Core 1.0, section 3.1.3.7 (ID token validation); Discovery 1.0, section 4.3; RFC 7636 (PKCE).
"""

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from django.conf import settings

ALGORITHMS = ["RS256", "ES256", "PS256"]
SECONDS = 10
LEEWAY = 30
LARGEST = 500_000
VARIABLE = re.compile(r"^WAYPOST_OIDC_[A-Z0-9_]{1,40}$")


class NotProved(Exception):
    """The provider's answer proves nothing; the words are for the log, never for the page."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Whom to ask, and as whom."""

    issuer: str
    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What an ID token proves."""

    subject: str
    email: str


def secret_of(variable: str) -> str:
    """The secret that the environment holds under this name; raises NotProved where there is none."""
    if not VARIABLE.match(variable) or not os.environ.get(variable):
        raise NotProved("no secret in the environment")
    return os.environ[variable]


def challenge(verifier: str) -> str:
    """S256 of a code verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorize_address(
    provider: Provider, *, back: str, state: str, nonce: str, verifier: str, login: str, again: bool = False
) -> str:
    """Where the browser goes to sign in; ``again``: whoever is signed in there shows once more who it is."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        "login_hint": login,
    }
    if again:
        asked |= {"prompt": "login", "max_age": "0"}
    return f"{_described(provider)['authorization_endpoint']}?{urlencode(asked)}"


def prove(
    provider: Provider, *, code: str, back: str, nonce: str, verifier: str, since: float | None = None
) -> Proof:
    """Exchange the code, and check every claim of the ID token; raises NotProved.

    ``since``: seconds of the epoch before which nobody may have shown who it is (``auth_time``, which a
    provider that is asked with ``max_age`` has to give: OpenID Connect Core 1.0, section 2).
    """
    described = _described(provider)
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": provider.client_id,
        "client_secret": provider.secret,
        "code_verifier": verifier,
    }
    token = str(_json("POST", described["token_endpoint"], data=asked).get("id_token", ""))
    claims = _claims(provider, token, _json("GET", described["jwks_uri"]))
    if not nonce or claims.get("nonce") != nonce:
        raise NotProved("another nonce")
    if since is not None and not _shown_since(claims.get("auth_time"), since):
        raise NotProved("nobody signed on anew")
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise NotProved("made for another client")
    if claims.get("email_verified") is not True:
        raise NotProved("the e-mail is not verified")
    return Proof(subject=str(claims["sub"])[:255], email=str(claims.get("email", "")).strip().lower())


def _shown_since(said: object, since: float) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and said >= since - LEEWAY


def _claims(provider: Provider, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        named = jwt.get_unverified_header(token).get("kid")
        known = jwt.PyJWKSet.from_dict(keys).keys
        key = next(each for each in known if named in (None, each.key_id))
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration) as error:
        raise NotProved(type(error).__name__) from error
    return claims


def _described(provider: Provider) -> dict[str, str]:
    found = _json("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise NotProved("the provider calls itself otherwise")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _safe(str(found.get(name, ""))):
            raise NotProved(f"no safe {name}")
    return found


def _safe(address: str) -> bool:
    """HTTPS; on this machine alone, and never in production, HTTP."""
    parts = urlsplit(address)
    here = parts.hostname in {"127.0.0.1", "localhost"} and not settings.SESSION_COOKIE_SECURE
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def _json(method: str, address: str, **given: Any) -> dict[str, Any]:
    if not _safe(address):
        raise NotProved("not a safe address")
    try:
        answer = httpx.request(method, address, timeout=SECONDS, follow_redirects=False, **given)
        answer.raise_for_status()
        if len(answer.content) > LARGEST:
            raise NotProved("the answer is too large")
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise NotProved(type(error).__name__) from error
    if not isinstance(found, dict):
        raise NotProved("not an object")
    return found
