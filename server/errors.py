"""The problem catalogue: every error a person or a program may meet, with its code, status and
words.

Errors leave the server as RFC 9457 problems. `detail` is in the reader's language; `vi` and `en`
are always both there, because the
phone shows them later, perhaps after the language was switched. Each sentence says what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of problem:

    HTTP status and the two sentences, which may hold `{names}` of the problem's facts.
    """

    status: int
    vi: str
    en: str


@dataclass(slots=True)
class Problem(Exception):
    """Raised anywhere to end a request; `facts` fill the sentences and travel in the answer."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise KeyError(f"no problem “{self.code}” in the catalogue")

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence('en')}"

    @property
    def status(self) -> int:
        """The HTTP status."""
        return CATALOGUE[self.code].status

    def sentence(self, language: str) -> str:
        """The sentence in `vi` or `en`."""
        entry = CATALOGUE[self.code]
        template = entry.en if language == "en" else entry.vi
        return template.format_map(_Facts(self.facts))

    def document(self, language: str = "vi") -> dict[str, Any]:
        """The RFC 9457 object: type, title, status, detail, code, vi, en and the facts."""
        return {
            "type": f"/docs#problem-{self.code}",
            "title": self.code,
            "status": self.status,
            "detail": self.sentence(language),
            "code": self.code,
            "vi": self.sentence("vi"),
            "en": self.sentence("en"),
            **self.facts,
        }


class _Facts(dict[str, Any]):
    """Facts for a sentence.

    One that is missing reads as an ellipsis rather than failing the answer.
    """

    def __missing__(self, key: str) -> str:
        return "…"


CATALOGUE: dict[str, Entry] = {
    # requests
    "request-malformed": Entry(
        400,
        "Dữ liệu gửi lên không đọc được ({reason}). Hãy cập nhật ứng dụng rồi gửi lại.",
        "What was sent cannot be read ({reason}). Update the app and send again.",
    ),
    "request-too-large": Entry(
        413,
        "Dữ liệu gửi lên quá lớn (tối đa {limit} byte). Hãy gửi ít hồ sơ hơn mỗi lần.",
        "What was sent is too large (at most {limit} bytes). Send fewer dossiers at a time.",
    ),
    "not-found": Entry(
        404,
        "Không tìm thấy trang này. Hãy kiểm tra lại địa chỉ hoặc về trang đầu.",
        "There is no such page. Check the address or go to the first page.",
    ),
    "method-not-allowed": Entry(
        405,
        "Địa chỉ này không nhận cách gọi đó.",
        "This address does not take that method.",
    ),
    "client-missing": Entry(
        503,
        "Ứng dụng chưa được dựng trên máy chủ này. Người quản trị hãy chạy “make build” rồi khởi động lại.",
        "The app has not been built on this server. The administrator should run “make build” and restart.",
    ),
    "server-fault": Entry(
        500,
        "Máy chủ gặp lỗi. Hồ sơ của bạn vẫn còn trên máy; hãy thử lại sau ít phút.",
        "The server has a fault. Your dossier is still on the phone; try again in a few minutes.",
    ),
    "workers-need-postgresql": Entry(
        500,
        "Nhiều tiến trình cần PostgreSQL. Hãy đặt HOSO_DATABASE_URL hoặc bỏ --workers.",
        "Several processes need PostgreSQL. Set HOSO_DATABASE_URL or leave out --workers.",
    ),
    "server-busy": Entry(
        503,
        "Máy chủ đang bận. Máy sẽ tự gửi lại sau ít phút.",
        "The server is busy. The phone will send again by itself in a few minutes.",
    ),
    "storage-full": Entry(
        507,
        "Máy chủ hết chỗ chứa. Hồ sơ của bạn vẫn còn trên máy và sẽ tự gửi lại. Người quản trị hãy dọn ổ đĩa.",
        "The server has no room left. Your dossier is still on the phone, which sends it again by itself. The administrator should make room on the disk.",
    ),
    "origin-forbidden": Entry(
        403,
        "Yêu cầu đến từ một trang khác nên bị từ chối. Hãy mở lại trang này rồi làm lại.",
        "The request came from another site and was refused. Open this page again and repeat.",
    ),
    "too-many-attempts": Entry(
        429,
        "Thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.",
        "Too many attempts. Wait {minutes} minutes and try again.",
    ),
    # identity
    "sign-in-required": Entry(
        401,
        "Bạn cần đăng nhập để xem phần này.",
        "Sign in to see this.",
    ),
    "sign-in-refused": Entry(
        401,
        "Mã hoặc tên đăng nhập không đúng, hoặc mã đã hết hạn. Hãy xin mã mới.",
        "The code or the account is wrong, or the code has expired. Ask for a new code.",
    ),
    "sign-in-again": Entry(
        403,
        "Việc này chỉ làm được trong {minutes} phút sau khi đăng nhập. Hãy đăng nhập lại rồi bấm lần nữa.",
        "This can only be done within {minutes} minutes of signing in. Sign in again, then press once more.",
    ),
    "passkey-required": Entry(
        403,
        "Vai trò của bạn chỉ đăng nhập bằng khóa đăng nhập (passkey), từ trang đầu của ứng dụng. Chưa có khóa thì xin người quản trị một đường dẫn.",
        "Your role signs in by passkey alone, from the app's first screen. If you have none yet, ask an administrator for a link.",
    ),
    "login-unknown": Entry(
        404,
        "Lượt đăng nhập này đã kết thúc rồi.",
        "This login has ended already.",
    ),
    "passkey-unknown": Entry(
        404,
        "Khóa đăng nhập này đã bị xóa rồi.",
        "This passkey was removed already.",
    ),
    "device-unknown": Entry(
        404,
        "Không tìm thấy máy này. Hãy tải lại trang.",
        "There is no such device. Reload the page.",
    ),
    "passkey-refused": Entry(
        400,
        "Không nhận ra khóa đăng nhập này. Hãy thử lại, hoặc đăng nhập bằng mã một lần.",
        "This passkey was not recognised. Try again, or sign in with a one-time code.",
    ),
    "enrolment-invalid": Entry(
        410,
        "Liên kết đăng ký đã dùng hoặc đã hết hạn. Hãy xin người quản trị một liên kết mới.",
        "This enrolment link was used or has expired. Ask the administrator for a new one.",
    ),
    "secret-in-body": Entry(
        400,
        "Dữ liệu chứa bí mật không được gửi ra khỏi máy. Hãy cập nhật ứng dụng.",
        "The request holds a secret that must stay on the device. Update the app.",
    ),
    "openid-off": Entry(
        404,
        "Nơi này không dùng cách đăng nhập đó. Hãy đăng nhập bằng khóa hoặc mã một lần.",
        "That way of signing in is not offered here. Use a passkey or a one-time code.",
    ),
    "openid-unreachable": Entry(
        503,
        "Chưa liên lạc được với nơi xác nhận danh tính. Hãy thử lại sau, hoặc đăng nhập bằng khóa hay mã một lần.",
        "The identity provider cannot be reached. Try again later, or use a passkey or a one-time code.",
    ),
    "openid-refused": Entry(
        401,
        "Việc đăng nhập không thành. Hãy bắt đầu lại từ trang đăng nhập, trên cùng trình duyệt này.",
        "Signing in did not succeed. Begin again from the sign-in page, in this same browser.",
    ),
    "openid-unknown": Entry(
        403,
        "Danh tính này chưa gắn với tài khoản nào ở đây. Hãy xin người quản trị một liên kết đăng ký.",
        "This identity belongs to no account here yet. Ask the administrator for an enrolment link.",
    ),
    "openid-taken": Entry(
        409,
        "Danh tính này đã gắn với một tài khoản khác. Hãy hỏi người quản trị.",
        "This identity belongs to another account already. Ask the administrator.",
    ),
    "person-unknown": Entry(
        404,
        "Không có tài khoản “{account}”. Hãy xem danh sách bằng “hoso people list”.",
        "There is no account “{account}”. See the list with “hoso people list”.",
    ),
    "account-invalid": Entry(
        422,
        "Tên tài khoản “{account}” không hợp lệ. Dùng 2 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch nối.",
        "The account name “{account}” does not fit. Use 2 to 60 lower-case letters, digits, dots or hyphens.",
    ),
    "role-unknown": Entry(
        422,
        "Không có vai trò “{role}”. Các vai trò: {roles}.",
        "There is no role “{role}”. Roles: {roles}.",
    ),
    "not-allowed": Entry(
        403,
        "Bạn không có quyền làm việc này. Hãy nhờ người phụ trách của xã.",
        "You may not do this. Ask the person in charge at the commune.",
    ),
    "citizen-vague": Entry(
        422,
        "Hãy nhập số định danh, số điện thoại, hoặc tên đầy đủ hơn.",
        "Enter an identity number, a phone number, or more of the name.",
    ),
    "request-unknown": Entry(
        404,
        "Không tìm thấy yêu cầu này, hoặc yêu cầu đã được trả lời. Hãy tải lại trang.",
        "There is no such request, or it was answered already. Reload the page.",
    ),
    "nothing-kept": Entry(
        404,
        "Ở đây không lưu hồ sơ nào của số định danh này. Hãy kiểm tra lại từng chữ số.",
        "Nothing is kept here under this identity number. Check each digit.",
    ),
    "erasure-refused": Entry(
        409,
        "Hồ sơ {code} thuộc diện phải lưu nên không xóa được. Hãy trả lời người yêu cầu và nói rõ lý do.",
        "Dossier {code} must be kept by law and cannot be erased. Answer the person and say why.",
    ),
    "claim-refused": Entry(
        403,
        "Mã hồ sơ hoặc mã một lần không đúng, hoặc mã đã hết hạn. Hãy xin mã mới, hoặc hỏi bộ phận một cửa.",
        "The dossier code or the one-time code is wrong, or it has expired. Ask for a new code, or at the desk.",
    ),
    # procedures and forms
    "procedure-unknown": Entry(
        404,
        "Không có thủ tục mã {procedure} ở đây. Hãy cập nhật danh mục rồi chọn lại.",
        "There is no procedure {procedure} here. Update the catalogue and choose again.",
    ),
    "procedure-closed": Entry(
        409,
        "Thủ tục {procedure} tạm dừng nhận qua mạng. Hồ sơ vẫn còn trên máy; hãy hỏi bộ phận một cửa.",
        "Procedure {procedure} is closed for online filing. Your dossier stays on the phone; ask the one-stop desk.",
    ),
    "form-unknown": Entry(
        409,
        "Mẫu đơn này không còn được nhận. Hãy mở lại hồ sơ để chuyển sang mẫu mới.",
        "This form version is no longer accepted. Open the dossier again to move it to the new form.",
    ),
    "form-invalid": Entry(
        422,
        "Biểu mẫu không công bố được: {count} lỗi. Xem từng lỗi bên dưới, sửa rồi công bố lại.",
        "The form cannot be published: {count} faults. See each below, mend it and publish again.",
    ),
    "form-upload-too-large": Entry(
        413,
        "Biểu mẫu và các tệp đi kèm quá lớn (cộng lại tối đa {megabytes} MB). Hãy thu nhỏ ảnh và tiếng rồi tải lên lại.",
        "The form and its files are too large ({megabytes} MB in all). Make its pictures and sounds smaller and upload again.",
    ),
    "form-upload-gone": Entry(
        404,
        "Biểu mẫu đã tải lên này không còn được giữ. Hãy tải tệp lên lại.",
        "This uploaded form is kept no longer. Upload its file again.",
    ),
    "form-published-meanwhile": Entry(
        409,
        "Trong lúc bạn xem, một mẫu khác đã được công bố cho thủ tục này. Hãy xem lại phần so sánh rồi mới công bố.",
        "Another form was published for this procedure while you were looking. Read the comparison again before publishing.",
    ),
    "form-until-invalid": Entry(
        422,
        "Ngày nhận mẫu cũ phải từ {first} đến {last}. Hãy chọn lại.",
        "The last day for the older version must lie between {first} and {last}. Choose again.",
    ),
    "commune-unknown": Entry(
        422,
        "Xã {commune} không nhận hồ sơ ở đây. Hãy chọn lại nơi nhận hồ sơ.",
        "Commune {commune} does not take dossiers here. Choose the receiving commune again.",
    ),
    # envelopes and mutations
    "envelope-unreadable": Entry(
        422,
        "Phong bì hồ sơ không mở được. Hồ sơ vẫn còn trên máy; hãy mở ra và bấm Gửi lại.",
        "The envelope cannot be opened. Your dossier is still on the phone; open it and press Send again.",
    ),
    "envelope-key-unknown": Entry(
        422,
        "Hồ sơ được khóa bằng khóa cũ. Hãy nối mạng, mở hồ sơ và bấm Gửi lại.",
        "The dossier was sealed with an unknown key. Go online, open it and press Send again.",
    ),
    "signature-invalid": Entry(
        422,
        "Chữ ký của máy không đúng. Hãy mở hồ sơ và bấm Gửi lại.",
        "The device's signature is wrong. Open the dossier and press Send again.",
    ),
    "mutation-reused": Entry(
        409,
        "Mã gửi này đã dùng cho nội dung khác. Hãy mở hồ sơ và bấm Gửi lại.",
        "This mutation id was used for other content. Open the dossier and press Send again.",
    ),
    "answers-invalid": Entry(
        422,
        "Có {count} câu trả lời chưa đúng. Hãy mở hồ sơ, xem câu được đánh dấu, sửa rồi gửi lại.",
        "{count} answers are not right yet. Open the dossier, see the marked questions, mend and send again.",
    ),
    "dossier-unknown": Entry(
        404,
        "Không tìm thấy hồ sơ này.",
        "There is no such dossier.",
    ),
    "dossier-exists": Entry(
        409,
        "Hồ sơ này đã được gửi từ trước. Xem lại trong mục Hồ sơ của tôi.",
        "This dossier was already sent. See it under My dossiers.",
    ),
    "dossier-changed": Entry(
        409,
        "Hồ sơ đã thay đổi từ lúc bạn mở. Hãy xem lại rồi làm tiếp.",
        "The dossier has changed since you opened it. Look again and go on.",
    ),
    "transition-not-allowed": Entry(
        409,
        "Hồ sơ đang ở trạng thái “{state}” nên không làm được việc này. Hãy tải lại trang.",
        "The dossier is in state “{state}”, so this cannot be done. Reload the page.",
    ),
    "supplement-closed": Entry(
        409,
        "Yêu cầu bổ sung này đã được trả lời hoặc đã đóng.",
        "This supplement request was answered or closed.",
    ),
    "supplement-outside": Entry(
        422,
        "Phần bổ sung có câu không được yêu cầu sửa. Hãy mở lại yêu cầu bổ sung.",
        "The supplement changes questions that were not asked for. Open the request again.",
    ),
    "input-missing": Entry(
        422,
        "Còn thiếu: {field}. Hãy điền rồi bấm lại.",
        "Missing: {field}. Fill it in and press again.",
    ),
    # pages
    "upload-not-expected": Entry(
        403,
        "Máy chủ không chờ ảnh này. Hãy gửi hồ sơ trước, ảnh sẽ tự gửi sau.",
        "The server does not expect this page. Send the dossier first; pages follow by themselves.",
    ),
    "upload-length-mismatch": Entry(
        409,
        "Độ dài ảnh không khớp với hồ sơ. Hãy chụp lại trang này.",
        "The page's length does not match the dossier. Take this page again.",
    ),
    "device-too-fast": Entry(
        429,
        "Máy này gửi quá nhanh. Hồ sơ vẫn giữ trong máy, máy sẽ tự gửi tiếp sau ít phút.",
        "This phone sends too fast. Its dossiers are kept, and it goes on by itself in a few minutes.",
    ),
    "upload-quota": Entry(
        429,
        "Hôm nay máy này đã gửi đủ {megabytes} MB ảnh. Ảnh còn lại vẫn giữ trong máy, sẽ tự gửi tiếp sau.",
        "This phone has sent its {megabytes} MB of pages for today. The rest is kept and goes on later.",
    ),
    "upload-digest-mismatch": Entry(
        460,
        "Ảnh bị hỏng trên đường gửi. Máy sẽ tự gửi lại.",
        "The page was damaged on the way. The phone will send it again.",
    ),
    "upload-unknown": Entry(
        404,
        "Lượt gửi ảnh này không còn. Máy sẽ tự gửi lại từ đầu.",
        "This upload is gone. The phone will begin it again by itself.",
    ),
    "upload-offset-conflict": Entry(
        409,
        "Ảnh đã nhận đến byte {offset}. Máy sẽ tự gửi tiếp từ đó.",
        "The page has arrived up to byte {offset}. The phone goes on from there.",
    ),
    "upload-locked": Entry(
        423,
        "Ảnh này đang được gửi ở một kết nối khác. Máy sẽ tự thử lại.",
        "This page is being sent on another connection. The phone will try again by itself.",
    ),
    "upload-checksum-mismatch": Entry(
        460,
        "Một đoạn ảnh bị hỏng trên đường gửi. Máy sẽ tự gửi lại đoạn đó.",
        "A part of the page was damaged on the way. The phone will send that part again.",
    ),
    "upload-version-unknown": Entry(
        412,
        "Cách gửi ảnh này không được hỗ trợ. Hãy cập nhật ứng dụng.",
        "This upload protocol version is not known here. Update the app.",
    ),
    "upload-type-unknown": Entry(
        415,
        "Cách gửi ảnh này không được hỗ trợ. Hãy cập nhật ứng dụng.",
        "An upload must be application/offset+octet-stream. Update the app.",
    ),
    "rescue-not-recognised": Entry(
        422,
        "Tệp này không phải tệp hồ sơ (.hoso). Hãy chọn tệp khác.",
        "This is not a dossier file (.hoso). Choose another file.",
    ),
    "rescue-newer": Entry(
        422,
        "Tệp này do bản ứng dụng mới hơn tạo ra. Hãy cập nhật hệ thống rồi thử lại.",
        "A newer version of the app made this file. Update the server and try again.",
    ),
    "rescue-damaged": Entry(
        422,
        "Tệp bị thiếu hoặc hỏng ở cuối. Phần nguyên vẹn đã được nhận. Hãy xin lại tệp.",
        "The file is cut or spoilt at its end. What was whole is taken in. Ask for it again.",
    ),
    "page-unreadable": Entry(
        422,
        "Trang này không phải là ảnh đọc được. Hãy yêu cầu người dân chụp lại.",
        "This page is not a readable image. Ask the citizen to take it again.",
    ),
    "page-missing": Entry(
        404,
        "Ảnh này chưa về đến máy chủ. Máy của người gửi sẽ gửi tiếp khi có sóng.",
        "This page has not arrived yet. The sender's phone goes on when it has signal.",
    ),
    # push
    "push-endpoint-refused": Entry(
        422,
        "Địa chỉ nhận thông báo không được chấp nhận. Bạn vẫn xem được tin trong ứng dụng.",
        "The push address is not accepted. You still find the news in the app.",
    ),
    # backups
    "backup-unreadable": Entry(
        422,
        "Thư mục {folder} không phải là bản sao lưu đầy đủ: {reason}. Hãy dùng bản sao lưu khác.",
        "{folder} is not a whole backup: {reason}. Use another one.",
    ),
    "backup-incomplete": Entry(
        500,
        "Bản sao lưu thiếu {count} trang ảnh mà kho không còn giữ. Hãy chạy “hoso doctor”.",
        "The backup lacks {count} pages that the store no longer holds. Run “hoso doctor”.",
    ),
    "backup-tool-missing": Entry(
        500,
        "Không có chương trình {tool}. Hãy cài gói postgresql-client cùng phiên bản với máy chủ PostgreSQL.",
        "The program {tool} is missing. Install postgresql-client of the PostgreSQL server's version.",
    ),
    "backup-tool-failed": Entry(
        500,
        "Chương trình {tool} báo lỗi: {reason}. Hãy khắc phục rồi chạy lại.",
        "{tool} failed: {reason}. Mend that and run again.",
    ),
    "backup-other-database": Entry(
        422,
        "Bản sao lưu là của {kind}, còn HOSO_DATABASE_URL là {configured}. Hãy đặt lại cho khớp.",
        "The backup is of {kind}, but HOSO_DATABASE_URL names {configured}. Make them match.",
    ),
    "restore-target-used": Entry(
        409,
        "Ở {place} đã có dữ liệu khác. Hãy khôi phục vào nơi còn trống.",
        "There is other data at {place} already. Restore to an empty place.",
    ),
}
