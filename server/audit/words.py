"""Events in an auditor's words, Vietnamese and English (pure).

Steps of a dossier have theirs in `notifications/messages`; these are the others.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "person.added": ("Thêm người", "Person added"),
    "person.appointed": ("Giao vai trò", "Role given"),
    "person.dismissed": ("Bỏ vai trò", "Role taken away"),
    "person.deactivated": ("Khóa tài khoản", "Account closed"),
    "person.reactivated": ("Mở lại tài khoản", "Account opened again"),
    "person.signed_in": ("Đăng nhập", "Signed in"),
    "person.signed_out": ("Đăng xuất", "Signed out"),
    "passkey.added": ("Thêm khóa đăng nhập", "Passkey added"),
    "passkey.revoked": ("Xóa khóa đăng nhập", "Passkey removed"),
    "enrolment.created": ("Tạo liên kết đăng ký", "Enrolment link made"),
    "code.issued": ("Cấp mã đăng nhập", "One-time code made"),
    "device.enrolled": ("Ghi nhận máy", "Phone enrolled"),
    "device.revoked": ("Thu hồi máy", "Phone revoked"),
    "dossier.opened": ("Mở hồ sơ", "Dossier opened"),
    "page.opened": ("Mở ảnh giấy tờ", "Page opened"),
    "dossier.exported": ("Trích hồ sơ", "Dossier exported"),
    "dossier.audited": ("Xem nhật ký của hồ sơ", "Dossier's log looked up"),
    "dossier.claim_offered": ("Cấp mã mở trên máy khác", "Claim code made"),
    "dossier.claimed": ("Mở trên máy khác", "Opened on another phone"),
    "dossier.erased": ("Xóa nội dung hồ sơ", "Dossier's content erased"),
    "rights.requested": ("Nhận yêu cầu về dữ liệu", "Data request taken down"),
    "rights.answered": ("Trả lời yêu cầu về dữ liệu", "Data request answered"),
    "form.uploaded": ("Tải biểu mẫu lên để xem xét", "Form uploaded for checking"),
    "form.discarded": ("Bỏ biểu mẫu đã tải lên", "Uploaded form discarded"),
    "form.published": ("Công bố biểu mẫu", "Form published"),
    "procedure.opened": ("Mở nhận hồ sơ thủ tục", "Procedure opened for filing"),
    "procedure.closed": ("Tạm dừng nhận thủ tục", "Procedure closed for filing"),
    "commune.served": ("Mở xã trên hệ thống", "Commune served here"),
    "commune.merged": ("Sáp nhập xã", "Communes merged"),
    "mutation.held": ("Giữ lại chờ xác minh", "Held for a decision"),
    "mutation.decided": ("Quyết định hồ sơ chờ", "Held dossier decided"),
}
