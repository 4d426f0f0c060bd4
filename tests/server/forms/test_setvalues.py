"""Actions and the attributes they set: references that pick instances, entities, positions."""

from server.forms.compiler import compile_form
from server.forms.spreadsheet import to_xform
from tests.support.forms import compiled, faults, filling

REPEAT = (
    '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat><input ref="/data/at">'
    '<setvalue event="xforms-value-changed" ref="/data/r[position() = /data/at]/x"'
    " value=\"'set'\"/>"
    "</input>"
)


def test_action_sets_the_instance_that_its_reference_picks() -> None:
    made = filling("<at/><r><x/></r>", body=REPEAT)
    made.add("/data/r")
    made.answer("/data/at", "2")
    assert made.answers()["r"] == [{}, {"x": "set"}]


def test_action_whose_reference_picks_nothing_sets_nothing() -> None:
    made = filling("<at/><r><x/></r>", body=REPEAT)
    made.answer("/data/at", "7")
    assert made.answers()["r"] == [{}]


def test_action_on_a_node_that_is_not_there_is_refused_with_its_place() -> None:
    model = '<setvalue event="odk-instance-first-load" ref="/data/r[1]/y" value="1"/>'
    body = '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'
    assert ("node-unknown", "/data/r[1]/y setvalue") in faults("<r><x/></r>", model, body)


def test_attribute_that_a_bind_names_is_computed_and_sent() -> None:
    made = filling(
        '<x/><y about=""/><g kind="old"><z/></g>',
        '<bind nodeset="/data/y/@about" calculate="concat(\'of \', /data/x)"/>'
        '<bind nodeset="/data/g/@kind"/><bind nodeset="/data/g/z" calculate="/data/g/@kind"/>',
        '<input ref="/data/x"/>',
    )
    made.answer("/data/x", "a")
    assert made.answers() == {
        "x": "a",
        "y@about": "of a",
        "g": {"@kind": "old", "z": "old"},
    }


def test_position_to_be_taken_is_carried_in_the_definition() -> None:
    made = compiled(
        "<x/>",
        '<odk:setgeopoint event="odk-instance-first-load" ref="/data/x"/>',
        "<input ref='/data/x'/>",
    )
    (action,) = made.definition.actions
    assert (action.ask, action.set) == ("geopoint", 1)
    assert made.warnings == []


def test_entities_of_a_spreadsheet_keep_what_is_saved_where() -> None:
    survey = "| survey |\n| | type | name | label | save_to |\n| | text | a | Tên | ten |\n"
    entities = "| entities |\n| | dataset | label |\n| | ho | ${a} |\n"
    made = compile_form(to_xform((survey + entities).encode(), "f.md").xform)
    names = [node.name for node in made.definition.nodes]
    assert next(node for node in made.definition.nodes if node.name == "a").save_to == "ten"
    assert {"@dataset", "@id", "@create", "entity"} <= set(names)
    assert made.definition.nodes[names.index("@dataset")].value == "ho"
