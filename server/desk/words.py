"""The desk's words in Vietnamese and English; a key that is missing fails the page's test, not the
clerk.

States and events have their words in `dossiers/states` and `notifications/messages`; these are the
desk's own.
"""

from __future__ import annotations

from .forms_words import WORDS as FORMS_WORDS
from .people_words import WORDS as PEOPLE_WORDS
from .rescue_words import WORDS as RESCUE_WORDS
from .rights_words import WORDS as RIGHTS_WORDS
from .two_versions_words import WORDS as TWO_VERSIONS_WORDS

WORDS: dict[str, tuple[str, str]] = {
    **PEOPLE_WORDS,
    **RIGHTS_WORDS,
    **RESCUE_WORDS,
    **FORMS_WORDS,
    **TWO_VERSIONS_WORDS,
    "desk": ("Bàn một cửa", "One-stop desk"),
    "skip": ("Đến nội dung chính", "Skip to the main content"),
    "dossiers": ("Hồ sơ", "Dossiers"),
    "held": ("Chờ xác minh máy", "Held: unknown phone"),
    "procedures": ("Thủ tục", "Procedures"),
    "sign-out": ("Đăng xuất", "Sign out"),
    "other-language": ("English", "Tiếng Việt"),
    # signing in
    "sign-in": ("Đăng nhập", "Sign in"),
    "sign-in-lead": (
        "Dành cho cán bộ một cửa, chuyên viên và lãnh đạo xã.",
        "For the desk's clerks, specialists and approvers.",
    ),
    "account": ("Tên đăng nhập", "Account"),
    "account-hint": ("Ví dụ: mot-cua", "For example: mot-cua"),
    "send-code": ("Gửi mã đăng nhập", "Send a sign-in code"),
    "have-code": ("Tôi đã có mã", "I have a code already"),
    "code": ("Mã đăng nhập một lần", "One-time code"),
    "code-hint": (
        "Nếu tài khoản này có thật, một mã đã được gửi. Mã dùng được trong 10 phút.",
        "If the account exists, a code has been sent. It is good for 10 minutes.",
    ),
    "code-again": ("Dùng tên đăng nhập khác hoặc xin mã mới", "Another account, or a new code"),
    "passkey": ("Đăng nhập bằng khóa của máy này", "Sign in with this device's passkey"),
    "passkey-failed": (
        "Không đăng nhập được bằng khóa. Hãy thử lại hoặc dùng mã một lần.",
        "The passkey did not work. Try again, or use a one-time code.",
    ),
    "openid": ("Đăng nhập bằng {name}", "Sign in with {name}"),
    "or": ("hoặc", "or"),
    # worklist
    "all": ("Tất cả đang xử lý", "All open"),
    "mine": ("Giao cho tôi", "Assigned to me"),
    "late": ("Quá hạn", "Late"),
    "soon": ("Sắp đến hạn", "Due soon"),
    "closed": ("Đã kết thúc", "Closed"),
    "search": ("Tìm tên, mã hoặc số hồ sơ", "Find a name, code or number"),
    "find": ("Tìm", "Find"),
    "applicant": ("Người nộp", "Applicant"),
    "procedure": ("Thủ tục", "Procedure"),
    "state": ("Trạng thái", "State"),
    "due": ("Hẹn trả", "Due"),
    "pages": ("Ảnh giấy tờ", "Pages"),
    "sent": ("Nộp lúc", "Sent"),
    "helped-by": ("{name} nộp giúp", "sent by {name}"),
    "none": ("Chưa có hồ sơ nào ở đây.", "No dossier here yet."),
    "none-found": (
        "Không thấy hồ sơ nào khớp với “{text}”. Thử tìm ít chữ hơn, hoặc tìm theo mã.",
        "No dossier matches “{text}”. Try fewer words, or the code.",
    ),
    "next-page": ("Trang sau", "Next page"),
    "previous-page": ("Trang trước", "Previous page"),
    "late-by": ("Quá hạn {days} ngày", "{days} days late"),
    "today": ("Hôm nay", "Today"),
    "days-left": ("Còn {days} ngày làm việc", "{days} working days left"),
    "paused": ("Tạm dừng, chờ bổ sung", "Paused for the supplement"),
    "no-due": ("Chưa tính hạn", "No date yet"),
    # one dossier
    "back-to-list": ("Về danh sách", "Back to the list"),
    "number": ("Số hồ sơ", "Number"),
    "dossier-code": ("Mã tra cứu", "Code"),
    "helper": ("Người nộp giúp", "Helper"),
    "phone": ("Điện thoại", "Telephone"),
    "id-number": ("Số định danh", "Identity number"),
    "assignee": ("Chuyên viên", "Specialist"),
    "answers": ("Nội dung tờ khai", "Answers"),
    "no-answers": ("Tờ khai không có câu trả lời nào.", "The form holds no answers."),
    "page-zoom": ("Phóng to", "Enlarge"),
    "page-turn": ("Xoay", "Turn"),
    "page-save": ("Tải tệp về", "Save the file"),
    "page-open": ("Mở riêng", "Open alone"),
    "page-missing": (
        "Ảnh chưa về đến máy chủ. Máy của người nộp sẽ gửi tiếp khi có sóng.",
        "Not arrived yet. The sender's phone goes on when it has signal.",
    ),
    "pages-count": ("Đã nhận {received} trên {total} ảnh", "{received} of {total} pages arrived"),
    "no-pages": ("Hồ sơ này không kèm ảnh.", "This dossier has no pages."),
    "timeline": ("Quá trình giải quyết", "Timeline"),
    "took": ("sau {span}", "after {span}"),
    "slip": ("In giấy tiếp nhận và hẹn trả", "Print the reception slip"),
    "alike-title": ("Có thể trùng với hồ sơ khác", "May be the same as another dossier"),
    "alike-lead": (
        "Các câu trả lời chính giống nhau. Hãy so hai hồ sơ rồi quyết định; máy không tự gộp.",
        "The main answers are the same. Compare both, then decide; nothing is merged by itself.",
    ),
    "alike-elsewhere": (
        "Một hồ sơ tại {commune}. Hãy hỏi bộ phận một cửa ở đó.",
        "A dossier in {commune}. Ask the one-stop desk there.",
    ),
    "beside-title": ("So hai hồ sơ", "Two dossiers side by side"),
    "beside-lead": (
        "Dòng được tô là chỗ hai hồ sơ khác nhau.",
        "Marked lines are where the two differ.",
    ),
    "compare": ("Xem hai câu trả lời", "Compare the two answers"),
    "conflict-lead": (
        "Hồ sơ giữ câu trả lời trước. Hãy gọi hỏi, rồi yêu cầu bổ sung lại nếu cần.",
        "The first answer stands. Ask them, then ask for a supplement again if need be.",
    ),
    "conflict-now": ("Trong hồ sơ", "In the dossier"),
    "conflict-other": ("Câu trả lời đến sau", "The later answer"),
    "differs": ("khác nhau", "differs"),
    "back-to-dossier": ("Về hồ sơ", "Back to the dossier"),
    "clock-behind": ("Đồng hồ của máy gửi chậm {span}.", "The phone's clock was {span} behind."),
    "clock-ahead": ("Đồng hồ của máy gửi nhanh {span}.", "The phone's clock was {span} ahead."),
    "asked": ("Đã yêu cầu bổ sung", "Supplement asked"),
    # verbs
    "do": ("Việc cần làm", "What to do"),
    "nothing-to-do": (
        "Bước này do người khác làm. Bạn chỉ xem.",
        "This step is somebody else's. You may only read.",
    ),
    "receive": ("Tiếp nhận hồ sơ", "Receive"),
    "refuse": ("Từ chối tiếp nhận", "Refuse"),
    "ask_supplement": ("Yêu cầu bổ sung", "Ask for a supplement"),
    "forward": ("Chuyển chuyên viên", "Forward to the specialist"),
    "propose": ("Trình lãnh đạo duyệt", "Propose for approval"),
    "send_back": ("Trả lại chuyên viên", "Send back"),
    "approve": ("Phê duyệt", "Approve"),
    "finish": ("Hoàn thành, có kết quả", "Finish: the result is ready"),
    "return_result": ("Đã trả kết quả", "Result returned"),
    "stop": ("Dừng xử lý", "Stop"),
    "reason": ("Lý do (người dân sẽ đọc)", "Reason (the citizen reads it)"),
    "reason-hint": (
        "Viết ngắn, dễ hiểu, nói rõ phải làm gì tiếp.",
        "Short and plain; say what to do next.",
    ),
    "note": ("Ghi chú (người dân sẽ đọc)", "Note (the citizen reads it)"),
    "choose-specialist": ("Chọn chuyên viên", "Choose the specialist"),
    "confirm": ("Xác nhận", "Confirm"),
    "cancel": ("Thôi", "Cancel"),
    "done": ("Đã ghi: {verb}.", "Done: {verb}."),
    # supplement
    "mark-title": ("Yêu cầu bổ sung hồ sơ", "Ask for a supplement"),
    "mark-lead": (
        "Đánh dấu đúng câu hoặc ảnh cần sửa. Người dân chỉ làm lại những chỗ được đánh dấu.",
        "Mark the very questions or pages to mend. The citizen redoes only those.",
    ),
    "mark-note": ("Cần sửa gì ở đây?", "What is needed here?"),
    "sentence": ("Lời nhắn cho người dân", "Sentence for the citizen"),
    "sentence-hint": (
        "Ví dụ: Ảnh giấy chứng sinh bị mờ, nhờ anh chị chụp lại cho rõ chữ.",
        "For example: the birth notice is blurred, please take it again.",
    ),
    "marks-none": (
        "Chưa đánh dấu câu hoặc ảnh nào. Hãy đánh dấu ít nhất một chỗ rồi gửi lại.",
        "Nothing is marked. Mark at least one question or page, then send again.",
    ),
    "second-request": (
        "Hồ sơ này đã được yêu cầu bổ sung một lần. Yêu cầu lần hai sẽ bị tính là trễ hạn.",
        "This dossier was asked for a supplement before. A second request counts as late.",
    ),
    # The name of a file says nothing to a person.
    "file-given": ("Đã nộp", "Given"),
    "not-answered": ("Chưa trả lời", "Not answered"),
    # slip 01
    "print": ("In", "Print"),
    # held
    "held-lead": (
        "Những hồ sơ gửi từ máy chưa đăng ký hoặc đã bị khóa, và hồ sơ có hai bản khác nhau."
        " Xem rồi quyết định.",
        "Sent from a phone that is unknown or revoked, or a second version of a dossier."
        " Look, then decide.",
    ),
    "held-unknown": ("Máy chưa đăng ký", "Unknown phone"),
    "held-revoked": ("Máy đã bị khóa", "Revoked phone"),
    "held-beside": ("Hồ sơ này đã có bản khác gửi trước", "Another version was sent before"),
    "held-compare": ("So hai bản rồi quyết định", "Compare both, then decide"),
    "held-helper": ("Người nộp giúp chưa được xác nhận", "The helper is not vouched for"),
    "accept": ("Nhận hồ sơ", "Accept"),
    "reject": ("Không nhận", "Do not accept"),
    "held-none": ("Không có gì đang chờ xác minh.", "Nothing is waiting."),
    # procedures
    "procedures-lead": (
        "Thủ tục đang mở thì người dân nộp được qua mạng.",
        "Citizens can file a procedure online while it is open.",
    ),
    "open": ("Đang mở", "Open"),
    "try-form": ("Xem thử mẫu đơn", "Try the form"),
    "shut": ("Tạm dừng", "Closed"),
    "open-it": ("Mở lại", "Open"),
    "shut-it": ("Tạm dừng nhận", "Close"),
    # problems
    "problem-title": ("Chưa làm được", "That did not work"),
    "go-back": ("Quay lại", "Go back"),
}


def say(key: str, language: str, **facts: object) -> str:
    """The words for `key` in `vi` or `en`, with `{names}` filled from `facts`.

    Raises `KeyError`.
    """
    vietnamese, english = WORDS[key]
    return (english if language == "en" else vietnamese).format(**facts)
