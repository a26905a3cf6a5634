"""Where the lines of a PDF's pages stand: which are furniture, which make one paragraph, which are the headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from clipbook.shipped import shipped

_DIGITS = re.compile(r"\d+")
_PRINTED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:\s*[AP]M)?\b.*")
_ADDRESS = re.compile(r"(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?")
_PAGE_NUMBER = re.compile(r"(?:page |seite |página )?\d{1,4}(?:\s*(?:of|von|de|/)\s*\d{1,4})?", re.I)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]{0,3}$")
_EDGE = 2  # lines at the head and foot of a page that may be furniture
_FULL = 0.8  # share of the usual line length from which a line ran on to the next
_SHORT = 0.6  # and below which it stands alone
_HALF = 0.5  # and below which it does so even without a wider distance
_APART = 1.3  # times the usual distance of lines from which a paragraph begins
_FEW = 3  # distances from which the usual one is told
_SET = 1.35  # times their size by which lines stand apart where there are fewer
_INDENT = 5.0  # points
_HEADLINE = 2.0  # times its size by which the lines of a headline may stand apart
_LARGE = 1.25  # times the size of most letters from which a line may be a headline

_WORDS = shipped("captures/words.toml")
_COMPOUND_FIRSTS = frozenset(_WORDS["compound_firsts"].split())
_COMPOUND_SECONDS = frozenset(_WORDS["compound_seconds"].split())


class Placed(NamedTuple):
    """A line of a page, in points from its lower left corner; size 0 where its place is not known."""

    text: str
    page: int = 0
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    end: float = 0.0  # where its last piece begins


def furniture(pages: Sequence[Sequence[Placed]]) -> set[Placed]:
    """Find lines that most pages have at one place, numbers aside, and what a browser prints around a page."""
    keyed = [[(line, _key(line, place, len(page))) for place, line in enumerate(page)] for page in pages]
    counts = Counter(key for page in keyed for key in {key for _, key in page if key})
    least = max(2, 0.6 * len(pages))
    repeated = {line for page in keyed for line, key in page if counts[key] >= least}
    for page in pages:
        printed = [line for line in page if _PRINTED.fullmatch(line.text)]
        addresses = [line for line in page if _ADDRESS.fullmatch(line.text)]
        if printed and addresses:
            repeated.update(printed, addresses)
    return repeated


def _key(line: Placed, place: int, count: int) -> tuple[object, ...]:
    """Tell a line by its place and its first words, which stay when a bar has more on one page than on another."""
    shape = _DIGITS.sub("0", line.text)
    if line.size:
        return round(line.x / 3), round(line.y / 3), shape[:12]
    return (shape,) if place < _EDGE or place >= count - _EDGE else ()


def headline(pages: Sequence[Sequence[Placed]]) -> str:
    """Give the lines of the first page that are set much larger than its text; "" where none or several are."""
    usual = _usual_size(pages)
    if not usual:
        return ""
    blocks: list[list[Placed]] = []
    for line in pages[0]:
        if line.size < _LARGE * usual:
            continue
        above = blocks[-1][-1] if blocks else None
        if above and abs(above.size - line.size) < 1 and 0 < above.y - line.y < _HEADLINE * line.size:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    texts = [(block[0].size, " ".join(line.text for line in block)) for block in blocks]
    fitting = [(size, text) for size, text in texts if 4 <= len(text.split()) <= 40]
    largest = [text for size, text in fitting if size > max(size for size, _ in fitting) - 1]
    return largest[0] if len(largest) == 1 else ""


def _usual_size(pages: Sequence[Sequence[Placed]]) -> float:
    """The size of most letters; 0 where places are not known."""
    sizes: Counter[int] = Counter()
    for line in (line for page in pages for line in page):
        sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def paragraphs(pages: Iterable[Sequence[Placed]]) -> list[str]:
    """Put the lines of the pages together as paragraphs.

    Where lines have places, a paragraph ends at a wider distance, another size, an indented line or another column, if
    the sentence has ended there. Without places a line runs on if it is nearly as long as most and does not end a
    sentence, or if the next begins with a small letter. A word divided at a line's end is put together; a compound keeps
    its hyphen.
    """
    lines = [line for page in pages for line in page if not _PAGE_NUMBER.fullmatch(line.text)]
    words = Counter(re.findall(r"[\w’'-]+", " ".join(line.text for line in lines).casefold()))
    leading = _leading(lines)
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 20)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    large = _LARGE * _usual_size([lines])
    joined: list[list[str]] = []
    above: Placed | None = None
    for line in lines:
        if above and _runs_on(above, line, leading, usual, large):
            joined[-1][-1], between = _before(above.text, joined[-1][-1], line.text, words)
            joined[-1].append(between + line.text)
        else:
            joined.append([line.text])
        above = line
    return ["".join(pieces) for pieces in joined]


def _leading(lines: Sequence[Placed]) -> dict[int, float]:
    """The usual distance of lines of each size, where there are enough; none where all are equally far apart."""
    gaps: dict[int, Counter[float]] = {}
    for above, line in pairwise(lines):
        if (
            above.size
            and above.page == line.page
            and abs(above.size - line.size) < 1
            and 0 < above.y - line.y < 4 * line.size
        ):
            gaps.setdefault(round(line.size), Counter())[round(above.y - line.y)] += 1
    usual = {}
    for size, counts in gaps.items():
        if sum(counts.values()) < _FEW:
            usual[size] = _SET * size
            continue
        near = min((gap for gap in counts if counts[gap] > 1), default=min(counts))
        usual[size] = min(near, 2.2 * size) if len(counts) > 1 else 0.0
    return usual


def _runs_on(above: Placed, line: Placed, leading: dict[int, float], usual: int, large: float) -> bool:
    ended = _SENTENCE_END.search(above.text) is not None
    gap = leading.get(round(line.size), 0.0)
    if line.size and line.page == above.page and line.size > large and _same_size(above, line):
        return 0 < above.y - line.y < _HEADLINE * line.size
    if not line.size or not above.size or not gap:
        return _same_size(above, line) and _by_length(above.text, line.text, usual)
    if not _same_size(above, line):
        return False
    if above.page != line.page or line.y > above.y:  # the next column or page
        return not ended and (line.text[:1].islower() or len(above.text) >= _SHORT * usual)
    if above.y - line.y > max(_APART * gap, gap + 1.5):
        return False
    alone = (
        len(above.text) < _HALF * usual
        and not above.text.endswith((",", ";", "-"))
        and not line.text[:1].islower()
    )
    return not alone and not (line.x - above.x > _INDENT and (ended or len(above.text) < _SHORT * usual))


def _same_size(above: Placed, line: Placed) -> bool:
    return abs(above.size - line.size) < max(1.0, 0.08 * line.size)


def _by_length(line: str, following: str, usual: int) -> bool:
    if len(line) < _SHORT * usual:
        return False
    if following[0].islower() or line.endswith(("-", ",", ";")):
        return True
    return len(line) >= _FULL * usual and (not _SENTENCE_END.search(line) or len(line) >= 0.95 * usual)


def _before(above: str, piece: str, line: str, words: Counter[str]) -> tuple[str, str]:
    """Give the piece that a line runs on from, without the hyphen of a divided word, and what stands between them."""
    if not above.endswith("-") or not above[-2:-1].isalnum():
        return piece, " "
    first = re.split(r"[^\w’'-]", above[:-1])[-1].casefold()
    after = re.split(r"[^\w’']", line, maxsplit=1)[0].casefold()
    divided = line[:1].islower() and (
        words[first + after] > 0 or not (words[f"{first}-{after}"] or _is_compound(first, after))
    )
    return (piece[:-1] if divided else piece), ""


def _is_compound(first: str, second: str) -> bool:
    last = first.rsplit("-", 1)[-1]
    return last in _COMPOUND_FIRSTS or second in _COMPOUND_SECONDS
