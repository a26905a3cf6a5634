"""Records of JSON: one a line, one after the other, a list of them, or what a news service answers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, Any

from clipbook.captures.decode import decode
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.rows import Record, holds_articles, roles_of, table_captures
from clipbook.captures.source import Source
from clipbook.records import Capture

_NO_OBJECTS = "The file is not a JSON object, nor a list of objects."
_WITHIN = 4  # objects around the list of articles
_DEEPEST = 60  # objects and lists inside one another in one record
_NAMES = (
    "name", "title", "displayName", "full_name", "fullName", "main", "rendered", "original", "text", "value", "#text", "$date",
    "$numberLong", "uri", "id",
)  # fmt: skip
_WRAPPERS = (
    "_source", "fields", "article", "attributes", "document", "doc", "metadata", "meta", "data", "properties",
)  # fmt: skip


class _Failure(str):
    """Why a record cannot be read, where a record is expected."""

    __slots__ = ()


def read_json(source: Source, limits: Limits) -> Iterator[Capture]:
    """Read JSON in any of its forms; a file larger than a page may be is read line by line, one object a line."""
    if source.size() > limits.page_bytes:
        with source.open() as stream:
            yield from read_lines(source, stream, limits)
        return
    text, notes = decode(source.read(limits))
    first = next(filter(None, (line.strip() for line in io.StringIO(text))), "")
    values = _by_line(io.StringIO(text)) if _is_object(first) and text.count("\n") else _one_after_other(text)
    yield from table_captures(source, None, _records(values), limits, form="jsonl", notes=notes)


def read_lines(source: Source, stream: IO[bytes], limits: Limits) -> Iterator[Capture]:
    """Read one JSON object a line from a stream of any length, each line decoded by itself."""
    records = _records(_by_line(_decoded(stream, limits)))
    yield from table_captures(source, None, records, limits, form="jsonl")


def _decoded(stream: IO[bytes], limits: Limits) -> Iterator[str]:
    while line := stream.readline(limits.page_bytes + 1):
        if len(line) > limits.page_bytes:
            raise beyond("A line of the file is too long, in bytes", len(line), limits, "page_bytes")
        yield decode(line)[0] if line.strip() else ""


def _is_object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except RecursionError:
        return True
    except ValueError:
        return False


def _by_line(lines: Iterable[str]) -> Iterator[Any]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except RecursionError:
            yield _Failure(f"Line {number} is nested too deeply to be read.")
        except ValueError as error:
            yield _Failure(f"Line {number} is no JSON object ({error}); each object needs a line of its own.")
        else:
            yield value if isinstance(value, dict) else _Failure(f"Line {number} is not a JSON object.")


def _one_after_other(text: str) -> Iterator[Any]:
    """Read values that follow each other over any number of lines."""
    decoder = json.JSONDecoder()
    place = 0
    while (place := _next_value(text, place)) < len(text):
        try:
            value, place = decoder.raw_decode(text, place)
        except RecursionError:
            raise UnreadableError("The JSON is nested too deeply to be read.") from None
        except ValueError as error:
            raise UnreadableError(
                f"The JSON is damaged ({error}); write one object a line, or one list of objects."
            ) from None
        yield from _articles(value)


def _next_value(text: str, place: int) -> int:
    while place < len(text) and text[place] in " \t\r\n,":
        place += 1
    return place


def _articles(value: Any) -> list[Any]:
    """Find the list of articles in what a service or a tool wrote: the value, or the fullest list within it."""
    if not isinstance(value, dict | list):
        raise UnreadableError(_NO_OBJECTS)
    if isinstance(value, dict) and (rows := _by_column(value)):
        return rows
    if isinstance(value, dict) and _has_text(value):
        return [value]
    best: list[Any] = value if isinstance(value, list) else []
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        inside = list(item.values()) if isinstance(item, dict) else item
        if _texts(inside) > _texts(best):
            best = inside
        if isinstance(item, dict) and depth < _WITHIN:
            waiting.extend((part, depth + 1) for part in inside if isinstance(part, dict | list))
    best = best or [value]
    if not any(isinstance(item, dict) for item in best):
        raise UnreadableError(_NO_OBJECTS)
    return best


def _by_column(value: dict[str, Any]) -> list[Any]:
    """Rows of a table that was written column by column; none of anything else."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    columns = [list(cells.values()) if isinstance(cells, dict) else cells for cells in value.values()]
    alike = all(isinstance(cells, list) and len(cells) == len(columns[0]) for cells in columns)
    if len(columns) < 2 or not alike or "headline" not in roles_of(value) or not _has_text(value):
        return []
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]


def _texts(values: list[Any]) -> int:
    return sum(isinstance(item, dict) and _has_text(item) for item in values)


def _has_text(item: dict[str, Any]) -> bool:
    return holds_articles([name for name, _ in _pairs(item)])


def _pairs(item: dict[str, Any]) -> list[tuple[str, Any]]:
    """The object's members, and behind them those of objects that only wrap them."""
    wrapped = {name: item[name] for name in _WRAPPERS if isinstance(item.get(name), dict)}
    own = ((name, value) for name, value in item.items() if name not in wrapped)
    return [(str(name), value) for name, value in chain(own, *(inner.items() for inner in wrapped.values()))]


def _records(values: Iterable[Any]) -> Iterator[Record | str]:
    for value in values:
        if isinstance(value, dict):
            yield _record(value)
        else:
            yield value if isinstance(value, _Failure) else "The list holds something else than objects."


def _record(item: dict[str, Any]) -> Record | str:
    try:
        pairs = _pairs(item)
        texts = roles_of(name for name, _ in pairs).get("text", [])
        return [(name, _cell(value, "\n\n" if name in texts else "; ")) for name, value in pairs]
    except RecursionError:
        return "The record is nested too deeply to be read."


def _cell(value: Any, between: str = "; ", depth: int = 0) -> str:
    """Give a member's value as a cell: lists joined, objects by their name, NaN empty."""
    if depth > _DEEPEST:
        raise RecursionError
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, list):
        return between.join(filter(None, (_cell(part, between, depth + 1) for part in value)))
    if isinstance(value, dict):
        named = next((value[name] for name in _NAMES if value.get(name)), None)
        return _cell(named, between, depth + 1) if named is not None else ""
    return str(value)
