/** Words for the states of a dossier and for what happened to it, as a citizen needs them. Vietnamese. */
export const newsInVietnamese = {
  /** Where a dossier stands. */
  states: {
    submitted: "Đã nộp, chờ xã xem",
    received: "Xã đã tiếp nhận",
    refused: "Xã không nhận",
    processing: "Đang giải quyết",
    supplement: "Cần bạn bổ sung",
    fee: "Chờ nộp lệ phí",
    withdrawing: "Đang xin rút",
    stopped: "Đã dừng",
    finished: "Đã có kết quả",
    returned: "Đã trả kết quả",
  },
  /** Where an item of the journal stands on this phone. */
  delivery: {
    saved: "Đã giữ trên máy",
    queued: "Chờ gửi",
    sending: "Đang gửi",
    received: "Xã đã nhận phần chữ, còn ảnh",
    settled: "Đã gửi xong",
    "needs-repair": "Cần sửa lại",
  },
};
