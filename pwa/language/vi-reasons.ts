/**
 * Why something did not work and what to do, by the code the data side, the server's problem
 * catalogue or the camera gives. Vietnamese. A code without words here gets `otherReason`, with the
 * code beside it so that a person on the telephone can name it.
 */
import { fileReasons, otherReasonInVietnamese } from "./vi-file-reasons.ts";

export const reasonsInVietnamese = {
  reasons: {
    "network-none": "Chưa có mạng.",
    "network-slow": "Mạng yếu quá.",
    "network-captive":
      "Mạng này bắt đăng nhập trước. Hãy mở trang của mạng đó, hoặc dùng mạng khác.",
    "network-garbled": "Mạng chập chờn, tin về không trọn.",
    "server-busy": "Máy chủ đang bận.",
    "server-fault": "Máy chủ gặp lỗi. Hồ sơ vẫn còn trên máy. Máy tự gửi lại.",
    "too-many-attempts": "Thử quá nhiều lần. Hãy đợi vài phút rồi thử lại.",
    "storage-full": "Máy hết chỗ chứa. Hãy xoá bớt ảnh, video khác trên máy rồi thử lại.",
    "storage-unavailable":
      "Trình duyệt này không giữ được dữ liệu. Hãy mở bằng Chrome, không dùng chế độ ẩn danh.",
    "storage-upgraded": "Ứng dụng vừa có bản mới. Hãy đóng rồi mở lại.",
    "store-locked": "Không mở được ngăn giữ hồ sơ của người này trên máy.",
    "draft-changed-elsewhere": "Bản này vừa được sửa ở cửa sổ khác. Hãy mở lại.",
    "draft-closed": "Hồ sơ này đã bấm Gửi hoặc đã xoá, không sửa được nữa.",
    "record-missing": "Không còn trên máy này.",
    "catalogue-missing": "Máy chưa tải danh sách thủ tục. Hãy nối mạng một lần.",
    "mutation-too-large": "Hồ sơ có quá nhiều ảnh hoặc chữ. Hãy bỏ bớt ảnh rồi gửi lại.",
    ...fileReasons,
    "receipt-invalid": "Biên nhận không đúng chữ ký. Máy giữ hồ sơ và thử lại.",
    "receipt-mismatch": "Biên nhận không khớp hồ sơ này. Máy giữ hồ sơ và thử lại.",
    "receipt-key-unknown": "Chưa kiểm tra được chữ ký trên biên nhận. Máy tự thử lại.",
    "upload-not-expected": "Cơ quan chưa chờ ảnh này. Máy tự gửi lại sau.",
    "upload-length-mismatch": "Ảnh gửi lên không đủ. Máy tự gửi lại.",
    "upload-digest-mismatch": "Ảnh gửi lên bị hỏng trên đường. Máy tự gửi lại.",
    "envelope-unreadable": "Cơ quan không mở được hồ sơ. Hãy mở ra và bấm Gửi lại.",
    "envelope-key-unknown": "Hồ sơ dùng khóa cũ. Hãy nối mạng, mở ra và bấm Gửi lại.",
    "signature-invalid": "Chữ ký của máy không đúng. Hãy mở hồ sơ và bấm Gửi lại.",
    "mutation-reused": "Lần gửi này bị trùng. Hãy mở hồ sơ và bấm Gửi lại.",
    "answers-invalid": "Có câu trả lời chưa đúng. Hãy mở ra, sửa câu được đánh dấu rồi gửi lại.",
    "procedure-unknown": "Ở đây không có thủ tục này. Hãy tải lại danh sách thủ tục.",
    "procedure-closed":
      "Thủ tục này tạm ngừng nhận qua mạng. Hồ sơ vẫn còn trên máy. Hãy hỏi Bộ phận Một cửa.",
    "form-unknown": "Mẫu đơn này không còn được nhận. Hãy làm lại trên mẫu mới.",
    "commune-unknown":
      "Nơi này hiện không nhận qua mạng. Hồ sơ vẫn còn trên máy. Hãy hỏi Bộ phận Một cửa.",
    "not-allowed": "Bạn không có quyền làm việc này. Hãy hỏi cán bộ xã.",
    "dossier-unknown": "Cơ quan không tìm thấy hồ sơ này.",
    "dossier-exists": "Hồ sơ này đã gửi từ trước. Xem ở mục Hồ sơ.",
    "dossier-changed": "Hồ sơ đã có thay đổi ở cơ quan. Hãy xem lại rồi gửi lại.",
    "transition-not-allowed": "Hồ sơ đã sang bước khác nên không làm được việc này.",
    "supplement-closed": "Yêu cầu bổ sung này đã xong hoặc đã đóng.",
    "supplement-outside": "Phần bổ sung có câu không được yêu cầu. Hãy mở lại yêu cầu bổ sung.",
    "sign-in-required": "Cần đăng nhập để xem tin mới. Hồ sơ vẫn gửi được.",
    "sign-in-refused": "Mã hoặc tên không đúng, hoặc mã đã hết hạn. Hãy lấy mã mới.",
    "passkey-refused": "Không nhận ra khóa trên máy này. Hãy dùng mã một lần.",
    "passkey-cancelled": "Chưa xong. Hãy thử lại, hoặc dùng mã một lần.",
    "passkey-unsupported": "Máy này chưa dùng được khóa. Hãy dùng mã một lần.",
    "enrolment-invalid": "Đường dẫn này đã dùng hoặc hết hạn. Hãy xin xã đường dẫn mới.",
    "push-denied": "Điện thoại không cho báo tin. Mở lại trong cài đặt của trình duyệt.",
    "push-unsupported": "Trình duyệt này không báo tin được. Xem tin ở mục Tin báo.",
    "push-silent": "Trình duyệt không trả lời. Hãy thử lại khi có mạng.",
    "push-too-early": "Hãy nối mạng một lần rồi bật lại.",
    "push-endpoint-refused": "Cơ quan không nhận địa chỉ báo tin của trình duyệt này.",
  } as Record<string, string>,
  ...otherReasonInVietnamese,
};
