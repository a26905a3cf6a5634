"""Quote shares corrected by random checks, and their differences between groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from clipbook.checks import estimate
from clipbook.checks.answers import judged
from clipbook.checks.draw import quotations_to_draw
from clipbook.checks.rates import EVERYWHERE, groups_of
from clipbook.checks.sheets import Sheet, still_there
from clipbook.quotes.corrections import apply_speakers
from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.schema import need_columns
from clipbook.stats.intervals import false_discovery_rate

SHARE_COLUMNS = (
    "group", "speaker", "counted_share", "share", "low", "high", "alone", "alone_low", "alone_high", "checked", "note",
)  # fmt: skip
DIFFERENCE_COLUMNS = ("speaker", "group", "other", "difference", "low", "high", "p", "q", "note")


class CountedQuotes:
    """The quotations that a check was drawn from, counted by the machine and, where checked, in truth.

    Parameters
    ----------
    sheet : Sheet or None
        The check of quotations.
    quotes : DataFrame
        As measured, before any correction by hand: rows that were corrected because they were drawn would make the
        machine look better on them than on all others.
    articles : DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``body`` and columns of groups.
    speakers : DataFrame, optional
        The researcher's ``speakers.csv``.
    """

    def __init__(
        self,
        sheet: Sheet | None,
        quotes: pd.DataFrame,
        articles: pd.DataFrame,
        speakers: pd.DataFrame | None = None,
    ) -> None:
        need_columns(articles, ["capture_id", "outlet", "headline", "body"], made_by="corpus.read_corpus")
        self.note, self.added = "", ""
        self.units = pd.DataFrame({"capture_id": []})
        self.articles, self._speakers = articles, speakers
        if sheet is None or sheet.answers.empty:
            self.note = "nothing is checked yet: clipbook check"
            return
        units = quotations_to_draw(quotes, articles[articles["capture_id"].isin(sheet.captures)])
        units, apart = still_there(sheet, units)
        if units.empty:
            self.note = f"not corrected: {apart}"
            return
        truth = judged(sheet).set_index("check_id")
        known = units["check_id"].isin(truth.index)
        unseen = set(units["stratum"]) - set(units.loc[known, "stratum"])
        if unseen:
            self.note = f"not corrected: nothing is checked yet of {', '.join(sorted(unseen))}"
            return
        self.added = "; ".join(filter(None, [apart, sheet.later]))
        speech = truth["is_speech"].reindex(units["check_id"]).fillna(False).to_numpy(bool)
        typed = truth["who"].reindex(units["check_id"]).fillna(UNATTRIBUTED)
        here = units.groupby("capture_id")["speaker"].agg(set).to_dict()
        named = [
            _known_name(str(name), here[capture])
            for name, capture in zip(typed, units["capture_id"], strict=True)
        ]
        self.units = units.assign(
            known=known,
            who=named,
            found_words=units["words"].where(units["kind"].isin(SPEECH), 0),
            true_words=np.where(speech, units["words"], 0),
        )

    def counts(self, names: Sequence[str], speaker: str) -> tuple[np.ndarray, np.ndarray]:
        """Tell of every quotation whether it is each speaker's by the machine, and in truth."""
        both = (_grouped(self.units[column], self._speakers, speaker) for column in ("speaker", "who"))
        found, true = (np.stack([column == name for name in names], axis=1) for column in both)
        return found, true

    def groups(self, by: str) -> list[tuple[str, np.ndarray]]:
        """Give each group of articles with the quotations in it; see `rates.groups_of`."""
        need_columns(self.articles, [by], made_by="corpus.read_corpus")
        return groups_of(self.units, self.articles, by)

    def checked(self, inside: np.ndarray) -> int:
        """Count the checked quotations of a group."""
        return int((inside & self.units["known"]).sum())

    def estimate(
        self, inside: np.ndarray, counts: tuple[np.ndarray, np.ndarray], *, use_machine: bool = True
    ) -> estimate.Estimate:
        """Estimate the shares of some speakers among the quotations inside."""
        units = self.units
        found, true = (units[name].to_numpy(float) * inside for name in ("found_words", "true_words"))
        article, stratum = (pd.factorize(units[name])[0] for name in ("capture_id", "stratum"))
        above = (counts[0] * found[:, None], found, counts[1] * true[:, None], true)
        known = units["known"].to_numpy(bool)
        made = estimate.Units(article, stratum, known, *above)
        right = (units["speaker"] == units["who"]).to_numpy() & (true > 0)
        return estimate.corrected(made, estimate.tuned_weight(made, right) if use_machine else 0.0)


def corrected_shares(
    counted: CountedQuotes, by: str, names: Sequence[str], *, speaker: str = "speaker"
) -> pd.DataFrame:
    """Correct the shares of quoted words of some speakers by a random check.

    Parameters
    ----------
    counted : CountedQuotes
        The quotations with the check.
    by : str
        The column of articles that groups them.
    names : sequence of str
        Speakers, as `leading_speakers` lists; camps, with ``speaker="camp"``.
    speaker : str
        The column counted by.

    Returns
    -------
    DataFrame
        ``group`` ("all" first, then those with ten checked quotations), ``speaker``, ``counted_share`` (as the
        machine's best guesses give it), ``share`` (corrected), ``low``, ``high`` (95 % interval), ``alone``,
        ``alone_low``, ``alone_high`` (by the checks alone), ``checked`` (quotations), ``note``. See `estimate.corrected`.
    """
    if counted.note or not len(names):
        note = counted.note or "no speaker was found"
        return pd.DataFrame([(EVERYWHERE, "", *[np.nan] * 7, 0, note)], columns=list(SHARE_COLUMNS))
    counts = counted.counts(names, speaker)
    rows = []
    for group, inside in counted.groups(by):
        checked = counted.checked(inside)
        if group != EVERYWHERE and checked < estimate.FEWEST_CHECKED:
            continue
        words = counted.units["found_words"].to_numpy(float) * inside
        machine = (words @ counts[0]) / max(words.sum(), 1)
        made = [counted.estimate(inside, counts, use_machine=use) for use in (True, False)]
        cells = zip(names, machine, *(_shares(one, checked) for one in made), strict=True)
        for name, share, with_machine, alone in cells:
            rows.append((group, name, share, *with_machine, *alone, checked, counted.added))
    return pd.DataFrame(rows, columns=list(SHARE_COLUMNS))


def corrected_differences(
    counted: CountedQuotes, by: str, names: Sequence[str], *, speaker: str = "speaker"
) -> pd.DataFrame:
    """Correct the differences between groups in shares of quoted words; parameters as for `corrected_shares`.

    Returns
    -------
    DataFrame
        ``speaker``, ``group``, ``other``, ``difference`` (first minus second share), ``low``, ``high`` (95 % interval), ``p``,
        ``q`` (Benjamini and Hochberg 1995, over the table), ``note``; surest first. Groups with ten checked quotations.
    """
    if counted.note or not len(names):
        return pd.DataFrame(columns=list(DIFFERENCE_COLUMNS))
    counts = counted.counts(names, speaker)
    chosen = [
        (group, counted.estimate(inside, counts))
        for group, inside in counted.groups(by)
        if group != EVERYWHERE and counted.checked(inside) >= estimate.FEWEST_CHECKED
    ]
    rows = [
        (name, group, other, *estimate.difference(one, two, place), counted.added)
        for (group, one), (other, two) in combinations(chosen, 2)
        for place, name in enumerate(names)
    ]
    table = pd.DataFrame(rows, columns=[name for name in DIFFERENCE_COLUMNS if name != "q"])
    table = table.assign(q=false_discovery_rate(table["p"].to_numpy(float)))
    return table[list(DIFFERENCE_COLUMNS)].sort_values(["q", "p"], kind="stable", ignore_index=True)


def _shares(made: estimate.Estimate, checked: int) -> list[tuple[float, float, float]]:
    if checked < estimate.FEWEST_CHECKED or np.isnan(made.value).all():
        return [(np.nan, np.nan, np.nan)] * len(made.value)
    table = np.column_stack([made.value.clip(0, 1), *estimate.bounds(made)])
    return [(share, low, high) for share, low, high in table.tolist()]


def _grouped(names: pd.Series, speakers: pd.DataFrame | None, column: str) -> pd.Series:
    renamed = apply_speakers(pd.DataFrame({"speaker": names}), speakers)
    return renamed[column] if column in renamed else renamed["speaker"]


def _known_name(typed: str, here: set[str]) -> str:
    """Take what somebody typed for the article's own name where it is that, or the last word of one name alone."""
    plain = typed.casefold().strip()
    same = [name for name in here if name.casefold() == plain]
    last = [name for name in here if name.casefold().split()[-1:] == [plain]]
    return same[0] if same else last[0] if len(last) == 1 else typed.strip()
