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
    codebook_of_drafts,
    decoded,
    make_cue,
)
from clipbook.schema import TableError


def read_liwc(path: Path, text: str) -> Codebook:
    """Read a LIWC dictionary: categories between two lines of ``%``, then words with category numbers."""
    filled = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    bars = [place for place, (_, line) in enumerate(filled) if line == "%"]
    if len(bars) < 2:
        raise CodebookError(
            f"{path}, line 1: a LIWC dictionary lists its categories between two lines that hold "
            f"only %; found {len(bars)}. Add them."
        )
    names: dict[str, str] = {}
    drafts: dict[str, FrameDraft] = {}
    for number, line in filled[bars[0] + 1 : bars[1]]:
        category, *rest = line.split(maxsplit=1)
        name = " ".join(rest)
        if not name or category in names or name in drafts:
            raise CodebookError(
                f"{path}, line {number}: expected a new number and a new category, found {line!r}. Give each category "
                "its own number."
            )
        names[category] = name
        drafts[name] = FrameDraft(line=number)
    for number, line in filled[bars[1] + 1 :]:
        found = re.split(r"\t+", line)
        word, categories = (found[0], found[1:]) if len(found) > 1 else _split_at_number(line)
        unknown = [category for category in categories if category not in names]
        if not categories or unknown:
            fault = f"the unknown category {unknown[0]}" if unknown else "no category"
            raise CodebookError(
                f"{path}, line {number}: {word!r} has {fault}. Use the numbers {', '.join(names)}."
            )
        for category in categories:
            drafts[names[category]].cues.append(make_cue(word, f"{path}, line {number}", number))
    return codebook_of_drafts(path, drafts)


def read_csv(path: Path, _: str) -> Codebook:
    """Read a table with the columns ``frame`` and ``cue``, one row a cue."""
    try:
        table = read_own_table(path).rename(columns=str.lower)
    except TableError as error:
        raise CodebookError(f"{error} Check the double quotes there.") from None
    if sorted(table.columns) != ["cue", "frame"]:
        raise CodebookError(
            f"{path}, line 1: expected the columns frame and cue, found {', '.join(table.columns) or 'nothing'}. "
            "Make the first line frame,cue."
        )
    drafts: dict[str, FrameDraft] = {}
    for row, frame, cue in table[["frame", "cue"]].itertuples(name=None):
        where = f"{path}, line {row}"
        if not (frame and cue):
            raise CodebookError(
                f"{where}: expected a frame and a cue, found {frame!r} and {cue!r}. Give both, and quote commas."
            )
        drafts.setdefault(frame, FrameDraft(line=row)).cues.append(make_cue(cue, where, row))
    return codebook_of_drafts(path, drafts)


def _split_at_number(line: str) -> tuple[str, list[str]]:
    """Split ``kind of  3 4`` where spaces stand in place of tabs."""
    words = line.split()
    first = next((i for i, word in enumerate(words) if word.isdigit() and i > 0), len(words))
    return " ".join(words[:first]), words[first:]


BOOK_KEYS = ("name", "title", "language", "source", "experimental", "frames")
FRAME_KEYS = ("title", "questions", "cues", "exclusions")
DEEPEST = 20


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


def _own_yaml(path: Path, top: dict[str, tuple[yaml.Node, int]]) -> Codebook:
    _only_keys(top, BOOK_KEYS, f"{path}", "the codebook")
    plain = {key: _scalar(node, path) for key, (node, _) in top.items() if key != "frames"}
    node, line = top["frames"]
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(f"{path}, line {line}: `frames` must hold named frames, each with its cues.")
    drafts = {name: _own_frame(path, name, part, at) for name, (part, at) in _pairs(node, path).items()}
    return codebook_of_drafts(path, drafts, **plain)


def _own_frame(path: Path, name: str, node: yaml.Node, line: int) -> FrameDraft:
    if not isinstance(node, yaml.MappingNode):
        raise CodebookError(
            f"{path}, line {line}: frame {name!r} is empty. Give it `title`, `questions` and `cues`."
        )
    parts = _pairs(node, path)
    _only_keys(parts, FRAME_KEYS, str(path), f"frame {name!r}")
    draft = FrameDraft(line=line)
    if "title" in parts:
        draft.title = _scalar(parts["title"][0], path)
    draft.questions = [text for text, _ in _strings(parts.get("questions"), path)]
    for key, into in (("cues", draft.cues), ("exclusions", draft.exclusions)):
        for text, at in _strings(parts.get(key), path):
            into.append(make_cue(text, f"{path}, line {at}", at))
    return draft


def _quanteda(path: Path, top: dict[str, tuple[yaml.Node, int]]) -> Codebook:
    drafts: dict[str, FrameDraft] = {}

    def gather(name: str, node: yaml.Node, line: int, depth: int) -> None:
        if depth > DEEPEST:
            raise CodebookError(f"{path}, line {line}: nested more than {DEEPEST} levels deep. Flatten it.")
        if isinstance(node, yaml.MappingNode):
            for key, (part, at) in _pairs(node, path).items():
                gather(f"{name}.{key}", part, at, depth + 1)
            return
        draft = drafts.setdefault(name, FrameDraft(line=line))
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
    return codebook_of_drafts(path, drafts)


def _pairs(node: yaml.MappingNode, path: Path) -> dict[str, tuple[yaml.Node, int]]:
    found: dict[str, tuple[yaml.Node, int]] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        name = _scalar(key, path)
        if not name:
            raise CodebookError(f"{path}, line {line}: no name stands before the colon. Give it one.")
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
        raise CodebookError(
            f"{path}, line {line}: expected plain text, found a list or mapping. Put quotes around it."
        )
    return encodable(" ".join(str(node.value).split()))


def _strings(pair: tuple[yaml.Node, int] | None, path: Path) -> list[tuple[str, int]]:
    if pair is None:
        return []
    node, line = pair
    if not isinstance(node, yaml.SequenceNode):
        raise CodebookError(f"{path}, line {line}: expected a list, one entry a line, each after a dash.")
    return [(_scalar(entry, path), entry.start_mark.line + 1) for entry in node.value]


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
    readers = {".yaml": read_yaml, ".yml": read_yaml, ".dic": read_liwc, ".csv": read_csv}
    reader = readers.get(path.suffix.lower())
    if not path.is_file() or reader is None:
        raise CodebookError(
            f"{path_or_name}: no codebook file with this name ends in {', '.join(readers)}. "
            f"The codebooks that come with clipbook are {', '.join(shipped_codebooks())}."
        )
    if path.stat().st_size > MOST_BYTES:
        raise CodebookError(
            f"{path}: larger than {MOST_BYTES // 1_000_000} MB, which no codebook is. Check the file."
        )
    edition = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return replace(reader(path, decoded(path)), edition=edition)


def _shipped_folder() -> Path:
    return Path(__file__).with_name("codebooks")


@lru_cache(maxsize=16)
def _shipped(name: str) -> Codebook:
    path = _shipped_folder() / f"{name}.yaml"
    return read_yaml(path, decoded(path))
