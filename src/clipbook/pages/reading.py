"""The reading view: an article in paragraphs, with layers of marks that may overlap in any way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from clipbook.pages.render import escape, html

_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


class Mark(NamedTuple):
    """One marked stretch of a text, in code points, with the HTML that marks it.

    Marks may overlap in any way: each is closed and opened again wherever another begins or ends.
    """

    start: int
    end: int
    opening: Markup = Markup()  # the tag that opens each piece, such as <span class="q s1">
    closing: Markup = Markup()
    before: Markup = Markup()  # what stands once, before the first piece
    after: Markup = Markup()  # what stands once, after the last piece
    depth: int = 1  # outer marks have the smaller number


def anchor(start: int, field: str = "body") -> str:
    """Name the place in an article's headline or body where a sentence, a quotation or a cue begins."""
    return f"{'h' if field == 'headline' else 't'}{start}"


def marked_line(text: str, marks: Sequence[Mark]) -> Markup:
    """Lay out a headline with its marks, each a link target named by `anchor`."""
    within = [mark for mark in marks if mark.start < mark.end]
    return _Weave(text, {}, within, "headline").stretch(0, len(text))


def reading_view(body: str, sentences: Iterable[tuple[int, int]], marks: Sequence[Mark]) -> Markup:
    """Lay out a text in paragraphs with its sentences, each a link target, and its marks.

    Parameters
    ----------
    body : str
        As in ``articles.body``: single line breaks within paragraphs, blank lines between them.
    sentences : iterable of (int, int)
        Their spans, apart from each other.
    marks : sequence of Mark
        Marks that reach outside the text are cut to it; empty ones are left out.

    Returns
    -------
    Markup
        HTML paragraphs. Every sentence and every mark begins at an element with the id `anchor` gives.
    """
    within = [mark._replace(start=max(mark.start, 0), end=min(mark.end, len(body))) for mark in marks]
    within = [mark for mark in within if mark.start < mark.end]
    spans = {start: end for start, end in sentences if start < end}
    weave = _Weave(body, spans, within)
    paragraphs = (weave.stretch(found.start(), found.end()) for found in _PARAGRAPH.finditer(body))
    return Markup("\n").join(html('<p dir="auto">{}</p>', text) for text in paragraphs)


class _Weave:
    """Text, sentences and marks, cut at every place where one of them begins or ends."""

    def __init__(self, body: str, sentences: dict[int, int], marks: list[Mark], field: str = "body") -> None:
        self.body = body
        self.field = field
        self.sentences = sentences
        self.starting: defaultdict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            self.starting[mark.start].append(mark)
        edges = {edge for mark in marks for edge in (mark.start, mark.end)}
        edges.update(sentences, sentences.values())
        self.edges = sorted(edges)
        self.next_edge = 0
        self.open: list[Mark] = []

    def stretch(self, start: int, end: int) -> Markup:
        """Render one paragraph; paragraphs come in the order of the text."""
        parts: list[Markup] = []
        sentence_end = -1
        here = start
        self._catch_up(start)
        while here < end:
            while self.next_edge < len(self.edges) and self.edges[self.next_edge] <= here:
                self.next_edge += 1
            stop = min(end, self.edges[self.next_edge]) if self.next_edge < len(self.edges) else end
            if here == sentence_end:
                parts.append(Markup("</span>"))
                sentence_end = -1
            if here in self.sentences and sentence_end < 0:
                parts.append(html('<span class="s" id="{}">', anchor(here)))
                sentence_end = min(self.sentences[here], end)
            parts.append(self._piece(here, stop))
            here = stop
        return Markup("".join(parts) + ("</span>" if sentence_end >= 0 else ""))

    def _catch_up(self, start: int) -> None:
        while self.next_edge < len(self.edges) and self.edges[self.next_edge] < start:
            self._begin(self.edges[self.next_edge])
            self.next_edge += 1

    def _begin(self, here: int) -> list[Mark]:
        fresh = self.starting.pop(here, [])
        self.open = sorted(
            [mark for mark in self.open if mark.end > here] + fresh, key=lambda mark: (mark.depth, mark.start)
        )
        return sorted(fresh, key=lambda mark: mark.depth)

    def _piece(self, start: int, stop: int) -> Markup:
        fresh = self._begin(start)
        place = Markup()
        if fresh and start not in self.sentences:
            place = html('<span id="{}"></span>', anchor(start, self.field))
        pieces = [
            place,
            *(mark.before for mark in fresh),
            *(mark.opening for mark in self.open),
            str(escape(self.body[start:stop])).replace("\n", "<br>\n"),
            *(mark.closing for mark in reversed(self.open)),
            *(mark.after for mark in reversed(self.open) if mark.end == stop),
        ]
        return Markup("".join(pieces))
