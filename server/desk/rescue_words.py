"""Words of the page where rescue files are brought in, in Vietnamese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "rescue": ("Nhận tệp hồ sơ", "Bring in a file"),
    "rescue-lead": (
        "Người dân mang đến tệp .hoso từ máy không có mạng. Nội dung đã niêm phong, hệ thống tự mở"
        " và xếp vào đúng nơi. Nhận lại tệp cũ cũng không bị trùng.",
        "Citizens bring .hoso files from phones without a network. They are sealed; the server"
        " opens them and files each where it belongs. Bringing one again changes nothing.",
    ),
    "rescue-file": ("Tệp .hoso", "The .hoso file"),
    "rescue-take": ("Nhận tệp", "Take it in"),
    "rescue-result": ("Kết quả nhận tệp", "What became of the file"),
    "rescue-empty": ("Tệp này không có hồ sơ nào.", "There is no dossier in this file."),
    "rescue-applied": ("Đã nhận", "Taken in"),
    "rescue-repeated": ("Đã có từ trước", "Here already"),
    "rescue-held": ("Đã nhận, chờ xác minh máy", "Taken in, phone to be confirmed"),
    "rescue-conflict": ("Hồ sơ đã đổi, chờ người nộp xem lại", "Changed meanwhile: for its sender"),
    "rescue-refused": ("Không nhận", "Not taken"),
    "rescue-later": ("Chưa nhận được, hãy thử lại", "Not taken in yet, try again"),
    "rescue-pages": ("Đã có {held} trên {total} ảnh", "{held} of {total} photos are here"),
}
