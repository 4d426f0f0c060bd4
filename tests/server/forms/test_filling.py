"""A form while it is filled, beyond what the shared sessions record."""

import pytest

from server.forms.growth import FillingFault
from tests.support.forms import filling

REPEAT = '<repeat nodeset="/data/r"><input ref="/data/r/a"/></repeat>'


def test_answer_computes_what_follows_and_nothing_else() -> None:
    form = filling(
        "<a/><b/><c>kept</c>",
        '<bind nodeset="/data/b" calculate="/data/a * 2"/>',
    )
    form.answer("/data/a", "21")
    assert form.answers() == {"a": "21", "b": "42", "c": "kept"}


def test_irrelevant_answer_reads_as_empty_and_comes_back() -> None:
    form = filling(
        "<a>1</a><g><b>x</b></g><n/>",
        '<bind nodeset="/data/g" relevant="/data/a = 1"/>'
        '<bind nodeset="/data/n" calculate="string-length(/data/g/b)"/>',
    )
    form.answer("/data/a", "2")
    assert form.answers() == {"a": "2", "n": "0"}
    form.answer("/data/a", "1")
    assert form.answers() == {"a": "1", "g": {"b": "x"}, "n": "1"}


def test_calculation_rests_while_hidden_and_is_right_when_shown_again() -> None:
    form = filling(
        "<on>1</on><a>1</a><b/>",
        '<bind nodeset="/data/b" relevant="/data/on = 1" calculate="/data/a * 2"/>',
    )
    form.answer("/data/on", "0")
    form.answer("/data/a", "5")
    assert form.growth.node("/data/b").value == "2"
    form.answer("/data/on", "1")
    assert form.answers()["b"] == "10"


@pytest.mark.parametrize(("on", "kept"), [("1", "5"), ("0", "")])
def test_action_of_loading_sets_only_what_is_relevant(on: str, kept: str) -> None:
    form = filling(
        f"<on>{on}</on><a/>",
        '<bind nodeset="/data/a" relevant="/data/on = 1"/>'
        '<setvalue ref="/data/a" event="odk-instance-first-load" value="5"/>',
    )
    assert form.growth.node("/data/a").value == kept


def test_action_of_a_changed_value_sets_its_target_beside_it() -> None:
    form = filling(
        "<r><a/><b/></r>",
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/a">'
        '<setvalue ref="/data/r/b" event="xforms-value-changed" value="concat(../a, \'!\')"/>'
        "</input></repeat>",
    )
    form.add("/data/r")
    form.answer("/data/r[2]/a", "x")
    assert [node.text for node in form.growth.instances(3)] == ["", "x!"]


def test_action_of_a_new_instance_sets_it_there() -> None:
    form = filling(
        "<r><a/></r>",
        "",
        '<repeat nodeset="/data/r"><input ref="/data/r/a"/>'
        '<setvalue ref="/data/r/a" event="odk-new-repeat" value="position(..)"/></repeat>',
    )
    form.add("/data/r")
    assert [node.text for node in form.growth.instances(2)] == ["", "2"]


def test_sum_follows_instances_that_come_and_go() -> None:
    form = filling(
        "<r><a>2</a></r><s/>",
        '<bind nodeset="/data/s" calculate="sum(/data/r/a)"/>',
        REPEAT,
    )
    form.add("/data/r")
    form.answer("/data/r[2]/a", "5")
    assert form.growth.node("/data/s").text == "7"
    form.remove("/data/r[1]")
    assert form.growth.node("/data/s").text == "5"


def test_running_total_reads_the_instance_before() -> None:
    form = filling(
        "<r><a>1</a><t/></r>",
        '<bind nodeset="/data/r/t" type="int"'
        ' calculate="../a + coalesce(/data/r[position() = position(current()/..) - 1]/t, 0)"/>',
        REPEAT,
    )
    form.add("/data/r")
    form.add("/data/r")
    form.answer("/data/r[1]/a", "10")
    assert [node.text for node in form.growth.instances(3)] == ["10", "11", "12"]


def test_count_makes_and_removes_instances() -> None:
    form = filling(
        '<n>2</n><r jr:template=""><a/></r>',
        '<bind nodeset="/data/n" type="int"/>',
        '<repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )
    assert len(form.growth.instances(2)) == 2
    form.answer("/data/n", "3")
    assert len(form.growth.instances(2)) == 3
    form.answer("/data/n", "")
    assert form.growth.instances(2) == []


def test_count_without_end_stops_at_its_limit() -> None:
    form = filling(
        '<n>1</n><r jr:template=""><a/></r>',
        "",
        '<repeat nodeset="/data/r" jr:count="1 div 0"><input ref="/data/r/a"/></repeat>',
    )
    assert len(form.growth.instances(2)) == 2000


def test_calculations_that_chase_each_other_come_to_an_end() -> None:
    form = filling(
        '<r jr:template=""><a/></r><n/>',
        '<bind nodeset="/data/n" calculate="count(/data/r) + 1"/>',
        '<repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"/></repeat>',
    )
    assert form.growth.node("/data/n").text


def test_presets_fill_hidden_questions_before_anything_is_computed() -> None:
    form = filling(
        "<_commune/><to/>",
        '<bind nodeset="/data/to" calculate="concat(\'Xã \', /data/_commune)"/>',
        presets={"_commune": "02683"},
    )
    assert form.answers() == {"_commune": "02683", "to": "Xã 02683"}


def test_names_are_brought_to_composed_letters() -> None:
    form = filling("<a/>")
    form.answer("/data/a", "La\u0300o Cai")
    assert form.answers() == {"a": "Lào Cai"}


def test_expression_that_fails_hides_nothing() -> None:
    form = filling("<a>x</a><b>y</b>", '<bind nodeset="/data/b" relevant="distance(/data/a) > 1"/>')
    assert form.answers() == {"a": "x", "b": "y"}


@pytest.mark.parametrize("reference", ["/data/q", "/other/a", "/data/r[5]/a", "/data"])
def test_answer_to_nothing_is_a_fault(reference: str) -> None:
    form = filling("<r><a/></r>", "", REPEAT)
    with pytest.raises(FillingFault):
        form.answer(reference, "1")
