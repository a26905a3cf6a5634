"""What is fuzzed: bytes in, whether they could be read out; any error but the documented ones is a find."""

from __future__ import annotations

import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd
from invariants import article_faults, capture_faults, quote_faults, span_faults, text_faults

from clipbook.captures import Limits
from clipbook.captures.formats import READERS
from clipbook.captures.read import read_safely
from clipbook.captures.source import Source
from clipbook.corpus import MetadataError, article_table, read_article
from clipbook.corpus.metadata import add_metadata, read_metadata
from clipbook.framing import Codebook, CodebookError, CodingError, load_codebook, read_sheets
from clipbook.framing.coding import draw_sheets
from clipbook.quotes import article_quotes
from clipbook.text.sentences import sentence_spans
from clipbook.text.words import word_spans

SECONDS = 10.0  # of processor time that one input may take
ENDINGS = (*READERS, "")
BLUNDERS = ("TypeError", "IndexError", "KeyError", "AttributeError", "AssertionError", "ZeroDivisionError")
OURS = (
    ".txt",
    ".md",
    ".csv",
    ".jsonl",
    ".json",
    ".mbox",
    "",
)  # read without a parser of others, so never "damaged"
CODEBOOK_ENDINGS = (".yaml", ".csv", ".dic")
SHEET_FILES = ("codes_first.csv", "codes_third.xlsx", "sample.csv", "codes_second.csv")
MEMORY = Path("/dev/shm")  # where there is one, no disk slows the writing of files
FOLDER = Path(tempfile.mkdtemp(prefix="clipbook-fuzz-", dir=MEMORY if MEMORY.is_dir() else None))


_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,300})?>")
_CODED = re.compile(r"[A-Za-z0-9+/]{60,}={0,2}")
MOST = 600  # tags or coded lines in a story; changes alone bring fewer


class Fault(AssertionError):
    """Something that must hold did not."""


class Hang(BaseException):
    """One input took longer than it may; no ``except Exception`` holds it up."""


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Stop what takes more processor time than this."""

    def stop(*_: object) -> None:
        raise Hang(f"more than {seconds} s of processor time")

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def refuse(faults: list[str]) -> None:
    if faults:
        raise Fault("; ".join(faults[:5]))


def bytes_to_article(data: bytes) -> bool:
    """The first byte chooses the ending, the others are the file."""
    if len(data) < 2:
        return False
    ending = ENDINGS[data[0] % len(ENDINGS)]
    source = Source(name=f"page{ending}", capture_id="page", data=data[1:])
    captures = list(read_safely(source, Limits()))
    refuse(capture_faults(captures))
    read = False
    for capture in captures:
        if ending in OURS and any(f"({name})" in capture.failure for name in BLUNDERS):
            raise Fault(f"{ending}: {capture.failure}")
        article = read_article(capture)
        refuse(article_faults(article))
        marks = len(_TAG.findall(article.body)) + len(_CODED.findall(article.body))
        refuse([f"{ending}: a story of {marks} tags and coded lines"] if marks > MOST else [])
        read = read or article.status != "failed"
    return read


def article_to_quotes(data: bytes) -> bool:
    """An article's text, to sentences, words and quotations."""
    body = data.decode("utf-8", "replace")
    refuse(span_faults(body, sentence_spans(body)) + span_faults(body, word_spans(body)))
    quotes = article_quotes(body, indirect=True)
    refuse(quote_faults(body, quotes))
    return bool(quotes)


def codebook(data: bytes) -> bool:
    """The first byte chooses the format, the others are the file."""
    ending = CODEBOOK_ENDINGS[data[0] % len(CODEBOOK_ENDINGS)] if data else ".yaml"
    path = FOLDER / f"book{ending}"
    path.write_bytes(data[1:])
    try:
        book = load_codebook(path)
    except CodebookError as error:
        refuse([] if path.name in str(error) else [f"the error names no file: {error}"])
        return False
    refuse([] if book.frames and all(frame.name for frame in book.frames) else ["a codebook without frames"])
    refuse(text_faults(book.name, book.title, book.source, book.language))
    for frame in book.frames:
        cues = (cue.pattern for cue in (*frame.cues, *frame.exclusions))
        refuse(text_faults(frame.name, frame.title, *frame.questions, *cues))
    return True


@cache
def generic() -> Codebook:
    return load_codebook("generic")


def sheets() -> Path:
    """A folder of drawn sheets, one coder's filled in; a file of it is to be replaced by the input."""
    folder = FOLDER / "codes"
    if not folder.is_dir():
        texts = {"capture_id": ["a", "b"], "outlet": ["Post", "Echo"], "headline": ["One", "Two"]}
        bodies = ["The bridge is shut.", "“It is not safe,” said Ana Ruiz."]
        draw_sheets(pd.DataFrame({**texts, "body": bodies}), generic(), folder, ["first", "second"])
        for packed in folder.glob("*.xlsx"):
            packed.unlink()
        filled = pd.read_csv(folder / "codes_first.csv", dtype=str, keep_default_na=False)
        filled.replace("", "yes").to_csv(folder / "codes_first.csv", index=False)
    return folder


def code_sheet(data: bytes) -> bool:
    """One coder's CSV or XLSX, or the list of the sample; the first byte chooses."""
    folder = sheets()
    name = SHEET_FILES[data[0] % len(SHEET_FILES)] if data else SHEET_FILES[0]
    path = folder / name
    before = path.read_bytes() if path.is_file() else None
    path.write_bytes(data[1:])
    try:
        codes = read_sheets(folder, generic())
    except CodingError:
        return False
    except ValueError as error:
        refuse([] if name in str(error) else [f"the error names no file: {error!r}"])
        return False
    finally:
        path.unlink() if before is None else path.write_bytes(before)
    refuse([] if set(codes["code"].dropna()) <= {0, 1} else ["a code that is neither yes nor no"])
    refuse(text_faults(*codes["coder"], *codes["capture_id"]))
    return True


@cache
def two_articles() -> pd.DataFrame:
    sources = [Source(f"{name}.txt", name) for name in "ab"]
    return article_table([read_article(source.capture("text", text="Words.")) for source in sources])


def metadata(data: bytes) -> bool:
    """The researcher's CSV of captures."""
    path = FOLDER / "captures.csv"
    path.write_bytes(data)
    articles = two_articles()
    try:
        table, _ = add_metadata(articles, read_metadata(path), required=False)
    except MetadataError:
        return False
    same = table["capture_id"].equals(articles["capture_id"]) and table["body"].equals(articles["body"])
    refuse([] if same else ["metadata changed what was measured"])
    cells = table.select_dtypes(["object", "str"]).to_numpy().ravel()
    refuse(text_faults(*table.columns, *(cell for cell in cells if isinstance(cell, str))))
    return True


TARGETS: dict[str, Callable[[bytes], bool]] = {
    "article": bytes_to_article,
    "quotes": article_to_quotes,
    "codebook": codebook,
    "sheet": code_sheet,
    "metadata": metadata,
}
