"""Lists from files and from the form itself."""

import pytest

from server.forms import documents
from server.forms.resources import ResourceFault, from_csv, from_element, from_file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", "\n\r"])
def test_csv_is_read_whatever_parts_cells_and_lines(delimiter: str, line: str) -> None:
    text = line.join([f"name{delimiter}label", f"a{delimiter}Á", f"b{delimiter}Bê", ""])
    instance = from_csv(text.encode("utf-8-sig"))
    assert instance.columns == ["name", "label"]
    assert instance.values == [["a", "b"], ["Á", "Bê"]]


def test_translated_columns_of_a_csv_become_one() -> None:
    content = "label::Tiếng Việt (vi),name,label::English (en)\nCó,y,Yes\nKhông,n,\n"
    instance = from_csv(content.encode())
    assert instance.columns == ["label", "name"]
    assert instance.values == [[{"vi": "Có", "en": "Yes"}, {"vi": "Không"}], ["y", "n"]]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_broken_csv_is_refused(content: bytes) -> None:
    with pytest.raises(ResourceFault):
        from_csv(content)


def test_geojson_becomes_rows_with_openrosa_geometry() -> None:
    content = (
        b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"x",'
        b'"geometry":{"type":"Point","coordinates":[103.9,22.5]},"properties":{"name":"A","n":3}}]}'
    )
    instance = from_file("a.geojson", content)
    assert instance.columns == ["geometry", "name", "n", "id"]
    assert instance.values == [["22.5 103.9 0 0"], ["A"], ["3"], ["x"]]


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"features":[1]}'])
def test_broken_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(ResourceFault):
        from_file("a.geojson", content)


def test_xml_of_flat_items_becomes_a_table_and_any_other_a_tree() -> None:
    flat = documents.read("<root><item><a>1</a></item><item><a>2</a></item></root>").children[0]
    deep = documents.read('<root><item id="1"><a>1</a></item></root>').children[0]
    assert from_element(flat).values == [["1", "2"]]
    assert from_element(deep).tree == ["root", None, [["item", {"id": "1"}, [["a", None, "1"]]]]]


def test_xml_with_a_document_type_is_refused() -> None:
    with pytest.raises(ResourceFault, match="document type"):
        from_file("a.xml", b"<!DOCTYPE a><a/>")
