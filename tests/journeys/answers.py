"""What invented people answer: by the question as it stands on the screen.

A `Deed` does whatever its question needs, a `Day` is typed into three boxes, a `Path` is a photo to
attach, `SIGN` a name drawn on the screen; all else is typed, chosen or searched. A question that is
not named here is passed by: it is optional or the form has filled it in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator


@dataclass(frozen=True)
class Day:
    """A date."""

    value: date

    @property
    def boxes(self) -> tuple[str, str, str]:
        """Day, month, year as typed."""
        return (f"{self.value:%d}", f"{self.value:%m}", f"{self.value:%Y}")

    def __str__(self) -> str:
        return f"{self.value:%d/%m/%Y}"


@dataclass(frozen=True)
class Signature:
    """A name drawn with the finger."""


SIGN = Signature()
# Done to the screen itself, for what only one question needs.
Deed = Callable[[Locator], object]
Answer = str | Day | Path | Signature | Deed
Answers = Mapping[str, Answer]


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


BORN = Day(today() - timedelta(days=20))


def whole_birth(birth_notice: Path, marriage: Path, identity: Path) -> dict[str, Answer]:
    """A father registers his daughter: every part of the form, three photos and a signature."""
    return {
        "Bạn là gì của trẻ?": "Cha",
        "Họ và tên của bạn": "Giàng A Thử",
        "Bạn có biết đủ ngày, tháng, năm sinh của mình không?": "Biết đủ ngày, tháng, năm",
        "Ngày, tháng, năm sinh của bạn": Day(date(1990, 3, 15)),
        "Số định danh cá nhân của bạn": "010090000123",
        "Bạn dùng giấy tờ tùy thân nào?": "Thẻ căn cước công dân",
        "Giấy này được cấp ngày nào?": Day(date(2022, 8, 20)),
        "Cơ quan nào cấp giấy này?": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        "Chỗ ở của bạn thuộc loại nào?": "Thường trú",
        "Xã, phường nơi bạn ở": "Xã Bát Xát",
        "Thôn, bản, tổ, số nhà nơi bạn ở": "Thôn Ví Dụ",
        "Số điện thoại của bạn": "0912345678",
        "Trẻ thuộc trường hợp nào?": "Có đủ cha mẹ",
        "Họ và tên của trẻ": "Giàng Thị Thử",
        "Trẻ sinh ngày nào?": BORN,
        "Trẻ là con trai hay con gái?": "Nữ",
        "Dân tộc của trẻ": "Mông (Hmông)",
        "Trẻ sinh ở đâu?": "Bệnh viện, trạm y tế, nhà hộ sinh",
        "Tên bệnh viện, trạm y tế nơi trẻ sinh": "Trạm y tế xã Ví Dụ",
        "Trẻ sinh ở xã, phường nào?": "Xã Bát Xát",
        "Quê quán của trẻ": "xã Bát Xát, tỉnh Lào Cai",
        "Họ và tên của người mẹ": "Lò Thị Mẫu",
        "Bạn có biết đủ ngày, tháng, năm sinh của người mẹ không?": "Biết đủ ngày, tháng, năm",
        "Ngày, tháng, năm sinh của người mẹ": Day(date(1994, 9, 2)),
        "Số định danh cá nhân của người mẹ": "010194000456",
        "Người mẹ có giấy tờ tùy thân nào?": "Thẻ căn cước công dân",
        "Chỗ ở của người mẹ thuộc loại nào?": "Thường trú",
        "Người mẹ sống ở đâu?": "Cùng chỗ với người đi khai",
        "Dân tộc của người mẹ": "Mông (Hmông)",
        "Dân tộc của người cha": "Mông (Hmông)",
        "Cha mẹ có Giấy chứng nhận kết hôn không?": "Có",
        "Số của Giấy chứng nhận kết hôn": "12/2020",
        "Quyển số": "01/2020",
        "Giấy kết hôn cấp ngày nào?": Day(date(2020, 5, 20)),
        "Cơ quan đăng ký kết hôn": "Ủy ban nhân dân xã Ví Dụ",
        "Bạn có xin thêm bản sao Giấy khai sinh không?": "Có",
        "Xin mấy bản sao?": "2",
        "Trẻ có Giấy chứng sinh không?": "Có giấy",
        "Chụp Giấy chứng sinh": birth_notice,
        "Chụp Giấy chứng nhận kết hôn của cha mẹ": marriage,
        "Chụp mặt trước thẻ căn cước của bạn": identity,
        "Người yêu cầu ký tên": SIGN,
    }


def short_birth(name: str = "Lò Thị Mẫu", child: str = "Lò Văn Thử") -> dict[str, Answer]:
    """A mother alone registers her son; the birth notice came electronically, so no photo."""
    return {
        "Bạn là gì của trẻ?": "Mẹ",
        "Họ và tên của bạn": name,
        "Bạn có biết đủ ngày, tháng, năm sinh của mình không?": "Chỉ biết năm",
        "Năm sinh của bạn": "1994",
        "Số định danh cá nhân của bạn": "010194000456",
        "Bạn dùng giấy tờ tùy thân nào?": "Thẻ căn cước công dân",
        "Giấy này được cấp ngày nào?": Day(date(2022, 8, 20)),
        "Cơ quan nào cấp giấy này?": "Bộ Công an",
        "Xã, phường nơi bạn ở": "Xã Bát Xát",
        "Thôn, bản, tổ, số nhà nơi bạn ở": "Thôn Ví Dụ",
        "Trẻ thuộc trường hợp nào?": "Mẹ đơn thân / chưa xác định cha",
        "Họ và tên của trẻ": child,
        "Trẻ sinh ngày nào?": BORN,
        "Trẻ là con trai hay con gái?": "Nam",
        "Dân tộc của trẻ": "Thái",
        "Trẻ sinh ở đâu?": "Ở nhà",
        "Thôn, bản, số nhà nơi trẻ sinh": "Thôn Ví Dụ",
        "Trẻ sinh ở xã, phường nào?": "Xã Bát Xát",
        "Quê quán của trẻ": "xã Bát Xát, tỉnh Lào Cai",
        "Dân tộc của người mẹ": "Thái",
        "Bạn có xin thêm bản sao Giấy khai sinh không?": "Không",
        "Trẻ có Giấy chứng sinh không?": "Nơi sinh đã gửi bản điện tử",
        "Người yêu cầu ký tên": SIGN,
    }
