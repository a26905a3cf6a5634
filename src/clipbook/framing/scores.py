"""Cue scores of articles, and the evidence that every score opens to."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from clipbook.corpus.tables import as_articles
from clipbook.framing.codebook import Codebook
from clipbook.framing.codebook_files import load_codebook
from clipbook.framing.cues import Found, Hit, finder_of
from clipbook.schema import columns_of, need_columns, written_in
from clipbook.text.sentences import quoted_stretches, sentence_spans
from clipbook.text.words import words_of

SCOPES = ("whole", "narration", "quoted")
ARTICLE_COLUMNS = ("capture_id", "headline", "body", "language")
SCORE_COLUMNS = columns_of("frame_scores")
COMMON_WORDS = {"whole": 250, "narration": 250, "quoted": 50}  # at which texts of a scope are compared
EVIDENCE_COLUMNS = columns_of("frame_evidence")
PLACES = [name for name in EVIDENCE_COLUMNS if name not in ("codebook", "sentence", "text", "negated")]
"""Columns of the evidence that tell which cue stands where, without its sentence."""


AROUND = (
    1_000  # characters of its sentence that a cue is shown with on each side; some texts have no full stops
)
Row = tuple[object, ...]
Spans = Sequence[tuple[int, int]]


def cue_score(distinct: int, words: int) -> float:
    """Distinct cues over the square root of the number of words; NaN for a text without words.

    Repeating a cue says little more than using it once, and the number of distinct words in a
    text grows about as fast as the square root of its length (Herdan's law). Length is so set off in part
    only: half of an article's sentences have about .8 of the score of all. `expected_cues` compares texts.
    """
    return distinct / words**0.5 if words else float("nan")


def expected_cues(counts: Iterable[int], words: int, common: int) -> float:
    """Give how many distinct cues are to be expected in so many words of a text, whatever its length.

    Parameters
    ----------
    counts : iterable of int
        How often each cue occurs in the text.
    words : int
        Words of the text.
    common : int
        Words drawn from it without replacement, as many from every text that is compared.

    Returns
    -------
    float
        The sum over cues of the chance that the words drawn hold it; NaN for a text of fewer words.

    Notes
    -----
    Rarefaction (Hurlbert 1971, Ecology 52, 577-586, equation 8).

    Examples
    --------
    >>> expected_cues([1, 1], words=100, common=50)  # each cue is in the half that is drawn, or not
    1.0
    """
    if words < common:
        return float("nan")
    total = 0.0
    for count in counts:
        missed = 1.0
        for place in range(count):
            missed *= max(words - common - place, 0) / max(words - place, 1)
        total += 1 - missed
    return total


def frame_scores(
    articles: pd.DataFrame | str | Iterable[str],
    codebook: Codebook | str | Path = "generic",
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every frame of a codebook in every article. A cue score is not a frame: see `calibrate`.

    Parameters
    ----------
    articles : DataFrame, str or iterable of str
        A text, a list of texts, or a table: One row an article: ``capture_id``, ``headline``, ``body``, ``language``.
    codebook : Codebook, str or Path
        From `load_codebook`, or what it takes.
    quotes : DataFrame, optional
        One row a stretch of quoted text: ``capture_id``, ``start``, ``end`` (code points into
        ``body``), ``kind``. With it, scores are also given for the journalist's own words
        (``narration``, headline included) and for the words of sources (``quoted``); stretches of
        the kinds scare and title belong to narration.

    Returns
    -------
    DataFrame
        One row a frame and scope: ``capture_id``, ``codebook``, ``frame``, ``scope``, ``score``
        (distinct cues over the square root of words), ``cues`` (distinct), ``hits``, ``negated``
        (hits after a negation, which count all the same), ``words`` in the scope, ``expected_cues``
        (distinct cues to be expected in 250 words, of ``quoted`` in 50; see `expected_cues`), by which
        articles and groups of unlike lengths are compared; NaN for a scope of fewer words. Both scores
        are NaN for a scope without words, and for an article in another language than the codebook's.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Episodic against thematic framing is not scored: no cue set for it has been validated here.

    Examples
    --------
    >>> scores = frame_scores("Opponents criticize the plan; the parties clash.")
    >>> scores.loc[scores["frame"] == "conflict", ["cues", "words"]].values.tolist()
    [[3, 7]]
    """
    scores, _ = score_and_evidence_rows(as_articles(articles), load_codebook(codebook), quotes)
    return pd.DataFrame(scores, columns=list(SCORE_COLUMNS))


def frame_evidence(
    articles: pd.DataFrame | str | Iterable[str],
    codebook: Codebook | str | Path = "generic",
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List every cue found, with the sentence that holds it.

    Parameters
    ----------
    articles, codebook, quotes
        As for `frame_scores`.

    Returns
    -------
    DataFrame
        One row a cue found: ``capture_id``, ``codebook``, ``frame``, ``cue`` (as the codebook
        writes it), ``field`` (headline or body), ``start`` and ``end`` (code points into that
        field), ``sentence`` (its number in the table of sentences; 0 for the headline),
        ``sentence_start``, ``sentence_end``, ``text`` (the sentence, as far as 1,000 characters on each side of the
        cue), ``negated``, ``quoted``.

    Raises
    ------
    TableError
        If a column is missing.

    Examples
    --------
    >>> found = frame_evidence("Opponents criticize the plan; the parties clash.")
    >>> found.loc[found["frame"] == "conflict", "cue"].tolist()
    ['opponent*', 'critic*', 'clash*']
    """
    _, evidence = score_and_evidence_rows(as_articles(articles), load_codebook(codebook), quotes)
    return pd.DataFrame(evidence, columns=list(EVIDENCE_COLUMNS))


def score_and_evidence_rows(
    articles: pd.DataFrame, codebook: Codebook, quotes: pd.DataFrame | None = None
) -> tuple[list[Row], list[Row]]:
    """Give the rows of `frame_scores` and of `frame_evidence` from one reading of the articles."""
    need_columns(articles, ARTICLE_COLUMNS, made_by="corpus.read_corpus")
    scopes = SCOPES if quotes is not None else SCOPES[:1]
    finder, stretches = finder_of(codebook), merged_stretches(quotes)
    texts = articles[["capture_id", "headline", "body"]].assign(own=written_in(articles, codebook.language))
    scores: list[Row] = []
    evidence: list[Row] = []
    for capture_id, headline, body, readable in texts.itertuples(index=False):
        head, story, quoted = finder.find(headline), finder.find(body), stretches.get(capture_id, ())
        about = (capture_id, codebook.label)
        for scope, hits, words in _scoped(head, story, quoted):
            if scope in scopes:
                scores += ((*about, *row) for row in _scored(scope, hits, words, readable, codebook))
        if readable:
            evidence += ((*about, *row) for row in _shown(head, story, quoted))
    return scores, evidence


def _scoped(head: Found, body: Found, quoted: Spans) -> Iterator[tuple[str, list[Hit], int]]:
    """Part an article's cues and words into those of its scopes."""
    said: list[Hit] = []
    told = list(head.hits)
    for hit in body.hits:
        (said if inside(hit.start, quoted) else told).append(hit)
    quoted_words = sum(words_of(body.text).count(*span) for span in quoted)
    words = head.words + body.words
    yield "whole", [*head.hits, *body.hits], words
    yield "narration", told, words - quoted_words
    yield "quoted", said, quoted_words


def _scored(scope: str, hits: list[Hit], words: int, readable: bool, codebook: Codebook) -> Iterator[Row]:
    of_frame: dict[str, list[Hit]] = {frame: [] for frame in codebook.frame_names}
    for hit in hits if readable else ():
        of_frame[hit.frame].append(hit)
    for frame, mine in of_frame.items():
        counts = Counter(hit.cue for hit in mine)
        score = common = float("nan")
        if readable:
            score = cue_score(len(counts), words)
            common = expected_cues(counts.values(), words, COMMON_WORDS[scope])
        negated = sum(hit.negated for hit in mine)
        yield frame, scope, score, len(counts), len(mine), negated, words, common


def _shown(head: Found, body: Found, quoted: Spans) -> Iterator[Row]:
    title = head.text
    for hit in head.hits:
        place = ("headline", hit.start, hit.end, 0, 0, len(title), _near(hit, title, 0, len(title)))
        yield hit.frame, hit.cue, *place, hit.negated, False
    spans = sentence_spans(body.text) if body.hits else ()
    starts = [start for start, _ in spans]
    for hit in body.hits:
        number = max(bisect_right(starts, hit.start) - 1, 0)
        start, end = spans[number]
        text = _near(hit, body.text, start, end)
        place = ("body", hit.start, hit.end, number + 1, start, end, text)
        yield hit.frame, hit.cue, *place, hit.negated, inside(hit.start, quoted)


def _near(hit: Hit, text: str, start: int, end: int) -> str:
    """Give the sentence of a cue, so far that many cues in one long sentence do not each hold all of it."""
    return text[max(start, hit.start - AROUND) : min(end, hit.end + AROUND)]


def merged_stretches(quotes: pd.DataFrame | None) -> dict[str, list[tuple[int, int]]]:
    """Merge each article's quoted stretches into sorted spans that do not overlap."""
    merged: dict[str, list[tuple[int, int]]] = {}
    for capture_id, stretches in quoted_stretches(quotes).items():
        spans = merged.setdefault(capture_id, [])
        for start, end in sorted(stretches):
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], end))
            else:
                spans.append((start, end))
    return merged


def inside(place: int, spans: Spans) -> bool:
    """Whether a place lies in one of the sorted spans."""
    i = bisect_right(spans, (place, float("inf"))) - 1
    return i >= 0 and place < spans[i][1]
