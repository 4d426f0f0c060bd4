"""What a form says of itself as a whole and phones do their own way: told, not followed (pure)."""

from __future__ import annotations

from .findings import Findings
from .xform import XForm

SEALED = "dossiers are sealed to the agency and go to this server"
OWN_WAY = "the phone sends by itself, and keeps for a while what it has sent"
# By attribute of `submission`: the column of the settings sheet, and what happens instead.
SUBMISSION = {
    "action": ("submission_url", SEALED),
    "base64RsaPublicKey": ("public_key", SEALED),
    "auto-send": ("auto_send", OWN_WAY),
    "auto-delete": ("auto_delete", OWN_WAY),
}
# One question a page is how forms are shown anyway.
STYLES = frozenset(("pages",))


def remark(document: XForm, findings: Findings) -> None:
    """Note where a form wants to be sent, sealed or laid out otherwise."""
    for attribute in document.submission.attributes if document.submission else ():
        name, detail = SUBMISSION.get(attribute.local(), ("", ""))
        if name and attribute.text.strip():
            findings.warning("part-ignored", f"submission {name}", name=name, detail=detail)
    written = document.body.attribute("class") if document.body else None
    for style in sorted(set((written or "").split()) - STYLES):
        findings.warning("part-plain", "body style", name=style)
