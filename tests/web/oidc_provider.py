"""A small OpenID Connect provider on loopback, which can be told to lie."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What it says; ``lies`` change claims of the next token.

    A browser that comes to ``/authorize`` is sent back at once, as somebody who is signed on there; when
    asked to (``prompt=login``) whoever sits there signs on anew, unless ``lazy``. Tests without a browser set
    ``nonce`` and ``signed_on_at`` themselves.
    """

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    signed_on_at: int = 0
    lazy: bool = False
    key: Any = KEY
    exchanged: list[dict[str, str]] = field(default_factory=list)

    def described_as(self) -> dict[str, Any]:
        """Discovery."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            **self.described,
        }

    def keys(self) -> dict[str, Any]:
        """The public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self) -> dict[str, str]:
        """An ID token with the claims and the lies."""
        stamp = int(time.time())
        said = {
            "iss": self.address,
            "aud": "waypost",
            "sub": "ana-1",
            "iat": stamp,
            "exp": stamp + 300,
            "nonce": self.nonce,
            **({"auth_time": self.signed_on_at} if self.signed_on_at else {}),
            "email": "ana@cedar.example",
            "email_verified": True,
            **self.claims,
            **self.lies,
        }
        return {"id_token": jwt.encode(said, self.key, algorithm="RS256", headers={"kid": "one"})}


@contextmanager
def serving() -> Iterator[Provider]:
    """On a free port of this machine, until the end of the block."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/authorize":
                self._send_back()
                return
            found = provider.keys() if path == "/keys" else provider.described_as()
            self._say(found)

        def _send_back(self) -> None:
            asked = {key: value[0] for key, value in parse_qs(urlsplit(self.path).query).items()}
            provider.nonce = asked["nonce"]
            if asked.get("prompt") == "login" and not provider.lazy:
                provider.signed_on_at = int(time.time())
            self.send_response(302)
            given = urlencode({"state": asked["state"], "code": "abc"})
            self.send_header("Location", f"{asked['redirect_uri']}?{given}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.exchanged.append({key: value[0] for key, value in parse_qs(body).items()})
            self._say(provider.token())

        def _say(self, found: dict[str, Any]) -> None:
            body = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
