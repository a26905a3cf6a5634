"""Planning to code: how many texts an alpha, or the share of a frame, asks for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.framing.agreement import RELIABLE, TENTATIVE
from clipbook.schema import need_columns
from clipbook.stats.families import POWER_POINT

COLUMNS = ["frame", "alpha", "share", "for_alpha", "for_share", "note"]
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
    return pd.DataFrame(rows, columns=COLUMNS)


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
