"""Two officers and two desks in two communes: nobody sees what is the other's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.browsers import DESK, PHONE, Device
from tests.support.server_process import ServerProcess

from .answers import short_birth
from .conftest import rows
from .desk import Desk
from .phone import Phone

Devices = Callable[[str, dict[str, Any]], Device]
HERE = ("can-bo-thon", "mot-cua", "Xã Bát Xát", "Lò Thị Mẫu")
THERE = ("can-bo-thon-y-ty", "mot-cua-y-ty", "Xã Y Tý", "Phàn Thị Thử")


def sign_in_by_code(
    phone: Phone, server: ServerProcess, account: str, pin: str | None = None
) -> None:
    """Sign in on the phone with the code that the server sends. `pin`: lock the store with it."""
    known = len(server.codes(account))
    phone.visit("/sign-in")
    phone.main.get_by_label("Tên tài khoản hoặc số điện thoại").fill(account)
    phone.look("sign-in")
    phone.press("Lấy mã")
    phone.main.get_by_label("Mã một lần").fill(server.code_after(account, known))
    phone.look("sign-in-code")
    phone.press("Vào", exact=True)
    expect(phone.heading).to_have_text("Khóa phần của bạn trên máy")
    phone.look("choose-lock")
    if pin is None:
        phone.press("Để sau")
    else:
        phone.main.get_by_label("Mã khóa mới").fill(pin)
        phone.main.get_by_label("Nhập lại mã khóa").fill(pin)
        phone.press("Đặt mã khóa")
    expect(phone.page).to_have_url(phone.origin + "/")
    expect(phone.heading).to_contain_text(re.compile("chào", re.IGNORECASE))


def officer_files(phone: Phone, server: ServerProcess, account: str, applicant: str) -> str:
    """An officer signs in, files for somebody of their commune; the dossier's address."""
    phone.first_visit()
    sign_in_by_code(phone, server, account)
    phone.begin(applicant, helper="Cán bộ")
    phone.fill(short_birth(name=applicant))
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.follow("Xem hồ sơ của tôi")
    return phone.page.url.removeprefix(phone.origin)


def test_officers_and_desks_see_only_their_own_communes(
    devices: Devices, server: ServerProcess
) -> None:
    phones, addresses = [], []
    for name, (officer, _, _, applicant) in {"here": HERE, "there": THERE}.items():
        phone = Phone(devices(f"phone-{name}", PHONE), server.origin)
        addresses.append(officer_files(phone, server, officer, applicant))
        phones.append(phone)
    assert rows(server, "select commune_code from dossier order by commune_code") == [
        ("02683",),
        ("02701",),
    ]

    for phone, own, other, (_, _, _, applicant), (_, _, _, stranger) in zip(
        phones, addresses, reversed(addresses), (HERE, THERE), (THERE, HERE), strict=True
    ):
        phone.visit("/dossiers")
        expect(phone.main).to_contain_text(applicant)
        expect(phone.main).not_to_contain_text(stranger)
        phone.visit(own)
        expect(phone.main).to_contain_text(applicant)
        phone.visit(other)
        expect(phone.main).to_contain_text("Không có hồ sơ này trên máy.")
        expect(phone.main).not_to_contain_text(stranger)

    for name, own, other, (_, clerk, place, applicant), (_, _, _, stranger) in zip(
        ("here", "there"), addresses, reversed(addresses), (HERE, THERE), (THERE, HERE), strict=True
    ):
        desk = Desk(devices(f"desk-{name}", DESK), server)
        desk.sign_in(clerk)
        expect(desk.page.get_by_role("banner")).to_contain_text(place)
        assert desk.applicants() == [applicant]
        assert desk.visit(f"/desk{own}") == 200
        for path in (f"/desk{other}", f"/desk{other}/slip", f"/desk{other}/supplement"):
            assert desk.visit(path) in (403, 404), path
            expect(desk.main).not_to_contain_text(stranger)
        desk.visit(f"/desk/dossiers?search={stranger}")
        expect(desk.main.get_by_role("rowheader")).to_have_count(0)
        pages = rows(
            server,
            "select p.id from dossier_page p join dossier d on d.id = p.dossier_id"
            " where d.applicant_name = ?",
            stranger,
        )
        assert pages
        for (page,) in pages:
            assert desk.visit(f"/desk{other}/pages/{page}") in (403, 404)
            assert desk.visit(f"/desk{own}/pages/{page}") in (403, 404)


@pytest.mark.parametrize("path", ["/desk/dossiers", "/desk/procedures", "/desk/held"])
def test_desk_is_closed_to_those_who_are_not_signed_in(desk: Desk, path: str) -> None:
    desk.visit(path)
    expect(desk.heading).to_have_text("Đăng nhập")
