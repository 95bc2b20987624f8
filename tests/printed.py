"""Lines of text → the bytes of a PDF that prints them: the least that the format asks for, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

LEADING, TEXT_SIZE = 14, 11


def pdf(*pages: Sequence[str], sizes: dict[str, int] | None = None) -> bytes:
    """A PDF of these pages. An empty line leaves room; `sizes` are the letters' sizes of lines that are no text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        content = _content(lines, sizes or {})
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _file(objects)


def _content(lines: Sequence[str], sizes: dict[str, int]) -> str:
    drawn = []
    for number, line in enumerate(lines):
        said = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        size = sizes.get(line, TEXT_SIZE)
        if said:
            drawn.append(f"BT /F1 {size} Tf 1 0 0 1 60 {780 - LEADING * number} Tm ({said}) Tj ET")
    return "\n".join(drawn)


def _file(objects: Sequence[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")
