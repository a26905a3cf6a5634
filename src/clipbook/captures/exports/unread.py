"""Exports that are recognised and not divided: they are refused, never taken for one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from clipbook.captures.exports.words import WORDS_OF_EXPORTS

_FOREIGN = WORDS_OF_EXPORTS["foreign"]  # systems none of whose exports are read
_SYSTEMS = _FOREIGN | WORDS_OF_EXPORTS["known"]
_LABELS = re.compile(
    r"(?P<label>source|from|author/byline|(?:source )?citation|full text(?: word count)?|artikel-id|article id|lead paragraph|publication|newspaper|date|author|byline|section|page|pages|words|length|headline|title|edition|"
    r"quelle|zeitung|datum|autor|verfasser|ressort|rubrik|seite|ausgabe|titel|wörter|dokumentnummer|"
    r"journal|auteur|rubrique|titre|nombre de mots|fuente|periódico|fecha|sección|página|título|"
    r"bron|krant|auteur|pagina|aantal woorden|auteursrecht|fonte|testata|data|sezione|titolo|"
    r"källa|tidning|sida|kilde|avis|dato|side|źródło|tytuł|источник|дата|автор|заголовок|"
    r"accession number|record number|document number|issn|copyright)\s*(?:[:：]|\t)|(?P<mark>©|\(c\) \d{4}|copyright (?:© )?\d{4})|(?P<code>news[·•.]\d{8}[·•.])",
    re.I,
)
_UNDIVIDED = re.compile(
    "発行日|朝夕刊|面名|文字数|見出し|新聞名|掲載日|来源|日期|作者|标题|版次|신문|일자|제목|기자|"
    r"[Aa]rtikel-?id|[Ll]äs hela artikeln|[Ll]es hele artikkelen"
)  # without a colon
_HEAD = 400  # lines in which a system names itself
_TITLE = 5  # lines at either end in which it is the title of the whole


def unread_export(lines: Sequence[str]) -> str:
    """Say why a document that looks like an export is not read, by its short lines; "" if it does not look so.

    A page is an export if three kinds of labels or copyright lines come back equally often, twice at least; one kind is
    enough where the document is headed or signed by a system that is not read.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        if found := _LABELS.match(line):
            counts[(found["label"] or (found["mark"] and "©") or "code").casefold()] += 1
        counts.update(set(_UNDIVIDED.findall(line)))
    often = Counter(count for count in counts.values() if count > 1)
    articles, alike = max(often.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    labelled = sum(count > 0 for count in counts.values())
    title = _system([*lines[:_TITLE], *lines[-_TITLE:]])
    titled = alike > 0 and (title in _FOREIGN or "code" in counts)
    if alike < 2 and labelled < 3 and not titled:
        return ""
    system = title or _system([*lines[:_HEAD], *lines[-_HEAD:]])
    if alike >= 3 or (system and alike >= 2) or titled:
        of = f"an export of {system}" if system else "an export of a press database"
        return (
            f"The file looks like {of} with {articles} articles, which could not be divided; save each article as a "
            "file of its own, or put them into a table with one article a row (columns title, text, date, outlet)."
        )
    if system in _FOREIGN and labelled >= 3:
        return (
            f"The file is an export of {system}, which is not read; save the article's text alone, or put it into a "
            "table with one article a row (columns title, text, date, outlet)."
        )
    return ""


def _system(lines: Sequence[str]) -> str:
    """The system that lines name."""
    text = "\n".join(lines)
    return next((name for name, words in _SYSTEMS.items() if re.search(words, text, re.I)), "")
