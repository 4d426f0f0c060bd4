"""A slice of `make torture` in a real browser: through kills, everything arrives once."""

from pathlib import Path

from playwright.sync_api import Playwright

from tests.support.server_process import ROOT
from tests.torture.browser import BAD, Ordeal

SEED = 20261122


def test_submissions_through_kills_of_phone_and_server_arrive_once_and_complete(
    client: None, playwright: Playwright, tmp_path: Path
) -> None:
    ordeal = Ordeal(playwright, tmp_path, SEED, builds=[ROOT / "pwa" / "dist"], phones=1)
    with ordeal.running():
        (phone,) = ordeal.phones
        ordeal.proxy.weather = BAD
        ordeal.send(phone)
        ordeal.kill_during(phone)
        ordeal.proxy.is_down = True
        ordeal.send(phone)
        ordeal.stop_worker(phone)
        ordeal.kill_phone(phone)
        ordeal.kill_server(phone)
        outcome = ordeal.end_well()
    assert outcome.is_clean, outcome.report()
    sure = [one for one in outcome.sent if one.is_sure]
    assert len(sure) == 2
    assert outcome.done["at the desk"] in (2, 3)
    assert phone.device.uncaught == []
