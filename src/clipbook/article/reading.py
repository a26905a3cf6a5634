"""A page read line by line: its body, its fields, and the role of every line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clipbook.article.asides import drop_asides, drop_closing, embedded_posts, key_points
from clipbook.article.bylines import opens_byline
from clipbook.article.credits import NO_CREDITS, Credits, find_credits, foot_signature
from clipbook.article.dates import find_dates
from clipbook.article.fronts import doubt, lists_stories, ruled_doubt
from clipbook.article.furniture import is_label, never_story
from clipbook.article.gaps import extend_edges, fill_gaps
from clipbook.article.headline import find_headlines, opens_story, without_site
from clipbook.article.items import NO_ENTRIES, Entries, entry_titles, several_items
from clipbook.article.language import language_of
from clipbook.article.next_story import note_on_others
from clipbook.article.outlet import Outlet, find_outlet, find_section
from clipbook.article.paragraphs import body_text
from clipbook.article.published import Claim
from clipbook.article.roles import Verdict, line_roles, omission_marks
from clipbook.article.standfirst import find_standfirst
from clipbook.article.traits import COLUMN, Numbers, PageTraits
from clipbook.article.turns import turn_notes
from clipbook.article.verdicts import KEPT_AT, Verdicts, one_copy
from clipbook.captures.lines import without_links
from clipbook.records import Article, Line
from clipbook.text.words import count_words, words_of

_BLANK: Verdict = ("blank", False, "no word in it")
_LABEL: Verdict = ("advertisement", False, "label of an advertisement, loader or player")

THIN_WORDS = 50
"""An article of fewer words is called thin: measures of it say little."""

_OPENING_LINES = 4
_HEADLINE_LINES = 3
_STUB_WORDS = 250
_PAYWALL_REACH = 6
_FEW_WORDS = 25
_LINE_WORDS = 5
_LEAST_EVER = 0.2
_SHARE_OF_BEST = 0.6


class Reading(NamedTuple):
    """What a page's lines say."""

    article: Article  # without what the capture, or all sources of a field together, tell
    outlet: Outlet
    published: Claim | None
    notes: tuple[str, ...]  # on the date


def read_lines(
    lines: list[str],
    page: PageTraits,
    verdicts: Verdicts,
    linked: Sequence[str] = (),
    entries: Entries = NO_ENTRIES,
    outlet_weights: Mapping[str, float] | None = None,
) -> Reading:
    """Read body, fields and roles from a page's lines.

    Parameters
    ----------
    lines : list of str
        All lines of the page, blank ones included.
    page : PageTraits
        Traits of those that hold a word.
    verdicts : Verdicts
        Probability of each of these to be body, and to be the headline.
    linked : sequence of str
        Headings of the page's markup that are links.
    entries : Entries
        Of a live blog; ``page`` holds none of the lines that stand apart from them.
    outlet_weights : mapping, optional
        See :func:`clipbook.article.outlet.find_outlet`.
    """
    kept = story_lines(page, verdicts.body)
    kept |= entry_titles(page, kept, entries)
    listed = lists_stories(page, kept, linked)
    if listed:
        kept[:] = False
    titles = [] if listed else find_headlines(page, verdicts.headline, kept)
    headline = titles[0] if titles else None
    if headline is not None and opens_story(page, headline, kept):
        kept[headline], headline = True, None
    if headline is not None and page.own[kept, COLUMN["words"]].sum() < THIN_WORDS:
        kept[: headline + 1] = False
    if (signature := foot_signature(page, kept)) is not None:
        kept[signature] = False
    heading = _heading_lines(page, headline)
    kept[heading.start : heading.stop] = False
    foot = heading[-1] if heading else None
    standfirst = find_standfirst(page, foot, kept)
    credit = NO_CREDITS if listed else _undisputed(page, find_credits(page, foot, kept), titles[1:], kept)
    kept = drop_closing(page, kept, credit.authors) if credit.authors else kept
    known = _known_lines(page, heading, standfirst, credit)
    kept[list(known)] = False
    judged = dict(zip(page.at.tolist(), line_roles(page, verdicts.body, kept, known), strict=True))
    judged |= omission_marks(lines, judged) | entries.apart
    lines = list(map(without_links, lines))  # the model was fitted to lines that have them
    shown = tuple(
        _line(
            place,
            (judged.get(place) if text else None) or (_LABEL if text and is_label(text) else _BLANK),
            text,
        )
        for place, text in enumerate(lines)
    )
    body = body_text(lines, [line.kept for line in shown])
    words = len(words_of(body).word)
    title = without_site(" ".join(page.text[place] for place in heading), page.text)

    def doubted() -> str:
        signed = bool(credit.authors)
        return ruled_doubt(lines, page, verdicts.body) or doubt(page, verdicts.body, kept, signed=signed)

    status, why = _standing(words, shown, doubted, listed=listed)
    article = Article(
        *("", "", ""),
        headline=title,
        standfirst=page.text[standfirst] if standfirst is not None else "",
        authors=credit.authors,
        updated=credit.updated.moment if credit.updated else None,
        section=find_section(page, headline),
        language=language_of(body),
        paywalled=asks_to_pay(shown),
        body=body,
        lines=shown,
        kept_share=words
        / max(1, words + count_words("\n".join(line.text for line in shown if not line.kept))),
        status=status,
        notes=(*why, *_kind_notes(page, verdicts, kept, heading, entries, body)),
    )
    outlet = find_outlet(page, kept.tolist(), title, credit.authors, body, outlet_weights)
    return Reading(article, outlet, credit.published, credit.notes)


def _kind_notes(
    page: PageTraits, verdicts: Verdicts, kept: NDArray[np.bool_], heading: range, entries: Entries, body: str
) -> tuple[str, ...]:
    """Say that a page is no story told at once: a live blog, an interview, a roundup of several items, stories below each other."""
    if not body:
        return ()
    likely = verdicts.body >= KEPT_AT
    kind = (entries.note,) if entries.number else turn_notes(body)
    others = "" if entries.number else note_on_others(page, likely, kept)
    items = "" if kind or others else several_items(page, likely, heading)
    return (*kind, *filter(None, (others, items)))


def _standing(
    words: int, lines: Sequence[Line], doubted: Callable[[], str], *, listed: bool
) -> tuple[str, tuple[str, ...]]:
    """Say whether a page with so many words of a story is "ok", "thin" or "failed", and why it is not ok."""
    if not words:
        several = "the page lists several stories and tells none: save the pages of the stories"
        return "failed", (several if listed else "nothing on the page looks like an article",)
    if words < THIN_WORDS:
        return "thin", (f"only {words} words of article were found",)
    if words < _STUB_WORDS and ends_at_paywall(lines):
        return "thin", (f"the page asks to pay after {words} words",)
    why = doubted()
    return ("thin", (why,)) if why else ("ok", ())


def _undisputed(page: PageTraits, credit: Credits, others: Sequence[int], kept: NDArray[np.bool_]) -> Credits:
    """Leave out a date if lines that may be the headline as well have another day below them: one of another story."""
    if credit.published is None:
        return credit
    day = credit.published.stamp.moment.date()
    claims = (find_credits(page, other, kept).published for other in others)
    days = {claim.stamp.moment.date() for claim in claims if claim is not None} - {day}
    if not days:
        return credit
    said = " or ".join(sorted(map(str, {day, *days})))
    note = f"no date: several lines may be the headline, and have different days below them ({said})"
    return credit._replace(published=None, date_lines=(), notes=(*credit.notes, note))


def story_lines(page: PageTraits, chance: Numbers, limit: float = KEPT_AT) -> NDArray[np.bool_]:
    """Choose the lines of the story by their probability to be body, and by their place among such lines.

    Where hardly any line reaches the limit, as in very short items, the likeliest lines are taken.
    """
    words = page.own[:, COLUMN["words"]]
    if words[chance >= limit].sum() < _FEW_WORDS:
        long = chance[words >= _LINE_WORDS]
        limit = max(_LEAST_EVER, float(long.max() if len(long) else chance.max()) * _SHARE_OF_BEST)
        chance = np.where(words >= _LINE_WORDS, chance, 0.0).astype(np.float32)
    kept = one_copy(page, chance, limit)
    posts = embedded_posts(page)
    kept &= ~(key_points(page) | posts)
    topic = _opening(page, kept)

    def never(text: str) -> bool:
        return never_story(text, topic)

    for place in np.flatnonzero(kept).tolist():
        kept[place] = not never(page.text[place])
    kept = extend_edges(page, chance, fill_gaps(page, chance, kept, never), never)
    return drop_asides(page, kept & ~posts)


def _opening(page: PageTraits, kept: NDArray[np.bool_]) -> list[str]:
    """The first kept lines, in lower case."""
    return [page.lower[place] for place in np.flatnonzero(kept)[:_OPENING_LINES].tolist()]


def asks_to_pay(lines: Sequence[Line]) -> bool:
    """Tell whether a paywall stands within the story or where it ends; one in a menu tells nothing of this page."""
    filled = [line for line in lines if line.text]
    first = next((place for place, line in enumerate(filled) if line.kept), len(filled))
    last = max((place for place, line in enumerate(filled) if line.kept), default=0)
    return any(line.role == "paywall" for line in filled[first : last + 1]) or ends_at_paywall(lines)


def ends_at_paywall(lines: Sequence[Line]) -> bool:
    """Tell whether a paywall stands among the few lines that follow the last kept one."""
    last = max((place for place, line in enumerate(lines) if line.kept), default=0)
    following = [line.role for line in lines[last + 1 :] if line.text]
    return "paywall" in following[:_PAYWALL_REACH]


def as_captured(
    judged: Sequence[Line], lines: Sequence[str], places: Sequence[Sequence[int]]
) -> tuple[Line, ...]:
    """Give each captured line the role of the unwrapped line that it is part of."""
    return tuple(
        Line(place + 1, line.role, line.kept, line.reason, without_links(lines[place]))
        for line, parts in zip(judged, places, strict=True)
        for place in parts
    )


def _line(place: int, verdict: Verdict, text: str) -> Line:
    role, kept, reason = verdict
    return Line(place + 1, role, kept, reason, text)


def _heading_lines(page: PageTraits, headline: int | None) -> range:
    """The lines of the headline: those right below it that go on in small letters are part of it."""
    if headline is None:
        return range(0)
    end = headline + 1
    while (
        end < min(len(page.text), headline + _HEADLINE_LINES)
        and page.at[end] == page.at[end - 1] + 1
        and _goes_on(page.text[end])
        and not page.own[end - 1, COLUMN["end"]]
    ):
        end += 1
    return range(headline, end)


def _goes_on(text: str) -> bool:
    """Tell whether a line goes on with a headline: small letters, mostly, and neither a byline nor a date."""
    words = text.split()
    small = text[0].islower() and 2 * sum(map(str.islower, words)) > len(words) > 1
    return small and not (opens_byline(text) or find_dates(text))


def _known_lines(
    page: PageTraits, heading: range, standfirst: int | None, credit: Credits
) -> dict[int, tuple[str, str]]:
    """Lines that a field was read from; copies of the headline with them."""
    post = ("aside", "a post on social media that the page embeds")
    known = dict.fromkeys(np.flatnonzero(embedded_posts(page)).tolist(), post)
    known |= dict.fromkeys(credit.date_lines, ("date", "the date of the story"))
    known |= dict.fromkeys(credit.author_lines, ("byline", "names the author"))
    if standfirst is not None:
        known[standfirst] = ("standfirst", "sums the story up below the headline")
    titles = [page.lower[place] for place in heading]
    for place, text in enumerate(page.lower):
        if text in titles:
            known[place] = ("headline", "the headline" if place in heading else "repeats the headline")
    return known
