"""What every part may need besides the database: configuration, time, keys, the worker's bell.

Made once by the lifespan in `app.py` and carried in the request's state. What belongs to one
feature (the page store, the sender of codes) lies beside it in the state under the feature's own
name, so that nothing here depends on a feature.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from .clock import Clock, SystemClock
from .keyring import KeyFolder, Keyring
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """The same for all requests of a process. `changed` is set when events may have come."""

    settings: Settings
    clock: Clock
    keys: KeyFolder
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def keyring(self) -> Keyring:
        """The keys as they are now; ask again rather than keep it."""
        return self.keys.current()


def open_services(settings: Settings, clock: Clock | None = None) -> Services:
    """Services of one process; keys are made when this is the first start."""
    settings.data.mkdir(parents=True, exist_ok=True)
    return Services(settings, clock or SystemClock(), KeyFolder(settings.keys))


def services_of(request: HTTPConnection) -> Services:
    """The services of the application that handles `request`."""
    services: Services = request.state.services
    return services
