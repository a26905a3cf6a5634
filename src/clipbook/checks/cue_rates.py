"""How often cues stand in articles, corrected by how often checked ones mean their frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.checks.draw import cues_to_draw
from clipbook.checks.estimate import FEWEST_CHECKED, Units, corrected
from clipbook.checks.groups import EVERYWHERE, added_since, groups_of
from clipbook.checks.sheets import Sheet, still_there
from clipbook.schema import need_columns

RATE_COLUMNS = ("group", "frame", "counted", "rate", "low", "high", "checked", "note")


def corrected_cue_rates(
    sheet: Sheet | None, evidence: pd.DataFrame, articles: pd.DataFrame, by: str
) -> pd.DataFrame:
    """Correct how often cues stand per 1,000 words by how often they mean their frame; see `corrected_shares`.

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
    known = answers.isin(("yes", "no")).to_numpy()
    rows = []
    for frame in sheet.strata:
        own = (units["stratum"] == frame).to_numpy()
        if not own.any():
            rows.append((EVERYWHERE, frame, *[np.nan] * 4, 0, f"not corrected: {apart}"))
            continue
        cues, seen, yes = units[own], known[own], (answers == "yes").to_numpy()[own]
        for group, inside in groups_of(here, here, by):
            counted, row = _rate(cues, seen, yes, here, inside)
            if group == EVERYWHERE or row[-1] >= FEWEST_CHECKED:
                few = f"fewer than {FEWEST_CHECKED} checked" if row[-1] < FEWEST_CHECKED else ""
                note = "; ".join(
                    filter(None, [few, apart, added_since(sheet, evidence["capture_id"], articles)])
                )
                told = (np.nan, np.nan, np.nan, row[-1]) if few else row
                rows.append((group, frame, counted, *told, note))
    return pd.DataFrame(rows, columns=list(RATE_COLUMNS))


def _rate(
    cues: pd.DataFrame, seen: np.ndarray, yes: np.ndarray, articles: pd.DataFrame, inside: np.ndarray
) -> tuple[float, tuple[float, float, float, int]]:
    """Give the rate per 1,000 words as counted, and as corrected with its interval and the cues checked."""
    place = {name: number for number, name in enumerate(articles["capture_id"])}
    words = articles["words"].to_numpy(float) * inside / 1000
    at = cues["capture_id"].map(place).to_numpy(int)
    counts = inside[at].astype(float)
    none, many = np.zeros(len(words)), len(words)
    made = corrected(
        Units(
            np.concatenate([at, np.arange(many)]), np.repeat([0, 1], [len(at), many]),
            np.concatenate([seen, np.ones(many, bool)]), np.concatenate([counts, none])[:, None],
            np.concatenate([0 * counts, words]), np.concatenate([counts * yes, none])[:, None],
            np.concatenate([0 * counts, words]),
        ),
        1.0,
    )  # fmt: skip
    from scipy.special import stdtrit

    checked = int((inside[at] & seen).sum())
    counted = float(counts.sum() / max(words.sum(), 1e-9))
    reach = float(stdtrit(max(min(made.freedom[0], checked - 1), 1), 0.975) * made.error[0])
    value = float(made.value[0])
    if not value > 0:
        return counted, (value, 0.0, reach, checked)
    times = float(np.exp(reach / value))  # a rate is as likely twice too low as twice too high
    return counted, (value, value / times, value * times, checked)
