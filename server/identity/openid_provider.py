"""The OpenID Connect provider that the configuration names: its description, keys and tokens.

The only module that talks to it. Signatures and claims are checked by joserfc. What the provider's
description (OpenID Connect Discovery 1.0) names is called by https alone, and inside our network
only when it lies at the issuer's own host and port.
"""

from __future__ import annotations

import base64
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
import msgspec
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from starlette.requests import HTTPConnection

from ..errors import Problem
from ..outside import OutsideResolver
from ..settings import Settings

# Signed by a key of the provider's own: no shared secret, and never unsigned.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
TIME_LIMIT, LONGEST = 10.0, 262_144
DESCRIPTION_LIFE, KEYS_AGAIN_AFTER = timedelta(hours=1), timedelta(minutes=1)
LEEWAY = 60  # seconds that the provider's clock may be off
RECENT = 600  # seconds since the person proved to the provider who they are


class OpenidRefused(Exception):
    """What the provider or the browser said does not hold; the text, for the log, says why."""


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of the provider, and since when."""

    authorization: str
    token: str
    keys: KeySet
    posts_secret: bool
    names_itself: bool
    read_at: datetime


class OpenidProvider:
    """One provider; remembers its description for an hour."""

    def __init__(self, settings: Settings) -> None:
        self.issuer, self.client = settings.oidc_issuer, settings.oidc_client
        self._secret = settings.oidc_secret
        self.callback = f"{settings.origin}/identity/openid/callback"
        self._home = _place(self.issuer)
        self._known: Description | None = None

    async def description(self, now: datetime) -> Description:
        """Its addresses and keys. Raises `openid-unreachable`, `OpenidRefused`."""
        if self._known is None or now - self._known.read_at > DESCRIPTION_LIFE:
            self._known = await self._read(now)
        return self._known

    async def sign_in_address(self, state: str, nonce: str, challenge: str, now: datetime) -> str:
        """Where the browser goes. `prompt=login`: who used this browser before is not enough."""
        known = await self.description(now)
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": self.callback,
            "scope": "openid",
            "prompt": "login",
            "max_age": str(RECENT),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in known.authorization else "?"
        return f"{known.authorization}{joint}{urlencode(query)}"

    async def claims(self, code: str, verifier: str, nonce: str, now: datetime) -> dict[str, Any]:
        """The checked claims of the identity token that `code` buys.

        Raises `OpenidRefused`, `openid-unreachable`.
        """
        known = await self.description(now)
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": verifier,
        }
        headers = {}
        if not self._secret:
            fields["client_id"] = self.client
        elif known.posts_secret:
            fields |= {"client_id": self.client, "client_secret": self._secret}
        else:
            pair = f"{quote(self.client, safe='')}:{quote(self._secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        answer = await self._call("POST", known.token, data=fields, headers=headers)
        return await self._checked(str(answer.get("id_token", "")), nonce, now)

    async def _checked(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        """OpenID Connect Core 1.0, 3.1.3.7."""
        known = await self.description(now)
        try:
            try:
                claims = jwt.decode(token, known.keys, algorithms=ALGORITHMS).claims
            except InvalidKeyIdError:
                if now - known.read_at < KEYS_AGAIN_AFTER:
                    raise
                # The provider changed its key since.
                self._known = await self._read(now)
                claims = jwt.decode(token, self._known.keys, algorithms=ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client},
                nonce={"essential": True, "value": nonce},
                sub={"essential": True},
                exp={"essential": True},
                iat={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OpenidRefused(f"identity token: {type(error).__name__}: {error}") from None
        # Whoever sits at the browser can take `prompt=login` out of the address; signing in here
        # counts as fresh, so the provider has to say when it asked (Core, 2 and 3.1.2.1).
        proven = claims.get("auth_time")
        if not isinstance(proven, int) or now.timestamp() - proven > RECENT + LEEWAY:
            raise OpenidRefused("identity token: no auth_time, or too long ago")
        audience, party = claims["aud"], claims.get("azp")
        if party != self.client and (party or (isinstance(audience, list) and len(audience) > 1)):
            raise OpenidRefused("identity token: issued to another party")
        return dict(claims)

    async def _read(self, now: datetime) -> Description:
        at = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        told = await self._call("GET", at)
        if told.get("issuer") != self.issuer:
            raise OpenidRefused("description: of another issuer")
        authorization = str(told.get("authorization_endpoint", ""))
        if not self._is_callable(authorization):
            raise OpenidRefused("description: no fit authorization_endpoint")
        try:
            keys = KeySet.import_key_set(await self._call("GET", str(told.get("jwks_uri", ""))))  # type: ignore[arg-type]
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise OpenidRefused(f"keys: {error}") from None
        ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Description(
            authorization=authorization,
            token=str(told.get("token_endpoint", "")),
            keys=keys,
            posts_secret="client_secret_basic" not in ways,
            names_itself=told.get("authorization_response_iss_parameter_supported") is True,
            read_at=now,
        )

    def _is_callable(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            place = _place(url)
        except ValueError:
            return False
        if place == self._home and parts.scheme == urlsplit(self.issuer).scheme:
            return True
        try:
            # Written as a number, an address is called without being resolved.
            ipaddress.ip_address(parts.hostname or "")
        except ValueError:
            return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
        return False

    async def _call(
        self,
        method: str,
        url: str,
        data: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        if not self._is_callable(url):
            raise OpenidRefused("description: an address that is not called")
        limit = aiohttp.ClientTimeout(total=TIME_LIMIT)
        connector = aiohttp.TCPConnector(resolver=OutsideResolver([self._home]))
        sent = {"Accept": "application/json", **(headers or {})}
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=limit, connector=connector, trust_env=False
                ) as session,
                session.request(
                    method, url, data=data, headers=sent, allow_redirects=False
                ) as answer,
            ):
                body = await _bounded(answer)
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            raise Problem("openid-unreachable") from None
        if status >= 500 or (method == "GET" and status != 200):
            raise Problem("openid-unreachable")
        if status != 200:
            raise OpenidRefused(f"the provider answered {status}")
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise OpenidRefused("the provider's answer is not a JSON object") from None


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_chunked(65_536):
        body += chunk
        if len(body) > LONGEST:
            raise OpenidRefused("the provider's answer is too long")
    return bytes(body)


def _place(url: str) -> str:
    """`host:port` of an address."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port or (443 if parts.scheme == 'https' else 80)}"


def provider_of(request: HTTPConnection) -> OpenidProvider:
    """The provider of the application that handles `request`. Raises `openid-off`."""
    found: OpenidProvider | None = request.state.openid
    if found is None:
        raise Problem("openid-off")
    return found
