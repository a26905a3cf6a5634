"""What coders said: answers summed up to codes of frames, and codes of several coders settled to one."""

from __future__ import annotations

import pandas as pd

from clipbook.schema import TableError, need_columns

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
