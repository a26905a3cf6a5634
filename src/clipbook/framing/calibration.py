"""Calibration: what the cue scores of a codebook are worth, measured on human codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from clipbook.framing import performance
from clipbook.framing.codebook import Codebook
from clipbook.framing.coding import code_matrix, settle_codes
from clipbook.framing.cues import CueFinder
from clipbook.framing.scores import cue_score
from clipbook.framing.stacking import TextModels, folds, view_weights
from clipbook.schema import need_columns

FEWEST_FOR_THRESHOLDS = 50
FEWEST_FOR_MODELS = 100
FEWEST_OF_A_KIND = 10
MOST_CODED = 0.9  # of the texts drawn, or coded on another frame, to be coded


Decide = Callable[[Any], tuple[np.ndarray, np.ndarray]]
"""From texts, or their scores by the models, to probabilities and decisions: texts by frames."""


@dataclass(frozen=True)
class Calibration:
    """A codebook calibrated on human codes.

    Attributes
    ----------
    level : str
        ``scores only`` (fewer than 50 coded texts), ``thresholds`` (on cue scores), or
        ``models`` (from 100 coded texts).
    performance : DataFrame
        One row a frame: ``frame``, ``codes``, ``positives``, ``precision``, ``recall``, ``f1``,
        ``low``, ``high`` (95 % bootstrap interval of F1 over texts), ``coder_f1`` (one coder
        against another; NaN with one coder), ``usable``, ``note``. All out of fold.
    out_of_fold : DataFrame
        One row a coded text and usable frame: ``capture_id``, ``frame``, ``code``,
        ``probability``, ``present``, the latter two by models that have not seen the text's codes.
    coded : DataFrame
        Texts (index ``capture_id``) by frames: the share of the coders who say yes, from 0 to 1;
        where they discussed it, what they agreed on, 0 or 1.
    frames : tuple of str
        The usable frames: at least ten texts with and ten without.
    """

    codebook: Codebook
    level: str
    performance: pd.DataFrame
    out_of_fold: pd.DataFrame
    coded: pd.DataFrame
    frames: tuple[str, ...]
    _decide: Decide | None = field(default=None, repr=False)


def calibrate(
    articles: pd.DataFrame, codes: pd.DataFrame, codebook: Codebook, *, seed: int = 0
) -> Calibration:
    """Learn from human codes which texts have which frame, and measure how often that is right.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body`` of at least the coded texts.
    codes : DataFrame
        Answers of the coders, as from `read_sheets`.
    codebook : Codebook
        The codebook that the coders used.
    seed : int
        Of the random folds.

    Returns
    -------
    Calibration
        With 50 to 99 coded texts: a threshold a frame on the cue scores. From 100: linear models
        of cues, words and letters, summed with weights learned out of fold. Frames with fewer
        than ten texts with, or without, are left out and noted, and so are those that are coded in fewer than nine in
        ten of the texts of the frame that is coded most: coders go frame by frame. Codes of other texts are ignored.

    Raises
    ------
    TableError
        If a column is missing, or the codes hold no frame of the codebook.

    Notes
    -----
    Thresholds follow Lipton, Elkan and Narayanaswamy (2014); combining models by a regression on
    their out-of-fold scores is stacking (Wolpert 1992).

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> articles = articles.assign(headline="", body=bodies, language="en", status="ok")
    >>> from clipbook.framing import load_codebook
    >>> codes = pd.DataFrame(columns=["capture_id", "coder", "frame", "question", "code"])
    >>> calibrate(articles, codes, load_codebook("generic")).performance["note"].iloc[0]
    '0 coded texts; at least 50 are needed, so cue scores only'
    """
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    settled = settle_codes(codes[codes["capture_id"].isin(articles["capture_id"])])
    every = settled.pivot(index="capture_id", columns="frame", values="code")
    every = every.reindex(columns=list(codebook.frame_names))
    begun, behind = _far_enough(every, codebook)
    coded = code_matrix(settled, begun.frame_names, "code").astype(bool)
    grades = code_matrix(settled, begun.frame_names, "grade").loc[coded.index].astype(float)
    texts = article_texts(articles[articles["capture_id"].isin(coded.index)]).loc[coded.index].tolist()
    frames, notes = _usable(coded)
    level = "models" if len(coded) >= FEWEST_FOR_MODELS else "thresholds"
    level = level if frames else "scores only"
    found = pd.DataFrame(columns=["capture_id", "frame", "code", "probability", "present"])
    decide: Decide | None = None
    if level != "scores only":
        wanted, graded = coded[list(frames)].to_numpy(), grades[list(frames)].to_numpy()
        models = TextModels(codebook) if level == "models" else CueScores(codebook, frames)
        scores = models.learn(texts, wanted, graded, seed)
        exclusive = len(frames) == len(codebook.frames) > 1 and bool((wanted.sum(axis=1) == 1).all())
        chances, present = _cross_fitted(scores, wanted, exclusive, seed + 1)
        learned = _decider(scores, wanted, exclusive)

        def decide(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
            return learned(models.scores(texts))

        found = _long(coded.index, frames, code=wanted, probability=chances, present=present)
    known = {frame: coded[frame] if frame in coded else every[frame].dropna() for frame in [*coded, *behind]}
    measured = performance.performance_table(known, found, codes, notes | behind)
    said = code_matrix(settled, begun.frame_names, "share").loc[coded.index].astype(float)
    return Calibration(begun, level, measured, found, said, frames, decide)


def label_frames(articles: pd.DataFrame, calibration: Calibration) -> pd.DataFrame:
    """Say which frames texts have, by a calibrated codebook.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``.
    calibration : Calibration
        From `calibrate`.

    Returns
    -------
    DataFrame
        One row a text and usable frame: ``capture_id``, ``frame``, ``probability``, ``present``.
        Empty when the calibration allows scores only.
    """
    need_columns(articles, ["capture_id", "headline", "body"], made_by="corpus.read_corpus")
    if calibration._decide is None or articles.empty:
        return pd.DataFrame(columns=["capture_id", "frame", "probability", "present"])
    texts = article_texts(articles)
    chances, present = calibration._decide(texts.tolist())
    return _long(texts.index, calibration.frames, probability=chances, present=present)


def article_texts(articles: pd.DataFrame) -> pd.Series:
    """Join headline and body of each article, indexed by ``capture_id``."""
    joined = (articles["headline"] + "\n\n" + articles["body"]).str.strip()
    return pd.Series(joined.to_numpy(), index=pd.Index(articles["capture_id"], name="capture_id"))


def cue_scores_of(texts: list[str], codebook: Codebook, frames: tuple[str, ...]) -> np.ndarray:
    """Score plain texts: texts by frames."""
    rows = []
    for found in map(CueFinder(codebook).find, texts):
        cues = Counter(frame for frame, _ in {(hit.frame, hit.cue) for hit in found.hits})
        rows.append([cue_score(cues[frame], max(found.words, 1)) for frame in frames])
    return np.array(rows, float).reshape(len(texts), len(frames))


class CueScores:
    """Scores of texts by the cues of a codebook, of which nothing is learned; as `stacking.TextModels`."""

    def __init__(self, codebook: Codebook, frames: tuple[str, ...]) -> None:
        self._of = codebook, frames

    def learn(self, texts: list[str], *_: object) -> np.ndarray:
        """Score the coded texts."""
        return self.scores(texts)

    def scores(self, texts: list[str]) -> np.ndarray:
        """Score texts: texts by frames by 1."""
        return cue_scores_of(texts, *self._of)[:, :, None]


def _far_enough(every: pd.DataFrame, codebook: Codebook) -> tuple[Codebook, dict[str, str]]:
    """Keep the frames that are coded in nearly all coded texts, and say of the others how far they are."""
    number = every.notna().sum()
    most = number.max()
    behind = {
        str(frame): f"decided in {n} of {most} texts so far, so cue scores only"
        for frame, n in number.items()
        if n < MOST_CODED * most
    }
    frames = tuple(frame for frame in codebook.frames if frame.name not in behind)
    return replace(codebook, frames=frames), behind


def _usable(coded: pd.DataFrame) -> tuple[tuple[str, ...], dict[str, str]]:
    notes: dict[str, str] = {}
    if len(coded) < FEWEST_FOR_THRESHOLDS:
        few = f"{len(coded)} coded texts; at least {FEWEST_FOR_THRESHOLDS} are needed, so cue scores only"
        return (), dict.fromkeys(coded.columns, few)
    for frame in coded.columns:
        with_it = int(coded[frame].sum())
        fewer = min(with_it, len(coded) - with_it)
        if fewer < FEWEST_OF_A_KIND:
            some = f"only {fewer} coded texts {'with' if fewer == with_it else 'without'} this frame"
            notes[frame] = f"{some}; at least {FEWEST_OF_A_KIND} are needed, so cue scores only"
    return tuple(frame for frame in coded.columns if frame not in notes), notes


def _decider(scores: np.ndarray, wanted: np.ndarray, exclusive: bool) -> Decide:
    """Learn, out of fold, what turns the models' scores into probabilities and decisions."""
    centre, spread = scores.mean(axis=0), scores.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    weights = view_weights((scores - centre) / spread, wanted)

    def summed(scores: np.ndarray) -> np.ndarray:
        return ((scores - centre) / spread) @ weights

    learned = zip(summed(scores).T, wanted.T, strict=True)
    curves = [performance.probability_curve(*both) for both in learned]

    def chances_of(scores: np.ndarray) -> np.ndarray:
        columns = zip(summed(scores).T, curves, strict=True)
        return np.stack([performance.probabilities(*both) for both in columns], axis=1)

    thresholds = np.array([performance.best_threshold(column) for column in chances_of(scores).T])

    def decide(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        chances = chances_of(scores)
        return chances, performance.decide(chances, thresholds, exclusive=exclusive)

    return decide


def _cross_fitted(
    scores: np.ndarray, wanted: np.ndarray, exclusive: bool, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and decisions whose weights and thresholds were learned on other texts."""
    chances, present = np.zeros(wanted.shape), np.zeros(wanted.shape, dtype=bool)
    for learn, held in folds(len(wanted), seed):
        chances[held], present[held] = _decider(scores[learn], wanted[learn], exclusive)(scores[held])
    return chances, present


def _long(texts: Any, frames: tuple[str, ...], **tables: np.ndarray) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([texts, frames], names=["capture_id", "frame"])
    return pd.DataFrame({name: table.ravel() for name, table in tables.items()}, index=index).reset_index()
