/**
 * Why something did not work and what to do, by the code the data side, the server's problem
 * catalogue or the camera gives. Vietnamese. A code without words here gets `otherReason`, with the
 * code beside it so that a person on the telephone can name it.
 */
export const reasonsInVietnamese = {
  reasons: {
    "network-unreachable": "Chưa có mạng. Máy tự gửi khi có sóng.",
    "storage-full": "Máy hết chỗ chứa. Hãy xoá bớt ảnh, video khác trên máy rồi thử lại.",
  } as Record<string, string>,
  otherReason: (code: string) => `Chưa làm được. Hãy thử lại, hoặc đọc mã này cho cán bộ xã: ${code}.`,
};
