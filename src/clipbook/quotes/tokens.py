"""Tokens of an article in which every quotation is one token, with sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clipbook.quotes import lexicon
from clipbook.quotes.lexicon import ABBREVIATION, SAID
from clipbook.quotes.marks import Quoted

QUOTE = "❝"  # stands for a quotation among the tokens
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s[A-Z])|['’]s\b"
    r"|[^\W_]+(?:(?:[-&.]|['’](?!s\b))[^\W_]+)*|\n+|…|\.{2,}|--+|[^\w\s]"
)
_MARKS = frozenset("\"“”‘’'`«»„‚_")
_STOPS = frozenset(".?!…")
_AFTER_ABBREVIATION = frozenset(("The", "He", "She", "In", "But", "It", "They", "His", "Her", QUOTE))
_ENDS_SENTENCE = frozenset(
    ("U.S.", "D.C.", "Jr.", "Sr.", "a.m.", "p.m.", "U.K.", "Inc.", "Co.", "Ltd.", "etc.")
)


class Tokens:
    """Parallel lists, one item a token.

    ``word`` as written, ``low`` in lower case with straight apostrophes, ``kind`` the lexicon's flags,
    ``start`` and ``end`` (code points), ``sentence`` and ``paragraph`` (counted from 0), ``caps`` whether
    the token begins with a capital. ``quote_at`` gives the token of each quotation.
    """

    def __init__(self, text: str, quoted: Sequence[Quoted]) -> None:
        self.text = text
        self.word: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.quote_at: list[int] = []
        at = 0
        for span in quoted:
            self._add_words(at, max(at, span.start - 1))
            self.quote_at.append(len(self.word))
            self.word.append(QUOTE)
            self.start.append(span.start)
            self.end.append(span.end)
            at = span.end if text[span.end : span.end + 1] == "\n" else min(len(text), span.end + 1)
        self._add_words(at, len(text))
        self.low = [word.lower().replace("’", "'") for word in self.word]
        known = lexicon.kinds()
        self.kind = [known.get(low, 0) or known.get(low.rstrip("."), 0) for low in self.low]
        self.caps = [word[0].isupper() for word in self.word]
        for index, word in enumerate(self.word):
            if (word[-1].isdigit() and word[0].islower()) or (word == "@" and index + 1 < len(self.word)):
                self.caps[index + (word == "@")] = True  # a user's name: ana_ruiz41, @anaruiz
        self._cut()

    def __len__(self) -> int:
        return len(self.word)

    def _add_words(self, start: int, end: int) -> None:
        known = lexicon.kinds()
        word, starts, ends = self.word, self.start, self.end
        for found in _TOKEN.finditer(self.text, start, end):
            token = found.group()
            first = token[0]
            if first == ".":
                if ends and ends[-1] == found.start() and known.get(word[-1].lower(), 0) & ABBREVIATION:
                    word[-1] += "."
                    ends[-1] += 1
                    continue
            elif first == "\n":
                token = "\n"
            elif first in _MARKS and len(token) == 1:
                continue
            word.append(token)
            starts.append(found.start())
            ends.append(found.end())

    def _cut(self) -> None:
        """Give every token its sentence and paragraph."""
        word, text = self.word, self.text
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.opens_sentence: list[bool] = []
        sentence = paragraph = 0
        last = len(word) - 1
        opens = True
        for index, token in enumerate(word):
            self.sentence.append(sentence)
            self.paragraph.append(paragraph)
            self.opens_sentence.append(opens)
            following = word[index + 1] if index < last else "\n"
            opens = False
            if token == "\n":
                paragraph += 1
                opens = True
            elif token[0] in _STOPS:
                opens = following[0].isupper() or following[0].isdigit() or following == QUOTE
            elif token == QUOTE:
                final = text[self.end[index] - 1]
                if final in _STOPS and following[0].isupper():
                    opens = final == "." or not self._reported(index)
                elif final in _STOPS and following == QUOTE:
                    opens = True
            elif token[-1] == "." and following in _AFTER_ABBREVIATION:
                opens = token in _ENDS_SENTENCE
            sentence += opens

    def _reported(self, index: int) -> bool:
        """Whether a speech verb follows soon: "Why?" Ana Ruiz asked."""
        return any(kind & SAID for kind in self.kind[index + 1 : index + 6])
