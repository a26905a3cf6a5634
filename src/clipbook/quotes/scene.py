"""The scene of a quotation: what stands around it, and who may have said it."""

from __future__ import annotations

from bisect import bisect_left

from clipbook.quotes.lexicon import CUE, NAMING, SAID, TITLE, TITLE_CUE, kinds
from clipbook.quotes.mentions import ADVERTISED, Mention
from clipbook.quotes.page import Page
from clipbook.quotes.subjects import AGENT, Cue
from clipbook.quotes.tokens import QUOTE

PARAGRAPHS_BACK, PARAGRAPHS_AHEAD = 3, 1
MOST_BEFORE, MOST_AFTER = 24, 10  # candidates
WHOLE_SENTENCE = 5  # words
MOST_CUES = 8  # of one mention that are looked at
CROSSHEAD = 3  # words of a quotation in a heading at least
HEADING = 20  # words of a heading at most
LONGEST_SENTENCE = 120  # tokens looked at on either side
_PERFORMED = frozenset((
    "played", "plays", "play", "playing", "performed", "performs", "perform", "performing", "sang", "sings", "sing",
    "singing", "sung", "recorded", "directed", "starred", "screened", "premiered", "co-wrote", "remixed", "streamed",
))  # fmt: skip
_WORKS = frozenset(
    ("songs", "films", "books", "novels", "albums", "plays", "poems", "movies", "paintings", "ballads")
)
_COMMAS = frozenset((",", ":", "—", "–", "--", "-", "(", "…", ")", ".", ";"))


class Scene:
    """One quotation with its sentence, its words, and the reporting words nearest to it."""

    def __init__(self, page: Page, quote: int) -> None:
        tokens = page.tokens
        self.quote = quote
        self.at = at = tokens.quote_at[quote]
        self.sentence, self.paragraph = tokens.sentence[at], tokens.paragraph[at]
        span = page.quoted[quote]
        self.said = page.text[span.start : span.end]
        self.closed, self.single = span.closed, span.single
        self.words = self.said.split()
        self.low = {word.strip(".,?!…;:'’").lower().replace("’", "'") for word in self.words}
        self.titled = _behind_titles(self.words)
        first = max(tokens.sentence_first[self.sentence], at - LONGEST_SENTENCE)
        last = min(tokens.sentence_last[self.sentence], at + LONGEST_SENTENCE)
        self.first, self.last = first, last
        word, kind = tokens.word, tokens.kind
        outside = [i for i in range(first, last + 1) if word[i] != QUOTE and word[i][0].isalnum()]
        self.outside = len(outside)
        self.alone = not outside
        self.quotes_here = page.quotes_before[last + 1] - page.quotes_before[first]
        self.capital = bool(self.words) and self.words[0][:1].isupper()
        self.final = self.said.rstrip()[-1:]
        self.before = at - 1 if at > first else -1
        self.after = at + 1 if at + 1 <= last and word[at + 1] != "\n" else -1
        back = at - 1
        while back > 0 and word[back] == "\n":
            back -= 1
        self.colon = at > 0 and word[back] == ":"
        self.said_here = any(kind[i] & SAID for i in outside)
        self.cue_here = any(kind[i] & CUE for i in outside)
        self.in_heading = _in_heading(page, self)
        self._nearest_cues(page)

    def _nearest_cues(self, page: Page) -> None:
        """The cue before and after in the sentence, the last one before the sentence and the next after it."""
        cues = page.cues
        here = page.sentence_cues.get(self.sentence, [])
        split = bisect_left(here, self.at, key=lambda index: cues[index].at)
        self.left = cues[here[split - 1]] if split else None
        self.right = cues[here[split]] if split < len(here) else None
        self.back = _next_cue(page, self.sentence, -1)
        self.ahead = _next_cue(page, self.sentence, 1)
        quotes = page.quotes_before
        self.left_subject = self.left.subject if self.left else None
        self.right_subject = self.right.subject if self.right else None
        self.left_free = self.left is not None and quotes[self.at] == quotes[self.left.at]
        self.right_free = self.right is not None and quotes[self.right.at] == quotes[self.at + 1]
        self.left_gap = self.at - self.left.at if self.left else 99
        self.right_gap = self.right.at - self.at if self.right else 99
        self.right_touches = bool(
            self.right
            and self.right_free
            and (self.right_gap <= 2 or _begins_near(self.right_subject, self.at))
        )
        self.left_touches = bool(
            self.left and self.left_free and _only_filler(page, self.left.at + 1, self.at)
        )


def _behind_titles(words: list[str]) -> set[str]:
    """Words of a quotation in lower case that stand behind a title: people spoken of, hardly the speaker."""
    known = kinds()
    low = [word.strip(".,?!…;:'’").lower() for word in words]
    return {
        low[i].removesuffix("’s").removesuffix("'s")
        for i in range(1, len(low))
        if known.get(low[i - 1], 0) & TITLE
    }


def _begins_near(subject: Mention | None, at: int) -> bool:
    return subject is not None and at < subject.first <= at + 2


def _in_heading(page: Page, scene: Scene) -> bool:
    """Whether a quotation stands in a short line of its own that does not end like a sentence."""
    tokens = page.tokens
    start = end = scene.at
    while start > 0 and tokens.word[start - 1] != "\n" and scene.at - start < HEADING:
        start -= 1
    while end < len(tokens) - 1 and tokens.word[end + 1] != "\n" and end - scene.at < HEADING:
        end += 1
    final = page.text[tokens.end[end] - 1] if tokens.word[end] == QUOTE else tokens.word[end]
    return end - start < HEADING and final not in (".", ",", "!", "…", ":") and len(scene.words) < HEADING


def _next_cue(page: Page, sentence: int, step: int) -> Cue | None:
    """The nearest cue with a subject in the three sentences before (-1) or after (+1) ``sentence``."""
    for distance in range(1, 4):
        here = page.sentence_cues.get(sentence + step * distance, ())
        for index in reversed(here) if step < 0 else here:
            if page.cues[index].subject is not None:
                return page.cues[index]
    return None


def _only_filler(page: Page, start: int, end: int) -> bool:
    """Whether only commas, "that" or a word or two stand between a cue and its quotation."""
    between = [page.tokens.low[i] for i in range(start, end) if page.tokens.word[i] not in _COMMAS]
    return len(between) <= 1 or (len(between) == 2 and between[0] in ("that", "it", "him", "her", "them"))


def cues_near(page: Page, m: Mention, at: int) -> list[tuple[Cue, str]]:
    """The reporting words that a mention is subject of, with their rules: at most eight, nearest to ``at``."""
    first = 0
    if len(m.cues) > MOST_CUES:
        split = bisect_left(m.cues, at, key=lambda pair: page.cues[pair[0]].at)
        first = max(0, split - MOST_CUES // 2)
    return [(page.cues[index], rule) for index, rule in m.cues[first : first + MOST_CUES]]


def candidates(page: Page, scene: Scene) -> list[Mention]:
    """The mentions around a quotation that may stand for its speaker, nearest ones at most.

    A quotation that leads its paragraph may be spoken by whom the paragraph before introduces.
    """
    split = bisect_left(page.mention_at, scene.at)
    before: list[Mention] = []
    leads = scene.at == 0 or page.tokens.word[scene.at - 1] == "\n"
    for m in reversed(page.mentions[max(0, split - 3 * MOST_BEFORE) : split]):
        if m.paragraph < scene.paragraph - PARAGRAPHS_BACK or len(before) == MOST_BEFORE:
            break
        introduced = leads and m.subject and m.kind == "name" and m.paragraph == scene.paragraph - 1
        if introduced or _may_speak(m, m.paragraph != scene.paragraph):
            before.append(m)
    after: list[Mention] = []
    for m in page.mentions[split : split + 3 * MOST_AFTER]:
        if m.paragraph > scene.paragraph + PARAGRAPHS_AHEAD or len(after) == MOST_AFTER:
            break
        if _may_speak(m, m.paragraph != scene.paragraph):
            after.append(m)
    return [*reversed(before), *after]


def looks_like_title(page: Page, scene: Scene) -> bool:
    """Whether the words look like the name of a work: capitals throughout, two words or a word like "novel" before."""
    bearing = [word for word in scene.words if word[0].isalpha() and len(word) > 3] or scene.words
    if not all(word[0].isupper() for word in bearing):
        return False
    return len(bearing) > 1 or _named_as_work(page, scene)


def is_named_work(page: Page, scene: Scene) -> bool:
    """Whether the words are said to be the name of a work: a novel called "The Last Ferry"."""
    return _named_as_work(page, scene) and looks_like_title(page, scene)


def is_whole_sentence(scene: Scene) -> bool:
    """Whether the quotation is a sentence of its own, with nothing beside it: speech, whoever speaks."""
    return scene.alone and len(scene.words) >= WHOLE_SENTENCE and scene.final in (".", "?", "!", "…")


def is_reported(page: Page, scene: Scene) -> bool:
    """Whether a comma leads on to whoever speaks: "It is late," Ruiz stormed; "Now," said Ruiz."""
    verb = scene.right
    said = verb is not None and verb.strong and scene.right_touches and scene.right_free
    opens = (
        scene.before < 0
        and scene.capital
        and len(scene.words) >= CROSSHEAD
        and not looks_like_title(page, scene)
    )
    return scene.final == "," and (said or opens)


def is_crosshead(page: Page, scene: Scene) -> bool:
    """Whether the quotation is a heading within the text, as newspapers lift them from what somebody says below."""
    if not scene.alone or len(scene.words) < CROSSHEAD or not scene.in_heading:
        return False
    return scene.said.isupper() or not looks_like_title(page, scene)


def is_advertised(page: Page, scene: Scene) -> bool:
    """Whether the quotation stands in a line that leads to something else: "WATCH: ...", "Read more: ..."."""
    start = page.text.rfind("\n", 0, page.tokens.start[scene.at]) + 1
    return bool(ADVERTISED.match(page.text, start))


def is_of_agent(page: Page, scene: Scene) -> bool:
    """Whether words are ascribed in the passive to whoever follows: described as "bleak" by the council."""
    left = scene.left
    return (
        left is not None and scene.left_free and left.rule == AGENT and page.tokens.low[scene.after] == "by"
    )


def is_so_called(page: Page, scene: Scene) -> bool:
    """Whether the writer puts a term at a distance: the so-called "reading room"."""
    low, at = page.tokens.low, scene.before
    return at >= 0 and (low[at] == "so-called" or (at > 0 and low[at] == "called" and low[at - 1] == "so"))


def _named_as_work(page: Page, scene: Scene) -> bool:
    kind, low = page.tokens.kind, page.tokens.low
    at = scene.before
    if at >= 0 and (low[at] in _PERFORMED or (low[at] == "from" and at and low[at - 1] == "read")):
        return True
    if at > 0 and (kind[at] & NAMING or low[at] == ","):
        at -= 1
    if at >= 0 and low[at] in _WORKS:
        return True
    return at >= 0 and bool(kind[at] & TITLE_CUE) and page.tokens.word[at][0].islower()


def _may_speak(m: Mention, away: bool) -> bool:
    """Whether a mention is worth weighing: in other paragraphs only subjects of reporting words are."""
    if m.cues:
        return True
    if away:
        return False
    return not m.poss if m.kind == "phrase" else m.gender not in ("it", "they") or m.kind != "pronoun"
