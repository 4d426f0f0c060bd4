"""Words of the page where a dossier is followed by its code (pure)."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "Hồ sơ của tôi đến đâu rồi?",
        "lead": "Nhập mã hồ sơ để biết hồ sơ đang ở bước nào. Trang này không hiện tên ai "
        "và không hiện giấy tờ.",
        "field": "Mã hồ sơ",
        "hint": "Ví dụ: HS-7K2M-9QXA. Mã có trong ứng dụng và trên giấy biên nhận.",
        "check": "Xem",
        "state": "Hồ sơ đang ở bước",
        "unknown": "Không thấy hồ sơ nào có mã này",
        "unknown_lead": "Hãy xem lại từng chữ. Nếu vẫn không thấy, hồ sơ có thể còn trên máy chưa "
        "gửi đi, hoặc hãy hỏi bộ phận một cửa.",
        "other": "en",
        "other_language": "English",
    },
    "en": {
        "title": "How far is my dossier?",
        "lead": "Enter the dossier's code to see how far it has come. This page shows nobody's "
        "name and no papers.",
        "field": "Dossier code",
        "hint": "For example HS-7K2M-9QXA. It is in the app and on the receipt.",
        "check": "Look",
        "state": "The dossier is at this step",
        "unknown": "No dossier has this code",
        "unknown_lead": "Check each letter. If it still is not found, it may not have left the "
        "phone yet, or ask at the one-stop desk.",
        "other": "vi",
        "other_language": "Tiếng Việt",
    },
}
