"""Tokens of an article in which every quotation is one token, with sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from clipbook.quotes import lexicon
from clipbook.quotes.lexicon import DIGITS, MAY_END, QUOTE, WORDS, Kind, forms
from clipbook.quotes.marks import Quoted

_TOKEN = re.compile(
    r"(?! )([^\W_]++(?=[\s,;:?!)])|"  # most words, found soonest
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s[A-Z])|['’]s\b"
    r"|[^\W_]+(?:(?:[-&.]|['’](?!s\b))[^\W_]+)*|(?<!\n)\n|…|\.{2,}|--+|[^\w\s\"“”‘’'`«»„‚])"
)
_STOPS = frozenset(".?!…")
_AFTER_ABBREVIATION = frozenset(("The", "He", "She", "In", "But", "It", "They", "His", "Her", QUOTE))
PADDING = 8  # line breaks behind the last token
_ENDS_SENTENCE = WORDS["may_end_sentence"]


class Tokens:
    """Parallel lists, one item a token.

    ``word`` as written, ``low`` in lower case with straight apostrophes, ``kind`` the lexicon's flags,
    ``start`` and ``end`` (code points), ``sentence`` and ``paragraph`` (counted from 0), ``caps`` whether
    the token begins with a capital. Behind the last token, and so at index -1 too, stand line breaks that belong to no sentence,
    so that neighbours may be looked at without asking whether there are any. ``quote_at`` gives the token of each quotation, ``breaks`` the line breaks,
    ``sentence_first`` and ``sentence_last`` the bounds of each sentence.
    """

    def __init__(self, text: str, quoted: Sequence[Quoted]) -> None:
        self.text = text
        self.word: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        at = 0
        for span in quoted:
            self._add_words(at, max(at, span.start - 1))
            self.word.append(QUOTE)
            self.start.append(span.start)
            self.end.append(span.end)
            at = span.end if text[span.end : span.end + 1] == "\n" else min(len(text), span.end + 1)
        self._add_words(at, len(text))
        self._join_abbreviations()
        self._size = len(self.word)
        self.word += ["\n"] * PADDING
        self.start += [len(text)] * PADDING
        self.end += [len(text)] * PADDING
        read = zip(*map(forms.__getitem__, self.word), strict=True)
        self.low, self.kind, self.caps, marks = map(list, read)
        self._marks = np.frombuffer(bytes(marks[: self._size]), np.uint8)
        ends = self.marked(MAY_END)
        self.quote_at = [index for index in ends if self.word[index] == QUOTE]
        self.breaks = [index for index in ends if self.word[index] == "\n"]
        if "@" in text:
            for index, word in enumerate(self.word[1 : self._size], 1):
                self.caps[index] |= self.word[index - 1] == "@" and word[-1] not in DIGITS
        self._cut(ends)
        self.sentence.extend([-1] * PADDING)
        self.paragraph.extend([-1] * PADDING)

    def __len__(self) -> int:
        return self._size

    def phrase(self, first: int, last: int) -> str:
        """Give the text of some tokens, ``last`` left out, in one line."""
        return " ".join(self.text[self.start[first] : self.end[last - 1]].split())

    def marked(self, marks: int) -> list[int]:
        """Give the tokens whose form has one of the marks."""
        return np.flatnonzero(self._marks & marks).tolist()

    def _add_words(self, start: int, end: int) -> None:
        while start < end and self.text[start] == "\n" == self.text[start - 1 : start]:
            start += 1  # only the first of several line breaks is a token
        pieces = _TOKEN.split(self.text[start:end])  # what lies between, token, what lies between, ...
        bounds = list(accumulate(map(len, pieces), initial=start))
        self.word += pieces[1::2]
        self.start += bounds[1:-1:2]
        self.end += bounds[2::2]

    def _join_abbreviations(self) -> None:
        """Make one token of an abbreviation and its full stop."""
        known = lexicon.kinds()
        word, start, end = self.word, self.start, self.end
        joined = [
            index
            for index, token in enumerate(word)
            if token == "." and index and end[index - 1] == start[index]
            and known.get(word[index - 1].lower().rpartition("-")[2], 0) & Kind.ABBREVIATION
        ]  # fmt: skip
        for index in joined:
            word[index - 1] += "."
            end[index - 1] += 1
        if joined:
            gone = set(joined)
            kept = [index for index in range(len(word)) if index not in gone]
            self.word = [word[index] for index in kept]
            self.start = [start[index] for index in kept]
            self.end = [end[index] for index in kept]

    def _cut(self, ends: Sequence[int]) -> None:
        """Give every token its sentence and paragraph."""
        word, size = self.word, len(self)
        edges = [index for index in ends if self._ends_sentence(index, word[index])]
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.opens_sentence = [False] * size
        self.sentence_first: list[int] = []
        self.sentence_last: list[int] = []
        start = paragraph = 0
        for sentence, edge in enumerate([*edges, size - 1]):
            if edge < start:
                break
            self.sentence += [sentence] * (edge + 1 - start)
            self.paragraph += [paragraph] * (edge + 1 - start)
            self.opens_sentence[start] = True
            self.sentence_first.append(start)
            self.sentence_last.append(edge)
            paragraph += word[edge] == "\n"
            start = edge + 1

    def _ends_sentence(self, index: int, token: str) -> bool:
        """Whether a sentence ends with this token: a line break, a stop, a quotation or an abbreviation."""
        if token == "\n":
            return True
        following = self.word[index + 1]
        if token[0] in _STOPS:
            return following[0].isupper() or following[0].isdigit() or following == QUOTE
        if token == QUOTE:
            final = self.text[self.end[index] - 1]
            if final not in _STOPS:
                return False
            if following == QUOTE:
                return True
            return following[0].isupper() and (final == "." or not self._reported(index))
        return token[-1] == "." and following in _AFTER_ABBREVIATION and token in _ENDS_SENTENCE

    def _reported(self, index: int) -> bool:
        """Whether a speech verb follows soon: "Why?" Ana Ruiz asked."""
        verb = next((at for at in range(index + 1, index + 6) if self.kind[at] & Kind.SAID), None)
        return verb is not None and self.low[verb - 1] != "and"  # but "Why?" Ruiz nods and says, "..."
