/** Why a picture or file cannot be taken in, by code, and what to say of a code without words. Vietnamese. */
export const fileReasons: Record<string, string> = {
  "image-not-recognised": "Tệp này không phải ảnh. Hãy chọn ảnh khác.",
  "image-unreadable": "Máy không mở được ảnh này. Hãy chụp lại.",
  "image-too-heavy": "Ảnh nặng quá, máy không thu nhỏ được. Hãy chụp lại với cỡ nhỏ hơn.",
  "file-too-large": "Tệp lớn quá 8 MB. Hãy chọn tệp nhỏ hơn hoặc quay ngắn hơn.",
  "file-not-accepted": "Không nhận loại tệp này. Hãy dùng PDF, ảnh, ghi âm hoặc video.",
};

export const otherReasonInVietnamese = {
  otherReason: (code: string) =>
    `Chưa làm được. Hãy thử lại, hoặc đọc mã này cho cán bộ xã: ${code}.`,
};
