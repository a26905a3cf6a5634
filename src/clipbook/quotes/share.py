"""Quote share: whose words fill how much of the quoted text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from clipbook.quotes.quotations import SPEECH, SURE_FROM, UNATTRIBUTED, UNSURE
from clipbook.schema import need_columns
from clipbook.stats.differences import FEWEST, Counted, between_shares, differences
from clipbook.stats.intervals import share_bounds
from clipbook.stats.periods import changes

OTHERS = "(others)"
MAY_BE_WRONG = 0.025  # probability
SHARE_COLUMNS = ["group", "speaker", "quotes", "words", "share", "low", "high"]


def quote_share(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "capture_id",
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
    sure_from: float = SURE_FROM,
) -> pd.DataFrame:
    """Share of quoted words that each speaker holds in each group of articles.

    Parameters
    ----------
    quotes : DataFrame
        ``capture_id``, ``kind``, ``words``, ``confidence``, ``probability`` and the speaker's column, from
        ``find_quotes``.
    articles : DataFrame
        ``capture_id`` and the column ``by``.
    by : str
        Column of ``articles`` that groups them: ``"capture_id"``, ``"outlet"``, ``"section"``, ...
    speaker : str
        Column of ``quotes`` that is counted: ``"speaker"``, or a column of the researcher's speakers table
        such as ``"camp"``.
    kinds : tuple of str
        Kinds of quotation that count.
    sure_from : float
        Confidence (0 to 1) below which the words of a quotation stand as "unsure", whoever its best guess is; 0 counts all guesses.

    Returns
    -------
    DataFrame
        ``group``, ``speaker``, ``quotes`` (count), ``words``, ``share`` (0 to 1, sums to 1 within a group),
        ``low`` and ``high`` (95 % interval; NaN in groups of fewer than three articles with quotations, unless
        every article is a group); most words first. Quotations without a known speaker stay as
        the row "unattributed", those whose speaker is in doubt as "unsure". A group without quotations has no row.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    Words, not quotations, are counted: one long quotation outweighs two short ones. The interval joins two sources of
    error: other articles, by the scatter of the group's articles about its share (that of a ratio of sums,
    Cochran 1977, Sampling Techniques, chapter 6), and wrong speakers, by each quotation's probability to be right.
    A wrong speaker takes words from one and gives them to another, as often as the other way round; drawing errors anew
    would move the interval away from whoever leads. Words in doubt stand as "unsure" in the share, and are to be
    expected to be the best guess's as often as its probability says: about the share with these the interval stands. Its bounds
    are those of `stats.intervals.share_bounds`. With ``by="capture_id"`` only the second source is left, and the interval
    reaches as far as the words that its speakers are to be expected to gain or lose.

    Examples
    --------
    >>> said = pd.DataFrame({"capture_id": ["a", "a"], "speaker": ["Ruiz", "Lind"], "words": [30, 10]})
    >>> said = said.assign(kind="direct", confidence=0.9, probability=0.9)
    >>> quote_share(said, pd.DataFrame({"capture_id": ["a"]}))[["speaker", "share"]].values.tolist()
    [['Ruiz', 0.75], ['Lind', 0.25]]
    """
    columns = ["capture_id", "kind", "words", "confidence", "probability", speaker]
    need_columns(quotes, columns, made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    counted = in_groups(quotes, articles, by, speaker, kinds, sure_from)
    groups, labels = pd.factorize(counted["group"], sort=True)
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(len(labels) + 1)).tolist()
    said = [column[order] for column in _columns(counted, speaker)]
    alone = by == "capture_id"
    shares = [
        _shares([column[a:b] for column in said], label, alone)
        for (a, b), label in zip(pairwise(bounds), labels, strict=True)
    ]
    return _table(shares)


def counted_as(speaker: pd.Series, confidence: pd.Series, sure_from: float = SURE_FROM) -> pd.Series:
    """Under whom the words of quotations count in a share.

    Parameters
    ----------
    speaker, confidence : Series
        As in the table of quotations; whatever column groups the speakers, empty where nobody is known.
    sure_from : float
        Confidence below which the speaker is in doubt.

    Returns
    -------
    Series
        The speaker, "unattributed", or "unsure".
    """
    who = speaker.astype(object).where(speaker.notna() & (speaker != ""), UNATTRIBUTED)
    return who.where((who == UNATTRIBUTED) | ~(confidence < sure_from), UNSURE)


def in_groups(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    speaker: str,
    kinds: tuple[str, ...],
    sure_from: float,
) -> pd.DataFrame:
    """Rows of the wanted kinds with the group of their article."""
    group_of = dict(zip(articles["capture_id"], articles[by], strict=True))
    rows = quotes[quotes["kind"].isin(kinds) & quotes["capture_id"].isin(group_of)]
    who = counted_as(rows[speaker], rows["confidence"], sure_from)
    return rows.assign(group=rows["capture_id"].map(group_of), who=who)


def share_contrasts(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    by: str,
    speakers: Sequence[str],
    *,
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
    sure_from: float = SURE_FROM,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the shares of quoted words of some speakers between every two groups of articles.

    Parameters
    ----------
    quotes, articles, by, speaker, kinds, sure_from
        As for `quote_share`; articles without quotations tell nothing of shares and are left out.
    speakers : sequence of str
        Whose shares, such as `leading_speakers` lists.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        As from `stats.differences.differences`, ``outcome`` being called ``speaker``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    counted, groups = by_article(in_groups(quotes, articles, by, speaker, kinds, sure_from), speakers)
    found = between_shares(differences(counted, groups, seed=seed))
    return found.rename(columns={"outcome": "speaker"})


def share_changes(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    speakers: Sequence[str],
    *,
    by: str = "outlet",
    speaker: str = "speaker",
    kinds: tuple[str, ...] = SPEECH,
    sure_from: float = SURE_FROM,
    seed: int = 0,
) -> pd.DataFrame:
    """Give the change of some speakers' shares of quoted words over time, within groups.

    Parameters
    ----------
    quotes, by, speaker, kinds, sure_from, speakers, seed
        As for `share_contrasts`.
    articles : DataFrame
        ``capture_id``, ``published`` and the column ``by``.

    Returns
    -------
    DataFrame
        As from `stats.periods.changes`, ``outcome`` being called ``speaker``.

    Raises
    ------
    TableError
        If a column is missing.
    """
    need_columns(quotes, ["capture_id", "kind", "words", "confidence", speaker], made_by="quotes.find_quotes")
    need_columns(articles, ["capture_id", "published", by], made_by="corpus.read_corpus")
    counted, groups = by_article(in_groups(quotes, articles, by, speaker, kinds, sure_from), speakers)
    published = articles.drop_duplicates("capture_id").set_index("capture_id")["published"].loc[groups.index]
    found = between_shares(changes(counted, published, groups, seed=seed))
    return found.rename(columns={"outcome": "speaker"})


def by_article(rows: pd.DataFrame, speakers: Sequence[str]) -> tuple[Counted, pd.Series]:
    """Count the quoted words of each article, those of some speakers and all; and give each article's group."""
    spoken = rows.assign(who=rows["who"].where(rows["who"].isin(list(speakers)), OTHERS))
    wide = spoken.pivot_table(index="capture_id", columns="who", values="words", aggfunc="sum", fill_value=0)
    groups = rows.drop_duplicates("capture_id").set_index("capture_id")["group"].reindex(wide.index)
    above = wide.reindex(columns=list(speakers), fill_value=0).to_numpy(float)
    return Counted(list(speakers), above, wide.sum(axis=1).to_numpy(float)), groups.fillna("")


def _columns(rows: pd.DataFrame, speaker: str) -> list[np.ndarray]:
    """Give each quotation's article, under whom it counts, words, probability, and who else it may be, where in doubt."""
    article = pd.factorize(rows["capture_id"])[0]
    numbers = (rows[name].fillna(0).to_numpy(float) for name in ("words", "probability"))
    guess = rows[speaker].where(rows["who"] == UNSURE, "").astype(object)
    return [article, rows["who"].to_numpy(object), *numbers, guess.to_numpy(object)]


def _shares(said: Sequence[np.ndarray], group: object, alone: bool) -> list[np.ndarray]:
    """Give the columns of one group's rows; none where no words are quoted. ``alone``: the group is one article."""
    article, who, words, right, guess = said
    total = words.sum()
    if total == 0:
        return []
    speakers, who = np.unique(who, return_inverse=True)
    article = np.unique(article, return_inverse=True)[1]
    spoken = np.bincount(who, weights=words)
    share = spoken / total
    doubt = _doubt(article, who, words, right)
    expected = share + _doubtful(guess, speakers, words * right) / total
    count = int((np.bincount(article, weights=words) > 0).sum())
    low = high = np.full(len(share), np.nan)
    if alone:
        reach = np.maximum(1.959964 * np.sqrt(doubt), _longest(who, words, right)) / total
        shift = _expected_shift(who, words, right) / total
        low = (share + np.minimum(shift, 0) - reach[0]).clip(0)
        high = (expected + np.maximum(shift, 0) + reach[1]).clip(max=1)
    elif count >= FEWEST:
        scatter = _scatter(article, who, words, share) * count / (count - 1)
        low, high = share_bounds(expected.clip(max=1), np.sqrt(scatter + doubt.sum(axis=0)) / total, count)
        low = np.minimum(low, share)
    label = np.empty(len(spoken), object)
    label[:] = group
    order = np.lexsort((np.arange(len(spoken)), -spoken))
    columns = (label, speakers, np.bincount(who), spoken.astype(int), share, low, high)
    return [column[order] for column in columns]


def _table(groups: list[list[np.ndarray]]) -> pd.DataFrame:
    kept = [columns for columns in groups if columns]
    if not kept:
        return pd.DataFrame(columns=SHARE_COLUMNS)
    columns = (np.concatenate(parts) for parts in zip(*kept, strict=True))
    return pd.DataFrame(dict(zip(SHARE_COLUMNS, columns, strict=True))).infer_objects()


def _scatter(article: np.ndarray, who: np.ndarray, words: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Sum over articles the squared distance of each speaker's words from their share of the article's words."""
    cells, place = np.unique(article * len(share) + who, return_inverse=True)
    said, whose = np.bincount(place, weights=words), cells % len(share)
    all_words = np.bincount(article, weights=words)
    squares = np.bincount(whose, weights=said**2, minlength=len(share))
    products = np.bincount(whose, weights=said * all_words[cells // len(share)], minlength=len(share))
    scatter: np.ndarray = squares - 2 * share * products + share**2 * (all_words**2).sum()
    return scatter.clip(0)


def _doubt(article: np.ndarray, who: np.ndarray, words: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the variance of each speaker's words that comes of wrong speakers.

    In two rows: of words that may not be the speaker's, and of words of the same articles that may be. A wrong speaker's
    words fall to each of the article's others, and to somebody else, alike.
    """
    size = int(who.max()) + 1
    cells, place = np.unique(article * size + who, return_inverse=True)
    here, whose = cells // size, cells % size
    chance = (1 - right) / np.bincount(here)[article]
    own = np.bincount(who, weights=words**2 * right * (1 - right))
    moving = words**2 * chance * (1 - chance)
    arriving = np.bincount(article, weights=moving)[here] - np.bincount(place, weights=moving)
    return np.stack([own, np.bincount(whose, weights=arriving.clip(0), minlength=size)])


def _expected_shift(who: np.ndarray, words: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give how many words of one article each speaker is to be expected to gain or lose where speakers are wrong."""
    wrong = words * (1 - right)
    to_each = wrong / (who.max() + 1)
    shift: np.ndarray = to_each.sum() - np.bincount(who, weights=to_each) - np.bincount(who, weights=wrong)
    return shift


def _doubtful(guess: np.ndarray, speakers: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Give how many of the words in doubt are to be expected to be each speaker's."""
    asked = np.flatnonzero(guess != "")
    place = np.searchsorted(speakers, guess[asked]).clip(max=len(speakers) - 1)
    known = speakers[place] == guess[asked]  # others have no row
    gained: np.ndarray = np.bincount(place[known], weights=words[asked][known], minlength=len(speakers))
    return gained


def _longest(who: np.ndarray, words: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the words of the longest quotation of one article that may not be, or may be, each speaker's own.

    A single quotation is right or not, and an interval of 95 % holds both where either comes more than once in forty.
    """
    size = int(who.max()) + 1
    longest = np.zeros((2, size))
    chance = (1 - right) / size
    for speaker in range(size):
        mine = who == speaker
        longest[0, speaker] = words[mine & (1 - right > MAY_BE_WRONG)].max(initial=0)
        longest[1, speaker] = words[~mine & (chance > MAY_BE_WRONG)].max(initial=0)
    return longest
