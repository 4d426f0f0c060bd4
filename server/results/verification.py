"""The words of the page where a receipt is checked, in Vietnamese and English (pure)."""

from __future__ import annotations

from datetime import UTC, datetime

from ..clock import local
from .receipts import Receipt

WORDS: dict[str, dict[str, str]] = {
    "vi": {
        "title": "Kiểm tra giấy biên nhận",
        "lead": "Dán mã biên nhận vào ô dưới đây để biết có phải do cơ quan này cấp hay không.",
        "field": "Mã biên nhận",
        "hint": "Mã là một dòng chữ dài có hai dấu chấm, lấy từ ứng dụng hoặc từ mã QR.",
        "check": "Kiểm tra",
        "valid": "Biên nhận thật",
        "valid_lead": "Biên nhận này do cơ quan cấp và không bị sửa.",
        "invalid": "Biên nhận không đúng",
        "invalid_lead": "Mã này không do cơ quan cấp, hoặc đã bị sửa hay chép thiếu. "
        "Hãy chép lại cả dòng rồi kiểm tra lần nữa.",
        "code": "Mã hồ sơ",
        "number": "Số hồ sơ",
        "kind": "Nội dung",
        "received": "Cơ quan nhận lúc",
        "device": "Gửi từ máy lúc",
        "pages": "Số trang giấy tờ",
        "issuer": "Nơi cấp",
        "digest": "Dấu vân của nội dung",
        "dossier.submit": "Nộp hồ sơ",
        "supplement.answer": "Bổ sung hồ sơ",
        "dossier.withdraw": "Xin rút hồ sơ",
        "held": "(chờ cán bộ xác minh máy gửi)",
        "other": "en",
        "other_language": "English",
    },
    "en": {
        "title": "Check a receipt",
        "lead": "Paste the receipt below to learn whether this agency issued it.",
        "field": "Receipt",
        "hint": "One long line with two dots, from the app or from the QR code.",
        "check": "Check",
        "valid": "The receipt is genuine",
        "valid_lead": "This agency issued it and nothing in it was changed.",
        "invalid": "The receipt does not hold",
        "invalid_lead": "This agency did not issue it, or it was changed or copied in part. "
        "Copy the whole line and check again.",
        "code": "Dossier code",
        "number": "Dossier number",
        "kind": "About",
        "received": "Received by the agency",
        "device": "Sent by the phone",
        "pages": "Pages",
        "issuer": "Issued by",
        "digest": "Fingerprint of the content",
        "dossier.submit": "Filing of a dossier",
        "supplement.answer": "Answer to a supplement request",
        "dossier.withdraw": "Request to withdraw",
        "held": "(an officer will check the sending phone first)",
        "other": "vi",
        "other_language": "Tiếng Việt",
    },
}


def facts(receipt: Receipt, language: str) -> list[tuple[str, str]]:
    """What a genuine receipt says, as lines of name and value."""
    words = WORDS[language]
    kind = words.get(receipt.kind, receipt.kind)
    if receipt.verdict == "held":
        kind = f"{kind} {words['held']}"
    lines = [
        (words["code"], receipt.code),
        (words["number"], receipt.number or ""),
        (words["kind"], kind),
        (words["received"], moment(datetime.fromtimestamp(receipt.iat, UTC))),
        (words["pages"], str(len(receipt.pages))),
        (words["issuer"], receipt.iss),
        (words["digest"], receipt.digest[:16]),
    ]
    return [(name, value) for name, value in lines if value]


def moment(value: datetime) -> str:
    """`09:05 22/11/2026` by a wall clock in Vietnam."""
    return f"{local(value):%H:%M %d/%m/%Y}"
