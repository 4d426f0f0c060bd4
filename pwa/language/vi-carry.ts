/** Words of going over to a newer version of a form. Vietnamese. */
export const carryInVietnamese = {
  carry: {
    title: "Mẫu đơn đã đổi",
    lead: "Xã đã có mẫu mới cho hồ sơ này. Bạn không phải làm lại từ đầu: máy chuyển các câu đã trả lời sang mẫu mới.",
    kept: (count: number) => `${count} câu trả lời được giữ nguyên`,
    added: "Câu mới",
    addedLead: "Mẫu mới hỏi thêm:",
    mustAnswer: "cần trả lời",
    changed: "Câu có thay đổi",
    before: (label: string) => `Trước đây hỏi: ${label}`,
    what: {
      label: "Lời hỏi đã đổi",
      hint: "Lời hướng dẫn đã đổi",
      type: "Cách trả lời đã đổi",
      required: "Nay cần trả lời",
      choices: "Các lựa chọn đã đổi",
    },
    offered: (names: string) => `Thêm: ${names}`,
    withdrawn: (names: string) => `Bỏ: ${names}`,
    isWrong: "Câu trả lời cũ cần xem lại",
    lost: "Câu trả lời không còn chỗ",
    lostLead:
      "Máy không bỏ đi câu nào. Các câu này được giữ lại cùng bản làm dở cho đến khi gửi xong, để bạn xem và chép lại.",
    accept: "Chuyển sang mẫu mới",
    keep: "Giữ mẫu cũ",
    keepUntil: (day: string) => `Mẫu cũ được nhận đến ngày ${day}.`,
    ended: "Mẫu cũ không còn được nhận, nên cần chuyển sang mẫu mới thì mới gửi được.",
    nothing: "Không có câu nào của bạn bị ảnh hưởng.",
  },
};
