"""Codebooks from files, our own YAML, quanteda and LIWC dictionaries and plain tables, and those that come with clipbook."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from clipbook.captures.decode import encodable
from clipbook.corpus.own_tables import read_own_table
from clipbook.framing.codebook import (
    Codebook,
    CodebookError,
    FrameDraft,
    LineError,
    codebook_of_drafts,
    make_cue,
)
from clipbook.schema import TableError

Drafts = dict[str, FrameDraft]
Node = tuple[yaml.Node, int]  # what stands behind a name, and the line of the name


def read_liwc(path: Path) -> tuple[Drafts, dict[str, str]]:
    """Read a LIWC dictionary: categories between two lines of ``%``, then words with category numbers."""
    lines = enumerate(decoded(path).splitlines(), 1)
    filled = [(number, line.strip()) for number, line in lines if line.strip()]
    bars = [place for place, (_, line) in enumerate(filled) if line == "%"]
    if len(bars) < 2:
        listed = "a LIWC dictionary lists its categories between two lines that hold only %"
        raise LineError(1, f"{listed}; found {len(bars)}. Add them.")
    names: dict[str, str] = {}
    drafts: Drafts = {}
    for number, line in filled[bars[0] + 1 : bars[1]]:
        category, *rest = line.split(maxsplit=1)
        name = " ".join(rest)
        if not name or category in names or name in drafts:
            expected = f"expected a new number and a new category, found {line!r}"
            raise LineError(number, f"{expected}. Give each category its own number.")
        names[category] = name
        drafts[name] = FrameDraft(line=number)
    for number, line in filled[bars[1] + 1 :]:
        found = re.split(r"\t+", line)
        word, categories = (found[0], found[1:]) if len(found) > 1 else _split_at_number(line)
        unknown = [category for category in categories if category not in names]
        if not categories or unknown:
            fault = f"the unknown category {unknown[0]}" if unknown else "no category"
            raise LineError(number, f"{word!r} has {fault}. Use the numbers {', '.join(names)}.")
        for category in categories:
            drafts[names[category]].cues.append(make_cue(word, number))
    return drafts, {}


def read_csv(path: Path) -> tuple[Drafts, dict[str, str]]:
    """Read a table with the columns ``frame`` and ``cue``, one row a cue."""
    decoded(path)
    try:
        table = read_own_table(path).rename(columns=str.lower)
    except TableError as error:
        raise CodebookError(f"{error} Check the double quotes there.") from None
    if sorted(table.columns) != ["cue", "frame"]:
        found = ", ".join(table.columns) or "nothing"
        raise LineError(
            1, f"expected the columns frame and cue, found {found}. Make the first line frame,cue."
        )
    drafts: Drafts = {}
    for row, frame, cue in table[["frame", "cue"]].itertuples(name=None):
        if not (frame and cue):
            raise LineError(
                row, f"expected a frame and a cue, found {frame!r} and {cue!r}. Give both, and quote commas."
            )
        drafts.setdefault(frame, FrameDraft(line=row)).cues.append(make_cue(cue, row))
    return drafts, {}


def _split_at_number(line: str) -> tuple[str, list[str]]:
    """Split ``kind of  3 4`` where spaces stand in place of tabs."""
    words = line.split()
    first = next((i for i, word in enumerate(words) if word.isdigit() and i > 0), len(words))
    return " ".join(words[:first]), words[first:]


BOOK_KEYS = ("name", "title", "language", "source", "experimental", "frames")
FRAME_KEYS = ("title", "questions", "cues", "exclusions")
DEEPEST = 20


def read_yaml(path: Path) -> tuple[Drafts, dict[str, str]]:
    """Read clipbook's own format, or a quanteda dictionary when there is no ``frames`` key."""
    try:
        root = yaml.compose(decoded(path), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "nested too deeply"
        said = f"not valid YAML ({problem}). Check indentation, colons and quotes there."
        raise LineError(mark.line + 1 if mark else 0, said) from error
    if not isinstance(root, yaml.MappingNode):
        raise LineError(1, "expected `frames:` or a list of categories, found something else.")
    top = _pairs(root)
    return _own_yaml(top) if "frames" in top else (_quanteda(top), {})


def _own_yaml(top: dict[str, Node]) -> tuple[Drafts, dict[str, str]]:
    _only_keys(top, BOOK_KEYS, "the codebook")
    plain = {key: _scalar(node) for key, (node, _) in top.items() if key != "frames"}
    node, line = top["frames"]
    if not isinstance(node, yaml.MappingNode):
        raise LineError(line, "`frames` must hold named frames, each with its cues.")
    return {name: _own_frame(name, part, at) for name, (part, at) in _pairs(node).items()}, plain


def _own_frame(name: str, node: yaml.Node, line: int) -> FrameDraft:
    if not isinstance(node, yaml.MappingNode):
        raise LineError(line, f"frame {name!r} is empty. Give it `title`, `questions` and `cues`.")
    parts = _pairs(node)
    _only_keys(parts, FRAME_KEYS, f"frame {name!r}")
    title = _scalar(parts["title"][0]) if "title" in parts else ""
    questions = [text for text, _ in _strings(parts.get("questions"))]
    cues, exclusions = (
        [make_cue(text, at) for text, at in _strings(parts.get(key))] for key in ("cues", "exclusions")
    )
    return FrameDraft(line, title, questions, cues, exclusions)


def _quanteda(top: dict[str, Node]) -> Drafts:
    drafts: Drafts = {}

    def gather(name: str, node: yaml.Node, line: int, depth: int) -> None:
        if depth > DEEPEST:
            raise LineError(line, f"nested more than {DEEPEST} levels deep. Flatten it.")
        if isinstance(node, yaml.MappingNode):
            for key, (part, at) in _pairs(node).items():
                gather(f"{name}.{key}", part, at, depth + 1)
            return
        draft = drafts.setdefault(name, FrameDraft(line=line))
        for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            at = entry.start_mark.line + 1
            if isinstance(entry, yaml.MappingNode):
                gather(name, entry, at, depth)
            elif text := _scalar(entry):
                draft.cues.append(make_cue(text, at))
        if not draft.cues and any(other.startswith(f"{name}.") for other in drafts):
            del drafts[name]

    for name, (node, line) in top.items():
        gather(name, node, line, 0)
    return drafts


def _pairs(node: yaml.MappingNode) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for key, value in node.value:
        line, name = key.start_mark.line + 1, _scalar(key)
        if not name:
            raise LineError(line, "no name stands before the colon. Give it one.")
        if name in found:
            raise LineError(line, f"{name!r} stands twice (first in line {found[name][1]}). Merge the two.")
        found[name] = (value, line)
    return found


def _only_keys(found: dict[str, Node], known: Iterable[str], what: str) -> None:
    for key, (_, line) in found.items():
        if key not in known:
            raise LineError(line, f"unknown key {key!r} in {what}. Known are {', '.join(known)}.")


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        line = node.start_mark.line + 1
        raise LineError(line, "expected plain text, found a list or mapping. Put quotes around it.")
    return encodable(" ".join(str(node.value).split()))


def _strings(pair: Node | None) -> list[tuple[str, int]]:
    if pair is None:
        return []
    node, line = pair
    if not isinstance(node, yaml.SequenceNode):
        raise LineError(line, "expected a list, one entry a line, each after a dash.")
    return [(_scalar(entry), entry.start_mark.line + 1) for entry in node.value]


READERS = {".yaml": read_yaml, ".yml": read_yaml, ".dic": read_liwc, ".csv": read_csv}


def decoded(path: Path) -> str:
    """Text of a codebook file, which must be UTF-8 (a byte order mark is fine)."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LineError(line, "not UTF-8 text. Save the file with the encoding UTF-8.") from error


def _read(path: Path) -> Codebook:
    try:
        return codebook_of_drafts(path, *READERS[path.suffix.lower()](path))
    except LineError as fault:
        where = f"{path}, line {fault.line}" if fault.line else f"{path}"
        raise CodebookError(f"{where}: {fault}") from fault


MOST_BYTES = 4_000_000


def shipped_codebooks() -> tuple[str, ...]:
    """Names of the codebooks that come with clipbook.

    Examples
    --------
    >>> "generic" in shipped_codebooks()
    True
    """
    return tuple(sorted(path.stem for path in _shipped_folder().glob("*.yaml")))


def load_codebook(path_or_name: str | Path | Codebook) -> Codebook:
    """Read a codebook from a file, or one of those that come with clipbook by its name.

    Parameters
    ----------
    path_or_name : str or Path
        A name of `shipped_codebooks`, or a file: clipbook's own YAML, a quanteda dictionary
        (``.yaml``, ``.yml``), a LIWC dictionary (``.dic``), or a CSV with the columns
        ``frame`` and ``cue``.

    Returns
    -------
    Codebook
        That of a file has as ``edition`` the first eight digits of the file's SHA-256.

    Raises
    ------
    CodebookError
        If there is no such file, or anything in it is wrong; with file, line and remedy.

    Examples
    --------
    >>> load_codebook("generic").frame_names[0]
    'conflict'
    """
    if isinstance(path_or_name, Codebook):
        return path_or_name
    if str(path_or_name) in shipped_codebooks():
        return _shipped(str(path_or_name))
    path = Path(path_or_name)
    if not path.is_file() or path.suffix.lower() not in READERS:
        raise CodebookError(
            f"{path_or_name}: no codebook file with this name ends in {', '.join(READERS)}. "
            f"The codebooks that come with clipbook are {', '.join(shipped_codebooks())}."
        )
    if path.stat().st_size > MOST_BYTES:
        raise CodebookError(
            f"{path}: larger than {MOST_BYTES // 1_000_000} MB, which no codebook is. Check the file."
        )
    edition = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return replace(_read(path), edition=edition)


def _shipped_folder() -> Path:
    return Path(__file__).with_name("codebooks")


@lru_cache(maxsize=16)
def _shipped(name: str) -> Codebook:
    return _read(_shipped_folder() / f"{name}.yaml")
