"""What the authored forms compute and forbid, each rule put to the proof with made-up answers."""

import re

import pytest

from tests.support.procedures import SLUGS, sheet

BIRTH, RESIDENCE, DISABILITY = "khai-sinh", "cu-tru", "khuyet-tat"


@pytest.mark.parametrize(("born", "late"), [("2026-09-23", "false"), ("2026-09-22", "true")])
def test_registration_is_late_after_sixty_days(born: str, late: str) -> None:
    assert sheet(BIRTH).computed("nks_qua_han", "relevant", nks_ngay_sinh=born) == late


def test_receiver_is_named_from_the_chosen_commune() -> None:
    here = {"_commune": "02683", "_province": "15"}
    named = [sheet(slug).computed("kinh_gui", "calculate", **here) for slug in SLUGS]
    assert named == [
        "Công an Xã Bát Xát, Tỉnh Lào Cai",
        "Ủy ban nhân dân Xã Bát Xát, Tỉnh Lào Cai",
        "Chủ tịch Ủy ban nhân dân Xã Bát Xát, Tỉnh Lào Cai",
    ]


@pytest.mark.parametrize(
    ("case", "mother", "father"),
    [
        ("du_cha_me", "true", "true"),
        ("nhan_con", "true", "true"),
        ("me_don_than", "true", "false"),
        ("bo_roi", "false", "false"),
    ],
)
def test_case_of_the_child_opens_the_parents_sections(case: str, mother: str, father: str) -> None:
    form = sheet(BIRTH)
    assert form.computed("nguoi_me", "relevant", nks_loai_khai_sinh=case) == mother
    assert form.computed("nguoi_cha", "relevant", nks_loai_khai_sinh=case) == father


def test_mother_who_declares_is_not_asked_again() -> None:
    answers = {
        "nyc_quan_he": "me",
        "nyc_ho_ten": "Lò Thị Mẫu",
        "nyc_ngay_sinh_ro": "thang_nam",
        "nyc_thang_sinh": "3",
        "nyc_nam_sinh": "1990",
    }
    form = sheet(BIRTH)
    assert form.computed("me_khai", "relevant", **answers) == "false"
    assert form.computed("cha_khai", "relevant", **answers) == "true"
    assert form.computed("me_ho_ten", "calculate", **answers) == "Lò Thị Mẫu"
    assert form.computed("me_ngay_sinh", "calculate", **answers) == "03/1990"


@pytest.mark.parametrize(
    ("exactness", "text", "number"),
    [
        ("du", "15/03/1990", "19900315"),
        ("thang_nam", "03/1990", "19900300"),
        ("nam", "1990", "19900000"),
    ],
)
def test_birth_date_may_be_known_in_part(exactness: str, text: str, number: str) -> None:
    known = {"ngay_sinh_ro": exactness, "nam_sinh": "1990"}
    if exactness == "du":
        known = {"ngay_sinh_ro": "du", "ngay_sinh_du": "1990-03-15"}
    elif exactness == "thang_nam":
        known["thang_sinh"] = "3"
    assert sheet(DISABILITY).computed("ngay_sinh", "calculate", **known) == text
    assert sheet(DISABILITY).computed("sinh_so", "calculate", **known) == number


def test_child_is_born_after_its_parents() -> None:
    form, born = sheet(BIRTH), {"nks_ngay_sinh": "2026-11-01"}
    assert (
        form.computed("me_ngay_sinh_du", "constraint", me_ngay_sinh_du="1999-01-01", **born)
        == "true"
    )
    assert (
        form.computed("me_ngay_sinh_du", "constraint", me_ngay_sinh_du="2026-11-02", **born)
        == "false"
    )
    assert form.computed("cha_nam_sinh", "constraint", cha_nam_sinh="2026", **born) == "false"
    mother = {"nyc_quan_he": "me", "nyc_ngay_sinh_ro": "nam", "nyc_nam_sinh": "2027"}
    assert form.computed("nks_ngay_sinh", "constraint", **born, **mother) == "false"


def test_dates_to_come_are_refused_for_what_has_happened() -> None:
    for slug, name in ((BIRTH, "nks_ngay_sinh"), (RESIDENCE, "ngay_sinh"), (DISABILITY, "ngay")):
        assert sheet(slug).computed(name, "constraint", **{name: "2026-11-22"}) == "true"
        assert sheet(slug).computed(name, "constraint", **{name: "2026-11-23"}) == "false"


@pytest.mark.parametrize(
    "name", ["Giàng A Thử", "H’Mẫu Ê Đê", "Y Thử", "Lò Thị-Mẫu", " Vàng  Ví Dụ "]
)
def test_names_of_all_peoples_are_taken(name: str) -> None:
    assert sheet(BIRTH).computed("nks_ho_ten", "constraint", nks_ho_ten=name) == "true"


@pytest.mark.parametrize(
    "name", ["Giàng A 2", "Lò_Mẫu", "A" * 26, "Thử.", "×÷", "Không rõ", "KHÔNG BIẾT"]
)
def test_what_is_no_name_of_a_father_is_refused(name: str) -> None:
    form = sheet(BIRTH)
    assert form.computed("cha_ho_ten_khai", "constraint", cha_ho_ten_khai=name) == "false"


def test_name_that_is_hard_to_match_is_refused_at_once() -> None:
    name = "A " * 2000 + "1"
    assert sheet(BIRTH).computed("nks_ho_ten", "constraint", nks_ho_ten=name) == "false"


@pytest.mark.parametrize(
    ("number", "takes"),
    [
        ("0912345678", "true"),
        ("+84912345678", "true"),
        ("0212345678", "false"),
        ("091234567", "false"),
    ],
)
def test_only_mobile_numbers_are_taken(number: str, takes: str) -> None:
    assert sheet(BIRTH).computed("nyc_dien_thoai", "constraint", nyc_dien_thoai=number) == takes


@pytest.mark.parametrize(
    ("number", "warned"),
    [
        ("010090000123", "false"),
        ("010190000123", "true"),  # says a woman
        ("010091000123", "true"),  # says 1991
        ("010290000123", "true"),  # says the twenty-first century
        ("003090000123", "true"),  # no province had 003
        ("010090", "false"),  # too short: the constraint speaks, not the note
    ],
)
def test_personal_number_that_disagrees_is_only_warned_of(number: str, warned: str) -> None:
    man = {"so_dinh_danh": number, "ngay_sinh": "1990-03-15", "gioi_tinh": "nam"}
    form = sheet(RESIDENCE)
    assert form.computed("xem_lai_so", "relevant", **man) == warned
    assert form.computed("so_dinh_danh", "constraint", **man) == (
        "false" if len(number) < 12 else "true"
    )


@pytest.mark.parametrize(
    ("last", "takes"), [("2028-12-01", "true"), ("2028-12-02", "false"), ("2026-12-01", "false")]
)
def test_temporary_residence_lasts_two_years_at_most(last: str, takes: str) -> None:
    stay = {"tam_tru_tu": "2026-12-01", "tam_tru_den": last}
    assert sheet(RESIDENCE).computed("tam_tru_den", "constraint", **stay) == takes


def test_content_of_the_request_follows_the_procedure() -> None:
    here = {
        "_commune": "02683",
        "_province": "15",
        "cho_o_thon": "Thôn Ví Dụ",
        "truong_hop": "thue_muon",
    }
    stay = {"tam_tru_tu": "2026-12-01", "tam_tru_den": "2027-11-30", "ly_do": "đi học"}
    form = sheet(RESIDENCE)
    assert form.computed("noi_dung", "calculate", _procedure="1.004222", **here) == (
        "Đăng ký thường trú tại Thôn Ví Dụ, Xã Bát Xát, Tỉnh Lào Cai; chỗ ở do thuê, mượn, ở nhờ."
    )
    assert form.computed("noi_dung", "calculate", _procedure="1.004194", **here, **stay) == (
        "Đăng ký tạm trú tại Thôn Ví Dụ, Xã Bát Xát, Tỉnh Lào Cai, từ ngày 01/12/2026 "
        "đến ngày 30/11/2027; chỗ ở do thuê, mượn, ở nhờ; lý do: đi học."
    )


@pytest.mark.parametrize(("born", "asked"), [("2008-11-23", "true"), ("2008-11-22", "false")])
def test_parents_of_the_young_must_agree(born: str, asked: str) -> None:
    form = sheet(RESIDENCE)
    assert form.computed("phan_y_kien_cha_me", "relevant", ngay_sinh=born) == asked


def test_consent_is_asked_of_those_the_house_belongs_to() -> None:
    form = sheet(RESIDENCE)
    joining = {"truong_hop": "nhap_ho", "chu_ho_quan_he": "con_de"}
    assert form.computed("phan_y_kien_chu_ho", "relevant", **joining) == "true"
    assert form.computed("phan_y_kien_chu_so_huu", "relevant", truong_hop="thue_muon") == "true"
    assert form.computed("phan_y_kien_chu_so_huu", "relevant", truong_hop="nha_minh") == "false"


def test_every_official_row_of_impairment_becomes_yes_or_no() -> None:
    form = sheet(DISABILITY)
    ticked = {"dang_1": "co", "dang_1_dau_hieu": "1_2 1_6", "dang_2": "khong"}
    said = {
        row: form.computed(row, "calculate", **ticked)
        for row in ("dang_1_1", "dang_1_2", "dang_2_1", "dang_3_1")
    }
    assert said == {"dang_1_1": "khong", "dang_1_2": "co", "dang_2_1": "khong", "dang_3_1": ""}


def test_rows_of_impairment_read_the_list_of_their_own_kind() -> None:
    form = sheet(DISABILITY)
    for name, reference in form.names.items():
        if found := re.fullmatch(r"dang_(\d)_(\d)", name):
            formula = form.binds[reference].attrib["calculate"]
            assert f"dang_{found[1]}_dau_hieu" in formula
            assert f"'{found[1]}_{found[2]}'" in formula
            assert (
                f"| dau_hieu_{found[1]} | {found[1]}_{found[2]} | {found[1]}.{found[2]} "
                in form.text
            )


@pytest.mark.parametrize(
    ("request_for", "year", "kinds", "activities"),
    [
        ("xac_dinh", "2015", "true", "true"),
        ("xac_dinh", "2023", "true", "false"),
        ("cap_doi", "2015", "false", "false"),
    ],
)
def test_exchange_and_small_children_skip_what_the_form_skips(
    request_for: str, year: str, kinds: str, activities: str
) -> None:
    answers = {"de_nghi": request_for, "ngay_sinh_ro": "nam", "nam_sinh": year}
    assert sheet(DISABILITY).computed("dang_khuyet_tat", "relevant", **answers) == kinds
    assert sheet(DISABILITY).computed("hoat_dong", "relevant", **answers) == activities


def test_child_under_sixteen_needs_a_representative() -> None:
    form = sheet(DISABILITY)
    grown = {"ngay_sinh_ro": "nam", "nam_sinh": "1990"}
    assert form.computed("khai_dai_dien", "relevant", ngay_sinh_ro="nam", nam_sinh="2015") == "true"
    assert form.computed("khai_dai_dien", "relevant", **grown) == "false"
    assert form.computed("khai_dai_dien", "relevant", co_dai_dien="co", **grown) == "true"


@pytest.mark.parametrize(
    ("copies", "takes"), [("0", "false"), ("1", "true"), ("20", "true"), ("21", "false")]
)
def test_copies_are_from_one_to_twenty(copies: str, takes: str) -> None:
    form = sheet(BIRTH)
    assert form.computed("so_luong_ban_sao", "constraint", so_luong_ban_sao=copies) == takes
    assert form.computed("so_luong_ban_sao", "relevant", cap_ban_sao="khong") == "false"


@pytest.mark.parametrize(
    ("answer", "photo"), [("co", "anh_chung_sinh"), ("khong", "anh_lam_chung"), ("dien_tu", None)]
)
def test_papers_follow_the_birth_notice(answer: str, photo: str | None) -> None:
    form = sheet(BIRTH)
    asked = {
        p
        for p in ("anh_chung_sinh", "anh_lam_chung")
        if form.computed(p, "relevant", co_chung_sinh=answer) == "true"
    }
    assert asked == ({photo} if photo else set())
