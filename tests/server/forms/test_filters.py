"""Choice filters that read each other in a circle are refused by name."""

import pytest

from tests.support.forms import faults

ITEM = "<item><name>y</name><label>Có</label><of>a</of></item>"
LIST = f'<instance id="c"><root>{ITEM}</root></instance>'


def select(name: str, condition: str) -> str:
    return (
        f'<select1 ref="/data/{name}"><itemset nodeset="instance(\'c\')/root/item[{condition}]">'
        '<value ref="name"/><label ref="label"/></itemset></select1>'
    )


@pytest.mark.parametrize(
    ("model", "of_a", "of_b"),
    [
        ("", "of = /data/b", "of = /data/a"),
        ("", "of != /data/b", "contains(of, /data/a)"),
        ('<bind nodeset="/data/c" calculate="/data/b"/>', "of = /data/c", "of = /data/a"),
    ],
    ids=["by index", "tried on each", "over a calculation"],
)
def test_filters_that_read_each_other_are_refused(model: str, of_a: str, of_b: str) -> None:
    body = select("a", of_a) + select("b", of_b)
    assert faults("<a/><b/><c/>", LIST + model, body) == [
        ("dependency-cycle", "/data/a choice filter")
    ]


def test_filters_one_after_another_or_of_oneself_are_no_circle() -> None:
    model = LIST + '<bind nodeset="/data/c" calculate="/data/b"/>'
    body = select("a", "of = /data/d") + select("b", "of = /data/a") + select("d", "of != /data/d")
    assert faults("<a/><b/><c/><d/>", model, body) == []
