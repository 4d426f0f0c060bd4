"""Names that a list, a repeat or a question does not have are refused wherever they stand."""

import pytest

from tests.support.forms import faults

LISTS = (
    '<instance id="c"><root><item><name>y</name><label>Có</label><n>3</n></item></root></instance>'
    '<instance id="t"><root><item k="1"><name>y</name></item>'
    '<item k="2"><name>z</name><more>1</more></item></root></instance>'
    '<instance id="e"><root/></instance>'
)
NODES = "<x/><y/><s/><r><a/></r><g><a/></g>"
BODY = (
    '<select1 ref="/data/s"><item><label>A</label><value>y</value></item></select1>'
    '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat></group>'
)


def calculated(expression: str) -> list[tuple[str, str]]:
    return faults(NODES, f'{LISTS}<bind nodeset="/data/x" calculate="{expression}"/>', BODY)


def chosen(nodeset: str, value: str = "name", label: str = "name") -> list[tuple[str, str]]:
    offer = f'<itemset nodeset="{nodeset}"><value ref="{value}"/><label ref="{label}"/></itemset>'
    return faults(NODES, LISTS, BODY.replace("</select1>", f"{offer}</select1>"))


@pytest.mark.parametrize(
    "expression",
    [
        "instance('c')/root/item[colX = 3]",
        "instance('c')/root/item[colX = 3]/name",
        "count(instance('c')/root/item[n = 3][bad])",
        "instance('c')/root/item[name = /data/y][colX]/name",
        "instance('c')/root/item[position() = 1 and colX = 'a']/name",
        "instance('c')/root/item[n = instance('t')/root/item[zz = 1]/name]/n",
        "(instance('c')/root/item)[colX = 1]/name",
        "(instance('c')/root/item)[1]/colX",
        "randomize(instance('c')/root/item[colX = 1])",
        "instance('c')/root/row/name",
        "instance('c')/root/item/name[colX]",
        "instance('c')/root/item[../item/colX = 1]",
        "count(instance('c')//item[bad = 1])",
        "instance('t')/root/item[@q = 1]/name",
        "instance('t')/root/item/nope",
        "pulldata('c', 'nme', 'name', 'y')",
        "pulldata('c', 'name', 'nme', 'y')",
        "pulldata('t', 'nme', '@k', '1')",
        "pulldata('t', 'name', '@q', '1')",
    ],
)
def test_unknown_column_is_refused_wherever_it_stands(expression: str) -> None:
    assert set(calculated(expression)) == {("column-unknown", "/data/x calculate")}


@pytest.mark.parametrize(
    "expression",
    [
        "instance('c')/root/item[n = 3]/name",
        "count(instance('c')/root/item[n &gt; 2][label])",
        "(instance('c')/root/item)[2]/n",
        "count(instance('c')//item[n = 3])",
        "instance('c')/root/item[name = current()/../y]/n",
        "instance('c')/root/item[*]/name",
        "instance('t')/root/item[@k = 1]/name",
        "instance('t')/root/item[name = 'y']/more",
        "instance('e')/root/item[any = 1]/name",
        "pulldata('t', 'name', '@k', '1')",
        "sum(/data/r[a = 1]/a)",
        "indexed-repeat(/data/r/a, /data/r, 1)",
        "jr:choice-name('y', '/data/s')",
    ],
)
def test_known_column_and_what_cannot_be_told_are_let_pass(expression: str) -> None:
    assert calculated(expression) == []


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("count(/data/r[nope = 1])", "node-unknown"),
        ("sum(/data/r[1]/nope)", "node-unknown"),
        ("count(//nope)", "node-unknown"),
        ("instance('c')/root/item[name = current()/../nope]/n", "node-unknown"),
        ("indexed-repeat(/data/r/zz, /data/r, 1)", "function-argument"),
        ("indexed-repeat(/data/g/a, /data/g, 1)", "function-argument"),
        ("jr:choice-name('y', '/data/y')", "function-argument"),
        ("jr:choice-name('y', '/data/nope')", "function-argument"),
    ],
)
def test_unknown_question_is_refused_wherever_it_stands(expression: str, code: str) -> None:
    assert calculated(expression) == [(code, "/data/x calculate")]


@pytest.mark.parametrize(
    ("nodeset", "value", "label", "code"),
    [
        ("instance('c')/root/item[colX = 3]", "name", "label", "column-unknown"),
        ("randomize(instance('c')/root/item[colX = 3], 3)", "name", "label", "column-unknown"),
        ("instance('c')/root/item[position() &lt; 3 and colX]", "name", "label", "column-unknown"),
        ("instance('c')/root/item", "nme", "label", "column-unknown"),
        ("instance('t')/root/item[@k = 1]", "nme", "name", "column-unknown"),
        ("randomize(instance('c')/root/item, /data/nope)", "name", "label", "node-unknown"),
        ("/data/r", "nope", "a", "node-unknown"),
    ],
)
def test_choices_made_of_what_is_not_there_are_refused(
    nodeset: str, value: str, label: str, code: str
) -> None:
    assert chosen(nodeset, value, label) == [(code, "/data/s choices")]


def test_choices_made_of_what_is_there_are_let_pass() -> None:
    assert chosen("instance('c')/root/item[n = 3]", label="label") == []
    assert chosen("instance('t')/root/item[@k = 1]") == []
    assert chosen("/data/r", "a", "a") == []
