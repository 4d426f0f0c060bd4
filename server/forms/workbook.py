"""A workbook from outside, judged before anything reads a cell.

An XLSX file is a ZIP archive: what it unpacks to is limited by size, parts and rows, and macros,
links to other workbooks and embedded objects are refused.
"""

from __future__ import annotations

import io
import zipfile

from .findings import Findings

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 200
FORBIDDEN = ("vbaProject", "externalLinks/", "embeddings/", "activeX/", "oleObject")
MAX_ROWS = 20_000


def check(content: bytes, name: str, findings: Findings) -> None:
    """Refuse what unpacks too large or carries more than cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                findings.error("form-too-large", name, detail="the workbook unpacks too large")
                return
            for part in parts:
                if any(mark in part.filename for mark in FORBIDDEN):
                    detail = f"macros, links and embedded objects are refused ({part.filename})"
                    findings.error("form-unreadable", name, detail=detail)
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            for part in sheets:
                if _count(archive, part, b"<row") > MAX_ROWS:
                    detail = f"more than {MAX_ROWS} rows"
                    findings.error("form-too-large", part.filename, detail=detail)
    except (zipfile.BadZipFile, OSError, RuntimeError) as fault:
        findings.error("form-unreadable", name, detail=f"not an XLSX workbook: {fault}")


def _count(archive: zipfile.ZipFile, part: zipfile.ZipInfo, mark: bytes) -> int:
    """Count a mark in a part of an archive, never holding more than a piece of it."""
    found, tail, read = 0, b"", 0
    with archive.open(part) as stream:
        while piece := stream.read(1 << 20):
            read += len(piece)
            if read > MAX_UNPACKED:
                return MAX_ROWS + 1
            text = tail + piece
            found += text.count(mark)
            tail = text[-len(mark) + 1 :]
    return found
