"""Quote share: whose words fill how much of the quoted text."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from tempfile import TemporaryFile
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.schema import need_columns
from clipbook.stats.resampling import FEWEST, bounds_of

DRAWS = 1000
_CELLS = 400_000  # drawn at once, so that a group of any size fits
_COLUMNS = 500  # speakers whose draws are held at once, likewise
SHARE_COLUMNS = ["group", "speaker", "quotes", "words", "share", "low", "high"]


def quote_share(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "capture_id",
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of quoted words that each speaker holds in each group of articles.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``words``, ``confidence`` and the speaker's column, from ``find_quotes``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        Column of ``articles`` that groups them: ``"capture_id"``, ``"outlet"``, ``"section"``, ...
    speaker : str
        Column of ``quotes`` that is counted: ``"speaker"``, or a column of the researcher's speakers table
        such as ``"camp"``.
    kinds : tuple of str
        Kinds of quotation that count.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        ``group``, ``speaker``, ``quotes`` (count), ``words``, ``share`` (0 to 1, sums to 1 within a group),
        ``low`` and ``high`` (95 % interval; NaN in groups of fewer than three articles with quotations, unless
        every article is a group); most words first. Quotations without a known speaker stay as
        the row "unattributed". A group without quotations has no row.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Words, not quotations, are counted: one long quotation outweighs two short ones. The interval joins two
    sources of error. Articles are drawn with replacement within a group, and the bounds are as wide as
    `stats.resampling.bounds_of` makes them for the articles with quotations, between 0 and 1. In every draw each
    quotation keeps its speaker with its confidence as probability; otherwise its words go to another speaker of the same
    article or to somebody not yet in the table. Where doubt about the speakers moves nearly all draws to one
    side, the interval is widened to hold the share itself. With ``by="capture_id"``
    only the second source is left, and the bounds are percentiles. Every group has draws of its own, so that a
    group's interval does not depend on what other groups there are.
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    counted = _counted(quotes, articles, by, speaker, kinds)
    groups, labels = pd.factorize(counted["group"], sort=True)
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(len(labels) + 1)).tolist()
    said = _said(counted.iloc[order])
    fewest = 1 if by == "capture_id" else FEWEST
    shares = [
        _group_rows(_Said(*(column[a:b] for column in said)), label, seed, fewest)
        for (a, b), label in zip(pairwise(bounds), labels, strict=True)
    ]
    return _table([rows for rows in shares if rows is not None])


def _counted(
    quotes: pd.DataFrame, articles: pd.DataFrame, by: str, speaker: str, kinds: tuple[str, ...]
) -> pd.DataFrame:
    """Rows of the wanted kinds with the group of their article."""
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    rows = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    who = rows[speaker].astype(object).where(rows[speaker].notna() & (rows[speaker] != ""), UNATTRIBUTED)
    return rows.assign(group=rows["capture_id"].map(group_of), who=who)


def group_share(rows: pd.DataFrame, group: object, seed: int = 0) -> pd.DataFrame:
    """Share of each speaker in one group of articles, as :func:`quote_share` gives it.

    Parameters
    ----------
    rows : DataFrame
        One row a quotation, an article's together: ``capture_id``, ``who``, ``words``, ``confidence``.
    group : object
        The group's label.
    seed : int
        Seed of the bootstrap, taken together with the label.
    """
    found = _group_rows(_said(rows), group, seed, FEWEST)
    return _table([] if found is None else [found])


class _Said(NamedTuple):
    """Quotations: an entry each."""

    article: np.ndarray  # equal for those of one article
    who: np.ndarray
    words: np.ndarray
    sure: np.ndarray


def _said(rows: pd.DataFrame) -> _Said:
    return _Said(
        pd.factorize(rows["capture_id"])[0],
        rows["who"].to_numpy(object),
        rows["words"].to_numpy(float),
        rows["confidence"].fillna(0).to_numpy(float),
    )


def _group_rows(said: _Said, group: object, seed: int, fewest: int) -> tuple[list[Any], ...] | None:
    """Give the columns of one group's rows; None where nothing counts."""
    total = said.words.sum()
    if total == 0:
        return None
    speakers = sorted(set(said.who))
    place = {name: number for number, name in enumerate(speakers)}
    who = np.array([place[name] for name in said.who])
    by_speaker = np.bincount(who, weights=said.words)
    rng = np.random.default_rng([seed, zlib.crc32(str(group).encode())])
    article = np.unique(said.article, return_inverse=True)[1]
    share = by_speaker / total
    low = high = np.full(len(speakers), np.nan)
    if article.max() + 1 >= fewest:
        low, high = _interval(article, who, said.words, said.sure, share, rng)
    order = np.lexsort((np.arange(len(speakers)), -by_speaker))
    numbers = (np.bincount(who), by_speaker.astype(int), share, low, high)
    return (
        [group] * len(order),
        [speakers[i] for i in order.tolist()],
        *(column[order].tolist() for column in numbers),
    )


def _table(groups: list[tuple[list[Any], ...]]) -> pd.DataFrame:
    if not groups:
        return pd.DataFrame(columns=SHARE_COLUMNS)
    columns = (list(chain.from_iterable(parts)) for parts in zip(*groups, strict=True))
    return pd.DataFrame(dict(zip(SHARE_COLUMNS, columns, strict=True)))


def _interval(
    article: np.ndarray,
    who: np.ndarray,
    words: np.ndarray,
    sure: np.ndarray,
    share: np.ndarray,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of the shares over drawn articles and drawn speakers; of one article, percentiles."""
    speakers, articles = len(share), int(article.max()) + 1
    low, high = np.empty((2, speakers))
    for some, shares in _by_speaker(_draws(article, who, words, sure, speakers, rng), speakers):
        known = ~np.isnan(shares[0])
        drawn = shares[:, known].T
        if articles > 1:
            low[some], high[some] = bounds_of(drawn, share[some], articles)
        else:
            low[some], high[some] = np.quantile(drawn, [0.025, 0.975], axis=0)
    return np.minimum(low.clip(0, 1), share), np.maximum(high.clip(0, 1), share)


def _by_speaker(drawn: Iterable[np.ndarray], speakers: int) -> Iterator[tuple[slice, np.ndarray]]:
    """Give all draws of some speakers at a time; where there are more speakers, draws wait in a file."""
    if speakers <= _COLUMNS:
        yield slice(speakers), np.concatenate([draws.T for draws in drawn], axis=1)
        return
    with TemporaryFile() as kept:
        for draws in drawn:
            kept.write(draws.tobytes())
        for first in range(0, speakers, _COLUMNS):
            width = min(_COLUMNS, speakers - first)
            shares = np.empty((width, DRAWS))
            for draw in range(DRAWS):
                kept.seek((draw * speakers + first) * shares.itemsize)
                shares[:, draw] = np.frombuffer(kept.read(width * shares.itemsize))
            yield slice(first, first + width), shares


def _draws(
    article: np.ndarray,
    who: np.ndarray,
    words: np.ndarray,
    sure: np.ndarray,
    speakers: int,
    rng: np.random.Generator,
) -> Iterator[np.ndarray]:
    """Draw articles and speakers, and give some draws' shares, draws x speakers; "somebody else" is left off."""
    n_articles, n_slots = int(article.max()) + 1, speakers + 1
    pool, start, sizes, own = _pools(article, who, n_slots)
    at_once = max(1, _CELLS // (len(who) + n_slots))
    for first in range(0, DRAWS, at_once):
        draws = min(at_once, DRAWS - first)
        picks = rng.random((draws, len(who)))
        draw, quote = np.nonzero(rng.random((draws, len(who))) >= sure)
        pick = (picks[draw, quote] * sizes[quote]).astype(int)
        other = pool[start[quote] + pick + (pick >= own[quote])]
        other[pick == sizes[quote] - 1] = speakers
        cells = who + np.arange(draws)[:, None] * n_slots
        cells[draw, quote] += other - who[quote]
        weights = np.broadcast_to(words, cells.shape)
        if n_articles > 1:
            drawn = rng.integers(0, n_articles, (draws, n_articles)) + np.arange(draws)[:, None] * n_articles
            times = np.bincount(drawn.ravel(), minlength=draws * n_articles).reshape(draws, n_articles)
            weights = times[:, article] * words
        totals = np.bincount(cells.ravel(), weights=weights.ravel(), minlength=draws * n_slots)
        totals = totals.reshape(draws, n_slots)
        with np.errstate(invalid="ignore"):
            yield totals[:, :-1] / totals.sum(axis=1, keepdims=True)


def _pools(
    article: np.ndarray, who: np.ndarray, n_slots: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """List the speakers of each article.

    Gives them article by article, and for each quotation where its article's begin, how many they are and which
    of them is its own.
    """
    pairs, place = np.unique(article * n_slots + who, return_inverse=True)
    sizes = np.bincount(pairs // n_slots)
    start = (np.cumsum(sizes) - sizes)[article]
    return np.append(pairs % n_slots, 0), start, sizes[article], place - start
