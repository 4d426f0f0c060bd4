"""Writes `expressions.json`: expressions, their trees, and the text both engines must get.

Run `python -m tests.vectors.make_expressions` after changing a line below; the results are written
by hand here, never taken from an engine.
"""

import json
from pathlib import Path

from server.forms.grammar import parse

# The document that paths walk over; expressions start at its root element.
DOCUMENT = [
    "root",
    None,
    [
        ["a", None, "5"],
        ["b", None, ""],
        ["date", None, "2026-11-22"],
        ["picked", None, "xa huyện tỉnh"],
        ["item", {"code": "1"}, [["name", None, "Bát Xát"], ["size", None, "10"]]],
        ["item", {"code": "2"}, [["name", None, "Y Tý"], ["size", None, "20"]]],
        ["item", {"code": "3"}, [["name", None, "Mường Hum"], ["size", None, "30"]]],
    ],
]

CASES: dict[str, list[tuple[str, str]]] = {
    "numbers": [
        ("1 + 2 * 3", "7"),
        ("7 div 2", "3.5"),
        ("-7 mod 3", "-1"),
        ("7 mod -3", "1"),
        ("1 div 0", "Infinity"),
        ("-1 div 0", "-Infinity"),
        ("0 div 0", "NaN"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("1 div 3000000000", "0.0000000003333333333333333"),
        ("100000000000000000000000", "100000000000000000000000"),
        ("number('')", "NaN"),
        ("number('1e3')", "NaN"),
        ("number(' 12 ')", "12"),
        ("number('-.5')", "-0.5"),
        ("number('+5')", "NaN"),
        ("number(true())", "1"),
        ("round(-1.5)", "-2"),
        ("round(2.5)", "3"),
        ("round(1.005, 2)", "1.01"),
        ("round(1234, -2)", "1200"),
        ("int(-2.9)", "-2"),
        ("int('')", "NaN"),
        ("floor(-2.1)", "-3"),
        ("ceiling(-2.1)", "-2"),
        ("abs(-3)", "3"),
        ("pow(2, 10)", "1024"),
        ("pow(-8, 0.5)", "NaN"),
        ("sqrt(-1)", "NaN"),
        ("log(0)", "-Infinity"),
        ("min(3, 1, 2)", "1"),
        ("max(item/size)", "30"),
        ("min(a, b)", "NaN"),
        ("sum(item/size)", "60"),
        ("sum(nothing)", "0"),
    ],
    "truth": [
        ("boolean('false')", "true"),
        ("boolean('')", "false"),
        ("boolean(0)", "false"),
        ("boolean(b)", "true"),
        ("boolean(nothing)", "false"),
        ("not(nothing)", "true"),
        ("'a' = 'A'", "false"),
        ("a = 5", "true"),
        ("a = '5'", "true"),
        ("a = '5.0'", "false"),
        ("a + 0 = 5.0", "true"),
        ("item/size = 20", "true"),
        ("item/size != 20", "true"),
        ("nothing = ''", "false"),
        ("b = ''", "true"),
        ("b < 1", "false"),
        ("'10' < '9'", "false"),
        ("1 < 2 and 2 < 1 or true()", "true"),
        ("true() = 'anything'", "true"),
        ("false() and nonsense()", "false"),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('yes')", "false"),
        ("checklist(1, 2, true(), false(), true())", "true"),
        ("checklist(1, -1, false())", "false"),
        ("weighted-checklist(5, -1, true(), 3, true(), 2)", "true"),
    ],
    "texts": [
        ("concat(a, '-', item/name)", "5-Bát XátY TýMường Hum"),
        ("join(', ', item/name)", "Bát Xát, Y Tý, Mường Hum"),
        ("string(item/name)", "Bát Xát"),
        ("string-length('Mường Hum')", "9"),
        ("string-length('😀')", "2"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', -2)", "ef"),
        ("substr('abc', 5)", ""),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0 div 0)", ""),
        ("substring-before('2026-11', '-')", "2026"),
        ("substring-after('2026-11', '-')", "11"),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("contains('Bát Xát', 'Xá')", "true"),
        ("starts-with('Bát Xát', 'Bát')", "true"),
        ("ends-with('Bát Xát', 'Bát')", "false"),
        ("regex('0912345678', '^0[35789][0-9]{8}$')", "true"),
        ("regex('12a', '[0-9]+')", "true"),
        ("regex('12a', '^[0-9]+$')", "false"),
        ("regex('Ðá', '^\\w+$')", "false"),
        ("coalesce(b, 'x')", "x"),
        ("coalesce(0 div 0, 'x')", "x"),
        ("selected(picked, 'huyện')", "true"),
        ("selected(picked, 'huy')", "false"),
        ("selected-at(picked, 1)", "huyện"),
        ("selected-at(picked, 9)", ""),
        ("count-selected(picked)", "3"),
        ("count-selected('')", "0"),
        ("if(a > 3, 'lớn', 'nhỏ')", "lớn"),
        ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
        ("digest('abc', 'SHA-256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
        ("base64-decode('xJHDow==')", "đã"),
        ("base64-decode('?')", ""),
    ],
    "dates": [
        ("today()", "2026-11-22"),
        ("now()", "2026-11-22T12:00:00.000+07:00"),
        ("date('2026-3-5')", "2026-03-05"),
        ("date('2026-02-30')", "Invalid Date"),
        ("date('')", ""),
        ("date(0)", "1970-01-01T08:00:00.000+08:00"),
        ("date(20779 - 7 div 24)", "2026-11-22"),
        ("date + 1 = today() + 1", "true"),
        ("today() - date('2026-11-01')", "21"),
        ("date >= today()", "true"),
        ("date < '2026-11-23'", "true"),
        ("string(date('2026-11-22') + 1)", "20779.708333333332"),
        ("number('2026-11-22')", "20778"),
        ("number('2026-3-5')", "NaN"),
        ("format-date(date, '%d/%m/%Y')", "22/11/2026"),
        ("format-date(date, '%e %n %y %b %a')", "22 11 26 Nov Sun"),
        ("format-date('', '%Y')", ""),
        ("format-date-time('2026-11-22T08:05:09.5+07:00', '%H:%M:%S.%3 %h')", "08:05:09.500 8"),
        ("decimal-time('06:00:00')", "0.25"),
        ("decimal-time('x')", "NaN"),
    ],
    "nodes": [
        ("count(item)", "3"),
        ("count(item[size > 10])", "2"),
        ("item[2]/name", "Y Tý"),
        ("item[last()]/name", "Mường Hum"),
        ("item[position() = 2]/name", "Y Tý"),
        ("item[@code = '3']/name", "Mường Hum"),
        ("item[name = 'Y Tý']/size", "20"),
        ("item[2]/preceding-sibling::item/name", "Bát Xát"),
        ("item[2]/following-sibling::*/name", "Mường Hum"),
        ("item/name[../size = 30]", "Mường Hum"),
        ("count(//name)", "3"),
        ("count(a | b | a)", "2"),
        ("(item/name)[2]", "Y Tý"),
        ("name(item)", "item"),
        ("local-name(item/@code)", "code"),
        ("position(item[3])", "3"),
        ("count-non-empty(*)", "6"),
        ("count(ancestor-or-self::node())", "2"),
        ("item[size = current()/item[2]/size]/name", "Y Tý"),
    ],
    "positions in predicates": [
        ("count(item[position() = 0.1])", "0"),
        ("count(item[position() = 9])", "0"),
        ("item[position() = '2']/name", "Y Tý"),
        ("item[position() = last()]/name", "Mường Hum"),
        ("count(item[position() = b])", "0"),
        ("count(item[position() = nothing])", "0"),
        ("count(item[position() = item/@code])", "0"),
        ("count(item[position() = current()/item/@code])", "3"),
        ("item[position() = current()/item[2]/@code]/name", "Y Tý"),
        ("count(item[position() = @code])", "3"),
        ("count(item[position() = true()])", "3"),
        ("count(item[position() = string-length()])", "0"),
        ("count(item[position() != 2])", "2"),
        ("count(a[position() = 1])", "1"),
        ("(item | a)[position() = 1]", "5"),
        ("item[position() = a]/name", ""),
    ],
    "places": [
        ("distance('21.02 105.85;22.53 103.88')", "264053.48"),
        ("area('22 103;22 103.01;22.01 103.01;22.01 103;22 103')", "1148915.08"),
        ("area('22 103')", "0"),
        ("geofence('22.005 103.005', '22 103;22 103.01;22.01 103.01;22.01 103;22 103')", "true"),
        ("geofence('22.5 103.005', '22 103;22 103.01;22.01 103.01;22.01 103;22 103')", "false"),
    ],
}


def main() -> None:
    """Write the file."""
    cases = [
        {"about": about, "expression": expression, "tree": parse(expression), "text": text}
        for about, pairs in CASES.items()
        for expression, text in pairs
    ]
    made = {"now": "2026-11-22T05:00:00Z", "document": DOCUMENT, "cases": cases}
    lines = ",\n  ".join(json.dumps(case, ensure_ascii=False) for case in cases)
    head = json.dumps({k: made[k] for k in ("now", "document")}, ensure_ascii=False)
    text = f'{head[:-1]}, "cases": [\n  {lines}\n]}}\n'
    Path(__file__).with_name("expressions.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
