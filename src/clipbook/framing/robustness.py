"""Whether a difference in cues holds: with copies, at other lengths, without the strongest cue, by event."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from clipbook.corpus.events import with_copies
from clipbook.framing.contrasts import cues_of_articles, frame_contrasts
from clipbook.framing.scores import COMMON_WORDS
from clipbook.schema import need_columns
from clipbook.stats.differences import Counted
from clipbook.stats.robustness import COLUMNS, Finding, Variant, chosen_finding, repeated, usual_variants

LENGTHS = (0.6, 1.6)  # of the words at which a scope is compared


def frame_robustness(
    scores: pd.DataFrame,
    evidence: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    scope: str = "whole",
    finding: tuple[str, str, str] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Repeat a difference in expected cues in ways that should not matter, and say whether it stays.

    Parameters
    ----------
    scores, evidence : DataFrame
        From `frame_scores` and `frame_evidence`, of copies too.
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``, ``words``, ``published``, ``duplicate_of``, ``compared`` and the column ``by``, as ``book.articles``.
    by, scope
        As for `frame_contrasts`.
    finding : (str, str, str), optional
        Frame, group and other group; the surest of all by default.
    seed : int
        Of the permutations.

    Returns
    -------
    DataFrame
        As from `stats.robustness.repeated`: as found; with copies in, each counted or all copies of a text weighing as one; the
        longest article out; by event (`corpus.find_events`; of more than 10,000 articles by day); with two other seeds; at 150 and 400 words (quotations
        30 and 80) in the place of 250; without the cue of the frame that most articles have. Empty without two groups.

    Raises
    ------
    TableError
        If a column is missing, or the finding names a frame or group that is not there.

    Examples
    --------
    >>> names = [str(number) for number in range(12)]
    >>> bodies = ["Opponents criticize the plan. " * 80] * 6 + ["Boats wait at sea. " * 80] * 6
    >>> articles = pd.DataFrame({"capture_id": names, "headline": "", "body": bodies, "outlet": ["Quay"] * 6 + ["Moor"] * 6})
    >>> articles = articles.assign(language="en", words=320, duplicate_of="", compared=True, published=pd.NaT)
    >>> from clipbook.framing import frame_evidence, frame_scores
    >>> found = frame_robustness(frame_scores(articles), frame_evidence(articles), articles)
    >>> found.loc[found["variant"] == "as found", ["outcome", "group", "difference"]].round(1).values.tolist()
    [['conflict', 'Moor', -2.0]]
    """
    need_columns(evidence, ["capture_id", "frame", "cue", "quoted"], made_by="framing.frame_evidence")
    used = with_copies(articles, by)
    compared = used.loc[used["compared"], ["capture_id", "group"]]
    tests = frame_contrasts(scores, compared, by="group", scope=scope, seed=seed)
    chosen = chosen_finding(tests, "frame", finding)
    if chosen is None:
        return pd.DataFrame(columns=COLUMNS)
    return repeated(_variants(scores, evidence, used, scope, chosen, seed), chosen)


def _variants(
    scores: pd.DataFrame, evidence: pd.DataFrame, used: pd.DataFrame, scope: str, chosen: Finding, seed: int
) -> Iterator[Variant]:
    own = scores[(scores["scope"] == scope) & scores["capture_id"].isin(used["capture_id"])]
    frames = list(dict.fromkeys(own["frame"]))
    wide = cues_of_articles(own, frames)
    about = used.set_index("capture_id").loc[wide.index]
    yield from usual_variants(Counted(frames, wide.to_numpy(float), np.ones(len(wide))), about, seed=seed)
    compared = used.loc[used["compared"], "capture_id"]
    hits = evidence.loc[evidence["capture_id"].isin(compared), ["frame", "cue", "capture_id", "quoted"]]
    if scope != "whole":
        hits = hits[hits["quoted"] == (scope == "quoted")]
    counts = hits.groupby(["frame", "cue", "capture_id"]).size()
    words = own.drop_duplicates("capture_id").set_index("capture_id")["words"]
    common = COMMON_WORDS[scope]
    readable = sorted(set(own.loc[own["score"].notna(), "capture_id"]) & set(compared))
    group = used.set_index("capture_id")["group"]
    length = words.loc[readable]
    lengths = [round(part * common) for part in LENGTHS]
    cue = ""
    if chosen.outcome in counts.index:
        cue = str(counts.loc[[chosen.outcome]].groupby("cue").size().idxmax())
    without = counts.drop((chosen.outcome, cue)) if cue else counts
    tries = [(f"at {at} words", counts, at) for at in lengths]
    tries += [(f"without its strongest cue, {cue!r}", without, common)] * bool(cue)
    for name, tally, at in tries:
        long = length[length >= at]
        table = _expected(tally, long, frames, at)
        yield Variant(name, Counted(frames, table, np.ones(len(long))), group.loc[long.index].tolist(), seed)


def _expected(counts: pd.Series, words: pd.Series, frames: list[str], common: int) -> np.ndarray:
    """Give the `expected_cues` of articles, of so many words, at another length: articles by frames."""
    assert isinstance(counts.index, pd.MultiIndex)
    of_frame, _, of_article = (np.asarray(codes) for codes in counts.index.codes)
    row = words.index.get_indexer(counts.index.levels[2])[of_article]
    column = pd.Index(frames).get_indexer(counts.index.levels[0])[of_frame]
    use = (row >= 0) & (column >= 0)
    row, column, count = row[use], column[use], counts.to_numpy()[use]
    length, missed = words.to_numpy()[row], np.ones(len(row))
    for place in range(count.max(initial=0)):
        left = np.flatnonzero(count > place)
        missed[left] *= (length[left] - common - place).clip(0) / (length[left] - place).clip(1)
    table = np.zeros((len(words), len(frames)))
    np.add.at(table, (row, column), 1 - missed)
    return table
