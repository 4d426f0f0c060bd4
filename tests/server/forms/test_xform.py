"""XForm XML as other tools write it: any prefixes, body before model, no binds, inline choices."""

import pytest

from server.forms.compiler import compile_form
from server.forms.filling import Filling
from tests.support.forms import NOW, filling, ready

FOREIGN = """<?xml version="1.0"?>
<w:html xmlns:w="http://www.w3.org/1999/xhtml" xmlns:f="http://www.w3.org/2002/xforms"
  xmlns:r="http://openrosa.org/javarosa" xmlns:z="http://example.org/form">
<w:body><f:group ref="/z:data/z:g"><f:label>Nhà</f:label>
  <f:input ref="z:a"><f:label>Tên</f:label></f:input>
  <f:select1 ref="/z:data/z:g/z:c"><f:label>Chọn</f:label>
    <f:item><f:label>Một</f:label><f:value>1</f:value></f:item>
    <f:item><f:label>Hai</f:label><f:value>2</f:value></f:item></f:select1>
  <f:repeat nodeset="/z:data/z:g/z:r"><f:input ref="/z:data/z:g/z:r/z:x"><f:label>X</f:label>
    <f:setvalue event="xforms-value-changed odk-instance-first-load" ref="/z:data/z:g/z:a"
      value="concat('x', /z:data/z:g/z:c)"/></f:input></f:repeat>
</f:group></w:body>
<w:head><w:title>T</w:title><f:model>
  <f:instance><z:data id="t"><z:g><z:a/><z:c/><z:r r:template=""><z:x>7</z:x></z:r></z:g></z:data>
  </f:instance>
  <f:setvalue event="odk-instance-first-load odk-new-repeat" ref="/z:data/z:g/z:c" value="2"/>
</f:model></w:head></w:html>"""


def test_form_of_foreign_prefixes_without_binds_and_body_first_fills_like_any_other() -> None:
    made = compile_form(FOREIGN)
    assert made.warnings == []
    form = Filling(ready(made), now=NOW)
    assert form.answers() == {"z:g": {"z:a": "x2", "z:c": "2"}}
    ref = form.add("/z:data/z:g/z:r").reference()
    assert form.growth.node(f"{ref}/z:x").value == "7"
    form.answer("/z:data/z:g/z:c", "1")
    form.answer(f"{ref}/z:x", "8")
    assert form.growth.node("/z:data/z:g/z:a").value == "x1"


def test_choices_written_in_the_control_are_offered_in_their_order() -> None:
    name, choice, _ = compile_form(FOREIGN).definition.body[0].items or []
    assert (name.label, choice.label) == ("Tên", "Chọn")
    assert choice.choices is not None
    assert [one.value for one in choice.choices.items or []] == ["1", "2"]


@pytest.mark.parametrize(
    ("instance", "count"),
    [
        ('<r jr:template=""><x>7</x></r>', 0),
        ('<r jr:template=""><x>7</x></r><r><x/></r><r><x>9</x></r>', 2),
        ("<r><x>7</x></r>", 1),
    ],
    ids=["template alone", "template and instances", "instance alone"],
)
def test_repeat_starts_with_the_instances_that_are_no_template(instance: str, count: int) -> None:
    body = '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'
    form = filling(instance, body=body)
    assert len(form.answers().get("r", [])) == count
    added = form.add("/data/r")
    assert form.growth.node(f"{added.reference()}/x").value == "7"
