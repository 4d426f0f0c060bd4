"""The authored procedures: complete against the official forms, bilingual, well referenced."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.support.procedures import FORMS, JR, SLUGS, XF, Sheet, shared_list, sheet

FORM_IDS = {"khai-sinh": "TK_KHAISINH", "cu-tru": "CT01", "khuyet-tat": "KT_01"}
LANGUAGES = {"Tiếng Việt (vi)", "English (en)"}
TEXT_REFERENCE = re.compile(r"jr:itext\('([^']+)'\)")


def official_fields(form: str) -> dict[str, str]:
    with Path(__file__).with_name("official_fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["label"] for row in csv.DictReader(file) if row["form"] == form}


@pytest.fixture(params=SLUGS)
def form(request: pytest.FixtureRequest) -> Sheet:
    return sheet(request.param)


def texts_of(form: Sheet, attribute: str) -> list[tuple[str, str]]:
    """The text ids that binds name in an attribute, with the references of the binds."""
    return [
        (reference, bind.attrib[JR + attribute])
        for reference, bind in form.binds.items()
        if JR + attribute in bind.attrib
    ]


def test_every_folder_is_one_of_the_official_forms() -> None:
    assert set(SLUGS) == set(FORM_IDS)


def test_form_converts_without_a_warning(form: Sheet) -> None:
    assert form.warnings == []


def test_form_is_the_official_one_it_says(form: Sheet) -> None:
    assert form.procedure["form"]["id"] == FORM_IDS[form.folder.name]
    assert f"| {FORM_IDS[form.folder.name]} |" in form.text


@pytest.mark.parametrize(("slug", "count"), [("khai-sinh", 50), ("cu-tru", 17), ("khuyet-tat", 63)])
def test_every_official_field_is_mapped_under_its_official_label(slug: str, count: int) -> None:
    mapped = {row["key"]: row["label"] for row in sheet(slug).fields}
    assert mapped == official_fields(FORM_IDS[slug])
    assert sum("." not in key for key in mapped) == count


def test_every_mapped_field_stands_in_the_form(form: Sheet) -> None:
    known = form.references()
    named = {row["value"] for row in form.fields}
    named |= {reference for row in form.fields for reference in row["questions"].split()}
    assert named - known == set()


def test_every_mapped_question_is_one_that_a_person_answers(form: Sheet) -> None:
    shown = {
        element.attrib.get("ref") or element.attrib.get("nodeset")
        for element in form.xform.iter()
        if element.tag.startswith(XF) and element.find(f"{XF}label") is not None
    }
    shown |= {element.attrib["nodeset"] for element in form.xform.iter(f"{XF}repeat")}
    assert {q for row in form.fields for q in row["questions"].split()} - shown == set()


def test_disability_form_holds_all_thirty_seven_rows_and_ten_activities() -> None:
    names = {reference.rpartition("/")[2] for reference in sheet("khuyet-tat").references()}
    rows = {1: 6, 2: 6, 3: 7, 4: 5, 5: 4, 6: 3}
    wanted = {f"dang_{kind}" for kind in rows}
    wanted |= {f"dang_{kind}_{row}" for kind, last in rows.items() for row in range(1, last + 1)}
    assert len(wanted) == 37
    assert wanted | {f"hd_{number}" for number in range(1, 11)} <= names


def test_every_text_is_said_in_both_languages(form: Sheet) -> None:
    for text, said in form.words().items():
        assert set(said) == LANGUAGES, text
        assert all(words not in {"", "-"} for words in said.values()), text


def test_vietnamese_and_english_name_the_same_answers_in_a_sentence(form: Sheet) -> None:
    for text, said in form.words().items():
        assert len({words.count("…") for words in said.values()}) == 1, text


def test_every_question_has_a_label(form: Sheet) -> None:
    body = next(element for element in form.xform if element.tag.endswith("body"))
    for element in body.iter():
        kind = element.tag.rpartition("}")[2]
        if kind in {"input", "select", "select1", "upload", "trigger", "group"}:
            assert element.find(f"{XF}label") is not None, element.attrib


def test_every_rule_comes_with_a_sentence_that_helps(form: Sheet) -> None:
    words = form.words()
    for rule, message in (("constraint", "constraintMsg"), ("required", "requiredMsg")):
        said = dict(texts_of(form, message))
        for reference, bind in form.binds.items():
            if rule in bind.attrib:
                found = TEXT_REFERENCE.match(said.get(reference, ""))
                assert found, f"{reference} has no {message}"
                assert set(words[found[1]]) == LANGUAGES


def test_text_is_in_composed_unicode(form: Sheet) -> None:
    for path in form.folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name


def test_declaration_is_required_and_never_ticked_beforehand(form: Sheet) -> None:
    bind = form.binds["/data/cam_ket/cam_doan"]
    assert bind.attrib["required"] == "true()"
    assert "calculate" not in bind.attrib
    assert "| acknowledge | cam_doan |" in form.text
    assert not any(
        "cam_doan" in action.get("ref", "") for action in form.xform.iter(f"{XF}setvalue")
    )


def test_every_list_a_form_names_is_a_shared_list(form: Sheet) -> None:
    for instance in form.xform.iter(f"{XF}instance"):
        if source := instance.get("src"):
            assert (FORMS / "lists" / source.removeprefix("jr://file-csv/")).is_file()


def test_every_instance_an_expression_reads_is_in_the_form(form: Sheet) -> None:
    there = {instance.get("id") for instance in form.xform.iter(f"{XF}instance")}
    expressions = " ".join(value for bind in form.binds.values() for value in bind.attrib.values())
    assert set(re.findall(r"instance\('([^']+)'\)", expressions)) <= there


def test_every_paper_with_a_page_names_a_photo_question(form: Sheet) -> None:
    for procedure in form.procedure["procedures"]:
        for paper in procedure["papers"]:
            assert form.binds[paper["question"]].attrib["type"] == "binary"


def test_catalogue_texts_are_in_both_languages(form: Sheet) -> None:
    for procedure in form.procedure["procedures"]:
        texts = [procedure[k] for k in ("name", "summary", "field", "authority", "result")]
        texts += [procedure["time_limit"]["text"], procedure["fee"]["text"]]
        texts += [text for paper in procedure["papers"] for text in (paper["name"], paper["when"])]
        assert all(text["vi"] and text["en"] for text in texts)


def test_the_four_procedures_are_told_apart_by_code_and_slug() -> None:
    told = [p for slug in SLUGS for p in sheet(slug).procedure["procedures"]]
    codes = sorted(p["code"] for p in told)
    assert codes == ["1.001193", "1.001699", "1.004194", "1.004222"]
    assert len({p["slug"] for p in told}) == 4


def test_lists_hold_all_provinces_and_communes() -> None:
    provinces = {row["name"] for row in shared_list("provinces")}
    communes = shared_list("communes")
    kinds = Counter(re.match(r"Xã|Phường|Đặc khu", row["label"])[0] for row in communes)  # type: ignore[index]
    assert len(provinces) == 34
    assert kinds == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}
    assert {row["province"] for row in communes} == provinces
    assert len({row["name"] for row in communes}) == 3321
    assert all(re.fullmatch(r"\d{5}", row["name"]) for row in communes)


def test_lao_cai_has_its_ninety_nine_communes() -> None:
    lao_cai = {
        row["name"]: row["label"] for row in shared_list("communes") if row["province"] == "15"
    }
    assert len(lao_cai) == 99
    assert lao_cai["02683"] == "Xã Bát Xát"


def test_unit_names_are_composed_and_use_one_apostrophe() -> None:
    labels = [row["label"] for name in ("provinces", "communes") for row in shared_list(name)]
    assert all(unicodedata.is_normalized("NFC", label) for label in labels)
    assert not any(re.search(r"['ʼ`]|^\s|\s$|\s\s", label) for label in labels)
    assert sum("’" in label for label in labels) == 7


def test_ethnic_groups_are_the_fifty_four_by_name() -> None:
    groups = {row["name"]: row for row in shared_list("ethnic_groups")}
    assert len(groups) == 54
    assert groups["Mông"]["label"] == "Mông (Hmông)"
    assert "Xá Phó" in groups["Phù Lá"]["aliases"].split("|")
