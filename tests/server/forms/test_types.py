"""Each type of the XLSForm reference is served, or its author is told that it is not."""

import pytest

from server.forms.findings import FormFault
from server.forms.sources import compile_source

FILES = {
    "p.csv": b"name,label\na,A\n",
    "p.xml": b"<root><item><name>a</name><label>A</label></item></root>",
    "p.geojson": b'{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","properties":'
    b'{"title":"A"},"geometry":{"type":"Point","coordinates":[103.9,22.5]}}]}',
}
SHOWN = {
    "text": ("input", None),
    "integer": ("input", "int"),
    "decimal": ("input", "decimal"),
    "date": ("input", "date"),
    "time": ("input", "time"),
    "dateTime": ("input", "dateTime"),
    "geopoint": ("input", "geopoint"),
    "geotrace": ("input", "geotrace"),
    "geoshape": ("input", "geoshape"),
    "barcode": ("input", "barcode"),
    "range": ("range", "int"),
    "note": ("note", None),
    "acknowledge": ("trigger", None),
    "image": ("upload", "binary"),
    "audio": ("upload", "binary"),
    "video": ("upload", "binary"),
    "file": ("upload", "binary"),
    "select_one c": ("select1", "select1"),
    "select_multiple c": ("select", "select"),
    "rank c": ("rank", "rank"),
    "select_one_from_file p.csv": ("select1", "select1"),
    "select_one_from_file p.xml": ("select1", "select1"),
    "select_one_from_file p.geojson": ("select1", "select1"),
    "select_multiple_from_file p.csv": ("select", "select"),
    "select_one ${r}": ("select1", "select1"),
}
HIDDEN = ["start", "end", "today", "start-geopoint", "hidden", "calculate", "csv-external"]
TOLD = {
    "background-audio": "part-ignored",
    "audit": "part-ignored",
    "deviceid": "part-ignored",
    "username": "part-ignored",
    "phonenumber": "part-ignored",
    "email": "part-ignored",
    "osm": "part-plain",
    "select_one_external c": "part-plain",
}


def form(kind: str) -> bytes:
    name = {"audit": "audit", "csv-external": "p"}.get(kind, "q")
    return (
        "| survey |\n| | type | name | label | calculation | choice_filter |\n"
        "| | begin_repeat | rep | R | | |\n| | text | r | R | | |\n| | end_repeat | | | | |\n"
        f"| | {kind} | {name} | Q | {'1' if kind == 'calculate' else ''} |"
        f" {'of=${r}' if 'external c' in kind else ''} |\n"
        "| choices |\n| | list_name | name | label |\n| | c | x | X |\n"
        "| external_choices |\n| | list_name | name | label | of |\n| | c | x | X | a |\n"
    ).encode()


@pytest.mark.parametrize("kind", SHOWN)
def test_type_is_shown_as_its_control_without_a_remark(kind: str) -> None:
    made = compile_source(form(kind), "f.md", FILES)
    element = made.definition.body[1]
    assert element.node is not None
    assert (element.as_, made.definition.nodes[element.node].type) == SHOWN[kind]
    assert made.warnings == []


@pytest.mark.parametrize("kind", HIDDEN)
def test_type_that_asks_nothing_shows_nothing(kind: str) -> None:
    made = compile_source(form(kind), "f.md", FILES)
    assert len(made.definition.body) == 1
    assert made.warnings == []


@pytest.mark.parametrize("kind", TOLD)
def test_type_that_is_not_served_is_told(kind: str) -> None:
    made = compile_source(form(kind), "f.md", FILES)
    assert TOLD[kind] in {finding.code for finding in made.warnings}


@pytest.mark.parametrize("kind", ["colour", "select_one", "property"])
def test_word_that_is_no_type_is_refused_with_its_row(kind: str) -> None:
    with pytest.raises(FormFault) as caught:
        compile_source(form(kind), "f.md", FILES)
    assert [one.code for one in caught.value.findings if one.level == "error"] == [
        "spreadsheet-fault"
    ]
