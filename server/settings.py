"""The configuration, read once from `HOSO_*` environment variables into a frozen record.

A value that does not fit stops the start with its name and what is allowed. Every variable is
listed in
`docs/configuration.md`; a test holds the two together.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A configuration value does not fit; the text names the variable and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose. Paths are absolute; `origin` has no trailing slash."""

    host: str
    port: int
    data: Path
    database_url: str
    blob_url: str
    origin: str
    agency_name: str
    agency_name_en: str
    fresh_minutes: int
    desk_codes: bool
    erase_after_days: int
    kept_days: int
    sender: str
    sms_url: str
    sms_token: str = field(repr=False)
    smtp_url: str
    smtp_from: str
    smtp_password: str = field(repr=False)
    pages_days: int
    upload_quota: int
    oidc_issuer: str
    oidc_client: str
    oidc_secret: str = field(repr=False)
    oidc_claim: str
    oidc_name: str
    push_contact: str
    push_hosts: tuple[str, ...]
    log_level: str
    unconfirmed_holidays: bool
    client: Path

    @property
    def is_secure(self) -> bool:
        """Whether people reach the server by https, so cookies can be `__Host-` and Secure."""
        return self.origin.startswith("https://")

    @property
    def site(self) -> str:
        """The host name without port: the relying party id of WebAuthn."""
        return urlsplit(self.origin).hostname or "localhost"

    @property
    def keys(self) -> Path:
        """Folder of the secrets made at first start."""
        return self.data / "keys"


# Web Push services of the browsers people have: Chrome, Firefox, Edge, Safari. A subscription
# elsewhere is refused.
PUSH_HOSTS = (
    "fcm.googleapis.com,jmt17.google.com,updates.push.services.mozilla.com,"
    "*.notify.windows.com,*.push.apple.com"
)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment` (the process's own by default). Raises `SettingsError`."""
    values = os.environ if environment is None else environment

    def text(name: str, default: str) -> str:
        return values.get(f"HOSO_{name}", "").strip() or default

    def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
        value = text(name, default).lower()
        if value not in allowed:
            raise SettingsError(f"HOSO_{name} is “{value}”; allowed: {', '.join(allowed)}.")
        return value

    port = _number("PORT", text("PORT", "8000"), 1, 65535)
    origin = _origin(text("ORIGIN", f"http://localhost:{port}"))
    # Where people come by https the terminal is a log that is kept, and no place for codes.
    silent = "none" if origin.startswith("https:") else "console"
    sender = choice("SENDER", ("console", "none", "sms", "smtp"), silent)
    data = Path(text("DATA", "data")).expanduser().absolute()
    issuer = _carrier("OIDC_ISSUER", text("OIDC_ISSUER", ""), ("http", "https"), False)
    oidc_client = text("OIDC_CLIENT", "")
    if issuer and not oidc_client:
        raise SettingsError("HOSO_OIDC_CLIENT is missing; with HOSO_OIDC_ISSUER it must be set.")
    return Settings(
        host=text("HOST", "127.0.0.1"),
        port=port,
        data=data,
        database_url=_database(text("DATABASE_URL", f"sqlite://{data}/hoso.db")),
        blob_url=_blobs(text("BLOB_URL", f"file://{data}/blobs")),
        origin=origin,
        agency_name=text("AGENCY_NAME", "Trung tâm Phục vụ hành chính công"),
        agency_name_en=text("AGENCY_NAME_EN", "Public Administration Service Centre"),
        erase_after_days=_number("ERASE_AFTER_DAYS", text("ERASE_AFTER_DAYS", "0"), 0, 36_500),
        kept_days=_number("KEPT_DAYS", text("KEPT_DAYS", "30"), 1, 3650),
        fresh_minutes=_number("FRESH_MINUTES", text("FRESH_MINUTES", "15"), 1, 480),
        desk_codes=choice("DESK_CODES", ("no", "yes"), "yes") == "yes",
        sender=sender,
        sms_url=_carrier("SMS_URL", text("SMS_URL", ""), ("http", "https"), sender == "sms"),
        sms_token=_secret("SMS_TOKEN_FILE", text("SMS_TOKEN_FILE", "")),
        smtp_url=_carrier("SMTP_URL", text("SMTP_URL", ""), ("smtp", "smtps"), sender == "smtp"),
        smtp_from=text("SMTP_FROM", "hoso@localhost"),
        smtp_password=_secret("SMTP_PASSWORD_FILE", text("SMTP_PASSWORD_FILE", "")),
        pages_days=_number("PAGES_DAYS", text("PAGES_DAYS", "3"), 1, 60),
        upload_quota=_number("UPLOAD_QUOTA_MB", text("UPLOAD_QUOTA_MB", "1024"), 1, 1 << 20) << 20,
        oidc_issuer=issuer,
        oidc_client=oidc_client,
        oidc_secret=_secret("OIDC_SECRET_FILE", text("OIDC_SECRET_FILE", "")),
        oidc_claim=text("OIDC_CLAIM", "sub"),
        oidc_name=text("OIDC_NAME", urlsplit(issuer).hostname or ""),
        push_contact=text("PUSH_CONTACT", "mailto:push@localhost"),
        push_hosts=tuple(h.strip() for h in text("PUSH_HOSTS", PUSH_HOSTS).split(",") if h.strip()),
        log_level=choice("LOG_LEVEL", ("debug", "info", "warning", "error"), "info"),
        unconfirmed_holidays=choice("UNCONFIRMED_HOLIDAYS", ("no", "yes"), "no") == "yes",
        client=Path(text("CLIENT", str(ROOT / "pwa" / "dist"))).expanduser().absolute(),
    )


def _number(name: str, value: str, least: int, most: int) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 12
    if not is_number or not least <= int(value) <= most:
        raise SettingsError(f"HOSO_{name} is “{value}”; allowed: a number from {least} to {most}.")
    return int(value)


def _database(value: str) -> str:
    if not value.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise SettingsError(
            f"HOSO_DATABASE_URL is “{value}”; allowed: sqlite:///folder/file or postgres://user@host/database."
        )
    return (
        "postgres://" + value[len("postgresql://") :] if value.startswith("postgresql:") else value
    )


def _blobs(value: str) -> str:
    if not value.startswith(("file://", "s3://", "memory://")):
        raise SettingsError(
            f"HOSO_BLOB_URL is “{value}”; allowed: file:///folder, s3://bucket/prefix "
            "or memory:// (tests)."
        )
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingsError(
            f"HOSO_ORIGIN is “{value}”; allowed: scheme, host and port alone, as in https://hoso.example.vn."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _carrier(name: str, value: str, schemes: tuple[str, ...], is_needed: bool) -> str:
    """Where codes are handed over; in the clear only on this machine itself."""
    if not value and not is_needed:
        return ""
    parts = urlsplit(value)
    is_here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if (
        parts.scheme not in schemes
        or not parts.hostname
        or (parts.scheme == "http" and not is_here)
    ):
        raise SettingsError(
            f"HOSO_{name} is “{value}”; allowed: {' or '.join(schemes)}:// with a host; "
            "http:// to this machine alone."
        )
    return value


def _secret(name: str, path: str) -> str:
    """A secret from the file named by a variable, so that it stands in no environment."""
    if not path:
        return ""
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise SettingsError(f"HOSO_{name} is “{path}”: {error.strerror}.") from None
