"""Configuration: defaults, refusals by name, and the page that lists every variable."""

import re
from pathlib import Path

import pytest

from server.settings import PUSH_HOSTS, ROOT, SettingsError, read


def test_nothing_set_runs_on_this_machine_alone() -> None:
    settings = read({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.origin == "http://localhost:8000"
    assert settings.database_url == f"sqlite://{settings.data}/hoso.db"
    assert settings.blob_url == f"file://{settings.data}/blobs"
    assert settings.data.is_absolute()
    assert settings.client == ROOT / "pwa" / "dist"
    assert not settings.is_secure


def test_empty_value_is_as_if_not_set() -> None:
    assert read({"HOSO_PORT": " "}).port == 8000


def test_data_folder_moves_all_that_lies_in_it() -> None:
    settings = read({"HOSO_DATA": "/srv/hoso"})
    assert settings.keys == Path("/srv/hoso/keys")
    assert settings.database_url == "sqlite:///srv/hoso/hoso.db"
    assert settings.blob_url == "file:///srv/hoso/blobs"


def test_origin_loses_its_slash_and_tells_site_and_safety() -> None:
    settings = read({"HOSO_ORIGIN": "https://hoso.example:8443/"})
    assert settings.origin == "https://hoso.example:8443"
    assert settings.site == "hoso.example"
    assert settings.is_secure


def test_both_spellings_of_postgresql_are_one() -> None:
    for spelled in ("postgres", "postgresql"):
        address = read({"HOSO_DATABASE_URL": f"{spelled}://u@h/d"}).database_url
        assert address == "postgres://u@h/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOSO_PORT", "0"),
        ("HOSO_PORT", "65536"),
        ("HOSO_PORT", "http"),
        ("HOSO_PORT", "٨٠"),
        ("HOSO_DATABASE_URL", "mysql://u@h/d"),
        ("HOSO_BLOB_URL", "ftp://h/d"),
        ("HOSO_ORIGIN", "hoso.example"),
        ("HOSO_ORIGIN", "https://hoso.example/app"),
        ("HOSO_ORIGIN", "ftp://hoso.example"),
        ("HOSO_SENDER", "pigeon"),
        ("HOSO_LOG_LEVEL", "loud"),
    ],
)
def test_value_that_does_not_fit_is_named_with_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read({name: value})
    assert name in str(refused.value)
    assert value in str(refused.value)
    assert "allowed" in str(refused.value)


def test_known_push_services_are_listed() -> None:
    assert read({}).push_hosts == tuple(PUSH_HOSTS.split(","))
    assert read({"HOSO_PUSH_HOSTS": "a.example, 127.0.0.1:9"}).push_hosts == (
        "a.example",
        "127.0.0.1:9",
    )


def test_page_lists_every_variable_and_no_other() -> None:
    source = (ROOT / "server" / "settings.py").read_text(encoding="utf-8")
    read_names = {f"HOSO_{name}" for name in re.findall(r'(?:text|choice)\("([A-Z_]+)"', source)}
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(HOSO_[A-Z_]+)`", page, re.MULTILINE))
    assert rows == read_names
    assert len(read_names) >= 13
