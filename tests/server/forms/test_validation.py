"""The server's own check of submitted answers."""

from typing import Any

import pytest

from server.forms.validation import validate
from tests.support.forms import NOW, compiled, ready

LIST = (
    '<instance id="c"><root><item><name>y</name><label>Có</label><for>a</for></item>'
    "<item><name>n</name><label>Không</label><for>b</for></item></root></instance>"
)
FORM = ready(
    compiled(
        "<kind/><name/><age/><born/><pick/><many/><double/><when/><r><x/></r><g><z/></g>",
        LIST + '<bind nodeset="/data/name" required="true()" jr:requiredMsg="Xin ghi tên"/>'
        '<bind nodeset="/data/age" type="int" constraint=". &gt;= 18" jr:constraintMsg="Đủ 18"/>'
        '<bind nodeset="/data/born" type="date" constraint=". &lt;= today()"/>'
        '<bind nodeset="/data/double" calculate="/data/age * 2"/>'
        '<bind nodeset="/data/when" calculate="today()"/>'
        '<bind nodeset="/data/g" relevant="/data/kind = \'a\'"/>'
        '<bind nodeset="/data/g/z" required="true()"/>',
        '<input ref="/data/kind"/>'
        '<select1 ref="/data/pick"><itemset nodeset="instance(\'c\')/root/item[for = /data/kind]">'
        '<value ref="name"/><label ref="label"/></itemset></select1>'
        '<select ref="/data/many"><itemset nodeset="instance(\'c\')/root/item">'
        '<value ref="name"/><label ref="label"/></itemset></select>'
        '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>',
    )
)
GOOD: dict[str, Any] = {"name": "Lò Thị Mẫu", "age": "20", "double": "40", "when": "2026-01-01"}


def found(**changes: Any) -> list[tuple[str, str]]:
    answers = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return [(fault.ref, fault.kind) for fault in validate(FORM, answers, now=NOW)]


@pytest.mark.parametrize(("start", "end"), [("1", "5"), ("5", "1")])
def test_number_beyond_the_ends_of_its_range_is_a_fault(start: str, end: str) -> None:
    form = ready(
        compiled(
            "<x/>",
            '<bind nodeset="/data/x" type="decimal"/>',
            f'<range ref="/data/x" start="{start}" end="{end}" step="0.5"/>',
        )
    )
    for value, faults in (("1", []), ("5", []), ("0.5", ["constraint"]), ("5.1", ["constraint"])):
        told = validate(form, {"x": value}, now=NOW)
        assert [fault.kind for fault in told] == faults, value


@pytest.mark.parametrize(
    ("bind", "body", "kinds"),
    [
        ("", '<input ref="/data/g/x"/>', []),
        (' readonly="/data/age = 3"', '<input ref="/data/g/x"/>', []),
        (' readonly="true()"', '<input ref="/data/g/x"/>', ["calculated"]),
        ('/><bind nodeset="/data/g" readonly="true()"', '<input ref="/data/g/x"/>', ["calculated"]),
        ("", "", ["calculated"]),
    ],
    ids=["open", "locked-at-times", "locked", "locked-around", "hidden"],
)
def test_calculation_is_believed_only_where_the_person_may_type_over_it(
    bind: str, body: str, kinds: list[str]
) -> None:
    form = ready(
        compiled(
            "<age/><g><x/></g><y/>",
            f'<bind nodeset="/data/g/x" calculate="/data/age * 2"{bind}/>'
            '<bind nodeset="/data/y" calculate="/data/g/x + 1"/>',
            f'<input ref="/data/age"/>{body}',
        )
    )
    given = {"age": "3", "g": {"x": "7"}, "y": "8" if not kinds else "7"}
    assert [fault.kind for fault in validate(form, given, now=NOW)] == kinds
    wrong_after_it = given | {"y": "99"}
    assert [fault.ref for fault in validate(form, wrong_after_it, now=NOW)][-1] == "/data/y"


def test_good_answers_have_no_fault() -> None:
    assert found() == []
    assert found(kind="a", pick="y", many="y n", g={"z": "1"}, r=[{"x": "1"}, {}]) == []


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"name": None}, [("/data/name", "required")]),
        ({"name": ""}, [("/data/name", "required")]),
        ({"age": "17", "double": "34"}, [("/data/age", "constraint")]),
        ({"age": "x", "double": "NaN"}, [("/data/age", "type")]),
        ({"born": "2026-02-30"}, [("/data/born", "type")]),
        ({"born": "2026-11-23"}, [("/data/born", "constraint")]),
        ({"kind": "b", "pick": "y"}, [("/data/pick", "choice")]),
        ({"many": "y q"}, [("/data/many", "choice")]),
        ({"double": "41"}, [("/data/double", "calculated")]),
        ({"double": None}, [("/data/double", "calculated")]),
        ({"kind": "a"}, [("/data/g/z", "required")]),
        ({"extra": "1"}, [("/data/extra", "unknown")]),
        ({"name": {"x": "1"}}, [("/data/name", "unknown"), ("/data/name", "required")]),
        ({"r": "x"}, [("/data/r", "unknown")]),
        ({"r": [{"q": "1"}]}, [("/data/r[1]/q", "unknown")]),
    ],
)
def test_fault_is_named_by_reference_and_kind(
    changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    assert found(**changes) == faults


def test_message_of_the_form_comes_with_the_fault() -> None:
    faults = validate(FORM, {"age": "3", "double": "6"}, now=NOW)
    assert [fault.message for fault in faults] == ["Xin ghi tên", "Đủ 18"]


def test_value_that_hangs_on_the_clock_is_taken_as_the_phone_computed_it() -> None:
    assert found(when="2026-10-30") == []


def test_answer_that_is_not_relevant_is_not_judged() -> None:
    assert found(kind="b", g={"z": ""}) == []


def test_now_of_the_check_is_an_argument() -> None:
    answers = {**GOOD, "born": "2026-11-23"}
    later = NOW.replace(day=24)
    assert validate(FORM, answers, now=later) == []
