"""Words of the page that puts two versions of one dossier side by side, Vietnamese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "join-title": ("Hai bản của một hồ sơ", "Two versions of one dossier"),
    "join-lead": (
        "Hai máy đã gửi cùng một hồ sơ nhưng nội dung khác nhau. Hãy xem chỗ khác, gọi hỏi người nộp"
        " nếu cần, rồi chọn một trong ba cách ở dưới.",
        "Two phones sent the same dossier with different content. Look at what differs, ask the"
        " applicant if need be, then choose one of the three ways below.",
    ),
    "join-there": ("Trong hồ sơ", "In the dossier"),
    "join-sent": ("Bản gửi sau", "The later version"),
    "waiting-decision": ("Chờ quyết định", "Waiting for a decision"),
    "join-apart": ("Chỗ khác nhau", "What differs"),
    "join-apart-none": ("Không có chỗ nào khác nhau.", "Nothing differs."),
    "join-alike": ("{count} câu giống nhau", "{count} answers are the same"),
    "join-keep": ("Giữ câu này", "Keep this one"),
    "join-both": ("Giữ cả hai danh sách", "Keep both lists"),
    "join-choice": ("chọn câu trả lời ở chỗ được tô", "a choice at each marked place"),
    "join-taken": ("Chỉ một bản có; khi gộp sẽ giữ.", "Only one has it; joining keeps it."),
    "join-computed": ("Khi gộp, biểu mẫu tự tính lại.", "The form computes it anew."),
    "join-same": ("Cách 1: Cùng một hồ sơ", "First way: the same dossier"),
    "join-same-lead": (
        "Chọn câu trả lời ở mỗi chỗ được tô rồi gộp. Ảnh của cả hai bản đều được giữ. Cả hai máy"
        " gửi đều theo dõi được hồ sơ này.",
        "Choose at each marked place, then join. The pages of both are kept. Both phones that sent"
        " it follow this dossier.",
    ),
    "join": ("Gộp vào hồ sơ", "Join to the dossier"),
    "join-not-state": (
        "Không gộp được nữa: hồ sơ đang ở bước “{state}”, câu trả lời không đổi được.",
        "It cannot be joined any more: the dossier is “{state}” and its answers stand.",
    ),
    "join-not-form": (
        "Không gộp được: hai bản khác thủ tục, khác xã hoặc khác phiên bản biểu mẫu.",
        "They cannot be joined: another procedure, commune or version of the form.",
    ),
    "join-other": ("Cách 2: Hồ sơ khác", "Second way: another dossier"),
    "join-other-lead": (
        "Bản gửi sau thành một hồ sơ riêng, đứng cạnh hồ sơ đã có.",
        "The later version becomes a dossier of its own beside the one that is there.",
    ),
    "join-file-beside": ("Nhận thành hồ sơ riêng", "File it as its own dossier"),
    "join-neither": ("Cách 3: Không nhận bản gửi sau", "Third way: turn the later one down"),
    "reason-kept": ("Lý do (lưu lại làm bằng chứng)", "Reason (kept as evidence)"),
    "see-page": ("Xem ảnh", "See the page"),
    "page-on-way": ("Ảnh chưa về đến", "Not arrived yet"),
}
