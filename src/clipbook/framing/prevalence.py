"""How common a frame is: shares from human codes, sharpened by what the models say of all texts."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from clipbook.framing.calibration import MOST_CODED, Calibration, article_texts, cue_scores_of, label_frames
from clipbook.schema import need_columns
from clipbook.stats.intervals import bounds_of

DRAWS = 1000
FEWEST_CODED = 10
FEWEST_SURE = 30  # coded texts of a group, for an interval that can be relied on
THIN = f"fewer than {FEWEST_SURE} coded texts: the interval may be too narrow"
METHODS = ("corrected", "codes alone")


def frame_shares(
    articles: pd.DataFrame,
    calibration: Calibration,
    drawn: Collection[str] | None = None,
    *,
    by: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Estimate the share of articles with each frame.

    Parameters
    ----------
    articles : DataFrame
        All articles to speak of, the coded ones among them: ``capture_id``, ``headline``,
        ``body`` and the column ``by``.
    calibration : Calibration
        From `calibrate`.
    drawn : collection of str, optional
        The ``capture_id`` of the articles that were drawn at random to be coded, as `sample_in` reads them from the
        folder of `draw_sheets`. Without it, or where texts were coded that were not drawn, or fewer than nine in ten
        of those that were, nothing is corrected: models cannot make up for texts that were picked.
    by : str, optional
        Column of groups, such as ``outlet``; all articles together when left out.
    seed : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        Two rows a group and frame: ``group``, ``frame``, ``method`` (``corrected``, ``codes alone``),
        ``share``, ``low``, ``high`` (95 % bootstrap interval over texts, as wide as `stats.intervals.bounds_of`
        makes it; exact where all codes are alike), ``coded``, ``texts``, ``note`` (why there is no share,
        or that it rests on fewer than 30 coded texts). NaN for groups with fewer than ten coded texts, and
        ``corrected`` for texts that were not drawn at random. No rows when the calibration allows scores only.

    Raises
    ------
    TableError
        If a column is missing.

    Notes
    -----
    A text counts with the share of its coders who say yes: taking split coders for a yes would raise every
    share by half of the splits. In each draw of the bootstrap one of its coders is asked, so that the interval is
    the wider the more they disagree. The codes' mean is corrected by the difference between what the models say of all texts and
    of the coded ones: the regression estimator of survey sampling (Cochran 1977, ch. 7), known as
    prediction-powered inference (Angelopoulos et al. 2023). The models' part shrinks to nothing when
    they tell nothing, so the estimate is never much worse than the codes alone. Where all codes of a group
    are alike, redrawing them gives the same share every time and the models cannot be weighed against
    them; both rows then have the bounds of Clopper and Pearson (1934, Biometrika 26, 404-413).

    Examples
    --------
    >>> articles = pd.DataFrame({"capture_id": list("abcdef"), "outlet": ["Quay"] * 3 + ["Moor"] * 3})
    >>> bodies = ["The ferry sank in the harbour."] * 3 + ["The council met about money."] * 3
    >>> articles = articles.assign(headline="", body=bodies, language="en", status="ok")
    >>> from clipbook.framing import calibrate, load_codebook
    >>> codes = pd.DataFrame(columns=["capture_id", "coder", "frame", "question", "code"])
    >>> uncoded = calibrate(articles, codes, load_codebook("generic"))
    >>> frame_shares(articles, uncoded)["share"].notna().any().item()  # nothing is said of frames before people have coded
    False
    """
    needed = ["capture_id", "headline", "body", *([by] if by else [])]
    need_columns(articles, needed, made_by="corpus.read_corpus")
    columns = ["group", "frame", "method", "share", "low", "high", "coded", "texts", "note"]
    if calibration.level == "scores only":
        return pd.DataFrame(columns=columns)
    guesses = _guesses(articles, calibration)
    groups = articles[by] if by else pd.Series("all", index=articles.index)
    rows = []
    for group, members in articles.groupby(groups, sort=True):
        for frame in calibration.codebook.frame_names:
            mine = guesses[frame].loc[members["capture_id"]]
            rows += [(str(group), frame, *row) for row in _both(mine, seed)]
    table = pd.DataFrame(rows, columns=columns[:-1])
    few = f"fewer than {FEWEST_CODED} coded texts"
    note = table["coded"].map(lambda n: few if n < FEWEST_CODED else THIN if n < FEWEST_SURE else "")
    reason = _not_drawn(set(calibration.coded.index) & set(articles["capture_id"]), drawn, articles)
    if reason:
        picked = table["method"] == "corrected"
        table.loc[picked, ["share", "low", "high"]] = np.nan
        note = note.mask(picked, reason)
    return table.assign(note=note)


def _not_drawn(coded: set[str], drawn: Collection[str] | None, articles: pd.DataFrame) -> str:
    """Say why the coded texts are no random sample; "" where they are."""
    if drawn is None:
        return "not corrected: nothing says that the coded texts were drawn at random (clipbook code draw)"
    own = set(drawn) & set(articles["capture_id"])
    if coded - own:
        return f"not corrected: {len(coded - own)} coded texts were not drawn at random"
    if len(coded) < MOST_CODED * len(own):
        return f"not corrected: only {len(coded)} of {len(own)} texts that were drawn are coded"
    return ""


def corrected_share(codes: np.ndarray, coded: np.ndarray, others: np.ndarray) -> float:
    """Estimate a share from codes and guesses.

    Parameters
    ----------
    codes : ndarray
        0 to 1, of the coded texts: the share of coders who say yes.
    coded : ndarray
        The models' guesses for the same texts, made without their codes.
    others : ndarray
        The guesses for the texts that were not coded.

    Returns
    -------
    float
        Between 0 and 1: the codes' share, moved by the slope of codes on guesses times the
        difference in mean guess between all texts and the coded ones.
    """
    n = len(codes)
    everything = np.concatenate([coded, others])
    moved = everything.mean() - coded.mean()
    spread = coded.var()
    slope = ((coded - coded.mean()) * (codes - codes.mean())).mean() / spread if spread > 0 else 0.0
    residual = (codes - codes.mean() - slope * (coded - coded.mean())).var()
    fit = 1 - residual / codes.var() if codes.var() > 0 else 0.0
    trust = max(0.0, 1 - (1 - fit) / (max(n - 2, 1) * fit)) if fit > 0 else 0.0
    return float(np.clip(codes.mean() + trust * slope * moved, 0, 1))


def _both(guesses: pd.DataFrame, seed: int) -> list[tuple[str, float, float, float, int, int]]:
    known = guesses.dropna(subset=["code"])
    codes, coded = known["code"].to_numpy(float), known["guess"].to_numpy(float)
    others = guesses.loc[guesses["code"].isna(), "guess"].to_numpy(float)
    n, texts = len(codes), len(guesses)
    if n < FEWEST_CODED:
        nothing = (np.nan, np.nan, np.nan, n, texts)
        return [(method, *nothing) for method in METHODS]
    if codes.min() == codes.max() and codes[0] in (0, 1):
        exact = _exact(round(codes.sum()), n)
        return [(method, float(codes.mean()), *exact, n, texts) for method in METHODS]
    generator = np.random.default_rng(seed)
    drawn = np.empty((DRAWS, 2))
    for i in range(DRAWS):
        pick = generator.integers(0, n, n)
        rest = others[generator.integers(0, len(others), len(others))] if len(others) else others
        said = (generator.random(n) < codes[pick]).astype(float)  # of coders who split, one is asked
        drawn[i] = corrected_share(said, coded[pick], rest), said.mean()
    shares = np.array([corrected_share(codes, coded, others), codes.mean()])
    low, high = (bounds.clip(0, 1) for bounds in bounds_of(drawn, shares, n))
    found = zip(METHODS, shares.tolist(), low.tolist(), high.tolist(), strict=True)
    return [(*row, n, texts) for row in found]


def _exact(hits: int, of: int) -> tuple[float, float]:
    from scipy.stats import binomtest

    bounds = binomtest(hits, of).proportion_ci(method="exact")
    return float(bounds.low), float(bounds.high)


def _guesses(articles: pd.DataFrame, calibration: Calibration) -> dict[str, pd.DataFrame]:
    """Per frame, a guess for every text, made without its codes, beside the code where there is one.

    The guess is the models' probability, or the cue score where there are no models for a frame.
    """
    texts = article_texts(articles)
    frames = calibration.codebook.frame_names
    scores = cue_scores_of(texts.tolist(), calibration.codebook, frames)
    guesses = pd.DataFrame(scores, index=texts.index, columns=list(frames))
    if calibration.level == "models":
        for labels in (label_frames(articles, calibration), calibration.out_of_fold):
            guesses.update(labels.pivot(index="capture_id", columns="frame", values="probability"))
    codes = calibration.coded.reindex(guesses.index)
    return {frame: pd.DataFrame({"guess": guesses[frame], "code": codes[frame]}) for frame in frames}
