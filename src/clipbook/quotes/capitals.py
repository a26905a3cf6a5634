"""Texts that are printed wholly in capitals, as wires send them: which words are names, where the words around them tell."""

from __future__ import annotations

import re

from clipbook.quotes.lexicon import Kind, kinds

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…:]['\"”’)]*\s+|[“\"«„])['\"“‘«„]*\Z")
_LEAST_CAPITALS = 0.9  # share of the letters
_FEWEST_LETTERS = 100
_CLOSING = ("”", '"', "’", "»")
_GIVEN = Kind.MALE | Kind.FEMALE
_PROPER = _GIVEN | Kind.PLACE | Kind.NATIONALITY | Kind.DATE
_LONGEST_NAME = 2  # words behind a given name or title


def spelt(text: str) -> str:
    """Give a text in capitals in small letters, as long as before, and any other as it is.

    Capitals stay where a sentence opens, on known given names, places and days, on words that stand directly behind a given
    name, between a title or a quotation's end and a reporting verb, or behind the verb that follows a quotation, and
    wherever these come again. Who is named in no such way is nobody.
    """
    if sum(map(text.count, "aeo")) > len(text) - _LEAST_CAPITALS * len(text):
        return text  # nearly all texts, found soonest
    letters = [char for char in text if char.isalpha()]
    if len(letters) < _FEWEST_LETTERS or sum(map(str.isupper, letters)) < _LEAST_CAPITALS * len(letters):
        return text
    words = list(_WORD.finditer(text))
    low = [word[0].lower() for word in words]
    kind = [
        kinds().get(word, 0) or kinds().get(word.removesuffix("'s").removesuffix("’s"), 0) for word in low
    ]
    names = {name for place in range(len(words)) for name in _named(text, words, low, kind, place)}
    out = list(text.lower() if len(text.lower()) == len(text) else text)
    for word, plain, flags in zip(words, low, kind, strict=True):
        own = re.sub(r"['’]s$", "", plain)
        if (
            (flags & _PROPER and not flags & Kind.CLOSED)
            or own in names
            or _OPENS.search(text[max(0, word.start() - 6) : word.start()])
        ):
            out[word.start()] = word[0][0]
    return "".join(out)


def _named(text: str, words: list[re.Match[str]], low: list[str], kind: list[int], place: int) -> list[str]:
    """Words that what stands at a place says are a name: a given name, a title, or a quotation's end."""
    quoted = text[max(0, words[place].start() - 2) : words[place].start()].rstrip()[-1:] in _CLOSING
    first = place if quoted and not kind[place] & ~_GIVEN else place + 1
    behind: list[int] = []
    for at in range(first, min(place + 1 + _LONGEST_NAME, len(words))):
        if kind[at] & ~_GIVEN or (at > place and text[words[at - 1].end() : words[at].start()] != " "):
            break
        behind.append(at)
    after = behind[-1] + 1 if behind else len(words)
    speaks = after < len(words) and kind[after] & Kind.CUE
    one = len(behind) == 1 and low[behind[0]].endswith("s")  # officials, residents
    if quoted and not one and (speaks if first == place else kind[place] & Kind.SAID):
        return [low[at] for at in behind]
    if kind[place] & _GIVEN and not kind[place] & Kind.CLOSED:
        behind = [at for at in behind if at > place]
        return [low[at] for at in behind[: 1 + (len(behind) > 1 and bool(kind[behind[0]] & _GIVEN))]]
    return [low[at] for at in behind] if kind[place] & Kind.TITLE and speaks else []
