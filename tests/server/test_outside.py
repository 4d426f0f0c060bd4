"""Names that others gave us lead outside our network or nowhere."""

import socket

import pytest

from server.outside import OutsideResolver


@pytest.mark.parametrize("name", ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1"])
async def test_name_that_leads_inside_is_not_resolved(name: str) -> None:
    resolver = OutsideResolver([])
    with pytest.raises(OSError, match="no address outside"):
        await resolver.resolve(name, 443, socket.AF_UNSPEC)
    await resolver.close()


async def test_name_trusted_with_its_port_may_lead_inside() -> None:
    resolver = OutsideResolver(["127.0.0.1:9999"])
    assert await resolver.resolve("127.0.0.1", 9999)
    with pytest.raises(OSError, match="no address outside"):
        await resolver.resolve("127.0.0.1", 9998)
    await resolver.close()
