"""Sentences, the only ones of the house.

A sentence never crosses a line break, so that headlines, subheads and list items stand by themselves.
Within a line, a run of ``.``, ``!``, ``?`` or ``…`` (with the quotation marks and brackets that close
behind it) ends a sentence unless what stands before or after it says otherwise: a lower-case word follows,
an initial or a title precedes, a number follows "No.", a speaker follows "“Why?”". A stop whose space was lost
("ended.Then") ends one too. The rules are those
of Grefenstette and Tapanainen (1994, "What is a word, what is a sentence?") and of the orthographic
heuristic of Kiss and Strunk (2006, "Unsupervised multilingual sentence boundary detection", Computational
Linguistics 32(4), section 4.3), with a list of abbreviations in place of learnt ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

import pandas as pd

from clipbook.schema import need_columns, written_in
from clipbook.shipped import shipped
from clipbook.text.words import WORD, Span, words_of

_WORDS = {kind: frozenset(words.split()) for kind, words in shipped("text/abbreviations.toml").items()}


def _forms(words: frozenset[str]) -> frozenset[str]:
    """Give each word as written, with a capital and in capitals."""
    return frozenset(form for word in words for form in (word, word[0].upper() + word[1:], word.upper()))


NEVER_END = _forms(_WORDS["never_end"])
MAY_END = _forms(_WORDS["may_end"]) | _WORDS["may_end_as_written"]
BEFORE_NUMBERS, MONTHS, STARTERS = (_WORDS[kind] for kind in ("before_numbers", "months", "starters"))
SAYING = sorted(_WORDS["saying"])


_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOP = re.compile(
    r"[.!?…‽]++(?:[ \xa0]\.(?!\w))*+(?:[\"'”’»›)\]]|[“‘«‹](?!\w)|[ \xa0\u202f]»)*+|[。！？｡।؟۔]++[”’」』）)]*+"
)
_AFTER = re.compile(r"\s++[\"'“‘«‹„¿¡(\[—–$€£¥#-]*+\s*+([^\W_]++)?+([.'’-]?)")
_UNSPACED = re.compile(r"[\"'“‘«‹„(]?+([^\W\d_]++)([.'’-]?)")
_BEFORE = re.compile(r"[^\W_][\w.&'’-]{0,14}\Z")
_SPEAKER = re.compile(rf"(?:[^\W\d_][\w.'’-]{{0,30}},?[ \xa0]){{1,5}}(?:{'|'.join(SAYING)})\b")
_ADDRESS = re.compile(r"[/@]|www\.")
_LIST_MARK = re.compile(r"\W{0,8}(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})\Z")
_CASELESS = frozenset("。！？｡।؟۔")
_QUOTE_ENDS = frozenset("\"'”’»›“‘«‹」』")
_DASHES = ("—", "–", "-")
QUOTED_KINDS = ("direct", "mixed")
SENTENCE_COLUMNS = ("capture_id", "paragraph", "sentence", "start", "end", "text", "quoted_share")


def _period_ends(text: str, start: int, stop: int, word: str, mark: str) -> bool:
    """Whether the full stop at ``stop`` ends the sentence from ``start``; ``word``, ``mark`` come next."""
    before = _BEFORE.search(text, max(start, stop - 16), stop)
    token = before.group().rpartition("-")[2] if before else ""
    starter = word in STARTERS and mark != "."
    if token in NEVER_END or (token.lower() in BEFORE_NUMBERS and word[0].isdigit()):
        return False
    if token.isdigit() and len(token) <= 2 and word.lower() in MONTHS:
        return False
    if token in MAY_END or ((len(token) == 1 or "." in token) and token[0].isalpha()):
        return starter and text[stop + 2 : stop + 3] not in _DASHES
    return not _LIST_MARK.match(text, start, stop)


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at ``start`` ends with the punctuation ``stop``."""
    after = _AFTER.match(text, stop.end())
    marks = stop.group()
    if marks[0] in _CASELESS:
        return True
    if after is None:
        after = _unspaced(text, start, stop)
    if after is None:
        return False
    word, mark = after.group(1) or "", after.group(2)
    if not word:
        return True
    if word[0].islower():
        return word[1:2].isupper()
    if marks[-1] in _QUOTE_ENDS and marks[0] != "." and _SPEAKER.match(text, after.start(1)):
        return False
    return marks[0] != "." or marks.count(".") > 1 or _period_ends(text, start, stop.start(), word, mark)


def _unspaced(text: str, start: int, stop: re.Match[str]) -> re.Match[str] | None:
    """Give the word behind a stop that has lost its space ("ended.Then"), unless it stands in an address or name."""
    after = _UNSPACED.match(text, stop.end())
    if after is None or not (after[1][0].isupper() and (after[1][1:2].islower() or after[1] in ("A", "I"))):
        return None
    run = text[max(start, stop.start() - 60) : stop.start()].rpartition(" ")[2]
    ended = (run[-2:].islower() and len(run) > 1) or run[-1:].isdigit() or stop.group()[-1] in _QUOTE_ENDS
    behind = text[stop.end() : stop.end() + 60].partition(" ")[0]
    return None if not ended or _ADDRESS.search(run) or "@" in behind else after


@lru_cache(maxsize=512)
def sentence_spans(text: str) -> tuple[Span, ...]:
    """Where the sentences of a text begin and end.

    Parameters
    ----------
    text : str
        An article's body, or any text.

    Returns
    -------
    tuple of (start, end)
        Code points into ``text``, in order, without the white space around a sentence. A stretch
        without a letter or digit is no sentence.

    Examples
    --------
    >>> [f"{start}-{end}" for start, end in sentence_spans("Dr. Oma left at 6 p.m. Friday. It rained.")]
    ['0-30', '31-41']
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        for stop in _STOP.finditer(text, start, end):
            if _ends(text, start, stop):
                spans.append((start, stop.end()))
                start = stop.end()
        spans.append((start, end))
    return tuple(trimmed for span in spans if (trimmed := _trim(text, span)))


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    if not WORD.search(text, start, end):
        return None
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def quoted_shares(text: str, quoted: list[Span]) -> list[float]:
    """Share of each sentence's words that lies within the given stretches.

    Parameters
    ----------
    text : str
        An article's body.
    quoted : list of (start, end)
        Quoted stretches, code points into ``text``; they may overlap.

    Returns
    -------
    list of float
        0 to 1 for each span of :func:`sentence_spans`.
    """
    return list(_quoted_shares(text, tuple(quoted)))


@lru_cache(maxsize=512)
def _quoted_shares(text: str, quoted: tuple[Span, ...]) -> tuple[float, ...]:
    merged: list[Span] = []
    for start, end in sorted(quoted):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    count = words_of(text).count
    shares = []
    opens, ends = [start for start, _ in merged], [end for _, end in merged]
    for start, end in sentence_spans(text):
        first, last = bisect_right(ends, start), bisect_left(opens, end)
        inside = sum(count(max(start, low), min(end, high)) for low, high in merged[first:last])
        shares.append(inside / max(1, count(start, end)))
    return tuple(shares)


def sentence_table(articles: pd.DataFrame, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Cut every article into sentences.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id`` and ``body``, one row an article.
    quotes : DataFrame, optional
        ``capture_id``, ``start``, ``end`` and ``kind``, one row a quotation. Only direct and mixed quotations
        count as quoted: scare quotes and titles are the reporter's own words.

    Returns
    -------
    DataFrame
        One row a sentence: ``capture_id``; ``paragraph`` and ``sentence``, both counted from 1 within the
        article; ``start`` and ``end`` (code points into ``body``); ``text``; ``quoted_share`` (0 to 1, of the
        sentence's words; NaN when no ``quotes`` are given, and in other languages than English, in which none are
        looked for).

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> sentence_table(pd.DataFrame({"capture_id": ["a"], "body": ["It rained. Nobody came."]}))["text"].tolist()
    ['It rained.', 'Nobody came.']
    """
    return pd.DataFrame(sentence_rows(articles, quotes), columns=list(SENTENCE_COLUMNS)).astype(
        {"paragraph": int, "sentence": int, "start": int, "end": int, "quoted_share": float}
    )


def sentence_rows(articles: pd.DataFrame, quotes: pd.DataFrame | None = None) -> list[tuple[object, ...]]:
    """Give the rows of :func:`sentence_table`."""
    need_columns(articles, ["capture_id", "body"], made_by="corpus.read_corpus()")
    stretches = quoted_stretches(quotes)
    rows: list[tuple[object, ...]] = []
    known = written_in(articles) & (quotes is not None)
    for capture_id, body, told in zip(articles["capture_id"], articles["body"], known, strict=True):
        spans = sentence_spans(body)
        shares = (
            [float("nan")] * len(spans) if not told else quoted_shares(body, stretches.get(capture_id, []))
        )
        paragraph, last = 1, 0
        for number, ((start, end), share) in enumerate(zip(spans, shares, strict=True), 1):
            paragraph += number > 1 and body.find("\n\n", last, start) >= 0
            rows.append((capture_id, paragraph, number, start, end, body[start:end], share))
            last = end
    return rows


def quoted_stretches(quotes: pd.DataFrame | None) -> dict[str, list[Span]]:
    """Give the direct and mixed quotations of each ``capture_id`` as (start, end).

    Raises
    ------
    TableError
        If a column is missing.
    """
    stretches: dict[str, list[Span]] = {}
    if quotes is None:
        return stretches
    need_columns(quotes, ["capture_id", "start", "end", "kind"], made_by="quotes.find_quotes()")
    said = quotes[quotes["kind"].isin(QUOTED_KINDS)]
    for capture_id, start, end in zip(said["capture_id"], said["start"], said["end"], strict=True):
        stretches.setdefault(capture_id, []).append((int(start), int(end)))
    return stretches
