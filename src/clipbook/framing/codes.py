"""Human codes: from each coder's answers to one settled code a text and frame."""

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
        frame's question), ``code`` (1 yes, 0 no, NaN not answered).

    Returns
    -------
    DataFrame
        One row a text, coder and frame: ``capture_id``, ``coder``, ``frame``, ``grade`` (share
        of questions answered yes), ``code`` (1 when at least half are yes, else 0). Frames of
        which a coder answered nothing are absent.

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
    answered = codes.dropna(subset=["code"]).astype({"code": float})
    keys = ["capture_id", "coder", "frame"]
    graded = answered.groupby(keys)["code"].mean().rename("grade").reset_index()
    return graded.assign(code=(graded["grade"] >= 0.5).astype(int))


def settle_codes(codes: pd.DataFrame) -> pd.DataFrame:
    """Settle one code a text and frame from all coders.

    Parameters
    ----------
    codes : DataFrame
        As for `frame_codes`. Answers of a coder named ``agreed``, from the discussion of
        disagreements, decide; otherwise the coders together do.

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
    by_coder = frame_codes(codes)
    keys = ["capture_id", "frame"]
    discussed = by_coder["coder"] == AGREED
    agreed = by_coder[discussed].set_index(keys)[["grade", "code"]]
    others = (
        by_coder[~discussed]
        .groupby(keys)
        .agg(grade=("grade", "mean"), code=("code", "mean"), coders=("coder", "size"))
    )
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
