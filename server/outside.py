"""Calls to addresses that others gave us, kept out of our own network.

A push endpoint comes from a browser, a provider's further addresses from its own description: the
name is checked by who calls, and what it resolves to is checked here, at the moment of connecting,
so that a name server cannot answer differently the second time.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult


class OutsideResolver(AbstractResolver):
    """Resolves names to addresses outside our network only, whatever the name server says.

    `inside`: `name:port` of what is trusted wherever it is, because the operator named it.
    """

    def __init__(self, inside: Sequence[str]) -> None:
        self.inside = frozenset(inside)
        self.resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses of `host`. Raises `OSError` when none of them is public."""
        found = await self.resolver.resolve(host, port, family)
        if f"{host}:{port}" in self.inside:
            return found
        public = [a for a in found if ipaddress.ip_address(a["host"]).is_global]
        if not public:
            raise OSError(f"{host} has no address outside")
        return public

    async def close(self) -> None:
        """Release what the resolver holds."""
        await self.resolver.close()
