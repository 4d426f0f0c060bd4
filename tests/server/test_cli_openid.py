"""The `openid` commands, against the provider of tests/support/openid.py."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import cli
from tests.support.openid import CLIENT, SECRET, Provider, openid_provider

ORIGIN = "https://hoso.example"
CALLBACK = f"{ORIGIN}/identity/openid/callback"
ADD = ("people", "add", "lo-thi-mau", "--name", "Lò Thị Mẫu", "--role", "auditor")


@pytest.fixture
def provider(
    tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Provider]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    with openid_provider(CALLBACK) as running:
        for name, value in {
            "DATA": str(tmp_path / "data"),
            "DATABASE_URL": migrated_url,
            "ORIGIN": ORIGIN,
            "OIDC_ISSUER": running.issuer,
            "OIDC_CLIENT": CLIENT,
            "OIDC_SECRET_FILE": str(secret),
        }.items():
            monkeypatch.setenv(f"HOSO_{name}", value)
        yield running


def test_check_tells_what_to_register_and_signs_nobody_in(
    provider: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["openid", "check"]) == 0
    told = capsys.readouterr().out
    assert f"{provider.issuer} answers, with 1 keys." in told
    assert f"Register there: {CALLBACK}" in told
    assert f"Client {CLIENT}, with a secret" in told
    assert SECRET not in told
    assert provider.asked == []


def test_check_names_what_does_not_hold(
    provider: Provider, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.named = {"issuer": "https://other.example"}
    assert cli.main(["openid", "check"]) == 1
    assert "description: of another issuer" in capsys.readouterr().err
    monkeypatch.setenv("HOSO_OIDC_ISSUER", "http://127.0.0.1:1")
    assert cli.main(["openid", "check"]) == 1
    assert "cannot be reached" in capsys.readouterr().err
    monkeypatch.delenv("HOSO_OIDC_ISSUER")
    assert cli.main(["openid", "check"]) == 1
    assert "is not offered here" in capsys.readouterr().err


def test_value_is_bound_from_standard_input_and_taken_away_again(
    provider: Provider, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(ADD) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("079-thu-0001\n"))
    assert cli.main(["openid", "bind", "lo-thi-mau"]) == 0
    assert "lo-thi-mau is known by this value of sub." in capsys.readouterr().out
    assert cli.main(["openid", "unbind", "lo-thi-mau"]) == 0
    assert "Took 1 from lo-thi-mau." in capsys.readouterr().out


@pytest.mark.parametrize("value", ["", "x" * 256])
def test_value_that_is_none_is_refused(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    assert cli.main(ADD) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(value))
    assert cli.main(["openid", "bind", "lo-thi-mau"]) == 1
