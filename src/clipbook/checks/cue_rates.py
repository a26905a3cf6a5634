"""How often cues stand in articles, corrected by how often checked ones mean their frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clipbook.checks.draw import cues_to_draw
from clipbook.checks.estimate import FEWEST_CHECKED
from clipbook.checks.groups import EVERYWHERE, groups_of
from clipbook.checks.rates import right_rate
from clipbook.checks.sheets import Sheet, still_there
from clipbook.schema import need_columns

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
