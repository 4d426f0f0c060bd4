/** Words of what stands around every screen. Vietnamese. */
export const frameInVietnamese = {
  app: {
    name: "Hoso",
    motto: "Nộp hồ sơ ở xã, kể cả nơi không có sóng",
    skip: "Đến nội dung chính",
    menu: "Trang chính của ứng dụng",
    loading: "Đang mở…",
    back: "Quay lại",
    cancel: "Thôi",
    tryAgain: "Thử lại",
    language: "Ngôn ngữ",
    brokenTitle: "Màn hình này gặp lỗi",
    broken: "Dữ liệu của bạn vẫn còn trên máy. Hãy mở lại ứng dụng.",
    reopen: "Mở lại ứng dụng",
    missingTitle: "Không có trang này",
    missing: "Địa chỉ có thể đã gõ sai. Bạn hãy về trang đầu.",
    toHome: "Về trang đầu",
    settings: "Cài đặt",
    unread: (count: number) => `${count} tin chưa đọc`,
  },
};
