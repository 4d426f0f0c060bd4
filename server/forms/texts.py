"""Labels, hints and messages: itext and inline text to the contract's Text.

A text that is the same in every language is written once. Outputs become bound expressions. `-` is
what pyxform writes for a translation that is not there: it is left out, so the default language
stands in for it, and a warning names the languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .definition import Rich, Text
from .findings import Findings
from .resources import code_of
from .tree import TreeNode
from .xform import elements

if TYPE_CHECKING:
    from server.forms.resolve import Resolver

MEDIA = {"image": "image", "big-image": "bigImage", "audio": "audio", "video": "video"}
REFERENCE_START = "jr:itext("


class Texts:
    """All texts of a form. `resolver` is set before the first text with an output is read."""

    resolver: Resolver

    def __init__(self, translations: dict[str, dict[str, TreeNode]], findings: Findings) -> None:
        codes = {name: code_of(name) for name in translations}
        if len(set(codes.values())) < len(codes):
            codes = {name: name for name in translations}
        self.codes = codes
        self.translations = translations
        self.findings = findings

    @property
    def languages(self) -> list[str]:
        """The language codes, the default first."""
        return list(self.codes.values())

    def of(self, element: TreeNode | None, place: str, origin: int) -> dict[str, Text]:
        """Return what a `<label>` or `<hint>` says by form: label, guidance, image, audio…"""
        if element is None:
            return {}
        name = reference(element.attribute("ref"))
        if name is not None:
            return self.named(name, place, origin)
        rich = self.rich(element, place, origin)
        return {"label": rich} if rich else {}

    def message(self, written: str | None, place: str, origin: int) -> Text | None:
        """Return a constraint or required message: a text by itself or a reference to one."""
        name = reference(written)
        if name is not None:
            return self.named(name, place, origin).get("label")
        return written or None

    def spoken(self, name: str, place: str) -> Text | None:
        """Return the plain text of an id as an expression asks for it."""
        if not any(name in texts for texts in self.translations.values()):
            return None
        return self.named(name, place, 0).get("label") or ""

    def named(self, name: str, place: str, origin: int) -> dict[str, Text]:
        """Return the forms of one itext id."""
        found: dict[str, dict[str, Rich]] = {}
        for language, texts in self.translations.items():
            for value in elements(texts[name], "value") if name in texts else ():
                rich = self.rich(value, place, origin)
                form = value.attribute("form") or "label"
                form = "label" if form in ("long", "short") else MEDIA.get(form, form)
                if rich and (form != "label" or "label" not in found.get(language, {})):
                    found.setdefault(form, {}).setdefault(self.codes[language], rich)
        if not any(name in texts for texts in self.translations.values()):
            self.findings.error("text-missing", place, name=name)
        return {form: self.merged(by_code, place) for form, by_code in found.items()}

    def merged(self, by_code: dict[str, Rich], place: str) -> Text:
        """Make one Text of the texts by language."""
        real = {code: rich for code, rich in by_code.items() if rich != "-"} or by_code
        missing = [code for code in self.languages if code not in real]
        if missing:
            text = next(iter(real.values()))
            shown = text if isinstance(text, str) else "…".join(filter(_is_text, text))
            self.findings.warning(
                "translation-missing", place, text=shown[:60], languages=", ".join(missing)
            )
            return real
        first = next(iter(real.values()))
        return first if all(rich == first for rich in real.values()) else real

    def rich(self, element: TreeNode, place: str, origin: int) -> Rich:
        """Return text with its outputs, trimmed at both ends."""
        pieces: list[Any] = []
        for child in element.children:
            if child.kind == "text":
                if pieces and isinstance(pieces[-1], str):
                    pieces[-1] += child.text
                else:
                    pieces.append(child.text)
            elif child.kind == "element" and child.local() == "output":
                written = child.attribute("value") or child.attribute("ref") or ""
                bound = self.resolver.resolve(written, f"{place} output", origin)
                if bound is not None:
                    pieces.append({"x": bound.tree})
        if pieces and isinstance(pieces[0], str):
            pieces[0] = pieces[0].lstrip()
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].rstrip()
        pieces = [piece for piece in pieces if piece != ""]
        if all(isinstance(piece, str) for piece in pieces):
            return "".join(pieces)
        return pieces


def reference(written: str | None) -> str | None:
    """Return the id in `jr:itext('id')`, or None if the text is no such reference."""
    text = (written or "").strip()
    if not text.startswith(REFERENCE_START) or not text.endswith(")"):
        return None
    inner = text[len(REFERENCE_START) : -1].strip()
    return inner[1:-1] if inner[:1] in "'\"" and inner[-1:] == inner[:1] and inner else None


def _is_text(piece: object) -> bool:
    return isinstance(piece, str)
