"""Rows of other people's tables as captures: what their columns hold, in the languages of the tools that write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from clipbook.captures.html import looks_like_html, sound_markup
from clipbook.captures.limits import Limits, UnreadableError, beyond
from clipbook.captures.lines import markup_text, unwrapped_cell
from clipbook.captures.source import Source
from clipbook.captures.stated import stated_fields, visible_text
from clipbook.records import Capture

_HEADINGS = {
    "text": (
        "text fulltext maintext body bodytext articletext articlebody storytext content contents contenttext story "
        "textcontent articlecontent newscontent newstext cleantext transcript "
        "volltext inhalt artikeltext haupttext beitragstext texte textecomplet textearticle contenu corps texto textocompleto "
        "contenido cuerpo cuerpodelanoticia conteúdo conteudo corpo testo contenuto tekst inhoud artikeltekst innehåll brödtext "
        "artikeltext indhold brødtekst treść tekstartykułu текст содержание 本文 正文 内容 본문 내용"
    ),
    "html": "html rawhtml pagehtml articlehtml bodyhtml contenthtml htmlcontent fullhtml",
    "headline": (
        "headline title articletitle storytitle newstitle pagetitle webtitle hed head titel überschrift schlagzeile titre "
        "intitulé título titulo titular encabezado titolo kop överskrift overskrift tittel nagłówek tytuł заголовок "
        "見出し タイトル 标题 제목"
    ),
    "standfirst": (
        "standfirst subtitle subheadline subheading description summary dek abstract excerpt snippet lead trailtext "
        "untertitel vorspann teaser zusammenfassung chapô chapo soustitre résumé subtítulo subtitulo bajada resumen "
        "sottotitolo sommario ondertitel samenvatting ingress ingres"
    ),
    "authors": (
        "authors author byline bylines creator creators dccreator writer journalist reporter autor autoren autorin verfasser "
        "auteur auteurs autores autora autore autori författare forfatter autorzy автор авторы 記者 作者 기자 기고자"
    ),
    "published": (
        "published publisheddate publishedat datepublished publishdate publicationdate datepublish datetimepub datetime pubdate "
        "publishedon webpublicationdate date dateofpublication storydate articledate newsdate firstpublished created datum "
        "erscheinungsdatum veröffentlicht veröffentlichungsdatum publikationsdatum datepublication datedepublication "
        "dateparution fecha fechadepublicación fechapublicacion data datadepublicação datapubblicazione datadipubblicazione "
        "publicatiedatum publiceringsdatum dato udgivelsesdato datapublikacji дата 日付 発行日 日期 일자 날짜 time timestamp"
    ),
    "updated": "updated updatedat datemodified modified lastmodified datemodify dateupdated lastupdated",
    "outlet": (
        "outlet outletname publication publicationname publicationtitle newspaper newspapername medium media medianame "
        "mediaoutlet sitename site sourcename sourcetitle source publisher publishername journal newssource zeitung medienname "
        "quelle herausgeber publikation revue titrejournal médium fuente medio periódico periodico diario fonte veículo veiculo "
        "jornal giornale testata bron krant källa tidning kilde avis gazeta źródło источник издание 新聞 媒体 来源 신문사 언론사"
    ),
    "domain": "domain sourcedomain hostname host sourcehostname sourceurl mediaurl",
    "section": (
        "section sectionname category categories desk news_desk newsdesk ressort rubrik rubrique sección seccion sezione "
        "sectie rubriek editoria sektion avdelning dział рубрика 面名 版次"
    ),
    "url": (
        "url link links storyurl articleurl weburl canonicalurl canonicallink canonicallinkurl pageurl permalink newsurl "
        "adresse lien enlace indirizzo lenke länk adres"
    ),
    "language": "language lang languagecode langue idioma sprache lingua taal språk",
    "year": "year jahr année annee año ano anno jaar år rok",
    "month": "month monat mois mes mês mese maand månad måned",
    "day": "day tag jour día dia giorno dag",
}
_PLACES = {
    role: {heading: place for place, heading in enumerate(words.split())} for role, words in _HEADINGS.items()
}  # fmt: skip


def roles_of(names: Iterable[str]) -> dict[str, list[str]]:
    """Give the columns for each role, the likeliest first; a column plays the first role that its heading fits."""
    plain = {name: "".join(char for char in name.casefold() if char.isalnum()) for name in names}
    roles: dict[str, list[str]] = {}
    for name, heading in plain.items():
        role = next((role for role, places in _PLACES.items() if heading in places), "")
        if role:
            roles.setdefault(role, []).append(name)
    return {
        role: sorted(columns, key=lambda name: _PLACES[role][plain[name]]) for role, columns in roles.items()
    }


def holds_articles(names: Sequence[str]) -> bool:
    """Whether a table's headings name a column of texts or of pages."""
    return not {"text", "html"}.isdisjoint(roles_of(names))


Record = Sequence[tuple[str, str]]
"""The cells of a row with their headings; two may have the same."""

_EMPTY = frozenset({"nan", "none", "nat", "n/a", "#n/a", "null", "<na>", "na", "undefined", "\\n"})
_TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|figure|img|blockquote|article|section)\b[^<>]{0,2000}>",
    re.I,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.I)
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?(\d+) char(?:acter)?s\]\s*$")
_FULL_CELLS = frozenset({32_767, 32_759})  # characters that Excel and its exports hold in a cell
_ONE = frozenset({"headline", "standfirst", "authors", "section", "outlet"})


def table_captures(
    source: Source,
    names: Sequence[str] | None,
    records: Iterable[Record | str],
    limits: Limits,
    *,
    form: str,
    notes: tuple[str, ...] = (),
) -> Iterator[Capture]:
    """Give the capture of each record; a record that is a sentence fails with it.

    Parameters
    ----------
    source : Source
        The file.
    names : sequence of str or None
        The headings that all records share; None where each has its own.
    records : iterable
        Cells with their headings, or why a row cannot be read.
    limits : Limits
        Bounds on what is read.
    form : str
        The format to record.
    notes : tuple of str
        What was noticed while reading.

    Raises
    ------
    UnreadableError
        If no heading names a column of texts, or there are too many rows.
    """
    if names is not None and not holds_articles(names):
        raise UnreadableError(
            "The table has no column of article texts; its columns are "
            f"{', '.join(filter(None, names))[:300] or 'none'}. Name the column with the texts text."
        )
    for number, record in enumerate(records, 1):
        if number > limits.records:
            raise beyond("The table has too many rows", number, limits, "records")
        if isinstance(record, str):
            yield source.capture(form, notes=notes, failure=record)
        else:
            yield row_capture(source, record, limits, form=form, notes=notes)


def row_capture(
    source: Source, record: Record, limits: Limits, *, form: str, notes: tuple[str, ...] = ()
) -> Capture:
    """Give the capture of one record: the fullest of its texts, and the first filled cell of every other role."""
    fields = _fields(record)
    text, page, url = fields.pop("text", ""), fields.pop("html", ""), ""
    stated: dict[str, str] = {}
    try:
        stated = stated_fields(fields, limits)
        url = stated.pop("url", "")
        if looks_like_html(text[:2000].encode("utf-8", "replace")):
            text, page = "", text
        if page:
            markup = sound_markup(page, limits)
            return source.capture(form, html=markup, url=url, fields=stated, notes=notes)
        if not text and not holds_articles([name for name, _ in record]):
            shown = ", ".join(name for name, _ in record if name)[:300] or "none"
            raise UnreadableError(f"The record has no text of an article; its fields are {shown}.")
        text, more = _plain_text(text, limits)
        text, further = visible_text(text, limits)
    except UnreadableError as error:
        return source.capture(form, url=url, fields=stated, notes=notes, failure=str(error))
    return source.capture(
        form, text=text, url=url, fields=stated | {"body_only": "yes"}, notes=notes + more + further
    )


def _fields(record: Record) -> dict[str, str]:
    """Name the filled cells by their roles; columns that play none keep their headings."""
    cells: dict[str, list[str]] = {}
    for name, value in record:
        shown = value.strip()
        if name and shown and shown.casefold() not in _EMPTY:
            cells.setdefault(name, []).append(shown)
    roles = roles_of(cells)
    fields: dict[str, str] = {}
    used: set[str] = set()
    for role, columns in roles.items():
        filled = [value for column in columns for value in cells[column]]
        fields[role] = max(filled, key=len) if role in {"text", "html"} else filled[0]
        used.update(columns[:1] if role not in {"text", "html"} else columns)
    if fields.get("outlet", "").startswith(("http://", "https://")):
        fields.setdefault("url", fields.pop("outlet"))
    if domain := fields.pop("domain", ""):
        fields.setdefault("outlet", domain)
    _join_day(fields)
    for role in _ONE & fields.keys():
        fields[role] = _one_line(fields[role])
    others = {f"column {name}": "; ".join(values) for name, values in cells.items() if name not in used}
    return {name: value for name, value in fields.items() if value} | others


def _join_day(fields: dict[str, str]) -> None:
    """Put year, month and day together where no column holds the date."""
    parts = [fields.pop(role, "").removesuffix(".0") for role in ("year", "month", "day")]
    filled = [part.zfill(2) for part in parts if part.isdigit()]
    if parts[0] and len(filled) == sum(map(bool, parts)) and "published" not in fields:
        fields["published"] = "-".join(filled)


def _one_line(value: str) -> str:
    if _TAGS.search(value):
        value = markup_text(value)
    return html.unescape(value) if _ENTITY.search(value) else value


def _plain_text(text: str, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Give a cell's text without markup, entities and hard wraps, and notes on what is missing."""
    notes: tuple[str, ...] = ()
    if len(text) in _FULL_CELLS:
        notes += (
            f"the cell holds {len(text):,} characters, the most that a spreadsheet keeps: its end is probably lost",
        )
    if cut := _CUT.search(text[-60:]):
        text = text[: len(text) - 60 + cut.start()] if len(text) > 60 else text[: cut.start()]
        notes += (f"the text is cut off: {int(cut[1]):,} characters are missing",)
    if _ENTITY.search(text) and "&lt;" in text and not _TAGS.search(text):
        text = html.unescape(text)
    if _TAGS.search(text):
        text = markup_text(sound_markup(text, limits))
        notes += ("the markup in the cell was read as text",)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    return unwrapped_cell(text), notes
