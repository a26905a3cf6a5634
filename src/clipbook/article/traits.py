"""What a line of a page looks like by itself: its length, shape, words and marks, as numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipbook.article.bylines import _STRICT_LEAD
from clipbook.article.vocabulary import FUNCTION_SETS, GROUP_BIT, GROUP_NAMES, PHRASE_BITS, WORD_BITS

Numbers = NDArray[np.float32]

READ_CHARS = 3_000
"""Characters of a line that its traits are read from."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_ENDS = (".", "!", "?", '"', "”", "’", "“", "»", "«", "。", "！", "？", "」", "…", "؟", "।")
_QUOTES = frozenset('"“”„»«‘「『')
_BULLETS = frozenset("•-–—*·►▶#▪◦‣+")
_ADDRESS = re.compile(r"https?://|www\.|\S@\w|(?<!\w)@\w{3}|\.(?:com|org|net|co\.uk)\b")
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d\d\b")
_LEADIN = re.compile(r"^(?:\w+[ '’]?){1,4}:\s?\S")
_SIGNED = re.compile(
    r"\((?:[^()]{0,60}[/:][^()]{0,60}|(?:AP|Reuters|AFP|Getty|Picture|Image|Photo|Credit|File)\b[^()]{0,80})\)?\s?$",
    re.I,
)

OWN_NAMES: tuple[str, ...] = (
    "words", "chars", "function", "end", "colon", "commas", "periods", "quote", "capitals", "upper", "digit", "repeat",
    "bar", "startquote", "startlower", "wordlength", "byline", "leadin", "address", "clock", "ellipsis", "question",
    "bullet", "startdigit", "inparens", "bracket", "digits", "endparen", "shouted", "signed", "groups", "copyright",
    *(f"has_{name}" for name in GROUP_NAMES), *(f"rate_{name}" for name in ("site", "share", "credit", "month", "bio")),
)  # fmt: skip
_RATED = tuple(GROUP_BIT[name] for name in ("site", "share", "credit", "month", "bio"))
_SHIFTS = np.arange(len(GROUP_NAMES))


@dataclass(frozen=True, slots=True)
class PageTraits:
    """The lines of a page that hold a word, and their traits."""

    at: NDArray[np.intp]  # index into the page's lines
    text: list[str]
    tokens: list[list[str]]  # lower-case words
    own: Numbers  # (lines, OWN_NAMES)
    blank_before: Numbers
    blank_after: Numbers
    language: str  # of the function words that the page uses most


def page_traits(lines: Sequence[str]) -> PageTraits:
    """Measure every line that holds a word.

    Parameters
    ----------
    lines : sequence of str
        All lines of a page, blank ones included, stripped.

    Returns
    -------
    PageTraits
        One row a line with a word, in the order of the page.
    """
    at: list[int] = []
    texts: list[str] = []
    tokens: list[list[str]] = []
    for place, line in enumerate(lines):
        if line:
            found = _WORD.findall(line[:READ_CHARS].lower())
            if found:
                at.append(place)
                texts.append(line)
                tokens.append(found)
    language = _page_language(tokens)
    function = FUNCTION_SETS[language]
    seen: Counter[str] = Counter()
    rows = []
    bits = []
    for text, words in zip(texts, tokens, strict=True):
        seen[text] += 1
        row, bit = _own(
            text if len(text) <= READ_CHARS else text[:READ_CHARS], words, function, seen[text] > 1
        )
        rows.append(row)
        bits.append(bit)
    own = np.zeros((len(at), len(OWN_NAMES)), np.float32)
    if at:
        shape = np.array(rows, np.float32)
        flags = (np.array(bits)[:, None] >> _SHIFTS) & 1
        width = shape.shape[1] - len(_RATED)
        own[:, :width] = shape[:, :width]
        own[:, width : width + len(GROUP_NAMES)] = flags
        own[:, width + len(GROUP_NAMES) :] = shape[:, width:]
        own[:, OWN_NAMES.index("groups")] = flags.sum(1)
    before, after = _blanks(np.array(at, np.intp), len(lines))
    return PageTraits(np.array(at, np.intp), texts, tokens, own, before, after, language)


def _own(
    text: str, words: list[str], function: frozenset[str], repeat: bool
) -> tuple[tuple[float, ...], int]:
    """Traits of one line (the word groups last, as rates) and its groups as bits."""
    count = len(words)
    bits = 0
    rated = [0] * len(_RATED)
    look = words if count <= 40 else words[:20] + words[-20:]
    for word in look:
        bit = WORD_BITS.get(word)
        if bit:
            bits |= bit
            for place, mask in enumerate(_RATED):
                if bit & mask:
                    rated[place] += 1
    for pair in zip(look, look[1:], strict=False):
        bit = PHRASE_BITS.get(" ".join(pair))
        if bit:
            bits |= bit
    raw = text.split()
    first, last = text[0], text[-1]
    plain = text.isascii()
    length = count if plain else count + len(_UNSPACED.findall(text)) / 2
    digits = sum(map(text.count, "0123456789"))
    shouted = sum(map(str.isupper, raw))
    row = (
        length,
        len(text),
        sum(word in function for word in look) / len(look),
        text.endswith(_ENDS),
        last == ":",
        text.count(","),
        text.count("."),
        not _QUOTES.isdisjoint(text),
        sum(map(str.isupper, [word[0] for word in raw])) / len(raw),
        text.isupper(),
        digits > 0,
        repeat,
        "|" in text or " · " in text or " • " in text or "›" in text or ">" in text,
        first in _QUOTES,
        first.islower(),
        len(text) / count,
        count < 30 and _STRICT_LEAD.match(text) is not None,
        count < 60 and _LEADIN.match(text) is not None,
        ("@" in text or "www" in text or "http" in text or ".co" in text or ".org" in text)
        and _ADDRESS.search(text) is not None,
        digits > 1 and _CLOCK.search(text) is not None,
        text.endswith(("...", "…")),
        last == "?",
        first in _BULLETS,
        first.isdigit(),
        first == "(" and last == ")",
        first == "[",
        digits / len(text),
        last in ")]",
        shouted / len(raw),
        last == ")" and _SIGNED.search(text[-160:]) is not None,
        0.0,
        "©" in text or "copyright" in text[:40].lower(),
        *(rate / len(look) for rate in rated),
    )
    return row, bits


def _page_language(tokens: Sequence[Sequence[str]]) -> str:
    """Language whose function words make up most of the page; English when none does."""
    counts = Counter(word for words in tokens for word in words)
    shares = {lang: sum(counts[word] for word in words) for lang, words in FUNCTION_SETS.items()}
    return max(shares, key=lambda lang: (shares[lang], lang == "en"))


def _blanks(at: NDArray[np.intp], total: int) -> tuple[Numbers, Numbers]:
    """Lines without a word just before and after each line, at most four."""
    edges = np.concatenate([[-1], at, [total]])
    gaps = np.minimum(np.diff(edges) - 1, 4).astype(np.float32)
    return gaps[:-1], gaps[1:]
