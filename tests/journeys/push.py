"""A push as the browser hands it to the worker, and what the worker then shows.

The payload is the one the server sends (docs/contracts.md §4); its encryption on the way is proven
in the server's own tests against an endpoint that decrypts.
"""

import json
import time

from playwright.sync_api import BrowserContext, Page

SHOWN = """async () => (await self.registration.getNotifications())
  .map(({title, body, data, tag}) => ({title, body, data, tag}))"""


def wake(page: Page, origin: str, *, dossier: str) -> None:
    """Deliver `{v, kind, dossier}` and wait until the worker has shown something new."""
    cdp = page.context.new_cdp_session(page)
    known: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: known.extend(
            one["registrationId"]
            for one in event["registrations"]
            if one["scopeURL"].startswith(origin) and not one["isDeleted"]
        ),
    )
    cdp.send("ServiceWorker.enable")
    deadline = time.monotonic() + 10
    while not known:
        assert time.monotonic() < deadline, "no worker is registered"
        page.wait_for_timeout(50)
    before = len(shown_notices(page.context))
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": origin,
            "registrationId": known[-1],
            "data": json.dumps({"v": 1, "kind": "dossier", "dossier": dossier}),
        },
    )
    while len(shown_notices(page.context)) <= before:
        assert time.monotonic() < deadline + 15, "the push showed nothing"
        page.wait_for_timeout(100)


def shown_notices(context: BrowserContext) -> list[dict[str, str]]:
    """Notifications on the screen, oldest first."""
    notices: list[dict[str, str]] = context.service_workers[0].evaluate(SHOWN)
    return notices
