"""Which events have consequences."""

from server.jobs import JOBS
from server.notifications import outbox
from server.notifications.messages import MESSAGES


def test_every_pushed_event_is_told_and_no_other_has_a_job() -> None:
    pushed = {name for name, message in MESSAGES.items() if message.is_pushed}
    assert {name for name, jobs in JOBS.items() if outbox.tell in jobs} == pushed
    assert set(JOBS) == pushed
