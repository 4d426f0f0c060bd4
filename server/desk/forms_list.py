"""The administrator's list of forms: what each procedure uses, what it still takes, what waits."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..clock import legal_day
from ..forms.models import AcceptedForm, FormUpload, FormVersion, Procedure
from .asking import named
from .procedures import as_administrator
from .rendering import language_of, page
from .wording import day, moment
from .words import say

HOME = "/desk/forms"


async def show(request: Request) -> Response:
    """All procedures with their versions, and uploads that nobody published yet."""
    desk = await as_administrator(request)
    language = language_of(request)
    waiting = FormUpload.filter(published_at=None, expires_at__gt=desk.now).order_by("-uploaded_at")
    return page(
        request,
        "forms.html",
        desk.visitor,
        {
            "items": await _procedures(desk.now, language),
            "waiting": [
                {
                    "url": f"{HOME}/{one.id}",
                    "name": one.name,
                    "is_good": bool(one.form_digest),
                    "words": say(
                        "form-waiting-line",
                        language,
                        name=one.uploader_name,
                        at=moment(one.uploaded_at),
                        until=day(legal_day(one.expires_at)),
                    ),
                }
                for one in await waiting.only(
                    *("id", "name", "form_digest", "uploader_name", "uploaded_at", "expires_at")
                )
            ],
        },
    )


def until_words(end: datetime, language: str) -> str:
    """When a version is no longer taken, by the last day on which it is."""
    return say("form-until", language, day=last_day(end))


def last_day(end: datetime) -> str:
    """The last day before an end, which may be the midnight after it."""
    return day(legal_day(end - timedelta(seconds=1)))


async def _procedures(now: datetime, language: str) -> list[dict[str, Any]]:
    found = await Procedure.all().order_by("position", "code")
    taken: defaultdict[str, list[AcceptedForm]] = defaultdict(list)
    for one in await AcceptedForm.filter(accepted_until__gt=now).order_by("-accepted_until"):
        taken[one.procedure_code].append(one)
    since = {
        (one.procedure_code, one.form_digest): one.accepted_from
        for one in await AcceptedForm.filter(accepted_until=None)
    }
    digests = {one.form_digest for one in found}
    digests |= {one.form_digest for older in taken.values() for one in older}
    versions = dict(
        await FormVersion.filter(digest__in=sorted(digests) or ["-"]).values_list(
            "digest", "version"
        )
    )

    def told(digest: str) -> str:
        version = versions.get(digest) or "–"
        return say("form-version-line", language, version=version, digest=digest[:8])

    return [
        {
            "code": one.code,
            "name": named(one.about, "name", language) or one.code,
            "form": one.form_digest,
            "version": told(one.form_digest),
            "since": say(
                "form-since", language, day=day(legal_day(since[one.code, one.form_digest]))
            )
            if (one.code, one.form_digest) in since
            else "",
            "older": [
                {
                    "form": older.form_digest,
                    "version": told(older.form_digest),
                    "until": until_words(older.accepted_until, language),
                }
                for older in taken[one.code]
                if older.accepted_until
            ],
        }
        for one in found
    ]


routes: list[BaseRoute] = [Route(HOME, show, methods=["GET"])]
