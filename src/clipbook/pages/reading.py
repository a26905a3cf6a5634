"""The reading view: an article in paragraphs, with layers of marks (speakers, cues, hard sentences) that may overlap."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from markupsafe import Markup

from clipbook.pages.render import Row, anchor, escape, html, plain
from clipbook.text.sentences import sentence_spans

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
        parts: list[str] = []
        sentence_end = -1
        here = start
        self._catch_up(start)
        while here < end:
            while self.next_edge < len(self.edges) and self.edges[self.next_edge] <= here:
                self.next_edge += 1
            stop = min(end, self.edges[self.next_edge]) if self.next_edge < len(self.edges) else end
            if here == sentence_end:
                parts.append("</span>")
                sentence_end = -1
            if here in self.sentences and sentence_end < 0:
                parts.append(f'<span class="s" id="{anchor(here)}">')
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

    def _piece(self, start: int, stop: int) -> str:
        fresh = self._begin(start)
        pieces = [
            f'<span id="{anchor(start, self.field)}"></span>' * (bool(fresh) and start not in self.sentences),
            *(mark.before for mark in fresh),
            *(mark.opening for mark in self.open),
            str(escape(self.body[start:stop])).replace("\n", "<br>\n"),
            *(mark.closing for mark in reversed(self.open)),
            *(mark.after for mark in reversed(self.open) if mark.end == stop),
        ]
        return "".join(pieces)


VOICED = ("direct", "mixed", "indirect")  # kinds of quotations shown in the colour of a speaker
SHAPES = "●■▲◆○□△◇"  # filled and solid underlined for the first four, hollow and dashed for the next
MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›")
NOBODY = "unattributed"
KEYWORD_USES = 200  # marks of one keyword in an article


class Voice(NamedTuple):
    """How a speaker is shown on a page."""

    style: str  # class: s1 to s8, s0 for nobody and for those beyond eight
    shape: str
    words: int
    share: float  # of the words that the article quotes

    @property
    def known(self) -> bool:
        """Whether there are words to have a share of."""
        return isfinite(self.share)


Rows = Sequence[Row]  # of a table, those of one article


def cast(quotes: Rows) -> dict[str, Voice]:
    """Give every speaker of an article a colour and a shape, those with the most words first.

    Parameters
    ----------
    quotes : sequence of dict
        ``speaker``, ``words``, ``kind`` of one article; none is fine.

    Returns
    -------
    dict of str to Voice
    """
    words = Counter[str]()
    for quote in quotes:
        if quote["kind"] in VOICED:
            words[str(quote["speaker"])] += int(quote["words"])
    total = words.total()
    voices: dict[str, Voice] = {}
    taken = 0
    for name, count in sorted(words.items(), key=lambda one: (-one[1], one[0])):
        colour = taken if name != NOBODY and taken < len(SHAPES) else None
        taken += colour is not None
        style = "s0" if colour is None else f"s{colour + 1}"
        shape = ("?" if name == NOBODY else "✦") if colour is None else SHAPES[colour]
        voices[name] = Voice(style, shape, count, count / total if total else float("nan"))
    return voices


def quote_marks(body: str, quotes: Rows, voices: dict[str, Voice]) -> Iterator[Mark]:
    """Mark each speaker's words with the quotation marks around them, named where the speaker changes."""
    before = None
    said = [quote for quote in quotes if quote["kind"] in VOICED]
    for quote in sorted(said, key=lambda quote: (quote["start"], quote["end"])):
        start, end, speaker = quote["start"], quote["end"], quote["speaker"]
        voice = voices[str(speaker)]
        named = "" if speaker == before else f" {speaker}"
        chip = html(
            '<span class="who {}"><i aria-hidden="true">{}</i>{}</span>', voice.style, voice.shape, named
        )
        opening, closing = html('<span class="q {}">', voice.style), Markup("</span>")
        first, last = start - (body[max(start - 1, 0) : start] in MARKS), end + (body[end : end + 1] in MARKS)
        yield Mark(first, start, opening, closing, before=chip)
        yield Mark(start, last, opening, closing, before=chip * (first == start))
        before = speaker


def other_quotes(quotes: Rows) -> Iterator[Mark]:
    """Make a place, without a mark, of each title and each word in scare quotes."""
    return (Mark(quote["start"], quote["end"]) for quote in quotes if quote["kind"] not in VOICED)


def frame_signs(evidence: Rows) -> dict[str, str]:
    """Give every frame of an article a short sign: initials, or the first letters of a single word."""
    signs: dict[str, str] = {}
    for frame in dict.fromkeys(str(cue["frame"]) for cue in evidence):
        words = frame.replace("_", " ").split()
        wanted = "".join(word[0] for word in words[:3]).upper() if len(words) > 1 else frame[:2].capitalize()
        tries = (wanted, frame[:3].capitalize(), *(f"{wanted}{number}" for number in range(2, 100)))
        signs[frame] = next(sign for sign in tries if sign not in signs.values())
    return signs


def cue_marks(evidence: Rows, signs: dict[str, str], field: str = "body") -> Iterator[Mark]:
    """Mark each frame cue in the headline or the body, followed by the signs of its frames."""
    names: dict[tuple[int, int], dict[str, None]] = {}
    for cue in evidence:
        if cue["field"] == field:
            names.setdefault((int(cue["start"]), int(cue["end"])), {})[str(cue["frame"])] = None
    for (start, end), frames in sorted(names.items()):
        listed = Markup(" ").join(
            html('<abbr title="{}">{}</abbr>', plain(name), signs[name]) for name in frames
        )
        tag = html('<span class="tag">{}</span>', listed)
        yield Mark(start, end, Markup('<mark class="cue">'), Markup("</mark>"), after=tag, depth=3)


def hard_marks(hardest: Rows) -> Iterator[Mark]:
    """Mark the hardest sentences with their rank."""
    opening, closing = Markup('<span class="hard">'), Markup("</span>")
    for row in hardest:
        tag = html('<span class="hardtag">hard {}</span>', row["rank"])
        yield Mark(int(row["start"]), int(row["end"]), opening, closing, before=tag, depth=0)


def keyword_marks(body: str, keywords: Rows) -> Iterator[Mark]:
    """Mark where an article's keywords stand in it, whatever their case."""
    for keyword in dict.fromkeys(str(row["keyword"]) for row in keywords):
        for found, _ in zip(occurrences(body, keyword), range(KEYWORD_USES), strict=False):
            yield Mark(*found, Markup('<b class="kw">'), Markup("</b>"), depth=2)


def occurrences(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Find a phrase in a text as whole words, whatever their case and the blanks between them."""
    if phrase.strip():
        for found in _as_words(phrase).finditer(text):
            yield found.span()


@lru_cache(maxsize=65_536)
def _as_words(phrase: str) -> re.Pattern[str]:
    words = re.sub("['’]", "['’]", r"\s+".join(map(re.escape, phrase.split())))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def marked_article(
    title: str, body: str, own: Mapping[str, Rows]
) -> tuple[Markup, Markup, dict[str, Voice], dict[str, str]]:
    """Lay out an article's headline and text with all layers of marks; gives both, its speakers and its frames' signs."""
    speakers, signs = cast(own["quotes"]), frame_signs(own["frame_evidence"])
    marks = [
        *quote_marks(body, own["quotes"], speakers),
        *other_quotes(own["quotes"]),
        *cue_marks(own["frame_evidence"], signs),
        *hard_marks(own["hardest"]),
        *keyword_marks(body, own["keywords"]),
    ]
    headline = marked_line(title, list(cue_marks(own["frame_evidence"], signs, "headline")))
    return headline, reading_view(body, sentence_spans(body), marks), speakers, signs
