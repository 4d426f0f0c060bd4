"""Words of the page about people's rights over their data, in Vietnamese and English."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "rights": ("Quyền dữ liệu", "Data rights"),
    "rights-lead": (
        "Người dân được xem, xin bản sao, xin sửa dữ liệu về mình. Trả lời trong 2 ngày làm việc; làm xong trước ngày ghi ở từng yêu cầu. Sổ gốc thì không xóa được: khi đó hãy nói rõ lý do.",
        "People may see, copy and correct data about themselves. Reply within 2 working days, finish by the day beside each request. The register itself is never erased: then say why.",
    ),
    "rights-make-copy": ("Trích dữ liệu của một người", "Copy a person's data"),
    "rights-copy-hint": (
        "Xem giấy tờ tùy thân trước. Việc trích được ghi vào nhật ký và người đó nhìn thấy.",
        "Check their identity first. The copy is logged, and the person sees that it was made.",
    ),
    "rights-request": ("Ghi yêu cầu", "Take the request down"),
    "rights-kind": ("Muốn gì", "What for"),
    "rights-copy": ("Xin bản sao", "A copy"),
    "rights-correct": ("Xin sửa", "A correction"),
    "rights-restrict": ("Xin hạn chế hoặc phản đối", "A restriction or objection"),
    "rights-erase": ("Xin xóa", "An erasure"),
    "rights-wish": ("Nội dung yêu cầu", "What is asked"),
    "rights-asked": ("Nhận lúc {at}, trả lời trước {day}", "Asked {at}, reply by {day}"),
    "rights-done-by": ("Làm xong trước {day}", "Finish by {day}"),
    "rights-outcome": ("Đã trả lời thế nào", "What was answered"),
    "rights-close": ("Ghi câu trả lời", "Record the answer"),
    "rights-none": ("Chưa có yêu cầu nào.", "No request yet."),
    "consent": ("Đồng ý xử lý dữ liệu", "Consent"),
    "consent-given": ("Bản {version}, lúc {at}", "Version {version}, at {at}"),
    "consent-missing": ("Ứng dụng cũ, chưa ghi nhận", "Not recorded: an old app"),
    "helped-before": ("Trước đó giúp", "Helped before"),
    "authority": ("Nộp giúp theo", "Helps on authority of"),
}
