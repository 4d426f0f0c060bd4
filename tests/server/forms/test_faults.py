"""Every finding that the catalogue holds, with the exact place that it must name."""

from collections.abc import Mapping

import pytest

from server.forms.findings import SENTENCES, FormFault
from server.forms.sources import compile_source
from tests.support.forms import xform

ITEMS = '<instance id="c"><root><item><name>y</name><label>Có</label></item></root></instance>'
SHEET = "| survey |\n| | type | name | label | relevant |\n"


def bind(facet: str, expression: str) -> str:
    return f'<bind nodeset="/data/x" {facet}="{expression}"/>'


def sheet(*rows: str, more: str = "") -> tuple[str, str]:
    return "f.md", SHEET + "".join(f"| | {row} |\n" for row in rows) + more


def form(model: str = "", body: str = "", instance: str = "<x/><y/>") -> tuple[str, str]:
    return "f.xml", xform(instance, model, body)


CASES: Mapping[str, tuple[tuple[str, str], str]] = {
    "form-unreadable": (("f.xml", "<a>\n<b></a>"), "line 2"),
    "form-too-large": (sheet(*["begin_group | g | G | "] * 31), "survey row 31"),
    "expression-malformed": (form(bind("relevant", "if(1,")), "/data/x relevant"),
    "node-unknown": (form(bind("constraint", ". = /data/z")), "/data/x constraint"),
    "function-unknown": (form(bind("calculate", "nope(1)")), "/data/x calculate"),
    "function-arity": (form(bind("required", "substr('a')")), "/data/x required"),
    "function-argument": (form(bind("calculate", "jr:choice-name(1, 2)")), "/data/x calculate"),
    "variable-unknown": (form(bind("readonly", "$q")), "/data/x readonly"),
    "pattern-invalid": (form(bind("constraint", "regex(., '(')")), "/data/x constraint"),
    "pattern-slow": (form(bind("constraint", "regex(., '([a-z]+ ?)+')")), "/data/x constraint"),
    "pattern-unbounded": (form(bind("constraint", "regex(., '(?i)a')")), "/data/x constraint"),
    "pattern-short": (form(bind("constraint", "regex(., '(?=.*9)..')")), "/data/x constraint"),
    "instance-unknown": (form('<instance id="p" src="jr://file-csv/p.csv"/>'), "instance p"),
    "instance-unreadable": (form('<instance id="p"/>'), "instance p"),
    "column-unknown": (
        form(ITEMS + bind("calculate", "instance('c')/root/item[name = 'y']/age")),
        "/data/x calculate",
    ),
    "dependency-cycle": (
        form(bind("calculate", "/data/y") + '<bind nodeset="/data/y" relevant="/data/x = 1"/>'),
        "/data/x calculate",
    ),
    "control-unsupported": (form("", '<slider ref="/data/x"/>'), "/data/x"),
    "part-ignored": (
        form('<odk:recordaudio event="odk-instance-load" ref="/data/x"/>'),
        "/data/x recordaudio",
    ),
    "media-missing": (
        (
            "f.md",
            "| survey |\n| | type | name | label | media::image |\n| | text | x | X | x.png |\n",
        ),
        "survey row 2, media (/data/x)",
    ),
    "part-plain": (form("", '<input ref="/data/x" appearance="counter"/>'), "/data/x appearance"),
    "type-unknown": (form(bind("type", "colour")), "/data/x"),
    "text-missing": (
        form("", '<input ref="/data/x"><label ref="jr:itext(\'t\')"/></input>'),
        "/data/x label",
    ),
    "translation-missing": (
        (
            "f.md",
            "| survey |\n| | type | name | label::A (a) | label::B (b) |\n| | text | x | X | |\n"
            "| | text | y | Y | Z |\n",
        ),
        "survey row 2, label (/data/x)",
    ),
    "name-repeated": (form(instance="<x/><x/>"), "/data/x"),
    "question-unreachable": (sheet("text | x | X | false()"), "survey row 2, relevant (/data/x)"),
    "choice-unoffered": (
        sheet(
            "select_one c | x | X | ",
            "text | y | Y | ${x} = 'z'",
            more="| choices |\n| | list_name | name | label |\n| | c | a | A |\n",
        ),
        "survey row 3, relevant (/data/y)",
    ),
    "spreadsheet-fault": (sheet("text | x | X | ${nothing} = 1"), "survey row 2, relevant"),
    "spreadsheet-remark": (
        (
            "f.md",
            "| survey |\n| | type | name | label::A (a) | label::B (b) | hint::A (a) |\n"
            "| | text | x | X | Y | Z |\n",
        ),
        "f.md",
    ),
}


def found(name: str, content: str) -> list[tuple[str, str]]:
    try:
        findings = compile_source(content.encode(), name, {}).warnings
    except FormFault as fault:
        findings = fault.findings
    return [(finding.code, finding.place) for finding in findings]


def test_each_finding_of_the_catalogue_has_a_case() -> None:
    assert CASES.keys() == SENTENCES.keys()


@pytest.mark.parametrize("code", CASES)
def test_finding_names_its_exact_place(code: str) -> None:
    (name, content), place = CASES[code]
    assert (code, place) in found(name, content)
