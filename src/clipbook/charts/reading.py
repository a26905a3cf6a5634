"""The figure of one article as it reads, the words of each of its main speakers in a colour."""

from __future__ import annotations

import pandas as pd

from clipbook.charts.figure import Figure, chart, layout
from clipbook.charts.findings import in_words
from clipbook.charts.groups import nothing
from clipbook.charts.lettering import plain, text_width, wrap
from clipbook.charts.style import BODY, INK, LETTERS, QUIET, finish, new_figure
from clipbook.quotes import leading_speakers
from clipbook.quotes.share import UNSURE, counted_as

MOST_LINES = 70
DOUBT = " (in doubt)"
_LOOKS = tuple(zip(LETTERS, "●■▲◆", strict=True))
_OTHER = (QUIET, "○")


@chart
def reading_chart(articles: pd.DataFrame, quotes: pd.DataFrame, *, source: str) -> Figure:
    """Set one article as it reads, with the words of each of its main speakers in a colour.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``.
    quotes : DataFrame
        The quotations of one article, as given by ``quotes.of_article``: ``capture_id``, ``start``, ``end``,
        ``kind``, ``speaker``, ``words``.
    source : str
        For the foot.
    """
    said = quotes[quotes["kind"].isin(("direct", "mixed"))]
    if said.empty:
        return nothing("reading.reading_chart", "unsaid")
    if "confidence" in said:
        sure = counted_as(said["speaker"], said["confidence"]) != UNSURE
        said = said.assign(speaker=said["speaker"].where(sure, said["speaker"] + DOUBT))
    article = articles[articles["capture_id"] == said["capture_id"].iloc[0]].iloc[0]
    looks = dict(zip(leading_speakers(said), _LOOKS, strict=False))
    spans = [
        (start, end, *looks.get(who, _OTHER)) for start, end, who in said[["start", "end", "speaker"]].values
    ]
    lines, cut = _set_lines(str(article["body"]), spans)
    others = {"others": _OTHER} if len(looks) < said["speaker"].nunique() else {}
    names = _set_names(looks | others)
    above = 0.9 * names[-1][0] + 1.2
    fig, ax = new_figure(0.19 * (len(lines) + above) + 0.3)
    ax.set_axis_off()
    ax.set_xlim(0, _room())
    ax.set_ylim(len(lines) + 0.5, -above)
    for row, x, label, colour in names:
        ax.text(x, 0.9 * row - above + 0.4, label, color=colour, size=BODY, weight="bold", va="center")
    for row, line in enumerate(lines):
        for x, word, colour in line:
            look = {"color": colour, "weight": "normal" if colour == INK else "bold", "in_layout": False}
            ax.text(x, row + 0.4, word, size=BODY, va="center", **look)
    words, total = said.groupby("speaker")["words"].sum(), said["words"].sum()
    title = f"No speaker is named for the {total:,} quoted words"
    if looks:
        first = next(iter(looks))
        title = f"{first.removesuffix(DOUBT)} speaks {words[first]:,} of {total:,} quoted words"
        title += ", but who speaks is in doubt" if first.endswith(DOUBT) else ""
    name = plain(article["headline"]) or plain(article["capture_id"])
    note = f" Only the first {MOST_LINES} lines are shown." if cut else ""
    return finish(
        fig, ax, title=title, source=source,
        subtitle=f"{name}: the article's text, what is quoted in the colour of its speaker.{note}",
        data=quotes,
        alt=in_words(
            "The text of the article, its main speakers' words in colour", words.index, words, "{:,.0f} words".format
        ),
    )  # fmt: skip


def _room() -> float:
    """Width of a line in points."""
    return (layout().inches - 0.3) * 72


def _set_names(looks: dict[str, tuple[str, str]]) -> list[tuple[int, float, str, str]]:
    """Place the speakers' names in rows: (row, x in points, label, colour)."""
    placed: list[tuple[int, float, str, str]] = []
    row, x, room = 0, 0.0, _room()
    for speaker, (colour, shape) in looks.items():
        label = f"{shape} {wrap(speaker, 3.0, size=BODY, weight='bold', most=1)[0]}"
        width = text_width(label, BODY, "bold")
        if placed and x + width > room:
            row, x = row + 1, 0.0
        placed.append((row, x, label, colour))
        x += width + 14
    return placed


def _set_lines(
    body: str, quoted: list[tuple[int, int, str, str]]
) -> tuple[list[list[tuple[float, str, str]]], bool]:
    """Break the text into lines of (x in points, word, colour) that fit the page; and whether it was cut.

    The first word of a quotation carries its speaker's shape, so that it can be told without the colour.
    """
    lines: list[list[tuple[float, str, str]]] = []
    spans = sorted(quoted)
    shaped, room = -1, _room()
    offset = turn = 0
    for paragraph in body.split("\n"):
        line: list[tuple[float, str, str]] = []
        x, at = 0.0, offset
        for word in paragraph.split(" "):
            while turn < len(spans) and spans[turn][1] <= at:
                turn += 1
            inside = turn < len(spans) and spans[turn][0] < at + len(word)
            colour = spans[turn][2] if inside else INK
            shown = plain(word)
            if inside and shaped != turn:
                shown, shaped = f"{spans[turn][3]} {shown}", turn
            width = text_width(shown, BODY, "normal" if colour == INK else "bold")
            if line and x + width > room:
                lines.append(line)
                line, x = [], 0.0
            if shown:
                line.append((x, shown, colour))
                x += width + 3.2
            at += len(word) + 1
        lines.append(line)
        offset += len(paragraph) + 1
        if len(lines) > MOST_LINES:
            return lines[:MOST_LINES], True
    return lines, False
