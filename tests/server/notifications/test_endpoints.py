"""Which addresses are called with a push, whatever a stranger asks for."""

import pytest

from server.notifications.endpoints import is_allowed
from server.settings import read

HOSTS = read({}).push_hosts


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://FCM.googleapis.com:443/fcm/send/abc",
        "https://wns2-sg2p.notify.windows.com/w/?token=x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
    ],
)
def test_known_push_services_are_allowed(endpoint: str) -> None:
    assert is_allowed(endpoint, HOSTS)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://notify.windows.com/x",
        "https://evilnotify.windows.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/x",
        "http://127.0.0.1:8000/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com:bad/x",
        "https://[bad/x",
        "",
    ],
)
def test_other_addresses_are_not_called(endpoint: str) -> None:
    assert not is_allowed(endpoint, HOSTS)


def test_local_service_is_allowed_by_name_and_port_alone() -> None:
    assert is_allowed("http://127.0.0.1:9999/x", ["127.0.0.1:9999"])
    assert is_allowed("https://127.0.0.1:9999/x", ["127.0.0.1:9999"])
    assert not is_allowed("http://127.0.0.1:9998/x", ["127.0.0.1:9999"])
    assert not is_allowed("http://127.0.0.1/x", ["127.0.0.1"])
