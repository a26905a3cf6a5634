"""Exports that are recognised and not divided: they are refused, never taken for one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_SYSTEMS = (
    ("GBI-Genios or wiso", r"GBI-Genios|wiso-net\.de|genios\.de"),
    ("Mediargus, GoPress or Belga.press", r"mediargus|gopress|belga\.press"),
    ("Kikuzo or Asahi Shimbun Cross-Search", r"聞蔵|朝日新聞クロスサーチ"),
    ("Yomidas", r"ヨミダス|yomidas"),
    ("Maisaku", r"毎索"),
    ("Nikkei Telecom", r"日経テレコン"),
    ("BIGKinds", r"빅카인즈|bigkinds"),
    ("CNKI", r"cnki\.net|中国知网"),
    ("WiseNews", r"wisenews|慧科"),
    ("Integrum", r"интегрум|integrum"),
    ("Public.ru or Medialogia", r"медиалогия|public\.ru"),
    ("Retriever or Mediearkivet", r"retriever|mediearkivet|atekst"),
    ("Infomedia", r"infomedia"),
    ("APA-OnlineManager or the Austrian Press Agency's archive", r"APA-OnlineManager|apa-defacto"),
    ("Swissdox or SMD", r"swissdox|schweizer mediendatenbank"),
    ("NewsBank or Access World News", r"newsbank|access world news"),
    ("Gale", r"gale document number|gale academic onefile|gale onefile"),
    ("EBSCO", r"ebscohost|accession number:.*ebsco"),
    ("Westlaw", r"westlaw"),
    ("Eureka or Europresse", r"europresse|eureka\.cc|cision ltd|cedrom-sni"),
    ("PressReader", r"pressreader"),
    ("Nexis", r"lexisnexis|nexis"),
    ("Factiva", r"factiva"),
    ("ProQuest", r"proquest"),
)  # fmt: skip
_FOREIGN = frozenset(name for name, _ in _SYSTEMS[:18])
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
    return next((name for name, words in _SYSTEMS if re.search(words, text, re.I)), "")
