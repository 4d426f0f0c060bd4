"""First data walks, in one: a form filled, sent and delivered through two power cuts."""

import re

from playwright.sync_api import Request, expect

from tests.support.server_process import ServerProcess

from .answers import BORN, whole_birth
from .conftest import rows
from .desk import Desk
from .papers import Paper
from .phone import Phone

LARGEST_PAGE = 300 * 1024


def test_dossier_filled_without_server_survives_a_killed_browser_and_arrives_once_and_whole(
    phone: Phone, desk: Desk, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    phone.first_visit()
    server.kill()

    phone.begin("Giàng A Thử", phone="0912345678")
    originals = [papers[name].path for name in ("birth notice", "marriage", "identity")]
    assert all(path.stat().st_size > 2_000_000 for path in originals)
    met = phone.fill(whole_birth(*originals))
    assert len(met) > 40
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã giữ để gửi")
    phone.look("sent-offline")
    code = phone.main.get_by_text(re.compile(r"^HS-[0-9A-Z]{4}-[0-9A-Z]{4}$")).inner_text()

    phone.kill()
    server.start()
    phone.start("/dossiers")
    # Once the text is there the dossier stands among those at the agency too.
    row = phone.main.get_by_role("link", name=re.compile(code)).first
    expect(row).to_be_visible()
    phone.look("after-kill")
    phone.send_now()
    agency = phone.main.get_by_role("region", name="Ở cơ quan")
    expect(agency.get_by_role("link", name=re.compile("Giàng A Thử"))).to_be_visible()
    expect(phone.main.get_by_role("region", name="Đang gửi từ máy này")).to_have_count(0)
    phone.look("delivered")

    assert rows(server, "select count(*) from dossier") == [(1,)]
    assert rows(server, "select count(*) from dossier_page where received_at is not null") == [(4,)]
    assert rows(server, "select count(*) from event where name = 'dossier.submitted'") == [(1,)]
    sizes = [size for (size,) in rows(server, "select size from dossier_page")]
    assert max(int(str(size)) for size in sizes) <= LARGEST_PAGE

    desk.sign_in("mot-cua")
    assert desk.applicants() == ["Giàng A Thử"]
    desk.open("Giàng A Thử")
    answers = desk.answers()
    assert answers["Họ và tên của trẻ"] == "Giàng Thị Thử"
    assert answers["Trẻ sinh ngày nào?"] == str(BORN)
    assert answers["Dân tộc của trẻ"] == "Mông (Hmông)"
    assert answers["Họ và tên của người mẹ"] == "Lò Thị Mẫu"
    assert answers["Xin mấy bản sao?"] == "2"
    pictures = desk.pictures()
    for label, name in (
        ("Chụp Giấy chứng sinh", "birth notice"),
        ("Chụp Giấy chứng nhận kết hôn của cha mẹ", "marriage"),
        ("Chụp mặt trước thẻ căn cước của bạn", "identity"),
    ):
        width, height, colour = pictures[label]
        # Upright, whole, and large enough to read.
        assert (width, height) == (1200, 1600)
        near = zip(colour, papers[name].colour, strict=True)
        assert all(abs(seen - drawn) < 40 for seen, drawn in near), (label, colour)
    assert "Người yêu cầu ký tên" in pictures


def told_server(request: Request) -> bool:
    """Whether the app asks for more than its own parts, which the worker has."""
    return request.resource_type == "fetch" and "/assets/" not in request.url


def test_pages_are_sealed_on_the_phone_and_in_the_store_of_the_server(
    phone: Phone, server: ServerProcess, papers: dict[str, Paper]
) -> None:
    phone.first_visit()
    phone.begin("Giàng A Thử")
    originals = [papers[name].path for name in ("birth notice", "marriage", "identity")]
    # A village that no form names as an example: forms are public and lie open on the phone.
    told = whole_birth(*originals)
    village = "Thôn Suối Kín"
    answers = {name: village if said == "Thôn Ví Dụ" else said for name, said in told.items()}
    assert village in answers.values()
    phone.fill(answers)
    phone.declare_and_send()
    expect(phone.heading).to_have_text("Đã gửi xong")
    phone.look("sent-online")
    phone.follow("Xem hồ sơ của tôi")
    phone.see_pages(4, 4)
    # Once nothing is on its way any more, opening the app costs one request.
    asked: list[str] = []
    phone.page.on("request", lambda one: asked.append(one.url) if told_server(one) else None)
    phone.visit()
    phone.page.wait_for_load_state("networkidle")
    assert asked == [f"{phone.origin}/sync"]
    phone.device.close()

    secrets = [village.encode(), village.encode("utf-16-le"), b"Exif\0"]
    kept = [path for path in phone.device.folder.rglob("*") if "IndexedDB" in path.parts]
    blobs = [path for path in (server.data / "blobs").rglob("*") if path.is_file()]
    assert kept
    assert blobs
    for path in [*filter(lambda p: p.is_file(), kept), *blobs]:
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path
        assert not content.startswith(b"\xff\xd8\xff"), path
