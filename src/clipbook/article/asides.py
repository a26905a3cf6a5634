"""Prose that is none of the story: key points, excerpts of others, documents in full, what stands at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipbook.article.furniture import is_credited, is_notice
from clipbook.article.language import PATTERNS
from clipbook.article.next_story import drop_next_story
from clipbook.article.persons import looks_like_name
from clipbook.article.traits import COLUMN, PageTraits, line_words, words_of

_PULLED = re.compile(
    r"^[“\"„«‘'](.{20,400})[”\"“»’']\s?[—–-]?\s?(?:[A-Z][\w.'’-]{0,20},?\s?){1,4}[^.!?]{0,60}$"
)
_QUOTATION = re.compile(r"^[“\"„«‘'](.{20,400})[”\"“»’']$")
_LONGEST_CROSSHEAD, _MOST_QUOTED = 12, 100
_QUOTE_MARKS = frozenset("“\"„«‘'")
_CAPTION_LABEL = re.compile(r"^(?:image|media|photo|picture|video) caption[,:.]?$", re.I)
_LINK_WORDS = 4
_CUT_OFF = re.compile(r"\w\s?(?:\.\.\.|…|\[(?:\.\.\.|…)\])$")
_DOTS = ("...", "…", "...]", "…]")
_EXCERPT_WORDS = 12
_FEWEST_EXCERPTS = 3
_FIGURE = re.compile(r"(?:^|\s)[(+−–-]?[$€£]?\d[\d.,:]*\s?(?:%|°?[a-zA-Z]{1,3})?\)?$")
_ROW_WORDS, _FEWEST_ROWS = 6, 3
_IN_FULL = PATTERNS["in_full"]
_FEWEST_OF_DOCUMENT = 5
_STORY_BEFORE = 5
_BIO, _OF_AUTHOR, _CLOSING = (PATTERNS[name] for name in ("author_bio", "of_author", "closing"))
_CLOSING_REACH = 3
_LONGEST_CLOSING, _CLOSING_CHARS = 60, 600
_LONGEST_HEADING = 12
_FOOT = PATTERNS["foot"]
_FOOT_AFTER = 0.7  # of the story's words
_LONGEST_FOOT = 80  # characters


def drop_asides(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop all lines of the kinds that this module knows.

    Parameters
    ----------
    page : PageTraits
        The lines of the page.
    kept : array of bool, shape (lines,)
        Lines that are taken for the story.

    Returns
    -------
    array of bool, shape (lines,)
    """
    rest = drop_pull_quotes(page, drop_links(page, drop_foot(page, drop_next_story(page, kept))))
    rest = drop_rows(page, drop_excerpts(page, rest))
    return drop_last_heading(page, drop_closing(page, drop_documents(page, rest)))


def drop_foot(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop what stands below a heading such as "About the author", "Comments" or "Most read" near the end."""
    places = np.flatnonzero(kept)
    words = np.cumsum(np.where(kept, page.own[:, COLUMN["words"]], 0))
    for place in range(int(places[0]), int(places[-1])) if len(places) else ():
        late = words[place] >= _FOOT_AFTER * words[-1]
        if late and len(page.text[place]) < _LONGEST_FOOT and _FOOT.match(page.text[place]):
            rest = kept.copy()
            rest[place:] = False
            return rest
    return kept


def drop_documents(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop a speech or letter that stands below the story in full: its heading says so, each paragraph is quoted."""
    rest = kept.copy()
    for place, low in enumerate(page.lower):
        if ("full" not in low and "transcript" not in low) or not _IN_FULL.search(page.text[place][:120]):
            continue
        if page.own[place, COLUMN["words"]] > _LONGEST_HEADING or page.own[place, COLUMN["end"]]:
            continue
        end = place + 1
        while end < len(kept) and page.text[end][0] in _QUOTE_MARKS:
            end += 1
        if end - place > _FEWEST_OF_DOCUMENT and kept[:place].sum() >= _STORY_BEFORE:
            rest[place:end] = False
    return rest


def drop_excerpts(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop lists of other stories: headings, each with the start of its story cut off at three dots."""
    open_end = np.array(
        [text.endswith(_DOTS) and _CUT_OFF.search(text[-8:]) is not None for text in page.text], bool
    )
    cut = open_end & (page.own[:, COLUMN["words"]] >= _EXCERPT_WORDS)
    heading = np.concatenate([cut[1:], [False]]) & ~cut & (open_end | (page.own[:, COLUMN["end"]] == 0))
    rest = kept.copy()
    excerpt = cut & np.concatenate([[False], heading[:-1]])
    if (kept & excerpt).sum() >= _FEWEST_EXCERPTS:
        rest &= ~(heading | excerpt)
    return rest


def drop_rows(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop the rows of a table: lines of a few words, one below the other, of which most end in a figure.

    What a line announces with a colon is a list of the story.
    """
    own = page.own
    marked = own[:, [COLUMN["end"], COLUMN["bullet"], COLUMN["colon"]]].any(axis=1)
    short = kept & ~marked & (own[:, COLUMN["words"]] <= _ROW_WORDS)
    edges = np.flatnonzero(np.diff(short, prepend=False, append=False)).tolist()
    rest = kept.copy()
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        figures = sum(_FIGURE.search(text) is not None for text in page.text[first:end])
        announced = first > 0 and own[first - 1, COLUMN["colon"]] > 0
        if end - first >= _FEWEST_ROWS and 2 * figures >= end - first and not announced:
            rest[first:end] = False
    return rest


def drop_closing(page: PageTraits, kept: NDArray[np.bool_], authors: Sequence[str] = ()) -> NDArray[np.bool_]:
    """Drop what speaks of the article, its author or its outlet below the story, and the author's name above that.

    Notes of the editors, where else it was printed, pleas for money, and introductions: "Ana Ruiz is a reporter at ...",
    or any sentence about one of the ``authors``, where they are known.
    """
    rest = kept.copy()
    for place in np.flatnonzero(kept)[: -_CLOSING_REACH - 1 : -1].tolist():
        if page.own[place, COLUMN["words"]] > _LONGEST_CLOSING:
            continue
        text = page.text[place][:_CLOSING_CHARS]
        bio = _BIO.match(text) or (text.startswith(tuple(authors)) and _OF_AUTHOR.match(text))
        if bio or is_notice(text) or _CLOSING.match(text):
            rest[place] = False
            if place and looks_like_name(page.text[place - 1]):
                rest[place - 1] = False
    return rest


def drop_pull_quotes(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop quotations, alone or signed with nothing but a name, whose every sentence other kept lines hold.

    A few words without a name may head the passage below that they are lifted from; these stay.
    """
    places = np.flatnonzero(kept).tolist()
    words = [" ".join(line_words(page, place)) for place in places]
    quoted = [number for number, place in enumerate(places) if page.text[place][0] in _QUOTE_MARKS]
    rest = kept.copy()
    for number in quoted if len(quoted) <= _MOST_QUOTED else ():
        place = places[number]
        below = page.text[place + 1] if place + 1 < len(kept) else ""
        name = below.lstrip("—–- ").partition(",")[0] if below[:1] in "—–-" else below
        signed = looks_like_name(name)
        pulled = _PULLED.match(page.text[place])
        found = pulled or _QUOTATION.match(page.text[place])
        if found is None:
            continue
        heads = not (pulled or signed) and page.own[place, COLUMN["words"]] <= _LONGEST_CROSSHEAD
        others = "\n".join(words[:number] if heads else words[:number] + words[number + 1 :])
        sentences = [" ".join(words_of(part)) for part in re.split(r"[.!?]", found[1])]
        if all(sentence in others for sentence in sentences):
            rest[place] = False
            rest[place + 1 : place + 2] &= not signed
    return rest


def drop_last_heading(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop a single heading below the last sentence: what it heads is not part of the story."""
    places = np.flatnonzero(kept)
    if len(places) < 2:
        return kept
    before, last = places[-2:].tolist()
    end = page.own[:, COLUMN["end"]] > 0
    heading = not end[last] and not page.own[last, COLUMN["bullet"]] and end[before]
    rest = kept.copy()
    rest[last] = not (heading and 0 < page.own[last, COLUMN["words"]] <= _LONGEST_HEADING)
    return rest


def drop_links(page: PageTraits, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Drop headings that are captions or links: below a caption's label, or listed again after the story."""
    places = np.flatnonzero(kept)
    if not len(places):
        return kept
    listed = set(page.text[int(places[-1]) + 1 :])
    rest = kept.copy()
    for place in places.tolist():
        row = page.own[place]
        link = not row[COLUMN["end"]] and row[COLUMN["words"]] >= _LINK_WORDS and page.text[place] in listed
        above = page.text[place - 1] if place else ""
        caption = _CAPTION_LABEL.match(above) or (is_credited(above) and not row[COLUMN["end"]])
        if link or caption:
            rest[place] = False
    return rest


_SHARED = re.compile(r"A (?:post|photo|video|reel) shared by \S.{1,100}")
_HANDLE = re.compile(r"@[\w.]{2,40}")
_POST_ENDS = PATTERNS["post_ends"]
_LONGEST_POST = 20  # lines


def embedded_posts(page: PageTraits) -> NDArray[np.bool_]:
    """Find posts on social media that a page embeds with their buttons.

    Returns
    -------
    array of bool, shape (lines,)
        True for all lines from a name above "@anaruiz" down to the buttons of the post, and for "A post shared by ...". What
        a post says above "— Ana Ruiz (@anaruiz) 3 May 2031" is none of these: half of those who judged pages by hand
        take it for a part of the story, and the line model decides.
    """
    shared = [text.startswith("A ") and _SHARED.fullmatch(text) is not None for text in page.text]
    marks = np.array(shared, bool)
    for place, text in enumerate(page.text):
        if not (text.startswith("@") and _HANDLE.fullmatch(text)):
            continue
        below = range(place + 2, min(place + _LONGEST_POST, len(page.text)))
        ends = [at for at in below if _POST_ENDS.fullmatch(page.text[at])]
        if ends:
            run = next((at for at in ends if at + 1 not in ends), ends[-1])
            marks[max(0, place - 1) : run + 1] = True
    return marks


_LABEL = PATTERNS["key_points"]
_STARTS = frozenset(("ke", "at", "in", "th", "qu", "hi", "su", "wh", "da", "au", "ai", "l'", "l’", "pu"))
_MOST_POINTS = 8
_LONGEST_LABEL = 40
_MOST_LABELS = 2  # more of them sum up the parts of a story


def key_points(page: PageTraits) -> NDArray[np.bool_]:
    """Find the lines that follow a label such as "Key points" without a blank line between them.

    Returns
    -------
    array of bool, shape (lines,)
        True for the points; none where blank lines do not set them off from the story, or where each part of it
        has such a label.
    """
    marks = np.zeros(len(page.text), bool)
    labels = [
        place
        for place, text in enumerate(page.lower)
        if text[:2] in _STARTS and len(text) < _LONGEST_LABEL and _LABEL.match(text)
    ]
    for place in labels if len(labels) <= _MOST_LABELS else ():
        end = place + 1
        while end < len(marks) and page.blank_before[end] == 0 and end - place <= _MOST_POINTS:
            end += 1
        if end - place <= _MOST_POINTS:
            marks[place + 1 : end] = True
    return marks
