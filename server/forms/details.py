"""What the details of findings say, in Vietnamese (pure).

A finding's sentence is in both languages; the detail in it comes in English from the parser that
met the fault, ours or pyxform's. Here are the ones authors meet, by pattern. One that is not here
stays as it was said, marked as English, rather than being guessed at.
"""

from __future__ import annotations

import re

UNIT = r"(bytes|rows|nodes|groups|characters|operators in a row)"
UNITS = {
    "bytes": "byte",
    "rows": "dòng",
    "nodes": "nút",
    "groups": "tầng nhóm",
    "characters": "ký tự",
    "operators in a row": "phép tính liền nhau",
}

# Our own: the whole detail, or its beginning where something foreign follows.
OWN: tuple[tuple[str, str], ...] = (
    (r"line (\d+), column (\d+): (.+)", r"dòng {0}, cột {1}: {2}"),
    (r"(.+) \(at character (\d+)\)", r"{0} (ở ký tự thứ {1})"),
    (rf"(?:more|larger) than (\d+) {UNIT}", r"nhiều hơn {0} {1}"),
    (r"more than (\d+) rows or (\d+) columns", r"nhiều hơn {0} dòng hoặc {1} cột"),
    (rf"(?:nested )?deeper than (\d+)(?: {UNIT})?", r"lồng sâu hơn {0} tầng"),
    (r"(.+) has more than (\d+) bytes", r"{0} lớn hơn {1} byte"),
    (r"its pictures and sounds have more than (\d+) bytes", r"ảnh và tiếng cộng lại hơn {0} byte"),
    (r"it takes more than (.+) s", r"xử lý mất hơn {0} giây"),
    (r"it takes more memory than a form may", r"xử lý tốn quá nhiều bộ nhớ"),
    (r"it is empty", r"tệp trống"),
    (r"there is no such file", r"không có tệp này"),
    (r"give \.md, \.xlsx or \.xml", r"hãy dùng tệp .xlsx, .xml hoặc .md"),
    (r"the workbook unpacks too large", r"bảng tính giải nén ra quá lớn"),
    (
        r"macros, links and embedded objects are refused \((.+)\)",
        r"không nhận macro, liên kết ngoài và đối tượng nhúng ({0}); hãy lưu lại thành .xlsx thường",
    ),
    (r"not an XLSX workbook: (.+)", r"tệp này không phải bảng tính XLSX ({0})"),
    (r"not UTF-8 at byte (\d+)", r"không phải UTF-8, ở byte thứ {0}; hãy lưu lại thành CSV UTF-8"),
    (r"not a GeoJSON feature collection: (.+)", r"không phải GeoJSON ({0})"),
    (r"no model with a primary instance", r"thiếu phần model có dữ liệu chính"),
    (r"a document type is not allowed", r"không nhận khai báo DOCTYPE"),
    (r"an entity is not allowed", r"không nhận khai báo ENTITY"),
    (r"the prefix (.+) is not declared", r"tiền tố {0} chưa được khai báo"),
    (r"mismatched tag", r"thẻ đóng không khớp thẻ mở"),
    (r"not well-formed \(invalid token\)", r"XML viết sai ở chỗ này"),
    (r"no element found", r"tệp kết thúc giữa chừng hoặc trống"),
    (r"undefined entity", r"ký hiệu &…; chưa được định nghĩa"),
    (r"a procedure lacks (.+)", r"một thủ tục thiếu {0}"),
    # expressions
    (r"(.+), the expression ends too early", r"{0}, công thức hết giữa chừng"),
    (r"expected a value", r"thiếu một giá trị"),
    (r"'\.' and '\.\.' take no predicate", r"sau . và .. không được có điều kiện"),
    (r"'\|' joins paths only", r"dấu | chỉ nối các đường dẫn"),
    (r"expected an operator before (.+)", r"thiếu phép tính trước {0}"),
    (r"expected a step of a path", r"thiếu tên sau dấu /"),
    (r"expected a name", r"thiếu một tên"),
    (r"expected (.+)", r"thiếu {0}"),
    (r"unexpected (.+)", r"thừa {0}"),
    (r"unterminated text", r"chữ trong nháy chưa đóng nháy"),
    (r"unknown axis (.+)", r"không có trục {0}"),
    (r"the name must be written out", r"tên phải viết thẳng ra, không tính ra"),
    (r"write the names out", r"các tên phải viết thẳng ra, không tính ra"),
    (r"the id must be written out", r"mã lời phải viết thẳng ra, không tính ra"),
    (r"give a question and its repeats", r"hãy ghi một câu hỏi rồi các nhóm lặp chứa nó"),
    (r"the repeat does not hold the question", r"nhóm lặp này không chứa câu hỏi đó"),
    (r"the second must be a question with choices", r"đối số thứ hai phải là câu hỏi có lựa chọn"),
    # parts that are left out
    (
        r"the phone keeps no log of how a form is filled",
        r"điện thoại không ghi lại cách người ta điền",
    ),
    (
        r"the phone does not tell it, so it stays empty",
        r"điện thoại không cho biết, nên để trống",
    ),
    (
        r"only defaults read the last dossier; elsewhere it reads as empty",
        r"chỉ giá trị mặc định đọc được hồ sơ lần trước; chỗ khác coi như trống",
    ),
    (
        r"the phone records no sound in the background",
        r"điện thoại không ghi âm ngầm",
    ),
    (
        r"no column that is read; look at how its name is written",
        r"không phải cột nào được dùng; hãy xem lại cách viết tên cột",
    ),
    (
        r"dossiers are sealed to the agency and go to this server",
        r"hồ sơ luôn được niêm phong cho cơ quan và gửi về máy chủ này",
    ),
    (
        r"the phone sends by itself, and keeps for a while what it has sent",
        r"điện thoại tự gửi, và giữ lại một thời gian những gì đã gửi",
    ),
    (
        r"it names no question, so it reads as empty",
        r"tên này không phải câu hỏi nào, nên coi như trống",
    ),
    (r"this event is not supported", r"chưa hỗ trợ sự kiện này"),
)
# pyxform's: found anywhere in what it says, the sheet, row and column told by the place.
FOREIGN: tuple[tuple[str, str], ...] = (
    (
        r"Could not find the name '(.+?)'",
        "Không có câu hỏi nào tên “{0}”; hãy sửa tên trong ${{…}}.",
    ),
    (
        r"The name '(.+?)' appears more than once",
        "Tên “{0}” có ở nhiều câu; hãy đặt tên khác nhau.",
    ),
    (r"Reference variables must start with", "Tên câu hỏi phải viết dạng ${{tên}}."),
    (
        r"(?:Question or group|Question) with no name",
        "Câu hỏi hoặc nhóm này chưa có tên (cột name).",
    ),
    (r"Question with no type", "Dòng này chưa có kiểu câu hỏi (cột type)."),
    (r"Missing calculation", "Câu tính toán này chưa có công thức (cột calculation)."),
    (r"Unknown question type '(.+?)'", "Không có kiểu câu hỏi “{0}”."),
    (
        r"List name not in (?:external )?choices sheet: (.+)",
        "Trang choices không có danh sách “{0}”.",
    ),
    (r"There should be a choices sheet", "Thiếu trang choices cho các câu lựa chọn."),
    (r"You must have a sheet named '(.+?)'", "Thiếu trang tên là “{0}”."),
    (r"Unmatched '(end_\w+)'", "Có {0} nhưng không có chỗ mở tương ứng ở trên."),
    (r"Unmatched '(begin_\w+)'", "Có {0} nhưng không có chỗ đóng tương ứng ở dưới."),
    (
        r"'name' value '(.+?)' is invalid\. (?:Questions, groups|Repeat names must unique)",
        "Tên “{0}” bị trùng; mỗi tên chỉ dùng một lần ở một chỗ.",
    ),
    (
        r"Names must begin with a letter or underscore",
        "Tên phải bắt đầu bằng chữ cái hoặc gạch dưới, chỉ có chữ không dấu, số, gạch, chấm; không có dấu cách.",
    ),
    (r"Choices should have a label", "Lựa chọn này chưa có lời (cột label)."),
    (r"Choices must have a name", "Lựa chọn này chưa có mã (cột name)."),
    (r"Choice names must be unique", "Mã lựa chọn bị trùng trong cùng một danh sách."),
    (r"Choice names with spaces", "Mã lựa chọn của câu chọn nhiều không được có dấu cách."),
    (r"Column headers must not be empty", "Tên cột không được trống hoặc có dấu cách."),
    (r"column headers were not found: (.+?)\.", "Thiếu cột bắt buộc: {0}."),
    (r"same column were found: (.+?)\.", "Hai cột mang cùng một nghĩa: {0}. Hãy bỏ một cột."),
    (r"Invalid headers provided", "Trang này thiếu dòng tiêu đề, hoặc tên cột viết sai."),
    (r"the parameter '(.+?)' must", "Tham số “{0}” của câu này viết sai (cột parameters)."),
    (r"(?:Group|Repeat) has no label", "Nhóm này chưa có lời (cột label)."),
    (r"case-insensitive match to another name", "Tên này chỉ khác tên khác ở chữ hoa, chữ thường."),
    (
        r"valid machine-readable codes: (.+?)\. Learn",
        "Ngôn ngữ chưa có mã: {0}. Hãy viết như “Tiếng Việt (vi)”.",
    ),
    (
        r"Language '(.+?)' is missing the (\w+) (.+?) column",
        "Trang {1} chưa có cột {2} bằng “{0}”.",
    ),
    (r"is no longer supported on most devices", "Kiểu này không còn máy nào hỗ trợ."),
    (r"The 'disabled' column", "Cột disabled đã bỏ; hãy dùng relevant."),
    (r"Row without name, text, or label", "Dòng này không có tên và lời nên bị bỏ qua."),
    (
        r"sheets with similar names were found: (.+?)\.",
        "Có trang tên gần giống: {0}. Có viết sai không?",
    ),
    (r"'save_to' value is invalid", "Giá trị cột save_to không dùng được."),
    (r"entity declaration is invalid", "Khai báo ở trang entities không dùng được."),
)


def in_vietnamese(detail: str) -> str:
    """Return a detail in Vietnamese; what nobody has put into words yet is marked as English."""
    told = _own(detail.strip()) or _foreign(detail)
    return told or f"(tiếng Anh) {detail}"


def _own(detail: str) -> str | None:
    for pattern, said in OWN:
        found = re.fullmatch(pattern, detail, re.DOTALL)
        if found:
            # A place may stand around a detail that has words itself.
            parts = (part or "" for part in found.groups())
            return said.format(*(UNITS.get(part) or _own(part) or part for part in parts))
    return None


def _foreign(detail: str) -> str | None:
    for pattern, said in FOREIGN:
        found = re.search(pattern, detail, re.DOTALL)
        if found:
            return said.format(*(part or "" for part in found.groups()))
    return None
