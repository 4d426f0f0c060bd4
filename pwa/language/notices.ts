/**
 * The worker's words: what a notification says. A lock screen shows it to anyone, so it names the
 * dossier by its code and the step taken, never a person.
 */

interface Notice {
  title: string;
  body: string;
}

type Language = "vi" | "en";

const PLAIN: Record<Language, Notice> = {
  vi: { title: "Hồ sơ có tin mới", body: "Chạm để xem." },
  en: { title: "News about your dossier", body: "Tap to see it." },
};

const TITLE: Record<Language, (code: string) => string> = {
  vi: (code) => `Hồ sơ ${code}`,
  en: (code) => `Dossier ${code}`,
};

/** By event of the timeline (docs/contracts.md §5). */
const STEPS: Record<string, Record<Language, string>> = {
  "dossier.received": {
    vi: "Xã đã tiếp nhận. Chạm để xem ngày hẹn trả.",
    en: "The commune has received it. Tap to see when it is due.",
  },
  "dossier.refused": {
    vi: "Xã không tiếp nhận. Chạm để xem lý do.",
    en: "The commune did not accept it. Tap to see why.",
  },
  "dossier.supplement_requested": {
    vi: "Cần bổ sung. Chạm để xem và làm ngay.",
    en: "Something more is needed. Tap to see and answer.",
  },
  "dossier.pages_awaited": {
    vi: "Còn thiếu ảnh giấy tờ. Chạm để gửi tiếp.",
    en: "Pages are still missing. Tap to go on sending.",
  },
  "dossier.forwarded": {
    vi: "Đã chuyển cho cán bộ chuyên môn xem xét.",
    en: "It was passed on to be examined.",
  },
  "dossier.proposed": {
    vi: "Đã trình lãnh đạo duyệt.",
    en: "It was put forward for approval.",
  },
  "dossier.sent_back": {
    vi: "Đang được xem xét lại.",
    en: "It is being examined once more.",
  },
  "dossier.approved": {
    vi: "Đã được duyệt.",
    en: "It has been approved.",
  },
  "dossier.finished": {
    vi: "Đã có kết quả. Chạm để xem cách nhận.",
    en: "The result is ready. Tap to see how to get it.",
  },
  "dossier.returned": {
    vi: "Đã trả kết quả.",
    en: "The result was handed over.",
  },
  "dossier.stopped": {
    vi: "Đã dừng giải quyết. Chạm để xem lý do.",
    en: "Work on it has stopped. Tap to see why.",
  },
};

/** @param language code; anything but English reads Vietnamese */
export function notice(language: string | undefined, code?: string, event?: string): Notice {
  const spoken: Language = language === "en" ? "en" : "vi";
  const step = event === undefined ? undefined : STEPS[event];
  if (code === undefined || step === undefined) return PLAIN[spoken];
  return { title: TITLE[spoken](code), body: step[spoken] };
}
