"""What can be checked: the sheets, their questions, and what the answers may be."""

from __future__ import annotations

from clipbook.corpus.sheets import JUDGED
from clipbook.errors import ClipbookError

ANYTHING: tuple[str, ...] = ()
QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "quotes": {
        "speech: did somebody say or write these words? (no: a title, a term, words held at a distance)": JUDGED,
        "speaker right: does 'speaker found' name who says it, in whatever words?": JUDGED,
        "right speaker: if not, who? (a name as in the article, or nobody where none is told)": ANYTHING,
    },
    "missed": {
        "missed: quotations that are not in [[ ]], the first words of each, divided by |": ANYTHING,
        "done: have you read to the end?": ("yes",),
    },
    "cues": {"means: do the words in [[ ]] point to the frame here? (what it asks stands beside it)": JUDGED},
    "captures": {
        "outlet right: is it the outlet (or is there none on the page, and none was found)?": JUDGED,
        "date right: is it the day of publication (or is there none on the page, and none was found)?": JUDGED,
        "headline right: is it the whole headline, and nothing else?": JUDGED,
        "body whole: is it the whole story, and nothing else?": JUDGED,
        "right outlet: if not, which?": ANYTHING,
        "right date: if not, which? (2026-03-31)": ANYTHING,
        "right headline: if not, what is it?": ANYTHING,
    },
}
LEAST_CERTAIN = "quotes_least_certain"  # a sheet of quotations that were not drawn at random
SHEETS = {**QUESTIONS, LEAST_CERTAIN: QUESTIONS["quotes"]}
DRAWN = ".drawn.json"  # after the sheet's name: what was drawn from what
ADJUDICATED = "agreed"  # the coder whose word counts where others differ
NOBODY = ("nobody", "nobody.", "none", "unattributed")


class CheckError(ClipbookError, ValueError):
    """A check cannot be drawn, or a sheet cannot be used; the message says where and what to do."""


def key_of(heading: str) -> str:
    """Give the short name of a question, which stands before its colon."""
    return heading.partition(":")[0].strip().casefold()
