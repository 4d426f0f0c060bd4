"""Which push services are called: known hosts by https, and never an address inside our network.

Endpoints are addresses that strangers gave us, so both the name and what it resolves to are
checked. A service named with its port in HOSO_PUSH_HOSTS is trusted wherever it is, by http too:
that is for tests and local runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit


def is_allowed(endpoint: str, hosts: Sequence[str]) -> bool:
    """Whether an endpoint belongs to a push service we call.

    `hosts`: a name; `*.name` for any below it; `name:port` for exactly that, by http or https.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if not host or parts.username is not None or parts.password is not None:
        return False
    if parts.scheme in ("http", "https") and f"{host}:{port}" in hosts:
        return True
    if parts.scheme != "https" or port not in (None, 443):
        return False
    return any(
        host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
        for allowed in hosts
    )
