"""What the columns of other people's tables hold, by their headings in the languages of the tools that write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
