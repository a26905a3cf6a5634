"""Drawing texts for coders: a random sample stratified by outlet, one sheet a coder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from clipbook.corpus.sheets import JUDGED, read_sheet, whole_texts, write_sheet
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


def fingerprint(text: str) -> str:
    """Digest a text's letters and digits; spaces, breaks and signs that spreadsheets alter do not count."""
    letters = "".join(sign for sign in text if sign.isalnum())
    return hashlib.sha256(letters.encode("utf-8")).hexdigest()[:16]


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
