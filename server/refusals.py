"""What the terminal's log tells of attempts that were turned away.

Sign-ins that failed, guesses that came too often, reaching for what is another's, bodies that no
client of ours makes: one line each, with the problem's code, method and route, the caller's network
address and who is signed in there. The route is told by its pattern, never as it was asked for:
addresses hold enrolment links and codes. What succeeded, and who read what, is in `events`.
"""

from __future__ import annotations

import logging

from starlette.requests import HTTPConnection

from .errors import Problem

log = logging.getLogger("hoso.refusals")

# Not `sign-in-required`: every phone whose login has run out meets it many times a day.
WATCHED = frozenset(
    {
        *("sign-in-refused", "passkey-refused", "passkey-required", "too-many-attempts"),
        *("enrolment-invalid", "openid-refused", "openid-unknown", "openid-taken"),
        *("not-allowed", "dossier-unknown", "person-unknown", "claim-refused"),
        *("origin-forbidden", "secret-in-body", "signature-invalid", "push-endpoint-refused"),
        *("envelope-unreadable", "mutation-reused", "answers-invalid", "rescue-damaged"),
        *("upload-not-expected", "upload-quota", "request-malformed", "request-too-large"),
        *("server-busy",),
    }
)


def note(request: HTTPConnection, code: str) -> None:
    """Log that `request` was turned away with this problem code, if it is one to watch."""
    if code in WATCHED:
        caller = request.client.host if request.client else "-"
        method = request.scope.get("method", "-")
        # A person's id, never a name or an account.
        person = getattr(getattr(request.state, "visitor", None), "id", "nobody")
        place = place_of(request)
        log.info("refused %s: %s %s from %s by %s", code, method, place, caller, person)


def note_problem(request: HTTPConnection, problem: Problem) -> None:
    """The same for a problem that ended the request."""
    note(request, problem.code)


def place_of(request: HTTPConnection) -> str:
    """The route's pattern as in `/desk/dossiers/{dossier}`; before routing the first word alone."""
    parts = request.url.path.split("/")
    if "endpoint" not in request.scope:
        return f"/{parts[1]}/…" if len(parts) > 2 else f"/{parts[1]}"
    names = {str(value): name for name, value in request.path_params.items()}
    return "/".join(f"{{{names[part]}}}" if part in names else part for part in parts)
