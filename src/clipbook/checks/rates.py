"""How often something is right, and how often what is right (cues, by group and frame) occurs, from units checked at random."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clipbook.checks.draw import cues_to_draw
from clipbook.checks.estimate import FEWEST_CHECKED, Floats, Units, corrected
from clipbook.checks.sheets import Sheet, still_there
from clipbook.schema import need_columns
from clipbook.stats.intervals import score_bounds, wilson


def right_rate(
    article: NDArray[np.int64], known: NDArray[np.bool_], right: NDArray[np.bool_], words: Floats
) -> tuple[float, float, float]:
    """Estimate how many units that are right, such as cues that mean their frame, stand in so many words.

    Parameters
    ----------
    article : array of int
        Of each unit, the place of its article in ``words``.
    known : array of bool
        Units drawn at random, each as likely as any, and checked.
    right : array of bool
        Whether they are right; of units that are not known it tells nothing.
    words : array
        Of every article, also of those without a unit.

    Returns
    -------
    tuple of (float, float, float)
        The rate, and its 95 % interval; NaN where the checked units stand in fewer than two articles.

    Notes
    -----
    The rate of all units times the share of the checked that are right. Both bounds of the product come from the bounds
    of its factors, on a scale of logarithms, with the factors' correlation over articles (MOVER: Zou and Donner 2008,
    Statistics in Medicine 27, 1693-1702). Those of the share are Wilson's, for as many tosses of a coin as err as much
    as the checked units do by articles, and no more than were checked: a few that are all right may still be wrong
    elsewhere. Student's t widens the rate alone; Wilson's bounds take their error from the share itself.

    Examples
    --------
    >>> every = np.arange(40)  # a unit in each of 40 articles of 1,000 words; all are checked, half are right
    >>> rate, low, high = right_rate(every, every >= 0, every % 2 == 0, np.ones(40))
    >>> rate, round(low, 3), round(high, 3)
    (0.5, 0.349, 0.651)
    """
    from scipy.special import stdtrit

    size, number = len(words), int(known.sum())
    one = np.ones((len(article), 1))
    alone = Units(
        article, np.zeros(len(article), np.int64), known, one, one[:, 0], one * right[:, None], one[:, 0]
    )
    made = corrected(alone, 0.0)
    if np.isnan(made.value[0]):
        return np.nan, np.nan, np.nan
    units = np.bincount(article, minlength=size)
    spread = np.sqrt(size / (size - 1)) * (units - units.sum() / words.sum() * words) / units.sum()
    share, error = float(made.value[0]), float(made.error[0])
    mixed = error > 0 and len(np.unique(right[known])) > 1  # of what is all alike, an error is rounding
    tosses = np.array(min(number, share * (1 - share) / error**2) if mixed else number)
    _, low, high = wilson(tosses * share, tosses)
    along = float(spread[: len(made.parts)] @ made.parts[:, 0]) / (np.linalg.norm(spread) * error or 1)
    reach = float(stdtrit(size - 1, 0.975) * np.linalg.norm(spread))
    rate = float(units.sum() / words.sum())
    if not share > 0:
        return 0.0, 0.0, rate * float(high * np.exp(reach))
    arms = np.log([share / low, high / share])
    down, up = np.exp(np.sqrt(reach**2 + arms**2 + 2 * along * reach * arms)).tolist()
    return rate * share, rate * share / down, rate * share * up


def proportion(
    strata: NDArray[Any], sizes: NDArray[Any], right: Floats, asked: Floats
) -> tuple[float, float, float, int]:
    """Estimate of how many units, of those asked about, something is right, from units drawn within strata.

    Parameters
    ----------
    strata : array
        Of each checked unit.
    sizes : array
        Units of each stratum in the corpus.
    right, asked : array
        Of each checked unit: how much of it is right, and how much there was to ask about; 0 where the question does not
        arise.

    Returns
    -------
    tuple of (float, float, float, int)
        The share, its 95 % interval, as of this corpus (Cochran 1977, ch. 5 and 6; bounds by
        `stats.intervals.score_bounds`), and the units asked about.

    Examples
    --------
    >>> share, low, high, n = proportion(np.zeros(10, int), np.array([1000]), np.array([1.0] * 9 + [0]), np.ones(10))
    >>> share, round(low, 2), round(high, 2), n
    (0.9, 0.53, 0.99, 10)
    """
    size = len(sizes)
    seen = np.bincount(strata, minlength=size)
    weight = (sizes / np.maximum(seen, 1))[strata]
    number, below = int((asked > 0).sum()), float(weight @ asked)
    if number < 2:
        return np.nan, np.nan, np.nan, number
    share = float(weight @ right) / below
    apart = right - share * asked
    means = np.bincount(strata, apart, size) / np.maximum(seen, 1)
    squares = np.bincount(strata, (apart - means[strata]) ** 2, size)
    chance = 1 - seen / np.maximum(sizes, 1)
    variance = (sizes**2 * chance / np.maximum(seen, 1) * squares / np.maximum(seen - 1, 1)).sum()
    error = np.array([np.sqrt(max(float(variance), 0.0)) / below])
    low, high = score_bounds(np.array([share]), error, number)
    return share, float(low[0]), float(high[0]), number


EVERYWHERE = "all"


def groups_of(units: pd.DataFrame, articles: pd.DataFrame, by: str) -> list[tuple[str, np.ndarray]]:
    """Give each group with the units in it, all of them first."""
    group_of: Mapping[str, object] = dict(zip(articles["capture_id"], articles[by], strict=True))
    of = units["capture_id"].map(group_of)
    named = sorted({str(group) for group in of.dropna() if str(group)})
    return [
        (EVERYWHERE, of.notna().to_numpy()),
        *((group, (of.astype(object).map(str) == group).to_numpy()) for group in named if len(named) > 1),
    ]


RATE_COLUMNS = ("group", "frame", "counted", "rate", "low", "high", "checked", "note")


def corrected_cue_rates(
    sheet: Sheet | None, evidence: pd.DataFrame, articles: pd.DataFrame, by: str
) -> pd.DataFrame:
    """Correct how often cues stand per 1,000 words by how often they mean their frame.

    Parameters
    ----------
    sheet : Sheet or None
        The check of cues.
    evidence : DataFrame
        As from ``framing.frame_evidence``.
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``, ``words``, ``status``, ``duplicate_of``, ``language`` and the column ``by``.
    by : str
        The column that groups them.

    Returns
    -------
    DataFrame
        ``group``, ``frame``, ``counted`` (cues per 1,000 words), ``rate`` (those that mean the frame), ``low``, ``high``,
        ``checked`` (cues), ``note``. Cues that the codebook does not know are not counted.
    """
    need_columns(articles, ["capture_id", "headline", "body", "words", by], made_by="corpus.read_corpus")
    if sheet is None or sheet.answers.empty:
        note = "nothing is checked yet: clipbook check"
        return pd.DataFrame([(EVERYWHERE, "", *[np.nan] * 4, 0, note)], columns=list(RATE_COLUMNS))
    here = articles[articles["capture_id"].isin(sheet.captures)]
    units = cues_to_draw(evidence, here.assign(outlet=""))
    units, apart = still_there(sheet, units)
    answers = sheet.answers["means"].reindex(units["check_id"])
    known, means = answers.isin(("yes", "no")).to_numpy(), (answers == "yes").to_numpy()
    words = here["words"].to_numpy(float) / 1000
    place = {name: number for number, name in enumerate(here["capture_id"])}
    rows = []
    for frame in sheet.strata:
        own = (units["stratum"] == frame).to_numpy()
        if not own.any():
            rows.append((EVERYWHERE, frame, *[np.nan] * 4, 0, f"not corrected: {apart}"))
            continue
        at, seen, yes = units["capture_id"][own].map(place).to_numpy(int), known[own], means[own]
        for group, inside in groups_of(here, here, by):
            own_at, number = np.cumsum(inside)[at] - 1, inside[at]  # places among the group's articles
            checked = int((number & seen).sum())
            if group != EVERYWHERE and checked < FEWEST_CHECKED:
                continue
            told = (np.nan, np.nan, np.nan)
            if checked >= FEWEST_CHECKED:
                told = right_rate(own_at[number], seen[number], yes[number], words[inside])
            few = f"fewer than {FEWEST_CHECKED} checked" if checked < FEWEST_CHECKED else ""
            few = few or ("all that are checked stand in one article" if np.isnan(told[0]) else "")
            counted = number.sum() / max(words[inside].sum(), 1e-9)
            note = "; ".join(filter(None, [few, apart, sheet.later]))
            rows.append((group, frame, counted, *told, checked, note))
    return pd.DataFrame(rows, columns=list(RATE_COLUMNS))
