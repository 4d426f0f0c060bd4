"""What is wrong or worth knowing about a form, with the place named.

The compiler goes on after a fault to find the others, so a person mends them in one go. A finding
from a spreadsheet names sheet and row; any other names the node and the part of its bind.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .details import in_vietnamese


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault (`error`) or remark (`warning`).

    `code` is stable, e.g. `node-unknown`; `place` a node path and facet, `survey row 12`, or a
    line of XML; `vi` and `en` the sentence; `languages` those a translation is missing in.
    """

    level: str
    code: str
    place: str
    vi: str
    en: str
    languages: tuple[str, ...] = ()


SENTENCES: dict[str, tuple[str, str]] = {
    "form-unreadable": ("Không đọc được biểu mẫu: {detail}.", "The form cannot be read: {detail}."),
    "form-too-large": (
        "Biểu mẫu quá lớn: {detail}. Hãy chia nhỏ biểu mẫu.",
        "The form is too large: {detail}. Split it.",
    ),
    "expression-malformed": (
        "Công thức “{expression}” sai cú pháp: {detail}.",
        "The expression “{expression}” cannot be read: {detail}.",
    ),
    "node-unknown": (
        "“{name}” không phải là câu hỏi nào của biểu mẫu (trong “{expression}”).",
        "“{name}” is no question of this form (in “{expression}”).",
    ),
    "function-unknown": (
        "Không có hàm “{name}” (trong “{expression}”).",
        "There is no function “{name}” (in “{expression}”).",
    ),
    "function-arity": (
        "Hàm “{name}” nhận {wanted} đối số, ở đây có {found} (trong “{expression}”).",
        "The function “{name}” takes {wanted} arguments, here it has {found} (in “{expression}”).",
    ),
    "function-argument": (
        "Hàm “{name}” không dùng được như trong “{expression}”: {detail}.",
        "The function “{name}” cannot be used as in “{expression}”: {detail}.",
    ),
    "variable-unknown": (
        "Không có biến “${name}” (trong “{expression}”).",
        "There is no variable “${name}” (in “{expression}”).",
    ),
    "pattern-invalid": (
        "Mẫu ký tự “{pattern}” không dùng được: {detail}.",
        "The pattern “{pattern}” cannot be used: {detail}.",
    ),
    "pattern-slow": (
        "Mẫu ký tự “{pattern}” có thể làm máy đứng lại: vòng lặp nằm trong vòng lặp, cùng một đoạn"
        " chữ khớp được nhiều cách. Hãy bỏ bớt một vòng, ví dụ viết “[a-z ]+” thay cho"
        " “([a-z]+ ?)+”.",
        "The pattern “{pattern}” may stop a phone: a loop in a loop fits the same letters in many"
        " ways. Leave one out, for example “[a-z ]+” instead of “([a-z]+ ?)+”.",
    ),
    "pattern-unbounded": (
        "Mẫu ký tự “{pattern}” dùng cách viết không giới hạn được thời gian. Hãy viết đơn giản hơn,"
        " hoặc tách thành nhiều điều kiện nối bằng “and”.",
        "The pattern “{pattern}” is written so that its time cannot be bounded. Write it more"
        " plainly, or as several conditions joined by “and”.",
    ),
    "pattern-short": (
        "Mẫu ký tự “{pattern}” dùng (?=…), \\b hoặc \\1: chữ dài hơn {length} ký tự bị coi là không"
        " khớp.",
        "The pattern “{pattern}” uses (?=…), \\b or \\1: text of more than {length} letters does"
        " not fit it.",
    ),
    "instance-unknown": (
        "Không có danh sách “{name}”. Hãy đính kèm tệp hoặc sửa tên.",
        "There is no list “{name}”. Attach its file or mend the name.",
    ),
    "instance-unreadable": (
        "Không đọc được danh sách “{name}”: {detail}.",
        "The list “{name}” cannot be read: {detail}.",
    ),
    "column-unknown": (
        "Danh sách “{instance}” không có cột “{name}”; có: {columns}.",
        "The list “{instance}” has no column “{name}”; it has: {columns}.",
    ),
    "dependency-cycle": (
        "Các câu hỏi phụ thuộc vòng tròn vào nhau: {names}.",
        "These questions depend on each other in a circle: {names}.",
    ),
    "control-unsupported": (
        "Chưa hỗ trợ “{name}”; câu này sẽ không hiện.",
        "“{name}” is not supported; it will not be shown.",
    ),
    "part-ignored": ("Bỏ qua “{name}”: {detail}.", "“{name}” is ignored: {detail}."),
    "media-missing": (
        "Không có tệp ảnh hay tiếng “{name}” bên biểu mẫu; câu hỏi sẽ không có nó.",
        "There is no picture or sound “{name}” beside the form; the question goes without.",
    ),
    "part-plain": (
        "Chưa có “{name}”; câu hỏi hiện như thường.",
        "“{name}” is not served; the question is shown plainly.",
    ),
    "type-unknown": (
        "Không biết kiểu “{name}”; coi là chữ.",
        "The type “{name}” is unknown; taken as text.",
    ),
    "text-missing": (
        "Không có lời nào mang tên “{name}”.",
        "There is no text named “{name}”.",
    ),
    "translation-missing": (
        "“{text}” chưa có bản dịch: {languages}.",
        "“{text}” is not translated into: {languages}.",
    ),
    "name-repeated": (
        "Tên “{name}” có hai lần ở cùng một chỗ; chỉ dùng cái đầu.",
        "The name “{name}” stands twice in one place; only the first counts.",
    ),
    "question-unreachable": (
        "Không câu trả lời nào dẫn đến “{text}”: điều kiện luôn sai.",
        "No answers lead to “{text}”: its condition is always false.",
    ),
    "choice-unoffered": (
        "Điều kiện cần “{text}” là “{value}”, nhưng câu đó không có lựa chọn này.",
        "The condition wants “{text}” to be “{value}”, a choice that question does not offer.",
    ),
    "spreadsheet-fault": ("{detail}", "{detail}"),
    "spreadsheet-remark": ("{detail}", "{detail}"),
}


class FormFault(Exception):
    """A form that cannot be published; `findings` says why, errors first."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = sorted(findings, key=lambda finding: finding.level)
        super().__init__("; ".join(f"{f.place}: {f.en}" for f in self.findings if is_error(f)))


def is_error(finding: Finding) -> bool:
    """Tell whether the finding forbids publishing."""
    return finding.level == "error"


@dataclass(slots=True)
class Findings:
    """Collects what a compilation finds."""

    found: list[Finding] = field(default_factory=list)

    def error(self, code: str, place: str, **facts: object) -> None:
        """Note a fault that forbids publishing."""
        self._note("error", code, place, facts)

    def warning(self, code: str, place: str, **facts: object) -> None:
        """Note something that an author should know."""
        self._note("warning", code, place, facts)

    def _note(self, level: str, code: str, place: str, facts: dict[str, object]) -> None:
        vi, en = SENTENCES[code]
        spoken = tuple(str(facts.get("languages", "")).split(", ")) if "languages" in facts else ()
        said = {**facts, "detail": in_vietnamese(str(facts.get("detail", "")))}
        finding = Finding(level, code, place, vi.format(**said), en.format(**facts), spoken)
        if finding not in self.found:
            self.found.append(finding)

    def stop_if_errors(self) -> None:
        """Raise FormFault when a fault has been noted."""
        if any(map(is_error, self.found)):
            raise FormFault(self.found)
