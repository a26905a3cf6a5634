"""The file formats of codebooks: clipbook YAML, quanteda YAML, LIWC ``.dic``, two-column CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from clipbook.framing.codebook import Codebook, CodebookError, Cue, Frame, make_cue

BOOK_KEYS = ("name", "title", "language", "source", "experimental", "frames")
FRAME_KEYS = ("title", "questions", "cues", "exclusions")
DEEPEST = 20


@dataclass(slots=True)
class _Draft:
    """A frame while its file is being read."""

    line: int
    title: str = ""
    questions: list[str] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    exclusions: list[Cue] = field(default_factory=list)


def decoded(path: Path) -> str:
    """Text of a codebook file, which must be UTF-8 (a byte order mark is fine)."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CodebookError(
            f"{path}, line {line}: not UTF-8 text. Save the file with the encoding UTF-8."
        ) from error


def read_yaml(path: Path, text: str) -> Codebook:
    """Read clipbook's own format, or a quanteda dictionary when there is no ``frames`` key."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "nested too deeply"
        raise CodebookError(
            f"{where}: not valid YAML ({problem}). Check indentation, colons and quotes there."
        ) from error
    if not isinstance(root, yaml.MappingNode):
        raise CodebookError(
            f"{path}, line 1: expected `frames:` or a list of categories, found something else."
        )
    top = _pairs(root, path)
    return _own_yaml(path, top) if "frames" in top else _quanteda(path, top)


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
    drafts: dict[str, _Draft] = {}
    for i in range(bars[0] + 1, bars[1]):
        number, _, name = lines[i].strip().partition("\t")
        if not number:
            continue
        number, name = (number, name.strip()) if name else (lines[i].split(maxsplit=1) + [""])[:2]
        if not name.strip() or number in names:
            raise CodebookError(
                f"{path}, line {i + 1}: expected a new number and a category, found {lines[i].strip()!r}."
            )
        names[number] = name.strip()
        drafts[name.strip()] = _Draft(line=i + 1)
    for i in range(bars[1] + 1, len(lines)):
        if not lines[i].strip():
            continue
        where = f"{path}, line {i + 1}"
        found = re.split(r"\t+", lines[i].strip())
        word, numbers = (found[0], found[1:]) if len(found) > 1 else _split_at_number(lines[i])
        unknown = [number for number in numbers if number not in names]
        if not numbers or unknown:
            raise CodebookError(
                f"{where}: {word!r} has {'no category' if not numbers else 'the unknown category ' + unknown[0]}. "
                f"Use the numbers of the list above: {', '.join(names)}."
            )
        for number in numbers:
            drafts[names[number]].cues.append(make_cue(word, where, i + 1))
    return _assembled(path, drafts)


def read_csv(path: Path, text: str) -> Codebook:
    """Read a table with the columns ``frame`` and ``cue``, one row a cue."""
    rows = csv.reader(io.StringIO(text))
    header = [cell.strip().lower() for cell in next(rows, [])]
    if sorted(header) != ["cue", "frame"]:
        raise CodebookError(
            f"{path}, line 1: expected the two columns frame and cue, found {', '.join(header) or 'nothing'}. "
            "Make the first line frame,cue."
        )
    drafts: dict[str, _Draft] = {}
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"{path}, line {rows.line_num}"
        if len(row) != 2 or not all(cell.strip() for cell in row):
            raise CodebookError(
                f"{where}: expected a frame and a cue, found {row}. Give both, and quote commas."
            )
        cells = dict(zip(header, row, strict=True))
        draft = drafts.setdefault(cells["frame"].strip(), _Draft(line=rows.line_num))
        draft.cues.append(make_cue(cells["cue"], where, rows.line_num))
    return _assembled(path, drafts)


def _own_yaml(path: Path, top: dict[str, tuple[yaml.Node, int]]) -> Codebook:
    _only_keys(top, BOOK_KEYS, f"{path}", "the codebook")
    plain = {key: _scalar(node, path) for key, (node, _) in top.items() if key != "frames"}
    node, line = top["frames"]
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(f"{path}, line {line}: `frames` must hold named frames, each with its cues.")
    drafts = {name: _own_frame(path, name, part, at) for name, (part, at) in _pairs(node, path).items()}
    return _assembled(path, drafts, **plain)


def _own_frame(path: Path, name: str, node: yaml.Node, line: int) -> _Draft:
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(
            f"{path}, line {line}: frame {name!r} is empty. Give it `title`, `questions` and `cues`."
        )
    parts = _pairs(node, path)
    _only_keys(parts, FRAME_KEYS, str(path), f"frame {name!r}")
    draft = _Draft(line=line)
    if "title" in parts:
        draft.title = _scalar(parts["title"][0], path)
    draft.questions = [text for text, _ in _strings(parts.get("questions"), path)]
    for key, into in (("cues", draft.cues), ("exclusions", draft.exclusions)):
        for text, at in _strings(parts.get(key), path):
            into.append(make_cue(text, f"{path}, line {at}", at))
    return draft


def _quanteda(path: Path, top: dict[str, tuple[yaml.Node, int]]) -> Codebook:
    drafts: dict[str, _Draft] = {}

    def gather(name: str, node: yaml.Node, line: int, depth: int) -> None:
        if depth > DEEPEST:
            raise CodebookError(f"{path}, line {line}: nested more than {DEEPEST} levels deep. Flatten it.")
        if isinstance(node, yaml.MappingNode):
            for key, (part, at) in _pairs(node, path).items():
                gather(f"{name}.{key}", part, at, depth + 1)
            return
        draft = drafts.setdefault(name, _Draft(line=line))
        entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for entry in entries:
            at = entry.start_mark.line + 1
            if isinstance(entry, yaml.MappingNode):
                for key, (part, below) in _pairs(entry, path).items():
                    gather(f"{name}.{key}", part, below, depth + 1)
            elif text := _scalar(entry, path):
                draft.cues.append(make_cue(text, f"{path}, line {at}", at))
        if not draft.cues and any(other.startswith(f"{name}.") for other in drafts):
            del drafts[name]

    for name, (node, line) in top.items():
        gather(name, node, line, 0)
    return _assembled(path, drafts)


def _assembled(path: Path, drafts: dict[str, _Draft], **plain: str) -> Codebook:
    """Check what all formats share and build the codebook."""
    if not drafts:
        raise CodebookError(f"{path}, line 1: no frame found. A codebook needs at least one frame with cues.")
    frames = []
    for name, draft in drafts.items():
        if not draft.cues:
            raise CodebookError(
                f"{path}, line {draft.line}: frame {name!r} has no cue. Add cues or remove it."
            )
        _no_duplicates(path, name, draft)
        title = draft.title or name.replace("_", " ").strip().capitalize()
        frames.append(Frame(name, title, tuple(draft.questions), tuple(draft.cues), tuple(draft.exclusions)))
    return Codebook(
        name=plain.get("name") or path.stem,
        title=plain.get("title") or path.stem,
        source=plain.get("source", ""),
        frames=tuple(frames),
        language=plain.get("language", ""),
        experimental=plain.get("experimental", ""),
        path=path.name,
    )


def _no_duplicates(path: Path, name: str, draft: _Draft) -> None:
    seen: dict[tuple[str, ...], Cue] = {}
    for cue in [*draft.cues, *draft.exclusions]:
        first = seen.setdefault(cue.parts, cue)
        if first is not cue:
            raise CodebookError(
                f"{path}, line {cue.line}: {cue.pattern!r} stands twice in frame {name!r} "
                f"(first in line {first.line}). Remove one of them."
            )


def _pairs(node: yaml.MappingNode, path: Path) -> dict[str, tuple[yaml.Node, int]]:
    found: dict[str, tuple[yaml.Node, int]] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = _scalar(key, path)
        if name in found:
            raise CodebookError(
                f"{path}, line {line}: {name!r} stands twice (first in line {found[name][1]}). Merge the two."
            )
        found[name] = (value, line)
    return found


def _only_keys(found: dict[str, tuple[yaml.Node, int]], known: Iterable[str], path: str, what: str) -> None:
    for key, (_, line) in found.items():
        if key not in known:
            raise CodebookError(
                f"{path}, line {line}: unknown key {key!r} in {what}. Known are {', '.join(known)}."
            )


def _scalar(node: yaml.Node, path: Path) -> str:
    if not isinstance(node, yaml.ScalarNode):
        line = node.start_mark.line + 1
        raise CodebookError(f"{path}, line {line}: expected plain text, found a list or mapping.")
    return " ".join(str(node.value).split())


def _strings(pair: tuple[yaml.Node, int] | None, path: Path) -> list[tuple[str, int]]:
    if pair is None:
        return []
    node, line = pair
    if not isinstance(node, yaml.SequenceNode):
        raise CodebookError(f"{path}, line {line}: expected a list, one entry a line, each after a dash.")
    return [(_scalar(entry, path), entry.start_mark.line + 1) for entry in node.value]


def _split_at_number(line: str) -> tuple[str, list[str]]:
    """Split ``kind of  3 4`` where spaces stand in place of tabs."""
    words = line.split()
    first = next((i for i, word in enumerate(words) if word.isdigit() and i > 0), len(words))
    return " ".join(words[:first]), words[first:]
