"""The examples of how Hoso is run agree with the server they are for."""

import re
from pathlib import Path

import pytest

from server.app import routes
from server.attachments.routes import MAX_PAGE
from server.settings import read
from server.sizes import LIMITS
from server.sync.protocol import MAX_REQUEST

ROOT = Path(__file__).resolve().parents[2]
NGINX = (ROOT / "docs" / "examples" / "nginx.conf").read_text()
UNIT = (ROOT / "docs" / "examples" / "hoso.service").read_text()
UNITS = {"k": 1 << 10, "m": 1 << 20}


def bytes_of(size: str) -> int:
    return int(size[:-1]) * UNITS[size[-1]]


def locations() -> dict[str, str]:
    """Prefix → what stands in its block, of the server that people reach by TLS."""
    server = NGINX[NGINX.rindex("\nserver {") :]
    return dict(re.findall(r"\n    location (/\S*) \{([^}]*)\}", server))


def bound_at(prefix: str) -> int:
    here = re.search(r"client_max_body_size (\w+);", locations()[prefix])
    whole = re.search(r"\n    client_max_body_size (\w+);", NGINX)
    found = here or whole
    assert found is not None
    return bytes_of(found[1])


def test_proxy_takes_bodies_of_just_the_servers_sizes() -> None:
    # A bound of the server that is not repeated here would be cut off by the proxy.
    assert {prefix: bound_at(prefix) for prefix in locations()} == dict(LIMITS)


def test_bounds_of_the_server_hold_what_its_routes_take() -> None:
    bounds = dict(LIMITS)
    assert bounds["/sync"] >= MAX_REQUEST
    assert bounds["/uploads"] > MAX_PAGE


def test_every_place_of_the_proxy_is_a_place_of_the_server() -> None:
    paths = [getattr(route, "path", "") for route in routes(read({"HOSO_CLIENT": "/nowhere"}))]
    for prefix in locations():
        assert any(path.startswith(prefix) for path in paths), prefix
    for page in re.findall(r"location = (/\S*) \{", NGINX):
        assert page in paths


@pytest.mark.parametrize("prefix", ["/uploads", "/desk/rescue", "/desk/forms/new"])
def test_large_bodies_go_through_as_they_come(prefix: str) -> None:
    assert "proxy_request_buffering off;" in locations()[prefix]


def test_what_ports_speak_is_settled_before_the_first_server() -> None:
    # nginx takes the protocols of a port's first server, whatever the others say.
    assert NGINX.index("\nssl_protocols TLSv1.2 TLSv1.3;") < NGINX.index("\nserver {")
    assert NGINX.count("ssl_protocols") == 1
    ciphers = re.findall(r"ssl_ciphers ([^;]+);", NGINX)[0].split(":")
    assert all(re.fullmatch(r"ECDHE-\w+-(AES\d+-GCM|CHACHA20)-\w+", one) for one in ciphers)


def test_headers_are_added_in_one_block_alone() -> None:
    # One add_header in a location takes away all of the server's.
    assert not any("add_header" in block for block in locations().values())
    assert "max-age=31536000; includeSubDomains" in NGINX


def test_log_of_the_proxy_holds_no_address_as_it_was_asked_for() -> None:
    (written,) = re.findall(r"log_format hoso '([^']+)'", NGINX)
    assert set(re.findall(r"\$\w+", written)) == {
        *("$time_iso8601", "$remote_addr", "$request_method", "$hoso_place", "$status"),
        *("$body_bytes_sent", "$request_time"),
    }
    assert re.findall(r"error_log \S+ (\w+);", NGINX) == ["crit"]


def test_callers_address_is_written_anew_for_the_server() -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "$proxy_add_x_forwarded_for" not in NGINX
    assert "$http_" not in NGINX


def test_unit_listens_on_the_loopback_and_gives_up_what_it_does_not_need() -> None:
    assert "HOSO_HOST=127.0.0.1" in UNIT
    port = re.search(r"HOSO_PORT=(\d+)", UNIT)
    assert port is not None
    assert f"server 127.0.0.1:{port[1]};" in NGINX
    for line in (
        *("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes"),
        *("CapabilityBoundingSet=", "UMask=0077", "LimitCORE=0", "RestrictSUIDSGID=yes"),
        *("User=hoso", "StateDirectory=hoso", "SystemCallFilter=@system-service"),
    ):
        assert f"\n{line}\n" in UNIT


def test_unit_names_only_settings_that_exist() -> None:
    known = (ROOT / "docs" / "configuration.md").read_text()
    for name in set(re.findall(r"HOSO_[A-Z]+(?==)", UNIT)) - {"HOSO_NAME"}:
        assert f"| `{name}` |" in known
