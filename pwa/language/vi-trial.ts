/** Words of trying a form. Vietnamese. */
export const trialInVietnamese = {
  title: "Xem thử mẫu đơn",
  banner: "Bản xem thử: không lưu, không gửi đi đâu.",
  endTitle: "Hết mẫu đơn",
  end: "Đây chỉ là bản xem thử. Khi làm thật, người dân sẽ cam đoan và bấm Gửi ở bước này.",
  answers: "Các câu trả lời sẽ được gửi",
  leave: "Thoát",
  failed: "Chưa mở được mẫu đơn. Hãy kiểm tra mạng rồi thử lại.",
  missing: "Không có mẫu đơn này trên máy chủ.",
};
