"""Subjects of verbs: behind an inverted verb, or found by walking left over what stands in between."""

from __future__ import annotations

from clipbook.quotes.lexicon import Kind
from clipbook.quotes.mentions import Cue, Mention
from clipbook.quotes.tokens import QUOTE, Tokens

LONGEST_CLAUSE = 40  # tokens between a subject and its verb
LONGEST_APPOSITION = 30
LONGEST_CHAIN = 18  # tokens
_CHAIN = frozenset(("of", "and", "the", ",", "&"))
LONGEST_BRACKET = 15
MOST_AFTER_CAPTION = 8
AGENT = "agent of a passive"
NEAR_AGENT = 6  # tokens from a passive verb to its "by"
_OBJECT_FOLLOWS = frozenset(("him", "her", "them", "me", "us"))
_AND = frozenset(("and", "but", "then", "or"))


class Subjects:
    """Where mentions stand, and the cues found so far; each finds its subject by what stands around it."""

    def __init__(self, tokens: Tokens, mentions: list[Mention]) -> None:
        self.tokens = tokens
        self.cues: list[Cue] = []
        self.starting: dict[int, Mention] = {}  # the longest mention that begins at a token
        self.at_token: dict[int, Mention] = {}  # the mention that a token belongs to
        self.leading: dict[int, Mention] = {}  # the first subject of a sentence
        for m in mentions:
            if m.first not in self.starting or m.b > self.starting[m.first].b:
                self.starting[m.first] = m
            if m.subject:
                self.leading.setdefault(m.sentence, m)
            for index in range(m.first, m.last):
                held = self.at_token.get(index)
                if held is None or (m.kind == "phrase" and m.first < held.first):
                    self.at_token[index] = m
        for m in mentions:
            for index in range(m.a, m.b):
                held = self.at_token[index]
                if held is not m and not (held.kind == "phrase" and held.first <= m.first and held.b <= m.a):
                    self.at_token[index] = m

    def add(self, cue: Cue) -> None:
        """Keep a cue, and tell its subject."""
        if cue.subject is not None:
            cue.subject.cues.append(cue)
        self.cues.append(cue)

    def caption(self, index: int) -> bool:
        """Take the name behind a colon or dash after a quotation, where it ends the paragraph."""
        tokens, found = self.tokens, self.starting.get(index + 1)
        if found is None or found.kind == "pronoun":
            return False
        end = found.last
        while end - found.last < MOST_AFTER_CAPTION and tokens.word[end] != "\n":
            if tokens.word[end] == QUOTE or tokens.kind[end] & Kind.CUE:
                return False
            end += 1
        if tokens.word[end] != "\n":
            return False
        cue = Cue(index, True, True)
        cue.subject, cue.rule = found, "name after quotation"
        self.add(cue)
        return True

    def colon(self, index: int) -> None:
        """Add a colon before a quotation: right after a name, or at the end of the last cue's clause."""
        cue = Cue(index, True, False)
        cue.rule = "colon"
        before = self.at_token.get(index - 1)
        if (
            before is not None
            and before.sentence == self.tokens.sentence[index]
            and (before.subject or self.tokens.low[before.first - 1] == "from")
        ):
            cue.subject = before
        else:
            cue.subject = self._last_subject(index) or self._nearest_subject(index)
        self.add(cue)

    def may_invert(self, cue: Cue) -> bool:
        """Tell whether the subject may follow: after a quotation, or "..., said Ana Ruiz"."""
        tokens, index = self.tokens, cue.at
        if tokens.low[index].endswith("ing"):
            return False
        if cue.after_quote:
            return True
        if tokens.kind[index] & Kind.OBJECT_CUE or tokens.kind[index + 1] & Kind.PRONOUN:
            return False
        before = tokens.word[index - 1]
        return cue.strong and (before in (",", "\n", "—", "–", "--") or before.lower() in ("as", "so"))

    def turned(self, cue: Cue) -> Mention | None:
        """Give the subject behind the verb; no phrase where a name and a comma stand before: "Ruiz, says the plan"."""
        if not self.may_invert(cue):
            return None
        found = self.inverted(cue.at)
        if found is not None and not cue.after_quote and self._goes_on(found):
            return None
        before = self.at_token.get(cue.at - 2) if self.tokens.word[cue.at - 1] == "," else None
        named = before is not None and before.kind == "name" and not cue.after_quote
        return None if named and found is not None and found.kind == "phrase" else found

    def _goes_on(self, found: Mention) -> bool:
        """Tell whether a clause goes on behind a mention: "Ruiz, the mayor, said Lind would go", "... said Lind's boat"."""
        tokens, after = self.tokens, found.last
        if tokens.sentence[after] != found.sentence or tokens.low[after] == "who":
            return False
        ends = not tokens.word[after][0].isalnum() and tokens.low[after] not in ("'s", "'")
        return not ends and not tokens.kind[after] & (Kind.PREPOSITION | Kind.CONJUNCTION | Kind.DATE)

    def agent(self, verb: int) -> Mention | None:
        """Give who does what a passive verb says: described as "bleak" by the council."""
        tokens = self.tokens
        if (
            tokens.low[verb + 1] not in ("as", QUOTE) or tokens.low[verb] == "quoted"
        ):  # by a paper: its subject spoke
            return None
        for index in range(verb + 1, verb + NEAR_AGENT):
            if tokens.sentence[index] != tokens.sentence[verb] or tokens.word[index] in (",", ";", ":"):
                return None
            if tokens.low[index] == "by":
                return self.inverted(index)
        return None

    def inverted(self, index: int) -> Mention | None:
        """Give the mention that begins right after ``index``, or after a few words of description."""
        tokens = self.tokens
        for start in range(index + 1, index + 7):
            if start in self.starting:
                found = self.starting[start]
                return self._described(found) if found.sentence == tokens.sentence[index] else None
            kind, word = tokens.kind[start], tokens.word[start]
            stops = (
                kind & (Kind.PREPOSITION | Kind.CONJUNCTION | Kind.AUXILIARY | Kind.CUE)
                and not kind & Kind.DETERMINER
            )
            if stops or kind & Kind.INVERTED_STOP or tokens.low[start] in _OBJECT_FOLLOWS:
                return None
            if not word[0].isalpha() and word not in ("'s", "’s"):
                return None
        return None

    def _described(self, found: Mention) -> Mention:
        """Give the name that an organisation or place only describes: "Lumo Bank teller Ana Ruiz"."""
        tokens = self.tokens
        if found.kind not in ("name", "organisation"):
            return found
        start = found.last + found.poss  # "said the LWB's Ana Ruiz", "said Ruiz's partner, Bo Lind"
        for index in range(start, start + 5):
            later = self.starting.get(index)
            if later is not None and later.kind == "name" and later.sentence == found.sentence:
                return later
            if (tokens.low[index] == "and" and tokens.caps[index + 1]) or (
                found.poss and index > start and tokens.word[index] == ","
            ):
                continue
            if not tokens.word[index][0].isalnum() or tokens.kind[index] & (Kind.CLOSED | Kind.CUE):
                return found
        return found

    def before(self, verb: int) -> tuple[Mention | None, str]:
        """Walk left from a verb over auxiliaries, adverbs, brackets and commas to its subject."""
        tokens = self.tokens
        low, kind, word, sentence = tokens.low, tokens.kind, tokens.word, tokens.sentence
        here, participle, index = sentence[verb], low[verb].endswith("ing"), verb - 1
        while sentence[index] == here:
            if not (kind[index] & (Kind.AUXILIARY | Kind.DATE) or low[index].endswith("ly")):
                break
            index -= 1
        if word[index] == ")":
            index = self._before_bracket(index) - 1
        if sentence[index] != here:
            return None, ""
        if low[index] == "who":
            named = self._antecedent(index)
            if named is not None:
                named.subject, named.obj, named.prep = True, False, False
                return named, "speaker before verb"
        cited = self._cited(index) if low[index] == "as" and participle else None
        if cited is not None:
            cited.subject = True
            return cited, "speaker before verb"
        if word[index] == "," and not participle:
            apposed = self._over_apposition(index)
            if apposed is not None:
                return apposed, "speaker before verb"
        if low[index] in _AND or (word[index] == "," and participle):
            found = self._of_clause_before(index, verb)
            if found[0] is not None:
                return found
        return self._walk(index, verb, participle)

    def _of_clause_before(self, link: int, verb: int) -> tuple[Mention | None, str]:
        """Give the subject that a verb behind "and" or a comma shares with the verb before."""
        same = self._last_subject(verb)
        if same is not None:
            return same, "same subject"
        return self._leading(verb), "subject of the clause"

    def _leading(self, index: int) -> Mention | None:
        """Give the first subject of the sentence, if it stands before ``index``."""
        leading = self.leading.get(self.tokens.sentence[index])
        return leading if leading is not None and leading.a < index else None

    def _nearest_subject(self, colon: int) -> Mention | None:
        """Give the subject of the clause that leads to a colon, whatever its verb: "Ruiz put it bluntly:"."""
        for index in range(colon - 1, max(-1, colon - LONGEST_CLAUSE), -1):
            found = self.at_token.get(index)
            if self.tokens.sentence[index] != self.tokens.sentence[colon]:
                return None
            owned = found is not None and self.tokens.low[found.first - 1] == "'s"
            if found is not None and found.subject and found.kind == "name" and not owned:
                return found
        return None

    def _cited(self, link: int) -> Mention | None:
        """Give whom a verb lets speak: "the paper quoted Ana Ruiz as saying"; nobody of "quoted by the paper as saying"."""
        low, found = self.tokens.low, self.at_token.get(link - 1)
        if found is None or found.sentence != self.tokens.sentence[link]:
            return None
        before = found.first - 1
        before -= bool(self.tokens.kind[before] & Kind.DETERMINER)
        return None if low[before] == "by" else found

    def _antecedent(self, relative: int) -> Mention | None:
        """Give whom a relative pronoun stands for: "an offer from Ana Ruiz, who said"."""
        found = self.at_token.get(relative - 1 - (self.tokens.word[relative - 1] == ","))
        if found is None or found.kind == "pronoun" or found.sentence != self.tokens.sentence[relative]:
            return None
        return found

    def _walk(self, index: int, verb: int, participle: bool) -> tuple[Mention | None, str]:
        tokens = self.tokens
        here, rule = tokens.sentence[verb], "speaker before verb"
        for step in range(LONGEST_CLAUSE):
            if tokens.sentence[index] != here:
                break
            found = self.at_token.get(index)
            if found is not None and (found.poss or found.modifier or found.obj or found.prep):
                rule, index = "subject of the clause", found.first - 1
            elif found is not None:
                if found.first > verb:
                    break
                return found, "participle after speaker" if participle and step == 0 else rule
            elif tokens.word[index] == ")":
                index = self._before_bracket(index) - 1
            elif tokens.word[index] == QUOTE and self._last_subject(verb) is not None:
                return self._last_subject(verb), "same subject"
            else:
                if tokens.low[index] != "who" and not tokens.kind[index] & Kind.AUXILIARY:
                    rule = "subject of the clause"
                index -= 1
        return self._leading(verb), "subject of the clause"

    def _last_subject(self, index: int) -> Mention | None:
        """Give the subject of the last cue, where it stands in the same sentence."""
        if self.cues and self.tokens.sentence[self.cues[-1].at] == self.tokens.sentence[index]:
            return self.cues[-1].subject
        return None

    def _before_bracket(self, closing: int) -> int:
        """Give the token of the bracket that ``closing`` closes; ``closing`` itself if it is far away."""
        for index in range(closing - 1, max(-1, closing - LONGEST_BRACKET), -1):
            if self.tokens.word[index] == "(":
                return index
        return closing

    def _over_apposition(self, comma: int) -> Mention | None:
        """Give the name before ", who ...," or ", the mayor of Lumo," that closes at ``comma``.

        A person who follows an office is the speaker: "the Minister for Works, Senator Ana Ruiz,".
        """
        tokens, last = self.tokens, self.at_token.get(comma - 1)
        for index in range(comma - 1, max(0, comma - LONGEST_APPOSITION), -1):
            if tokens.sentence[index] != tokens.sentence[comma]:
                break
            if tokens.word[index] == ",":
                found = self.at_token.get(index - 1)
                if found is not None and found.kind != "pronoun" and found.subject:
                    office = not (found.title or found.gender) and last is not None and last.title
                    if last is not None and office and all(map(self._in_title, range(index + 1, last.a))):
                        return last
                    return found
        return last if last is not None and last.kind == "name" and not last.prep else None

    def _in_title(self, index: int) -> bool:
        return self.tokens.caps[index] or bool(self.tokens.kind[index] & Kind.DETERMINER)
