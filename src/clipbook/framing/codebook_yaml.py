"""Codebooks in YAML: clipbook's own format, and quanteda dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from clipbook.captures.decode import encodable
from clipbook.framing.codebook import Codebook, CodebookError, make_cue
from clipbook.framing.codebook_checks import FrameDraft, codebook_of_drafts

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
