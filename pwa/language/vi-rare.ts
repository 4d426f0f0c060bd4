/**
 * Words that only later screens and rare controls need, fetched with them instead of with the first
 * screen. Vietnamese.
 */
import { carryInVietnamese } from "./vi-carry.ts";
import { controlsInVietnamese } from "./vi-controls.ts";
import { lockInVietnamese } from "./vi-lock.ts";
import { relayInVietnamese } from "./vi-relay.ts";

export const rareInVietnamese = {
  signIn: {
    title: "Đăng nhập",
    lead: "Dành cho cán bộ và người muốn xem hồ sơ trên máy khác. Làm và gửi hồ sơ thì không cần đăng nhập.",
    passkey: "Đăng nhập bằng khóa trên máy",
    or: "hoặc dùng mã một lần",
    provider: (name: string) => `Đăng nhập bằng ${name}`,
    providerGone: "Đang chuyển sang trang xác nhận…",
    tie: (name: string) => `Gắn với ${name}`,
    tieHint: "Lần sau đăng nhập bằng cách này, không cần mã một lần.",
    reasons: {
      "passkey-refused":
        "Xã không còn nhận khóa trên máy này. Phần của bạn trên máy vẫn mở được như trước, hồ sơ chờ gửi vẫn được gửi. Hãy đăng nhập bằng mã một lần, hoặc xin xã đường dẫn mới.",
      "passkey-required":
        "Vai trò của bạn chỉ đăng nhập bằng khóa trên máy. Chưa có khóa thì hãy xin người quản trị một đường dẫn.",
      "openid-off": "Nơi này không dùng cách đăng nhập đó. Hãy dùng khóa hoặc mã một lần.",
      "openid-unreachable":
        "Chưa liên lạc được với nơi xác nhận danh tính. Hãy thử lại sau, hoặc dùng mã một lần.",
      "openid-refused": "Việc đăng nhập không thành. Hãy bắt đầu lại trên máy này.",
      "openid-unknown":
        "Danh tính này chưa gắn với tài khoản nào ở đây. Hãy xin xã một đường dẫn đăng ký.",
      "openid-taken": "Danh tính này đã gắn với một tài khoản khác. Hãy hỏi xã.",
    } as Record<string, string>,
    account: "Tên tài khoản hoặc số điện thoại",
    getCode: "Lấy mã",
    haveCode: "Tôi đã có mã",
    code: "Mã một lần",
    codeHint: (account: string) => `Nếu có tài khoản ${account}, mã đã được gửi đi.`,
    enter: "Vào",
    otherAccount: "Dùng tài khoản khác",
    faults: { account: "Hãy ghi tên tài khoản hoặc số điện thoại.", code: "Hãy ghi mã đã nhận." },
    enrolTitle: "Gắn máy này với bạn",
    enrolLead: "Máy sẽ tạo một khóa riêng. Lần sau chỉ cần vân tay hoặc mã mở máy.",
    enrol: "Tạo khóa trên máy này",
    enrolName: "Đặt tên cho máy",
    enrolNameHint: "Ví dụ: Điện thoại của tôi",
    noPasskeys: "Máy này chưa tạo được khóa. Hãy đăng nhập bằng mã một lần.",
  },
  settings: {
    title: "Cài đặt",
    language: "Ngôn ngữ",
    notices: "Báo tin",
    person: "Người đang dùng máy",
    nobody: "Chưa đăng nhập. Hồ sơ được giữ riêng trên máy này.",
    roles: {
      citizen: "Người dân",
      officer: "Cán bộ thôn, bản",
      clerk: "Cán bộ một cửa",
      specialist: "Chuyên viên",
      approver: "Lãnh đạo",
      administrator: "Quản trị",
      auditor: "Kiểm tra",
    },
    signIn: "Đăng nhập",
    signOut: "Đăng xuất",
    signOutHint: "Hồ sơ chờ gửi vẫn được gửi sau khi đăng xuất.",
    switchTo: (name: string) => `Chuyển sang ${name}`,
    citizen: "Người dùng không đăng nhập",
    space: "Chỗ chứa trên máy",
    used: (used: string, total: string) => `Đã dùng ${used} trên ${total}`,
    usedUnknown: "Trình duyệt không cho biết còn bao nhiêu chỗ.",
    kept: "Máy hứa giữ dữ liệu của ứng dụng, không tự xoá.",
    notKept:
      "Khi hết chỗ, máy có thể tự xoá dữ liệu. Hãy cài ứng dụng lên màn hình chính và gửi hồ sơ sớm.",
    about: "Về ứng dụng",
    version: (build: string) => `Bản ${build}`,
    checkUpdate: "Tải lại danh sách thủ tục",
    updated: "Danh sách thủ tục đã mới.",
  },
  kinds: {
    "dossier.submit": "Nộp hồ sơ",
    "supplement.answer": "Gửi phần bổ sung",
    "dossier.withdraw": "Xin rút hồ sơ",
  },
  events: {
    "dossier.submitted": "Hồ sơ đã đến nơi",
    "dossier.received": "Đã tiếp nhận, có số và ngày hẹn",
    "dossier.refused": "Không tiếp nhận",
    "dossier.supplement_requested": "Cần bổ sung",
    "dossier.supplemented": "Đã nhận phần bổ sung",
    "dossier.forwarded": "Đã chuyển cho chuyên viên",
    "dossier.proposed": "Đã trình lãnh đạo",
    "dossier.sent_back": "Lãnh đạo yêu cầu xem lại",
    "dossier.approved": "Lãnh đạo đã duyệt",
    "dossier.finished": "Đã có kết quả. Mời đến nhận",
    "dossier.returned": "Đã trả kết quả",
    "dossier.stopped": "Đã dừng giải quyết",
    "dossier.withdrawal_requested": "Đã xin rút hồ sơ",
    "dossier.pages_awaited": "Còn thiếu ảnh giấy tờ. Mở ở chỗ có sóng để gửi tiếp",
    "page.received": "Đã nhận ảnh giấy tờ",
  },
  otherEvent: "Hồ sơ có thay đổi",
  actors: {
    citizen: "Người nộp",
    applicant: "Người nộp",
    officer: "Người làm giúp",
    helper: "Người làm giúp",
    clerk: "Cán bộ một cửa",
    specialist: "Chuyên viên",
    approver: "Lãnh đạo",
    administrator: "Quản trị",
    device: "Máy của người nộp",
    system: "Hệ thống",
  },
  inbox: {
    title: "Tin báo",
    none: "Chưa có tin nào. Khi hồ sơ có thay đổi, tin sẽ hiện ở đây.",
    isNew: "Mới",
    markAll: "Đánh dấu đã đọc hết",
  },
  ...carryInVietnamese,
  ...controlsInVietnamese,
  ...lockInVietnamese,
  ...relayInVietnamese,
};
