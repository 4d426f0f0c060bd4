"""What the compiler writes, and what it refuses with the place named."""

import json

import pytest

from server.forms.compiler import compile_form
from server.forms.findings import FormFault
from tests.support.forms import compiled, faults, xform

ITEXT = (
    '<itext><translation lang="Tiếng Việt (vi)" default="true()">'
    '<text id="a"><value>Tên của <output value="/data/x"/> là gì?</value>'
    '<value form="image">jr://images/a.png</value></text>'
    '<text id="c-0"><value>Có</value></text><text id="c-1"><value>Không</value></text>'
    '</translation><translation lang="English (en)">'
    '<text id="a"><value>-</value></text>'
    '<text id="c-0"><value>Yes</value></text><text id="c-1"><value>No</value></text>'
    "</translation></itext>"
)
LIST = (
    '<instance id="c"><root><item><itextId>c-0</itextId><name>y</name></item>'
    "<item><itextId>c-1</itextId><name>n</name></item></root></instance>"
)
SELECT = (
    '<select1 ref="/data/x"><label ref="jr:itext(\'a\')"/>'
    '<itemset nodeset="instance(\'c\')/root/item[{}]"><value ref="name"/>'
    '<label ref="jr:itext(itextId)"/></itemset></select1>'
)


def test_same_form_gives_the_same_bytes_and_digest() -> None:
    form = xform("<x/><y/>", '<bind nodeset="/data/y" relevant="/data/x = 1"/>')
    assert compile_form(form).content == compile_form(form.encode()).content
    assert compile_form(form).digest == compile_form(form).digest


def test_definition_starts_with_its_format_and_follows_the_contract() -> None:
    made = compiled("<x>5</x>", '<bind nodeset="/data/x" type="int" required="true()"/>')
    assert made.content.startswith(b'{"hoso":1,"id":"t","version":"1"')
    written = json.loads(made.content)
    assert written["nodes"] == [
        {"name": "data", "parent": -1, "kind": "root"},
        {
            "name": "x",
            "parent": 0,
            "kind": "value",
            "type": "int",
            "value": "5",
            "required": ["true"],
        },
    ]
    assert written["order"] == [[1, "required"]]


def test_absolute_path_inside_a_repeat_means_this_instance() -> None:
    made = compiled(
        "<g><r><a/><b/></r></g>",
        '<bind nodeset="/data/g/r/b" calculate="/data/g/r/a + ../a"/>',
        '<repeat nodeset="/data/g/r"/>',
    )
    assert made.definition.nodes[4].calculate == ["+", ["$", 3], ["$", 3]]


def test_path_up_through_a_repeat_and_down_again_means_all_its_instances() -> None:
    made = compiled(
        "<r><a/><b/></r>",
        '<bind nodeset="/data/r/b" calculate="sum(../../r/a)"/>',
        '<repeat nodeset="/data/r"/>',
    )
    assert made.definition.nodes[3].calculate == ["sum", ["$", 2, 0]]


def test_position_of_the_repeat_means_this_instance() -> None:
    made = compiled(
        "<r><a/><b/></r>",
        '<bind nodeset="/data/r/a" calculate="position(..)"/>'
        '<bind nodeset="/data/r/b" calculate="position(/data/r)"/>',
        '<repeat nodeset="/data/r"/>',
    )
    assert made.definition.nodes[2].calculate == ["position", ["$", 1, 1]]
    assert made.definition.nodes[3].calculate == ["position", ["$", 1, 1]]


def test_indexed_repeat_becomes_a_path_with_a_place() -> None:
    made = compiled(
        "<r><a/></r><x/>",
        '<bind nodeset="/data/x" calculate="indexed-repeat(/data/r/a, /data/r, 2)"/>',
        '<repeat nodeset="/data/r"/>',
    )
    assert made.definition.nodes[3].calculate == [
        "path",
        ["$", 0],
        ["child", "r", ["=", ["position"], 2]],
        ["child", "a"],
    ]


def test_list_path_with_one_text_condition_becomes_a_lookup() -> None:
    made = compiled(
        "<x/><y/><z/>",
        LIST.replace("itextId", "label")
        + '<bind nodeset="/data/y" calculate="instance(\'c\')/root/item[name = /data/x]/label"/>'
        "<bind nodeset=\"/data/z\" calculate=\"pulldata('c', 'label', 'name', /data/x)\"/>",
    )
    lookup = ["lookup", "c", "name", ["$", 1], "label"]
    assert made.definition.nodes[2].calculate == lookup
    assert made.definition.nodes[3].calculate == lookup


def test_condition_on_a_number_stays_a_path_because_numbers_compare_otherwise() -> None:
    made = compiled(
        "<y/>",
        LIST.replace("itextId", "label")
        + '<bind nodeset="/data/y" calculate="instance(\'c\')/root/item[name = 5]/label"/>',
    )
    tree = made.definition.nodes[1].calculate
    assert isinstance(tree, list)
    assert tree[0] == "path"


def test_text_ids_of_a_list_become_a_translated_label_column() -> None:
    made = compiled("<x/>", ITEXT + LIST, SELECT.format("name = /data/x and name != 'q'"))
    assert made.definition.instances["c"].columns == ["label", "name"]
    assert made.definition.instances["c"].values == [
        [{"vi": "Có", "en": "Yes"}, {"vi": "Không", "en": "No"}],
        ["y", "n"],
    ]
    choices = made.definition.body[0].choices
    assert choices is not None
    assert (choices.instance, choices.value, choices.label) == ("c", "name", "label")
    assert choices.where == [("name", ["$", 1])]
    assert choices.filter == ["!=", ["path", ".", ["child", "name"]], "q"]


def test_dash_for_a_missing_translation_gives_way_to_the_default_and_is_told() -> None:
    made = compiled("<x/>", ITEXT + LIST, SELECT.format("name = /data/x"))
    element = made.definition.body[0]
    assert element.label == {"vi": ["Tên của ", {"x": ["$", 1]}, " là gì?"]}
    assert element.media == {"image": {"vi": "jr://images/a.png"}}
    assert made.definition.languages == ["vi", "en"]
    assert [(one.code, one.place) for one in made.warnings] == [
        ("translation-missing", "/data/x label"),
        ("translation-missing", "/data/x label"),
        ("media-missing", "/data/x media"),
    ]


def test_group_that_only_labels_its_repeat_becomes_one_with_it() -> None:
    made = compiled(
        "<r><a/></r>",
        "",
        '<group ref="/data/r"><label>Thành viên</label><repeat nodeset="/data/r">'
        '<input ref="/data/r/a"/></repeat></group>',
    )
    (element,) = made.definition.body
    assert (element.as_, element.label) == ("repeat", "Thành viên")


def test_first_instances_of_a_repeat_keep_what_they_have_other_than_the_template() -> None:
    made = compiled(
        '<r jr:template=""><a>1</a><b/></r><r><a>1</a><b>x</b></r><r><a/><b/></r>',
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )
    assert made.definition.nodes[1].initial == [{"b": "x"}, {"a": ""}]


def test_readonly_input_that_asks_nothing_is_a_note() -> None:
    made = compiled(
        "<n/>",
        '<bind nodeset="/data/n" type="string" readonly="true()"/>',
        '<input ref="/data/n"><label>Lưu ý</label></input>',
    )
    assert made.definition.body[0].as_ == "note"


def test_attached_list_becomes_a_resource_of_its_own() -> None:
    made = compiled(
        "<x/>",
        '<instance id="p" src="jr://file-csv/p.csv"/>',
        '<select1 ref="/data/x"><itemset nodeset="instance(\'p\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select1>',
        {"p.csv": "name,label::Tiếng Việt (vi),label::English (en)\na,Á,A\n".encode()},
    )
    ((digest, (name, content)),) = made.resources.items()
    assert made.definition.instances["p"].resource == digest
    assert name == "p.csv"
    assert json.loads(content) == {
        "columns": ["name", "label"],
        "values": [["a"], [{"vi": "Á", "en": "A"}]],
    }


def bind(facet: str, expression: str) -> str:
    return f'<bind nodeset="/data/x" {facet}="{expression}"/>'


@pytest.mark.parametrize(
    ("model", "code", "place"),
    [
        (bind("relevant", "/data/nothing = 1"), "node-unknown", "/data/x relevant"),
        (bind("constraint", "yes = 1"), "node-unknown", "/data/x constraint"),
        (bind("calculate", "frobnicate(1)"), "function-unknown", "/data/x calculate"),
        (bind("calculate", "substr('a')"), "function-arity", "/data/x calculate"),
        (bind("calculate", "if(1, 2"), "expression-malformed", "/data/x calculate"),
        (bind("calculate", "$q"), "variable-unknown", "/data/x calculate"),
        (bind("constraint", "regex(., '[')"), "pattern-invalid", "/data/x constraint"),
        (bind("calculate", "instance('q')/root/item"), "instance-unknown", "/data/x calculate"),
        (bind("calculate", "/data/x + 1"), "dependency-cycle", "/data/x calculate"),
        (
            bind("calculate", "jr:choice-name(1, 'nothing')"),
            "function-argument",
            "/data/x calculate",
        ),
        ('<instance id="p" src="jr://file-csv/p.csv"/>', "instance-unknown", "instance p"),
        ('<bind nodeset="/data/zz"/>', "node-unknown", "/data/zz"),
    ],
)
def test_fault_is_refused_with_the_place_it_stands_in(model: str, code: str, place: str) -> None:
    assert faults("<x/><y/>", model) == [(code, place)]


def test_column_that_a_list_does_not_have_is_refused() -> None:
    model = LIST.replace("itextId", "label") + bind(
        "calculate", "instance('c')/root/item[name = 'y']/age"
    )
    assert faults("<x/>", model) == [("column-unknown", "/data/x calculate")]


def test_all_faults_are_told_together() -> None:
    model = bind("relevant", "a = 1") + bind("calculate", "b()") + '<bind nodeset="/data/q"/>'
    assert len(faults("<x/>", model)) == 3


def test_circle_is_refused_with_the_names_of_those_in_it() -> None:
    with pytest.raises(FormFault, match="/data/a → /data/b → /data/a"):
        compiled(
            "<a/><b/>",
            '<bind nodeset="/data/a" calculate="/data/b"/>'
            '<bind nodeset="/data/b" calculate="/data/a"/>',
        )


def test_group_hidden_by_its_own_question_is_a_circle() -> None:
    model = '<bind nodeset="/data/g" relevant="/data/g/a = 1"/>'
    assert faults("<g><a/></g>", model) == [("dependency-cycle", "/data/g relevant")]


def test_running_total_over_earlier_instances_is_no_circle() -> None:
    made = compiled(
        "<r><a/><t/></r>",
        '<bind nodeset="/data/r/t"'
        ' calculate="../a + coalesce(/data/r[position() = position(current()/..) - 1]/t, 0)"/>',
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>',
    )
    assert made.definition.order == [(3, "calculate")]


def test_control_for_nothing_is_refused() -> None:
    assert faults("<x/>", "", '<input ref="/data/y"/>') == [("node-unknown", "/data/y")]


def test_prefixes_of_other_tools_are_read_by_their_local_names() -> None:
    form = (
        '<x:html xmlns:x="http://www.w3.org/1999/xhtml" xmlns:f="http://www.w3.org/2002/xforms">'
        '<x:body><f:input ref="/data/a"><f:label>A</f:label></f:input></x:body><x:head><f:model>'
        '<f:instance><data id="q"><a/></data></f:instance><f:bind nodeset="/data/a" type="int"/>'
        "</f:model></x:head></x:html>"
    )
    made = compile_form(form)
    assert made.definition.nodes[1].type == "int"
    assert made.definition.body[0].label == "A"
