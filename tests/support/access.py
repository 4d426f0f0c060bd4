"""Who may call what: one row for every address and method of the server, and for each desk verb.

A row says who is let in; everybody else must be turned away. To be let in means to reach the
action: it may still find that a field is missing or that the page is old. Whoever adds a route adds
its row here; `tests/server/test_access.py` fails until then.
"""

from dataclasses import dataclass, field
from typing import Any

from .people import BAT_XAT, Y_TY

# Who calls: account name → (role, commune). Dossier, pages and devices are those of Bát Xát.
ACTORS: dict[str, tuple[str | None, str]] = {
    "citizen": (None, ""),
    "officer": ("officer", BAT_XAT),
    "clerk": ("clerk", BAT_XAT),
    "specialist": ("specialist", BAT_XAT),
    "approver": ("approver", BAT_XAT),
    "chief": ("administrator", BAT_XAT),
    "auditor": ("auditor", BAT_XAT),
    "administrator": ("administrator", ""),
    "inspector": ("auditor", ""),
    "officer-y-ty": ("officer", Y_TY),
    "clerk-y-ty": ("clerk", Y_TY),
    "specialist-y-ty": ("specialist", Y_TY),
    "approver-y-ty": ("approver", Y_TY),
    "chief-y-ty": ("administrator", Y_TY),
    "auditor-y-ty": ("auditor", Y_TY),
}
SIGNED_IN = frozenset(ACTORS)
ANYONE = SIGNED_IN | {"nobody"}
READERS = frozenset({"clerk", "specialist", "approver", "auditor", "inspector"})
# The worklist and what is like it show each their own commune.
DESKS = READERS | {"clerk-y-ty", "specialist-y-ty", "approver-y-ty", "auditor-y-ty"}
ANY_CLERK = frozenset({"clerk", "clerk-y-ty"})


@dataclass(frozen=True, slots=True)
class Row:
    """One way to call the server. `filled`: values for the address; `old` page versions and empty
    bodies keep a call that is let in from changing anything."""

    method: str
    path: str
    allowed: frozenset[str]
    filled: dict[str, str] = field(default_factory=dict)
    json: Any = None
    form: dict[str, str] | None = None

    @property
    def name(self) -> str:
        """How a test names it."""
        return f"{self.method} {self.path} {' '.join(self.filled.values())}".strip()


def only(*actors: str) -> frozenset[str]:
    """These and nobody else."""
    return frozenset(actors)


def public(*paths: str, method: str = "GET", json: Any = None) -> list[Row]:
    """What everybody may call."""
    return [Row(method, path, ANYONE, json=json) for path in paths]


def verb(name: str, *actors: str) -> Row:
    """One button of a dossier's page, pressed on a page that is too old to do anything."""
    return Row("POST", f"{DOSSIER}/{{verb}}", only(*actors), {"verb": name}, form=OLD)


KEEPERS = only("administrator", "chief")
ANY_KEEPER = KEEPERS | {"chief-y-ty"}
PERSON = "/desk/people/{person}"
# A role for the whole server is given by whoever oversees the whole server alone.
EVERYWHERE = {"role": "administrator", "commune": ""}
ASKED = {"kind": "copy", "name": "Giàng A Thử", "id_number": "0", "wish": "thử"}
DOSSIER = "/desk/dossiers/{dossier}"
# A held mutation that is a second version of the dossier, and its page.
SECOND = {"mutation": "{second}", "page": "{second_page}"}
BROWSER = {"endpoint": "https://a.invalid/", "keys": {"p256dh": "x", "auth": "x"}}
OLD = {"version": "999", "reason": "thử", "note": "thử", "person": "{specialist}"}

ROWS: list[Row] = [
    *public("/health", "/openapi.json", "/docs", "/docs.css", "/catalogue"),
    # forms are the same for everybody
    *public("/forms/{digest}.json", "/resources/{digest}.json", "/media/{digest}"),
    *public("/.well-known/jwks.json", "/verify", "/verify/verify.css"),
    *public("/verify", method="POST", json={"receipt": "x"}),
    *public("/track"),
    Row("GET", "/track/{code}", ANYONE, {"code": "{dossier_code}"}),
    *public("/claims", "/claims/redeem", method="POST", json={}),
    # signing in
    *public("/identity/codes", "/identity/logins", method="POST", json={}),
    *public("/identity/enrolments/{token}/options", method="POST", json={}),
    *public("/identity/enrolments/{token}", method="POST", json={}),
    *public("/identity/passkey-logins/options", method="POST", json={}),
    *public("/identity/passkey-logins", method="POST", json={}),
    *public("/identity/login", method="DELETE"),
    *public("/identity/openid", "/identity/openid/start", "/identity/openid/callback"),
    *public("/identity/openid", method="POST", json={}),
    Row("GET", "/identity/me", SIGNED_IN),
    Row("GET", "/identity/devices", SIGNED_IN),
    Row("POST", "/identity/devices", SIGNED_IN, json={}),
    Row("DELETE", "/identity/devices/{device}", only("officer")),
    Row("GET", "/identity/logins", SIGNED_IN),
    Row("DELETE", "/identity/logins/{login}", SIGNED_IN),
    Row("GET", "/identity/passkeys", SIGNED_IN),
    Row("POST", "/identity/passkeys", SIGNED_IN, json={}),
    Row("POST", "/identity/passkeys/options", SIGNED_IN),
    Row("PUT", "/identity/passkeys/{passkey}", SIGNED_IN, json={"name": "x"}),
    Row("DELETE", "/identity/passkeys/{passkey}", SIGNED_IN),
    # sending needs no login; pages only where an accepted mutation named them
    *public("/sync", method="POST", json={}),
    # nobody here filed that dossier or holds the phone that did
    Row("POST", "/dossiers/{dossier}/openings", only(), json={}),
    *public("/uploads", "/uploads/{id}", method="OPTIONS"),
    *public("/uploads", "/uploads/{id}", method="POST"),
    *public("/uploads/{id}", method="HEAD"),
    *public("/uploads/{id}", method="PATCH"),
    *public("/uploads/{id}", method="DELETE"),
    Row("POST", "/push/subscriptions", SIGNED_IN, json={"subscription": BROWSER}),
    *public("/push/subscriptions", method="DELETE", json={"subscription": BROWSER}),
    # the desk
    *public("/desk/sign-in"),
    Row("GET", "/desk", SIGNED_IN),
    *public("/desk/sign-in", "/desk/sign-out", "/desk/language", method="POST"),
    Row("GET", "/desk/dossiers", DESKS),
    Row("GET", DOSSIER, READERS),
    Row("GET", f"{DOSSIER}/pages/{{page}}", READERS),
    Row("GET", f"{DOSSIER}/slip", READERS),
    Row("GET", f"{DOSSIER}/beside/{{other}}", READERS),
    Row("GET", f"{DOSSIER}/conflicts/{{mutation}}", READERS),
    Row("GET", f"{DOSSIER}/supplement", only("clerk", "specialist")),
    Row("POST", f"{DOSSIER}/supplement", only("clerk", "specialist"), form=OLD),
    Row("POST", f"{DOSSIER}/claim-code", only("clerk")),
    verb("receive", "clerk"),
    verb("refuse", "clerk"),
    verb("stop", "clerk"),
    verb("finish", "clerk"),
    verb("return-result", "clerk"),
    verb("forward", "clerk"),
    verb("propose", "specialist"),
    verb("approve", "approver"),
    verb("send-back", "approver"),
    Row("GET", "/desk/rights", ANY_CLERK),
    Row("POST", "/desk/rights", only("clerk"), form={"commune": BAT_XAT, **ASKED}),
    # finds nothing under that number, whatever the commune
    Row("POST", "/desk/rights/copy", ANY_CLERK, form={"id_number": "0"}),
    Row("POST", "/desk/rights/{request}", ANY_CLERK, form={"outcome": "thử"}),
    Row("GET", "/desk/audit", only("auditor", "auditor-y-ty", "inspector")),
    Row(
        "POST",
        "/desk/audit",
        only("auditor", "auditor-y-ty", "inspector"),
        form={"citizen": "Không Có Ai"},
    ),
    Row("GET", "/desk/held", ANY_CLERK),
    Row("POST", "/desk/held/{mutation}", only("clerk"), form={"reason": "thử"}),
    Row("GET", "/desk/held/{mutation}", only("clerk"), SECOND),
    Row("GET", "/desk/held/{mutation}/pages/{page}", only("clerk"), SECOND),
    Row("GET", "/desk/rescue", ANY_CLERK),
    Row("POST", "/desk/rescue", ANY_CLERK, form={"file": "x"}),
    Row("GET", "/desk/me", SIGNED_IN),
    Row("POST", "/desk/me/{act}", SIGNED_IN, {"act": "end-login"}, form={"id": "x"}),
    Row("GET", "/desk/people", ANY_KEEPER),
    Row("POST", "/desk/people", KEEPERS, form={"role": "clerk", "commune": BAT_XAT}),
    Row("GET", "/desk/people/{person}", KEEPERS),
    Row("POST", f"{PERSON}/{{act}}", KEEPERS, {"act": "end-login"}, form={"id": "x"}),
    Row("POST", f"{PERSON}/{{act}}", only("administrator"), {"act": "appoint"}, form=EVERYWHERE),
    # the form that everybody would bring is none
    Row("GET", "/desk/forms", only("administrator")),
    Row("GET", "/desk/forms/new", only("administrator")),
    Row("POST", "/desk/forms/new", only("administrator"), form={"procedure": "{code}"}),
    Row("GET", "/desk/forms/{upload}", only("administrator")),
    Row("POST", "/desk/forms/{upload}/publish", only("administrator"), form={"until": "x"}),
    Row("POST", "/desk/forms/{upload}/discard", only("administrator")),
    Row("GET", "/desk/procedures", only("administrator")),
    Row("POST", "/desk/procedures/{code}", only("administrator"), form={"open": "yes"}),
]
