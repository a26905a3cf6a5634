"""Codebooks as plain lists: LIWC dictionaries and two-column CSV."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from clipbook.framing.codebook import Codebook, CodebookError, make_cue
from clipbook.framing.codebook_checks import FrameDraft, codebook_of_drafts


def read_liwc(path: Path, text: str) -> Codebook:
    """Read a LIWC dictionary: categories between two lines of ``%``, then words with category numbers."""
    lines = text.splitlines()
    bars = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(bars) < 2:
        raise CodebookError(
            f"{path}, line 1: a LIWC dictionary lists its categories between two lines that hold "
            f"only %; found {len(bars)}. Add them."
        )
    names: dict[str, str] = {}
    drafts: dict[str, FrameDraft] = {}
    for i in range(bars[0] + 1, bars[1]):
        if not lines[i].strip():
            continue
        number, *rest = lines[i].split(maxsplit=1)
        name = " ".join(rest).strip()
        if not name or number in names or name in drafts:
            raise CodebookError(
                f"{path}, line {i + 1}: expected a new number and a new category, found "
                f"{lines[i].strip()!r}. Give each category its own number."
            )
        names[number] = name
        drafts[name] = FrameDraft(line=i + 1)
    for i in range(bars[1] + 1, len(lines)):
        if not lines[i].strip():
            continue
        where = f"{path}, line {i + 1}"
        found = re.split(r"\t+", lines[i].strip())
        word, numbers = (found[0], found[1:]) if len(found) > 1 else _split_at_number(lines[i])
        unknown = [number for number in numbers if number not in names]
        if not numbers or unknown:
            fault = f"the unknown category {unknown[0]}" if unknown else "no category"
            raise CodebookError(f"{where}: {word!r} has {fault}. Use the numbers {', '.join(names)}.")
        for number in numbers:
            drafts[names[number]].cues.append(make_cue(word, where, i + 1))
    return codebook_of_drafts(path, drafts)


def read_csv(path: Path, text: str) -> Codebook:
    """Read a table with the columns ``frame`` and ``cue``, one row a cue."""
    rows = csv.reader(io.StringIO(text, newline=None))
    try:
        return _from_rows(path, rows)
    except csv.Error as error:
        raise CodebookError(
            f"{path}, line {rows.line_num}: not a table ({error}). Check the double quotes there."
        ) from None


def _from_rows(path: Path, rows: Any) -> Codebook:
    header = [cell.strip().lower() for cell in next(rows, [])]
    if sorted(header) != ["cue", "frame"]:
        raise CodebookError(
            f"{path}, line 1: expected the columns frame and cue, found {', '.join(header) or 'nothing'}. "
            "Make the first line frame,cue."
        )
    drafts: dict[str, FrameDraft] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"{path}, line {rows.line_num}"
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise CodebookError(
                f"{where}: expected a frame and a cue, found {row}. Give both, and quote commas."
            )
        cells = dict(zip(header, row, strict=True))
        draft = drafts.setdefault(cells["frame"].strip(), FrameDraft(line=rows.line_num))
        draft.cues.append(make_cue(cells["cue"], where, rows.line_num))
    return codebook_of_drafts(path, drafts)


def _split_at_number(line: str) -> tuple[str, list[str]]:
    """Split ``kind of  3 4`` where spaces stand in place of tabs."""
    words = line.split()
    first = next((i for i, word in enumerate(words) if word.isdigit() and i > 0), len(words))
    return " ".join(words[:first]), words[first:]
