"""The context of a quotation: what stands around it, and who may have said it."""

from __future__ import annotations

from bisect import bisect_left

from clipbook.quotes.document import Document
from clipbook.quotes.lexicon import WORDS, Kind
from clipbook.quotes.mentions import ADVERTISED, Cue, Entity, Mention, is_thing
from clipbook.quotes.tokens import QUOTE

PARAGRAPHS_BACK, PARAGRAPHS_AHEAD = 3, 1
MOST_BEFORE, MOST_AFTER = 24, 10  # candidates
WHOLE_SENTENCE = 5  # words
CROSSHEAD = 3  # words of a quotation in a heading at least
MOST_CUES = 8  # of one mention that are looked at
HEADING = 20  # words of a heading at most
LONGEST_SENTENCE = 120  # tokens looked at on either side
_PERFORMED = WORDS["performed"]
_WORKS = WORDS["works"]
_COMMAS = frozenset((",", ":", "—", "–", "--", "-", "(", "…", ")", ".", ";"))


class Context:
    """One quotation with its sentence, its words, and the reporting words nearest to it."""

    def __init__(self, document: Document, quote: int) -> None:
        tokens = document.tokens
        self.quote = quote
        self.at = at = tokens.quote_at[quote]
        self.sentence, self.paragraph = tokens.sentence[at], tokens.paragraph[at]
        span = document.quoted[quote]
        self.said = document.text[span.start : span.end]
        self.closed, self.single = span.closed, span.single
        self.words = self.said.split()
        self.low = {word.strip(".,?!…;:'") for word in self.said.lower().replace("’", "'").split()}
        first = max(tokens.sentence_first[self.sentence], at - LONGEST_SENTENCE)
        last = min(tokens.sentence_last[self.sentence], at + LONGEST_SENTENCE)
        self.first, self.last = first, last
        word, kind = tokens.word, tokens.kind
        outside = [i for i in range(first, last + 1) if word[i][0].isalnum()]
        self.outside = len(outside)
        self.alone = not outside
        self.quotes_here = document.quotes_before[last + 1] - document.quotes_before[first]
        self.capital = bool(self.words) and self.words[0][:1].isupper()
        self.final = self.said.rstrip()[-1:]
        self.before = at - 1 if at > first else -1
        self.after = at + 1 if at + 1 <= last and word[at + 1] != "\n" else -1
        back = at - 1
        while back > 0 and word[back] == "\n":
            back -= 1
        self.colon = at > 0 and word[back] == ":"
        cues = [kind[i] for i in outside if kind[i] & Kind.CUE]
        self.cue_here = bool(cues)
        self.said_here = any(cue & Kind.SAID for cue in cues)
        self.in_heading = _in_heading(document, self)
        self._nearest_cues(document)

    def _nearest_cues(self, document: Document) -> None:
        """The cue before and after in the sentence, the last one before the sentence and the next after it."""
        here = document.sentence_cues.get(self.sentence, [])
        split = bisect_left(here, self.at, key=lambda cue: cue.at)
        self.left = here[split - 1] if split else None
        self.right = here[split] if split < len(here) else None
        self.back = _next_cue(document, self.sentence, -1)
        self.ahead = _next_cue(document, self.sentence, 1)
        quotes = document.quotes_before
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
            self.left and self.left_free and _only_filler(document, self.left.at + 1, self.at)
        )
        touching = ((self.left_subject, self.left_touches), (self.right_subject, self.right_touches))
        self.beside = [subject for subject, touches in touching if touches and subject is not None]


def _begins_near(subject: Mention | None, at: int) -> bool:
    return subject is not None and at < subject.first <= at + 2


def _in_heading(document: Document, context: Context) -> bool:
    """Whether a quotation stands in a short line of its own that does not end like a sentence."""
    tokens = document.tokens
    start = end = context.at
    while tokens.word[start - 1] != "\n" and context.at - start < HEADING:
        start -= 1
    while tokens.word[end + 1] != "\n" and end - context.at < HEADING:
        end += 1
    final = document.text[tokens.end[end] - 1] if tokens.word[end] == QUOTE else tokens.word[end]
    return end - start < HEADING and final not in (".", ",", "!", "…", ":") and len(context.words) < HEADING


def _next_cue(document: Document, sentence: int, step: int) -> Cue | None:
    """The nearest cue with a subject in the three sentences before (-1) or after (+1) ``sentence``."""
    for distance in range(1, 4):
        here = document.sentence_cues.get(sentence + step * distance, ())
        for cue in reversed(here) if step < 0 else here:
            if cue.subject is not None:
                return cue
    return None


def _only_filler(document: Document, start: int, end: int) -> bool:
    """Whether only commas, "that" or a word or two stand between a cue and its quotation."""
    between = [document.tokens.low[i] for i in range(start, end) if document.tokens.word[i] not in _COMMAS]
    return len(between) <= 1 or (len(between) == 2 and between[0] in ("that", "it", "him", "her", "them"))


def cues_near(m: Mention, at: int) -> list[Cue]:
    """The reporting words that a mention is subject of: at most eight, nearest to ``at``."""
    if len(m.cues) <= MOST_CUES:
        return m.cues
    first = max(0, bisect_left(m.cues, at, key=lambda cue: cue.at) - MOST_CUES // 2)
    return m.cues[first : first + MOST_CUES]


def candidates(document: Document, context: Context) -> list[Mention]:
    """The mentions around a quotation that may stand for its speaker, nearest ones at most.

    A quotation that leads its paragraph may be spoken by whom the paragraph before introduces.
    """
    before: list[Mention] = []
    leads = document.tokens.word[context.at - 1] == "\n"
    for m in reversed(document.before(context.at, 3 * MOST_BEFORE)):
        if m.paragraph < context.paragraph - PARAGRAPHS_BACK or len(before) == MOST_BEFORE:
            break
        introduced = leads and m.subject and m.kind == "name" and m.paragraph == context.paragraph - 1
        if introduced or _may_speak(m, m.paragraph != context.paragraph):
            before.append(m)
    after: list[Mention] = []
    for m in document.behind(context.at, 3 * MOST_AFTER):
        if m.paragraph > context.paragraph + PARAGRAPHS_AHEAD or len(after) == MOST_AFTER:
            break
        if _may_speak(m, m.paragraph != context.paragraph):
            after.append(m)
    return [*reversed(before), *after]


def meant(document: Document, context: Context, pronoun: Mention) -> Entity | None:
    """Whom a pronoun that reports beside a quotation stands for, where the sentence before leaves no doubt."""
    near = [
        m
        for m in document.before(min(context.at, pronoun.a), MOST_BEFORE)
        if m.sentence >= context.sentence - 1
    ]
    if pronoun.gender == "it" and pronoun.cues:
        return _thing(document, context, near)
    if pronoun.gender not in ("m", "f") or all(subject is not pronoun for subject in context.beside):
        return None
    people = [
        m for m in near
        if m.kind == "name" and not m.in_place and m.who.gender in ("", pronoun.gender) and not is_thing(m.who)
    ]  # fmt: skip
    if len({m.who for m in people}) != 1:
        return None
    last = people[-1]
    here = last.paragraph == context.paragraph
    explained = (
        len(last.words) > 1 and last is last.who.mentions[0] and (last.aged or last.role or last.title)
    )
    goes_on = last.subject and here and last.sentence == context.sentence - 1
    return last.who if goes_on or (explained and (last.subject or here)) else None


def _thing(document: Document, context: Context, near: list[Mention]) -> Entity | None:
    """What an "it" stands for: the body or text that the sentence before is about.

    Where a person is its subject, the last text in it: "Ruiz read the letter aloud. "Leave," it said."
    """
    leads = next((m for m in near if m.subject), None)
    if leads is None or (leads.kind == "pronoun" and leads.gender not in ("m", "f")):
        return None
    texts = [m for m in near if m.kind == "phrase" and document.tokens.kind[m.a] & Kind.DOCUMENT]
    if leads.kind == "pronoun" or leads.who.kind == "name" or leads in texts:
        return texts[-1].who if texts else None
    body = leads.who.kind == "organisation" or document.tokens.kind[leads.a] & Kind.ORGANISATION_ROLE
    return leads.who if body and leads.paragraph == context.paragraph else None


def looks_like_title(document: Document, context: Context) -> bool:
    """Whether the words look like the name of a work: capitals throughout, two words or a word like "novel" before."""
    bearing = [word for word in context.words if word[0].isalpha() and len(word) > 3] or context.words
    if not all(word[0].isupper() for word in bearing):
        return False
    return len(bearing) > 1 or _named_as_work(document, context)


def beyond_doubt(document: Document, context: Context) -> float | None:
    """Probability that nobody speaks, where the words around leave no doubt: 1 or 0; None elsewhere."""
    if (
        _is_named_work(document, context)
        or _is_so_called(document, context)
        or _is_advertised(document, context)
    ):
        return 1.0
    spoken = (
        _is_whole_sentence(context) or _is_reported(document, context) or _is_crosshead(document, context)
    )
    return 0.0 if spoken else None


def _is_whole_sentence(context: Context) -> bool:
    """Whether the quotation is a sentence of its own, long or behind a colon: speech, whoever speaks."""
    long = len(context.words) >= WHOLE_SENTENCE or context.colon
    return context.alone and long and context.final in (".", "?", "!", "…")


def _is_reported(document: Document, context: Context) -> bool:
    """Whether a comma leads on to whoever speaks: "It is late," Ruiz stormed; "Now," said Ruiz."""
    verb = context.right
    said = verb is not None and verb.strong and context.right_touches and context.right_free
    opens = (
        context.before < 0
        and context.capital
        and len(context.words) >= CROSSHEAD
        and not looks_like_title(document, context)
    )
    return context.final == "," and (said or opens)


def _is_crosshead(document: Document, context: Context) -> bool:
    """Whether the quotation is a heading within the text, as newspapers lift them from what somebody says below."""
    if not context.alone or len(context.words) < CROSSHEAD or not context.in_heading:
        return False
    return context.said.isupper() or not looks_like_title(document, context)


def _is_named_work(document: Document, context: Context) -> bool:
    """Whether the words are said to be the name of a work: a novel called "The Last Ferry"."""
    return _named_as_work(document, context) and looks_like_title(document, context)


def _is_advertised(document: Document, context: Context) -> bool:
    """Whether the quotation stands in a line that leads to something else: "WATCH: ...", "Read more: ..."."""
    start = document.text.rfind("\n", 0, document.tokens.start[context.at]) + 1
    return bool(ADVERTISED.match(document.text, start))


def _is_so_called(document: Document, context: Context) -> bool:
    """Whether the writer puts a term at a distance: the so-called "reading room"."""
    low, at = document.tokens.low, context.before
    return at >= 0 and (low[at] == "so-called" or (at > 0 and low[at] == "called" and low[at - 1] == "so"))


def _named_as_work(document: Document, context: Context) -> bool:
    kind, low = document.tokens.kind, document.tokens.low
    at = context.before
    if at >= 0 and (low[at] in _PERFORMED or (low[at] == "from" and at and low[at - 1] == "read")):
        return True
    if at > 0 and (kind[at] & Kind.NAMING or low[at] == ","):
        at -= 1
    if at >= 0 and low[at] in _WORKS:
        return True
    return at >= 0 and bool(kind[at] & Kind.TITLE_CUE) and document.tokens.word[at][0].islower()


def _may_speak(m: Mention, away: bool) -> bool:
    """Whether a mention is worth weighing: in other paragraphs only subjects of reporting words are."""
    if m.cues:
        return True
    if away:
        return False
    return not m.poss if m.kind == "phrase" else m.gender not in ("it", "they") or m.kind != "pronoun"
