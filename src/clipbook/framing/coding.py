"""What coders are given and what they say: a random sample by outlet, a sheet a coder, answers summed up to codes and settled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.corpus.sheets import JUDGED, fingerprint, read_sheet, whole_texts, write_sheet
from clipbook.errors import ClipbookError
from clipbook.files import write_csv
from clipbook.framing.codebook import Codebook
from clipbook.schema import TableError, need_columns

SAMPLE_FILE = "sample.csv"
SHEET_PREFIX = "codes_"
CODER_NAME = re.compile(r"[\w-]{1,60}")


class CodingError(ClipbookError, ValueError):
    """A sample cannot be drawn, or a sheet cannot be used; the message says what to do."""


def draw_sample(articles: pd.DataFrame, texts: int, *, by: str = "outlet", seed: int = 0) -> pd.DataFrame:
    """Draw a random sample of articles, each group in proportion to its size.

    Parameters
    ----------
    articles : DataFrame
        The articles to choose from, such as `corpus.comparable` gives them.
    texts : int
        How many; all articles when there are no more.
    by : str
        The column of groups.
    seed : int
        The same seed draws the same articles.

    Returns
    -------
    DataFrame
        Rows of ``articles``, sorted by ``capture_id``. Every group gets its proportional number,
        rounded by largest remainders, so that plain means over the sample estimate the corpus.

    Raises
    ------
    TableError
        If a column is missing.
    CodingError
        If fewer than one text is asked for.
    """
    need_columns(articles, ["capture_id", by], made_by="corpus.read_corpus")
    if texts < 1:
        raise CodingError(f"A sample of {texts} texts was asked for. Ask for at least 1.")
    order = np.random.default_rng(seed).permutation(len(articles))
    shuffled = articles.sort_values("capture_id").iloc[order]
    sizes = articles.groupby(by, sort=True).size()
    total = min(texts, len(articles))
    wanted = {group: size * total / len(articles) for group, size in sizes.items()}
    quota = {group: int(share) for group, share in wanted.items()}
    left = total - sum(quota.values())
    for group in sorted(wanted, key=lambda name: quota[name] - wanted[name])[:left]:
        quota[group] += 1
    allowed = [quota[group] for group in shuffled[by]]
    sample = shuffled[shuffled.groupby(by).cumcount() < allowed]
    return sample.sort_values("capture_id").reset_index(drop=True)


def draw_sheets(
    articles: pd.DataFrame,
    codebook: Codebook,
    folder: Path,
    coders: Sequence[str] = ("first", "second"),
    *,
    texts: int = 100,
    hide_outlet: bool = False,
    seed: int = 0,
) -> list[Path]:
    """Draw a sample and write one sheet a coder, as CSV and as XLSX.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``outlet``, ``headline``, ``body``.
    codebook : Codebook
        Its questions become the columns to fill in with yes, no or unsure; a frame without a question is asked
        for by its title.
    folder : Path
        Where ``sample.csv`` (which text is which) and ``codes_NAME.csv`` and ``.xlsx`` go.
    coders : sequence of str
        Their names: letters, digits, ``-`` and ``_``.
    texts : int
        Size of the sample.
    hide_outlet : bool
        Leave the outlet off the sheets. Texts are numbered by a code that tells nothing either way.
    seed : int
        Of the sample and of the order of texts, which differs from coder to coder.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    CodingError
        If there is nothing to draw from, a name cannot be a file name, or a sheet would be
        overwritten.
    """
    need_columns(articles, ["capture_id", "outlet", "headline", "body"], made_by="corpus.read_corpus")
    if articles.empty:
        raise CodingError("There is no article to draw. Check the captures' status in the table articles.")
    files = _new_files(folder, coders)
    sample = draw_sample(articles, texts, seed=seed)
    sample = sample.assign(
        text_id=sample["capture_id"].map(text_id),
        fingerprint=sample["body"].map(fingerprint),
        text=sample["body"],
    )
    sheet = sample[["text_id", *([] if hide_outlet else ["outlet"]), "headline", "text"]]
    write_csv(folder / SAMPLE_FILE, sample[["text_id", "capture_id", "outlet", "fingerprint"]])
    for number, coder in enumerate(coders):
        order = np.random.default_rng([seed, number]).permutation(len(sheet))
        for ending in (".csv", ".xlsx"):
            path = folder / f"{SHEET_PREFIX}{coder}{ending}"
            write_sheet(path, sheet.iloc[order], dict.fromkeys(question_columns(codebook), JUDGED))
    return files


def add_sheet(folder: Path, coder: str, prints: Mapping[str, str], codebook: Codebook) -> Path:
    """Lay out a further coder's CSV: the texts of a sheet that is there, in an order of its own, without answers.

    Parameters
    ----------
    folder : Path
        As `draw_sheets` wrote it.
    coder : str
        The new coder.
    prints : mapping
        The sample's ``text_id`` to their fingerprints.
    codebook : Codebook
        As for `draw_sheets`.

    Raises
    ------
    CodingError
        If no sheet holds all texts as they were drawn, or the file is there.
    """
    made = folder / f"{SHEET_PREFIX}{coder}.csv"
    if made.exists():
        raise CodingError(f"{made} exists and may hold codes.")
    for path in sorted(folder.glob(f"{SHEET_PREFIX}*")):
        try:
            sheet = read_sheet(path)
        except TableError:
            continue
        shown = [name for name in ("text_id", "outlet", "headline") if name in sheet]
        texts = sheet[shown].assign(text=whole_texts(sheet))
        if dict(zip(texts.get("text_id", ()), map(fingerprint, texts["text"]), strict=False)) == prints:
            seed = int(hashlib.sha256(coder.encode("utf-8")).hexdigest()[:12], 16)
            order = np.random.default_rng(seed).permutation(len(texts))
            write_sheet(made, texts.iloc[order], dict.fromkeys(question_columns(codebook), JUDGED))
            return made
    raise CodingError(
        f"{folder} has no whole sheet to lay out another from. Put one back as it was drawn (codes_NAME.csv or .xlsx); or, "
        "if nobody has coded, move sample.csv away to draw anew."
    )


def question_columns(codebook: Codebook) -> list[str]:
    """Name the columns that coders fill in: ``frame.1: question``."""
    return [
        f"{frame.name}.{number}: {question}"
        for frame in codebook.frames
        for number, question in enumerate(frame.questions or (f"{frame.title}?",), start=1)
    ]


def text_id(capture_id: str) -> str:
    """Name a text in a way that tells coders nothing about it."""
    return "t" + hashlib.sha256(capture_id.encode("utf-8")).hexdigest()[:9]


def _new_files(folder: Path, coders: Sequence[str]) -> list[Path]:
    """Name the files of a drawing; refuse coders' names that cannot be file names, and files that exist."""
    odd = [name for name in coders if not CODER_NAME.fullmatch(name)]
    if odd or len(set(coders)) < len(coders):
        raise CodingError(
            f"Coders' names {', '.join(coders)}: use different names of letters, digits, - and _."
        )
    files = [folder / SAMPLE_FILE]
    files += [folder / f"{SHEET_PREFIX}{name}{ending}" for name in coders for ending in (".csv", ".xlsx")]
    there = [path for path in files if path.exists()]
    if there:
        raise CodingError(f"{there[0]} exists and may hold codes. Name another folder, or move it away.")
    return files


CODE_COLUMNS = ("capture_id", "coder", "frame", "question", "code")
AGREED = "agreed"  # the coder name of codes settled by discussion


def frame_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Sum up each coder's answers to a frame's questions.

    Parameters
    ----------
    codes : DataFrame
        One row an answer: ``capture_id``, ``coder``, ``frame``, ``question`` (number of the
        frame's question), ``code`` (1 yes, 0 no, NaN unsure).

    Returns
    -------
    DataFrame
        One row a text, coder and frame: ``capture_id``, ``coder``, ``frame``, ``grade`` (share of yes
        among yes and no), ``code`` (1 when at least half of the questions are yes, else 0; NaN where that
        hangs on a question of which the coder is unsure; ``grade`` then is NaN too).

    Raises
    ------
    TableError
        If a column is missing, or a code is neither 0, 1 nor missing.
    """
    need_columns(codes, CODE_COLUMNS, made_by="coding.read_sheets")
    odd = codes["code"].dropna()
    odd = odd[~odd.isin([0, 1])]
    if len(odd):
        raise TableError(f"The column code holds {odd.iloc[0]!r}; codes are 1 (yes), 0 (no) or empty.")
    keys = ["capture_id", "coder", "frame"]
    answers = codes.astype({"code": float}).groupby(keys)["code"]
    asked, sure, yes = answers.size(), answers.count(), answers.sum()
    at_least, at_most = yes / asked >= 0.5, (yes + asked - sure) / asked >= 0.5
    decided = at_least == at_most
    graded = pd.DataFrame({"grade": yes / sure, "code": at_least.astype(float)})
    return graded[decided].reindex(graded.index).reset_index()


def settle_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Settle one code a text and frame from all coders.

    Parameters
    ----------
    codes : DataFrame
        As for `frame_codes`. Answers of a coder named ``agreed``, from the discussion of
        disagreements or from somebody who decides them, count; otherwise the coders together do, without those
        who are unsure.

    Returns
    -------
    DataFrame
        ``capture_id``, ``frame``, ``code`` (True or False, for learning: the mean grade is at
        least one half), ``share`` (0 to 1, of the coders, who say yes: what to count, since two
        coders of whom one says yes are half a case), ``grade`` (0 to 1, mean over the coders
        other than ``agreed`` where there are any), ``coders`` (their number).

    Raises
    ------
    TableError
        As `frame_codes`.
    """
    by_coder = frame_codes(codes).dropna(subset=["code"])
    keys = ["capture_id", "frame"]
    discussed = by_coder["coder"] == AGREED
    agreed = by_coder[discussed].set_index(keys)[["grade", "code"]]
    by_text = by_coder[~discussed].groupby(keys)
    others = by_text.agg(grade=("grade", "mean"), code=("code", "mean"), coders=("coder", "size"))
    settled = others.join(agreed.add_suffix("_agreed"), how="outer").sort_index()
    grade = settled["grade"].fillna(settled["grade_agreed"])
    return pd.DataFrame(
        {
            "code": settled["grade_agreed"].fillna(grade) >= 0.5,
            "share": settled["code_agreed"].fillna(settled["code"]).astype(float),
            "grade": grade,
            "coders": settled["coders"].fillna(1).astype(int),
        }
    ).reset_index()


def code_matrix(settled: pd.DataFrame, frames: tuple[str, ...], column: str) -> pd.DataFrame:
    """Set ``code``, ``share`` or ``grade`` out as texts by frames, for the texts coded on all frames."""
    wide = settled.pivot(index="capture_id", columns="frame", values=column)
    if settled.empty:
        wide = wide.reindex(columns=list(frames))
    missing = [frame for frame in frames if frame not in wide.columns]
    if missing:
        raise TableError(
            f"Nobody coded the frame {missing[0]!r}; the codes hold "
            f"{', '.join(map(str, wide.columns)) or 'none'}. "
            "Code all frames of the codebook, or use the codebook that the sheets were drawn with."
        )
    return wide[list(frames)].dropna()
