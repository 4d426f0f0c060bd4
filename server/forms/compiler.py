"""XForm XML to the definition that both engines run.

The steps stand in `compile_form` in the order they depend on each other. All faults of a form are
gathered and raised together; a form either compiles whole or not at all. The same document always
gives the same bytes, and so the same digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from . import filters, lists, media, order, setvalues, translations, whole, xform
from .binds import Binds, take_types
from .body import Body
from .definition import Definition, Element, Params, digest_of, encode
from .findings import Finding, Findings
from .itemsets import Itemsets
from .resolve import Resolver
from .skeleton import Skeleton
from .texts import Texts


@dataclass(frozen=True, slots=True)
class Compiled:
    """A form ready to publish: the whole definition, the bytes served and their digest, its lists
    by digest (name of the file and bytes), what the author should know, and likewise by digest its
    pictures and sounds and the words of other languages."""

    definition: Definition
    content: bytes
    digest: str
    resources: dict[str, tuple[str, bytes]]
    warnings: list[Finding]
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    translations: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def whole(self) -> bytes:
        """The bytes of the whole definition, all languages in it."""
        return encode(self.definition)


def compile_form(
    content: str | bytes,
    attachments: Mapping[str, bytes] | None = None,
    findings: Findings | None = None,
    kept: Mapping[str, bytes] | None = None,
) -> Compiled:
    """Compile XForm XML; `attachments` are the files its lists name, `kept` lists that were
    compiled before, by the names of their files. Raises FormFault.
    """
    findings = findings or Findings()
    document = xform.read(content, findings)
    texts = Texts(document.translations, findings)
    skeleton = Skeleton(document, findings)
    resolver = Resolver(skeleton, {}, findings, texts.spoken, {})
    texts.resolver = resolver
    found = lists.read(document, attachments or {}, texts, findings, kept)
    resolver.instances, resolver.renamed = found.tables, found.renamed
    binds = Binds(skeleton, resolver, texts, findings)
    binds.read(document)
    itemsets = Itemsets(resolver, texts, findings)
    body = Body(skeleton, texts, itemsets, findings)
    shown = body.read(document.body, "", 0) if document.body else []
    resolver.refuse_choiceless(frozenset(_choosing(shown)))
    take_types(shown, skeleton.nodes)
    _take_params(shown, binds.params)
    whole.remark(document, findings)
    filters.refuse_circles(shown, binds.entries, resolver.places, findings)
    line, feeds = order.arrange(binds.entries, resolver.places, findings)
    actions = setvalues.read(document, skeleton, resolver, findings)
    names, files = media.gather(shown, found.tables, resolver.places, attachments or {}, findings)
    lists.remark_last_saved(found, skeleton.nodes, shown, findings)
    findings.stop_if_errors()
    definition = Definition(
        id=document.root.attribute("id") or document.root.uri or document.root.name,
        version=document.root.attribute("version") or "",
        title=document.title,
        languages=texts.languages,
        nodes=skeleton.nodes,
        body=shown,
        instances=found.written,
        order=line,
        feeds=feeds,
        actions=actions,
        media=names,
    )
    served, spoken = translations.split(definition)
    return Compiled(
        definition, served, digest_of(served), found.files, findings.found, files, spoken
    )


def _choosing(body: list[Element]) -> Iterator[int]:
    """Give the nodes of questions that offer choices."""
    for element in body:
        if element.node is not None and element.choices is not None:
            yield element.node
        yield from _choosing(element.items or [])


def _take_params(body: list[Element], params: dict[int, Params]) -> None:
    """Give elements the parameters that their bind carries."""
    for element in body:
        if element.node in params:
            element.params = {**(element.params or {}), **params[element.node]}
        _take_params(element.items or [], params)
