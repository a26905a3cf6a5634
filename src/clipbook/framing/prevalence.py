"""How common a frame is: shares from human codes, sharpened by what models say of all texts; and how many texts to code."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from clipbook.framing.agreement import RELIABLE, TENTATIVE
from clipbook.framing.calibration import MOST_CODED, Calibration, article_texts, cue_scores_of, label_frames
from clipbook.schema import need_columns
from clipbook.stats.intervals import POWER_POINT, bounds_of, share_bounds

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
        low, high = share_bounds(codes.mean(), np.zeros(()), n)
        return [(method, float(codes.mean()), float(low), float(high), n, texts) for method in METHODS]
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


PLAN_COLUMNS = ["frame", "alpha", "share", "for_alpha", "for_share", "note"]
SHARES = (0.1, 0.3, 0.5)  # of texts with a frame, where nobody has coded yet
_NORMAL = 1.959964


def coding_plan(agreement: pd.DataFrame, *, texts: int | None = None, within: float = 0.1) -> pd.DataFrame:
    """Say how many texts to code, for each frame, so that coders are known to agree and its share is known.

    Parameters
    ----------
    agreement : DataFrame
        As from `agreement_table`: ``frame``, ``alpha``, ``positives`` of the texts coded so far. Without rows three
        shares are taken for granted, with an alpha of .800.
    texts : int, optional
        All texts that the share is to speak of; of few texts fewer need be coded.
    within : float
        Half the width of the share's 95 % interval, above 0 and below .5.

    Returns
    -------
    DataFrame
        ``frame``, ``alpha``, ``share`` (as given), ``for_alpha`` (texts that two coders both code, so that the lower end of
        alpha's interval is .667 or more in four of five studies, if they agree as well as ``alpha``), ``for_share``
        (texts drawn at random, by codes alone), ``note``. NaN where the codes tell nothing.

    Raises
    ------
    TableError
        If a column is missing.
    ValueError
        If ``within`` is not between 0 and .5.

    Notes
    -----
    The variance of alpha of two coders and a yes or no is that of Bloch and Kraemer (1989, Biometrics 45, 269-287);
    the size of a sample for a share, and for few texts, is that of Cochran (1977, Sampling Techniques, chapter 4).

    Examples
    --------
    >>> plan = coding_plan(pd.DataFrame(columns=["frame", "alpha", "positives"]), texts=1000)
    >>> plan[["share", "for_alpha", "for_share"]].values.tolist()
    [[0.1, 463.0, 34.0], [0.3, 193.0, 75.0], [0.5, 160.0, 88.0]]
    """
    need_columns(agreement, ["frame", "alpha", "positives"], made_by="framing.agreement_table")
    if not 0 < within < 0.5:
        raise ValueError(f"within is half the width of a share's interval, between 0 and .5, not {within}.")
    assumed = pd.DataFrame({"frame": "(no codes yet)", "alpha": RELIABLE, "positives": SHARES})
    known = agreement if len(agreement) else assumed
    rows = [
        (str(frame), alpha, share, *_plan(float(alpha), float(share), texts, within))
        for frame, alpha, share in known[["frame", "alpha", "positives"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=PLAN_COLUMNS)


def alpha_error(alpha: float, share: float) -> float:
    """Give the standard error of alpha of two coders, times the root of the number of texts."""
    mixed = 2 * share * (1 - share)
    return float(np.sqrt((1 - alpha) * ((1 - alpha) * (1 - 2 * alpha) + alpha * (2 - alpha) / mixed)))


def _plan(alpha: float, share: float, texts: int | None, within: float) -> tuple[float, float, str]:
    for_alpha = for_share = np.nan
    note = ""
    if np.isnan(share) or not 0 < share < 1:
        return for_alpha, for_share, "all codes are the same, or nobody coded the same text"
    if np.isnan(alpha) or alpha <= TENTATIVE:
        note = f"coders agree no better than {TENTATIVE}: sharpen the questions before coding more"
    elif alpha >= 1:
        note = f"coders never differed: planned for an alpha of {RELIABLE:.3f}"
    if not alpha <= TENTATIVE:
        hoped = RELIABLE if alpha >= 1 or np.isnan(alpha) else alpha
        error = alpha_error(hoped, share)
        for_alpha = np.ceil(((_NORMAL + POWER_POINT) * error / (hoped - TENTATIVE)) ** 2)
    for_share = _NORMAL**2 * share * (1 - share) / within**2
    if texts:
        for_share = for_share / (1 + (for_share - 1) / texts)
    return float(for_alpha), float(np.ceil(for_share)), note
