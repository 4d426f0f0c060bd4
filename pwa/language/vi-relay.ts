/**
 * Words of handing on what could not be sent, of carrying it for others, of room on the phone, and of
 * what was refused for good. Vietnamese.
 */
export const relayInVietnamese = {
  rescue: {
    title: "Gửi bằng máy khác",
    link: "Chưa gửi được? Gửi bằng máy khác",
    lead: "Giao hồ sơ cho một máy có mạng, hoặc mang tệp đến xã. Hồ sơ đã niêm phong: người mang đi không đọc được.",
    choose: "Chọn hồ sơ giao đi",
    none: "Không có hồ sơ nào đang chờ gửi trên máy này.",
    share: "Gửi tệp qua Zalo, Bluetooth…",
    save: "Lưu thành tệp",
    show: "Cho máy khác quét mã",
    size: (size: string) => `Tệp nặng ${size}, có cả ảnh.`,
    textOnly: "Quét mã chỉ chuyển phần chữ. Ảnh vẫn ở máy này, sẽ gửi sau.",
    working: "Đang tạo tệp…",
    done: (name: string) => `Đã tạo tệp ${name}. Hãy chuyển tệp cho máy khác hoặc mang đến xã.`,
    stays:
      "Hồ sơ vẫn còn trên máy này và vẫn tự gửi khi có mạng. Gửi cả hai đường cũng không bị trùng.",
    tooMuch: "Nhiều quá, quét mã sẽ rất lâu. Hãy chọn ít hồ sơ hơn, hoặc dùng tệp.",
    showing: "Đưa mã này trước máy ảnh của máy kia",
    showingHint:
      "Trên máy kia: mở Hồ sơ, chọn Gửi hộ người khác, rồi Quét mã. Giữ yên đến khi máy kia báo xong.",
    code: "Mã đang chạy",
    stop: "Xong, dừng lại",
  },
  relay: {
    title: "Gửi hộ người khác",
    link: "Gửi hộ người khác",
    carried: (count: number) => `Đang mang hộ ${count} hồ sơ của người khác`,
    lead: "Máy này có mạng thì gửi hộ được hồ sơ của máy khác. Bạn không đọc được nội dung.",
    file: "Chọn tệp .hoso",
    scan: "Quét mã trên máy kia",
    aim: "Đưa mã đang chạy vào giữa khung",
    stop: "Dừng quét",
    progress: (known: number, count: number) => `Đã đọc ${known} trên ${count} phần. Giữ yên máy.`,
    refused: "Không mở được máy ảnh. Hãy cho phép dùng máy ảnh, hoặc dùng tệp.",
    working: "Đang nhận…",
    taken: (count: number, pages: number) =>
      `Đã nhận ${count} hồ sơ${pages > 0 ? ` và ${pages} ảnh` : ""}. Máy này sẽ gửi hộ.`,
    own: "Tệp này là của chính máy này. Hồ sơ đã có sẵn trong hàng chờ.",
    nothing: "Tệp này không có hồ sơ nào.",
    faults: {
      "rescue-not-recognised": "Tệp này không phải tệp hồ sơ (.hoso). Hãy chọn tệp khác.",
      "rescue-newer": "Tệp này do bản ứng dụng mới hơn tạo ra. Hãy cập nhật ứng dụng rồi thử lại.",
      "rescue-damaged":
        "Tệp bị thiếu hoặc hỏng ở cuối. Phần nguyên vẹn đã được nhận. Hãy xin lại tệp.",
    } as Record<string, string>,
    list: "Đang gửi hộ",
    none: "Chưa mang hộ hồ sơ nào.",
    foreign: "Hộ người khác",
    sealed: "Đã niêm phong, chỉ cơ quan mở được",
    states: {
      waiting: "Chờ gửi",
      received: "Đã nhận phần chữ, còn ảnh",
      refused: "Cơ quan không nhận",
    },
    refusedHint: "Người gửi sẽ thấy lý do trên máy của họ và sửa ở đó.",
    remove: "Bỏ khỏi máy này",
    sentAll: "Đã gửi hết phần mang hộ. Không giữ lại gì trên máy này.",
  },
  storage: {
    title: "Chỗ chứa trên máy",
    link: "Xem chỗ chứa và dọn bớt",
    waiting: "Chờ gửi",
    drafts: "Đang làm dở",
    carried: "Mang hộ người khác",
    count: (count: number, size: string) => `${count} mục, ${size}`,
    free: "Muốn có thêm chỗ",
    ways: [
      "Gửi hồ sơ đang chờ: gửi xong, ảnh tự rời khỏi máy.",
      "Xoá bản làm dở không cần nữa ở trang đầu.",
      "Xoá bớt ảnh, video khác trên điện thoại.",
    ],
    keep: "Đừng xoá dữ liệu của trình duyệt: hồ sơ chờ gửi sẽ mất theo.",
    ask: "Xin máy giữ chắc dữ liệu",
    asked: "Máy chưa đồng ý. Hãy cài ứng dụng lên màn hình chính rồi thử lại.",
  },
  refusal: {
    state: "Không nhận",
    keep: "Giữ câu trả lời làm bản làm dở",
    keepHint: "Khi thủ tục mở lại hoặc có mẫu mới, bạn mở bản này và gửi.",
    remove: "Bỏ hồ sơ này khỏi máy",
    removeSure: "Xoá hồ sơ này cùng ảnh khỏi máy? Không lấy lại được.",
    removeYes: "Xoá",
    dismiss: "Đã hiểu",
  },
  deciding: {
    lead: "Cơ quan đã có nội dung khác với máy này. Với mỗi câu, hãy chọn nội dung đúng rồi gửi lại.",
    missing: "Hãy chọn một trong hai.",
    send: "Gửi theo lựa chọn này",
  },
  /** How long the rest is likely to take. */
  likely: {
    about: (time: string) => `Gửi mất khoảng ${time} khi có mạng`,
    seconds: "dưới 1 phút",
    minutes: (count: number) => `${count} phút`,
    hours: (count: number) => `${count} giờ`,
  },
};
