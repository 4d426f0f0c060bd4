"""XML from outside: read whole or refused at its place."""

import time

import pytest

from server.forms import documents
from server.forms.documents import DocumentFault


def test_names_keep_prefix_and_know_namespace() -> None:
    document = documents.read('<a xmlns="u" xmlns:o="v"><o:b c="1" o:d="2">x<!--y-->z</o:b></a>')
    root = document.children[0]
    (part,) = root.children
    assert (root.name, root.uri, part.name, part.uri) == ("a", "u", "o:b", "v")
    assert [(one.name, one.uri, one.text) for one in part.attributes] == [
        ("c", "", "1"),
        ("o:d", "v", "2"),
    ]
    assert part.string() == "xz"


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type", 1),
        ('<!DOCTYPE a SYSTEM "http://localhost/x"><a/>', "document type", 1),
        ("<a>\n<b>", "no element", 2),
        ("<a>\n<p:b/></a>", "prefix 'p'", 2),
        ("<a>" * 70 + "</a>" * 70, "nested deeper", 1),
        ("", "no element", 1),
    ],
)
def test_document_is_refused_with_its_place(content: str, message: str, line: int) -> None:
    with pytest.raises(DocumentFault, match=message) as caught:
        documents.read(content)
    assert caught.value.line == line


def test_entities_that_would_multiply_are_refused_at_once() -> None:
    lines = "".join(f'<!ENTITY a{i + 1} "&a{i};&a{i};">' for i in range(60))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><x>&a60;</x>'
    begun = time.perf_counter()
    with pytest.raises(DocumentFault):
        documents.read(bomb)
    assert time.perf_counter() - begun < 1


def test_document_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    with pytest.raises(DocumentFault, match="larger than 10"):
        documents.read("<a>0123456789</a>")


def test_document_of_too_many_nodes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_NODES", 5)
    with pytest.raises(DocumentFault, match="more than 5"):
        documents.read("<a>" + "<b/>" * 6 + "</a>")
