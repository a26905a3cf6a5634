"""What files hold as plain text within bounds: hard wraps undone, markup as the lines it shows, stated fields on one line."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from clipbook.captures.decode import clean, encodable
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.shipped import shipped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NARROWEST, _WIDEST = 40, 110  # characters that lines are wrapped at
_FEWEST = 4  # lines from which a width can be told
_OPEN = 0.5  # share of the lines that break off within a sentence in a wrapped text
_WIDER = 0.1  # share of lines that may be wider in a wrapped text: headings, tables
_ENDS = (".", "!", "?", ":", "…", '"', "”", "’", "»", ")")


def unwrap(
    lines: Sequence[str], *, starts: Callable[[str], object] = lambda line: None, even: float = 0.8
) -> tuple[list[str], list[list[int]]]:
    """Undo hard wraps, as e-mails and old text files have them, so that each line is a whole paragraph.

    Parameters
    ----------
    lines : sequence of str
        Stripped lines, blank ones included.
    starts : callable
        Tells a line that is never joined to the one above.
    even : float
        Share of the width that most lines must have: pages have menus of short lines, exports and cells have labels.

    Returns
    -------
    list of str, list of list of int
        The lines, joined where the next one's first word did not fit into the width, and for each the places that it was
        made of. Unchanged if they are not about equally wide (60 to 100 columns are usual) or many are wider than
        those that others follow.
    """
    inner = [above for above, line in pairwise(lines) if above and line]
    lengths = sorted(map(len, inner))
    width = lengths[-1 - len(lengths) // 20] if len(inner) >= _FEWEST else 0
    broken_off = sum(not line.endswith(_ENDS) for line in inner)
    filled = [line for line in lines if line]
    few_wider = sum(len(line) > width for line in filled) <= _WIDER * len(filled)
    alike = few_wider and median(lengths or [0]) >= even * width
    wrapped = _NARROWEST <= width <= _WIDEST and broken_off >= _OPEN * len(inner) and alike
    together: list[list[int]] = []
    above = ""
    for place, line in enumerate(lines):
        runs_on = wrapped and line and above and len(above) + 1 + len(line.split(" ", 1)[0]) > width
        if runs_on and not starts(line):
            together[-1].append(place)
        else:
            together.append([place])
        above = line
    return [" ".join(lines[place] for place in places) for places in together], together


def unwrapped_cell(text: str) -> str:
    """Give the text of a table's cell with its paragraphs whole."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    whole, _ = unwrap(lines, even=0)
    return text if len(whole) == len(lines) else "\n\n".join(filter(None, whole))


_WORDS = shipped("captures/words.toml")
BLOCKS = frozenset(_WORDS["blocks"].split())
PAGE_BLOCKS = BLOCKS.union(_WORDS["page_blocks"].split())
CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset(_WORDS["unseen"].split())
PAGE_UNSEEN = _UNSEEN.union(_WORDS["page_unseen"].split())
_SPACE = re.compile(r"\s+")
_MARKS = ("“", '"', "«", "„", "‘", "'")  # of quotations; browsers show them around <q>
RULE = "_" * 40
"""The line that stands for a line drawn across the page."""


def parse_markup(markup: str) -> HtmlElement | None:
    """Parse markup, however broken; None where there is no element in it."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, collect_ids=False)
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for part in tree.iter("q"):
        if not (part.text or "").startswith(_MARKS):
            part.text = f"“{part.text or ''}"
            part.tail = f"”{part.tail or ''}"
    return tree


def markup_text(markup: str) -> str:
    """Give the text that a fragment of markup shows, a blank line between its blocks."""
    tree = parse_markup(f"<div>{markup}</div>")
    return "" if tree is None else "\n\n".join(filter(None, element_lines(tree)))


def element_lines(element: HtmlElement, *, without: Collection[str] = ()) -> list[str]:
    """Give the lines that an element shows, blank where it has empty ones.

    Parameters
    ----------
    element : HtmlElement
        From :func:`parse_markup`.
    without : collection of str
        Classes of elements that are left out.

    Returns
    -------
    list of str
        A line for each block or line break; the cells of a row are divided by tabs.
    """
    from lxml.etree import iterwalk

    shown = _Lines()
    hidden: HtmlElement | None = None
    for event, part in iterwalk(element, events=("start", "end")):
        if hidden is None and event == "start" and (part.tag in _UNSEEN or _has_class(part, without)):
            hidden = part
        if hidden is None:
            shown.meet(event, part)
        elif event == "end" and part is hidden:
            hidden = None
        if event == "end" and hidden is None and part is not element:
            shown.add(part.tail or "")
    shown.close()
    return [_SPACE.sub(" ", line).strip() if "\t" not in line else _row(line) for line in shown.lines]


class _Lines:
    """Lines as they are shown, the last one still in pieces."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._filled = False

    def add(self, text: str) -> None:
        self._pieces.append(_SPACE.sub(" ", text))
        self._filled = self._filled or bool(text.strip())

    def close(self) -> None:
        self.lines.append("".join(self._pieces))
        self._pieces, self._filled = [], False

    def meet(self, event: str, part: HtmlElement) -> None:
        """Begin a line where an element opens or closes a block, and take the text at its opening."""
        if part.tag in BLOCKS:
            if self._filled:
                self.close()
            if part.tag == "hr" and event == "start":
                self.lines.append(RULE)
        elif event == "start" and part.tag == "br":
            self.close()
        elif event == "start" and part.tag in CELLS and self._filled:
            self._pieces.append("\t")
        if event == "start":
            self.add(part.text or "")


def _row(line: str) -> str:
    return "\t".join(filter(None, (_SPACE.sub(" ", cell).strip() for cell in line.split("\t"))))


def _has_class(part: HtmlElement, names: Collection[str]) -> bool:
    return bool(names) and not set(names).isdisjoint((part.get("class") or "").split())


_SMALL, _CAPITAL = "a-zß-öø-ÿąćčđęěłńňőřśšűůźżžа-яё", "A-ZÀ-ÖØ-ÞĆČĐŁŃŐŘŚŠŰŹŻŽА-ЯЁ"
_GLUED = re.compile(
    rf"[.!?](?<=[{_SMALL}]{{2}}.)[\"”’»)]?"
    rf"(?=[\"“‘«„(]?[{_CAPITAL}](?:[{_SMALL}]{{0,20}}(?:[’'][a-z]{{1,3}})?),?[ ])"
)  # a sentence's end with the next sentence glued to it
_FEWEST_GLUED = 3
_SEEN = 300_000  # characters in which glued sentences are looked for
_TAGS = re.compile(
    r"</(?:p|div|article|section|main|h[1-6]|li|td|tr|span|blockquote|figure)\s*>|<br\s*/?>", re.I
)
_ENTITIES = re.compile(
    r"&(?:[lr][sd]?quo|quot|apos|nbsp|[nm]dash|hellip|#39|#8[12]\d\d|#x20[0-9a-f]{2});", re.I
)
_PARTS = re.compile(r"(?im)^content-(?:type|transfer-encoding|disposition)[ \t]*:[ \t]*\S")
_PACKED = re.compile(r"(?m)^[ \t>]*[A-Za-z0-9+/]{56,}={0,2}[ \t]*$")
_FEWEST_TAGS, _FEWEST_PARTS, _FEWEST_PACKED, _FEWEST_ENTITIES = 5, 3, 4, 2  # of which prose has fewer
_CODES = re.compile(
    r"\[caption\b[^\[\]\n]{0,500}\][^\[\]\n]{0,600}\[/caption\]"
    r"|\[embed(?:\s[^\[\]\n]{0,300})?\][^\[\]\s]{0,600}\[/embed\]"
    r"|\[/?(?:caption|embed|gallery|tweet|playlist|pullquote|newsletter_signup)\s?/?\]"
    r"|\[[a-z][a-z0-9_-]{1,40}(?:\s{1,3}[a-z][\w-]{0,40}\s?=\s?(?:[\"“”″'‘’][^\[\]\n\"“”″]{0,600}[\"“”″'‘’]|[^\s\[\]\"'“]{1,300})){1,30}\s{0,3}/?\]"
    r"|\[/[a-z][a-z0-9_-]{2,40}\]"
)  # of WordPress and the like, which no reader sees; what stands in a caption is no text of the story
_SHORTENED = re.compile(r"[ \t]*(?:https?://t\.co/\w{6,12}\b|\bpic\.(?:twitter|x)\.com/\w{6,12}\b)(?!/)")
_NAMES = ("authors", "published", "outlet", "section", "url", "language")
_ONE_LINE = ("headline", *_NAMES)


def without_codes(text: str) -> str:
    r"""Leave out the codes of publishing systems, which no page shows.

    Examples
    --------
    >>> without_codes('It rained. [tweet tweet-id="12"]\n[caption id="a"]A quay[/caption] Nobody [sic] came.')
    'It rained. \n Nobody [sic] came.'
    """
    return _CODES.sub("", text) if "[" in text else text


def without_links(text: str) -> str:
    """Leave out the shortened links of posts, which nobody reads.

    Examples
    --------
    >>> without_links("Nobody came. https://t.co/Zx81kLm2pQ")
    'Nobody came.'
    """
    return _SHORTENED.sub("", text) if ".co" in text else text


def visible_text(text: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Clean a page's text and hold it to the limits on characters and lines."""
    if len(text) > limits.text_chars:
        raise beyond("The page's text is too long, in characters", len(text), limits, "text_chars")
    text, notes = clean(text)
    text, found = _prose(without_codes(text))
    notes += found
    if len(_GLUED.findall(text[:_SEEN])) >= _FEWEST_GLUED:
        text, divided = _GLUED.subn(r"\g<0>\n\n", text)
        notes += (f"{divided:,} paragraphs followed the one before without a space; they were divided there",)
    if not text.strip():
        raise UnreadableError("The file is empty: it holds no text.")
    lines = text.count("\n") + 1
    if lines > limits.lines:
        raise beyond("The page has too many lines", lines, limits, "lines")
    return text, notes


def _prose(text: str) -> tuple[str, tuple[str, ...]]:
    """Give text without what no page shows: markup is read, lines of packed data go, the source of a message is refused."""
    notes: tuple[str, ...] = ()
    if len(_PARTS.findall(text)) >= _FEWEST_PARTS:
        raise UnreadableError(
            "The text holds the source of a message or page, with its headers and parts; save that alone as .eml or .mhtml."
        )
    if len(_TAGS.findall(text)) >= _FEWEST_TAGS:
        text = markup_text(re.sub(r"\n[ \t]*\n", "\n<p>\n", text))
        notes += ("the markup in the text was read as text",)
    if len(_ENTITIES.findall(text)) >= _FEWEST_ENTITIES:
        text = html.unescape(text).replace("\xa0", " ")
        notes += (
            "entities of markup in the text (&quot; and the like) were read as the signs they stand for",
        )
    if len(packed := _PACKED.findall(text)) >= _FEWEST_PACKED:
        text = _PACKED.sub("", text)
        if not text.strip():
            raise UnreadableError("The file holds packed data and no words; save the page or message itself.")
        notes += (f"{len(packed):,} lines of packed data, which are no words, were left out",)
    return text, notes


def stated_fields(fields: Mapping[str, str], limits: Limits) -> dict[str, str]:
    """Give the filled fields cleaned as text is; headline, names, dates and addresses each on one line.

    A headline keeps the spaces within it, as a line of a page does; names are spelt with single ones.

    Raises
    ------
    UnreadableError
        If a field is longer than its limit, or binary.
    """
    plain: dict[str, str] = {}
    for name, value in fields.items():
        limit = "field_chars" if name in _ONE_LINE else "text_chars"
        if len(value) > getattr(limits, limit):
            what = f"What the file states as {name[:60]} is too long, in characters"
            raise beyond(what, len(value), limits, limit)
        text = clean(encodable(value))[0]
        if name in _ONE_LINE:
            text = " ".join(filter(None, map(str.strip, text.split("\n"))))
        text = " ".join(text.split()) if name in _NAMES else text.strip()
        if text:
            plain[name] = text
    return plain
