"""An OpenID Connect provider on the loopback, for tests of signing in by one.

Made of Authlib's authorization server in Flask: it checks client, secret, redirect address, PKCE
and that a code is used once, and signs identity tokens with its own key. What a hostile provider
would do is switched on by a test: other claims, another key, no signature. It has no page: whoever
comes is `subject`.
"""

import functools
import hmac
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import flask
import msgspec
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

from server import base64url

CLIENT, SECRET = "hoso-thu", "mật khẩu thử"


class Client:
    """The one client that is registered."""

    def __init__(self, redirect_uri: str) -> None:
        self.redirect_uri = redirect_uri
        self.client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """An authorization code that was given out."""

    subject: str
    redirect_uri: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return "openid"

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@functools.cache
def rsa_key(kid: str, number: int = 0) -> RSAKey:
    """A key of the provider (0) or of somebody else, made once a run: that takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class Provider:
    """The running provider and what a test may turn."""

    issuer: str = ""
    subject: str = "079-thu-0001"
    changed: dict[str, Any] = field(default_factory=dict)  # claims; None leaves one out
    named: dict[str, Any] = field(default_factory=dict)  # what the description says otherwise
    signs_with: RSAKey | str = ""  # another key, "none", or "HS256" with the public key
    key: RSAKey = field(default_factory=lambda: rsa_key("1"))
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)  # authorization requests


def _token(provider: Provider, claims: dict[str, Any]) -> str:
    claims = {**claims, **provider.changed}
    claims = {name: value for name, value in claims.items() if value is not None}
    key = provider.signs_with or provider.key
    if isinstance(key, str):
        head = msgspec.json.encode({"alg": key, "kid": "1"})
        signed = f"{base64url.encode(head)}.{base64url.encode(msgspec.json.encode(claims))}"
        public = provider.key.as_pem(private=False)
        mac = b"" if key == "none" else hmac.digest(public, signed.encode(), "sha256")
        return f"{signed}.{base64url.encode(mac)}"
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key, ["RS256"])


def _application(provider: Provider, client: Client) -> flask.Flask:
    class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

        def save_authorization_code(self, code: str, request: Any) -> None:
            data = request.payload.data
            provider.codes[code] = Code(
                provider.subject,
                data["redirect_uri"],
                data["nonce"],
                data["code_challenge"],
                data["code_challenge_method"],
            )

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            for code, one in list(provider.codes.items()):
                if one is authorization_code:
                    del provider.codes[code]

        def authenticate_user(self, authorization_code: Code) -> str:
            return authorization_code.subject

    class Identity(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def encode_id_token(self, token: dict[str, Any], request: Any) -> str:
            now = int(time.time())
            claims = {"iss": provider.issuer, "aud": CLIENT, "sub": request.user}
            claims |= {"iat": now, "exp": now + 300}
            # What the library says of the code: its nonce, and when the person proved themselves.
            claims |= self.get_authorization_code_claims(request.authorization_code)
            return _token(provider, claims)

    app = flask.Flask("provider")
    server = AuthorizationServer(app, lambda _: client, lambda token, request: None)
    server.register_grant(Grant, [CodeChallenge(required=True), Identity(require_nonce=True)])

    @app.get("/.well-known/openid-configuration")
    def description() -> dict[str, Any]:
        told = {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/keys",
        }
        return {**told, **provider.named}

    @app.get("/keys")
    def keys() -> Any:
        return flask.jsonify(KeySet([provider.key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        provider.asked.append(dict(flask.request.args))
        grant = server.get_consent_grant(end_user=provider.subject)
        return server.create_authorization_response(grant_user=provider.subject, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


@contextmanager
def openid_provider(redirect_uri: str) -> Iterator[Provider]:
    """The provider on a free port, while the block lasts."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, _application(provider, Client(redirect_uri)))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
