"""What each rule of the search for speakers is worth, in articles whose source no ranker has seen, by backward selection.

    python src/training/speaker_rules.py --gold DIR

One rule at a time is switched off, with the rankers as they are. A rule pays if it adds .0003 to the mean article's F1 of
quotations found and given to the right speaker, and helps two articles of a set; of those that do not, the one that is worth
least goes, and the others are tried again without it. What is left out at the end may leave the code with its vocabulary, unless a case, the sample or the tests need it.

The first 25 rules of an earlier list were judged so, one by one, on 239 articles (six of the doubtful ones on 550 more). Nine that
changed nothing or for the worse are gone: who holds an office of a place, ages, unnamed sources named again or later, bodies by the
last word of their name, roles that clash, chains of ministries, offices in capitals, surnames that are nationalities. Three are
left: without _is_description_only and _where "a Lumo Republican" and "in Lumo Ruiz spoke" become people of these names; _weak
helps one US and one Canadian article and costs one. The other rules, and the rounds behind the first, are still to be judged.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fit_speakers
import numpy as np
from backward import Rules, select
from gold import options
from speaker_sets import Counts, counts, read_set

from clipbook.quotes import (
    attribution,
    cast,
    clauses,
    context,
    descriptions,
    document,
    marks,
    names,
    noun_phrases,
    phrases,
)
from clipbook.quotes.attribution import Model, shipped_model
from clipbook.quotes.document import Document
from clipbook.quotes.subjects import Subjects

LEAST, FEWEST = 0.0003, 2


def _none(*_: Any) -> None:
    return None


def _no(*_: Any) -> bool:
    return False


def _empty(*_: Any) -> str:
    return ""


RULES: Rules = {
    # who speaks
    "meant": (attribution, _none),
    "_signed": (attribution, lambda document, context, found, chances: chances),
    "_from_text": (attribution, lambda document, decisions, nobody: decisions),
    **{name: (context, _no) for name in vars(context) if name.startswith("_is_")},
    # who is who
    **dict.fromkeys(("infer_gender", "follow_pronouns", "resolve_descriptions"), (document, _none)),
    "_tell_apart": (cast, _none),
    "_short_form": (cast, _empty),
    "_is_relative": (cast, _no),
    **dict.fromkeys(("_give_offices", "_sender", "_issuer", "_person", "_organisation"), (descriptions, _none)),
    "_may_be_weighed": (descriptions, _no),
    # names and phrases
    "headings": (document, lambda tokens: set()),
    "_datelines": (names, lambda tokens: set()),
    "_with_office": (names, lambda tokens, mention: mention),
    "_behind_title": (names, lambda tokens, start, stop: (start, "")),
    "_behind_portfolio": (names, lambda tokens, start, stop: start),
    "_gender": (names, _empty),
    **dict.fromkeys(
        ("_given_name", "_common", "_acts_as_name", "_is_description_only", "_where", "_is_place", "_is_description"), (names, _no)
    ),
    "_describe": (phrases, _none),
    **dict.fromkeys(("_determined_pair", "_joins_adjectives", "_weak", "_apposed"), (phrases, _no)),
    "tail": (phrases, lambda tokens, phrase: phrase.b),
    "before_tail": (noun_phrases, lambda tokens, verb: -1),
    "_around": (noun_phrases, lambda tokens, cue: []),
    "_behind": (noun_phrases, lambda tokens, verb: -1),
    "_clause_end": (noun_phrases, lambda tokens, start: start),
    "_up_to_verb": (noun_phrases, lambda tokens, start: 0),
    "_acts": (noun_phrases, _no),
    # who is subject of what
    **dict.fromkeys(("_listed", "_follows_place_word", "_passive", "_in_noun_phrase"), (clauses, _no)),
    "caption": (Subjects, _no),
    "_described": (Subjects, lambda subjects, found: found),
    "_goes_on": (Subjects, _no),
    "_of_clause_before": (Subjects, lambda subjects, link, verb: (None, "")),
    "_before_bracket": (Subjects, lambda subjects, closing: closing),
    **dict.fromkeys(
        ("colon", "agent", "turned", "_antecedent", "_over_apposition", "_nearest_subject", "_last_subject"), (Subjects, _none)
    ),
    # marks
    "_with_blocks": (marks, lambda text, spans: spans),
    "_singles": (marks, lambda text, doubles: []),
    "_surplus": (marks, lambda found: [0] * len(found)),
    "_turned": (marks, _no),
}  # fmt: skip


class Scorer:
    """F1 of articles, each choice of quotations and speakers scored once."""

    def __init__(self, gold: Path, judged: list[tuple[dict[str, Any], Model]]) -> None:
        self.gold, self.judged = gold, judged
        self.known: dict[str, float] = {}

    def f1(self) -> np.ndarray:
        """F1 of every article under the rules that are on; 1 where there is nothing to find and nothing was found."""
        return np.array([self._f1(raw, model) for raw, model in self.judged])

    def _f1(self, raw: dict[str, Any], model: Model) -> float:
        made = [
            {key: quote[key] for key in ("start", "end", "kind", "speaker")}
            for quote in fit_speakers.predictions(Document(raw["text"]), model)
        ]
        key = f"{raw['set']} {raw['id']} {made}"
        if key not in self.known:
            self.known[key] = _f1_of(counts(self.gold, raw, made))
        return self.known[key]


def _f1_of(count: Counts) -> float:
    total = count.gold + count.made
    return 2 * count.right / total if total else 1.0


def main() -> None:
    """Judge the articles, then print what each rule pays, by set, and which go."""
    gold = options(__doc__).gold
    score = fit_speakers.module(gold / "quotes/score.py")
    learned = fit_speakers.prepare(
        score, [row for name in fit_speakers.LEARNED for row in read_set(gold, name)]
    )
    models = fit_speakers.held_out(score, learned, 3)
    judged = [(article.raw, model) for article, model in zip(learned, models, strict=True)]
    judged += [(raw, shipped_model()) for raw in read_set(gold, "us")]
    sets = np.array([raw["set"] for raw, _ in judged])
    of_set = {str(name): sets == name for name in np.unique(sets)}
    scorer = Scorer(gold, judged)
    select(scorer.f1, RULES, of_set, LEAST, FEWEST)


if __name__ == "__main__":
    main()
