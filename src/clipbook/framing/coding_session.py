"""One coder at one frame: which question is next, and every answer in the sheet before the next is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from clipbook.corpus.sheets import JUDGED, fill_cell, whole_texts
from clipbook.framing import sheet_reading
from clipbook.framing.agreement import disagreements
from clipbook.framing.codebook import Codebook, Frame
from clipbook.framing.coding import (
    AGREED,
    CODER_NAME,
    SAMPLE_FILE,
    SHEET_PREFIX,
    CodingError,
    add_sheet,
    draw_sheets,
)
from clipbook.framing.cues import finder_of


class Asked(NamedTuple):
    """A question about a text."""

    text_id: str
    question: str  # conflict.1


@dataclass
class CodingSession:
    """A coder's way through the texts of a sheet, for one frame. Made by `open_session`.

    Attributes
    ----------
    path : Path
        The sheet, a CSV.
    texts : DataFrame
        Index ``text_id``, in the coder's own order; ``text`` and, where the sheet shows them, ``outlet`` and ``headline``.
    answers : dict
        What the sheet says to each question of the frame: yes, no, unsure or "".
    said : dict
        Where disagreements are decided: how the others answered, such as "1 yes, 1 no".
    at : int
        The question that is asked, of all of them in order; their number when none is open.
    """

    path: Path
    coder: str
    codebook: Codebook
    frame: Frame
    texts: pd.DataFrame
    answers: dict[Asked, str]
    said: dict[Asked, str] = field(default_factory=dict)
    at: int = 0
    given: list[tuple[int, str]] = field(default_factory=list)  # places and what they held, to be taken back

    def __post_init__(self) -> None:
        """Go on where the coder stopped."""
        self.order = list(self.answers)
        self.at = self._open_from(0)

    @property
    def asked(self) -> Asked | None:
        """The question that waits for an answer; None at the end."""
        return self.order[self.at] if self.at < len(self.order) else None

    @property
    def done(self) -> int:
        """How many texts have all answers."""
        waiting = {asked.text_id for asked, answer in self.answers.items() if not answer}
        return len(self.texts) - len(waiting)

    def answer(self, asked: Asked, answer: str) -> None:
        """Write the answer to the question that is asked into the sheet, and ask the next open one.

        An answer to another question, of a window that has fallen behind, changes nothing.

        Raises
        ------
        CodingError
            If the answer is none of yes, no and unsure, the sheet cannot be written, or somebody else has changed that cell.
        """
        if answer not in JUDGED:
            raise CodingError(f"{answer!r} is no answer; choose one of {', '.join(JUDGED)}.")
        if asked != self.asked:
            return
        before = self._fill(asked, answer)
        self.given.append((self.at, before))
        later = self._open_from(self.at + 1)
        self.at = later if later < len(self.order) else self._open_from(0)

    def take_back(self) -> None:
        """Put back what the sheet held before the last answer, and ask that question again."""
        if self.given:
            place, before = self.given[-1]
            self._fill(self.order[place], before)
            self.at = self.given.pop()[0]

    def move(self, by: int) -> None:
        """Look at the question before (-1) or after (1), answered or not."""
        self.at = min(max(self.at + by, 0), len(self.order))

    def _open_from(self, first: int) -> int:
        places = range(first, len(self.order))
        return next((place for place in places if not self.answers[self.order[place]]), len(self.order))

    def _fill(self, asked: Asked, answer: str) -> str:
        before = self.answers[asked]
        try:
            fill_cell(self.path, *asked, answer, before=before)
        except FileNotFoundError:
            raise CodingError(f"{self.path} is gone. Nothing was written; put it back.") from None
        except OSError as error:
            raise CodingError(
                f"{self.path.name} could not be written ({error.strerror}). Close it where else it is open, and answer again."
            ) from None
        except ValueError as error:
            raise CodingError(
                f"{error} Nothing was written: run the cell again to go on from there."
            ) from None
        self.answers[asked] = answer
        return before

    def shown(self) -> dict[str, Any]:
        """Give what a panel shows, as plain data: of texts, pieces with whether a cue of the frame stands there."""
        wordings = self.frame.questions or (f"{self.frame.title}?",)
        told: dict[str, Any] = {
            "frame": self.frame.title,
            "codebook": self.codebook.title,
            "coder": self.coder,
            "decides": self.coder == AGREED,
            "done": self.done,
            "total": len(self.texts),
            "asked": list(self.asked or ()),
            "back": bool(self.given),
            "questions": [{"question": wording, "answer": "", "said": ""} for wording in wordings],
        }
        if self.asked:
            text_id = self.asked.text_id
            row = {name: str(cell) for name, cell in self.texts.loc[text_id].items()}
            told["number"] = list(self.texts.index).index(text_id) + 1
            told["outlet"] = row.get("outlet", "")
            told["headline"] = self._pieces(row.get("headline", ""))
            told["paragraphs"] = [self._pieces(line) for line in row["text"].split("\n") if line.strip()]
            for number, question in enumerate(told["questions"], start=1):
                asked = Asked(text_id, f"{self.frame.name}.{number}")
                question["answer"], question["said"] = self.answers[asked], self.said.get(asked, "")
        return told

    def _pieces(self, text: str) -> list[tuple[str, bool]]:
        pieces, end = [], 0
        for hit in finder_of(self.codebook).find(text).hits:
            if hit.frame == self.frame.name:
                pieces += [(text[end : hit.start], False), (text[hit.start : hit.end], True)]
                end = hit.end
        return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def open_session(
    folder: Path, codebook: Codebook, frame: str, coder: str, articles: pd.DataFrame
) -> CodingSession:
    """Open a coder's sheet where the coder stopped; draw the sample, or lay the sheet out, where there is none.

    Parameters
    ----------
    folder : Path
        Of the sheets.
    codebook : Codebook
        With which they are, or will be, drawn.
    frame : str
        The frame to code.
    coder : str
        Letters, digits, ``-`` and ``_``. ``agreed`` decides the texts on which the others differ, or of which one is
        unsure, and is asked for no others; see `sheet_reading.settle_codes` for what then counts.
    articles : DataFrame
        To draw from where nothing is drawn yet, as `coding.draw_sheets` does left to itself: 100 texts, seed 0.

    Raises
    ------
    CodingError
        If the name cannot be a file's, the coder's answers are in an XLSX, the sheet does not fit the sample or the
        codebook, or there is nothing to decide.
    """
    if not CODER_NAME.fullmatch(coder):
        raise CodingError(
            f"The name {coder[:70]!r} cannot be a file's: use up to 60 letters, digits, - and _."
        )
    if not (folder / SAMPLE_FILE).is_file():
        if coder == AGREED:
            raise CodingError(
                f"There is nothing to decide: no texts are drawn in {folder}, and nobody has coded."
            )
        draw_sheets(articles, codebook, folder, [coder])
    key, asked = sheet_reading.read_sample(folder), sheet_reading.asked_in(codebook)
    path = _sheet_of(folder, coder, key, codebook)
    sheet, faults = sheet_reading.read_answers(path, key, asked)
    wanted, said = key.index, dict[Asked, str]()
    if coder == AGREED and not faults:
        codes = sheet_reading.codes_in(folder, codebook)
        apart = disagreements(codes, pd.DataFrame(columns=["capture_id", "headline"], dtype="str"))
        wanted = key.index[key["capture_id"].isin(apart.loc[apart["frame"] == frame, "capture_id"])]
        said = _said(codes[codes["frame"] == frame], key)
    if faults := faults or sheet_reading.missing_texts(path.name, sheet, wanted):
        raise sheet_reading.refused(faults)
    texts = sheet.assign(text=whole_texts(sheet))[sheet["text_id"].isin(wanted)].set_index("text_id")
    own = [column for column in asked if column.rpartition(".")[0] == frame]
    answers = {Asked(str(text), name): str(texts.at[text, name]) for text in texts.index for name in own}
    shown = texts[[name for name in ("outlet", "headline", "text") if name in texts]]
    found = next(one for one in codebook.frames if one.name == frame)
    return CodingSession(path, path.stem.removeprefix(SHEET_PREFIX), codebook, found, shown, answers, said)


def coded_so_far(folder: Path, codebook: Codebook, frame: str) -> dict[str, int]:
    """Count the texts that each coder who has a sheet has coded on a frame."""
    codes = sheet_reading.codes_in(folder, codebook)
    number = codes[codes["frame"] == frame].groupby("coder")["capture_id"].nunique()
    names = {path.stem.removeprefix(SHEET_PREFIX) for path in folder.glob(f"{SHEET_PREFIX}*")}
    return {name: int(number.get(name, 0)) for name in sorted(names)}


def _sheet_of(folder: Path, coder: str, key: pd.DataFrame, codebook: Codebook) -> Path:
    """Find a coder's CSV, however capitals are used in its name; lay it out where there is none."""
    stem, asked = f"{SHEET_PREFIX}{coder}", sheet_reading.asked_in(codebook)
    own = [path for path in folder.glob(f"{SHEET_PREFIX}*") if path.stem.casefold() == stem.casefold()]
    for path in (path for path in own if path.suffix.lower() == ".xlsx"):
        if (sheet_reading.read_answers(path, key, asked)[0][asked] != "").any(axis=None):
            raise CodingError(
                f"{path.name} holds answers of {coder}. Go on there, or save it as {path.stem}.csv and take it away."
            )
    if sheets := [path for path in own if path.suffix.lower() == ".csv"]:
        return min(sheets, key=lambda path: path.stem != stem)
    prints = {str(text): str(mark) for text, mark in key["fingerprint"].items()}
    return add_sheet(folder, coder, prints, codebook)


def _said(codes: pd.DataFrame, key: pd.DataFrame) -> dict[Asked, str]:
    """Say how many answered what, without names: who decides should not side with a colleague."""
    text_of = {capture: str(text) for text, capture in key["capture_id"].items()}
    told = codes[codes["coder"] != AGREED]
    said = {}
    for (capture, name, number), own in told.groupby(["capture_id", "frame", "question"])["code"]:
        counts = own.map({1.0: "yes", 0.0: "no"}).fillna("unsure").value_counts()
        words = ", ".join(f"{counts[word]} {word}" for word in JUDGED if word in counts)
        said[Asked(text_of[capture], f"{name}.{number}")] = words
    return said
