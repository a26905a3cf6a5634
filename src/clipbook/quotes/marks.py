"""Quotation marks: where quoted text begins and ends, whatever marks a page uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from clipbook.quotes.lexicon import Kind, kinds

MOST_LINES = 12  # a quotation without repeated marks may run over so many lines
MOST_SINGLE = 1500  # characters between single marks

_MARKUP = re.compile(r"<[^<>\n]{1,400}>")
_DOUBLE = re.compile("\"\"?|“|”|«|»|„|‟|″|＂|''|``|’’|‘‘")
_OPENING = frozenset(("“", "«", "„", "``", "‟", "‘‘"))
_CLOSING = frozenset(("”", "»", "’’"))
_CLOSES_SINGLE = {"‚": "'’‘"}  # by the opening mark: ‚Es ist spät‘
_SINGLE = re.compile(r"['‘’‚‛]")
_ANGLED_ONCE = re.compile(r"[‹›](?:(?=\S)|(?<=\S.))")  # no arrow between spaces
_ELISION = re.compile(r"['’‘](?:em|til|tis|twas|cause|cos|bout|n|round|\d\ds?(?!%))\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"(?<=[,?!…])\s(?:(?:said|says|added|explained)\s(?:[A-Z]|the\s|a\s)"
    r"|(?:[A-Z][\w.’'-]*\s){1,4}(?:said|says|added|explained)\b"
    r"|(?:he|she|they)\s(?:said|says|added|explained)\.(?=\s|$))",
    re.MULTILINE,
)
_LEADS_ON = re.compile(r":[ \t]*\n")
_BLOCK = re.compile(
    r"\b(?:(?:said|says|wrote|writes|told|tells|reads?|stated|added|continued|replied|tweeted|posted|declared)(?:\s[^.:\n]{1,60})?"
    r"|following (?:statement|letter|message|note|email|post)|in full):[ \t]*\n\s*(?:(?:Dear|Hello|To) [^\n.]{1,60}[,:]\s*\n\s*)?"
    r"([A-Z][^\n“”\"«»]{20,}[.?!…])(?=\n|\Z)"
)
_PARAGRAPH = re.compile(r"\s*\n\s*([^\n“”\"«»]+[.?!…])(?=\n|\Z)")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e)\b")
_REPORTS = re.compile(r"\b(?:said|says|told|wrote|added|according)\b")
_CORNERS = (("「", "“"), ("」", "”"), ("『", "“"), ("』", "”"))
_SPOKE_AGAIN = re.compile(
    r"[^“”\"\n]*[,?!…][”\"] ?(?:(?:said|says|added|explained|recalled)\s[A-Z]|(?:[A-Z][\w.’'-]*\s){1,4}(?:said|says|added|explained|recalled)\b)"
)
_LETTER = re.compile(r"\w")
_NICKNAME = re.compile(r" [\"“‘']([A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,2})[\"”’'] (?=[A-Z])")
_GIVEN = re.compile(r"\b[A-Z][\w’'-]+\Z")
_LONGEST_GIVEN = 40  # letters
_TWICE = frozenset(("'", "’", "‘"))  # a double mark written as two single ones
_BEHIND_CLOSING = frozenset(("", *'\n.,;:?!)”"'))
_BEFORE_OPENING = frozenset("([{—–-/‘'…“\"")


class Quoted(NamedTuple):
    """One stretch of quoted text, its marks left out."""

    start: int
    end: int
    closed: bool
    single: bool  # between single marks


class _Mark(NamedTuple):
    start: int
    end: int
    line: int
    opens: bool
    closes: bool
    sure: bool  # its form alone says whether it opens or closes
    leads: bool  # the first mark of its line, at the line's very start


def quoted_spans(text: str) -> list[Quoted]:
    """Stretches of ``text`` between quotation marks, in order; linear in its length.

    Double marks count in every form (curly, straight, angled once or twice, low, typewriter ``''``), single marks where
    they are not apostrophes. A quotation that goes on in the next line is one stretch: after a paragraph
    without a closing mark when the next begins with a mark, and over lines in between when the closing
    mark follows within twelve lines. A quotation inside a quotation is part of it; a nickname within a name is none.

    Parameters
    ----------
    text : str
        An article's body.

    Returns
    -------
    list of Quoted
        ``start`` and ``end`` (code points), ``closed``, ``single``.
    """
    if "<" in text:
        text = _MARKUP.sub(lambda tag: " " * len(tag.group()), text)
    for corner, mark in _CORNERS:
        text = text.replace(corner, mark)
    if "«" not in text:
        text = _ANGLED_ONCE.sub(lambda mark: "«" if mark.group() == "‹" else "»", text)
    doubles = _pair(text, _marks(text))
    doubles = _with_blocks(text, doubles)
    singles = _singles(text, doubles)
    spans = _outermost(text, doubles, singles) if singles else doubles
    nicknames = {found.start(1) for found in _NICKNAME.finditer(text) if _is_given(text, found.start())}
    return [
        span for span in spans if _LETTER.search(text, span.start, span.end) and span.start not in nicknames
    ]


def _is_given(text: str, end: int) -> bool:
    """Whether a word with a capital that may be a given name ends there."""
    given = _GIVEN.search(text, max(0, end - _LONGEST_GIVEN), end)
    return given is not None and not kinds().get(given[0].lower(), 0) & Kind.CLOSED


def _with_blocks(text: str, spans: list[Quoted]) -> list[Quoted]:
    """Add paragraphs without marks that are set as quotations: a line before ends in "said:" or the like."""
    if not _LEADS_ON.search(text):
        return spans
    starts = [span.start for span in spans]

    def is_free(at: int) -> bool:
        place = bisect_right(starts, at)
        return not place or spans[place - 1].end < at

    first = (said.start() for said in _FIRST_PERSON.finditer(text) if is_free(said.start()))
    written_from = next(first, len(text))  # where the writer says "I"
    blocks = []
    for found in _BLOCK.finditer(text):
        if is_free(found.start(1)):
            end = found.end() if written_from < found.start(1) else _block_end(text, found.end())
            blocks.append(Quoted(found.start(1), end, True, False))
    return sorted([*spans, *blocks]) if blocks else spans


def _block_end(text: str, end: int) -> int:
    """Where a block ends whose first paragraph ends at ``end``: with the last paragraph behind it that says "I" or "we".

    One paragraph in between may speak of something else, if it reports nothing.
    """
    at, others = end, 0
    while others < 2 and (paragraph := _PARAGRAPH.match(text, at)):
        own = _FIRST_PERSON.search(paragraph[1])
        if (not own and _REPORTS.search(paragraph[1])) or "for comment" in paragraph[1]:
            break
        at, others = paragraph.end(), 0 if own else others + 1
        end = at if own else end
    return end


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _marks(text: str) -> list[_Mark]:
    starts = _line_starts(text)
    marks = []
    for found in _DOUBLE.finditer(text):
        start, end = found.span()
        before = text[start - 1] if start else "\n"
        after = text[end] if end < len(text) else "\n"
        mark = found.group()
        line = bisect_right(starts, start) - 1
        leads = not text[starts[line] : start].strip() if start - starts[line] < 8 else False
        if mark == "“" and not before.isspace() and before not in _BEFORE_OPENING and not after.isalnum():
            marks.append(_Mark(start, end, line, False, True, True, False))
        elif mark in "«»" and _turned(mark, before, after):
            opens = mark == "»"
            marks.append(_Mark(start, end, line, opens, not opens, True, leads and opens))
        elif mark in _CLOSING and _begins_word(before, after):  # ”It is late,” she said
            marks.append(_Mark(start, end, line, True, False, False, leads))
        elif mark in _OPENING:
            marks.append(_Mark(start, end, line, True, mark == "“", True, leads))
        elif mark in _CLOSING:
            marks.append(_Mark(start, end, line, False, True, True, False))
        else:
            behind_colon = (
                before == after == " " and text[start - 2 : start - 1] == ":"
            )  # Ruiz said: " We wait."
            opens = behind_colon or _begins_word(before, after)
            marks.append(_Mark(start, end, line, opens, not before.isspace(), False, leads and opens))
    return marks


def _begins_word(before: str, after: str) -> bool:
    """Whether a mark stands before a word and behind none."""
    return (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()


def _turned(mark: str, before: str, after: str) -> bool:
    """Whether angled marks point inwards, as in »Good day«."""
    if mark == "»":
        return _begins_word(before, after)
    return not before.isspace() and before not in _BEFORE_OPENING and not after.isalnum()


def _surplus(marks: list[_Mark]) -> list[int]:
    """For every mark, closing less opening marks (of sure form) that follow it in its line."""
    surplus, count, line = [0] * len(marks), 0, -1
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.line != line:
            count, line = 0, mark.line
        surplus[index] = count
        if mark.sure:
            count += -1 if mark.opens else 1
    return surplus


class _Pairing:
    """Walks the marks with one open quotation at a time; inner ones only count levels."""

    def __init__(self, text: str) -> None:
        starts = _line_starts(text)
        self.text, self.starts = text, starts
        self.line_ends = [*(start - 1 for start in starts[1:]), len(text)]
        self.found: list[Quoted] = []
        self.opened: _Mark | None = None
        self.level = 0

    def finish(self, end: int, closed: bool) -> None:
        if self.opened is not None and end > self.opened.end:
            if not closed:
                end = self.unclosed_end(self.opened.end, end)
            self.found.append(Quoted(self.opened.end, end, closed, False))
        self.opened, self.level = None, 0

    def unclosed_end(self, start: int, end: int) -> int:
        """Where a quotation ends whose closing mark was forgotten: "It is late, said Ruiz."."""
        reported = _REPORTED.search(self.text, start, end)
        return reported.start() if reported else end

    def goes_on(self, line: int) -> bool:
        """Whether the open quotation may go on after a line: nobody is said to have spoken in it."""
        assert self.opened is not None
        start, end = max(self.opened.end, self.starts[line]), self.line_ends[line]
        return self.unclosed_end(start, end) == end

    def spoken_by_another(self, mark: _Mark) -> bool:
        """Whether an open quotation that somebody is said to speak where it began hardly goes on: the next names who speaks.

        "We heard it," said Lind. "The street woke. / "I ran," said Ruiz.: its closing mark was forgotten.
        """
        return (
            self.opened is not None
            and not self.opened.leads
            and bool(_SPOKE_AGAIN.match(self.text, mark.end))
        )

    def may_open(self, mark: _Mark, following: _Mark | None) -> bool:
        """Whether a mark outside a quotation begins one; inches and stray closing marks do not.

        A mark between spaces does if the next one of its line begins no other: " It is late," she said.
        """
        if mark.opens or mark.sure:
            return mark.opens
        if mark.start and self.text[mark.start - 1].isdigit():
            return False
        if mark.start == self.starts[mark.line] or not self.text[mark.end : mark.end + 1].isspace():
            return True
        if following is None or following.line != mark.line or not self.text[mark.start - 1].isspace():
            return False
        return not following.opens or self.text[following.end : following.end + 1] in ".,;:)"

    def inside(self, mark: _Mark, surplus: int) -> None:
        """Take a mark within a quotation: it closes it, begins another, or opens or closes an inner one."""
        assert self.opened is not None
        if mark.sure and mark.opens:
            if mark.closes and self.text[self.opened.start] == "„":
                self.finish(mark.start, True)
            elif surplus >= 2 + self.level and mark.start > self.opened.end:
                self.level += 1
            else:
                self.finish(mark.start, False)
                self.opened = mark
        elif not mark.sure and mark.opens and not mark.closes:
            self.finish(mark.start, False)
            self.opened = mark
        elif self.level:
            self.level -= 1
        else:
            self.finish(mark.start, True)


def _pair(text: str, marks: list[_Mark]) -> list[Quoted]:
    """Pair opening and closing marks, over lines where a quotation goes on."""
    pairing = _Pairing(text)
    surplus = _surplus(marks)
    last_line = -1
    for index, mark in enumerate(marks):
        lines = mark.line - last_line
        if pairing.opened is not None and lines:
            opens_again = (
                mark.leads
                and lines <= 2
                and pairing.goes_on(last_line)
                and not pairing.spoken_by_another(mark)
            )
            if lines > MOST_LINES or not (opens_again or (mark.closes and not mark.opens)):
                pairing.finish(pairing.line_ends[last_line], False)
            elif opens_again:
                last_line = mark.line
                continue
        last_line = mark.line
        if pairing.opened is not None:
            pairing.inside(mark, surplus[index])
        elif pairing.may_open(mark, marks[index + 1] if index + 1 < len(marks) else None):
            pairing.opened = mark
    if pairing.opened is not None:
        pairing.finish(pairing.line_ends[last_line], False)
    return pairing.found


def _singles(text: str, doubles: list[Quoted]) -> list[Quoted]:
    """Single marks outside double ones: an opening before a word, a closing after one."""
    out: list[Quoted] = []
    inside = iter([*doubles, Quoted(len(text) + 1, len(text) + 1, True, False)])
    block = next(inside)
    opened = -1
    closings: list[int] = []

    def finish(limit: int) -> None:
        nonlocal opened
        if opened >= 0 and closings:
            end = _best_closing(text, closings)
            out.append(Quoted(opened, end, True, True))
        elif opened >= 0 and text[limit : limit + 3].lstrip("\n")[:1] == text[opened - 1]:
            out.append(Quoted(opened, limit, False, True))
        opened = -1
        closings.clear()

    line_end = -1
    for found in _SINGLE.finditer(text):
        at = found.start()
        while block.end + 1 < at:
            block = next(inside)
        if block.start - 1 <= at <= block.end + (text[block.end : block.end + 1] in _TWICE):
            continue
        if at > line_end:
            finish(line_end)
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
        if opened >= 0 and at - opened > MOST_SINGLE:
            finish(at)
        before = text[at - 1] if at else "\n"
        after = text[at + 1] if at + 1 < len(text) else "\n"
        starts_word = after.isalnum() or after in "…[$£€("
        if before == "\n" and after == " ":  # ' Space is hard,' said Ruiz
            starts_word = text[at + 2 : at + 3].isupper()
        if after in "'’" and _ELISION.match(text, at + 1):
            starts_word = True  # ‘’Tis late
        if starts_word and not before.isalnum() and text[at] != "’" and before not in ".,?!'’":
            if _ELISION.match(text, at):
                continue
            if opened < 0 or closings:
                finish(at)
                opened = at + 1
        elif opened >= 0 and not before.isspace() and not after.isalnum():
            closings += [at] if text[at] in _CLOSES_SINGLE.get(text[opened - 1], "'’‛") else []
    finish(max(line_end, 0))
    return _join(text, out)


def _outermost(text: str, doubles: list[Quoted], singles: list[Quoted]) -> list[Quoted]:
    """Leave out double marks inside single ones, and single ones around double marks that are unlikely."""
    starts = [span.start for span in doubles]
    nested: set[int] = set()
    kept = []
    for span in singles:
        inside = range(bisect_right(starts, span.start), bisect_right(starts, span.end))
        likely = text[span.start - 1] in "‘'‚" and text[span.end - 1] in '.,?!…”"'
        if not inside or (likely and doubles[inside[-1]].end < span.end):
            nested.update(inside)
            kept.append(span)
    return sorted([*(span for index, span in enumerate(doubles) if index not in nested), *kept])


def _best_closing(text: str, closings: list[int]) -> int:
    """The first closing beside punctuation or a line's end; else the first that is no plural's apostrophe."""
    for at in closings:
        if text[at - 1] in ".,?!…" or text[at + 1 : at + 2] in _BEHIND_CLOSING:
            return at
    return next((at for at in closings if text[at - 1] != "s"), closings[0])


def _join(text: str, spans: list[Quoted]) -> list[Quoted]:
    """Paragraphs of one speech between single marks, each opened again, as one stretch."""
    out: list[Quoted] = []
    for span in spans:
        if out and not out[-1].closed and text[out[-1].end : span.start - 1].strip() == "":
            out[-1] = Quoted(out[-1].start, span.end, span.closed, True)
        else:
            out.append(span)
    return out
