"""Targeted framing: the cues in sentences about a given actor or topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from clipbook.framing.codebook import WORD, Codebook, CodebookError, Cue, Frame, plain_word
from clipbook.framing.cues import CueFinder
from clipbook.framing.scores import ARTICLE_COLUMNS, cue_score
from clipbook.schema import need_columns, written_in
from clipbook.text.sentences import sentence_spans
from clipbook.text.words import count_words

TARGET_COLUMNS = ("capture_id", "codebook", "target", "frame", "score", "cues", "hits", "sentences", "words")


def targets_of(speakers: pd.DataFrame | None) -> dict[str, list[str]]:
    """Give each speaker of the researcher's ``speakers.csv`` with all names the texts may use.

    Parameters
    ----------
    speakers : DataFrame or None
        ``alias`` and ``speaker``, one row an alias; None when the researcher keeps no such file.

    Returns
    -------
    dict
        Speaker to names; empty without a file.

    Raises
    ------
    TableError
        If a column is missing.
    """
    names: dict[str, list[str]] = {}
    if speakers is None:
        return names
    need_columns(speakers, ["alias", "speaker"], made_by="the file data/speakers.csv")
    filled = speakers[speakers["speaker"].str.strip() != ""]
    for alias, speaker in filled[["alias", "speaker"]].itertuples(index=False):
        names.setdefault(speaker, [speaker])
        if alias not in names[speaker]:
            names[speaker].append(alias)
    return names


def target_scores(
    articles: pd.DataFrame, codebook: Codebook, targets: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Score frames in the sentences that name a target.

    Parameters
    ----------
    articles : DataFrame
        ``capture_id``, ``headline``, ``body``, ``language``.
    codebook : Codebook
        From `load_codebook`.
    targets : mapping
        From a target's name to the words and phrases that stand for it, such as `targets_of` gives;
        a star at the end of a word stands for any ending, case is ignored.

    Returns
    -------
    DataFrame
        One row an article, target it names, and frame: ``capture_id``, ``codebook``, ``target``, ``frame``,
        ``score`` (distinct cues in those sentences over the square root of their words), ``cues``,
        ``hits``, ``sentences`` (that name the target; the headline counts as one), ``words``. Words that
        stand for a target are not cues. Articles in another language than the codebook's are left out.

    Raises
    ------
    TableError
        If a column is missing.
    CodebookError
        If a target has no name that could be found.

    Notes
    -----
    A sentence that names the target need not be about it; pronouns are not followed.

    Examples
    --------
    >>> page = {"capture_id": "a", "headline": "", "body": "Ana Ruiz attacked the strike.", "language": "en"}
    >>> from clipbook.framing import load_codebook
    >>> about = target_scores(pd.DataFrame([page]), load_codebook("generic"), {"Ana Ruiz": ["Ruiz"]})
    >>> set(about["target"])
    {'Ana Ruiz'}
    """
    need_columns(articles, ARTICLE_COLUMNS, made_by="corpus.read_corpus")
    naming = CueFinder(_as_codebook(targets))
    finder = CueFinder(codebook)
    rows: list[tuple[object, ...]] = []
    own = articles[written_in(articles, codebook.language)]
    for capture_id, headline, body in own[["capture_id", "headline", "body"]].itertuples(index=False):
        sentences = [headline, *(body[start:end] for start, end in sentence_spans(body))]
        about: dict[str, list[str]] = {}
        for sentence in sentences:
            for target in dict.fromkeys(hit.frame for hit in naming.find(sentence).hits):
                about.setdefault(target, []).append(sentence)
        for target, named in about.items():
            for frame, *counted in _counted(named, target, naming, finder):
                rows.append((capture_id, codebook.label, target, frame, *counted))
    return pd.DataFrame(rows, columns=list(TARGET_COLUMNS))


def _counted(
    sentences: list[str], target: str, naming: CueFinder, finder: CueFinder
) -> list[tuple[str, float, int, int, int, int]]:
    cues: dict[str, list[str]] = {name: [] for name in finder.codebook.frame_names}
    for sentence in sentences:
        taken = [(hit.start, hit.end) for hit in naming.find(sentence).hits if hit.frame == target]
        for hit in finder.find(sentence).hits:
            if all(hit.end <= start or hit.start >= end for start, end in taken):
                cues[hit.frame].append(hit.cue)
    words = sum(count_words(sentence) for sentence in sentences)
    return [
        (frame, cue_score(len(set(found)), words), len(set(found)), len(found), len(sentences), words)
        for frame, found in cues.items()
    ]


def _as_codebook(targets: Mapping[str, Sequence[str]]) -> Codebook:
    frames = []
    for target, names in targets.items():
        cues: dict[tuple[str, ...], Cue] = {}
        for name in names:
            parts = tuple(
                plain_word(match[0]) + ("*" if name[match.end() : match.end() + 1] == "*" else "")
                for match in WORD.finditer(name)
            )
            if parts:
                cues.setdefault(parts, Cue(name, parts))
        if not cues:
            raise CodebookError(f"The target {target!r} has no name with a letter. Give at least one.")
        frames.append(Frame(target, target, (), tuple(cues.values())))
    return Codebook("targets", "Targets", "", tuple(frames))
