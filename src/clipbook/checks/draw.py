"""What can be checked, and what of it is worth a person's time: drawn at random within strata, with known chances."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from clipbook.errors import ClipbookError
from clipbook.quotes.quotations import SPEECH, UNATTRIBUTED
from clipbook.schema import need_columns, written_in
from clipbook.shipped import shipped

QUESTIONS: dict[str, dict[str, list[str]]] = shipped("checks/questions.toml")
LEAST_CERTAIN = "quotes_least_certain"  # a sheet of quotations that were not drawn at random
SHEETS = {**QUESTIONS, LEAST_CERTAIN: QUESTIONS["quotes"]}
DRAWN = ".drawn.json"  # after the sheet's name: what was drawn from what
ADJUDICATED = "agreed"  # the coder whose word counts where others differ
NOBODY = ("nobody", "nobody.", "none", "unattributed")
AROUND = 240  # characters shown before and after a quotation
LEAST = 5  # units of each stratum that has so many, where that many are wanted
CERTAIN = (
    (0.95, "speaker is sure"),
    (0.8, "speaker is likely"),
    (0.0, "speaker is unsure"),
)  # by probability
LEAST_RISK = 0.05  # variance of being right, so that what seems sure is checked too
QUOTED = (*SPEECH, "scare", "title")
UNIT = ("check_id", "capture_id", "stratum", "risk")  # of a unit of any kind; what a sheet shows follows


class CheckError(ClipbookError, ValueError):
    """A check cannot be drawn, or a sheet cannot be used; the message says where and what to do."""


def key_of(heading: str) -> str:
    """Give the short name of a question, which stands before its colon."""
    return heading.partition(":")[0].strip().casefold()


def quotations_to_draw(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give every quotation that can be drawn, as a sheet shows it.

    Parameters
    ----------
    quotes : DataFrame
        As measured, before any correction: ``capture_id``, ``start``, ``end``, ``text``, ``words``, ``kind``,
        ``speaker``, ``probability``.
    articles : DataFrame
        Those that are compared: ``capture_id``, ``outlet``, ``headline``, ``body``.

    Returns
    -------
    DataFrame
        One row a quotation between marks: ``check_id``, ``capture_id``, ``stratum`` (whether it was taken for speech, and
        how sure its speaker is), ``risk`` (what an error would weigh), and for the sheet ``outlet``, ``headline``,
        ``before``, ``quotation``, ``after``, ``speaker found``.
    """
    need_columns(quotes, ["capture_id", "start", "end", "text", "words", "kind", "speaker", "probability"], made_by="quotes.find_quotes")  # fmt: skip
    rows = quotes[quotes["kind"].isin(QUOTED)].merge(
        articles[["capture_id", "outlet", "headline", "body"]], on="capture_id", suffixes=("", " of article")
    )
    speech, chance = rows["kind"].isin(SPEECH), rows["probability"].fillna(0.5)
    sure = np.select([chance >= least for least, _ in CERTAIN], [name for _, name in CERTAIN], "")
    around = [_around(*place) for place in zip(rows["body"], rows["start"], rows["end"], strict=True)]
    places = zip(rows["capture_id"], rows["text"], _nth(rows, "capture_id", "text"), strict=True)
    named = rows["speaker"].where(speech, "(not taken for speech)").replace(UNATTRIBUTED, "nobody")
    shown = ["outlet", "headline", "before", "quotation", "after", "speaker found"]
    return rows.assign(
        check_id=[_name("q", *place) for place in places],
        stratum=np.where(speech, sure, "not taken for speech"),
        risk=rows["words"] ** 2 * (chance * (1 - chance)).clip(lower=LEAST_RISK),
        probability=chance,
        before=[before for before, _ in around],
        quotation=rows["text"],
        after=[after for _, after in around],
        **{"speaker found": named},
    )[[*UNIT, "start", "text", "words", "kind", "speaker", "probability", *shown]]


def articles_to_draw(articles: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give every article in which missed quotations can be sought, those found between [[ and ]].

    Parameters
    ----------
    articles, quotes : DataFrame
        As for `quotations_to_draw`; articles in other languages than English are left out.

    Returns
    -------
    DataFrame
        ``check_id``, ``capture_id``, ``stratum``, ``risk``, ``found`` (quotations), ``outlet``, ``headline``, ``text``.
    """
    english = articles[written_in(articles)].reset_index(drop=True)
    spans = quotes[quotes["kind"].isin(QUOTED)].groupby("capture_id")[["start", "end"]]
    places = {name: list(rows.itertuples(index=False)) for name, rows in spans}
    found = [places.get(name, []) for name in english["capture_id"]]
    return english.assign(
        check_id=[_name("a", name) for name in english["capture_id"]],
        stratum="all articles",
        risk=1.0,
        found=[len(each) for each in found],
        text=[_bracketed(body, at) for body, at in zip(english["body"], found, strict=True)],
    )[[*UNIT, "found", "outlet", "headline", "text"]]


def cues_to_draw(
    evidence: pd.DataFrame, articles: pd.DataFrame, asks: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Give every cue that was found, with its sentence, by frame.

    Parameters
    ----------
    evidence : DataFrame
        As from ``framing.frame_evidence``.
    articles : DataFrame
        As for `quotations_to_draw`.
    asks : mapping of str to str, optional
        What each frame asks of a story.

    Returns
    -------
    DataFrame
        ``check_id``, ``capture_id``, ``stratum`` (the frame), ``risk`` (so that as many of each frame are drawn: each has
        a rate of its own), ``outlet``, ``headline``, ``sentence`` with the cue between [[ and ]], ``cue``, ``frame``,
        ``frame asks``.
    """
    rows = evidence.merge(articles[["capture_id", "outlet", "headline", "body"]], on="capture_id")
    whole, first = rows["body"].where(rows["field"] == "body", rows["headline"]), rows["sentence_start"]
    rows["text"] = [text[a:b] for text, a, b in zip(whole, first, rows["sentence_end"], strict=True)]
    told = ["capture_id", "field", "text", "frame", "cue"]
    names = zip(*(rows[name] for name in told), _nth(rows, *told), strict=True)
    places = zip(rows["text"], rows["start"] - first, rows["end"] - first, strict=True)
    return rows.assign(
        check_id=[_name("c", *name) for name in names],
        stratum=rows["frame"],
        risk=1 / rows.groupby("frame")["frame"].transform("size") ** 2,
        sentence=[_bracketed(text, [place]) for text, *place in places],
        frame=rows["frame"].str.replace("_", " "),
        **{"frame asks": [(asks or {}).get(frame, "") for frame in rows["frame"]]},
    )[[*UNIT, "outlet", "headline", "sentence", "cue", "frame", "frame asks"]]


def captures_to_draw(articles: pd.DataFrame) -> pd.DataFrame:
    """Give every capture in which an article was found, with what was read of it.

    Parameters
    ----------
    articles : DataFrame
        All: ``capture_id``, ``source_file``, ``outlet``, ``headline``, ``published``, ``body``, ``status``.

    Returns
    -------
    DataFrame
        ``check_id``, ``capture_id``, ``stratum`` (whether outlet and date are known), ``risk``, ``source_file``, ``outlet``,
        ``date``, ``headline``, ``text``.
    """
    rows = articles[articles["status"] != "failed"]
    known = (rows["outlet"] != "") & rows["published"].notna()
    return rows.assign(
        check_id=[_name("p", name) for name in rows["capture_id"]],
        stratum=np.where(known, "outlet and date known", "outlet or date missing"),
        risk=1.0,
        date=rows["published"].dt.strftime("%Y-%m-%d").fillna(""),
        text=rows["body"],
    )[[*UNIT, "source_file", "outlet", "date", "headline", "text"]]


def draw(units: pd.DataFrame, number: int, *, seed: int = 0) -> pd.DataFrame:
    """Draw units at random within strata, more where errors are likelier and weigh more.

    Parameters
    ----------
    units : DataFrame
        ``check_id``, ``stratum``, ``risk``.
    number : int
        How many; all when there are no more.
    seed : int
        The same seed draws the same units.

    Returns
    -------
    DataFrame
        Rows of ``units`` in an order to be checked in: of whatever was filled in from the top, every stratum has its part.
        The chance of a unit is the number drawn of its stratum over the stratum's size.

    Raises
    ------
    CheckError
        If there is nothing to draw from, or fewer than one is asked for.

    Notes
    -----
    Of each stratum as many are drawn as are proportional to its size times the root of its mean risk (Neyman 1934,
    Journal of the Royal Statistical Society 97, 558-625), at least five.
    """
    if number < 1:
        raise CheckError(f"A check of {number} was asked for. Ask for at least 1.")
    if units.empty:
        raise CheckError("There is nothing of this kind to check in the captures.")
    order = np.random.default_rng(seed).permutation(len(units))
    shuffled = units.sort_values("check_id").iloc[order]
    sizes = shuffled.groupby("stratum")["risk"].agg(["size", "mean"])
    quota = allocate(sizes["size"].to_numpy(), np.sqrt(sizes["mean"].to_numpy()), number)
    wanted = shuffled["stratum"].map(dict(zip(sizes.index, quota, strict=True)))
    place = shuffled.groupby("stratum").cumcount()
    chosen = place < wanted
    turn = ((place + 0.5) / wanted.clip(lower=1))[chosen]
    return shuffled[chosen].loc[turn.sort_values(kind="stable").index]


def allocate(sizes: np.ndarray, spread: np.ndarray, number: int) -> np.ndarray:
    """Divide a number among strata in proportion to size times spread, no stratum above its size or below five.

    Parameters
    ----------
    sizes, spread : array
        Units of each stratum, and the standard deviation of what is measured in it.
    number : int
        To be divided. Where five of each would be more, each has an equal part, and one at least.

    Returns
    -------
    array of int

    Examples
    --------
    >>> allocate(np.array([900, 90, 3]), np.array([1.0, 10.0, 1.0]), 53).tolist()
    [25, 25, 3]
    """
    least = np.minimum(sizes, max(1, min(LEAST, number // len(sizes))))
    need = sizes * spread
    scales = np.geomspace(1e-9, 1e9, 4000)[:, None] * number / max(float(need.sum()), 1e-300)
    grown = np.vstack([least, np.clip(need * scales, least, sizes)])
    quota = grown[np.count_nonzero(grown[1:].sum(axis=1) <= number + 0.5)]
    whole = np.floor(quota + 1e-6).astype(int)
    rest = np.argsort(-(quota - whole), kind="stable")[
        : max(0, min(number, int(sizes.sum())) - int(whole.sum()))
    ]
    whole[rest] += whole[rest] < sizes[rest]
    return whole


def least_certain(units: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give the quotations taken for speech whose speakers are least certain, the longest first among equals."""
    speech = units[units["kind"].isin(SPEECH)]
    return speech.sort_values(["probability", "words"], ascending=[True, False], kind="stable").head(number)


def _name(letter: str, *stated: object) -> str:
    told = "\0".join(map(str, stated))
    return letter + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:9]


def _nth(rows: pd.DataFrame, *columns: str) -> pd.Series:
    """Count rows that are alike: a unit keeps its name wherever in its article it stands."""
    return rows.groupby(list(columns)).cumcount()


def _around(body: str, start: int, end: int) -> tuple[str, str]:
    """Give the whole words before and after a place."""
    before, after = body[max(0, start - AROUND) : start], body[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.partition(' ')[2]}"
    if end + AROUND < len(body):
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def _bracketed(text: str, spans: object) -> str:
    for start, end in sorted(spans, reverse=True):  # type: ignore[call-overload]
        text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    return text
