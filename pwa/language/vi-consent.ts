/**
 * What is said before a dossier asks for anything personal (Law 91/2025/QH15): purpose, who receives,
 * what, how long, rights. Vietnamese. Whatever changes in these words changes their version, which
 * every dossier carries: tests/pwa/language/consent.test.ts.
 */
export const CONSENT_VERSION = "2026-11-22";

export const consentInVietnamese = {
  title: "Trước khi bắt đầu",
  lead: "Hồ sơ này hỏi một số điều riêng của bạn. Hãy đọc hoặc nghe cho rõ, rồi mới đồng ý.",
  facts: (procedure: string, days: number): [string, string][] => [
    ["Để làm gì?", `Chỉ để giải quyết thủ tục: ${procedure}.`],
    [
      "Ai nhận?",
      "Xã, phường bạn chọn và cơ quan cùng giải quyết thủ tục này. Không đưa cho ai khác.",
    ],
    [
      "Những điều gì?",
      "Câu trả lời, ảnh giấy tờ và chữ ký trong đơn. Có thể có điều cần giữ kín như ảnh căn cước, dân tộc, sức khỏe.",
    ],
    [
      "Giữ bao lâu?",
      `Trên máy này: tự xoá ${days} ngày sau khi hồ sơ xong. Ở cơ quan: theo thời hạn lưu hồ sơ mà pháp luật định.`,
    ],
    [
      "Quyền của bạn",
      "Xem, xin sửa, xin bản sao, xin xoá điều pháp luật không buộc giữ: hỏi Bộ phận Một cửa. Trước khi bấm Gửi, bạn dừng lúc nào cũng được. Gửi rồi vẫn xin rút được.",
    ],
  ],
  agree: "Tôi đã hiểu và đồng ý",
  agreeHint: "Nếu tôi làm giúp, người đứng tên cũng đã nghe và đồng ý.",
  fault: "Cần đồng ý thì mới làm được ở đây. Nếu không, bạn nộp trực tiếp ở Bộ phận Một cửa.",
  go: "Tiếp tục",
};
